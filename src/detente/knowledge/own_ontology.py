"""Reads a user's own ontology: codes for our acts, and acts of the user's own.

    codes:                      # the first rule that fits gives a row its code
      - {code: 041, type: CONSULT, mode: phone}
      - {code: 19, cameo: "19"}
    acts:                       # senses as in the act lexicon (docs/lexicon.md)
      - {head: gherao, pos: v, type: PROTEST, mode: obstruct, code: 1442,
         example: "Indian workers gheraoed the Nepalese consul."}
    unmatched: keep             # or: drop

Nothing is trained: a new act is a word in a construction. Used by `coder.Coder` (the acts) and by
the writers of rows (the codes). Described in docs/ontologies.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from detente.knowledge.acts import Sense, parse_sense
from detente.knowledge.ontology import cameo_codes, event_type
from detente.knowledge.tables import KnowledgeError, word_loader
from detente.model import Event, InputError

# What a rule may ask of a row, in the order in which docs name them.
ASKED = ("type", "mode", "act", "status", "cameo", "entry")
# What an entry of the lexicon may say, besides its `code`.
ENTRY = ("id", "head", "pos", "needs", "source", "target", "type", "mode", "cameo", "flags",
         "sure", "example")  # fmt: skip
PARTS = ("name", "codes", "acts", "unmatched")
# Larger files are no ontology.
LARGEST_FILE = 5_000_000
OWN_SURENESS = 0.9


class Rule(Struct, frozen=True):
    """One code and what a row must have for it: values of its fields; `cameo` by its beginning."""

    code: str
    asked: Mapping[str, frozenset[str]]

    def fits(self, event: Event) -> bool:
        """Whether all that the rule asks holds of the event."""
        return all(_holds(name, wanted, event) for name, wanted in self.asked.items())


class Ontology(Struct, frozen=True):
    """A user's ontology. `drops` says that rows without a code are not wanted."""

    rules: tuple[Rule, ...] = ()
    senses: tuple[Sense, ...] = ()
    drops: bool = False

    def code(self, event: Event) -> str | None:
        """The code of an event by the first rule that fits, or None."""
        return next((rule.code for rule in self.rules if rule.fits(event)), None)


def read_ontology(path: str) -> Ontology:
    """Read an ontology from a YAML file.

    Raises:
        InputError: the file cannot be read, or a part of it makes no sense; says which.
    """
    try:
        with Path(path).open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; give a YAML file") from None
    if len(raw) > LARGEST_FILE:
        raise InputError(f"{path}: larger than {LARGEST_FILE:,} bytes; an ontology is a small file")
    try:
        given = yaml.load(raw.decode("utf-8-sig"), Loader=word_loader())
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        reason = " ".join(str(error).split())[:160]
        raise InputError(f"{path}: not YAML: {reason}") from None
    return parse_ontology(given, path)


def parse_ontology(given: Any, where: str) -> Ontology:
    """Make an ontology of what the file holds; `where` is for the errors.

    Raises:
        InputError: a part that makes no sense; says which and what to give.
    """
    if not isinstance(given, dict) or not (given.get("codes") or given.get("acts")):
        raise InputError(f"{where}: no 'codes' and no 'acts'; give at least one of them")
    for part in given:
        if part not in PARTS:
            raise InputError(f"{where}: no part '{part}' in an ontology; parts: {', '.join(PARTS)}")
    unmatched = given.get("unmatched", "keep")
    if unmatched not in ("keep", "drop"):
        raise InputError(f"{where}: unmatched is '{unmatched}'; give keep or drop")
    acts = _entries(given, "acts", where)
    senses = tuple(_sense(entry, place) for entry, place in acts)
    own = tuple(
        Rule(str(entry["code"]), {"entry": frozenset({sense.id})})
        for (entry, _), sense in zip(acts, senses, strict=True)
        if entry.get("code") is not None
    )
    rules = tuple(_rule(entry, place) for entry, place in _entries(given, "codes", where))
    return Ontology(own + rules, senses, unmatched == "drop")


def _entries(given: dict[str, Any], part: str, where: str) -> list[tuple[dict[str, Any], str]]:
    entries = given.get(part) or []
    if not isinstance(entries, list):
        raise InputError(f"{where}: '{part}' is no list; begin each entry with '- '")
    found = []
    for number, entry in enumerate(entries, start=1):
        place = f"{where}: {part}, entry {number}"
        if not isinstance(entry, dict):
            raise InputError(f"{place}: not a table of names and values")
        found.append((entry, place))
    return found


def _rule(entry: dict[str, Any], place: str) -> Rule:
    if entry.get("code") in (None, ""):
        raise InputError(f"{place}: no 'code'")
    asked = {name: _words(value) for name, value in entry.items() if name != "code"}
    for name in asked:
        if name not in ASKED:
            raise InputError(f"{place}: no field '{name}' to ask of; fields: {', '.join(ASKED)}")
    for name in ("type", "act"):
        for type_ in asked.get(name, ()):
            _known_type(type_, place)
    return Rule(str(entry["code"]), asked)


def _sense(entry: dict[str, Any], place: str) -> Sense:
    """A sense of the user's; its id begins with `own:` so that it meets none of ours."""
    for name in ("head", "type", "example"):
        if not entry.get(name):
            raise InputError(f"{place}: no '{name}'")
    for name in entry:
        if name not in (*ENTRY, "code"):
            raise InputError(f"{place}: no field '{name}' in an act; fields: {', '.join(ENTRY)}")
    row = {name: "" if entry.get(name) is None else str(entry[name]) for name in ENTRY}
    _known_type(row["type"], place)
    kind = event_type(row["type"])
    row["pos"] = row["pos"] or "v"
    if row["pos"] not in ("v", "n", "a"):
        raise InputError(f"{place}: pos is '{row['pos']}'; give v, n or a (verb, noun, adjective)")
    row["id"] = "own:" + (row["id"] or f"{row['head']}-{row['pos']}")
    row["sure"] = row["sure"] or str(OWN_SURENESS)
    try:
        row["cameo"] = row["cameo"] or (kind.mode(row["mode"]).cameo if row["mode"] else kind.cameo)
        sense = parse_sense(row, place)
    except (KnowledgeError, ValueError) as error:
        raise InputError(str(error)) from None
    if sense.cameo not in cameo_codes():
        raise InputError(f"{place}: no CAMEO code '{sense.cameo}'")
    return sense


def _known_type(name: str, place: str) -> None:
    try:
        event_type(name)
    except KnowledgeError as error:
        raise InputError(f"{place}: {error}") from None


def _words(value: Any) -> frozenset[str]:
    values: Iterable[Any] = value if isinstance(value, list) else [value]
    return frozenset(str(each) for each in values)


def _holds(name: str, wanted: frozenset[str], event: Event) -> bool:
    if name == "cameo":
        return event.cameo.startswith(tuple(wanted))
    if name == "entry":
        kind, _, identifier = event.why.split(";")[0].partition(":")
        return kind == "lexicon" and identifier in wanted
    return getattr(event, name) in wanted
