"""A file of knowledge as the checks see it: its rows with their lines. A broken row is reported."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from msgspec import Struct

from detente.knowledge.checks.finding import Finding
from detente.knowledge.checks.schema import Schema, schemas
from detente.knowledge.tables import numbered_lines, values

PACKAGE = "detente.knowledge"


class Row(Struct, frozen=True, gc=False):
    """A row: the file as it is shown, the line from 1, and its cells by column."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of a column; empty where the row has none."""
        return self.cells.get(column, "")

    def values(self, *columns: str) -> list[str]:
        """The values of some columns, each once, in order."""
        found = (value for column in columns for value in values(self[column]))
        return list(dict.fromkeys(found))

    def cells_folded(self) -> list[str]:
        """All values of the row, in small letters."""
        return [value.casefold() for cell in self.cells.values() for value in values(cell)]

    def at(self, other: Row) -> str:
        """Where another row stands, seen from this one."""
        return f"line {other.line}" if other.file == self.file else f"{other.file}:{other.line}"

    def finding(self, rule: str, message: str, subject: str = "") -> Finding:
        """What is wrong with this row."""
        return Finding(self.file, self.line, rule, message, subject)


class Table(Struct, frozen=True):
    """A table: `kind` is the name of its schema; `given` when a user named the file."""

    file: str
    kind: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    given: bool = False

    @property
    def schema(self) -> Schema:
        """What its columns hold."""
        return schemas()[self.kind]


def header(text: str) -> tuple[str, ...]:
    """The names of the columns of a table; none where it is empty."""
    return tuple(next((cells for _, cells in numbered_lines(text)), ()))


def read_table(text: str, file: str, kind: str, given: bool = False) -> Table:
    """Read a table; cells beyond its columns are left to `broken_rows`."""
    columns = header(text)
    lines = list(numbered_lines(text))[1:]
    rows = (Row(file, number, dict(zip(columns, cells, strict=False))) for number, cells in lines)
    return Table(file, kind, columns, tuple(rows), given)


def broken_rows(text: str, table: Table) -> Iterator[Finding]:
    """Yield what is wrong with the shape of a table: its columns, and cells beyond them."""
    known = set(table.schema.columns)
    needed = set(table.schema.required) if table.given else known
    lines = list(numbered_lines(text))
    first = lines[0][0] if lines else 1
    for column in sorted(needed - set(table.columns)):
        yield Finding(table.file, first, "columns", f"no column '{column}'; {table.kind} has one")
    for column in sorted(set(table.columns) - known):
        told = f"column '{column}' is not known; the columns: {' '.join(table.schema.columns)}"
        yield Finding(table.file, first, "columns", told)
    for number, cells in lines[1:]:
        if len(cells) > len(table.columns):
            told = f"{len(cells)} cells in a table of {len(table.columns)} columns; remove tabs"
            yield Finding(table.file, number, "cells", told)


def shipped_text(file: str) -> str:
    """The text of a shipped file."""
    return resources.files(PACKAGE).joinpath(file).read_text("utf-8")


def shipped_files(ending: str) -> list[str]:
    """The shipped files with an ending, sorted: "acts/aid.tsv", "people.tsv"."""
    root = resources.files(PACKAGE)
    top = [entry.name for entry in root.iterdir()]
    acts = [f"acts/{entry.name}" for entry in root.joinpath("acts").iterdir()]
    return sorted(name for name in (*top, *acts) if name.endswith(ending))
