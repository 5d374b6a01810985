"""An incident as other programs see it, made of the reports that tell of it.

Comes after `merge`. The fields are those of the contract (docs/ledger.md); which of the reports'
words, days and places are taken depends on the reports alone, in no order.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from detente.ledger.alike import is_town
from detente.ledger.reports import Report, detail, dyads_of, in_order
from detente.ledger.rules import incident_rules
from detente.ledger.tolls import tolls_of
from detente.model import Actor, Passage, Place, Precision, Status


class Party(Struct, frozen=True):
    """An actor, as the report that says most names it."""

    text: str
    name: str | None
    country: str | None
    sectors: tuple[str, ...]
    office: str | None


class Turn(Struct, frozen=True):
    """From this publication day on the incident had this status; by which document."""

    status: Status
    date: dt.date | None
    document: str


class Told(Struct, frozen=True):
    """One report: where it stands. Offsets count in the document's text as given."""

    document: str
    sentence: int
    evidence: Passage
    trigger: Passage
    status: Status
    date: dt.date | None
    family: str


class Span(Struct, frozen=True):
    """Days that reports state, and in how many families of copies."""

    date_start: dt.date
    date_end: dt.date
    families: int


class Toll(Struct, frozen=True):
    """A number of `killed`, `wounded`, `detained` or `missing`, and in how many families."""

    kind: str
    number: int
    families: int


class Incident(Struct, frozen=True):
    """One happening in the world.

    `families` counts the independent ones; `confidence` (0 to 1) grows with them. `first` and
    `last` are the days of publication of its first and last report. `days` and `tolls` hold what
    the reports say side by side: more than one entry (of one kind) is a contradiction.
    """

    id: str
    type: str
    act: str
    mode: str | None
    status: Status
    source: tuple[Party, ...]
    target: tuple[Party, ...]
    reciprocal: bool
    date_start: dt.date | None
    date_end: dt.date | None
    date_precision: Precision
    place: Place | None
    families: int
    confidence: float
    first: dt.date | None
    last: dt.date | None
    days: tuple[Span, ...]
    tolls: tuple[Toll, ...]
    history: tuple[Turn, ...]
    reports: tuple[Told, ...] = ()


def incident_id(first: Report) -> str:
    """The id of the incident that a report is the first of."""
    return "i" + hashlib.blake2b(first.key.encode(), digest_size=8).hexdigest()


def summary(identity: str, reports: Iterable[Report]) -> Incident:
    """Sum up the reports of one incident; `reports` of the result is left empty."""
    told = in_order(reports)
    status = status_of(told)
    phase = _phase(status)
    same = [r for r in told if r.event.status == status]
    main = max(same, key=lambda r: (detail(r.event), r.event.confidence, r.key))
    live = [r for r in told if _phase(r.event.status) == phase]
    days = _days(live)
    issued = [r.day for r in told if r.day]
    when = max(live, key=lambda r: _exact(r, days)).event.when
    return Incident(
        id=identity,
        type=main.event.type,
        act=main.event.act,
        mode=_most(r.event.mode for r in same),
        status=status,
        source=tuple(_party(actor) for actor in main.event.source),
        target=tuple(_party(actor) for actor in main.event.target),
        reciprocal=main.event.reciprocal,
        date_start=when.start,
        date_end=when.end,
        date_precision=when.precision,
        place=_place(live),
        families=len({r.family for r in told}),
        confidence=_confidence(live),
        first=min(issued, default=None),
        last=max(issued, default=None),
        days=days,
        tolls=_tolls(live),
        history=_history(told),
    )


def told_of(report: Report) -> Told:
    """A report as it stands in an incident."""
    event = report.event
    return Told(
        report.document, event.sentence, event.evidence, event.trigger, event.status, report.day,
        report.family,
    )  # fmt: skip


def span_of(incident: Incident) -> tuple[int, int]:
    """The days by which an incident is looked up; those of publication where it has none."""
    low = incident.date_start or incident.first
    high = incident.date_end or incident.last
    return (low.toordinal() if low else 0, high.toordinal() if high else 0)


def pairs_of(reports: Iterable[Report]) -> set[tuple[str, str]]:
    """The pairs of countries that any of the reports names."""
    return {
        (one, other)
        for report in reports
        for one, other in dyads_of(report.event)
        if _is_country(one) and _is_country(other)
    }


def status_of(told: Sequence[Report]) -> Status:
    """What has become of it: once done it is done; before that, the last word counts."""
    for phase in ("done", "ahead"):
        of_phase = [r for r in told if _phase(r.event.status) == phase]
        if of_phase:
            return of_phase[-1].event.status
    return told[-1].event.status


def _phase(status: Status) -> str:
    return next(name for name, has in incident_rules().phases.items() if status in has)


def _is_country(code: str) -> bool:
    return len(code) == 3 and code.isalpha() and code.isupper()


def _party(actor: Actor) -> Party:
    return Party(actor.text, actor.name, actor.country, actor.sectors, actor.office)


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _exact(report: Report, days: Sequence[Span]) -> tuple[int, int, int, int]:
    """How well a report dates its incident: exactly, in many families, soon after."""
    when = report.event.when
    if when.start is None or when.end is None:
        return (-100_000, 0, 0, 0)
    families = next(
        (d.families for d in days if (d.date_start, d.date_end) == (when.start, when.end)), 0
    )
    width = (when.end - when.start).days
    return (-max(width, 3), families, -width, -when.start.toordinal())


def _days(reports: Sequence[Report]) -> tuple[Span, ...]:
    found: dict[tuple[dt.date, dt.date], set[str]] = {}
    for report in reports:
        when = report.event.when
        if when.start and when.end and when.precision == "day":
            found.setdefault((when.start, when.end), set()).add(report.family)
    return tuple(Span(*days, len(found[days])) for days in sorted(found))


def _tolls(reports: Sequence[Report]) -> tuple[Toll, ...]:
    found: dict[tuple[str, int], set[str]] = {}
    for report in reports:
        for toll in tolls_of(report.event.evidence.text).items():
            found.setdefault(toll, set()).add(report.family)
    return tuple(Toll(*toll, len(found[toll])) for toll in sorted(found))


def _place(reports: Sequence[Report]) -> Place | None:
    """The place that most families name; a town goes before a country."""
    named: dict[Place, set[str]] = {}
    for report in reports:
        if report.event.place is not None:
            named.setdefault(report.event.place, set()).add(report.family)
    return max(
        named, key=lambda place: (is_town(place), len(named[place]), repr(place)), default=None
    )


def _confidence(reports: Sequence[Report]) -> float:
    rules = incident_rules()
    best: dict[str, float] = {}
    for report in reports:
        best[report.family] = max(best.get(report.family, 0.0), report.event.confidence)
    first, *further = sorted(best.values(), reverse=True)
    doubt = 1 - first
    for confidence in further:
        doubt *= 1 - rules.further_family * confidence
    return round(max(first, min(rules.most, 1 - doubt)), 3)


def _history(told: Sequence[Report]) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    for report in told:
        status = report.event.status
        if not turns or turns[-1].status != status:
            turns.append(Turn(status, report.day, report.document))
    return tuple(turns)
