"""What a date expression is resolved against, and what all forms of resolving share.

Comes before `text/date_resolve.py`, which has a function for each form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from detente.model import When
from detente.text.date_grammar import grammar

Values = Mapping[str, Any]


class Frame(NamedTuple):
    """What an expression is resolved against."""

    publication: dt.date | None
    ahead: bool
    anchor: When | None

    @property
    def today(self) -> dt.date:
        """The publication day. Raises ValueError without one: the expression is then unknown."""
        if self.publication is None:
            raise ValueError("no publication day")
        return self.publication

    def years(self, of: Callable[[int], When]) -> list[When]:
        """Of the yearly `of(year)`: those around today, so far that a 29 February is among them."""
        year = self.today.year
        return [when for when in (_try(of, y) for y in range(year - 8, year + 9)) if when]

    def latest(self, of: Callable[[int], When]) -> When:
        """Of the yearly `of(year)`: the latest begun by today, or the first not over, if ahead."""
        candidates = self.years(of)
        if self.ahead:
            fitting = [w for w in candidates if w.end and w.end >= self.today][:1]
        else:
            fitting = [w for w in candidates if w.start and w.start <= self.today][-1:]
        if not fitting:
            raise ValueError("no such day in any year")
        return fitting[0]


def _try(of: Callable[[int], When], year: int) -> When | None:
    """29 February exists only in some years."""
    try:
        return of(year)
    except ValueError:
        return None


def shift_of(values: Values) -> int:
    """The units that 'last', 'this' or 'next' move by."""
    return {"last": -1, "next": 1}.get(values.get("which", "this"), 0)


def year_by(values: Values, frame: Frame, of: Callable[[int], When]) -> When:
    """The range in the year that the words give ('2023', 'last year'), else the nearest."""
    if "year" in values:
        return of(values["year"])
    if "which" in values:
        return of(frame.today.year + shift_of(values))
    return frame.latest(of)


def amount(values: Values, frame: Frame) -> tuple[float, str]:
    """How many of which unit: 'few weeks' reach as far as `open_spans` says."""
    unit = values.get("unit") or values["units"]
    if "qty" in values:
        return values["qty"], unit
    if "few" in values or "units" in values:
        return grammar().open_spans[unit], unit
    return 1, unit


def strictly(of: Callable[[int], When], frame: Frame, shift: int) -> When:
    """'Last' and 'next' of something yearly: over by today, or not begun; 'this' is this year's."""
    if not shift:
        return of(frame.today.year)
    if shift > 0:
        fitting = [when for when in frame.years(of) if when.start and when.start > frame.today][:1]
    else:
        fitting = [when for when in frame.years(of) if when.end and when.end < frame.today][-1:]
    if not fitting:
        raise ValueError("no such day in any year")
    return fitting[0]
