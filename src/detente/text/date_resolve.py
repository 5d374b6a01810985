"""Makes days of what a date expression says: one small function for each form of the grammar.

Comes after `text/date_grammar.py`; `text/dates.py` is its face. Each function takes the values of
the expression and the frame (publication day, whether the sentence looks ahead, the day counted
from) and returns a When, or None where the days cannot be known. Weeks run Monday to Sunday.
The precision of a range that has no name is the smallest of day (up to 3 days), week (10), month
(31), season (124) and year that holds it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from detente.model import Precision, When
from detente.text.date_grammar import grammar

Values = Mapping[str, Any]
DAY = dt.timedelta(days=1)
SIZES: tuple[tuple[int, Precision], ...] = (
    (3, "day"),
    (10, "week"),
    (31, "month"),
    (124, "season"),
)
MONTHS_OF = {"month": 1, "year": 12, "decade": 120}  # calendar units, in months
DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}


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

    def latest(self, of: Callable[[int], When]) -> When:
        """Of the yearly `of(year)`: the latest begun by today, or the first not over, if ahead."""
        year = self.today.year
        candidates = [when for when in (_try(of, y) for y in range(year - 8, year + 9)) if when]
        if self.ahead:
            return next(w for w in candidates if w.end and w.end >= self.today)
        return [w for w in candidates if w.start and w.start <= self.today][-1]


def _try(of: Callable[[int], When], year: int) -> When | None:
    """29 February exists only in some years."""
    try:
        return of(year)
    except ValueError:
        return None


# ── Ranges ──────────────────────────────────────────────────────────────────────────────────────


def span(start: dt.date, end: dt.date, precision: Precision | None = None) -> When:
    """A When from start to end; precision by its length unless given. Raises on end < start."""
    if end < start:
        raise ValueError("a range that ends before it starts")
    days = (end - start).days + 1
    fitting: Precision = next((name for size, name in SIZES if days <= size), "year")
    return When(start, end, precision or fitting)


def add_months(day: dt.date, months: int) -> dt.date:
    """The first day of the month that lies `months` after that of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1)


def month_of(year: int, month: int, months: int = 1) -> When:
    """A month, or `months` of them."""
    start = dt.date(year, month, 1)
    end = add_months(start, months) - DAY
    return span(start, end, "month" if months == 1 else None)


def season_of(year: int, season: str) -> When:
    """A season by the year it begins in: the winter of 1941 begins in December 1941."""
    start = dt.date(year, grammar().seasons[season], 1)
    return span(start, add_months(start, 3) - DAY, "season")


def unit_of(day: dt.date, unit: str, shift: int = 0) -> When:
    """The calendar day, week, month, year or decade around a day, `shift` units on."""
    if unit in DAYS_OF:
        start = day - dt.timedelta(days=day.weekday()) if unit == "week" else day
        start += dt.timedelta(days=shift * DAYS_OF[unit])
        return span(start, start + 6 * DAY, "week") if unit != "day" else span(start, start)
    if unit == "hour":
        return span(day, day)
    years = {"year": 1, "decade": 10}.get(unit)
    if years is None:
        start = add_months(day, shift)
        return month_of(start.year, start.month)
    first = dt.date(day.year - day.year % years + shift * years, 1, 1)
    return span(first, add_months(first, 12 * years) - DAY, "year")


def part_of(whole: When, part: str | None) -> When:
    """The early, middle or late third of a range.

    The `start` or `end` of a year is its first or last month; of a month or week, its third.
    """
    if part is None or whole.start is None or whole.end is None:
        return whole
    start, end = whole.start, whole.end
    days = (end - start).days + 1
    if days <= 7:
        first = {"early": 0, "start": 0, "mid": 1}.get(part, 3)
        return span(start + first * DAY, start + (first + 2) * DAY)
    if days <= 31:
        first, last = {"early": (1, 10), "start": (1, 10), "mid": (11, 20)}.get(part, (21, days))
        return span(start.replace(day=first), start.replace(day=last))
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    third = 1 if part in ("start", "end") else max(1, months // 3)
    first = {"early": 0, "start": 0, "mid": (months - third) // 2}.get(part, months - third)
    begin = add_months(start, first)
    return span(begin, add_months(begin, third) - DAY)


def move(day: dt.date, number: float, unit: str) -> dt.date:
    """The day `number` units on; within months and years the last day that exists."""
    if unit == "hour":
        return day + dt.timedelta(days=int(abs(number) // 24)) * (1 if number > 0 else -1)
    if unit in DAYS_OF:
        return day + dt.timedelta(days=int(number * DAYS_OF[unit]))
    first = add_months(day, int(number * MONTHS_OF[unit]))
    last = add_months(first, 1) - DAY
    return first.replace(day=min(day.day, last.day))


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
    year = frame.today.year
    candidates = [when for when in (_try(of, y) for y in range(year - 8, year + 9)) if when]
    if shift > 0:
        return next(w for w in candidates if w.start and w.start > frame.today)
    if shift < 0:
        return [w for w in candidates if w.end and w.end < frame.today][-1]
    return of(year)


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


def numeric_date(text: str) -> dt.date | None:
    """A date in figures. 03/04/2023 is ambiguous and gives None; 2023-04-03 is not."""
    sign = next(character for character in text if not character.isdigit())
    figures = [int(part) for part in text.split(sign)]
    width = [len(part) for part in text.split(sign)]
    if width[0] == 4 and width[2] <= 2:
        return dt.date(*figures)
    if width[0] > 2 or width[2] != 4:
        return None
    first, second, year = figures
    if sign == ".":  # dots are only written with the day first
        return dt.date(year, second, first)
    if first > 12 or first == second:
        return dt.date(year, second, first)
    return dt.date(year, first, second) if second > 12 else None


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


def easter_sunday(year: int) -> dt.date:
    """Western Easter Sunday of a year (the anonymous Gregorian computus, Nature, 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap_centuries = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + leap_centuries + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return dt.date(year, month, day + 1)


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
