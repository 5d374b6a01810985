"""Keeps families of copies in the database, document by document.

Documents that `copies` calls copies hold together; a family is what is held together. So it does
not matter in which order they came. A family has the id of its first copy by publication.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

import sqlalchemy as sa
from msgspec import Struct

from detente.ledger.copies import Copy, are_copies, best_copy, in_order, in_reach, origin
from detente.ledger.schema import copy_keys, documents, families, reports, stale
from detente.ledger.sketch import Sketch, keys_of, unpacked

# Databases take only so many values in one statement.
_MANY = 500
T = TypeVar("T")


class Family(Struct, frozen=True):
    """Copies of one text.

    `best` is the id of the document to read, `agency` the agency of origin where one is named;
    `first` and `last` are days of publication; `documents` are ids, by publication.
    """

    id: str
    copies: int
    best: str
    agency: str | None
    first: dt.date | None
    last: dt.date | None
    documents: tuple[str, ...]


def join_family(connection: sa.Connection, number: int, sketch: Sketch) -> None:
    """Put a document into the family of its copies, or into one of its own.

    Families between which it is the missing link become one; the blocks of their reports are then
    marked as stale, for their incidents count families.
    """
    keys = {key.hash: key for key in keys_of(sketch)}
    found = _sharing(connection, list(keys), number)
    if keys:
        connection.execute(
            sa.insert(copy_keys), [{"hash": key, "document": number} for key in sorted(keys)]
        )
    days = _column(connection, documents.c.day, found)
    near = {
        other
        for other, hashes in found.items()
        if any(in_reach(keys[key], sketch.day, days[other]) for key in hashes)
    }
    joined = _families_of_copies(connection, sketch, sorted(near))
    if len(joined) > 1:
        mark_stale(connection, documents.c.family.in_(joined))
    _write_family(connection, joined, number)


def mark_stale(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    """Mark the blocks of the reports of some documents as still to be derived."""
    query = (
        sa.select(reports.c.block)
        .join(documents, documents.c.number == reports.c.document)
        .where(which)
        .distinct()
    )
    add_stale(connection, connection.scalars(query))


def add_stale(connection: sa.Connection, blocks: Iterable[str]) -> None:
    """Mark blocks as still to be derived."""
    wanted = set(blocks)
    for part in parts(sorted(wanted)):
        known = connection.scalars(sa.select(stale.c.block).where(stale.c.block.in_(part)))
        wanted -= set(known)
    if wanted:
        connection.execute(sa.insert(stale), [{"block": block} for block in sorted(wanted)])


def parts(values: Sequence[T]) -> Iterable[Sequence[T]]:
    """Cut values into as many as a database takes at a time."""
    return (values[at : at + _MANY] for at in range(0, len(values), _MANY))


def _sharing(connection: sa.Connection, keys: Sequence[int], number: int) -> dict[int, set[int]]:
    """The other documents that share a key, with the keys they share."""
    found: dict[int, set[int]] = {}
    for part in parts(keys):
        query = sa.select(copy_keys.c.document, copy_keys.c.hash).where(copy_keys.c.hash.in_(part))
        for other, key in connection.execute(query):
            if other != number:
                found.setdefault(other, set()).add(key)
    return found


def _column(
    connection: sa.Connection, column: sa.ColumnElement[int], numbers: Iterable[int]
) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in parts(sorted(numbers)):
        query = sa.select(documents.c.number, column).where(documents.c.number.in_(part))
        found.update({number: value for number, value in connection.execute(query)})
    return found


def _families_of_copies(
    connection: sa.Connection, sketch: Sketch, candidates: Sequence[int]
) -> set[str]:
    """The families in which there is a copy; one copy is enough for a family."""
    joined: set[str] = set()
    for part in parts(candidates):
        query = (
            sa.select(documents.c.family, documents.c.sketch)
            .where(documents.c.number.in_(part))
            .order_by(documents.c.number)
        )
        for family, data in connection.execute(query).all():
            if family and family not in joined and are_copies(sketch, unpacked(data)):
                joined.add(family)
    return joined


def _write_family(connection: sa.Connection, joined: set[str], number: int) -> None:
    table = documents.c
    query = sa.select(
        table.number, table.key, table.id, table.day, table.quality, table.words, table.agency
    ).where(sa.or_(table.family.in_(sorted(joined)), table.number == number))
    rows = connection.execute(query).all()
    copies = in_order(
        Copy(r.key, r.id, dt.date.fromordinal(r.day) if r.day else None, r.quality, r.words,
             r.agency)
        for r in rows
    )  # fmt: skip
    identity = f"f{copies[0].key[:16]}"
    moved = sa.or_(table.family.in_(sorted(joined - {identity})), table.number == number)
    connection.execute(sa.update(documents).where(moved).values(family=identity))
    connection.execute(sa.delete(families).where(families.c.id.in_([*joined, identity])))
    days = [row.day for row in rows if row.day]
    connection.execute(
        sa.insert(families).values(
            id=identity,
            copies=len(copies),
            best=best_copy(copies).document,
            origin=origin(copies),
            first=min(days, default=0),
            last=max(days, default=0),
        )
    )
