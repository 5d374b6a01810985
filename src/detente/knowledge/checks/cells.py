"""Checks of single cells, by the kind that `table_columns.yaml` gives their column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import partial

from detente.knowledge import ontology
from detente.knowledge.checks.finding import Finding
from detente.knowledge.checks.library import Library
from detente.knowledge.checks.table import Row, Table
from detente.knowledge.tables import values

# A fault: the rule that is broken and the words to say so.
Fault = tuple[str, str]
Check = Callable[[str, Library], Iterator[Fault]]

_PERSON_SIGNS = re.compile(r"[\d#;*=?]")
_LEMMA = re.compile(r"[^\W_](?:[\w'-]*)")
_CODE = re.compile(r"[A-Z]{3}")
_WILD = frozenset({"=", "*"})  # 'keeps its own', 'any other': derived_types.tsv
_UNSEEN = re.compile(r"  |[\u00a0\u00ad\u200b-\u200f\u2060\ufeff]")


def check_cells(table: Table, library: Library) -> Iterator[Finding]:
    """Yield what is wrong with the cells of a table, each taken alone."""
    checks = [(column, _check_of(kind)) for column, kind in table.schema.columns.items()]
    for row in table.rows:
        for column in table.schema.required:
            if not row[column]:
                yield row.finding("blank", f"no {column}")
        for column, check in checks:
            cell = row[column]
            if cell:
                for rule, message in (*_any(cell), *check(cell, library)):
                    yield row.finding(rule, f"{column}: {message}")
        yield from _together(row)


def _check_of(kind: str | tuple[str, ...]) -> Check:
    return KINDS[kind] if isinstance(kind, str) else partial(_one_of, allowed=kind)


def _any(cell: str) -> Iterator[Fault]:
    if _UNSEEN.search(cell):
        yield "signs", f"two blanks or an invisible sign in {cell!r}"


def _text(cell: str, library: Library) -> Iterator[Fault]:
    yield from ()


def _names(cell: str, library: Library) -> Iterator[Fault]:
    given = values(cell)
    for value in sorted({value for value in given if given.count(value) > 1}):
        yield "repeated-value", f"'{value}' stands twice"


def _lower(cell: str, library: Library) -> Iterator[Fault]:
    yield from _names(cell, library)
    for value in values(cell):
        if value != value.lower():
            yield "bad-form", f"'{value}' has capitals; write '{value.lower()}'"


def _lemma(cell: str, library: Library) -> Iterator[Fault]:
    if cell != cell.lower() or not _LEMMA.fullmatch(cell):
        yield "bad-form", f"'{cell}' is not one word in small letters"


def _person(cell: str, library: Library) -> Iterator[Fault]:
    yield from _names(cell, library)
    if _PERSON_SIGNS.search(cell):
        yield "bad-form", f"'{cell}' has figures or signs that no name has"


def _one_of(cell: str, library: Library, allowed: Iterable[str]) -> Iterator[Fault]:
    if cell not in allowed:
        yield "unknown-value", f"'{cell}' is none of {', '.join(allowed)}"


def _known(rule: str, what: str, value: str, known: Iterable[str]) -> Iterator[Fault]:
    if value not in known:
        near = get_close_matches(value, sorted(known), n=5)
        near.sort(key=lambda word: sorted(word) != sorted(value))  # letters swapped: likeliest
        yield rule, f"no {what} '{value}'" + (f"; do you mean {near[0]}?" if near else "")


def _code(cell: str, library: Library) -> Iterator[Fault]:
    yield from _known("unknown-code", "country", cell, library.codes)


def _new_code(cell: str, library: Library) -> Iterator[Fault]:
    if not _CODE.fullmatch(cell):
        yield "bad-form", f"'{cell}' is not three capital letters"


def _sectors(cell: str, library: Library) -> Iterator[Fault]:
    yield from _names(cell, library)
    for sector in values(cell):
        yield from _known("unknown-value", "sector", sector, library.sectors)


def _contexts(cell: str, library: Library) -> Iterator[Fault]:
    yield from _names(cell, library)
    for context in values(cell):
        yield from _known("unknown-value", "context", context, ontology.contexts())


def _office(cell: str, library: Library) -> Iterator[Fault]:
    if cell[0].isupper():
        yield "bad-form", f"'{cell}' begins with a capital letter"
    yield from _known("unknown-office", "office", cell.casefold(), library.offices)


def _type(cell: str, library: Library) -> Iterator[Fault]:
    yield from _known("unknown-value", "type", cell, {*ontology.event_types(), *_WILD})


def _cameo(cell: str, library: Library) -> Iterator[Fault]:
    yield from _known("unknown-value", "CAMEO code", cell, {*ontology.cameo_codes(), *_WILD})


def _day(cell: str, library: Library) -> Iterator[Fault]:
    if as_day(cell) is None:
        yield "bad-day", f"'{cell}' is not a day; write it as 2023-06-16"


def as_day(cell: str) -> dt.date | None:
    """The day of a cell, or None where it is none: `20230616` is not the way it is written."""
    try:
        return dt.date.fromisoformat(cell) if len(cell) == 10 else None
    except ValueError:
        return None


def _number(cell: str, library: Library, low: float, high: float) -> Iterator[Fault]:
    try:
        fits = low <= float(cell) <= high
    except ValueError:
        fits = False
    if not fits:
        yield "bad-number", f"'{cell}' is no number from {low:g} to {high:g}"


def _whole(cell: str, library: Library) -> Iterator[Fault]:
    if not cell.isdecimal():
        yield "bad-number", f"'{cell}' is not a whole number"


def _together(row: Row) -> Iterator[Finding]:
    """Cells that must go together: the days of a row, a type and its mode."""
    first, last = as_day(row["from"]), as_day(row["until"])
    if first and last and last < first:
        yield row.finding("days-order", f"until {last} is before from {first}")
    type_ = ontology.event_types().get(row["type"])
    if type_ and row["mode"]:
        modes = [mode.name for mode in type_.modes]
        for rule, message in _known("unknown-value", f"mode of {type_.name}", row["mode"], modes):
            yield row.finding(rule, f"mode: {message}")


KINDS: dict[str, Check] = {
    "text": _text,
    "names": _names,
    "lower": _lower,
    "lemma": _lemma,
    "person": _person,
    "code": _code,
    "newcode": _new_code,
    "sectors": _sectors,
    "contexts": _contexts,
    "office": _office,
    "type": _type,
    "cameo": _cameo,
    "day": _day,
    "latitude": partial(_number, low=-90, high=90),
    "longitude": partial(_number, low=-180, high=180),
    "share": partial(_number, low=0, high=1),
    "whole": _whole,
}
