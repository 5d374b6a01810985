"""Issues over time: who raised a matter, how often, with which act, and what each side says."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from detente.relations.index import Step, calendar


class Raising(Struct, frozen=True, order=True):
    """Once an issue was spoken of: `day` of publication, the words, and by whom.

    `raiser` is the country that spoke, None where nobody is named; `parties` are the countries
    concerned; `act` is the PLOVER type of what was done with the words, None for a mere mention.
    """

    day: dt.date
    issue: str
    parties: tuple[str, ...]
    raiser: str | None = None
    act: str | None = None
    words: str = ""
    document: str = ""


class Position(Struct, frozen=True):
    """The last words of one side on an issue."""

    country: str
    day: dt.date
    words: str
    document: str


class IssueHistory(Struct, frozen=True):
    """An issue between states: how often it was raised, by whom, with which acts."""

    issue: str
    first: dt.date
    last: dt.date
    raised: int
    by: tuple[tuple[str, int], ...]
    acts: tuple[tuple[str, int], ...]
    positions: tuple[Position, ...]

    @property
    def last_by(self) -> dict[str, dt.date]:
        """The day on which each side last spoke of it."""
        return {position.country: position.day for position in self.positions}


def issue_histories(raisings: Iterable[Raising], pair: Iterable[str]) -> list[IssueHistory]:
    """The issues between the states of a pair (or of one state), the last raised first.

    An issue belongs to the pair where all of its states are parties or raised it. What one document
    says several times counts once a raiser and act.
    """
    wanted = frozenset(pair)
    own: dict[str, list[Raising]] = {}
    for raising in sorted(set(raisings), key=_key):
        if wanted <= {*raising.parties, *((raising.raiser,) if raising.raiser else ())}:
            own.setdefault(raising.issue, []).append(raising)
    found = [_history(issue, told) for issue, told in own.items()]
    return sorted(found, key=lambda history: (-history.last.toordinal(), history.issue))


def raised_by_month(
    raisings: Iterable[Raising], first: dt.date, last: dt.date, step: Step = "month"
) -> list[tuple[dt.date, Counter[str]]]:
    """How many documents raised each issue in each period, in order of time."""
    told = {(r.issue, r.document, r.day) for r in raisings}
    return [
        (start, Counter(issue for issue, _, day in told if start <= day <= end))
        for start, end in calendar(first, last, step)
    ]


def _key(raising: Raising) -> tuple[dt.date, str, str, str, str]:
    return (
        raising.day,
        raising.document,
        raising.raiser or "",
        raising.act or "",
        raising.words,
    )


def _history(issue: str, told: list[Raising]) -> IssueHistory:
    counted = {(r.document, r.day, r.raiser, r.act) for r in told}
    positions = {r.raiser: Position(r.raiser, r.day, r.words, r.document) for r in told if r.raiser}
    return IssueHistory(
        issue=issue,
        first=told[0].day,
        last=told[-1].day,
        raised=len({(r.document, r.day) for r in told}),
        by=_ranked(Counter(raiser for _, _, raiser, _ in counted if raiser)),
        acts=_ranked(Counter(act for _, _, _, act in counted if act)),
        positions=tuple(positions[country] for country in sorted(positions)),
    )


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))
