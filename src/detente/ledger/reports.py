"""A report: one event as one document tells it, and what of it bears on which happening it is of.

First step of `incidents`. A `Report` is a fact about a text and never changes. A `Telling` is the
report seen with the eyes of `alike`: who by country, which days it can mean, where, in what words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from detente.ledger.rules import Window, incident_rules
from detente.ledger.tolls import tolls_of
from detente.model import Actor, Event, Place

# Stands where an actor has no country: the name of a body, or its kind.
NOBODY = "?"
# The block of those with three or more countries.
MANY = "*"
_WORD = re.compile(r"[^\W\d_]{4,}")
_LAST = dt.date.max.toordinal()


class Report(Struct, frozen=True):
    """One event of one document.

    `key` is the document's key in the ledger and the event's position in it, and orders reports of
    one day; `document` is the document's own id, `day` its publication. `family` is the id of the
    document's family. `number` is the row in the database, 0 outside one.
    """

    key: str
    document: str
    day: dt.date | None
    event: Event
    family: str = ""
    number: int = 0


class Telling(Struct, frozen=True):
    """What a report says of its happening; days are proleptic ordinals.

    `low` and `high` bound the days it can mean; `stated` is true where the text gives a day or a
    few. `people` and `bodies` are the names on each country's side. `issued` is 0 where unknown.
    """

    report: Report
    phase: str
    window: Window
    low: int
    high: int
    stated: bool
    dated: bool
    issued: int
    countries: frozenset[str]
    people: Mapping[str, frozenset[str]]
    bodies: Mapping[str, frozenset[str]]
    place: Place | None
    words: frozenset[str]
    tolls: Mapping[str, int]


def block_of(event: Event) -> str:
    """Where an event's reports are compared: act and participants, as `CONSULT|CHN|USA`.

    Reports of different blocks are compared only when one is of three countries or more.
    """
    sources, targets = _codes(event.source), _codes(event.target)
    if len(sources | targets) > 2:
        return f"{event.act}|{MANY}"
    if event.act in incident_rules().undirected or event.reciprocal:
        return "|".join([event.act, *sorted(sources | targets)])
    return f"{event.act}|{'+'.join(sorted(sources))}>{'+'.join(sorted(targets))}"


def dyads_of(event: Event) -> set[tuple[str, str]]:
    """The pairs of countries between whom an event is, each in alphabetical order.

    Those on one side of a one-sided deed are not among each other.
    """
    sources, targets = _codes(event.source), _codes(event.target)
    if event.reciprocal or not targets:
        everyone = sorted(sources | targets)
        if len(everyone) == 1:
            return {(everyone[0], everyone[0])}
        return {(a, b) for at, a in enumerate(everyone) for b in everyone[at + 1 :]}
    return {(min(a, b), max(a, b)) for a in sources for b in targets}


def code_of(actor: Actor) -> str:
    """Whose an actor is: a country code, else the name of a body of none."""
    return actor.country or (f"@{actor.name}" if actor.name else NOBODY)


def telling(report: Report) -> Telling:
    """See a report with the eyes of `alike`."""
    event = report.event
    rules = incident_rules()
    window = rules.window(event.act)
    phase = next((name for name, has in rules.phases.items() if event.status in has), "done")
    issued = report.day.toordinal() if report.day else 0
    actors = (*event.source, *event.target)
    low, high = _days(event, window, phase, issued)
    dated = event.when.start is not None and event.when.end is not None
    return Telling(
        report=report,
        phase=phase,
        window=window,
        low=low,
        high=high,
        stated=dated and event.when.precision == "day" and high - low < rules.stated_days,
        dated=dated,
        issued=issued,
        countries=_codes(actors),
        people=_names(a for a in actors if a.kind in ("person", "office", "reference")),
        bodies=_names(a for a in actors if a.kind in ("body", "group")),
        place=event.place,
        words=frozenset(word[:6] for word in _WORD.findall(event.evidence.text.casefold())),
        tolls=tolls_of(event.evidence.text),
    )


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Reports by publication; of one day, those that say most first. The order of merging."""
    return sorted(reports, key=order_of)


def order_of(report: Report) -> tuple[int, int, str]:
    """What reports are ordered by: a function of the report alone."""
    day = report.day or report.event.when.end
    return (day.toordinal() if day else _LAST, -detail(report.event), report.key)


def detail(event: Event) -> int:
    """How much an event says: its day, names on each side, a place."""
    precision = {"day": 4, "week": 3, "month": 2, "season": 1, "year": 1}.get(
        event.when.precision, 0
    )
    named = sum(
        any(a.kind == "person" and a.name for a in side) for side in (event.source, event.target)
    )
    several = len({a.name for a in event.source if a.kind == "person"}) > 1
    return 2 * precision + 2 * named + several + (event.place is not None)


def _codes(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset(map(code_of, actors))


def _names(actors: Iterable[Actor]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for actor in actors:
        if actor.name:
            found.setdefault(code_of(actor), set()).add(actor.name)
    return {code: frozenset(names) for code, names in found.items()}


def _days(event: Event, window: Window, phase: str, issued: int) -> tuple[int, int]:
    """The first and last day an event can mean; (0, 0) where nothing is known."""
    if event.when.start and event.when.end:
        return event.when.start.toordinal(), event.when.end.toordinal()
    if not issued:
        return 0, 0
    if phase == "ahead":
        return issued, issued + window.ahead
    return issued - window.lag, issued
