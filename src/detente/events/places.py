"""Finds the places a text names: 'in Geneva', 'near Kursk', 'Birmingham, Alabama'.

Comes after the sentences; the coder picks the place of an event among what this finds. Names are
those of the gazetteer (`knowledge/places.py`), matched whole and with their capitals. A name that
several places bear means the one whose country stands beside it, else the one of the home country
if it is not much smaller, else the largest. Left out: streets and buildings, places described and
not named ('the border town'), and whether a capital stands for its government: that is `actors/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from msgspec import Struct

from detente.knowledge.places import (
    PlaceEntry,
    automaton,
    gazetteer,
    nationalities,
    not_places,
    place_words,
    straight,
)
from detente.model import Place

# A place at home is meant if it has at least this part of the people of its largest namesake.
HOME_SHARE = 1 / 20
STATES_OF = ("USA", "CAN")  # countries whose towns are written with their state
WINDOW = 60  # characters before a name in which its preposition and nationality are looked for

_WORD_BEFORE = re.compile(r"([\w.'-]+) \Z")
_WORD_AFTER = re.compile(r" ([\w'-]+)")
# Between a city and its country: those that make one phrase, and those that do not.
_JOINED = (", ", " (", ", in ")
_APART = (" in ", " in northern ", " in southern ", " in eastern ", " in western ")


class PlaceMention(Struct, frozen=True):
    """A place named in a text. `kind`: country capital city region sea island strait site.

    `lead` is the preposition that puts something there ("in", "near" ...), "" where none does.
    """

    start: int
    end: int
    text: str
    place: Place
    kind: str
    lead: str = ""


class _Hit(NamedTuple):
    start: int
    end: int
    name: str


def find_places(
    text: str, offset: int = 0, home: str | None = None, casefold: bool = False
) -> list[PlaceMention]:
    """Find the places named in a text, in order, none overlapping; the longest name wins.

    `offset` is added to every position. `home` is the country (ISO alpha-3) whose places are
    preferred where a name is shared. `casefold` also takes names written all in capitals
    ('GENEVA'), as in datelines and headlines.
    """
    plain = straight(text)
    hits = _longest(_hits(plain, casefold))
    mentions: list[PlaceMention] = []
    skip = False
    for hit, following in zip_longest(hits, hits[1:]):
        if skip:
            skip = False
            continue
        entry, end = _choose(plain, hit, following, home)
        lead = _lead(plain, hit.start)
        beside = end > hit.end
        if entry is None or not _is_place(plain, hit, end, lead, beside):
            continue
        skip = beside
        mentions.append(
            PlaceMention(
                start=hit.start + offset,
                end=end + offset,
                text=text[hit.start : end],
                place=Place(entry.name, entry.country, entry.latitude, entry.longitude),
                kind=entry.kind,
                lead=lead,
            )
        )
    return mentions


# ── Finding names ───────────────────────────────────────────────────────────────────────────────


def _hits(text: str, casefold: bool) -> Iterator[_Hit]:
    for last, name in automaton().iter(text):
        hit = _Hit(last + 1 - len(name), last + 1, name)
        if _whole(text, hit):
            yield hit
    if casefold:
        for last, name in automaton(upper=True).iter(text):
            hit = _Hit(last + 1 - len(name.upper()), last + 1, name)
            if _whole(text, hit):
                yield hit


def _whole(text: str, hit: _Hit) -> bool:
    """Whether the name stands as a word of its own, not in 'Georgian' or 'Moscow-backed'."""
    before = text[hit.start - 1] if hit.start else " "
    after = text[hit.end : hit.end + 2] + "  "
    if before.isalnum() or before in "-_@#/." or after[0].isalnum() or after[0] in "_@":
        return False
    return not (after[0] in "-/." and after[1].isalnum())


def _longest(hits: Iterator[_Hit]) -> list[_Hit]:
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, h.name)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


# ── Which of several ────────────────────────────────────────────────────────────────────────────


def _choose(
    text: str, hit: _Hit, following: _Hit | None, home: str | None
) -> tuple[PlaceEntry | None, int]:
    """The place meant, and where its phrase ends ('Tripoli, Lebanon' is one)."""
    entries = gazetteer().get(hit.name)
    if not entries:
        return None, hit.end
    if following:
        gap = text[hit.end : following.start]
        if gap in _JOINED or gap in _APART:
            wholes = gazetteer().get(following.name)
            chosen = _inside(entries, wholes) or _unlisted(text, hit, following, wholes)
            if chosen:
                closing = gap == " (" and text[following.end : following.end + 1] == ")"
                return chosen, hit.end if gap in _APART else following.end + closing
    if len(entries) == 1 or entries[0].kind == "country":
        return entries[0], hit.end
    country = _country_before(text[max(0, hit.start - WINDOW) : hit.start])
    named = next((entry for entry in entries if country and entry.country == country), None)
    return named or _at_home(entries, home), hit.end


def _inside(entries: Sequence[PlaceEntry], wholes: Sequence[PlaceEntry]) -> PlaceEntry | None:
    """The place that lies in the country or state named after it."""
    for whole in wholes:
        for entry in entries:
            if entry.kind == "country" or entry.country != whole.country:
                continue
            if whole.kind == "country" or (whole.kind == "region" and entry.region == whole.name):
                return entry
    return None


def _unlisted(
    text: str, hit: _Hit, following: _Hit, wholes: Sequence[PlaceEntry]
) -> PlaceEntry | None:
    """A town too small for the tables, known by its state: 'Paris, Texas' is not the capital."""
    if text[hit.end : following.start] != ", " or text.startswith(" and ", following.end):
        return None
    states = [whole for whole in wholes if whole.kind == "region" and whole.country in STATES_OF]
    if not states or wholes[0].kind == "country":
        return None
    return PlaceEntry(hit.name, states[0].country, None, None, "city", 0, states[0].name)


def _country_before(before: str) -> str | None:
    """The country that the words before name: 'Lebanon's', 'the Lebanese city of'."""
    words = before.split()
    known = nationalities()
    if words and words[-1] == "of":
        reach = words[-5:-1]
    else:
        reach = [word for word in words[-3:-1] if word.endswith("'s")] + words[-1:]
    for word in reversed(reach):
        code = known.get(word.removesuffix("'s"))
        if code:
            return code
    return None


def _at_home(entries: Sequence[PlaceEntry], home: str | None) -> PlaceEntry:
    for entry in entries:
        if entry.country == home and entry.weight >= entries[0].weight * HOME_SHARE:
            return entry
    return entries[0]


# ── Whether it is a place ───────────────────────────────────────────────────────────────────────


def _is_place(text: str, hit: _Hit, end: int, lead: str, beside: bool) -> bool:
    """Whether the name means a place here; `beside`: its country stands beside it."""
    unless = not_places().get(hit.name, "always")
    touched = _touched(text, hit, end)
    if unless == "":
        return False
    if _word_after(text, end) in place_words().names_a_thing:
        return False
    if beside:
        return True
    if unless == "country":
        return False
    if unless == "in" and (lead not in place_words().firm_prepositions or touched):
        return False
    if unless == "alone" and (touched or _word_after(text, end)[:1].isupper()):
        return False
    return not touched


def _touched(text: str, hit: _Hit, end: int) -> bool:
    """Whether a name stands right before, inside a sentence: 'President Lincoln', 'Air France'."""
    found = _WORD_BEFORE.search(text[max(0, hit.start - WINDOW) : hit.start])
    if not found:
        return False
    word = found.group(1)
    if not word[0].isupper() or word.isupper() or word in place_words().may_precede:
        return False
    if word.endswith((".", "'s")) or word in nationalities():
        return False
    start = hit.start - len(word) - 1
    return bool(text[:start].rstrip(" ")[-1:].isalnum() or text[:start].endswith(", "))


def _word_after(text: str, end: int) -> str:
    found = _WORD_AFTER.match(text, end, end + 40)
    return found.group(1) if found else ""


def _lead(text: str, start: int) -> str:
    """The preposition of place before a name: 'in' of 'in the northern city of Homs'."""
    words = place_words()
    before = text[max(0, start - WINDOW) : start]
    if not before.endswith(" "):
        return ""
    known = nationalities()
    for word in reversed(before.split()[-6:]):
        if word.lower() in words.prepositions:
            return word.lower()
        if word.lower() not in words.fillers and word.removesuffix("'s") not in known:
            return ""
    return ""
