"""Cuts a line of tokens into items: known names, titles and nouns, and the words between them.

Comes after `lexicon`; feeds `phrase`. The longest form wins; where a state's name is part of
another name ('China Eastern', 'Air France', 'Jordan Peterson') the item is no state. It does not
combine items into phrases.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from ..knowledge import actors as known
from ..knowledge.actors import Country
from .lexicon import Entry, Lexicon
from .tokens import Token

# Of the meanings of one form, the first kind in this list that is present decides.
ORDER = (
    "not", "pair", "reciprocal", "latter", "counterpart", "person", "mononym", "organisation",
    "institution", "country", "adjective", "people", "capital", "seat", "group", "office", "sector",
    "epithet", "family",
)  # fmt: skip
_RANK = {kind: rank for rank, kind in enumerate(ORDER)}
STATES = frozenset(("country", "adjective", "people", "capital"))


class Item:
    """Tokens `i` to `j` of a line, and what they are. `kind` is a table's or a class of words.

    `local` marks a town or region: it says whose a title is, and is no actor by itself. `norm` is
    the first word in lower case.
    """

    __slots__ = ("entries", "first", "i", "j", "kind", "last", "local", "norm")

    def __init__(self, kind: str, i: int, j: int, line: Sequence[Token], entries: Any = ()) -> None:
        self.kind = kind
        self.i = i
        self.j = j
        self.first = line[i]
        self.norm = self.first.norm
        self.last = line[j - 1]
        self.entries: tuple[Entry, ...] = entries
        self.local = False

    def __repr__(self) -> str:
        return f"<{self.kind} {self.first.bare}..{self.last.bare}>"

    def of(self, kind: str) -> list[Entry]:
        """The meanings of this kind."""
        return [entry for entry in self.entries if entry.kind == kind]

    def has(self, kind: str) -> bool:
        """Whether it can be of this kind."""
        return any(entry.kind == kind for entry in self.entries)


class Setting(Struct, frozen=True):
    """What is known of the text around a line: the day, and all words of the story."""

    date: dt.date | None = None
    words: frozenset[str] = frozenset()
    phrase: bool = False


class Line:
    """A sentence as items. `titled`: its words are capitalised, so capitals tell nothing."""

    def __init__(self, tokens: list[Token], items: list[Item], titled: bool) -> None:
        self.tokens = tokens
        self.items = items
        self.titled = titled


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(known.grammar()[key])


@cache
def _homonyms() -> dict[str, Any]:
    return {
        name: (frozenset(row["not"]), frozenset(row["state"]), row.get("person", False))
        for name, row in known.grammar()["homonyms"].items()
    }


def segment(tokens: list[Token], lexicon: Lexicon, setting: Setting, titled: bool = False) -> Line:
    """Cut a sentence into items. `titled` says that it is a headline."""
    shout = _is_shout(tokens)
    titled = titled or shout
    items: list[Item] = []
    hits = lexicon.hits(tokens, setting.date)
    at, size = 0, len(tokens)
    while at < size:
        hit = hits.get(at)
        if hit is not None and not (shout and tokens[at].norm in _words("capital_words")):
            count, entries = hit
            kept = _kept(entries, tokens, at, count)
            if kept and not (count == 1 and _is_plain(kept, tokens[at], items)):
                items.append(Item(_kind(kept), at, at + count, tokens, kept))
                at += count
                continue
        items.append(Item(_plain(tokens, at), at, at + 1, tokens))
        at += 1
    line = Line(tokens, items, titled)
    _unname(line, setting)
    return line


def _kept(
    entries: tuple[Entry, ...], tokens: Sequence[Token], at: int, count: int
) -> tuple[Entry, ...]:
    """Leave out prefixes without a word after them: 'Sino-' needs its '-Indian'."""
    if not any(entry.prefix for entry in entries):
        return entries
    after = at + count
    bound = after < len(tokens) and tokens[after].joined
    return tuple(entry for entry in entries if bound or not entry.prefix)


def _is_plain(entries: tuple[Entry, ...], token: Token, items: list[Item]) -> bool:
    """Whether a family name is only a common word: 'He', 'An', 'So'; not after a title."""
    if not token.cls or any(entry.kind != "family" for entry in entries):
        return False
    return not (items and items[-1].kind in ("office", "honorific", "name"))


def _kind(entries: tuple[Entry, ...]) -> str:
    if len(entries) == 1:
        return entries[0].kind
    kinds = {entry.kind for entry in entries}
    mixed = kinds == {"institution", "sector"} and not _unique(entries)
    if mixed and any(entry.plural for entry in entries):
        # 'troops', 'police': several of a kind rather than the one body.
        return "sector"
    return min(entries, key=lambda entry: _RANK[entry.kind]).kind


def _unique(entries: tuple[Entry, ...]) -> bool:
    return any(entry.kind == "institution" and entry.record.country for entry in entries)


def _plain(tokens: Sequence[Token], at: int) -> str:
    """The kind of a token that no form covers: its class, 'name', 'number', 'word' or 'mark'."""
    token = tokens[at]
    if not token.word:
        return "mark"
    if token.norm[0].isdigit():
        return "number"
    if token.cls and token.cls != "particle" and not (token.cap and token.cls == "modifier"):
        return token.cls
    if token.cap:
        return "name"
    return token.cls or "word"


def _is_shout(tokens: Sequence[Token]) -> bool:
    words = [token for token in tokens if token.word and len(token.bare) > 1]
    return len(words) > 2 and all(not token.bare.islower() for token in words) and all(
        token.bare.isupper() or token.bare[0].isdigit() for token in words
    )  # fmt: skip


def opens(line: Line, index: int) -> bool:
    """Whether the item opens a sentence or a quotation, so that its capital means nothing."""
    if index == 0:
        return True
    before = line.items[index - 1]
    return before.kind == "mark" and before.first.bare not in ",'’"


def _unname(line: Line, setting: Setting) -> None:
    """Take the meaning from items that are part of another name."""
    items = line.items
    for index, item in enumerate(items):
        if item.kind not in STATES:
            if item.kind in ("sector", "group") and not line.titled and _is_surname(line, index):
                item.kind = "name"
            continue
        homonym = _homonyms().get(item.first.norm) if item.j == item.i + 1 else None
        if (homonym and len(setting.words & homonym[0]) > len(setting.words & homonym[1])) or (
            index + 1 < len(items) and _renamed(items[index + 1], item)
        ):
            item.kind = "name"
        elif not line.titled:
            person = bool(homonym and homonym[2])
            if _named_before(line, index, person, setting) or _named_after(line, index, person):
                item.kind = "name"


def _is_surname(line: Line, index: int) -> bool:
    """'Jane Bishop', 'Boston Tea Party': a noun or group right after an unknown name."""
    item = line.items[index]
    if not index or not item.first.cap or item.first.joined:
        return False
    if item.kind == "sector" and item.j > item.i + 1:
        return False
    before = line.items[index - 1]
    return before.kind == "name" and not before.last.poss and not opens(line, index - 1)


def _renamed(after: Item, item: Item) -> bool:
    """'Washington state', 'Paris street': a common noun that makes it another place."""
    place = item.has("capital") or after.first.cap
    return after.first.norm in _words("not_before") and place and not item.last.poss


def _named_before(line: Line, index: int, person: bool, setting: Setting) -> bool:
    """Whether a capitalised word just before makes it part of a name: 'Air France'."""
    if index == 0:
        return False
    before = line.items[index - 1]
    item = line.items[index]
    if before.last.poss or item.first.joined:
        return False
    if before.kind == "prep" and before.first.norm == known.grammar()["name_link"]:
        return index > 1 and _capital_noun(line, index - 2)
    if before.kind != "name":
        return False
    return person or setting.phrase or not opens(line, index - 1)


def _capital_noun(line: Line, index: int) -> bool:
    """'Bank of ...', 'Gulf of ...': capitalised words that no table knows, inside a sentence."""
    items = line.items
    named = ("name", "family", "particle")
    if items[index].kind != "name" or opens(line, index):
        return False
    first = index
    while first and items[first - 1].kind in named:
        first -= 1
    # 'Foreign Minister Jane Doe of Fiji': after a title it is a person's name.
    return not (first and items[first - 1].kind in ("office", "sector", "honorific"))


def _named_after(line: Line, index: int, person: bool) -> bool:
    """Whether a capitalised word just after makes it part of a name: 'China Eastern'."""
    item = line.items[index]
    if item.last.poss or index + 1 >= len(line.items):
        return False
    after = line.items[index + 1]
    if person and after.kind == "family" and not after.first.joined:
        return True
    if after.kind not in ("name", "direction") or after.first.joined or not after.first.cap:
        return False
    if after.first.bare.isupper() and len(after.first.bare) > 1:
        return False
    coded = index + 2 < len(line.items) and line.items[index + 2].kind == "number"
    return not coded and not _leads_to_head(line.items, index + 1)


def _leads_to_head(items: Sequence[Item], index: int) -> bool:
    """Whether the capitalised words lead to a title or a body: 'US Seventh Fleet commander'."""
    limit = min(index + 4, len(items))
    while index < limit:
        item = items[index]
        if item.kind in ("office", "institution", "sector", "person"):
            return True
        if item.kind not in ("name", "direction"):
            return False
        if item.first.norm in known.grammar()["body_words"]:
            return is_organ(item.first.norm)
        index += 1
    return False


def is_organ(word: str) -> bool:
    """Whether a body of this word, with a nationality before it, is an organ of that state."""
    grammar = known.grammar()
    return grammar["body_words"].get(word) in grammar["state_bodies"]


def pick_country(entries: Sequence[Entry], date: dt.date | None) -> Country:
    """The country that a form meant on a day: bounded ones first ('Moscow' in 1980: SUN)."""
    rows = [entry.record for entry in entries]
    if len(rows) == 1:
        only: Country = rows[0]
        return only
    day = date or dt.date.max
    valid = [row for row in rows if valid_on(row, day)]
    bounded = [row for row in valid if row.end is not None]
    chosen: Country = (bounded or valid or rows)[0]
    return chosen


def country_on(code: str, date: dt.date | None) -> Country | None:
    """The state of a code, if it was one on the day."""
    day = date or dt.date.max
    return next((row for row in known.countries() if row.code == code and valid_on(row, day)), None)


def valid_on(row: Any, day: dt.date) -> bool:
    """Whether a row with `start` and `end` holds on a day."""
    return (row.start is None or row.start <= day) and (row.end is None or day <= row.end)
