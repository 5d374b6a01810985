"""Reads many stories from JSON Lines: one object a line, as `detente code` takes them.

Comes before the coder. A bad line is handed on with its number and reason, and costs no other
line. The file is never held as a whole: one line is in memory at a time. What it leaves out:
repeated ids (they are allowed), fields it does not know (they are passed over).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct

from detente.model import Document, InputError
from detente.text.decode import looks_like_html, refuse_signature, shown
from detente.text.header import iso_day

MAX_LINE_BYTES = 64_000_000
_DRAIN_BYTES = 1_000_000
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class BadLine(Struct, frozen=True):
    """A line that is no document: its number, from 1, and why, in words for a person."""

    line: int
    reason: str


def read_jsonl(stream: BinaryIO, where: str) -> Iterator[Document | BadLine]:
    """Read documents, one a line; blank lines are skipped but counted.

    A line is an object with `id` and `text` (strings), and optionally `date` (a day, or a time
    stamp that begins with one), `title`, `source`, `url` (strings). Null counts as absent.

    Raises:
        InputError: the file as a whole is something else (an archive, a table, UTF-16).
    """
    for number, line in _lines(stream):
        if number == 1 and line is not None:
            _refuse_other_file(line, where)
            line = line.removeprefix(_UTF8_MARK)
        if line is None:
            limit = f"{MAX_LINE_BYTES / 1e6:g} MB"
            yield BadLine(number, f"the line is longer than {limit}; split the story")
        elif line.strip():
            yield _document(line, number)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines with their numbers; None for one that is too long, which is passed over."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) <= MAX_LINE_BYTES or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_DRAIN_BYTES)
        yield number, None


def _refuse_other_file(line: bytes, where: str) -> None:
    refuse_signature(line, where)
    if line.startswith(_UTF16_MARKS):
        raise InputError(f"{shown(where)}: is UTF-16; JSON Lines is UTF-8, save it as that")


def _document(line: bytes, number: int) -> Document | BadLine:
    try:
        entry = msgspec.json.decode(line)
        return _checked(entry)
    except UnicodeDecodeError:
        return BadLine(number, "it is not UTF-8; save the file as UTF-8")
    except RecursionError:
        return BadLine(number, "its JSON is nested too deep")
    except msgspec.DecodeError as error:
        return BadLine(number, f"it is not valid JSON ({_json_reason(line, error)})")
    except ValueError as error:
        return BadLine(number, str(error))


def _json_reason(line: bytes, error: msgspec.DecodeError) -> str:
    return "it holds a NUL byte" if b"\0" in line else shown(str(error))


def _checked(entry: object) -> Document:
    """Make a document of a line's object.

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
