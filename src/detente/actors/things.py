"""Takes away states that only say what a thing is: 'Swiss francs', 'the Lisbon treaty'.

One of the rules of `namesakes`, after `segment`. A chain of nouns after a nationality is read to
its last noun: 'Turkish coffee' names a drink, 'Turkish coffee imports' are Turkey's. In a line that
tells of trade, goods stand for the state that sells them ('tariffs on Chinese silk').
"""

from __future__ import annotations

from functools import lru_cache

from ..knowledge import namesakes
from ..knowledge.namesakes import Thing, word_set
from .draft import words
from .segment import Item, Line

LONGEST_CHAIN = 4
# So many words from 'signed' to its city.
LONGEST_DEAL = 8
# A noun's endings in the plural, and in the singular.
PLURALS = (("ies", "y"), ("ves", "f"), ("ves", "fe"), ("men", "man"), ("es", ""), ("s", ""))
NOUNS = frozenset(("word", "modifier"))
DEED = "deed"


@lru_cache(maxsize=4096)
def thing_of(word: str) -> tuple[Thing | None, bool]:
    """What thing a word names, and whether it is a plural."""
    table = namesakes.things()
    if word in table:
        return table[word], False
    for ending, singular in PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + singular
            if stem in table:
                return table[stem], True
    return None, False


def name_a_thing(line: Line) -> None:
    """Take the meaning from the states of a line that are part of the name of a thing."""
    items = line.items
    for index, item in enumerate(items):
        if item.kind == "seat" and not item.last.poss and _of_city(line, index):
            item.kind = "not"
        if item.kind not in ("adjective", "country", "capital") or item.last.poss:
            continue
        if (
            _of_thing(line, index)
            or _after_food(line, index)
            or _of_city(line, index)
            or (_made_in(line, index) or _of_name(line, index) or _a_danish(line, index))
        ):
            item.kind = "not"


def _of_thing(line: Line, index: int) -> bool:
    """'Damascus steel', 'Rhodesian ridgebacks': whether the nouns after it end in a thing."""
    item = line.items[index]
    last = _chain(line, index + 1)
    if last is None:
        return False
    thing, word, plural = last
    if thing.kind == DEED or (word in words("irregular_pasts") and item.kind != "adjective"):
        return False
    # 'China bars', 'Moscow squirrels away': after a state's own name a plural may be a verb.
    either = plural or line.titled or (item.kind == "country" and item.last.norm.endswith("s"))
    if item.kind != "adjective" and thing.verb and either:
        return False
    return not (thing.kind in word_set("goods") and _tells_of_trade(line))


def _chain(line: Line, index: int) -> tuple[Thing, str, bool] | None:
    """The last noun of a chain that begins at an item, None where a known noun comes first."""
    items = line.items
    last: tuple[Thing, str, bool] | None = None
    for at in range(index, min(index + LONGEST_CHAIN, len(items))):
        item = items[at]
        if item.first.joined:
            return None
        size, word = _compound(items, at)
        thing, plural = thing_of(word)
        if size > 1 and thing is not None:
            return thing, word, plural
        noun = item.kind in NOUNS or word in word_set("function_things")
        if not noun or (item.first.cap and not line.titled):
            break
        if thing is None:
            if last is None and item.first.norm.endswith(tuple(words("adjective_endings"))):
                continue
            break
        last = thing, word, plural
        if plural or item.last.poss or size > 1:
            break
    return None if _after(line, index) else last


def _compound(items: list[Item], at: int) -> tuple[int, str]:
    """The words from an item on that hyphens join ('man-of-war'): how many, and how written."""
    end = at + 1
    while end < len(items) and items[end].first.joined:
        end += 1
    return end - at, " ".join(item.first.norm for item in items[at:end])


def _after(line: Line, index: int) -> bool:
    """Whether a title or noun of an actor ends the chain: 'Indian tea workers'."""
    items = line.items
    for at in range(index, min(index + LONGEST_CHAIN, len(items))):
        kind = items[at].kind
        if kind in ("office", "institution", "sector") and not items[at].first.joined:
            return at > index
        if kind not in NOUNS or (at > index and thing_of(items[at].first.norm)[1]):
            return False
    return False


def _after_food(line: Line, index: int) -> bool:
    """'chicken Kiev', 'beef Wellington': a dish before the name of a city."""
    if not index or line.titled or line.items[index].kind != "capital":
        return False
    before = line.items[index - 1]
    if before.kind != "word" or before.first.cap or before.last.poss:
        return False
    return before.first.norm in word_set("dishes")


def _of_city(line: Line, index: int) -> bool:
    """'the Lisbon treaty', 'Stockholm syndrome', 'the Geneva talks' are of no government."""
    item = line.items[index]
    if item.kind not in ("capital", "seat") or index + 1 >= len(line.items):
        return False
    after = line.items[index + 1]
    at = index + 1
    while at < min(index + 4, len(line.items)) and (
        line.items[at].kind in NOUNS or line.items[at].kind in ("name", "sector")
    ):
        if line.items[at].first.norm in word_set("after_city") | word_set("private_bodies"):
            return not after.first.joined
        at += 1
    return False


def _of_name(line: Line, index: int) -> bool:
    """'Real Madrid', 'Radio Moscow', 'Burma Road': part of a name of some other kind."""
    item = line.items[index]
    if item.kind == "adjective":
        return False
    before = line.items[index - 1] if index else None
    after = line.items[index + 1] if index + 1 < len(line.items) else None
    if before is not None and before.first.cap and before.first.norm in word_set("name_openers"):
        return not before.last.poss and not item.first.joined
    closed = after is not None and after.first.cap and not after.first.joined
    return closed and after is not None and after.first.norm in word_set("name_closers") and (
        not line.titled
    )  # fmt: skip


def _a_danish(line: Line, index: int) -> bool:
    """'a Danish and a coffee': an adjective that is no word for a person, without a noun."""
    item = line.items[index]
    before = line.items[index - 1] if index else None
    if item.kind != "adjective" or item.has("people") or before is None:
        return False
    if before.first.norm not in ("a", "an") or index + 1 >= len(line.items):
        return False
    after = line.items[index + 1]
    if after.kind == "mark":
        return after.first.bare == "."
    shared = line.items[index + 2 : index + 4]
    return after.kind == "conj" and not any(near.kind == "adjective" for near in shared)


def _made_in(line: Line, index: int) -> bool:
    """'a deal signed in Doha': the city is where it was, and its state has no part in it."""
    items = line.items
    if items[index].kind != "capital" or not index or items[index - 1].first.norm != "in":
        return False
    for item in reversed(items[max(index - LONGEST_DEAL, 0) : index - 1]):
        if item.first.norm in word_set("made_in_city"):
            return True
        if item.kind in ("mark", "conj", "speech", "capital") or item.first.norm == "to":
            return False
    return False


def _tells_of_trade(line: Line) -> bool:
    return any(token.norm in word_set("trade_words") for token in line.tokens)
