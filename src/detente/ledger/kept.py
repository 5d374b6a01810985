"""What the ledger holds of a document, packed for the database and unpacked again."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib

import msgspec
from msgspec import Struct

from detente.model import (
    Channel,
    Coding,
    Document,
    Engagement,
    Event,
    Issue,
    Outlook,
    Quality,
    Statement,
)


class Kept(Struct, frozen=True):
    """What the coder made of a document, without its events (which are reports) and its text.

    `day` is the publication day, given or found in the text; None where it is not known.
    """

    day: dt.date | None
    agency: str | None
    language: str | None
    quality: Quality
    statements: tuple[Statement, ...]
    agenda: tuple[Engagement, ...]
    issues: tuple[Issue, ...]
    channels: tuple[Channel, ...]
    outlook: tuple[Outlook, ...]


def kept_of(coding: Coding) -> Kept:
    """What is kept of a coding beside its events."""
    story = coding.story
    return Kept(
        story.date, story.agency, story.language, story.quality, coding.statements, coding.agenda,
        coding.issues, coding.channels, coding.outlook,
    )  # fmt: skip


def document_key(document: Document) -> str:
    """The ledger's own name of a document: a function of all that was given."""
    given = msgspec.msgpack.encode(document)
    return hashlib.blake2b(given, digest_size=12).hexdigest()


def pack_document(document: Document) -> bytes:
    """A document as bytes."""
    return zlib.compress(msgspec.msgpack.encode(document))


def unpack_document(data: bytes) -> Document:
    """The document that `pack_document` made bytes of."""
    return msgspec.msgpack.decode(zlib.decompress(data), type=Document)


def pack_kept(kept: Kept) -> bytes:
    """What is kept of a coding as bytes."""
    return zlib.compress(msgspec.msgpack.encode(kept))


def unpack_kept(data: bytes) -> Kept:
    """What `pack_kept` made bytes of."""
    return msgspec.msgpack.decode(zlib.decompress(data), type=Kept)


def pack_event(event: Event) -> bytes:
    """An event as JSON."""
    return msgspec.json.encode(event)


def unpack_event(data: bytes) -> Event:
    """The event that `pack_event` made JSON of."""
    return msgspec.json.decode(data, type=Event)
