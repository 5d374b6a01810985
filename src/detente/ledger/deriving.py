"""Derives incidents from reports in the database, block by block.

Only blocks that are marked as stale are looked at: those that got a report, and those that a change
in a gathering of three states or more can touch. The result is the one of `merge.merge` on all
reports, whatever came first; `tests/ledger` hold it to that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec
import sqlalchemy as sa

from detente.ledger.grouping import add_stale, parts
from detente.ledger.kept import unpack_event
from detente.ledger.merge import best_hub, merge_block
from detente.ledger.reports import MANY, Report, telling
from detente.ledger.schema import documents, dyads, incidents, reports, stale
from detente.ledger.summary import incident_id, pairs_of, span_of, summary

Strands = dict[str, list[Report]]


def derive_next(connection: sa.Connection) -> bool:
    """Derive the incidents of one stale block; False where there is none."""
    # '*' sorts before letters: gatherings of an act come before the blocks that they may take in.
    block = connection.scalar(sa.select(sa.func.min(stale.c.block)))
    if block is None:
        return False
    connection.execute(sa.delete(stale).where(stale.c.block == block))
    if block.endswith(f"|{MANY}"):
        touched = _derive_gatherings(connection, block)
    else:
        touched = _derive_block(connection, block)
    for identity in sorted(touched):
        _write_incident(connection, identity)
    return True


def load_reports(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[Report]:
    """Read reports, with the family and the publication day of their documents."""
    query = (
        sa.select(
            reports.c.number, reports.c.key, reports.c.event,
            documents.c.id, documents.c.day, documents.c.family,
        )
        .join(documents, documents.c.number == reports.c.document)
        .where(which)
    )  # fmt: skip
    return [
        Report(
            key=row.key,
            document=row.id,
            day=dt.date.fromordinal(row.day) if row.day else None,
            event=unpack_event(row.event),
            family=row.family,
            number=row.number,
        )
        for row in connection.execute(query)
    ]


def stated_days(report: Report) -> tuple[int, int]:
    """The first and last of the days that a report states; (0, 0) where it states none."""
    told = telling(report)
    return (told.low, told.high) if told.stated else (0, 0)


def _derive_block(connection: sa.Connection, block: str) -> set[str]:
    strands = _strands(connection, block)
    act = block.split("|")[0]
    hubs = _gatherings(connection, act, [d for s in strands.values() for d in map(stated_days, s)])
    wanted: dict[int, tuple[str, str]] = {}
    for identity, strand in strands.items():
        near = {name: hub for name, hub in hubs.items() if _meet(strand, hub)}
        at = best_hub(strand, list(near.values())) if near else None
        incident = identity if at is None else list(near)[at]
        wanted.update({report.number: (identity, incident) for report in strand})
    return _file(connection, block, wanted)


def _derive_gatherings(connection: sa.Connection, block: str) -> set[str]:
    before = _filed(connection, block)
    strands = _strands(connection, block)
    wanted = {r.number: (name, name) for name, strand in strands.items() for r in strand}
    changed = {number for number, filed in wanted.items() if before.get(number) != filed}
    names = {name for number in changed for name in (wanted[number][0], before[number][0])}
    touched = _file(connection, block, wanted)
    of_changed = reports.c.strand.in_(sorted(names - {""}))
    _mark_neighbours(connection, block, [r for n in names if n in strands for r in strands[n]])
    # What had been taken in by a gathering that is no more as it was is looked at again.
    taken = sa.select(reports.c.block).where(
        reports.c.incident.in_(sorted(names - {""})), sa.not_(of_changed)
    )
    add_stale(connection, set(connection.scalars(taken)) - {block})
    return touched


def _mark_neighbours(connection: sa.Connection, block: str, hubs: Sequence[Report]) -> None:
    """Mark blocks of the act with a report that states a day of a changed gathering."""
    act = block.split("|")[0]
    found: set[str] = set()
    for low, high in sorted({stated_days(report) for report in hubs} - {(0, 0)}):
        query = sa.select(reports.c.block).where(
            reports.c.act == act, reports.c.low.between(1, high), reports.c.high >= low
        )
        found |= set(connection.scalars(query.distinct()))
    add_stale(connection, found - {block})


def _strands(connection: sa.Connection, block: str) -> Strands:
    found = merge_block(load_reports(connection, reports.c.block == block))
    return {incident_id(strand[0]): strand for strand in found}


def _gatherings(connection: sa.Connection, act: str, days: Iterable[tuple[int, int]]) -> Strands:
    """The gatherings of an act near some days, whole, in the order of their first reports."""
    stated = [day for day in days if day != (0, 0)]
    if not stated:
        return {}
    low, high = min(d[0] for d in stated), max(d[1] for d in stated)
    block = f"{act}|{MANY}"
    names = connection.scalars(
        sa.select(reports.c.strand)
        .where(reports.c.block == block, reports.c.low.between(1, high), reports.c.high >= low)
        .distinct()
    ).all()
    if not names:
        return {}
    return {
        name: strand for name, strand in _strands(connection, block).items() if name in set(names)
    }


def _meet(one: Iterable[Report], other: Iterable[Report]) -> bool:
    ours = {stated_days(report) for report in one} - {(0, 0)}
    theirs = {stated_days(report) for report in other} - {(0, 0)}
    return any(a <= d and c <= b for a, b in ours for c, d in theirs)


def _filed(connection: sa.Connection, block: str) -> dict[int, tuple[str, str]]:
    query = sa.select(reports.c.number, reports.c.strand, reports.c.incident)
    rows = connection.execute(query.where(reports.c.block == block))
    return {number: (strand, incident) for number, strand, incident in rows}


def _file(connection: sa.Connection, block: str, wanted: dict[int, tuple[str, str]]) -> set[str]:
    """Write where reports belong, and name all incidents that may be different now."""
    before = _filed(connection, block)
    changes = [
        {"row": number, "strand_": strand, "incident_": incident}
        for number, (strand, incident) in sorted(wanted.items())
        if before.get(number) != (strand, incident)
    ]
    if changes:
        connection.execute(
            sa.update(reports)
            .where(reports.c.number == sa.bindparam("row"))
            .values(strand=sa.bindparam("strand_"), incident=sa.bindparam("incident_")),
            changes,
        )
    old = {incident for _, incident in before.values()}
    return (old | {incident for _, incident in wanted.values()}) - {""}


def _write_incident(connection: sa.Connection, identity: str) -> None:
    told = load_reports(connection, reports.c.incident == identity)
    known = connection.scalar(sa.select(incidents.c.row).where(incidents.c.id == identity))
    if told:
        incident = summary(identity, told)
        row = msgspec.json.encode(incident)
        if row == known:
            return
    if known is not None:
        connection.execute(sa.delete(dyads).where(dyads.c.incident == identity))
        connection.execute(sa.delete(incidents).where(incidents.c.id == identity))
    if not told:
        return
    low, high = span_of(incident)
    connection.execute(
        sa.insert(incidents).values(
            id=identity, type=incident.type, act=incident.act, status=incident.status,
            low=low, high=high, row=row,
        )
    )  # fmt: skip
    pairs = [
        {"one": one, "other": other, "high": high, "incident": identity}
        for one, other in sorted(pairs_of(told))
    ]
    if pairs:
        connection.execute(sa.insert(dyads), pairs)


def clear_derived(connection: sa.Connection) -> None:
    """Forget all incidents, and mark every block as still to be derived."""
    for table in (dyads, incidents, stale):
        connection.execute(sa.delete(table))
    connection.execute(sa.update(reports).values(strand="", incident=""))
    connection.execute(
        sa.insert(stale).from_select(["block"], sa.select(reports.c.block).distinct())
    )


def numbered(connection: sa.Connection, identities: Sequence[str]) -> dict[str, list[Report]]:
    """The reports of some incidents, by incident."""
    found: dict[str, list[Report]] = {identity: [] for identity in identities}
    for part in parts(list(identities)):
        owner = dict(
            connection.execute(
                sa.select(reports.c.number, reports.c.incident).where(reports.c.incident.in_(part))
            ).all()
        )
        for report in load_reports(connection, reports.c.incident.in_(part)):
            found[owner[report.number]].append(report)
    return found
