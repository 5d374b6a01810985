"""The dossier of a pair: where two sides stand on a day, since when, why, and what comes next.

A pure function of happenings and of what stories said; `exports/relations_*` show it. Everything
is as it was known at the end of `as_of`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from detente.model import InputError
from detente.relations.agenda import Item, agenda
from detente.relations.change_points import Change, changes
from detente.relations.channels_over_time import LineHistory, Sighting, line_histories
from detente.relations.expectations import Claim, Resolution, claims_of_plans, resolve
from detente.relations.happening import Happening, between, known_on
from detente.relations.index import Reading, Step, readings
from detente.relations.issues_over_time import IssueHistory, Raising, issue_histories

LAST = 10  # happenings that a dossier shows
MONTH = 30


class Said(Struct, frozen=True):
    """What stories said beside their happenings: issues raised, lines seen, judgements made."""

    raisings: tuple[Raising, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    claims: tuple[Claim, ...] = ()


class Dossier(Struct, frozen=True):
    """Where two sides stand. `ours` and `theirs` are country codes; `theirs` is empty for one side.

    `index` is the joint index; `trend` the change of its level within the last month, None where
    it was not known then. `third` are states drawn in, with the number of happenings.
    `conflicts` are plain lines on reports that disagree.
    """

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    as_of: dt.date
    index: tuple[Reading, ...]
    trend: float | None
    changes: tuple[Change, ...]
    last: tuple[Happening, ...]
    agenda: tuple[Item, ...]
    issues: tuple[IssueHistory, ...]
    lines: tuple[LineHistory, ...]
    expectations: tuple[Resolution, ...]
    third: tuple[tuple[str, int], ...]
    conflicts: tuple[str, ...] = ()

    @property
    def now(self) -> Reading | None:
        """The last reading of the index."""
        return self.index[-1] if self.index else None


def dossier(
    happenings: Iterable[Happening],
    ours: Sequence[str],
    theirs: Sequence[str] = (),
    *,
    as_of: dt.date | None = None,
    since: dt.date | None = None,
    step: Step = "week",
    said: Said | None = None,
) -> Dossier:
    """The dossier of two sides, or of one with all others, from all happenings of a ledger.

    `as_of` is left out for the last day of which anything is known; `since` bounds the index.

    Raises:
        InputError: nothing is known at all, or nothing yet on `as_of`.
    """
    everything = list(happenings)
    said = said or Said()
    day = as_of or last_known(everything)
    known = known_on(everything, day)
    if not known:
        raise InputError(_nothing_yet(everything, day))
    others = list(theirs) or sorted({code for h in known for code in h.states} - set(ours))
    own = between(known, ours, others)
    index = readings(known, ours, others, since=since, until=day, step=step)
    resolutions = resolve([*claims_of_plans(own), *_claims(said.claims, ours, theirs)], own, day)
    return Dossier(
        ours=tuple(ours),
        theirs=tuple(theirs),
        as_of=day,
        index=tuple(index),
        trend=_trend(index, day),
        changes=tuple(c for c in changes(own) if since is None or c.day >= since),
        last=tuple(_last(own, day)),
        agenda=tuple(agenda(own, day)),
        issues=tuple(_issues(said.raisings, ours, theirs, day)),
        lines=tuple(_lines(said.sightings, ours, theirs, day)),
        expectations=tuple(resolutions),
        third=_third(own, {*ours, *(theirs or ())}),
        conflicts=tuple(_conflicts(own)),
    )


def last_known(happenings: Iterable[Happening]) -> dt.date:
    """The last day on which a report was published.

    Raises:
        InputError: nothing has a day.
    """
    days = [turn.day for h in happenings for turn in h.history]
    if not days:
        raise InputError("the ledger has no dated happening; add stories with 'detente add'")
    return max(days)


def _nothing_yet(happenings: Sequence[Happening], day: dt.date) -> str:
    firsts = [h.first for h in happenings if h.first is not None]
    if not firsts:
        return "the ledger has no dated happening; add stories with 'detente add'"
    return f"nothing was known on {day}: the first report is of {min(firsts)}; take a later day"


def _trend(index: Sequence[Reading], day: dt.date) -> float | None:
    before = [r for r in index if r.end <= day - dt.timedelta(MONTH)]
    if not before or before[-1].level is None or index[-1].level is None:
        return None
    return index[-1].level - before[-1].level


def _last(own: Sequence[Happening], day: dt.date) -> list[Happening]:
    done = [h for h in own if h.done and h.day is not None and h.day <= day]
    return sorted(done, key=lambda h: (h.day or day, h.families, h.id), reverse=True)[:LAST]


def _sides(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, ...]]:
    """The sets of states that a record must name to be of the two sides."""
    if not theirs:
        return [(code,) for code in ours]
    return [(a, b) for a in ours for b in theirs if a != b]


def _issues(
    raisings: Sequence[Raising], ours: Sequence[str], theirs: Sequence[str], day: dt.date
) -> list[IssueHistory]:
    known = [r for r in raisings if r.day <= day]
    found: dict[str, IssueHistory] = {}
    for side in _sides(ours, theirs):
        for history in issue_histories(known, side):
            best = found.get(history.issue)
            if best is None or history.raised > best.raised:
                found[history.issue] = history
    return sorted(found.values(), key=lambda h: (-h.last.toordinal(), h.issue))


def _lines(
    sightings: Sequence[Sighting], ours: Sequence[str], theirs: Sequence[str], day: dt.date
) -> list[LineHistory]:
    known = [s for s in sightings if s.day <= day]
    found = {(h.kind, h.parties): h for s in _sides(ours, theirs) for h in line_histories(known, s)}
    return [found[key] for key in sorted(found)]


def _claims(claims: Sequence[Claim], ours: Sequence[str], theirs: Sequence[str]) -> list[Claim]:
    sides = [set(side) for side in _sides(ours, theirs)]
    return [claim for claim in claims if any(side <= set(claim.states) for side in sides)]


def _third(own: Sequence[Happening], pair: set[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(code for h in own for code in h.states if code not in pair)
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _conflicts(own: Sequence[Happening]) -> list[str]:
    """Happenings of which documents said on one day both that they were done and that not."""
    found = []
    for h in own:
        by_day: dict[dt.date, set[str]] = {}
        for turn in h.history:
            by_day.setdefault(turn.day, set()).add(turn.status)
        for day, statuses in sorted(by_day.items()):
            if statuses & {"occurred", "ongoing"} and statuses & {"denied", "cancelled"}:
                found.append(f"reports of {day} disagree on {h.id}: {', '.join(sorted(statuses))}")
    return found
