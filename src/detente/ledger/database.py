"""Opens the database of a ledger, brings its tables up to date, and says in words what went wrong.

SQLite in one file (WAL: one writer, many readers) or PostgreSQL by address. Everything is written
within `Database.writing`: a transaction that is there whole or not at all, one at a time.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc

from detente.model import InputError

# Seconds that a writer waits for another one.
PATIENCE = 30
_HEAD = "0001"
# Names the lock by which writers on a PostgreSQL server wait for one another.
_LOCK = 5_230_618


class LedgerError(InputError):
    """A ledger that cannot be read or written. The message is one line."""


class Database:
    """The database at a path or an address. Connects on first use.

    Raises:
        LedgerError: there is none (and `create` is false), or it is none of ours.
    """

    def __init__(
        self, where: str | Path, *, create: bool = False, patience: int = PATIENCE
    ) -> None:
        self.where = str(where)
        self._patience = patience
        self._path = None if "://" in self.where else Path(self.where).expanduser()
        if self._path is not None:
            self._check_path(self._path, create)
        with self.plain_errors():
            self._migrate(create)

    @cached_property
    def engine(self) -> sa.Engine:
        """SQLAlchemy's engine, with what each connection needs set."""
        if self._path is not None:
            url = sa.URL.create("sqlite", database=str(self._path))
        else:
            url = self._address()
        try:
            engine = sa.create_engine(url)
        except (ImportError, exc.NoSuchModuleError):
            raise LedgerError(
                f"{self.shown}: no driver for it; "
                "for PostgreSQL: pip install 'detente[postgres]', then postgresql://..."
            ) from None
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", self._prepare)
            event.listen(engine, "begin", _begin)
        return engine

    @property
    def shown(self) -> str:
        """The path, or the address without its password."""
        if self._path is not None:
            return str(self._path)
        try:
            return sa.make_url(self.where).render_as_string(hide_password=True)
        except exc.ArgumentError:
            return self.where

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A view of the ledger that does not change while it is looked at."""
        with self.plain_errors(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One change, whole or not at all; waits for other writers."""
        with self.plain_errors(), self.engine.connect() as connection:
            connection = connection.execution_options(detente_writes=True)
            with connection.begin():
                self._take_turn(connection)
                yield connection

    @contextlib.contextmanager
    def plain_errors(self) -> Iterator[None]:
        """Turn what the database complains of into a LedgerError of one line."""
        try:
            yield
        except exc.DBAPIError as error:
            raise LedgerError(f"{self.shown}: {_said(error)}") from None

    def outside(self, statement: str) -> None:
        """Run a statement that may be in no transaction (VACUUM)."""
        with self.plain_errors(), self.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(statement)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def _check_path(self, path: Path, create: bool) -> None:
        try:
            if path.is_dir():
                raise LedgerError(f"{path} is a folder; name a file in it")
            if create:
                path.parent.mkdir(parents=True, exist_ok=True)
            elif not path.exists():
                raise LedgerError(f"no ledger at {path}; make one with: detente add FILES")
        except OSError as error:
            what = error.strerror if error.errno != errno.EACCES else "permission denied"
            raise LedgerError(f"{path}: {what}; choose another place with --ledger") from None

    def _address(self) -> sa.URL:
        try:
            url = sa.make_url(self.where)
        except exc.ArgumentError:
            raise LedgerError(
                f"{self.where} is no address of a database; as in postgresql://user@host/name"
            ) from None
        if url.drivername in ("postgresql", "postgres"):
            return url.set(drivername="postgresql+psycopg")
        return url

    def _prepare(self, connection: Any, _: object) -> None:
        """Set what SQLite forgets between connections."""
        connection.isolation_level = None  # transactions begin where `_begin` says so
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {self._patience * 1000}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA cache_size = -65536")
        cursor.close()

    def _take_turn(self, connection: sa.Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{self._patience}s'")
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))

    def _migrate(self, create: bool) -> None:
        with self.reading() as connection:
            found = _revision(connection)
            others = found is None and bool(sa.inspect(connection).get_table_names())
        if found == _HEAD:
            return
        if found is not None and found > _HEAD:
            raise LedgerError(f"{self.shown}: made by a newer detente; update this one")
        if others:
            raise LedgerError(f"{self.shown}: a database, but no ledger; choose another place")
        if found is None and not create:
            raise LedgerError(f"{self.shown}: no ledger yet; make one with: detente add FILES")
        with self.writing() as connection:
            migrate(connection)


def migrate(connection: sa.Connection) -> None:
    """Bring the tables up to date."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("detente_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# What databases say, by a part of their words, and what a person is told.
_MEANINGS = (
    ("database is locked", "another program is writing to it; try again when it is done"),
    ("lock timeout", "another program is writing to it; try again when it is done"),
    ("readonly database", "may only be read; change its permissions or choose another --ledger"),
    ("disk is full", "the disk is full; nothing of this document was kept, free some space"),
    ("no space left", "the disk is full; nothing of this document was kept, free some space"),
    ("disk I/O error", "the disk gives an error; check it, and then: detente ledger check"),
    ("malformed", "is damaged; restore a copy, or save what can be read: detente ledger export"),
    ("not a database", "is no ledger but another kind of file; choose another --ledger"),
    ("unable to open", "cannot be opened; check that the folder is there and may be written"),
    ("could not connect", "the server does not answer; start it, or check the address"),
    ("connection failed", "the server does not answer; start it, or check the address"),
    ("connection refused", "the server does not answer; start it, or check the address"),
    ("terminating connection", "the server stopped; what was not yet kept is left out, run again"),
    ("connection is lost", "the server stopped; what was not yet kept is left out, run again"),
    ("closed the connection", "the server stopped; what was not yet kept is left out, run again"),
)


def _said(error: exc.DBAPIError) -> str:
    words = str(error.orig)
    for part, meaning in _MEANINGS:
        if part.casefold() in words.casefold():
            return meaning
    return f"the database says: {' '.join(words.split())[:200]}"
