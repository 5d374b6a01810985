"""The act lexicon: which words, in which construction, are which deed.

Read from `acts/*.tsv` (one row a sense; columns explained in `docs/lexicon.md`) and
`acts/word_classes.yaml`. This module only loads; matching a sense to a sentence is the work of
`events/senses.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from detente.knowledge.tables import KnowledgeError, folder, load_yaml, rows, values

NeedKind = Literal[
    "prt", "prep", "obj", "noobj", "subj", "pobj", "mod", "xcomp", "comp", "has", "objactor", "poss"
]


# Other ways to write a place: `of` is `prep:of`, a possessor is the noun's subject.
ROLE_SYNONYMS = {"of": ("prep", "of"), "poss": ("subj", "")}


class Need(Struct, frozen=True):
    """One condition of a sense. `words` is empty where any word will do.

    `prep` is set for conditions on the object of a preposition (`pobj:from=...`).
    """

    kind: NeedKind
    words: frozenset[str]
    negated: bool = False
    prep: str = ""


class Role(Struct, frozen=True):
    """Where an actor of the deed stands: `subj`, `obj`, `comp`, `none`, or after a preposition."""

    kind: Literal["subj", "obj", "comp", "prep", "none"]
    preps: tuple[str, ...] = ()


class Sense(Struct, frozen=True):
    """One row of the lexicon: a word that, in this construction, is this deed."""

    id: str
    head: str
    pos: Literal["v", "n", "a"]
    needs: tuple[Need, ...]
    source: tuple[Role, ...]
    target: tuple[Role, ...]
    type: str
    mode: str | None
    cameo: str
    flags: frozenset[str]
    sure: float
    example: str


# Senses by (lemma, part of speech).
Acts = Mapping[tuple[str, str], tuple[Sense, ...]]


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """The named sets of lemmas that conditions refer to as `@name`."""
    classes = load_yaml("acts/word_classes.yaml")
    return {name: frozenset(str(word) for word in words) for name, words in classes.items()}


def expand(cell: str, where: str) -> frozenset[str]:
    """The lemmas a cell stands for: `"talk|@envoy"` is "talk" and all of the class envoy.

    Raises:
        KnowledgeError: a class that `word_classes.yaml` does not have.
    """
    words: set[str] = set()
    for value in values(cell):
        if not value.startswith("@"):
            words.add(value)
        elif value[1:] in word_classes():
            words |= word_classes()[value[1:]]
        else:
            raise KnowledgeError(f"{where}: no word class {value}; add it to word_classes.yaml")
    return frozenset(words)


def parse_need(text: str, where: str) -> Need:
    """Read one condition, e.g. `!obj=@money` or `pobj:from=troop`.

    Raises:
        KnowledgeError: a kind of condition that there is not.
    """
    negated = text.startswith("!")
    kind, _, cell = text.lstrip("!").partition("=")
    kind, _, prep = kind.partition(":")
    if kind not in NeedKind.__args__:  # type: ignore[attr-defined]
        raise KnowledgeError(f"{where}: no condition '{kind}' in '{text}'")
    return Need(kind, expand(cell, where), negated, prep)  # type: ignore[arg-type]


def parse_roles(cell: str, default: str, where: str) -> tuple[Role, ...]:
    """Read where an actor stands, in order of preference: `obj,prep:with|against`.

    Raises:
        KnowledgeError: a kind of place that there is not.
    """
    roles = []
    for text in (cell or default).split(","):
        kind, _, preps = text.strip().partition(":")
        kind, preps = ROLE_SYNONYMS.get(kind, (kind, preps))
        kind = "prep" if kind == "pobj" else kind
        if kind not in ("subj", "obj", "comp", "prep", "none"):
            raise KnowledgeError(f"{where}: no role '{text}'")
        roles.append(Role(kind, values(preps)))  # type: ignore[arg-type]
    return tuple(roles)


def parse_sense(row: dict[str, str], where: str) -> Sense:
    """Make a sense of a row.

    Raises:
        KnowledgeError: a cell that cannot be read.
    """
    where = f"{where}: {row['id']}"
    return Sense(
        id=row["id"],
        head=row["head"],
        pos=row["pos"],  # type: ignore[arg-type]
        needs=tuple(
            parse_need(need.strip(), where) for need in row["needs"].split(";") if need.strip()
        ),
        source=parse_roles(row["source"], "subj", where),
        target=parse_roles(row["target"], "obj", where),
        type=row["type"],
        mode=row["mode"] or None,
        cameo=row["cameo"],
        flags=frozenset(row["flags"].replace(",", "|").replace(" ", "|").split("|")) - {""},
        sure=float(row["sure"] or 0.7),
        example=row["example"],
    )


@cache
def all_senses() -> tuple[Sense, ...]:
    """Every sense of the shipped lexicon, in the order of the files."""
    return tuple(parse_sense(row, name) for name in folder("acts") for row in rows(name))


@cache
def senses_by_head() -> Acts:
    """Senses by (lemma, part of speech); the more specific first, then the surer."""
    index: dict[tuple[str, str], list[Sense]] = defaultdict(list)
    for sense in all_senses():
        index[sense.head, sense.pos].append(sense)
    return {key: tuple(sorted(found, key=_specificity)) for key, found in index.items()}


def with_own(own: Sequence[Sense]) -> Acts:
    """The lexicon with a user's senses, which are tried before the shipped ones."""
    if not own:
        return senses_by_head()
    mine: dict[tuple[str, str], list[Sense]] = defaultdict(list)
    for sense in own:
        for form in _forms(sense):
            mine[form, sense.pos].append(sense)
    index = dict(senses_by_head())
    for key, found in mine.items():
        index[key] = (*sorted(found, key=_specificity), *index.get(key, ()))
    return index


def _forms(sense: Sense) -> list[str]:
    """The head, and as a verb what a lemmatiser that never met it may make of its forms."""
    if sense.pos != "v":
        return [sense.head]
    stem = sense.head.removesuffix("e")
    return list(dict.fromkeys([sense.head, f"{sense.head}e", f"{stem}ed", f"{stem}ing"]))


def _specificity(sense: Sense) -> tuple[float, float]:
    positive = sum(1.0 if not need.negated else 0.4 for need in sense.needs)
    return (-positive, -sense.sure)


@cache
def sense_by_id() -> dict[str, Sense]:
    """Senses by id, for `detente explain`."""
    return {sense.id: sense for sense in all_senses()}
