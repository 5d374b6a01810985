"""Checks of what stands twice: rows, forms within a table, names in two files."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from detente.knowledge.checks.cells import as_day
from detente.knowledge.checks.finding import Finding
from detente.knowledge.checks.library import Library
from detente.knowledge.checks.schema import USERS
from detente.knowledge.checks.table import Row, Table

Term = tuple[dt.date, dt.date]


def check_rows_twice(table: Table) -> Iterator[Finding]:
    """Yield rows with the same cells in the columns that name a row."""
    columns = table.schema.unique
    seen: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        key = tuple(row[column] for column in columns)
        first = seen.setdefault(key, row) if columns and any(key) else row
        if first is row:
            continue
        rule = "same-row" if _meaning(first) == _meaning(row) else "two-meanings"
        shown = " ".join(cell for cell in key if cell)
        yield row.finding(rule, f"'{shown}' stands also in {row.at(first)}", shown)


def _meaning(row: Row) -> dict[str, str]:
    return {column: cell for column, cell in row.cells.items() if cell and column != "note"}


def check_forms(table: Table) -> Iterator[Finding]:
    """Yield forms that stand in two rows of a table, and twice in one row.

    Rows that differ in the schema's `by` columns may share a form ('foreign secretary' is a
    minister in London and an official in Delhi).
    """
    schema = table.schema
    for keyed, rows in _by_form(table.rows, schema.forms, schema.by).items():
        for row in rows[1:]:
            told = f"'{keyed[0]}' stands also in {row.at(rows[0])}"
            yield row.finding("two-meanings", told, keyed[0])
    for row in table.rows:
        for name in set(row.values("name")) & set(row.values("aliases")):
            yield row.finding("repeated-value", f"'{name}' is the name and also an alias", name)


def _by_form(
    rows: Iterable[Row], columns: tuple[str, ...], by: tuple[str, ...] = ()
) -> dict[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        for form in row.values(*columns):
            found[form, *(row[column] for column in by)].append(row)
    return found


def check_countries(library: Library) -> Iterator[Finding]:
    """Yield forms that mean two states of today: 'Niger' and 'Nigerian' must not cross.

    Former states share capitals and names with later ones; their days decide. A capital may
    have the name of another state's people, so capitals are compared with capitals only.
    """
    present = [row for row in library.rows("countries.tsv") if not row["until"]]
    for columns in (("name", "aliases", "adjectives", "people"), ("capital",)):
        for (form, *_), found in _by_form(present, columns).items():
            for row in found[1:]:
                told = f"'{form}' is {row['code']} and, in {row.at(found[0])}, {found[0]['code']}"
                yield row.finding("two-meanings", told, form)


def check_groups(library: Library) -> Iterator[Finding]:
    """Yield forms of two groups, and rows of one group that hold on the same day.

    One row without days may stand beside dated ones: it holds where they do not.
    """
    rows = library.rows("groups.tsv")
    for (form, *_), found in _by_form(rows, ("name", "aliases")).items():
        for row in found[1:]:
            if row["name"] != found[0]["name"]:
                told = f"'{form}' is {row['name']} and, in {row.at(found[0])}, {found[0]['name']}"
                yield row.finding("two-meanings", told, form)
    for (name, *_), found in _by_form(rows, ("name",)).items():
        for first, row in combinations(found, 2):
            undated = [not (one["from"] or one["until"]) for one in (first, row)]
            if all(undated) or (not any(undated) and _overlap(first, row)):
                told = f"'{name}' has a row for the same days in {row.at(first)}"
                yield row.finding("overlap", told, name)


def check_users(library: Library) -> Iterator[Finding]:
    """Yield forms of a user's own actors that mean two things on one day."""
    for (form, *_), found in _by_form(library.rows(USERS), ("form",)).items():
        for first, row in pairwise(sorted(found, key=lambda row: (*term(row), row.line))):
            if _overlap(first, row) and _sense(first) != _sense(row):
                told = f"'{form}' is something else in {row.at(first)}, on some of these days"
                yield row.finding("two-meanings", told, form)


def _sense(row: Row) -> dict[str, str]:
    apart = ("form", "from", "until")
    return {column: cell for column, cell in _meaning(row).items() if column not in apart}


def term(row: Row) -> Term:
    """The days of a row, both included; open or unreadable ends are the first and the last day."""
    return as_day(row["from"]) or dt.date.min, as_day(row["until"]) or dt.date.max


def _overlap(first: Row, second: Row) -> bool:
    one, other = term(first), term(second)
    return one[0] <= other[1] and other[0] <= one[1]


def check_names_across(library: Library) -> Iterator[Finding]:
    """Yield names that stand in two files of names, whatever their capitals.

    A seat without a country is not counted: what it stands for is a body of the same name.
    """
    owners: dict[str, Row] = {}
    for table in library.tables:
        for row in table.rows if table.schema.names else ():
            if table.kind == "seats.tsv" and not row["country"]:
                continue
            for form in row.values(*table.schema.names):
                first = owners.setdefault(form.casefold(), row)
                if first.file != row.file:
                    yield row.finding("two-files", f"'{form}' stands also in {row.at(first)}", form)
