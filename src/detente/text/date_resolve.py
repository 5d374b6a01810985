"""Makes days of what a date expression says: one small function for each form of the grammar.

Comes after `text/date_grammar.py`; `text/dates.py` is its face. Each function takes the values of
the expression and the frame (publication day, whether the sentence looks ahead, the day counted
from) and returns a When, or None where the days cannot be known. Weeks run Monday to Sunday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from detente.model import Precision, When
from detente.text.date_frame import Frame, Values, amount, shift_of, strictly, year_by
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

FAR = dt.timedelta(days=550)  # farther off, the weekday beside a date is likelier wrong


def _day(values: Values, frame: Frame) -> When:
    def of(year: int) -> When:
        day = dt.date(year, values["month"], values["day"])
        return span(day, day)

    if "which" in values and "year" not in values and "nearest" in values:
        return strictly(of, frame, shift_of(values))
    weekday = values.get("weekday", values.get("shortday"))
    if weekday is not None and "year" not in values and "which" not in values:
        return _agreeing(of, frame, weekday)
    return year_by(values, frame, of)


def _agreeing(of: Callable[[int], When], frame: Frame, weekday: int) -> When:
    """'Saturday, October 1': the nearest year in which that day is a Saturday, if one is near."""
    days = [when.start for when in frame.years(of) if when.start]
    fitting = [day for day in days if day.weekday() == weekday and abs(day - frame.today) < FAR]
    if not fitting:
        return frame.latest(of)
    day = min(fitting, key=lambda day: abs(day - frame.today))
    return span(day, day)


def _day_of_month(values: Values, frame: Frame) -> When:
    first = add_months(frame.today, shift_of(values))
    day = first.replace(day=values["day"])
    return span(day, day)


def _days(values: Values, frame: Frame) -> When:
    month, month2 = values["month"], values.get("month2", values["month"])

    def of(year: int) -> When:
        start = dt.date(year, month, values["day"])
        return span(start, dt.date(year + (month2 < month), month2, values["day2"]))

    if "year" in values and month2 < month:  # the year stands behind the second month
        return of(values["year"] - 1)
    return year_by(values, frame, of)


def _days_over_years(values: Values, frame: Frame) -> When:
    start = dt.date(values["year"], values["month"], values["day"])
    return span(start, dt.date(values["year2"], values["month2"], values["day2"]))


def _numeric(values: Values, frame: Frame) -> When | None:
    day = numeric_date(values["text"])
    return span(day, day) if day else None


def _weekday(values: Values, frame: Frame) -> When:
    today, weekday = frame.today, values["weekday"]
    if "of_week" in values:
        start = unit_of(today, "week", shift_of(values)).start or today
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
        saturday += 7 * shift_of(values) * DAY
    elif not frame.ahead and saturday > frame.today:
        saturday -= 7 * DAY
    return span(saturday, saturday + DAY, "week")


def _period(values: Values, frame: Frame) -> When:
    whole = unit_of(frame.today, values.get("period", "year"), shift_of(values))
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
        return part_of(strictly(of, frame, shift_of(values)), part)
    return part_of(year_by(values, frame, of), part)


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
    return year_by(values, frame, of)


def _months_over_years(values: Values, frame: Frame) -> When:
    start = dt.date(values["year"], values["month"], 1)
    return span(start, add_months(dt.date(values["year2"], values["month2"], 1), 1) - DAY)


def _year(values: Values, frame: Frame) -> When:
    whole = unit_of(dt.date(values["year"], 1, 1), "year")
    return part_of(whole, values.get("part") or values.get("edge"))


def _years(values: Values, frame: Frame) -> When:
    return span(dt.date(values["year"], 1, 1), dt.date(values["year2"], 12, 31), "year")


def _decade(values: Values, frame: Frame) -> When:
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(
        values.get("part", ""), (0, 9)
    )
    start, end = values["decade"] + first, values["decade"] + last
    return span(dt.date(start, 1, 1), dt.date(end, 12, 31), "year")


def _season(values: Values, frame: Frame) -> When:
    def of(year: int) -> When:
        return season_of(year, values["season"])

    if values.get("which") in ("last", "next") and "of_year" not in values:
        whole = strictly(of, frame, shift_of(values))
    else:
        whole = year_by(values, frame, of)
    part = part_of(whole, values.get("part"))
    return When(part.start, part.end, "season" if part == whole else "month")


def _quarter(values: Values, frame: Frame) -> When:
    return year_by(values, frame, lambda year: month_of(year, 3 * values["ordinal"] - 2, 3))


def _half(values: Values, frame: Frame) -> When:
    return year_by(values, frame, lambda year: month_of(year, 6 * values["ordinal"] - 5, 6))


def _at_distance(day: dt.date, number: float, unit: str) -> When:
    """The day, week, month or year that lies `number` units from a day."""
    whole = {"fortnight": "week", "decade": "year"}.get(unit, unit)
    return unit_of(move(day, number, unit), whole)


def _ago(values: Values, frame: Frame) -> When | None:
    if "qty" not in values:  # 'months ago'
        return None
    number, unit = amount(values, frame)
    return _at_distance(frame.today, -number, unit)


def _ahead(values: Values, frame: Frame) -> When | None:
    if not frame.ahead:  # 'took the town in two days' is a length
        return None
    if "qty" not in values:
        return _coming(values, frame)
    number, unit = amount(values, frame)
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
    number, unit = amount(values, frame)
    return span(frame.today, move(frame.today, number, unit), _reach(unit))


def _recent(values: Values, frame: Frame) -> When:
    number, unit = amount(values, frame)
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

    if "year" not in values and "nearest" in values and "which" in values:
        return strictly(of, frame, shift_of(values))
    return year_by(values, frame, of)


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
