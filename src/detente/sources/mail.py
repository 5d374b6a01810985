"""Reads many stories from a mailbox (mbox), or one from a message: newsletters, alerts, wires.

The message's text is the story, its subject the title, its day the publication day, and its sender
the source. Of a message in two forms the plain one is taken. What it leaves out: attachments.
"""

from __future__ import annotations

import datetime as dt
import email.errors
import io
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from detente.model import Document, InputError
from detente.sources.problem import Problem
from detente.text.decode import decode, looks_like_html, refuse_signature, shown

MAX_MESSAGE_BYTES = 64_000_000
_FROM = b"From "
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_mbox(stream: io.BufferedReader, where: str) -> Iterator[Document | Problem]:
    """Read stories from a mailbox: messages that each begin with a line `From ...`.

    Raises:
        InputError: it is no mailbox.
    """
    refuse_signature(stream.peek(512)[:512], where)
    for number, data in enumerate(_messages(stream, where), start=1):
        place = f"{where}:message {number}"
        if data is None:
            limit = f"{MAX_MESSAGE_BYTES / 1e6:g} MB"
            yield Problem(place, f"the message is larger than {limit}; passed over")
        else:
            yield read_message(data, place, str(number))


def read_message(data: bytes, where: str, name: str) -> Document | Problem:
    """Read one message; `name` is its id where it has none of its own."""
    try:
        message = message_from_bytes(data, policy=default)
        text = _text(message, where)
        if not text.strip("\ufeff\0 \t\r\n"):
            return Problem(where, "the message holds no text")
        return Document(
            text=text,
            id=_line(message, "message-id").strip("<> ") or name,
            date=_day(message),
            title=_line(message, "subject") or None,
            source=_sender(message),
            markup="html" if looks_like_html(text) else "plain",
        )
    except InputError as error:
        return Problem(where, f"the message holds no text ({error})")
    except (email.errors.MessageError, ValueError, LookupError, AttributeError, TypeError) as error:
        # The parser of mail takes nearly all, but odd heads still trip its finer parts.
        return Problem(where, f"the message is broken ({shown(str(error))})")


def _messages(stream: io.BufferedReader, where: str) -> Iterator[bytes | None]:
    """The messages of a mailbox; None for one that is too large."""
    line = stream.readline(MAX_MESSAGE_BYTES)
    while line and not line.strip():
        line = stream.readline(MAX_MESSAGE_BYTES)
    if not line.startswith(_FROM):
        raise InputError(f"{shown(where)}: is no mailbox (its first line is no 'From ...')")
    lines: list[bytes] = []
    size = 0
    blank = False
    for line in _lines(stream):
        if blank and line.startswith(_FROM):
            yield _whole(lines, size)
            lines, size = [], 0
        size += len(line)
        if size <= MAX_MESSAGE_BYTES:
            lines.append(line)
        blank = not line.strip(b"\r\n")
    yield _whole(lines, size)


def _lines(stream: io.BufferedReader) -> Iterator[bytes]:
    while line := stream.readline(MAX_MESSAGE_BYTES):
        yield line


def _whole(lines: list[bytes], size: int) -> bytes | None:
    return _QUOTED_FROM.sub(rb"\1", b"".join(lines)) if size <= MAX_MESSAGE_BYTES else None


def _text(message: EmailMessage, where: str) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    return decode(payload, where=where, declared=part.get_content_charset())


def _line(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _day(message: EmailMessage) -> dt.date | None:
    head = message.get("date")
    moment = getattr(head, "datetime", None)
    return moment.date() if isinstance(moment, dt.datetime) else None


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(_line(message, "from"))
    return name or address or None
