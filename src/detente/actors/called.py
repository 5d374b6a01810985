"""Tells what people, works, ships and houses are called from the states and seats of the name.

One of the rules of `namesakes`, after `segment`: 'his daughter India', 'the band Berlin', 'the
Kremlin nightclub', 'speaks Korean', '30 AU from the sun'. It reads the words beside a name only.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..knowledge.namesakes import word_set
from .segment import Item, Line
from .things import thing_of

PLACES = frozenset(("country", "capital"))
BODIES = frozenset(("seat", "organisation", "institution", "group", "sector", "office"))
QUOTES = frozenset("\"'“”‘’«»")
# So many items from the mark that opens a title to a name in it.
LONGEST_TITLE = 4
# An acronym of so many letters after a number may be a unit.
LONGEST_UNIT = 3
OPEN = frozenset(("mark", "prep", "conj", "function"))


def name_the_called(line: Line) -> None:
    """Take the meaning from names that are what something else is called."""
    for index, item in enumerate(line.items):
        if item.kind in PLACES and not line.titled and _is_called(line, index):
            item.kind = "name"
        elif _is_other(line, index):
            item.kind = "not"


def _is_other(line: Line, index: int) -> bool:
    """Whether a house, a language, a unit or a swarm has the name."""
    kind = line.items[index].kind
    if kind == "adjective":
        return _is_language(line.items, index)
    if kind in ("capital", "seat") and _is_house(line.items, index):
        return True
    return kind in BODIES and (_is_unit(line.items, index) or _of_beasts(line, index))


def _is_called(line: Line, index: int) -> bool:
    items = line.items
    item = items[index]
    if item.first.joined:
        return False
    before = items[index - 1] if index else None
    if before is not None and not before.last.poss and before.first.norm in word_set("kin"):
        return _named_so(items, index) if before.first.norm in word_set("naming_words") else True
    if _has_age(items, index) or _is_title(items, index):
        return True
    if before is not None and before.last.norm in word_set("works") and not before.last.poss:
        return _stands_alone(items, index + 1)
    return _is_work_after(items, index)


def _named_so(items: Sequence[Item], index: int) -> bool:
    """'a boy called Israel', and not 'called Israel to account'."""
    noun = items[index - 2] if index > 1 else None
    return noun is not None and noun.kind in ("sector", "word") and noun.last.norm in (
        word_set("kin") | word_set("private_roles") | word_set("works")
    )  # fmt: skip


def _has_age(items: Sequence[Item], index: int) -> bool:
    """'Georgia, 9, and her brother': a child's name."""
    around = items[index + 1 : index + 4]
    if len(around) < 3 or items[index].kind != "country":
        return False
    age = around[1].first.norm
    commas = around[0].first.bare == around[2].first.bare == ","
    return commas and age.isdecimal() and len(age) < 3


def _is_title(items: Sequence[Item], index: int) -> bool:
    """'the novel "Moscow 2042"': inside the quoted title of a work."""
    for at in range(index - 1, max(index - 1 - LONGEST_TITLE, 0), -1):
        if items[at].first.bare in QUOTES:
            return items[at - 1].last.norm in word_set("works")
        if items[at].kind == "mark":
            return False
    return False


def _stands_alone(items: Sequence[Item], at: int) -> bool:
    """Whether a name ends here, and does not go on as 'the ship Iran seized'."""
    if items[at - 1].last.poss:
        return True
    after = items[at] if at < len(items) else None
    return after is None or after.kind in OPEN or after.first.norm in word_set("work_verbs")


def _is_work_after(items: Sequence[Item], index: int) -> bool:
    """'Japan, the band,': what it is, between commas after it."""
    around = items[index + 1 : index + 5]
    if len(around) < 4 or around[0].first.bare != "," or around[1].kind != "article":
        return False
    return around[2].last.norm in word_set("works") and around[3].kind == "mark"


def _is_house(items: Sequence[Item], index: int) -> bool:
    """'the Pentagon shopping centre', 'the White House pub'."""
    after = items[index + 1] if index + 1 < len(items) else None
    return after is not None and not items[index].last.poss and not after.first.joined and (
        after.first.norm in word_set("businesses")
    )  # fmt: skip


def _is_language(items: Sequence[Item], index: int) -> bool:
    """'speaks Korean', 'in Russian': an adjective without a noun after words of language."""
    item = items[index]
    if not index or item.first.joined or item.last.poss:
        return False
    before = items[index - 1].first.norm
    after = items[index + 1] if index + 1 < len(items) else None
    alone = after is None or after.kind in OPEN - {"function"}
    if after is not None and after.kind == "conj" and index + 2 < len(items):
        shared = items[index + 2]
        alone = shared.kind != "adjective" or _is_language(items, index + 2) or (
            index + 3 >= len(items) or items[index + 3].kind in OPEN
        )  # fmt: skip
    return alone and before in word_set("language_verbs")


def _is_unit(items: Sequence[Item], index: int) -> bool:
    """'30 AU from the sun', '16 GB': letters after a number that count something."""
    item = items[index]
    if not index or item.j > item.i + 1 or items[index - 1].kind != "number":
        return False
    if not item.first.bare.isupper() or len(item.first.bare) > LONGEST_UNIT:
        return False
    after = items[index + 1] if index + 1 < len(items) else None
    return after is None or after.kind in OPEN


def _of_beasts(line: Line, index: int) -> bool:
    """'troops of baboons', 'an army of ants', 'a police drama'."""
    items = line.items
    item = items[index]
    if item.last.poss or item.kind == "organisation" or index + 1 >= len(items):
        return False
    after = items[index + 1]
    if after.first.norm == "of" and index + 2 < len(items):
        thing, plural = thing_of(items[index + 2].first.norm)
        return items[index + 2].kind == "word" and plural and thing is not None and (
            thing.kind == "animal"
        )  # fmt: skip
    thing, _ = thing_of(after.first.norm)
    single = item.j == item.i + 1 and not item.first.cap and after.kind == "word"
    return single and item.kind in ("institution", "sector") and not after.first.joined and (
        thing is not None and thing.kind in ("animal", "art", "music") and not thing.verb
    )  # fmt: skip
