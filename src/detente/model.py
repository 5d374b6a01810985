"""The nouns of Détente: small immutable records that every step reads and returns.

Offsets are half-open character offsets. Inside the pipeline they count in the *reading text*
(`Story.text`); the `Coding` that leaves `Coder.code` counts in `Document.text`, as given.
Country codes are ISO 3166-1 alpha-3; dates are calendar days. Event types, modes, sectors and
contexts are those of the PLOVER manual (2021 to 2024 drafts).
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

Precision = Literal["day", "week", "month", "season", "year", "unknown"]
Status = Literal[
    "occurred",
    "ongoing",
    "planned",
    "possible",
    "postponed",
    "cancelled",
    "denied",
    "hypothetical",
]
DateSource = Literal["given", "metadata", "inferred", "unknown"]
SentenceKind = Literal["body", "title", "heading"]
ActorKind = Literal["state", "seat", "person", "office", "body", "group", "reference"]
EngagementKind = Literal["visit", "call", "meeting", "summit", "talks"]
ChannelState = Literal["open", "resuming", "sought", "refused", "suspended"]


class Span(Struct, frozen=True, order=True):
    """A half-open stretch of text, `start` to `end`, in characters."""

    start: int
    end: int


class Passage(Struct, frozen=True, order=True):
    """A stretch of text together with its words."""

    start: int
    end: int
    text: str


class Removed(Struct, frozen=True, order=True):
    """A stretch that is not the story, and what it is: `related_link`, `credits` ..."""

    start: int
    end: int
    kind: str


class When(Struct, frozen=True):
    """A day or a range of days (both ends included) and how precisely it is known.

    `start` and `end` are None exactly when `precision` is "unknown".
    """

    start: dt.date | None = None
    end: dt.date | None = None
    precision: Precision = "unknown"


class Place(Struct, frozen=True):
    """A named place; coordinates in decimal degrees, None where only the name is known."""

    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Document(Struct, frozen=True):
    """One article as it was given.

    `date` is the publication day where the giver knows it. `markup` says what `text` is; for
    "html" all offsets count in the page's source.
    """

    text: str
    id: str = "document"
    date: dt.date | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    markup: Literal["plain", "html"] = "plain"


class Sentence(Struct, frozen=True):
    """One sentence of the story. `index` counts from 0, title and headings included."""

    index: int
    start: int
    end: int
    text: str
    paragraph: int
    kind: SentenceKind = "body"


class Quality(Struct, frozen=True):
    """How sound the text is: 1 is clean copy, 0 is not usable; `flags` say why."""

    score: float
    flags: tuple[str, ...] = ()


class Story(Struct, frozen=True):
    """What `text/` makes of a document: clean, dated sentences, and what is known of them.

    `text` is the reading text; `offsets` maps each of its characters to the document's
    (None where the two are the same, as with plain text).
    """

    text: str
    sentences: tuple[Sentence, ...]
    removed: tuple[Removed, ...] = ()
    title: str | None = None
    date: dt.date | None = None
    date_source: DateSource = "unknown"
    agency: str | None = None
    dateline: str | None = None
    bylines: tuple[str, ...] = ()
    language: str | None = None
    quality: Quality = Quality(1.0)
    offsets: tuple[int, ...] | None = None


class Actor(Struct, frozen=True):
    """Who: one mention of one actor. A phrase for two actors gives two of these, same span.

    `name` is canonical and None for actors known only by kind ('four Saudi men'). `country` is
    None for international bodies. `kind` "reference" is a pronoun or a phrase such as 'both sides'
    that was resolved within the story. `confidence` runs from 0 to 1. `why` names the entries
    of knowledge that decided.
    """

    text: str
    start: int
    end: int
    name: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    office: str | None = None
    kind: ActorKind = "group"
    confidence: float = 1.0
    why: str = ""


class Event(Struct, frozen=True):
    """Who did what to whom: one row. Fields as in the contract (`docs/rows.md`)."""

    sentence: int
    type: str
    mode: str | None
    act: str
    cameo: str
    status: Status
    reciprocal: bool
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    when: When
    place: Place | None
    contexts: tuple[str, ...]
    speaker: Actor | None
    evidence: Passage
    trigger: Passage
    confidence: float
    why: str


class Statement(Struct, frozen=True):
    """What somebody said: `direct` for words in quotation marks, else reported."""

    speaker: Actor | None
    text: str
    direct: bool
    addressee: Actor | None
    issues: tuple[str, ...]
    evidence: Passage
    sentence: int


class Engagement(Struct, frozen=True):
    """A visit, call, meeting, summit or talks to come (or that fell through)."""

    what: EngagementKind
    participants: tuple[Actor, ...]
    when: When
    place: Place | None
    status: Status
    evidence: Passage
    sentence: int


class Issue(Struct, frozen=True):
    """A matter in dispute or under discussion, with the countries that are parties to it."""

    name: str
    parties: tuple[str, ...]
    evidence: tuple[Passage, ...]


class Channel(Struct, frozen=True):
    """A line of communication between states, and whether it is open."""

    kind: str
    parties: tuple[str, ...]
    state: ChannelState
    evidence: Passage


class Outlook(Struct, frozen=True):
    """A judgement about the future. `low` and `high` bound the probability its words carry."""

    claim: str
    holder: Actor | None
    low: float
    high: float
    words: str
    horizon_end: dt.date | None
    evidence: Passage


class Coding(Struct, frozen=True):
    """All that one document says, every line tied to the words it came from."""

    document: Document
    story: Story
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    agenda: tuple[Engagement, ...] = ()
    issues: tuple[Issue, ...] = ()
    channels: tuple[Channel, ...] = ()
    outlook: tuple[Outlook, ...] = ()


class InputError(ValueError):
    """Input that cannot be read. The message is one line: what, where, what to do."""
