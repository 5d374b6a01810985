"""Finds the words of a line that point back: pronouns, sets, 'the country', 'its neighbour'.

Used by `reference`, which resolves them. Nothing is resolved here; what is found says only what
kind of antecedent is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from ..knowledge import actors as known
from .clauses import is_verb, reference_words
from .segment import STATES, Item, Line
from .several import set_of

# At most so many words may stand between 'the' and the noun.
MOST_ADJECTIVES = 3
_ADJECTIVES = frozenset(("modifier", "former", "acting", "direction", "word", "name", "adjective",
                         "organisation", "sector", "people"))  # fmt: skip
_POINTING = frozenset(("pair", "latter", "reciprocal", "pronoun"))
_CLOSES = frozenset(("mark", "function", "speech", "conj", "calendar"))


class Pointer(Struct, frozen=True):
    """Items `first` to `last` point back. `noun` is the word that says to what, if any.

    `kind`: pronoun, relative, set, reciprocal, epithet, latter, state, body, own or other. A set
    has `count` members of the kind `sort` (see `set_nouns`), of one `gender` or any; what is
    somebody's ('his country', 'its neighbour') has the item of the owner as `count`.
    """

    kind: str
    first: int
    last: int
    noun: str = ""
    count: int = 0
    sort: str = ""
    gender: str = ""


def pointers(line: Line) -> list[Pointer]:
    """All words of a line that may point back, in its order."""
    items = line.items
    opening, owning = _opening_words(), reference_words("possessives")
    found: list[Pointer | None] = []
    for index, item in enumerate(items):
        if item.kind in _POINTING or item.norm in opening:
            found.append(_at(items, index))
        if item.last.poss or item.norm in owning:
            found.append(_other(items, index))
    return [pointer for pointer in found if pointer is not None]


@cache
def _opening_words() -> frozenset[str]:
    """The words that a pointer of `_at` may open with."""
    words = reference_words("relatives") | reference_words("each_of_two")
    return words | {"the", "both", "either"}


def _at(items: Sequence[Item], index: int) -> Pointer | None:
    item = items[index]
    word = item.norm
    if item.kind == "pair":
        return Pointer("set", index, index, "", 2, item.of("pair")[0].record)
    if item.kind in ("latter", "reciprocal"):
        return Pointer(item.kind, index, index)
    if item.kind == "pronoun":
        return Pointer("pronoun", index, index)
    if word in reference_words("relatives") and index:
        return Pointer("relative", index, index)
    found = _set(items, index)
    if found is not None or item.kind != "article" or word != "the":
        return found
    return _description(items, index)


def _set(items: Sequence[Item], index: int) -> Pointer | None:
    """'the two leaders', 'both', 'neither side', 'the old foes'."""
    numbers = known.references()["numbers"]
    word = items[index].norm
    before = items[index - 1] if index else None
    if word == "the":
        at = index + 1
        counted = next(
            (i for i in range(at, min(at + 2, len(items))) if items[i].norm in numbers), -1
        )
        if counted < 0 or (counted > at and items[at].kind not in _ADJECTIVES):
            return _bare_set(items, index)
        if items[counted].norm not in reference_words("open_sets") and (
            items[counted].norm not in numbers
        ):
            return None
        return _counted(items, index, counted)
    if word in ("both", "either") or word in reference_words("each_of_two"):
        if before is not None and before.norm == "the":
            return None
        return _counted(items, index, index)
    return None


def _counted(items: Sequence[Item], index: int, counted: int) -> Pointer | None:
    """A set from its number on: with a noun, or alone."""
    numbers = known.references()["numbers"]
    count = numbers[items[counted].norm]
    each = items[counted].norm in reference_words("each_of_two")
    for at in range(counted + 1, min(counted + 2 + MOST_ADJECTIVES, len(items))):
        noun = _noun(items[at])
        sort = set_of(noun)
        if not sort and _is_plural_title(items[at], each):
            sort = "person"
        if sort:
            if each == noun.endswith("s") and sort != "person":
                return None
            gender = known.references()["genders"].get(noun, "")
            return Pointer("set", index, at, noun, count, sort, gender)
        if items[at].kind not in _ADJECTIVES or is_verb(items, at):
            break
    after = counted + 1
    alone = after >= len(items) or items[after].kind in _CLOSES or is_verb(items, after)
    both = items[counted].norm == "both"
    if not alone and not both:
        alone = _is_plural_verb(items, after)
    if after < len(items) and items[after].kind == "prep":
        alone = items[after].norm in reference_words("after_sets")
    if alone and items[counted].norm in reference_words("open_sets") and not _is_much(items, after):
        return Pointer("set", index, counted, "", count, "any")
    return None


def _is_plural_verb(items: Sequence[Item], at: int) -> bool:
    """'the four | accuse': a word that is no plural, and no adjective of one."""
    if items[at].kind != "word" or items[at].norm.endswith("s"):
        return False
    after = items[at + 1] if at + 1 < len(items) else None
    return after is None or after.kind != "word" or not after.norm.endswith("s")


def _is_much(items: Sequence[Item], after: int) -> bool:
    """'the two and a half hours': more number follows."""
    return after + 1 < len(items) and items[after].kind == "conj" and items[after + 1].norm == "a"


def _is_plural_title(item: Item, each: bool) -> bool:
    """'ministers', 'generals'; after 'neither' and 'each', the singular."""
    return item.kind in ("office", "sector") and any(
        entry.plural != each for entry in item.of(item.kind)
    )


def _bare_set(items: Sequence[Item], index: int) -> Pointer | None:
    """'the neighbours', 'the Nordic pair'."""
    for at in range(index + 1, min(index + 1 + MOST_ADJECTIVES, len(items))):
        noun = _noun(items[at])
        if noun in reference_words("bare_sets"):
            if _goes_on(items, at):
                return None
            count = known.references()["set_sizes"].get(noun, 2)
            return Pointer("set", index, at, noun, count, set_of(noun))
        if items[at].kind not in _ADJECTIVES:
            return None
    return None


def _description(items: Sequence[Item], index: int) -> Pointer | None:
    """'the country', 'the tiny emirate', 'the group'."""
    for at in range(index + 1, min(index + 1 + MOST_ADJECTIVES, len(items))):
        item = items[at]
        noun = _noun(item)
        adjectives = {items[i].norm for i in range(index + 1, at)}
        named = any(items[i].kind in STATES or items[i].kind == "organisation"
                    for i in range(index + 1, at))  # fmt: skip
        if adjectives & reference_words("other_words"):
            return None
        if item.kind == "epithet" and not _goes_on(items, at):
            return Pointer("epithet", at, at, noun)
        region = next(
            (word for word in sorted(adjectives) if word in reference_words("regions")), ""
        )
        stately = noun in reference_words("state_nouns") or (
            bool(region) and noun in reference_words("region_nouns")
        )
        if stately and (region or not named) and not _goes_on(items, at):
            return Pointer("state", at, at, noun, sort=region)
        if noun in reference_words("body_nouns") and not named and not _goes_on(items, at):
            return Pointer("body", at, at, noun)
        if item.kind not in _ADJECTIVES or is_verb(items, at):
            return None
    return None


def _goes_on(items: Sequence[Item], at: int) -> bool:
    """Whether the noun is part of more: 'the group of 20', 'the island Crete', 'country-wide'."""
    if at + 1 >= len(items):
        return False
    after = items[at + 1]
    if items[at].last.poss:
        return False
    if after.norm == "of":
        named = items[at + 2] if at + 2 < len(items) else None
        return named is None or named.first.cap or named.kind in ("article", "number", "quantity")
    if after.first.joined or after.norm == "where":
        return True
    if after.kind in ("sector", "office", "institution") and not is_verb(items, at + 1):
        return True
    return after.first.cap and after.kind not in ("mark", "calendar")


def _other(items: Sequence[Item], index: int) -> Pointer | None:
    """'its neighbour', 'his host', "China's rival": the other one of two."""
    if index + 1 < len(items) and items[index + 1].norm in reference_words("own_states"):
        return Pointer("own", index + 1, index + 1, items[index + 1].norm, index)
    table = known.references()["other_of_two"]
    for at in range(index + 1, min(index + 3, len(items))):
        noun = _noun(items[at])
        sort = next((sort for sort, nouns in table.items() if noun in nouns), "")
        if sort == "person" and items[index].kind in STATES:
            sort = "state" if noun in table["state"] else ""
        if items[index].norm == "its" and noun in table["state"]:
            sort = "state"
        elif noun in table["person"] and items[index].norm in ("his", "her"):
            sort = "person"
        if sort:
            return None if _goes_on(items, at) else Pointer("other", at, at, noun, index, sort)
        if items[at].kind not in ("modifier", "direction", "former"):
            return None
    return None


def _noun(item: Item) -> str:
    return item.norm if item.j == item.i + 1 else " ".join(
        (item.first.norm, item.last.norm)
    )  # fmt: skip
