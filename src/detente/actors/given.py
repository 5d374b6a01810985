"""Tells persons from states and things of their name: 'John Ireland', 'the starting XI'.

One of the rules of `namesakes`, after `segment`, and the question of `settle` whether a family name
that is also a word stands for a person. Given names are those of people.tsv.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from ..knowledge import actors as known
from ..knowledge.namesakes import word_set
from .draft import Draft, verb_endings, words
from .forms import norm_of
from .lexicon import Entry, Lexicon
from .people import prominent
from .segment import STATES, Item, Line, Setting, opens

# Titles that are family names as well: 'Major', 'Bishop', 'King'.
TITLES = frozenset(("office", "sector", "epithet", "seat"))
# So often a word must be a given name, and more often than a family name.
OFTEN = 2


@cache
def given_names() -> frozenset[str]:
    """Words that open the names of people more often than they are family names."""
    people = {term.name: term for term in known.terms()}
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for name, term in people.items():
        parts = norm_of(name).split()
        if len(parts) > 1:
            first[parts[0]] += 1
        last.update({norm_of(family) for family in term.family})
    return frozenset(
        name for name, count in first.items() if count >= OFTEN and count > 3 * last[name]
    )


def name_persons(line: Line, setting: Setting, lexicon: Lexicon) -> None:
    """Take the meaning from states and family names that are part of another name in a line.

    A capitalised title without an article that is the family name of somebody in high office on
    the day is that person: 'Major and the Irish premier'.
    """
    for index, item in enumerate(line.items):
        if item.kind in TITLES and item.has("family"):
            people = lexicon.families.get(item.first.norm, [])
            if _names_holder(line, index) and prominent(people, setting.date, lexicon):
                item.kind = "family"
            continue
        if item.kind == "calendar" and item.first.cap and is_person(line, index):
            people = lexicon.families.get(item.first.norm, [])
            if prominent(people, setting.date, lexicon):
                item.kind = "family"
                item.entries = (Entry("family", item.first.norm),)
        elif item.kind in ("country", "capital") and _has_given_name(line, index):
            item.kind = "name"
        elif item.kind in ("family", "mononym") and _is_numeral(line, index):
            item.kind = "not"


def _names_holder(line: Line, index: int) -> bool:
    """Whether a title stands as a family name does."""
    item = line.items[index]
    return item.j == item.i + 1 and not item.of("sector") and is_person(line, index)


def _has_given_name(line: Line, index: int) -> bool:
    """'John Ireland', 'Kathy Ireland': a given name right before."""
    item = line.items[index]
    if not index or item.first.joined or line.titled or item.j > item.i + 1:
        return False
    before = line.items[index - 1]
    titled = index > 1 and line.items[index - 2].kind == "honorific"
    if before.kind not in ("name", "family") or before.last.poss or not before.first.cap:
        return False
    return before.j == before.i + 1 and (titled or before.first.norm in given_names())


def _is_numeral(line: Line, index: int) -> bool:
    """'the starting XI', 'Louis XI': a family name in capitals where others are not."""
    item = line.items[index]
    if item.j > item.i + 1 or line.titled or not item.first.bare.isupper():
        return False
    if len(item.first.bare) < 2:
        return False
    before = line.items[index - 1] if index else None
    after = line.items[index + 1] if index + 1 < len(line.items) else None
    if before is not None and before.first.norm in word_set("numbered"):
        return True
    # 'Emmanuel MACRON' and 'XI Jinping' are written so on purpose.
    named = any(near is not None and near.kind in ("name", "office", "honorific")
                for near in (before, after))  # fmt: skip
    return not named and set(item.first.bare) <= set("IVXLC")


def stands_as_name(draft: Draft) -> bool:
    """Whether a family name that is also a word ('Rice', 'Park') is a person where it stands.

    Inside a sentence its capital says so; where a sentence opens, a verb of people must follow, or
    'and' with another actor. Months and what a noun follows are none.
    """
    return draft.line.items[draft.first].kind == "family" and is_person(draft.line, draft.first)


def is_person(line: Line, index: int) -> bool:
    """The same of an item of a line."""
    item = line.items[index]
    if line.titled or not item.first.cap or item.first.cls == "function":
        return False
    before = line.items[index - 1] if index else None
    after = line.items[index + 1] if index + 1 < len(line.items) else None
    if before is not None and (before.kind in ("article", "name") or before.first.norm == "like"):
        return False
    if after is not None and (after.first.joined or after.first.cap):
        return False
    if item.first.cls == "calendar":
        told = before is not None and (
            before.kind == "speech" or before.first.norm in word_set("person_verbs")
        )
        speaks = after is not None and after.kind == "speech" and not _after_time(before)
        return speaks or (told and after is not None and after.kind != "number")
    if opens(line, index):
        return item.last.poss or _acts(line, index + 1) or (
            item.first.norm not in word_set("mass_families") and _is_past(after)
        )  # fmt: skip
    return item.last.poss or after is None or not _noun(after)


def _is_past(after: Item | None) -> bool:
    """Whether a verb in the past follows: a name, since a noun would have its article."""
    if after is None or after.kind not in ("word", "function", "speech"):
        return False
    norm = after.first.norm
    return norm.endswith(verb_endings()[:1]) or norm in words("irregular_pasts")


def _after_time(before: Item | None) -> bool:
    """'in May', 'last May': no person."""
    return before is not None and (before.kind == "prep" or before.first.norm in ("last", "next"))


def _acts(line: Line, index: int) -> bool:
    """Whether a verb of people follows, or 'and' and another actor."""
    if index >= len(line.items):
        return False
    after = line.items[index]
    if after.kind == "speech" or after.first.norm in word_set("person_verbs"):
        return True
    if after.kind != "conj":
        return False
    index += 1
    index += index < len(line.items) and line.items[index].kind == "article"
    if index >= len(line.items):
        return False
    nearby = line.items[index]
    return nearby.kind in STATES or nearby.kind in ("office", "person", "family")


def _noun(after: Item) -> bool:
    """Whether a noun follows that the word would describe: 'Park rangers', 'Bush fires'."""
    if after.kind in ("sector", "office", "institution"):
        return not after.first.cap
    return False


__all__ = ["given_names", "is_person", "name_persons", "stands_as_name"]
