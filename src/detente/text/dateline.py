"""Reads the dateline of a story: 'WASHINGTON, June 17 (Reuters) - '.

Serves `masthead`. The forms are those of the world's agencies: place, perhaps a day, perhaps the
agency in brackets or between slashes, and a dash, a colon or nothing. What it leaves out: a place
in small letters without agency, day or dash, which is simply how a sentence begins.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from detente.knowledge.press import agencies, masthead_words, months
from detente.text.normal import plain
from detente.text.sentences import ends_with_stop

# Characters at the start of a paragraph among which a dateline is looked for.
REACH = 160
# Words that must follow a place without agency or day, or it may be any short line.
WORDS = 10
_PLACE = r"[^\W\d_][\w.'’ʻ]{0,30}(?:[ -][^\W\d_][\w.'’ʻ]{0,30}){0,5}"
_PLACES = rf"{_PLACE}(?:\s?/\s?{_PLACE}){{0,3}}(?:,\s{_PLACE}|\s\[{_PLACE}\]){{0,2}}"
_DASH = r"(?:--|[-–—―]|-\s-)"


class Dateline(Struct, frozen=True):
    """A dateline: its end in the paragraph, and what it says. `year` is None where not written."""

    end: int
    place: str | None = None
    agency: str | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None


def read_dateline(paragraph: str, *, colon: bool = True) -> Dateline | None:
    """Read the dateline that a paragraph begins with, None where there is none.

    `colon` allows 'ISLAMABAD: The ...', which in a transcript would be a speaker.
    """
    head = paragraph[:REACH]
    for shape in _shapes():
        match = shape.match(head)
        if match:
            found = _checked(paragraph, match, colon)
            if found:
                return found
    return None


def agency_named(form: str) -> str | None:
    """Return our name for an agency by any form of its name, None if it is none."""
    key = form.strip(" /()[].,:-–—")
    return _forms().get(key) or _forms().get(key.upper())


def title_case(place: str) -> str:
    """Return a place that stands in capitals in the usual letters: 'RIO DE JANEIRO' and so on.

    Words that are not in capitals are left as they stand.
    """
    words = re.split(r"([\s/\-,\[\]]+)", place)
    return "".join(_word_case(word, k) for k, word in enumerate(words))


def _word_case(word: str, position: int) -> str:
    known = masthead_words()
    key = plain(word)
    if not word.isupper() or key in known.keep_capitals:
        return word
    if position and key in known.small_words:
        return word.lower()
    if len(word) > 2 and word[1] in "'’":
        return word[0] + word[1] + word[2:].capitalize()
    if word.startswith("MC") and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    return word.capitalize()


def _checked(paragraph: str, match: re.Match[str], colon: bool) -> Dateline | None:
    parts = {name: value for name, value in match.groupdict().items() if value}
    place = _without_weekday(parts.get("place"))
    source = parts.get("agency") or parts.get("slashed") or parts.get("bare")
    ending = parts.get("ending") or parts.get("colon") or ""
    agency = agency_named(source) if source else None
    in_bracket = "agency" in parts and place and source and _is_unknown_agency(source, ending)
    if source and agency is None and not in_bracket:
        return None
    month = parts.get("month") or parts.get("month2")
    rest = paragraph[match.end() :]
    if not rest.strip() or rest.lstrip(" \"“'‘([")[:1].islower():
        return None
    if place and not _is_sure(place, bool(source), bool(month), ending, rest, colon):
        return None
    if not place and not source:
        return None
    return Dateline(
        end=match.end(),
        place=title_case(place.strip(" ,.")) if place else None,
        agency=agency,
        month=months()[plain(month).rstrip(".")] if month else None,
        day=int(parts.get("day") or parts.get("day2") or 0) or None,
        year=int(parts["year"]) if "year" in parts else None,
    )


def _without_weekday(place: str | None) -> str | None:
    """'RAMALLAH, Tuesday' to 'RAMALLAH'."""
    if not place:
        return None
    head, comma, last = place.rpartition(",")
    return head if comma and plain(last) in masthead_words().weekdays else place


def _is_unknown_agency(source: str, ending: str) -> bool:
    """A bracket in the agency's place that is in no table: short, capitals, with a dash behind."""
    words = source.split()
    return bool(ending) and len(words) <= 4 and all(word[0].isupper() for word in words)


def _is_sure(place: str, source: bool, dated: bool, ending: str, rest: str, colon: bool) -> bool:
    if plain(place).strip(" .") in masthead_words().not_places:
        return False
    if place[0].islower() or not _capitalised(place):
        return False
    capitals = place.partition(",")[0].partition("[")[0].strip().isupper()
    if source:
        return capitals or dated or bool(ending)
    if ending == ":":
        return colon and capitals and len(place) > 2 and rest.count(" ") >= WORDS
    if dated or capitals:
        return bool(ending) and len(place) > 2
    # 'Kyiv - The ...': no second dash may close what would be an insertion.
    single = len(place.split()) <= 3 and not re.search(rf"\s{_DASH}\s", rest[:200])
    return bool(ending) and single and rest.count(" ") >= WORDS and ends_with_stop(rest)


def _capitalised(place: str) -> bool:
    small = masthead_words().small_words
    words = re.findall(r"[^\W\d_][\w.'’]*", place)
    return all(word[0].isupper() or plain(word) in small for word in words)


@cache
def _forms() -> dict[str, str]:
    """Return every way an agency is written, as it is and in capitals, with our name for it."""
    forms: dict[str, str] = {}
    for agency in agencies():
        for form in agency.forms:
            forms.setdefault(form, agency.name)
            forms.setdefault(form.upper(), agency.name)
    return forms


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    """Return the forms of datelines, the fullest first."""
    month = "|".join(sorted(months(), key=lambda name: (-len(name), name)))
    weekdays = "|".join(masthead_words().weekdays)
    day = (
        rf"(?:(?i:{weekdays}),?\s)?"
        rf"(?:(?P<month>(?i:{month}))\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month2>(?i:{month}))\.?)"
        rf"(?:,?\s(?P<year>(?:19|20)\d\d))?"
    )
    agency = (
        r"(?:[(\[]\s?(?P<agency>[^()\[\]\d]{2,40}?)\s?(?:/[^()\[\]]{2,20})?[)\]]"
        r"|/(?P<slashed>[A-Z][\w -]{1,20})/\.?)"
    )
    ending = rf"\s*(?P<ending>{_DASH}(?=\s|[\"“A-Z])|:(?=\s))?\s*"
    gap = r"[,.]?\s{1,3}"
    shapes = [
        rf"(?P<place>{_PLACES}){gap}{day}[,.]?\s?{agency}{ending}",
        rf"(?P<place>{_PLACES}),?\s{{1,3}}{agency}{ending}",
        rf"{day},?\s?{agency}{ending}",
        rf"{agency}\s*(?P<ending>{_DASH})\s*",
        rf"(?P<place>{_PLACES}){gap}{day},\s(?P<bare>[A-Z][A-Za-z]{{1,14}})\s?(?P<ending>{_DASH})\s*",
        rf"(?P<place>{_PLACES}){gap}{day}[,.]?{ending}",
        rf"(?P<place>{_PLACES}),\s(?P<bare>[A-Z][A-Za-z]{{1,14}})\s?(?P<ending>{_DASH})\s*",
        rf"(?P<place>{_PLACES})\.\s(?P<bare>[A-Z]{{3,14}})\s?(?P<ending>{_DASH})?\s*",
        rf"(?P<place>{_PLACES}),?(?:\s+(?P<ending>{_DASH})|(?P<colon>:))\s+",
    ]
    return tuple(re.compile(shape) for shape in shapes)
