"""Finds the day on which a story was published, and says how it is known.

Comes after `masthead`. In order: the day that was given; what the page or the head of the file
says; a line such as 'Published: 3 May 2021'; a dateline's day with the year that the text speaks
of; an address with the day in it; a full date whose weekday agrees. Never today's date: a Coding
must not depend on the clock. What it leaves out: days known only to the month.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from detente.knowledge.press import masthead_words, months
from detente.model import DateSource, Document
from detente.text.boilerplate import with_kind
from detente.text.dateline import Dateline
from detente.text.dates import explicit_dates
from detente.text.layout import Block
from detente.text.normal import plain

# Blocks at the top and the end in which a line of day is looked for, and its greatest length.
TOP, LINE = 12, 160
# Characters of the story in which a year, a weekday or a full date is looked for.
# Words of one field in 'Source: Xinhua | 2021-05-18 | Editor: ...'.
FIELD = 7
YEARS, OPENING = 20_000, 1_200
_YEAR = re.compile(
    r"(?<![\d.,$€£/-])(?:(?P<before>[A-Za-z]{2,8})\s)?(?P<year>(?:19|20)\d\d)(?![\d%-]|[.,]\d)"
)
_FIELDS = re.compile(r"\s*[|·•]\s*")
_MAY_TELL = ("", "navigation", "credits", "byline")
_NOTED = re.compile(r"[^\W\d_]{3,}")
_IN_URL = re.compile(
    r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{1,2}|[a-z]{3})[/-](?P<d>\d{1,2})(?=[/_.-]|$)"
    r"|[/_-](?P<y2>20\d\d)(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)"
)


class Published(Struct, frozen=True):
    """The day of publication, None when unknown, and the blocks with the lines that told it."""

    date: dt.date | None
    source: DateSource
    blocks: tuple[Block, ...]


def publication_day(
    document: Document,
    metadata: dt.date | None,
    text: str,
    blocks: Sequence[Block],
    dateline: Dateline | None,
) -> Published:
    """Return the day of publication; `metadata` is the day that the page or file's head gives."""
    marked, line = _dated_lines(text, list(blocks))
    given = document.date
    if given or metadata or line:
        source: DateSource = "given" if given else "metadata"
        return Published(given or metadata or line, source, tuple(marked))
    body = "\n".join(text[b.start : b.end] for b in marked[:200] if not b.kind)[:YEARS]
    inferred = _from_dateline(dateline, body) or _from_url(document.url) or _from_opening(body)
    return Published(inferred, "inferred" if inferred else "unknown", tuple(marked))


def _dated_lines(text: str, blocks: list[Block]) -> tuple[list[Block], dt.date | None]:
    """Mark the lines of day; of 'Published' and 'Updated' the first counts more."""
    days: list[tuple[int, dt.date]] = []
    places = dict.fromkeys(
        [*range(min(TOP, len(blocks))), *range(max(0, len(blocks) - 3), len(blocks))]
    )
    for k in places:
        block = blocks[k]
        if block.kind not in _MAY_TELL or block.end - block.start > LINE:
            continue
        if len(blocks) < 2:
            break
        found = _dated_line(text[block.start : block.end], k < TOP)
        if found:
            days.append(found)
            if block.kind in ("", "navigation"):
                blocks[k] = with_kind(block, "date")
    return blocks, min(days)[1] if days else None


def _dated_line(line: str, top: bool) -> tuple[int, dt.date] | None:
    """Return a rank (0 for 'Published', 1 for a bare date, 2 for 'Updated') and the day."""
    dates = explicit_dates(line)
    parts = _FIELDS.split(line)
    if top and dates and len(parts) > 1 and all(part.count(" ") < FIELD for part in parts):
        line = next(part for part in parts if explicit_dates(part))
        dates = explicit_dates(line)
    if not dates:
        return None
    words = masthead_words()
    key = plain(line).lstrip("-–—|•*([ ")
    start, end, day = dates[0]
    if key.startswith(words.published) and _only_times(line[end:]):
        return 0, day
    if key.startswith(words.updated) and _only_times(line[end:]):
        return 2, day
    return (1, day) if top and _only_times(line[:start] + " " + line[end:]) else None


def _only_times(rest: str) -> bool:
    """Whether a line has hardly a word besides its date: a time, a zone, another 'Updated'."""
    dates = explicit_dates(rest)
    for start, end, _ in reversed(dates):
        rest = rest[:start] + " " + rest[end:]
    known = (*masthead_words().published, *masthead_words().updated, *masthead_words().weekdays)
    words = [word for word in _NOTED.findall(plain(rest)) if word not in known]
    return len(words) <= 2 and not rest.rstrip().endswith((".", "?", "!"))


def _from_dateline(dateline: Dateline | None, body: str) -> dt.date | None:
    """'BEIJING, June 17' with the last year that the text names, if the weekday does not object."""
    if dateline is None or dateline.month is None or dateline.day is None:
        return None
    if dateline.year:
        return _day(dateline.year, dateline.month, dateline.day)
    years = _years(body)
    weekday = _first_weekday(body[:OPENING])
    for year in [years[-1], years[-1] + 1] if years else []:
        day = _day(year, dateline.month, dateline.day)
        if day and _agrees(day, weekday, years.count(year)):
            return day
    return None


def _agrees(day: dt.date, weekday: int | None, mentions: int) -> bool:
    """Whether the story's first weekday speaks for a day.

    A story tells of its own day; of the day before only if its year is mentioned twice, for one day
    in seven agrees by chance. A story without weekdays must mention the year.
    """
    if weekday is None:
        return mentions > 0
    before = (day.weekday() - 1) % 7
    return weekday == day.weekday() or (weekday == before and mentions > 1)


def _years(body: str) -> list[int]:
    """Return the years that the text names as come and not as long gone, in order of time."""
    words = masthead_words()
    other = (*words.future, *words.past)
    found = [
        int(match["year"])
        for match in _YEAR.finditer(body)
        if (match["before"] or "").casefold() not in other
    ]
    return sorted(found)


def _first_weekday(opening: str) -> int | None:
    match = _weekday().search(opening)
    return masthead_words().weekdays.index(match[0].casefold()) if match else None


def _from_url(url: str | None) -> dt.date | None:
    match = _IN_URL.search(url or "")
    if not match:
        return None
    year, month, day = (match[name] or match[f"{name}2"] for name in "ymd")
    number = int(month) if month.isdigit() else months().get(month, 0)
    return _day(int(year), number, int(day))


def _from_opening(body: str) -> dt.date | None:
    """A full date with its weekday in the first sentences: 'on Saturday, June 17, 2023'."""
    opening = body[:OPENING]
    for start, end, day in explicit_dates(opening):
        near = opening[max(0, start - 12) : end]
        if _first_weekday(near) == day.weekday() and day.year >= max(_years(body), default=0):
            return day
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(masthead_words().weekdays)})\b", re.IGNORECASE)
