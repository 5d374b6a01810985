"""A happening: one incident of the ledger, as the measures see it.

Made from a line of `detente incidents` (contract 5). A happening keeps its history, so that it can
be seen as it was known on any day (`known_on`); `moments` tells what of it counts, when, and with
which score: a visit that was planned, put off and made counts three times, each on its day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from detente.knowledge.ontology import quad, score
from detente.knowledge.tables import rows
from detente.model import InputError, Status
from detente.relations.rules import rules

DONE: tuple[Status, ...] = ("occurred", "ongoing")


class Turn(Struct, frozen=True):
    """One word on a happening: on `day` (of publication), `document` gave it this status.

    `start` and `end` are the days that the document named, None where that is not known.
    """

    day: dt.date
    status: Status
    document: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


class Happening(Struct, frozen=True):
    """One incident.

    `source` and `target` are ISO 3166-1 alpha-3 codes (of a reciprocal deed, all stand in
    `source`). `start` and `end` are None where no day is known. `score` runs from -10 (conflict)
    to +10 (cooperation), `quad` is PLOVER's quadrant of `type`, 1 to 4. `families` counts the
    independent sources; `confidence` runs from 0 to 1. `history` is in order of publication.
    """

    id: str
    type: str
    act: str
    mode: str | None
    status: Status
    source: tuple[str, ...]
    target: tuple[str, ...]
    reciprocal: bool
    start: dt.date | None
    end: dt.date | None
    precision: str
    score: float
    quad: int
    families: int = 1
    confidence: float = 1.0
    history: tuple[Turn, ...] = ()
    place: str | None = None
    words: str = ""
    names: tuple[str, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """All states that take part, sorted."""
        return tuple(sorted({*self.source, *self.target}))

    @property
    def day(self) -> dt.date | None:
        """The day it began; the middle of an imprecise range; of the first report where unknown."""
        if self.start is None or self.end is None or self.precision == "day":
            return self.start or self.first
        told = self.first if self.first and self.start <= self.first < self.end else self.end
        return self.start + (told - self.start) / 2

    @property
    def first(self) -> dt.date | None:
        """The day of the first report."""
        return self.history[0].day if self.history else self.start

    @property
    def done(self) -> bool:
        """Whether it happened."""
        return self.status in DONE


class Moment(Struct, frozen=True):
    """What counts in the index: on `day`, of `type`, with a score; `weight` is 0 to 1."""

    day: dt.date
    type: str
    score: float
    weight: float
    families: int
    happening: Happening
    status: Status


def from_incident(row: Mapping[str, Any]) -> Happening:
    """Make a happening of a line of `detente incidents` (contract 5).

    Raises:
        InputError: the line lacks a field, or a value has no meaning.
    """
    name = row.get("id", "?")
    try:
        return _converted(row)
    except (KeyError, ValueError, TypeError, AttributeError, msgspec.ValidationError) as error:
        what = f"no '{error.args[0]}'" if isinstance(error, KeyError) else str(error)
        raise InputError(
            f"incident {name}: {what}; give lines as 'detente incidents --format jsonl' has them"
        ) from None


def _converted(row: Mapping[str, Any]) -> Happening:
    history = sorted(
        (_turn(turn) for turn in row["history"] if turn.get("date")), key=lambda turn: turn.day
    )
    start, end = _day(row["date_start"]), _day(row["date_end"])
    place, reports = row.get("place"), row.get("reports") or ()
    return Happening(
        id=str(row["id"]),
        type=row["type"],
        act=row["act"],
        mode=row["mode"] or None,
        status=msgspec.convert(row["status"], Status),
        source=_codes(row["source"]),
        target=_codes(row["target"]),
        reciprocal=bool(row["reciprocal"]),
        start=start,
        end=end or start,
        precision=row["date_precision"],
        score=score(row["type"], row["mode"] or None),
        quad=quad(row["type"]),
        families=_families(row["families"]),
        confidence=float(row["confidence"]),
        history=tuple(history),
        place=place["name"] if place else None,
        words=_words(reports),
        names=_names((*row["source"], *row["target"])),
    )


def _turn(row: Mapping[str, Any]) -> Turn:
    return msgspec.convert(
        {"day": row["date"], "status": row["status"], "document": row.get("document") or ""}, Turn
    )


def _day(value: str | dt.date | None) -> dt.date | None:
    return value if value is None or isinstance(value, dt.date) else dt.date.fromisoformat(value)


def _codes(actors: Iterable[Mapping[str, Any] | str]) -> tuple[str, ...]:
    codes = [a if isinstance(a, str) else a.get("country") for a in actors]
    return tuple(dict.fromkeys(code for code in codes if code))


def _families(value: int | Sequence[Any]) -> int:
    return max(1, value if isinstance(value, int) else len(value))


def _words(reports: Sequence[Mapping[str, Any]]) -> str:
    return " ".join(str(reports[0]["evidence"]["text"]).split()) if reports else ""


def _names(actors: Iterable[Mapping[str, Any] | str]) -> tuple[str, ...]:
    names = [a if isinstance(a, str) else a.get("name") or a.get("text") for a in actors]
    return tuple(dict.fromkeys(name for name in names if name))


def between(
    happenings: Iterable[Happening],
    ours: Iterable[str],
    theirs: Iterable[str],
    *,
    directed: bool = False,
) -> list[Happening]:
    """The happenings between two sides (each one state or several), in the order given.

    Where `directed`, only what our side does to theirs; what all do together counts both ways.
    """
    one, other = frozenset(ours), frozenset(theirs)
    return [
        h
        for h in happenings
        if _directed(h, one, other) or (not directed and _directed(h, other, one))
    ]


def _directed(h: Happening, one: frozenset[str], other: frozenset[str]) -> bool:
    if h.reciprocal or not h.target:
        return bool(one.intersection(h.source) and other.intersection(h.source))
    return bool(one.intersection(h.source) and other.intersection(h.target))


def known_on(happenings: Iterable[Happening], day: dt.date) -> list[Happening]:
    """The happenings as they were known at the end of a day, without what came later.

    A happening without history is taken as known when it began. Its days are those last named until
    then, where the history tells them (a ledger's does; lines of incidents do not).
    """
    return [seen for h in happenings if (seen := _seen(h, day)) is not None]


def _seen(h: Happening, day: dt.date) -> Happening | None:
    if not h.history:
        return h if h.start is not None and h.start <= day else None
    history = tuple(turn for turn in h.history if turn.day <= day)
    if not history:
        return None
    if len(history) == len(h.history):
        return h
    status = h.status if history[-1].status == h.history[-1].status else history[-1].status
    named = next((turn for turn in reversed(history) if turn.start), None)
    start, end, precision = (h.start, h.end, h.precision)
    if any(turn.start for turn in h.history) and (named is None or named.start != start):
        start = named.start if named else None
        end = named.end if named else None
        precision = "unknown" if start is None else "day" if start == end else "week"
    type_, mode = (h.type, h.mode) if status == h.status else counted(h.act, h.mode, status)
    return msgspec.structs.replace(
        h,
        status=status,
        type=type_,
        mode=mode,
        score=score(type_, mode),
        quad=quad(type_),
        history=history,
        start=start,
        end=end,
        precision=precision,
        families=min(h.families, len({turn.document for turn in history})),
    )


def counted(act: str, mode: str | None, status: Status) -> tuple[str, str | None]:
    """The type and mode that a deed of some status is written as, by `derived_types.tsv`."""
    case = rules().counts_as.get(status, "future")
    if case == "own":
        return act, mode
    type_, derived = _derived().get((act, case)) or _derived().get(("*", case)) or ("=", "=")
    return act if type_ == "=" else type_, mode if derived == "=" else derived or None


@cache
def _derived() -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (row["act"], row["case"]): (row["type"], row["mode"]) for row in rows("derived_types.tsv")
    }


def moments(happenings: Iterable[Happening]) -> list[Moment]:
    """What counts, in order of days: each happening once for each status it came to have."""
    found = [moment for h in happenings for moment in _moments(h)]
    return sorted(found, key=lambda moment: (moment.day, moment.happening.id, moment.status))


def is_recalled(h: Happening) -> bool:
    """Whether a deed was only told long after it was done: the past in a story, not its news.

    Such deeds say nothing of how much happened in their days, and count in no index or rate.
    """
    if h.first is None or h.day is None or not h.done:
        return False
    return h.day < h.first - dt.timedelta(rules().recalled)


def _moments(h: Happening) -> Iterator[Moment]:
    """Each way of counting once, and nothing after the deed itself."""
    turns = h.history or ((Turn(h.start, h.status),) if h.start else ())
    seen: set[str] = set()
    if is_recalled(h):
        return
    for turn in turns:
        case = rules().counts_as.get(turn.status)
        if case is None or case in seen or "own" in seen:
            continue
        seen.add(case)
        yield _moment(h, turn, case)


def _moment(h: Happening, turn: Turn, case: str) -> Moment:
    own = case == "own"
    day = h.day if own and h.start is not None else None
    type_, mode = (h.type, h.mode) if own and h.done else counted(h.act, None, turn.status)
    return Moment(
        day=day or turn.day,
        type=type_,
        score=score(type_, mode),
        weight=h.confidence,
        families=h.families,
        happening=h,
        status=turn.status,
    )
