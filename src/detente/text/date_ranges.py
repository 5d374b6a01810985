"""The arithmetic of the calendar that resolving needs: weeks, months, seasons, thirds, Easter.

Comes before `text/date_resolve.py`. Weeks run Monday to Sunday. The precision of a range that has
no name is the smallest of day (up to 3 days), week (10), month (31), season (124) and year that
holds it. It leaves out every question of what words mean.
"""

from __future__ import annotations

import datetime as dt

from detente.model import Precision, When
from detente.text.date_grammar import grammar

DAY = dt.timedelta(days=1)
SIZES: tuple[tuple[int, Precision], ...] = (
    (3, "day"),
    (10, "week"),
    (31, "month"),
    (124, "season"),
)
MONTHS_OF = {"month": 1, "year": 12, "decade": 120}  # calendar units, in months
DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}


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


def easter_sunday(year: int) -> dt.date:
    """Western Easter Sunday of a year (the anonymous Gregorian computus, Nature, 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap_centuries = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + leap_centuries + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return dt.date(year, month, day + 1)
