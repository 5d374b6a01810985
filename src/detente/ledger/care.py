"""Looks whether a ledger is whole, and gives unused space back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from detente.ledger.schema import documents, families, incidents, reports
from detente.ledger.store import Ledger


def problems(ledger: Ledger) -> list[str]:
    """What is wrong in a ledger, one line each; nothing where all is well."""
    found: list[str] = []
    with ledger.database.reading() as connection:
        if connection.dialect.name == "sqlite":
            said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
            found += [f"the file is damaged: {line}" for line in said if line != "ok"]
        for what, query in _queries():
            count = connection.scalar(query)
            if count:
                found.append(f"{count} {what}")
    return found


def vacuum(ledger: Ledger) -> None:
    """Give space that is no longer used back to the disk."""
    ledger.database.outside("VACUUM")


def _queries() -> list[tuple[str, sa.Select[Any]]]:
    def without(
        table: sa.Table, column: sa.ColumnElement[object], other: sa.ColumnElement[object]
    ) -> sa.Select[Any]:
        known = sa.exists().where(other == column)
        return sa.select(sa.func.count()).select_from(table).where(sa.not_(known))

    lost = without(reports, reports.c.incident, incidents.c.id).where(reports.c.incident != "")
    return [
        ("reports without their document",
         without(reports, reports.c.document, documents.c.number)),
        ("documents without their family: detente ledger rebuild",
         without(documents, documents.c.family, families.c.id)),
        ("reports without their incident: detente ledger rebuild", lost),
        ("incidents without reports: detente ledger rebuild",
         without(incidents, incidents.c.id, reports.c.incident)),
    ]  # fmt: skip
