"""Reads one story from a file, from standard input or from the web, as a Document.

Comes before the coder. A Document's text is what was in the file, unchanged: a head (`Date: ...`)
stays in it and only its facts are taken. What it leaves out: folders, archives, many stories in one
file (`jsonl`).
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import BinaryIO

from detente.model import Document, InputError
from detente.sources.fetch import fetch, is_address
from detente.sources.opening import STANDARD_INPUT, readable
from detente.text.decode import decode, looks_like_html, shown
from detente.text.header import Header, iso_day, read_header

MAX_FILE_BYTES = 64_000_000


def read_document(
    where: str,
    *,
    date: dt.date | None = None,
    allow_private: bool = False,
    stdin: BinaryIO | None = None,
) -> Document:
    """Read one story.

    Args:
        where: a path, `-` for standard input, or an http(s) address.
        date: the publication day; it goes before the day the file's own head gives.
        allow_private: let an address lead to hosts that are not public.
        stdin: read in place of the process's standard input.

    Returns:
        A document whose id is the file's name without its ending, `-`, or the address as given
        (the head of the file may give another), and whose `markup` is told from its content.

    Raises:
        InputError: it cannot be read; one line: what, where, what to do.
    """
    if is_address(where):
        page = fetch(where.strip(), allow_private=allow_private)
        text = decode(page.body, where=where, declared=page.charset)
        return document_of(text, where, where.strip(), date, page.url)
    if where == STANDARD_INPUT:
        data = _standard_input(stdin)
        return document_of(decode(data, where="standard input"), "standard input", where, date)
    path = Path(where)
    return document_of(decode(_file(where, path), where=where), where, path.stem or where, date)


def parse_day(text: str) -> dt.date:
    """Read a day as given on the command line: `2023-02-03`.

    Raises:
        InputError: it is no day of the calendar, or is written in another way.
    """
    day = iso_day(text.strip())
    if day is None:
        raise InputError(
            f"'{shown(text)}' is not a day; write year, month and day, as in 2023-02-28"
        )
    return day


def document_of(
    text: str, where: str, name: str, date: dt.date | None = None, url: str | None = None
) -> Document:
    """Make a document of decoded text; the facts of its own head go in, but for a day given.

    Raises:
        InputError: the head's date is no day.
    """
    html = looks_like_html(text)
    head = Header() if html else read_header(text)
    if date is None and head.day is not None and head.date is None:
        raise InputError(
            f"{shown(where)}: its date '{shown(head.day)}' is not a day; "
            "write year, month and day, as in 2023-02-28"
        )
    return Document(
        text=text,
        id=head.id or name,
        date=date or head.date,
        title=head.title,
        source=head.source,
        url=url or head.url,
        markup="html" if html else "plain",
    )


def _file(where: str, path: Path) -> bytes:
    with readable(where), path.open("rb") as file:
        return _limited(file, where)


def _standard_input(stdin: BinaryIO | None) -> bytes:
    stream = stdin or getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputError("standard input: is closed; give a file or pipe a story into it")
    try:
        return _limited(stream, "standard input")
    except OSError as error:
        raise InputError(f"standard input: cannot be read ({error.strerror})") from error


def _limited(stream: BinaryIO, where: str) -> bytes:
    data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise InputError(
            f"{shown(where)}: is larger than {MAX_FILE_BYTES / 1e6:g} MB, too large for one story; "
            "split it, or give its stories as JSON Lines to `detente code`"
        )
    return data
