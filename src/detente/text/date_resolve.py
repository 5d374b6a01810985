"""Makes days of what a date expression says: one small function for each form of the grammar.

Comes after `text/date_grammar.py`; `text/dates.py` is its face. Each function takes the values of
the expression and the frame (publication day, whether the sentence looks ahead, the day counted
from) and returns a When, or None where the days cannot be known. Weeks run Monday to Sunday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from detente.model import Precision, When
from detente.text.date_grammar import grammar
from detente.text.date_ranges import (
    DAY,
    add_months,
    easter_sunday,
    month_of,
    move,
    numeric_date,
    part_of,
    season_of,
    span,
    unit_of,
)

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


def _shift_of(values: Values) -> int:
    return {"last": -1, "next": 1}.get(values.get("which", "this"), 0)


def _year_by(values: Values, frame: Frame, of: Callable[[int], When]) -> When:
    """The range in the year that the words give ('2023', 'last year'), else the nearest."""
    if "year" in values:
        return of(values["year"])
    if "which" in values:
        return of(frame.today.year + _shift_of(values))
    return frame.latest(of)


def _amount(values: Values, frame: Frame) -> tuple[float, str]:
    """How many of which unit: 'few weeks' reach as far as `open_spans` says."""
    unit = values.get("unit") or values["units"]
    if "qty" in values:
        return values["qty"], unit
    if "few" in values or "units" in values:
        return grammar().open_spans[unit], unit
    return 1, unit


# ── Forms ───────────────────────────────────────────────────────────────────────────────────────


def _day(values: Values, frame: Frame) -> When:
    def of(year: int) -> When:
        day = dt.date(year, values["month"], values["day"])
        return span(day, day)

    if "which" in values and "year" not in values and "holiday" in values:
        return _strictly(of, frame, _shift_of(values))
    return _year_by(values, frame, of)


def _strictly(of: Callable[[int], When], frame: Frame, shift: int) -> When:
    """'Last' and 'next' of something yearly: over by today, or not begun; 'this' is this year's."""
    if not shift:
        return of(frame.today.year)
    candidates = frame.years(of)
    if shift > 0:
        return next(w for w in candidates if w.start and w.start > frame.today)
    return [w for w in candidates if w.end and w.end < frame.today][-1]


def _day_of_month(values: Values, frame: Frame) -> When:
    first = add_months(frame.today, _shift_of(values))
    day = first.replace(day=values["day"])
    return span(day, day)


def _days(values: Values, frame: Frame) -> When:
    month, month2 = values["month"], values.get("month2", values["month"])

    def of(year: int) -> When:
        start = dt.date(year, month, values["day"])
        return span(start, dt.date(year + (month2 < month), month2, values["day2"]))

    if "year" in values and month2 < month:  # the year stands behind the second month
        return of(values["year"] - 1)
    return _year_by(values, frame, of)


def _days_over_years(values: Values, frame: Frame) -> When:
    start = dt.date(values["year"], values["month"], values["day"])
    return span(start, dt.date(values["year2"], values["month2"], values["day2"]))


def _numeric(values: Values, frame: Frame) -> When | None:
    day = numeric_date(values["text"])
    return span(day, day) if day else None


def _weekday(values: Values, frame: Frame) -> When:
    today, weekday = frame.today, values["weekday"]
    if "of_week" in values:
        start = unit_of(today, "week", _shift_of(values)).start or today
        return span(start + weekday * DAY, start + weekday * DAY)
    back = (today.weekday() - weekday) % 7
    on = (weekday - today.weekday()) % 7
    which = values.get("which")
    if which == "last":
        day = today - (back or 7) * DAY
    elif which == "next":
        day = today + (on or 7) * DAY
    else:
        day = today + on * DAY if frame.ahead else today - back * DAY
    return span(day, day)


def _weekdays(values: Values, frame: Frame) -> When:
    first, last = values["weekday"], values["weekday2"]
    days = (last - first) % 7
    start = _weekday({"weekday": first}, frame).start or frame.today
    return span(start, start + days * DAY)


def _relative_day(values: Values, frame: Frame) -> When:
    day = frame.today + values["relday"] * DAY
    return span(day, day)


def _overnight(values: Values, frame: Frame) -> When:
    if frame.ahead:
        return span(frame.today, frame.today + DAY)
    return span(frame.today - DAY, frame.today)


def _same_day(values: Values, frame: Frame) -> When:
    if frame.anchor and frame.anchor.start and frame.anchor.precision == "day":
        return frame.anchor
    return span(frame.today, frame.today)


def _weekend(values: Values, frame: Frame) -> When:
    saturday = frame.today + (5 - frame.today.weekday()) * DAY
    if "which" in values:
        saturday += 7 * _shift_of(values) * DAY
    elif not frame.ahead and saturday > frame.today:
        saturday -= 7 * DAY
    return span(saturday, saturday + DAY, "week")


def _period(values: Values, frame: Frame) -> When:
    whole = unit_of(frame.today, values.get("period", "year"), _shift_of(values))
    return part_of(whole, values.get("part") or values.get("edge"))


def _so_far(values: Values, frame: Frame) -> When:
    whole = unit_of(frame.today, values["period"])
    return When(whole.start, frame.today, whole.precision)


def _rest(values: Values, frame: Frame) -> When:
    whole = unit_of(frame.today, values["period"])
    return When(frame.today, whole.end, whole.precision)


def _month(values: Values, frame: Frame) -> When:
    def of(year: int) -> When:
        return month_of(year, values["month"])

    part = values.get("part") or values.get("edge")
    if values.get("which") in ("last", "next") and "of_year" not in values:
        return part_of(_strictly(of, frame, _shift_of(values)), part)
    return part_of(_year_by(values, frame, of), part)


def _week_of_month(values: Values, frame: Frame) -> When:
    whole = _month(values, frame)
    if whole.start is None or whole.end is None:
        return whole
    if values["ordinal"] < 0:
        return span(whole.end - 6 * DAY, whole.end)
    start = whole.start + 7 * (values["ordinal"] - 1) * DAY
    return span(start, min(start + 6 * DAY, whole.end), "week")


def _months(values: Values, frame: Frame) -> When:
    first, last = values["month"], values["month2"]

    def of(year: int) -> When:
        return month_of(year, first, (last - first) % 12 + 1)

    if "year" in values and last < first:
        return of(values["year"] - 1)
    return _year_by(values, frame, of)


def _months_over_years(values: Values, frame: Frame) -> When:
    start = dt.date(values["year"], values["month"], 1)
    return span(start, add_months(dt.date(values["year2"], values["month2"], 1), 1) - DAY)


def _year(values: Values, frame: Frame) -> When:
    whole = unit_of(dt.date(values["year"], 1, 1), "year")
    return part_of(whole, values.get("part") or values.get("edge"))


def _years(values: Values, frame: Frame) -> When:
    return span(dt.date(values["year"], 1, 1), dt.date(values["year2"], 12, 31), "year")


def _decade(values: Values, frame: Frame) -> When:
    part = part_of(unit_of(dt.date(values["decade"], 1, 1), "decade"), values.get("part"))
    return When(part.start, part.end, "year")


def _season(values: Values, frame: Frame) -> When:
    def of(year: int) -> When:
        return season_of(year, values["season"])

    if values.get("which") in ("last", "next") and "of_year" not in values:
        whole = _strictly(of, frame, _shift_of(values))
    else:
        whole = _year_by(values, frame, of)
    part = part_of(whole, values.get("part"))
    return When(part.start, part.end, "season" if part == whole else "month")


def _quarter(values: Values, frame: Frame) -> When:
    return _year_by(values, frame, lambda year: month_of(year, 3 * values["ordinal"] - 2, 3))


def _half(values: Values, frame: Frame) -> When:
    return _year_by(values, frame, lambda year: month_of(year, 6 * values["ordinal"] - 5, 6))


def _at_distance(day: dt.date, number: float, unit: str) -> When:
    """The day, week, month or year that lies `number` units from a day."""
    whole = {"fortnight": "week", "decade": "year"}.get(unit, unit)
    return unit_of(move(day, number, unit), whole)


def _ago(values: Values, frame: Frame) -> When | None:
    if "qty" not in values:  # 'months ago'
        return None
    number, unit = _amount(values, frame)
    return _at_distance(frame.today, -number, unit)


def _ahead(values: Values, frame: Frame) -> When | None:
    if not frame.ahead:  # 'took the town in two days' is a length
        return None
    if "qty" not in values:
        return _coming(values, frame)
    number, unit = _amount(values, frame)
    return _at_distance(frame.today, number, unit)


def _reach(unit: str) -> Precision | None:
    """The precision of a range counted in a unit; None leaves it to its length."""
    named: dict[str, Precision] = {
        "week": "week",
        "fortnight": "week",
        "month": "month",
        "year": "year",
        "decade": "year",
    }
    return named.get(unit)


def _coming(values: Values, frame: Frame) -> When:
    number, unit = _amount(values, frame)
    return span(frame.today, move(frame.today, number, unit), _reach(unit))


def _recent(values: Values, frame: Frame) -> When:
    number, unit = _amount(values, frame)
    return span(move(frame.today, -number, unit), frame.today, _reach(unit))


def _shift(values: Values, frame: Frame) -> When | None:
    if frame.anchor is None:
        return None
    base = frame.anchor.start if values["sign"] < 0 else frame.anchor.end
    unit = values.get("unit", "day")
    if base is None or (unit in ("hour", "day") and frame.anchor.precision != "day"):
        return None
    return _at_distance(base, values["sign"] * values.get("qty", 1), unit)


def _that_period(values: Values, frame: Frame) -> When | None:
    if frame.anchor is None or frame.anchor.start is None:
        return None
    return unit_of(frame.anchor.start, values["period"])


def _easter(values: Values, frame: Frame) -> When:
    def of(year: int) -> When:
        day = easter_sunday(year) + values["easter"] * DAY
        return span(day, day)

    if "year" not in values and "holiday" in values and "which" in values:
        return _strictly(of, frame, _shift_of(values))
    return _year_by(values, frame, of)


def _named(values: Values, frame: Frame) -> When:
    day = dt.date(values["year"], values["month"], values["day"])
    if frame.publication and frame.publication < day:  # written before it had that meaning
        return _day({"month": day.month, "day": day.day}, frame)
    return span(day, day)


def full_date(form: str, values: Values) -> dt.date | None:
    """The day of an expression that gives day, month and year itself, else None."""
    try:
        if form == "numeric":
            return numeric_date(values["text"])
        if form == "day" and "year" in values:
            return dt.date(values["year"], values["month"], values["day"])
    except ValueError:
        return None
    return None


RESOLVERS: Mapping[str, Callable[[Values, Frame], When | None]] = {
    "day": _day,
    "day_of_month": _day_of_month,
    "days": _days,
    "days_over_years": _days_over_years,
    "numeric": _numeric,
    "weekday": _weekday,
    "weekdays": _weekdays,
    "relative_day": _relative_day,
    "overnight": _overnight,
    "same_day": _same_day,
    "weekend": _weekend,
    "period": _period,
    "so_far": _so_far,
    "rest": _rest,
    "month": _month,
    "week_of_month": _week_of_month,
    "months": _months,
    "months_over_years": _months_over_years,
    "year": _year,
    "years": _years,
    "decade": _decade,
    "season": _season,
    "quarter": _quarter,
    "half": _half,
    "ago": _ago,
    "ahead": _ahead,
    "coming": _coming,
    "recent": _recent,
    "shift": _shift,
    "that_period": _that_period,
    "easter": _easter,
    "named": _named,
}
