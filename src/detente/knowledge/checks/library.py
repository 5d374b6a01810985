"""All the tables that are checked together: the shipped ones, with a user's in their place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property

from detente.knowledge import ontology
from detente.knowledge.acts import word_classes
from detente.knowledge.checks.schema import schema_name
from detente.knowledge.checks.table import Row, Table, read_table, shipped_files, shipped_text

ACTS = "acts/*.tsv"


class Library:
    """The tables, and the sets of codes that cells refer to.

    A file that a user gave takes the place of the shipped table it is a copy of (one of many in
    the folder of acts, only that of its own name), and stands last: of two rows that do not go
    together, the user's is reported. `reported` are the tables whose faults are wanted: the
    user's where there are any, else all.
    """

    def __init__(self, given: Iterable[Table] = ()) -> None:
        users = tuple(given)
        kinds = {table.kind for table in users} - {ACTS}
        names = {table.file.rpartition("/")[2] for table in users if table.kind == ACTS}
        shipped = tuple(
            table
            for table in map(_shipped, shipped_files(".tsv"))
            if table.kind not in kinds and table.file.rpartition("/")[2] not in names
        )
        self.tables = (*shipped, *users)
        self.reported = users or shipped

    def of(self, kind: str) -> tuple[Table, ...]:
        """The tables of a kind, in order."""
        return tuple(table for table in self.tables if table.kind == kind)

    def rows(self, kind: str) -> list[Row]:
        """The rows of all tables of a kind."""
        return [row for table in self.of(kind) for row in table.rows]

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of countries."""
        return frozenset(row["code"] for row in self.rows("countries.tsv"))

    @cached_property
    def offices(self) -> frozenset[str]:
        """The titles and forms of offices, in small letters."""
        rows = self.rows("offices.tsv")
        return frozenset(form.casefold() for row in rows for form in row.values("office", "forms"))

    @cached_property
    def sectors(self) -> frozenset[str]:
        """The sectors of actors."""
        return frozenset(ontology.sectors())

    @cached_property
    def classes(self) -> frozenset[str]:
        """The names of word classes."""
        return frozenset(word_classes())


@cache
def _shipped(file: str) -> Table:
    """A shipped table; every one has a schema (`tests/knowledge/test_check.py` sees to it)."""
    return read_table(shipped_text(file), file, schema_name(file) or file)
