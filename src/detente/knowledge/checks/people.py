"""Checks of people.tsv: one person, one set of spellings; one office, one holder a day."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from detente.knowledge.checks.finding import Finding, facts
from detente.knowledge.checks.library import Library
from detente.knowledge.checks.meanings import term
from detente.knowledge.checks.table import Row

Key = tuple[str, ...]
EARLIEST = 1900  # a year before it is a slip of the pen


def check_people(library: Library) -> Iterator[Finding]:
    """Yield what is wrong with the people of the tables."""
    rows = library.rows("people.tsv")
    for row in rows:
        yield from _check_row(row)
    yield from _order(rows)
    yield from _spellings(rows)
    yield from _differing(rows)
    yield from _terms(rows, library)


def _check_row(row: Row) -> Iterator[Finding]:
    if not row["from"] and not row["until"]:
        yield row.finding("no-days", f"{row['name']}: neither from nor until", row["name"])
    if row["from"] and term(row)[0].year < EARLIEST and term(row)[0] != dt.date.min:
        yield row.finding("bad-day", f"from: {row['from']} is before {EARLIEST}", row["name"])
    if ("IGO" in row.values("sectors")) == bool(row["country"]):
        told = "no country, and not IGO" if not row["country"] else "a country, and IGO"
        yield row.finding("international", f"{row['name']}: {told}", row["name"])


def _order(rows: list[Row]) -> Iterator[Finding]:
    for before, row in pairwise(rows):
        keys = [(one["country"], one["office"], one["from"], one["name"]) for one in (before, row)]
        if keys[0] > keys[1] and before.file == row.file:
            told = f"{row['name']} belongs before {row.at(before)}: country, office, from, name"
            yield row.finding("order", told, row["name"])


def _spellings(rows: list[Row]) -> Iterator[Finding]:
    """One spelling, two persons of one country."""
    owners: dict[Key, Row] = {}
    for row in rows:
        for name in row.values("name", "aliases"):
            first = owners.setdefault((row["country"], _folded(name)), row)
            if first["name"] != row["name"]:
                told = f"'{name}' is {row['name']} and, in {row.at(first)}, {first['name']}"
                subject = f"{row['country']} {_folded(name)}"
                yield row.finding("two-people", told, subject.strip())


@cache
def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("-", " ")).casefold()
    return " ".join(re.sub(r"[^\w ]", "", plain).split())


def _differing(rows: list[Row]) -> Iterator[Finding]:
    """Rows of one person that differ in what does not change."""
    firsts: dict[Key, Row] = {}
    for row in rows:
        for column in ("aliases", "gender"):
            if column == "gender" and not row["gender"]:
                continue
            first = firsts.setdefault((column, row["name"], row["country"]), row)
            if first[column] != row[column]:
                told = (
                    f"{row['name']}: {column} '{row[column]}', in {row.at(first)} '{first[column]}'"
                )
                yield row.finding("differs", told, row["name"])


def _terms(rows: list[Row], library: Library) -> Iterator[Finding]:
    """Terms of one office that overlap: of two holders, or of one.

    Holders of like offices are told apart by their notes ('of Scotland'); a day that is known to
    the month or year only overlaps no term that begins in that month or year.
    """
    levels = {row["office"]: row["level"] for row in reversed(library.rows("offices.tsv"))}
    posts: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        if row["office"]:
            posts[row["country"], row["office"], _post(row)].append(row)
    for (country, office, _), found in posts.items():
        single = _is_single(office, levels.get(office, ""))
        subject = f"{country} {office}".strip()
        for first, row in _overlapping(found):
            since = max(term(first)[0], term(row)[0])
            if first["name"] == row["name"]:
                told = f"{row['name']} is {subject} on {since} also in {row.at(first)}"
                yield row.finding("overlap", told, subject)
            elif single:
                told = f"{subject} on {since}: {row['name']} and, in {row.at(first)}"
                yield row.finding("two-holders", f"{told}, {first['name']}", subject)


def _post(row: Row) -> str:
    """What the note says of the post: the note without the words on how well days are known."""
    parts = (part.strip() for part in row["note"].split(";"))
    return "; ".join(part for part in parts if part not in ("month", "year", "CAMEO dictionary"))


def _is_single(office: str, level: str) -> bool:
    known = facts()
    if office in known.shared_offices:
        return False
    return office in known.single_offices or level in known.single_levels


def _overlapping(rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Pairs of rows that both hold on a day. The day of a handover belongs to both."""
    rows = sorted(rows, key=lambda row: (*term(row), row["name"]))
    for number, first in enumerate(rows):
        for row in rows[number + 1 :]:
            end, start = term(first)[1], term(row)[0]
            if start >= end:
                break
            if not _same_rough_day(end, start, first["note"] + row["note"]):
                yield (first, row) if first.line < row.line else (row, first)


def _same_rough_day(end: dt.date, start: dt.date, note: str) -> bool:
    if end.year != start.year:
        return False
    return "year" in note or ("month" in note and end.month == start.month)
