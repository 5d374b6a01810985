"""Reads a user's table of actors: our own format (docs/dictionaries.md).

Used by `dictionary`. A header row names the columns; only `form` is needed. Each row is read or
refused by itself, with its line number: what one row lacks costs no other row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cache

from ..knowledge import actors as known
from ..knowledge.tables import values
from .own import (
    KINDS,
    UNKNOWN,
    Dictionary,
    Meaning,
    OwnEntry,
    OwnKind,
    Problem,
    RowError,
    Seen,
    check_country,
    check_days,
    check_form,
    check_sectors,
    shorten,
)

COLUMNS = ("form", "name", "country", "sectors", "office", "kind", "from", "until", "note")
# A header row has at least this many of the columns, if it lacks `form`.
COLUMNS_KNOWN = 2


def cells_of(line: str) -> list[str]:
    """The cells of a line, without the blanks around them."""
    return [cell.strip() for cell in line.split("\t")]


def is_header(line: str) -> bool:
    """Whether a line is the header row of our format."""
    cells = {cell.casefold() for cell in cells_of(line)}
    return "form" in cells or len(cells.intersection(COLUMNS)) >= COLUMNS_KNOWN


def read_table(lines: Iterable[tuple[int, str]], file: str) -> Dictionary:
    """Read the rows of a table from its header on; lines come with their numbers."""
    entries: list[OwnEntry] = []
    problems: list[Problem] = []
    columns: list[str] = []
    seen = Seen()
    for number, line in lines:
        if line.startswith("#"):
            continue
        if not columns:
            columns, wrong = _header(line)
            problems += [Problem(file, number, *each) for each in wrong]
            if "form" not in columns:
                break
            continue
        try:
            entry, repeated = _entry(_row(columns, line), number, seen)
            entries.append(entry)
            problems += [Problem(file, number, each, "form skipped") for each in repeated]
        except RowError as error:
            problems.append(Problem(file, number, str(error)))
    return Dictionary(tuple(entries), tuple(problems))


def _header(line: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The columns, and what is wrong with them."""
    columns = [cell.casefold() for cell in cells_of(line)]
    wrong = [
        (f"no such column as {shorten(column)!r} (columns: {', '.join(COLUMNS)})", "column skipped")
        for column in columns
        if column and column not in COLUMNS
    ]
    if "form" not in columns:
        wrong.append(("no column 'form' in the header row", "no row can be read"))
    return columns, wrong


def _row(columns: Sequence[str], line: str) -> dict[str, str]:
    cells = cells_of(line)
    if any(cells[len(columns) :]):
        raise RowError(f"{len(cells)} cells in a table of {len(columns)} columns")
    return dict(zip(columns, cells, strict=False))


def _entry(row: dict[str, str], number: int, seen: Seen) -> tuple[OwnEntry, list[str]]:
    """The entry of a row, and what is wrong with single forms of it."""
    given = values(row.get("form", ""))
    if not given:
        raise RowError("no form")
    meaning = _meaning(row, given[0], seen)
    forms: dict[str, None] = {}
    wrong: list[str] = []
    for form in dict.fromkeys(given):
        try:
            plain = check_form(form)
            seen.add(plain, meaning.start, meaning.end, number)
            forms[plain] = None
        except RowError as error:
            wrong.append(str(error))
    if not forms:
        raise RowError(wrong[0])
    return OwnEntry(tuple(forms), (meaning,), number), wrong


def _meaning(row: dict[str, str], form: str, seen: Seen) -> Meaning:
    """What a row says its forms stand for.

    Raises:
        RowError: a cell cannot be read, or the kind lacks what it needs.
    """
    country = check_country(row.get("country", ""))
    sectors = check_sectors(values(row.get("sectors", "")))
    office = row.get("office", "").casefold() or None
    start, end = _day(row.get("from", "")), _day(row.get("until", ""))
    check_days(start, end)
    kind = _kind(row.get("kind", "").casefold(), country, sectors, office)
    if kind == "person":
        seen.person(row.get("name") or form)
    if kind == "none":
        return Meaning("none", start=start, end=end)
    if kind == "noun" and not sectors:
        raise RowError("a noun needs a sector")
    if kind == "noun" and country:
        raise RowError("a noun has no country; use the kind 'group'")
    if kind == "office":
        office = office or form.casefold()
    if kind != "state":
        sectors = sectors or _sectors_of(office)
    return Meaning(kind, row.get("name") or form, country, sectors, office, start, end)


def _kind(cell: str, country: str | None, sectors: tuple[str, ...], office: str | None) -> OwnKind:
    """The kind given, or what the other cells make of it."""
    for kind in KINDS:
        if cell == kind:
            return kind
    if cell:
        raise RowError(f"no such kind as {shorten(cell)!r} (kinds: {', '.join(KINDS)})")
    if office:
        return "person"
    if sectors:
        return "body"
    if country:
        return "state"
    raise RowError("says neither country, sectors, office nor kind")


@cache
def _offices() -> dict[str, tuple[str, ...]]:
    """Sectors of the offices of offices.tsv, by each way of writing them."""
    return {
        form: office.sectors
        for office in reversed(known.offices())
        for form in (*office.forms, office.office)
    }


def _sectors_of(office: str | None) -> tuple[str, ...]:
    return _offices().get(office or "", UNKNOWN)


def _day(cell: str) -> dt.date | None:
    """Read a day cell, blank for open.

    Raises:
        RowError: no such day, or written in another way.
    """
    if not cell:
        return None
    try:
        return dt.datetime.strptime(cell, "%Y-%m-%d").date()
    except ValueError:
        raise RowError(f"no such day as {shorten(cell)!r} (write 2023-06-16)") from None
