"""The words in which a record is told to a person: days, actors, deeds, probabilities.

Shared by the dossier's three faces (`terminal`, `markdown`, `page`). Labels of types and statuses
are in `knowledge/labels.yaml`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from detente.knowledge.tables import load_yaml
from detente.model import Actor, Engagement, Event, Outlook, When


@cache
def labels() -> dict[str, dict[str, str]]:
    """The tables of `labels.yaml`."""
    return {
        str(name): {str(key): str(text) for key, text in table.items()}
        for name, table in load_yaml("labels.yaml").items()
    }


def label(table: str, key: str) -> str:
    """A label, or the key itself in lower case where the table has none."""
    return labels()[table].get(key, key.lower().replace("_", " "))


def day(date: dt.date, *, year: bool = True) -> str:
    """A day for a reader: `17 Jun 2023`."""
    return f"{date.day} {date:%b}" + (f" {date.year}" if year else "")


def when(value: When) -> str:
    """A day or range of days, as precisely as it is known: `18-19 Jun 2023`, `Nov 2022`."""
    if value.start is None or value.end is None:
        return "undated"
    start, end = value.start, value.end
    if start == end:
        return day(start)
    if value.precision == "year" and start.year == end.year:
        whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        return str(start.year) if whole else f"{day(start, year=False)}-{day(end)}"
    if (start.year, start.month) == (end.year, end.month):
        whole_month = start.day == 1 and (end + dt.timedelta(days=1)).day == 1
        return f"{end:%b} {end.year}" if whole_month else f"{start.day}-{day(end)}"
    return f"{day(start, year=start.year != end.year)} - {day(end)}"


def actor(who: Actor) -> str:
    """An actor for a reader: the person or body with its country, or the words of the text."""
    name = who.name or " ".join(who.text.split())
    if who.country is None or who.kind in ("state", "seat"):
        return name
    return f"{name} ({who.country})"


def actors(several: Sequence[Actor]) -> str:
    """Actors, each once, joined by commas."""
    distinct = {(who.name or who.text, who.country): who for who in reversed(several)}
    return ", ".join(actor(who) for who in reversed(distinct.values()))


def parties(event: Event) -> str:
    """Who to whom: `A -> B`; `A, B` where all take part alike."""
    if event.reciprocal:
        return actors(event.source)
    if not event.target:
        return actors(event.source)
    return f"{actors(event.source)} -> {actors(event.target)}"


def deed(event: Event) -> str:
    """What: the deed's label, with its mode where there is one."""
    name = label("acts", event.act)
    return f"{name} ({event.mode})" if event.mode and event.act == event.type else name


def engagement(item: Engagement) -> str:
    """What is to come: `visit: A, B (in Beijing)`; no place that is a participant's name."""
    who = actors(item.participants)
    named = item.place is not None and item.place.name in who
    where = f" (in {item.place.name})" if item.place and not named else ""
    return f"{item.what}: {who}{where}"


def odds(item: Outlook) -> str:
    """The probability range of an outlook: `20-55%`."""
    return f"{round(item.low * 100)}-{round(item.high * 100)}%"


def quality(score: float) -> str:
    """How sound a text is, in a word."""
    for floor, word in ((0.85, "sound"), (0.6, "fair"), (0.35, "damaged")):
        if score >= floor:
            return word
    return "poor"
