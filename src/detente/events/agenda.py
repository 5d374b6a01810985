"""What is on the calendar: visits, calls, meetings, summits and talks to come, or fallen through.

Made from the events whose deed is to consult and is not (yet) done. The kind of engagement is
read from the words that carry the event, by `knowledge/engagements.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from detente.knowledge.tables import load_yaml
from detente.model import Engagement, EngagementKind, Event

TO_COME = ("planned", "possible", "postponed", "cancelled")


@cache
def _kinds() -> dict[str, EngagementKind]:
    return {
        str(word): kind for kind, words in load_yaml("engagements.yaml").items() for word in words
    }


def find_agenda(events: Sequence[Event]) -> list[Engagement]:
    """The engagements to come, in the order of the text; the same one is listed once."""
    kept: dict[tuple[object, ...], Engagement] = {}
    for event in events:
        if event.act != "CONSULT" or event.status not in TO_COME:
            continue
        engagement = Engagement(
            what=kind_of(event),
            participants=event.source + event.target,
            when=event.when,
            place=event.place,
            status=event.status,
            evidence=event.evidence,
            sentence=event.sentence,
        )
        names = frozenset(a.name or a.country or a.text for a in engagement.participants)
        kept.setdefault((engagement.what, names, event.when.start, event.status), engagement)
    return list(kept.values())


def kind_of(event: Event) -> EngagementKind:
    """What kind of engagement the words of an event name; "meeting" where they do not say."""
    words = event.trigger.text.lower().replace("-", " ").split()
    for word in reversed(words):
        stem = word.strip(".,;:()’'\"")
        for form in (stem, stem.removesuffix("s"), stem.removesuffix("es"), stem[:-3], stem[:-2]):
            if form in _kinds():
                return _kinds()[form]
    if event.mode == "visit":
        return "visit"
    return "call" if event.mode == "phone" else "meeting"
