"""Runs all checks: on the shipped files, or on a user's files among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from detente.knowledge.checks.acts import check_acts
from detente.knowledge.checks.cells import check_cells
from detente.knowledge.checks.finding import Finding, is_accepted
from detente.knowledge.checks.library import ACTS, Library
from detente.knowledge.checks.meanings import (
    check_countries,
    check_forms,
    check_groups,
    check_names_across,
    check_rows_twice,
    check_users,
)
from detente.knowledge.checks.people import check_people
from detente.knowledge.checks.schema import USERS, recognised
from detente.knowledge.checks.table import (
    Table,
    broken_rows,
    header,
    read_table,
    shipped_files,
    shipped_text,
)
from detente.knowledge.checks.trees import check_tree
from detente.knowledge.checks.words import check_cameo, check_own, check_probabilities
from detente.model import InputError


def check_shipped() -> list[Finding]:
    """Check all shipped files of knowledge: what is wrong, by file and line."""
    library = Library()
    found = [*_in_shape(library.tables), *_in_tables(library)]
    for file in shipped_files(".yaml"):
        found += check_tree(shipped_text(file), file)
    return _reported(found)


def check_files(paths: Iterable[str]) -> list[Finding]:
    """Check a user's files: changed copies of shipped ones, or tables of actors of their own.

    They are checked among the shipped files, in the place of those they are copies of, and only
    what is wrong with them is reported, under the paths given.

    Raises:
        InputError: a file that cannot be read, or that is no file of knowledge.
    """
    tables: list[Table] = []
    found: list[Finding] = []
    for path in dict.fromkeys(paths):
        text = _text(path)
        if Path(path).suffix in (".yaml", ".yml"):
            found += check_tree(text, path)
            continue
        table = _recognised(text, path)
        tables.append(table)
        found += broken_rows(text, table)
    given = {table.file for table in tables}
    in_tables = _in_tables(Library(tables)) if tables else ()
    return _reported([*found, *(one for one in in_tables if one.file in given)])


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; give a table or YAML") from None
    except UnicodeDecodeError as error:
        told = f"not UTF-8 ({error.reason}); save it as UTF-8"
        raise InputError(f"cannot read {path}: {told}") from None


def _recognised(text: str, path: str) -> Table:
    columns = header(text)
    kind = recognised(columns, Path(path).name)
    if kind is None:
        raise InputError(
            f"{path}: no table of ours has these columns: {' '.join(columns)[:80] or '(none)'}; "
            "docs/knowledge.md lists the tables"
        )
    return read_table(text, path, kind, given=True)


def _in_shape(tables: Iterable[Table]) -> Iterator[Finding]:
    for table in tables:
        yield from broken_rows(shipped_text(table.file), table)


# The checks of more than a cell, and the tables whose rows each may report; None is any.
WIDE: tuple[tuple[str | None, Callable[[Library], Iterable[Finding]]], ...] = (
    ("countries.tsv", check_countries),
    ("groups.tsv", check_groups),
    (USERS, check_users),
    (USERS, check_own),
    (None, check_names_across),
    ("people.tsv", check_people),
    (ACTS, check_acts),
    ("probability.tsv", check_probabilities),
    ("cameo.tsv", check_cameo),
)


def _in_tables(library: Library) -> Iterator[Finding]:
    for table in library.reported:
        yield from check_cells(table, library)
        yield from check_rows_twice(table)
        yield from check_forms(table)
    kinds = {table.kind for table in library.reported}
    for kind, check in WIDE:
        if kind is None or kind in kinds:
            yield from check(library)


def _reported(found: Iterable[Finding]) -> list[Finding]:
    return sorted({finding for finding in found if not is_accepted(finding)})
