"""The ledger: documents and their reports go in, families and incidents come out.

The face of this folder; the database is behind it. What `add` has returned from is kept, whatever
happens next. Incidents are derived by `derive`, which may be broken off and taken up again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from detente.ledger.database import PATIENCE, Database, LedgerError
from detente.ledger.deriving import clear_derived, derive_next, numbered, stated_days
from detente.ledger.grouping import Family, add_stale, join_family, parts
from detente.ledger.kept import (
    Kept,
    document_key,
    kept_of,
    pack_document,
    pack_event,
    pack_kept,
    unpack_document,
    unpack_event,
    unpack_kept,
)
from detente.ledger.reports import Report, block_of, in_order
from detente.ledger.schema import copy_keys, documents, dyads, families, incidents, reports, stale
from detente.ledger.sketch import packed, sketch_of, unpacked
from detente.ledger.summary import Incident, told_of
from detente.model import Coding, Document, Event

Added = Literal["new", "known", "version"]
# Incidents read with their reports at a time.
_BATCH = 200


class Entry(Struct, frozen=True):
    """A document in the ledger, with what the coder made of it. `family` is the family's id."""

    document: Document
    kept: Kept
    events: tuple[Event, ...]
    family: str


class Info(Struct, frozen=True):
    """Counts. `waiting` blocks of reports are still to be derived; `first` and `last` are days."""

    where: str
    documents: int
    families: int
    reports: int
    incidents: int
    waiting: int
    first: dt.date | None
    last: dt.date | None


class Ledger:
    """A ledger at a path or an address; use it in a `with`.

    >>> from detente import Coder, Document
    >>> with Ledger("/tmp/detente-doctest.sqlite", create=True) as ledger:
    ...     _ = ledger.add(Coder().code(Document("Peru thanked Chile for its help on Monday.")))
    ...     ledger.derive()
    ...     [incident.act for incident in ledger.incidents(between=("CHL", "PER"))]
    ['SUPPORT']

    Raises:
        LedgerError: here and in each method: one line that says what is wrong and what to do.
    """

    def __init__(
        self, where: str | Path, *, create: bool = False, patience: int = PATIENCE
    ) -> None:
        self.database = Database(where, create=create, patience=patience)

    def __enter__(self) -> Ledger:
        """Nothing is opened before it is needed."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Give the connections to the database back."""
        self.database.close()

    # --- going in ----------------------------------------------------------------------------

    def holds(self, document: Document) -> bool:
        """Tell whether the very same document is there: id, text and all else that was given."""
        with self.database.reading() as connection:
            return _number(connection, document_key(document)) is not None

    def add(self, coding: Coding) -> Added:
        """Keep a coded document and its reports, all or nothing.

        Returns:
            "known" where it was there before (nothing is done), "version" where there is one with
            its id but another content (both are kept), else "new".
        """
        return self.add_all([coding])[0]

    def add_all(self, codings: Sequence[Coding]) -> list[Added]:
        """Keep several documents in one change."""
        with self.database.writing() as connection:
            return [_add(connection, coding) for coding in codings]

    def derive(self) -> None:
        """Bring the incidents up to date. Each step is a change of its own."""
        while self._derive_one():
            pass

    def _derive_one(self) -> bool:
        with self.database.reading() as connection:
            if connection.scalar(sa.select(stale.c.block).limit(1)) is None:
                return False
        with self.database.writing() as connection:
            return derive_next(connection)

    def rebuild(self) -> None:
        """Make families and incidents anew from the documents and reports, as one change."""
        with self.database.writing() as connection:
            connection.execute(sa.delete(families))
            connection.execute(sa.delete(copy_keys))
            connection.execute(sa.update(documents).values(family=""))
            clear_derived(connection)
            for number in connection.scalars(sa.select(documents.c.number)).all():
                query = sa.select(documents.c.sketch).where(documents.c.number == number)
                join_family(connection, number, unpacked(connection.execute(query).scalar_one()))
            while derive_next(connection):
                pass

    # --- coming out --------------------------------------------------------------------------

    def incidents(
        self,
        *,
        between: tuple[str, str] | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        type: str | None = None,
        status: str | None = None,
        with_reports: bool = True,
    ) -> Iterator[Incident]:
        """Incidents in the order of their days (those without any first), then of their ids.

        Args:
            between: two countries that both take part, in any order.
            since: no incident that ended before this day; one without a day counts by the
                publication of its reports.
            until: no incident that began after this day.
            type: only those of this PLOVER type, or of this act.
            status: only those that have this status now.
            with_reports: false leaves `reports` empty, which is faster.
        """
        query = sa.select(incidents.c.id, incidents.c.row, incidents.c.low)
        high = incidents.c.high
        if between is not None:
            high = dyads.c.high
            one, other = sorted(between)
            query = query.join(dyads, dyads.c.incident == incidents.c.id).where(
                dyads.c.one == one, dyads.c.other == other
            )
        if since is not None:
            query = query.where(high >= since.toordinal())
        if until is not None:
            query = query.where(incidents.c.low <= until.toordinal())
        if type is not None:
            query = query.where(sa.or_(incidents.c.type == type, incidents.c.act == type))
        if status is not None:
            query = query.where(incidents.c.status == status)
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(incidents.c.low, incidents.c.id)).all()
        for at in range(0, len(rows), _BATCH):
            batch = [msgspec.json.decode(r.row, type=Incident) for r in rows[at : at + _BATCH]]
            yield from self._with_reports(batch) if with_reports else batch

    def incident(self, identity: str) -> Incident:
        """One incident with its reports; the beginning of its id is enough.

        Raises:
            LedgerError: none has that id, or several begin with it.
        """
        query = sa.select(incidents.c.id, incidents.c.row).where(
            incidents.c.id.startswith(identity, autoescape=True)
        )
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(incidents.c.id).limit(2)).all()
        exact = [row for row in rows if row.id == identity] or rows
        if len(exact) != 1:
            why = "several incidents begin with it, give more" if rows else "no such incident"
            raise LedgerError(f"{identity}: {why} (detente incidents lists them)")
        return self._with_reports([msgspec.json.decode(exact[0].row, type=Incident)])[0]

    def events_of(self, identity: str) -> list[tuple[str, dt.date | None, Event]]:
        """The reports of an incident whole: document, day of publication and event, in order."""
        with self.database.reading() as connection:
            found = in_order(numbered(connection, [identity])[identity])
        return [(report.document, report.day, report.event) for report in found]

    def families(self, *, least: int = 1) -> Iterator[Family]:
        """Families of at least so many copies, by the day of their first."""
        table = families.c
        query = sa.select(families).where(table.copies >= least).order_by(table.first, table.id)
        with self.database.reading() as connection:
            rows = connection.execute(query).all()
        for part in parts(rows):
            yield from self._families(part)

    def documents(self) -> Iterator[Entry]:
        """All documents, in the order in which they came, with what the coder made of them."""
        at = 0
        while True:
            with self.database.reading() as connection:
                found = _entries(connection, at)
            if not found:
                return
            yield from (entry for _, entry in found)
            at = found[-1][0]

    def info(self) -> Info:
        """Count what is there."""
        with self.database.reading() as connection:
            count = {
                table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for table in (documents, families, reports, incidents, stale)
            }
            span = connection.execute(
                sa.select(sa.func.min(documents.c.day), sa.func.max(documents.c.day)).where(
                    documents.c.day > 0
                )
            ).one()
        return Info(
            self.database.shown, count["documents"], count["families"], count["reports"],
            count["incidents"], count["stale"], _day(span[0]), _day(span[1]),
        )  # fmt: skip

    def _with_reports(self, batch: Sequence[Incident]) -> list[Incident]:
        with self.database.reading() as connection:
            found = numbered(connection, [incident.id for incident in batch])
        return [
            msgspec.structs.replace(
                incident, reports=tuple(map(told_of, in_order(found[incident.id])))
            )
            for incident in batch
        ]

    def _families(self, rows: Sequence[sa.Row[tuple[object, ...]]]) -> list[Family]:
        query = (
            sa.select(documents.c.family, documents.c.id)
            .where(documents.c.family.in_([row.id for row in rows]))
            .order_by(sa.case((documents.c.day == 0, 1), else_=0), documents.c.day, documents.c.key)
        )
        members: dict[str, list[str]] = {}
        with self.database.reading() as connection:
            for family, document in connection.execute(query):
                members.setdefault(family, []).append(document)
        return [
            Family(row.id, row.copies, row.best, row.origin, _day(row.first), _day(row.last),
                   tuple(members.get(row.id, ())))
            for row in rows
        ]  # fmt: skip


def _day(number: int | None) -> dt.date | None:
    return dt.date.fromordinal(number) if number else None


def _number(connection: sa.Connection, key: str) -> int | None:
    query = sa.select(documents.c.number).where(documents.c.key == key)
    found: int | None = connection.scalar(query)
    return found


def _add(connection: sa.Connection, coding: Coding) -> Added:
    document = coding.document
    key = document_key(document)
    if _number(connection, key) is not None:
        return "known"
    name = document.id.replace("\0", "\ufffd")
    same_id = sa.select(documents.c.number).where(documents.c.id == name).limit(1)
    earlier = connection.scalar(same_id)
    sketch = sketch_of(coding.story)
    kept = kept_of(coding)
    done = connection.execute(
        sa.insert(documents).values(
            key=key,
            id=name,
            day=kept.day.toordinal() if kept.day else 0,
            agency=kept.agency,
            quality=kept.quality.score,
            words=sketch.words,
            family="",
            sketch=packed(sketch),
            content=pack_document(document),
            coding=pack_kept(kept),
        )
    )
    number = int(done.inserted_primary_key[0])  # type: ignore[index, unused-ignore]
    join_family(connection, number, sketch)
    _add_reports(connection, key, number, name, kept.day, coding.events)
    return "new" if earlier is None else "version"


def _add_reports(
    connection: sa.Connection,
    key: str,
    number: int,
    name: str,
    day: dt.date | None,
    events: Sequence[Event],
) -> None:
    rows = []
    for position, event in enumerate(events):
        report = Report(f"{key}:{position:04d}", name, day, event)
        low, high = stated_days(report)
        rows.append(
            {
                "key": report.key,
                "document": number,
                "block": block_of(event),
                "act": event.act,
                "low": low,
                "high": high,
                "event": pack_event(event),
                "strand": "",
                "incident": "",
            }
        )
    if rows:
        connection.execute(sa.insert(reports), rows)
        add_stale(connection, {str(row["block"]) for row in rows})


def _entries(connection: sa.Connection, after: int) -> list[tuple[int, Entry]]:
    query = (
        sa.select(documents).where(documents.c.number > after).order_by(documents.c.number)
    ).limit(_BATCH)
    rows = connection.execute(query).all()
    events: dict[int, list[Event]] = {row.number: [] for row in rows}
    told = (
        sa.select(reports.c.document, reports.c.event)
        .where(reports.c.document.in_(list(events)))
        .order_by(reports.c.number)
    )
    for number, event in connection.execute(told):
        events[number].append(unpack_event(event))
    return [
        (
            row.number,
            Entry(
                unpack_document(row.content),
                unpack_kept(row.coding),
                tuple(events[row.number]),
                row.family,
            ),
        )
        for row in rows
    ]
