"""Checks of the act lexicon (acts/*.tsv): every sense can be read, and says one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from detente.knowledge.checks.finding import Finding, facts
from detente.knowledge.checks.library import ACTS, Library
from detente.knowledge.checks.table import Row

_NEED = re.compile(
    r"!?(?:(?:noobj|objactor|comp|poss)"
    r"|(?:prt|prep|obj|subj|mod|xcomp|has)(?:=[^=;:]+)?"
    r"|pobj(?::[a-z ]+)?(?:=[^=;:]+)?)"
)
_ROLE = re.compile(r"subj|obj|comp|none|of|poss|prep:[a-z |]+")
_CLASS = re.compile(r"@([\w-]+)")
_WORD = re.compile(r"[^\s.,;:!?\"]+")
_LENGTHS = range(3, 31)  # words of an example


def check_acts(library: Library) -> Iterator[Finding]:
    """Yield what is wrong with the senses of the tables."""
    rows = library.rows(ACTS)
    for row in rows:
        for check in (_identity, _conditions, _contradictions, _flags, _example):
            for rule, message in check(row):
                yield row.finding(rule, f"{row['id']}: {message}", row["id"])
        for name in _CLASS.findall(row["needs"]):
            if name not in library.classes:
                told = f"{row['id']}: no word class @{name}; add it to acts/word_classes.yaml"
                yield row.finding("unknown-class", told, row["id"])
    yield from _twice(rows, "same-id", "id", lambda row: row["id"])
    yield from _twice(rows, "bad-example", "example", lambda row: row["example"])
    yield from _twice(rows, "two-meanings", "construction", _construction)


def _needs(row: Row) -> list[str]:
    return [need.strip() for need in row["needs"].split(";") if need.strip()]


def _identity(row: Row) -> Iterator[tuple[str, str]]:
    begin = f"{row['head']}-{row['pos']}"
    if not row["id"].startswith(begin):
        yield "bad-id", f"the id must begin with {begin}"
    if row["sure"] and not row["sure"].strip("0."):
        yield "bad-number", "sure: 0 is a sense that never holds; remove the row"


def _conditions(row: Row) -> Iterator[tuple[str, str]]:
    for need in _needs(row):
        if not _NEED.fullmatch(need):
            yield "bad-condition", f"needs: '{need}' cannot be read"
    for column in ("source", "target"):
        for role in filter(None, row[column].split(",")):
            if not _ROLE.fullmatch(role.strip()):
                yield "bad-condition", f"{column}: '{role.strip()}' is no place of an actor"


def _contradictions(row: Row) -> Iterator[tuple[str, str]]:
    needs = set(_needs(row))
    kinds = {need.partition("=")[0] for need in needs}
    if "noobj" in kinds and kinds & {"obj", "objactor"}:
        yield "contradiction", "needs: an object and none"
    for need in sorted({f"!{need}" for need in needs} & needs):
        yield "contradiction", f"needs: '{need}' and '{need[1:]}'"


def _flags(row: Row) -> Iterator[tuple[str, str]]:
    given = set(re.split(r"[|, ]+", row["flags"])) - {""}
    for flag in sorted(given - facts().act_flags):
        yield "unknown-value", f"no flag '{flag}'; the flags: {' '.join(sorted(facts().act_flags))}"
    if {"weak", "noactor"} <= given:
        yield "contradiction", "flags: weak asks for both actors, noactor for none"


def _example(row: Row) -> Iterator[tuple[str, str]]:
    text = row["example"]
    if not text[:1].isupper() or not text.endswith((".", "!", "?", '"', "'")):
        yield "bad-example", "the example is no sentence: a capital letter, a full stop"
    if len(text.split()) not in _LENGTHS:
        yield "bad-example", f"the example has not {_LENGTHS.start} to {_LENGTHS.stop - 1} words"
    words = _WORD.findall(text)
    words += [part for word in words for part in word.split("-") if part]
    if row["head"] and not any(_is_form(word.lower(), row["head"]) for word in words):
        yield "bad-example", f"the example does not hold '{row['head']}'"


def _is_form(word: str, head: str) -> bool:
    """Whether a word may be a form of another: equal but for its end, or in its consonants."""
    if word.startswith(head[: max(3, len(head) - 2)]):
        return True
    if word == facts().irregular_forms.get(head):
        return True
    return _skeleton(word)[:2] == _skeleton(head)[:2] and word[0] == head[0]


def _skeleton(word: str) -> str:
    return re.sub(r"[aeiouy]|(.)(?=\1)", "", word)


def _construction(row: Row) -> str:
    return f"{row['head']} {row['pos']} {';'.join(sorted(set(_needs(row))))}".strip()


def _twice(rows: list[Row], rule: str, what: str, key: Callable[[Row], str]) -> Iterator[Finding]:
    seen: dict[str, Row] = {}
    for row in rows:
        first = seen.setdefault(key(row), row)
        if first is not row:
            told = f"{row['id']}: the {what} '{key(row)}' is also that of {row.at(first)}"
            yield row.finding(rule, told, row["id"])
