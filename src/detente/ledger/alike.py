"""How much speaks for a report's being of an incident that others have told of before.

Comes after `reports`. `likeness` gives the weight of the evidence (`knowledge/incidents.yaml`), or
None where something speaks against it: other people, another town, days that cannot be one.
"""

from __future__ import annotations

import math

from msgspec import Struct, field

from detente.ledger.reports import Telling
from detente.ledger.rules import incident_rules
from detente.model import Place

_EARTH = 6371.0


class Draft(Struct):
    """An incident as far as it has been told, in the order of publication.

    `anchor` is the first telling that states the day, else the first; what comes is held against
    it, so that days cannot creep. `days` are all that have been stated.
    """

    tellings: list[Telling]
    anchor: Telling
    days: set[tuple[int, int]] = field(default_factory=set)
    people: dict[str, set[str]] = field(default_factory=dict)
    bodies: dict[str, set[str]] = field(default_factory=dict)
    towns: list[Place] = field(default_factory=list)
    tolls: set[tuple[str, int]] = field(default_factory=set)
    modes: set[str] = field(default_factory=set)
    done: bool = False
    cancelled: bool = False
    last_issued: int = 0

    @classmethod
    def of(cls, first: Telling) -> Draft:
        """The incident that a telling is the first of."""
        draft = cls([], first)
        draft.take(first)
        return draft

    def take(self, told: Telling) -> None:
        """Add a telling."""
        self.tellings.append(told)
        if _replaces(told, self.anchor):
            self.anchor = told
        if told.stated and (told.phase == "done" or not self.done):
            self.days.add((told.low, told.high))
        for country, names in told.people.items():
            self.people.setdefault(country, set()).update(names)
        for country, names in told.bodies.items():
            self.bodies.setdefault(country, set()).update(names)
        if is_town(told.place) and told.place is not None:
            self.towns.append(told.place)
        self.tolls.update(told.tolls.items())
        if told.report.event.mode:
            self.modes.add(told.report.event.mode)
        self.done = self.done or told.phase == "done"
        self.cancelled = told.report.event.status == "cancelled"
        self.last_issued = max(self.last_issued, told.issued)


def _replaces(told: Telling, anchor: Telling) -> bool:
    """Tell whether a telling fixes the incident's day better than the one it is held by."""
    if told.phase != anchor.phase:
        return told.phase == "done" and (told.stated or not anchor.stated)
    if told.phase == "ahead" and told.stated:
        return True  # the newest word on when it will be
    width = anchor.high - anchor.low
    return (told.stated, told.dated) > (anchor.stated, anchor.dated) or (
        told.dated and anchor.dated and told.high - told.low < width
    )


def likeness(told: Telling, draft: Draft) -> float | None:
    """The weight of what speaks for a telling's being of an incident; None if it cannot be."""
    who = _who(told, draft)
    where = _where(told, draft)
    if who is None or where is None:
        return None
    weights = incident_rules().weights
    toll = weights.toll if draft.tolls & set(told.tolls.items()) else 0.0
    words = weights.words * max(
        (_jaccard(told.words, other.words) for other in draft.tellings[-6:]), default=0.0
    )
    when = _when(told, draft, named=who, placed=where + toll)
    if when is None:
        return None
    mode = weights.mode if told.report.event.mode in draft.modes else 0.0
    return when + who + where + toll + words + mode


def _who(told: Telling, draft: Draft) -> float | None:
    """What the names say: None where both name people of one country, and other ones."""
    weights = incident_rules().weights
    total = 0.0
    for weight, ours, theirs in (
        (weights.person, told.people, draft.people),
        (weights.body, told.bodies, draft.bodies),
    ):
        for country, names in ours.items():
            if known := theirs.get(country):
                if not names & known:
                    return None
                total += weight
    return total


def _where(told: Telling, draft: Draft) -> float | None:
    """What the places say: None where towns are far apart."""
    place = told.place
    if place is None or not is_town(place) or not draft.towns:
        return 0.0
    rules = incident_rules()
    nearest = min((_apart(place, town) for town in draft.towns), default=0.0)
    if nearest > rules.apart:
        return None
    return rules.weights.town if nearest <= rules.apart / 10 else 0.0


def is_town(place: Place | None) -> bool:
    """Tell whether a place is narrower than a country."""
    return place is not None and place.latitude is not None and place.name != place.country


def _apart(one: Place, other: Place) -> float:
    """The distance of two places in kilometres."""
    if one.name == other.name:
        return 0.0
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return 0.0
    lat1, lon1, lat2, lon2 = map(
        math.radians,
        (one.latitude or 0, one.longitude or 0, other.latitude or 0, other.longitude or 0),
    )
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, half)))


def _when(told: Telling, draft: Draft, named: float, placed: float) -> float | None:
    """What the days say; `named` and `placed` are the weights of shared names, and of the place."""
    if told.phase == "done":
        return _done(told, draft, named, placed) if draft.done else _fulfils(told, draft, named)
    if told.phase == "ahead":
        return _ahead(told, draft, named)
    return _unreal(told, draft)


def _done(told: Telling, draft: Draft, named: float, placed: float) -> float | None:
    """A deed done against a deed done."""
    weights, window, anchor = incident_rules().weights, told.window, draft.anchor
    if told.stated and draft.days:
        if any(low <= told.high and told.low <= high for low, high in draft.days):
            return weights.same_day
        gap = _gap(told, anchor)
        slip = max(window.slip, 1 if placed > weights.town else 0)
        return weights.day_apart if gap <= slip else None
    if told.dated and anchor.dated:
        return weights.within if _gap(told, anchor) == 0 else None
    if not (told.low or told.dated) or not (anchor.low or anchor.dated):
        return 0.0
    if not told.dated and not anchor.dated:
        return _issued(told, draft, named)
    return _undated(told, anchor, named, placed)


def _issued(told: Telling, draft: Draft, named: float) -> float | None:
    """Neither states a day: the days of publication decide."""
    weights, window = incident_rules().weights, told.window
    apart = abs(told.issued - draft.anchor.issued)
    if apart == 0:
        return weights.same_issue
    if apart <= window.lag:
        return weights.near_issue
    return weights.recalled if named >= 2 * weights.person and apart <= window.recall else None


def _undated(told: Telling, anchor: Telling, named: float, placed: float) -> float | None:
    """One of the two states no day: it lies shortly before its publication."""
    weights, window = incident_rules().weights, told.window
    loose, fixed = (anchor, told) if told.dated else (told, anchor)
    if not fixed.stated:
        return weights.within if _gap(loose, fixed) == 0 else None
    back = loose.issued - fixed.low
    if -1 <= back <= max(window.lag, fixed.high - fixed.low):
        return weights.same_issue if back <= 1 else weights.near_issue
    known = named >= 2 * weights.person or (named and placed >= weights.town)
    return weights.recalled if known and 0 <= back <= window.recall else None


def _fulfils(told: Telling, draft: Draft, named: float) -> float | None:
    """A deed done against a plan of it."""
    weights, window, plan = incident_rules().weights, told.window, draft.anchor
    day = told.low if told.dated else told.issued
    first = min((t.issued for t in draft.tellings if t.issued), default=0)
    if not day or not first or (told.dated and told.high < first - window.lag):
        return None
    if plan.phase == "unreal":
        return None
    if plan.stated and told.stated and told.high < plan.issued and _gap(told, plan) > window.slip:
        return None  # it was over when the plan was still ahead: the call before the visit
    if plan.dated:
        gap = _gap(told, plan) if told.dated else max(0, plan.low - told.issued)
        if gap == 0 and not draft.cancelled:
            return weights.dated_plan if plan.stated else weights.fulfils
        if gap <= window.redate and not draft.cancelled:
            return weights.redated
    if draft.cancelled and named < 2 * weights.person:
        return None
    if plan.dated and not named and not _was_delayed(draft):
        return None
    return weights.fulfils if day - draft.last_issued <= window.ahead else None


def _was_delayed(draft: Draft) -> bool:
    return any(told.report.event.status == "postponed" for told in draft.tellings)


def _ahead(told: Telling, draft: Draft, named: float) -> float | None:
    """A plan against a deed done, or against an earlier word of a plan."""
    weights, window, anchor = incident_rules().weights, told.window, draft.anchor
    if draft.done:
        if not anchor.stated or (told.issued and anchor.low < told.issued - 1):
            return None  # it is over; this is the next one
        if told.stated:
            return weights.dated_plan if _gap(told, anchor) == 0 else None
        return weights.fulfils if _gap(told, anchor) == 0 else None
    if told.stated and anchor.stated and _gap(told, anchor) == 0:
        return weights.dated_plan
    if abs(told.issued - draft.last_issued) > window.ahead:
        return None
    if told.dated and anchor.dated:
        gap = _gap(told, anchor)
        if gap == 0:
            return weights.within
        return weights.redated if gap <= window.redate or named else None
    if not told.dated and not anchor.dated and told.issued == draft.last_issued:
        return weights.same_issue
    return weights.fulfils


def _unreal(told: Telling, draft: Draft) -> float | None:
    """Something denied or only imagined: about what is told of just then."""
    weights = incident_rules().weights
    if told.dated and draft.anchor.dated:
        return weights.within if _gap(told, draft.anchor) == 0 else None
    near = told.issued and abs(told.issued - draft.last_issued) <= told.window.lag
    return weights.near_issue if near else None


def _gap(one: Telling, other: Telling) -> int:
    """Days between two stretches of days; 0 where they meet."""
    return max(0, other.low - one.high, one.low - other.high)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0
