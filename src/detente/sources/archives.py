"""Reads stories from archives of the web: WARC (pages as fetched) and WET (their plain text).

Each page or text is a document whose id and url are its address. The day an archive holds is that
of the crawl, not of publication, so it is not used: a page's own head gives the day, or its text.
What it leaves out: requests, pictures, answers that are no page (errors, redirects), passed over in
silence, for they are most of an archive.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from detente.model import Document, InputError
from detente.sources.files import document_of
from detente.sources.problem import Problem
from detente.text.decode import decode, shown

MAX_PAGE_BYTES = 20_000_000
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


def read_warc(stream: io.BufferedReader, where: str) -> Iterator[Document | Problem]:
    """Read the pages of an unpacked WARC or WET archive.

    An archive cut off in the middle gives all that is whole, then a Problem.

    Raises:
        InputError: it is no WARC archive.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    head = stream.peek(8)[:8]
    if not head.startswith(b"WARC/"):
        raise InputError(f"{shown(where)}: is no WARC archive (it does not begin with 'WARC/')")
    number = 0
    records = ArchiveIterator(_Pieces(stream), check_digests=False)
    try:
        for record in records:
            number += 1
            entry = _entry(record, f"{where}:record {number}")
            if entry is not None:
                yield entry
    except InputError as error:
        yield Problem(f"{where}:record {max(number, 1)}", str(error))
    except (ArchiveLoadFailed, EOFError, ValueError, KeyError, AttributeError) as error:
        reason = f"the archive is broken or cut here ({shown(str(error))}); the rest is not read"
        yield Problem(f"{where}:record {number + 1}", reason)


class _Pieces:
    """A stream that gives what it has at once: of an archive cut off, all before the cut."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._given = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read1(size)
        self._given += len(piece)
        return piece

    def tell(self) -> int:
        return self._given


def _entry(record: Any, place: str) -> Document | Problem | None:
    """The document of a record; None where it holds no page."""
    if not _holds_page(record):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    body = _body(record)
    if isinstance(body, str):
        return Problem(place, body)
    if not body.strip():
        return None
    try:
        text = decode(body, where=url or place, declared=_charset(record))
        return document_of(text, url or place, url or place, url=url or None)
    except InputError as error:
        return Problem(place, str(error))


def _holds_page(record: Any) -> bool:
    if record.rec_type == "conversion":
        return True
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0]
    return record.http_headers.get_statuscode() == "200" and kind.strip().lower() in _PAGES


def _body(record: Any) -> bytes | str:
    """The record's content, unpacked; a reason where it cannot be had."""
    try:
        body: bytes = record.content_stream().read(MAX_PAGE_BYTES + 1)
    except InputError:
        raise  # the file itself ends here
    except (OSError, EOFError, ValueError) as error:
        return f"the page is broken ({shown(str(error))})"
    if len(body) > MAX_PAGE_BYTES:
        return f"the page is larger than {MAX_PAGE_BYTES / 1e6:g} MB"
    limit = getattr(record.raw_stream, "limit", 0)
    if limit and not record.raw_stream.read(1):
        return "the archive ends in the middle of this page"
    return body


def _charset(record: Any) -> str | None:
    if record.http_headers is None:
        return "utf-8"
    declared = record.http_headers.get_header("Content-Type") or ""
    _, found, charset = declared.lower().partition("charset=")
    return charset.strip(" \"';") if found else None
