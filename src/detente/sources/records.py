"""Makes a Document of an entry with named fields: a line of JSON, a row of a table.

Serves `jsonl` and `tables`. The fields are those of the contract: `id` and `text`, and optionally
`date` (a day, or a time stamp that begins with one), `title`, `source`, `url`. None counts as
absent, and so does an empty date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from detente.model import Document
from detente.text.decode import looks_like_html, shown
from detente.text.header import iso_day


def document_from(entry: object) -> Document:
    """Make a document of an entry's fields.

    Raises:
        ValueError: a field is missing or wrong; the message says which and how.
    """
    if not isinstance(entry, dict):
        raise ValueError(f"it is {_kind(entry)}, not an object with 'id' and 'text'")
    text = _required(entry, "text")
    return Document(
        text=text,
        id=_required(entry, "id"),
        date=_day(entry.get("date")),
        title=_optional(entry, "title"),
        source=_optional(entry, "source"),
        url=_optional(entry, "url"),
        markup="html" if looks_like_html(text) else "plain",
    )


def _required(entry: Mapping[str, Any], field: str) -> str:
    value = _optional(entry, field)
    if value is None:
        raise ValueError(f"'{field}' is missing")
    if not value.strip("\ufeff\0 \t\r\n"):
        raise ValueError(f"'{field}' is blank")
    return value


def _optional(entry: Mapping[str, Any], field: str) -> str | None:
    value = entry.get(field)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"'{field}' is {_kind(value)}; write it as a string")
    return value


def _day(value: object) -> dt.date | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f"'date' is {_kind(value)}; write it as a string, as in \"2023-02-28\"")
    day = iso_day(value.strip())
    if day is None:
        raise ValueError(f"'date' is '{shown(value)}', not a day; write it as in \"2023-02-28\"")
    return day


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", dict: "an object", list: "a list", str: "a string"}
    return names.get(type(value), "a number")
