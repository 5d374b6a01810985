"""Loads the patterns of date expressions from `knowledge/dates.yaml`.

Comes before `text/date_matcher.py`, which looks for them. It knows what a pattern is (its language
is explained at the head of that file), not what a date means: that is `text/date_resolve.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from detente.knowledge.tables import load_yaml

Phrases = dict[str, list[tuple[tuple[str, ...], str, Any]]]  # first word: (words, class, value)


class Element(NamedTuple):
    """One element of a pattern: any of these words or classes."""

    words: frozenset[str]
    classes: tuple[str, ...]
    optional: bool
    negated: bool


class Rule(NamedTuple):
    """A pattern made ready. `open` and `close` are the places of the brackets in `elements`.

    `needs` has for each element that a match cannot do without the words and classes of which the
    text must hold one; `number` tells the rules apart.
    """

    number: int
    needs: tuple[frozenset[str], ...]
    form: str
    kind: str | None
    fixed: tuple[tuple[str, Any], ...]
    elements: tuple[Element, ...]
    open: int
    close: int


class Grammar(NamedTuple):
    """The knowledge of `dates.yaml`, ready for use."""

    phrases: Phrases
    capital_only: frozenset[str]
    short_months: frozenset[str]
    stops: frozenset[str]
    rules: tuple[Rule, ...]
    by_word: dict[str, tuple[Rule, ...]]
    by_class: dict[str, tuple[Rule, ...]]
    leads: dict[str, list[tuple[tuple[str, ...], str]]]  # last word: (words, kind)
    lead_fillers: frozenset[str]
    not_after: frozenset[str]
    length_cues: frozenset[str]
    open_spans: dict[str, int]
    seasons: dict[str, int]


@cache
def grammar() -> Grammar:
    """Load the grammar once."""
    raw = load_yaml("dates.yaml")
    rules = tuple(rule._replace(number=number) for number, rule in enumerate(_rules(raw)))
    leads: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in raw["leads"].items():
        for phrase in sorted(phrases, key=len, reverse=True):
            words = tuple(phrase.split())
            leads.setdefault(words[-1], []).append((words, kind))
    by_word: dict[str, list[Rule]] = {}
    by_class: dict[str, list[Rule]] = {}
    for rule in rules:
        for element in _firsts(rule.elements):
            for word in element.words:
                by_word.setdefault(word, []).append(rule)
            for name in element.classes:
                by_class.setdefault(name.removesuffix("NONE"), []).append(rule)
    return Grammar(
        phrases=_phrases(raw["words"]),
        capital_only=frozenset(raw["capital_only"]),
        short_months=_short_months(raw["words"]["MONTH"]),
        stops=frozenset(raw["stops"]),
        rules=rules,
        by_word={word: tuple(found) for word, found in by_word.items()},
        by_class={name: tuple(found) for name, found in by_class.items()},
        leads=leads,
        lead_fillers=frozenset(raw["lead_fillers"]),
        not_after=frozenset(raw["not_after"]),
        length_cues=frozenset(raw["length_cues"]),
        open_spans=raw["open_spans"],
        seasons=raw["seasons"],
    )


def _short_months(months: Mapping[str, int]) -> frozenset[str]:
    """The names of months that are not the longest for their month."""
    longest = {months[name]: name for name in sorted(months, key=len)}
    return frozenset(name for name in months if longest[months[name]] != name)


def _phrases(words: Mapping[str, Any]) -> Phrases:
    found: Phrases = {}
    for name, entries in words.items():
        pairs = entries.items() if isinstance(entries, dict) else ((word, word) for word in entries)
        for phrase, value in pairs:
            parts = tuple(str(phrase).split())
            found.setdefault(parts[0], []).append((parts, name, value))
    return found


def _rules(raw: Mapping[str, Any]) -> Iterator[Rule]:
    for entry in raw["rules"]:
        for pattern in entry["patterns"]:
            yield _rule(pattern, entry["form"], entry.get("kind"), entry.get("with", {}))
    for entry in raw["holidays"]:
        fixed = {key: entry[key] for key in ("month", "day", "easter") if key in entry}
        form = "easter" if "easter" in entry else "day"
        for name in entry["names"]:
            for pattern in (f"WHICH? {name}", f"{name} ,? of? YEAR"):
                yield _rule(pattern, form, None, {**fixed, "capital": True, "nearest": 1})
            yield _rule(f"{name} WHICH year", form, None, {**fixed, "capital": True})
    for entry in raw["named_days"]:
        day = entry["date"]
        fixed = {"year": day.year, "month": day.month, "day": day.day}
        for pattern in entry["patterns"]:
            yield _rule(pattern, "named", None, fixed)
    for pattern in raw["not_dates"]:
        yield _rule(pattern, "none", None, {})


def _rule(pattern: str, form: str, kind: str | None, fixed: Mapping[str, Any]) -> Rule:
    elements: list[Element] = []
    first, last = 0, -1
    for part in pattern.split():
        if part == "[":
            first = len(elements)
        elif part == "]":
            last = len(elements)
        else:
            elements.append(_element(part))
    if last < 0:
        last = next((i for i, e in enumerate(elements) if e.negated), len(elements))
        last -= bool(elements) and elements[last - 1].classes == ("STOP",)
    return Rule(
        0, tuple(_needs(elements)), form, kind, tuple(sorted(fixed.items())), tuple(elements),
        first, last,
    )  # fmt: skip


def _needs(elements: Sequence[Element]) -> Iterator[frozenset[str]]:
    for element in elements:
        if not (element.optional or element.negated or element.classes == ("STOP",)):
            yield element.words | {name.removesuffix("NONE") for name in element.classes}


def _element(part: str) -> Element:
    negated = part.startswith("!") and len(part) > 1
    optional = part.endswith("?") and len(part) > 1
    options = part[negated : len(part) - optional].split("|")
    classes = tuple(option for option in options if option.isupper() and len(option) > 1)
    words = frozenset(option for option in options if option not in classes)
    return Element(words, classes, optional, negated)


def _firsts(elements: Sequence[Element]) -> Iterator[Element]:
    """The elements that a match may begin with."""
    for element in elements:
        yield element
        if not element.optional:
            return
