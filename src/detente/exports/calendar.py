"""The agenda as iCalendar (RFC 5545), for calendar programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from detente.relations.agenda import Item, Stage
from detente.relations.pairs import name_of

# RFC 5545 has three states of an entry.
STATES: dict[Stage, str] = {
    "proposed": "TENTATIVE",
    "planned": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "postponed": "CANCELLED",
    "held": "CONFIRMED",
    "fell through": "CANCELLED",
    "overdue": "TENTATIVE",
}


def agenda_ics(items: Iterable[Item], as_of: dt.date) -> bytes:
    """The dated engagements as a calendar; those without a day have no place in one.

    `as_of` is what each entry is stamped with: the same agenda gives the same bytes.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Detente//agenda//EN")
    calendar.add("version", "2.0")
    stamp = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    for item in items:
        h = item.happening
        if h.start is None or h.end is None:
            continue
        entry = Event()
        entry.add("uid", f"{h.id}@detente")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", h.start)
        entry.add("dtend", h.end + dt.timedelta(1))
        entry.add("summary", f"{', '.join(map(name_of, h.states))}: {item.stage}")
        entry.add("description", h.words)
        entry.add("status", STATES[item.stage])
        if h.place:
            entry.add("location", h.place)
        calendar.add_component(entry)
    return bytes(calendar.to_ical())
