"""What a watcher remembers between runs: which items it gave, and what servers asked to be told.

A small SQLite file under the user's cache folder. Losing it costs nothing but that items still in
their feeds are given once more.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from detente.model import InputError
from detente.text.decode import shown

_TABLES = """
CREATE TABLE IF NOT EXISTS given (feed TEXT, item TEXT, stamp TEXT, PRIMARY KEY (feed, item));
CREATE TABLE IF NOT EXISTS answers (url TEXT PRIMARY KEY, etag TEXT, modified TEXT);
"""


class Memory:
    """Items given and validators of addresses; in the working memory where `path` is None.

    Raises:
        InputError: the file cannot be used.
    """

    def __init__(self, path: Path | None = None) -> None:
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path or ":memory:", timeout=10, isolation_level=None)
            self._base.executescript(_TABLES)
        except (sqlite3.Error, OSError) as error:
            text = f"{shown(str(path))}: cannot be used as cache ({shown(str(error))}); remove it"
            raise InputError(f"{text} or choose another with --cache") from error

    def knows(self, feed: str, item: str, stamp: str) -> bool:
        """Tell whether this state of an item was given before."""
        query = "SELECT 1 FROM given WHERE feed = ? AND item = ? AND stamp = ?"
        return self._base.execute(query, (feed, item, stamp)).fetchone() is not None

    def learn(self, feed: str, item: str, stamp: str) -> None:
        """Remember that this state of an item was given."""
        self._base.execute("INSERT OR REPLACE INTO given VALUES (?, ?, ?)", (feed, item, stamp))

    def conditions(self, url: str) -> dict[str, str]:
        """The headers that ask a server for what is new only."""
        query = "SELECT etag, modified FROM answers WHERE url = ?"
        etag, modified = self._base.execute(query, (url,)).fetchone() or (None, None)
        found = {"If-None-Match": etag, "If-Modified-Since": modified}
        return {name: value for name, value in found.items() if value}

    def keep(self, url: str, etag: str | None, modified: str | None) -> None:
        """Remember what a server called its answer."""
        self._base.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (url, etag, modified))

    def close(self) -> None:
        """Close the file."""
        self._base.close()
