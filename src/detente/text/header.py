"""Reads the head that a text file may carry before its story: `Date: 2023-02-03` and the like.

Serves `sources/` (which fills in the Document) and the story step (which marks the head as no part
of the story). The text itself is never cut: offsets go on counting in the file as given. What it
leaves out: the heads of e-mails and of web pages' metadata.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from msgspec import Struct

from detente.knowledge.tables import load_yaml

# More lines than this are no head but a list.
MAX_LINES = 12
_LINE = re.compile(r"([A-Za-z]{2,20}):[ \t]*([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_BLANK = re.compile(r"[ \t]*(?:\r\n|\n|\r)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Header(Struct, frozen=True):
    """What a text file says of its story. `end` is where the story begins, 0 without a head.

    `day` holds the date as written; `date` is None where that is no day of the calendar.
    """

    date: dt.date | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    end: int = 0
    id: str | None = None
    day: str | None = None


def read_header(text: str) -> Header:
    """Read the head of a text, if its first line is one of the head's keys (`headers.yaml`).

    The head ends before the first line that is no known key; blank lines after it belong to it.
    A key without a value tells nothing; of a key that stands twice the first counts.
    """
    fields: dict[str, str] = {}
    position = 1 if text.startswith("\ufeff") else 0
    keys, first = _keys()
    for number in range(MAX_LINES):
        line = _LINE.match(text, position)
        key = line[1].lower() if line else ""
        if line is None or key not in (keys if number else first):
            break
        if line[2].strip():
            fields.setdefault(keys[key], line[2].strip())
        position = line.end()
    else:
        return Header()
    return _header(fields, _skip_blank(text, position)) if number else Header()


def iso_day(text: str) -> dt.date | None:
    """Read `2023-02-03`, or the day of a time stamp `2023-02-03T10:15:00Z`; None if it is no day.

    Other ways to write a day are not guessed at: 03/02/2023 is March in one country, February in
    another.
    """
    if not _DAY.match(text):
        return None
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _header(fields: dict[str, str], end: int) -> Header:
    day = fields.get("date")
    return Header(
        date=iso_day(day) if day else None,
        title=fields.get("title"),
        source=fields.get("source"),
        url=fields.get("url"),
        end=end,
        id=fields.get("id"),
        day=day,
    )


def _skip_blank(text: str, position: int) -> int:
    while blank := _BLANK.match(text, position):
        position = blank.end()
    return position


@cache
def _keys() -> tuple[dict[str, str], frozenset[str]]:
    """Return each key with what it tells, and the keys that may begin a head; all lower case."""
    words: dict[str, list[str]] = load_yaml("headers.yaml")
    first = frozenset(key.lower() for key in words.pop("first"))
    return {key.lower(): field for field, keys in words.items() for key in keys}, first
