"""A Coding in the shapes of the contract: event rows and the dossier object.

Only the shape is decided here: names, order and nesting of the fields (`docs/rows.md`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from detente.knowledge.own_ontology import Ontology
from detente.model import (
    Actor,
    Channel,
    Coding,
    Engagement,
    Event,
    Issue,
    Outlook,
    Passage,
    Place,
    Statement,
    When,
)

Row = dict[str, Any]

_encoder = msgspec.json.Encoder()


def json_line(row: Row | list[Row]) -> str:
    """One line of JSON; keys in the order given, no spaces, characters as they are."""
    return _encoder.encode(row).decode()


def event_rows(coding: Coding, ontology: Ontology | None = None) -> list[Row]:
    """The events of a document as `detente code` writes them, in order.

    With a user's `ontology` each row ends with its `code` (null where no rule fits).
    """
    rows = []
    for event in coding.events:
        own = {} if ontology is None else {"code": ontology.code(event)}
        if ontology is None or own["code"] is not None or not ontology.drops:
            rows.append({"document": coding.document.id, **event_row(event), **own})
    return rows


def event_row(event: Event) -> Row:
    """One event, without its document."""
    return {
        "sentence": event.sentence,
        "type": event.type,
        "mode": event.mode,
        "act": event.act,
        "cameo": event.cameo,
        "status": event.status,
        "reciprocal": event.reciprocal,
        "source": [actor_row(actor) for actor in event.source],
        "target": [actor_row(actor) for actor in event.target],
        **when_row(event.when),
        "place": place_row(event.place),
        "contexts": list(event.contexts),
        "speaker": actor_row(event.speaker) if event.speaker else None,
        "evidence": passage_row(event.evidence),
        "trigger": passage_row(event.trigger),
        "confidence": event.confidence,
        "why": event.why,
    }


def actor_row(actor: Actor) -> Row:
    """One mention of an actor."""
    return {
        "text": actor.text,
        "start": actor.start,
        "end": actor.end,
        "name": actor.name,
        "country": actor.country,
        "sectors": list(actor.sectors),
        "office": actor.office,
    }


def resolved_row(actor: Actor) -> Row:
    """An actor as `detente who` writes it."""
    return {
        "text": actor.text,
        "name": actor.name,
        "country": actor.country,
        "sectors": list(actor.sectors),
        "office": actor.office,
        "confidence": actor.confidence,
    }


def when_row(when: When) -> Row:
    """A day or range of days."""
    return {
        "date_start": _day(when.start),
        "date_end": _day(when.end),
        "date_precision": when.precision,
    }


def place_row(place: Place | None) -> Row | None:
    """A place."""
    if place is None:
        return None
    return {
        "name": place.name,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def passage_row(passage: Passage) -> Row:
    """A stretch of text."""
    return {"start": passage.start, "end": passage.end, "text": passage.text}


def dossier(coding: Coding) -> Row:
    """The object of `detente read --format json`."""
    return {
        "document": document_row(coding),
        "actors": distinct_actors(coding.actors),
        "events": event_rows(coding),
        "statements": [statement_row(statement) for statement in coding.statements],
        "agenda": [engagement_row(engagement) for engagement in coding.agenda],
        "issues": [issue_row(issue) for issue in coding.issues],
        "channels": [channel_row(channel) for channel in coding.channels],
        "outlook": [outlook_row(outlook) for outlook in coding.outlook],
    }


def document_row(coding: Coding) -> Row:
    """What is known of the document, and how sound its text is."""
    story = coding.story
    return {
        "title": story.title,
        "date": _day(story.date),
        "date_source": story.date_source,
        "agency": story.agency,
        "dateline": story.dateline,
        "bylines": list(story.bylines),
        "language": story.language,
        "quality": {"score": story.quality.score, "flags": list(story.quality.flags)},
        "removed": [
            {"start": part.start, "end": part.end, "kind": part.kind} for part in story.removed
        ],
    }


def distinct_actors(actors: tuple[Actor, ...]) -> list[Row]:
    """Each actor once, as first mentioned in full, with all its mentions.

    Mentions are of one actor when they have the same name; without a name, when the words, the
    country and the sectors are the same. References count as mentions only of a named actor.
    """
    rows: dict[tuple[object, ...], Row] = {}
    mentions: dict[tuple[object, ...], dict[tuple[int, int], None]] = {}
    for actor in actors:
        if actor.kind == "reference" and actor.name is None:
            continue
        key = _identity(actor)
        row = rows.setdefault(key, actor_row(actor))
        if actor.kind != "reference" and row["office"] is None:
            row["office"] = actor.office
        mentions.setdefault(key, {})[actor.start, actor.end] = None
    return [
        {**row, "mentions": [{"start": start, "end": end} for start, end in mentions[key]]}
        for key, row in rows.items()
    ]


def _identity(actor: Actor) -> tuple[object, ...]:
    if actor.name is not None:
        return (actor.name, actor.country)
    return (actor.text.lower(), actor.country, actor.sectors, actor.office)


def statement_row(statement: Statement) -> Row:
    """One statement."""
    return {
        "speaker": actor_row(statement.speaker) if statement.speaker else None,
        "text": statement.text,
        "direct": statement.direct,
        "addressee": actor_row(statement.addressee) if statement.addressee else None,
        "issues": list(statement.issues),
        "evidence": passage_row(statement.evidence),
    }


def engagement_row(engagement: Engagement) -> Row:
    """One engagement of the agenda."""
    return {
        "what": engagement.what,
        "participants": [actor_row(actor) for actor in engagement.participants],
        **when_row(engagement.when),
        "place": place_row(engagement.place),
        "status": engagement.status,
        "evidence": passage_row(engagement.evidence),
    }


def issue_row(issue: Issue) -> Row:
    """One issue."""
    return {
        "name": issue.name,
        "parties": list(issue.parties),
        "evidence": [passage_row(passage) for passage in issue.evidence],
    }


def channel_row(channel: Channel) -> Row:
    """One line of communication."""
    return {
        "kind": channel.kind,
        "parties": list(channel.parties),
        "state": channel.state,
        "evidence": passage_row(channel.evidence),
    }


def outlook_row(outlook: Outlook) -> Row:
    """One judgement about the future."""
    return {
        "claim": outlook.claim,
        "holder": actor_row(outlook.holder) if outlook.holder else None,
        "low": outlook.low,
        "high": outlook.high,
        "words": outlook.words,
        "horizon_end": _day(outlook.horizon_end),
        "evidence": passage_row(outlook.evidence),
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
