"""Reads the words around towns and regions: how long a name is, where it lies, who acts there.

Used by `towns`, whose rules stand on it. Nothing is decided here but what one name says.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..knowledge.namesakes import word_set
from .evidence import Evidence, only_country, region_countries, region_openers, text_of, towns
from .lexicon import Entry, Lexicon
from .segment import STATES, Item, Line, Setting, country_on

LONGEST_REGION = 5
NAMES = frozenset(("name", "family", "particle", "direction"))
# Kinds of words that may open the name of a region: 'Tamil Nadu', 'Central Java'.
OTHERS = frozenset(("sector", "group", "modifier", "office", "former"))
HEADS = frozenset(("office", "institution", "sector"))


class PlaceReader:
    """Reads names of places in the lines of one story."""

    number: int
    line: Line
    items: list[Item]

    def __init__(
        self, lines: Sequence[Line], setting: Setting, lexicon: Lexicon, evidence: Evidence
    ) -> None:
        self.lines = lines
        self.setting = setting
        self.lexicon = lexicon
        self.evidence = evidence

    def _kind(self, index: int) -> str:
        return self.items[index].kind if 0 <= index < len(self.items) else ""

    def _bare(self, index: int) -> str:
        return self.items[index].first.bare if 0 <= index < len(self.items) else ""

    def _name_end(self, index: int) -> int:
        """The index after the capitalised words of a name; a state's name is one by itself."""
        if self.items[index].kind in STATES:
            return index + 1
        end = index
        while end < min(index + LONGEST_REGION, len(self.items)):
            item = self.items[end]
            if item.kind not in NAMES or not item.first.cap or (end > index and item.first.joined):
                break
            end += 1
            if item.last.poss:
                break
        return max(end, index + 1)

    def _is_name(self, first: int, last: int) -> bool:
        """Whether the items are no other name's: no capitalised word follows unless a title."""
        if self.line.titled or self.items[last - 1].last.poss:
            return True
        return self._kind(last) not in ("name", "family", "particle")

    def _region_at(self, index: int, unit: bool = True) -> tuple[int, tuple[str, ...]]:
        """The longest region that begins at an item: the index after it, and its states."""
        if index >= len(self.items) or self.items[index].norm not in region_openers():
            return index, ()
        last = index
        for item in self.items[index : index + LONGEST_REGION]:
            if not item.first.cap and item.kind not in ("particle", "conj", "prep"):
                break
            last += 1
        for end in range(last, index, -1):
            codes = region_countries(text_of(self.line, index, end), unit)
            if codes and (len(codes) < 2 or end > index):
                return end, codes
        return index, ()

    def _place_code(self, index: int) -> str:
        """The state of the country, region or town that begins at an item."""
        if index >= len(self.items):
            return ""
        item = self.items[index]
        if item.kind in STATES and item.entries:
            return str(next(e.record.code for e in item.entries if e.kind in STATES))
        _, codes = self._region_at(index)
        if codes:
            return self._one_of(codes, item)
        return only_country(text_of(self.line, index, self._name_end(index)))

    def _goes_on(self, last: int) -> bool:
        """Whether what follows a comma and a region makes it another phrase: 'Ohio Republicans'."""
        if self.items[last - 1].last.poss:
            return True
        return self._kind(last) in ("name", "family", "person", *HEADS, *STATES)

    def _plural_after(self, end: int) -> bool:
        """'Moscow state television', 'Berlin district court': the noun belongs to what follows."""
        unit = self.items[end]
        return not unit.last.poss and self._kind(end + 1) == "word" and unit.first.norm == "state"

    def _one_of(self, codes: Sequence[str], item: Item) -> str:
        if len(codes) < 2:
            return codes[0] if codes else ""
        return self.evidence.choose(codes, self.number, item)

    def _of_town(self, name: str, codes: Sequence[str]) -> str:
        """Of the states that have a region of the name, the one with a town of that name."""
        having = [code for code in codes if any(town.country == code for town in towns(name))]
        return having[0] if len(having) == 1 else ""

    def _local_head(self, index: int) -> bool:
        """Whether a title or noun that a town can have comes next, after adjectives at most."""
        at = index
        while self._kind(at) in ("modifier", "direction", "quantity") and at < index + 3:
            at += 1
        if self._kind(at) == "group" and self._kind(at + 1) in HEADS:
            at += 1
        item = self.items[at] if at < len(self.items) else None
        if item is None or item.kind not in HEADS or item.first.joined:
            return False
        if item.kind == "sector":
            return not self._high(item)
        if item.kind == "office":
            levels = {entry.record.level for entry in item.of("office")}
            return not levels & word_set("state_levels") or item.first.norm == "governor"
        return not any(entry.record.country for entry in item.of("institution")) and (
            item.last.norm in word_set("town_bodies")
        )

    def _high(self, item: Item) -> bool:
        return item.first.norm in word_set("state_nouns")

    def _join(self, first: int, last: int, code: str) -> bool:
        """Make one local item of some; false for a state that was none on the day."""
        country = country_on(code, self.setting.date) or self.lexicon.codes.get(code)
        if country is None:
            return False
        items = self.items
        whole = Item("country", items[first].i, items[last - 1].j, self.line.tokens)
        whole.entries = (Entry("country", country),)
        whole.local = True
        items[first:last] = [whole]
        return True
