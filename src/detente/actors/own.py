"""The records of a user's own dictionary, and the checks that all its readers share.

`own_table` and `petrarch` make these of lines, `dictionary` gathers them, `merge` puts them into
the lexicon. Nothing here knows how the shipped tables are kept.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from typing import Literal

from msgspec import Struct

from ..knowledge import actors as known
from ..knowledge import ontology

OwnKind = Literal["state", "person", "body", "group", "noun", "office", "none"]
KINDS: tuple[OwnKind, ...] = ("person", "body", "group", "noun", "office", "none")
# The program does not know what they are; PLOVER's word for that.
UNKNOWN = ("UNK",)
# Rows with days of their own that one form may have, so that looking it up stays quick.
DATED_MOST = 200


class Meaning(Struct, frozen=True, gc=False):
    """What a form stands for, from `start` to `end` (both included; None is open).

    A "state" has only a country; a "none" is no actor and has nothing.
    """

    kind: OwnKind
    name: str = ""
    country: str | None = None
    sectors: tuple[str, ...] = ()
    office: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None


class OwnEntry(Struct, frozen=True, gc=False):
    """One actor of a user: all its written forms, and its meanings in the order of the file.

    A form written in small letters fits any case; a capital asks for a capital. `line` counts
    from 1. `plurals` says that nouns get their regular plural.
    """

    forms: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    line: int = 0
    plurals: bool = True


class Problem(Struct, frozen=True):
    """A line that could not be read, or not wholly: `file:line: reason; outcome`."""

    file: str
    line: int
    reason: str
    outcome: str = "skipped"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}; {self.outcome}"


class Dictionary(Struct, frozen=True):
    """All that could be read of one file, and what could not."""

    entries: tuple[OwnEntry, ...]
    problems: tuple[Problem, ...] = ()


class RowError(ValueError):
    """What is wrong with a line; the message goes into a `Problem`."""


class Seen:
    """The forms read so far, to find one given twice for the same days.

    Codes of one form for other days are no repetition; of a form with very many, the rest is
    refused.
    """

    def __init__(self) -> None:
        self._days: dict[str, dict[tuple[dt.date | None, dt.date | None], int]] = {}
        self._people: Counter[str] = Counter()

    def add(self, form: str, start: dt.date | None, end: dt.date | None, line: int) -> None:
        """Take note of a form.

        Raises:
            RowError: it has been given for these days, or for too many others.
        """
        days = self._days.setdefault(form.casefold(), {})
        if (start, end) in days:
            raise RowError(f"{shorten(form)!r} is already on line {days[start, end]}")
        if len(days) >= DATED_MOST:
            raise RowError(f"{shorten(form)!r} has more than {DATED_MOST} rows")
        days[start, end] = line

    def person(self, name: str) -> None:
        """Count a row of a person.

        Raises:
            RowError: there are too many.
        """
        self._people[name] += 1
        if self._people[name] > DATED_MOST:
            raise RowError(f"{shorten(name)!r} has more than {DATED_MOST} rows")


def shorten(text: str, size: int = 40) -> str:
    """Make a piece of a file fit for one line of a message."""
    line = "".join(sign if sign.isprintable() else "?" for sign in text[: size + 1])
    return line if len(line) <= size else f"{line[: size - 3]}..."


def check_form(form: str) -> str:
    """Give a form with its blanks put right.

    Raises:
        RowError: nothing in it that could stand in a text.
    """
    plain = " ".join(form.split())
    if not any(map(str.isalnum, plain)):
        raise RowError(f"{shorten(form)!r} has no letters")
    return plain


def check_country(code: str) -> str | None:
    """Give an alpha-3 code of countries.tsv; None for a blank.

    Raises:
        RowError: there is no such code.
    """
    if not code:
        return None
    if code.upper() in countries():
        return code.upper()
    advice = _codes_by_name().get(code.casefold())
    hint = f"write {advice}" if advice else "codes are of three letters, ISO 3166-1"
    raise RowError(f"no such country code as {shorten(code)!r} ({hint})")


def check_sectors(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Give sectors in capitals.

    Raises:
        RowError: one is none of PLOVER's.
    """
    found = tuple(dict.fromkeys(cell.upper() for cell in cells))
    for sector in found:
        if sector not in _sectors():
            raise RowError(f"no such sector as {shorten(sector)!r}")
    return found


def check_days(start: dt.date | None, end: dt.date | None) -> None:
    """See that a range of days runs forward.

    Raises:
        RowError: it ends before it begins.
    """
    if start and end and end < start:
        raise RowError(f"ends on {end}, before it begins on {start}")


@cache
def countries() -> dict[str, known.Country]:
    """The countries of countries.tsv by code."""
    return {country.code: country for country in known.countries()}


@cache
def _codes_by_name() -> dict[str, str]:
    """Names of countries to their codes, for advice on a name in the place of a code."""
    return {
        name.casefold(): country.code
        for country in reversed(known.countries())
        for name in (*country.aliases, country.name)
    }


@cache
def _sectors() -> frozenset[str]:
    return frozenset(ontology.sectors())
