"""Reads documents from whatever is given: one iterator for every kind of source.

`documents("news/")`, `documents("stories.csv.gz")`, `documents("crawl.warc.gz")`, `documents("-")`
and `documents("https://...")` all give Documents, and a Problem for each thing that is none. What a
file is, the end of its name says (`input_formats.yaml`), else its first bytes. What it leaves out:
reading a feed again and again (`watch`), others' event data (`datasets`).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from detente.knowledge.tables import load_yaml
from detente.model import Document, InputError
from detente.sources.archives import read_warc
from detente.sources.feeds import feed_documents, looks_like_feed
from detente.sources.fetch import ask, is_address, refuse_type
from detente.sources.files import MAX_FILE_BYTES, document_of
from detente.sources.guard import anywhere, is_public
from detente.sources.jsonl import BadLine, read_jsonl
from detente.sources.mail import read_mbox, read_message
from detente.sources.opening import STANDARD_INPUT, open_source, readable
from detente.sources.problem import Problem
from detente.sources.tables import read_csv, read_parquet
from detente.text.decode import decode, shown

Entries = Iterator[Document | Problem]

# How the formats that may come under any name begin.
_SIGNS = ((b"WARC/", "warc"), (b"From ", "mbox"), (b"PAR1", "parquet"))


def documents(
    where: str,
    *,
    form: str | None = None,
    allow_private: bool = False,
    stdin: BinaryIO | None = None,
) -> Entries:
    """Read all documents of a source, one at a time, in the source's own order.

    Args:
        where: a file, a folder (read with all within it, in the order of names), `-` for standard
            input, or an http(s) address of a page or a feed.
        form: what a file is (`formats()`), where its name does not say.
        allow_private: let an address lead to hosts that are not public.
        stdin: read in place of the process's standard input.

    Yields:
        A Document for each story, a Problem for each thing that should be one and is not.

    Raises:
        InputError: the source as a whole cannot be read (within a folder that is a Problem, too).
    """
    if is_address(where):
        yield from _address(where, allow_private)
    elif where != STANDARD_INPUT and Path(where).is_dir():
        yield from _folder(where, form)
    else:
        yield from _file(where, Path(where).stem or where, form or format_of(where), stdin)


def formats() -> tuple[str, ...]:
    """The names of the formats that files may have, for `documents(..., form=...)`."""
    return tuple(_READERS)


def format_of(name: str) -> str | None:
    """What a file is by the end of its name: `format_of("a.csv.gz") == "csv"`; None: unknown."""
    by_ending, packings = _endings()
    endings = [ending.lower() for ending in Path(name).suffixes]
    if endings and endings[-1] in packings:
        endings.pop()
    return by_ending.get(endings[-1]) if endings else None


def _address(where: str, allow_private: bool) -> Entries:
    """The story at an address; of a feed the stories as it gives them, their pages unread."""
    page = ask(anywhere if allow_private else is_public, where.strip(), {}).page
    if page is None:
        raise InputError(f"{shown(where)}: the server sent nothing; try again later")
    if looks_like_feed(page.body):
        yield from feed_documents(page.body, where, dt.date.today())
        return
    refuse_type(page.content_type, where)
    text = decode(page.body, where=where, declared=page.charset)
    yield document_of(text, where, where.strip(), url=page.url)


def _feed(stream: io.BufferedReader, where: str, name: str) -> Entries:
    yield from feed_documents(_all(stream, where), where, dt.date.today())


def _folder(where: str, form: str | None) -> Entries:
    """All files in a folder and its folders; what is hidden is passed over."""
    root = Path(where)
    with readable(where):
        paths = sorted(path for path in root.rglob("*") if path.is_file())
    for path in paths:
        inside = path.relative_to(root)
        if any(part.startswith(".") for part in inside.parts):
            continue
        known = form or format_of(path.name)
        if known is None:
            reason = "its ending names no format that is read; name the format if it is one"
            yield Problem(str(path), reason)
            continue
        try:
            yield from _file(str(path), inside.as_posix(), known, None)
        except InputError as error:
            yield Problem(str(path), str(error).removeprefix(f"{shown(str(path))}: "))


def _file(where: str, name: str, form: str | None, stdin: BinaryIO | None) -> Entries:
    """All documents of a file; `name` is the id of one that is a single story."""
    if form == "parquet" and where != STANDARD_INPUT:
        yield from read_parquet(where)
        return
    with open_source(where, stdin) as stream:
        form = form or _sniffed(stream)
        if form == "parquet":
            yield from _parquet(where)
        else:
            yield from _READERS[form](stream, where, name)


def _sniffed(stream: io.BufferedReader) -> str:
    """What a stream is by its first bytes; JSON Lines, the usual input, where they do not say."""
    head = stream.peek(8)[:8]
    return next((form for sign, form in _SIGNS if head.startswith(sign)), "jsonl")


def _parquet(where: str) -> Entries:
    if where == STANDARD_INPUT:
        raise InputError("standard input: Parquet cannot be read from a pipe; give the file")
    return read_parquet(where)


def _jsonl(stream: io.BufferedReader, where: str, name: str) -> Entries:
    for entry in read_jsonl(stream, where):
        if isinstance(entry, BadLine):
            yield Problem(f"{where}:{entry.line}", entry.reason)
        else:
            yield entry


def _text(stream: io.BufferedReader, where: str, name: str) -> Entries:
    yield document_of(decode(_all(stream, where), where=where), where, name)


def _mail(stream: io.BufferedReader, where: str, name: str) -> Entries:
    yield read_message(_all(stream, where), where, name)


def _all(stream: io.BufferedReader, where: str) -> bytes:
    data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        limit = f"{MAX_FILE_BYTES / 1e6:g} MB"
        raise InputError(f"{shown(where)}: is larger than {limit}, too large for one story")
    return data


_READERS: dict[str, Callable[[io.BufferedReader, str, str], Entries]] = {
    "jsonl": _jsonl,
    "csv": lambda stream, where, name: read_csv(stream, where),
    "tsv": lambda stream, where, name: read_csv(stream, where, "\t"),
    "parquet": lambda stream, where, name: _parquet(where),
    "warc": lambda stream, where, name: read_warc(stream, where),
    "mbox": lambda stream, where, name: read_mbox(stream, where),
    "mail": _mail,
    "feed": _feed,
    "text": _text,
}


@cache
def _endings() -> tuple[dict[str, str], frozenset[str]]:
    knowledge = load_yaml("input_formats.yaml")
    by_ending = {
        ending: form for form, endings in knowledge["formats"].items() for ending in endings
    }
    return by_ending, frozenset(knowledge["packings"])
