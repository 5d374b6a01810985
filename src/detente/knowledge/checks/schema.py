"""What each table holds (`table_columns.yaml`), and which table a file is, by its columns."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatch
from functools import cache

import msgspec
from msgspec import Struct

from detente.knowledge.tables import load_yaml

USERS = "a table of your own actors"


class Schema(Struct, frozen=True, forbid_unknown_fields=True):
    """One table: its columns with their kinds, and what must not stand twice."""

    columns: dict[str, str | tuple[str, ...]]
    required: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Schemas(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `table_columns.yaml`; `actors` is a user's own table."""

    tables: dict[str, Schema]
    actors: Schema


@cache
def schemas() -> dict[str, Schema]:
    """The schemas by the table they are of; `acts/*.tsv` stands for all files of that folder."""
    loaded = msgspec.convert(load_yaml("table_columns.yaml"), Schemas)
    return {**loaded.tables, USERS: loaded.actors}


def schema_name(file: str) -> str | None:
    """The schema of a shipped file, by its name: `acts/aid.tsv` has that of `acts/*.tsv`."""
    return next((name for name in schemas() if fnmatch(file, name)), None)


def recognised(columns: Iterable[str], basename: str) -> str | None:
    """The schema that a file with these columns has, or None; the name decides between equals.

    A file that has the name of a shipped table and some of its columns is that table, broken.
    """
    given = set(columns)
    equal = [name for name, schema in schemas().items() if given == set(schema.columns)]
    named = next((name for name in schemas() if name.rpartition("/")[2] == basename), None)
    if named in equal or (not equal and named and len(given & set(schemas()[named].columns)) > 1):
        return named
    if equal:
        return equal[-1]
    users = schemas()[USERS]
    return USERS if set(users.required) <= given <= set(users.columns) else None
