"""What is kept: documents and their reports, families of copies, incidents and their history.

>>> from detente.ledger import open_ledger
>>> with open_ledger("stories.sqlite") as ledger:  # doctest: +SKIP
...     for incident in ledger.incidents(between=("CHN", "USA")):
...         print(incident.date_start, incident.act, incident.status, incident.families)

The steps, in order: `sketch` and `copies` tell copies; `reports`, `alike` and `merge` tell what is
one happening; `summary` sums it up. These are pure. `schema`, `database`, `grouping` and
`deriving` do the same in a database, step by step; `store` is the face.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.ledger.store import Entry, Info, Ledger
    from detente.ledger.summary import Incident

__all__ = ["Entry", "Incident", "Info", "Ledger", "open_ledger"]


def open_ledger(where: str | Path, *, create: bool = False) -> Ledger:
    """Open the ledger in a file, or on a PostgreSQL server (`postgresql://user@host/name`).

    Args:
        where: the path or the address.
        create: make it if there is none.

    Raises:
        LedgerError: there is none, or it cannot be opened; one line that says what to do.
    """
    from detente.ledger.store import Ledger

    return Ledger(where, create=create)


def __getattr__(name: str) -> Any:
    """Load the public names when they are first asked for: databases are slow to import."""
    if name in ("Entry", "Info", "Ledger"):
        from detente.ledger import store

        return getattr(store, name)
    if name == "Incident":
        from detente.ledger.summary import Incident

        return Incident
    raise AttributeError(f"module 'detente.ledger' has no attribute '{name}'")
