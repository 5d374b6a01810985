"""Reads many stories from JSON Lines: one object a line, as `detente code` takes them.

Comes before the coder. A bad line is handed on with its number and reason, and costs no other
line. The file is never held as a whole: one line is in memory at a time. What it leaves out:
repeated ids (they are allowed), fields it does not know (they are passed over).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec
from msgspec import Struct

from detente.model import Document, InputError
from detente.sources.records import document_from
from detente.text.decode import refuse_signature, shown

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
        return document_from(entry)
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
