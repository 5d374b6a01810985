"""Which states the words of a story speak of: what decides between namesakes.

Comes after `segment`, for `towns` and `bodies`, which ask only where a name is ambiguous. A state
counts by its names, capitals, seats and people, and by the towns and regions that one state alone
has under a name. Nothing is changed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from ..knowledge import namesakes
from ..knowledge.places import PlaceEntry, gazetteer, not_places
from .segment import STATES, Item, Line, Setting, pick_country

LONGEST_PLACE = 4
# A town is its name's only one where it has so many times the people of the next.
OUTWEIGHS = 5
CAPITALISED = frozenset(("name", "family", "particle", "direction"))
# 'Tamil Nadu', 'Central Java', 'New South Wales': regions may open with words of other kinds.
OPENING = CAPITALISED | {"sector", "group", "modifier", "not"}


def towns(name: str) -> list[PlaceEntry]:
    """The towns and regions of a name that lie in a state, the likeliest first."""
    return [entry for entry in gazetteer().get(name) if entry.country and entry.kind != "country"]


def only_country(name: str) -> str:
    """The state of a town whose name leaves no doubt; blank where it does."""
    if name in not_places():
        return ""
    found = towns(name)
    if not found or not found[0].country:
        return ""
    others = [entry.weight for entry in found[1:] if entry.country != found[0].country]
    sure = not others or found[0].weight >= OUTWEIGHS * max(others)
    return found[0].country if sure else ""


def region_countries(name: str, unit: bool = False) -> tuple[str, ...]:
    """The states that have a region of this name; `unit`: its common noun or town is beside it."""
    found = namesakes.regions().get(namesakes.plain(name), ())
    return tuple(dict.fromkeys(r.country for r in found if unit or not r.unit))


@cache
def region_openers() -> frozenset[str]:
    """The words that the names of regions open with."""
    return frozenset(name.split(" ")[0] for name in namesakes.regions())


def text_of(line: Line, first: int, last: int) -> str:
    """The words of the items from `first` up to `last`, without possessives."""
    items = line.items
    return " ".join(token.bare for token in line.tokens[items[first].i : items[last - 1].j])


class Evidence:
    """What each line of a story says of states, read when it is first asked for."""

    def __init__(self, lines: Sequence[Line], setting: Setting) -> None:
        self._lines = lines
        self._setting = setting
        self._found: dict[int, list[tuple[int, str, bool]]] = {}

    def of_line(self, number: int, but: Item | None = None, firm: bool = False) -> Counter[str]:
        """How often each state is spoken of in a line, one item left out.

        `firm` counts only those that the line is about: after 'in', as an owner, or a town.
        """
        return Counter(
            code
            for start, code, sure in self._of(number)
            if (sure or not firm) and (but is None or not but.first.start <= start < but.last.end)
        )

    def of_story(self, but: Item | None = None) -> Counter[str]:
        """How often each state is spoken of in all lines, one item left out."""
        total: Counter[str] = Counter()
        for number in range(len(self._lines)):
            total.update(self.of_line(number, but))
        return total

    def choose(self, codes: Sequence[str], number: int, but: Item | None = None) -> str:
        """The one of some states that the line, else the story, speaks of; blank if not one."""
        for spoken in (self.of_line(number, but), self.of_story(but)):
            named = [code for code in dict.fromkeys(codes) if spoken[code]]
            if named:
                return named[0] if len(named) == 1 else ""
        return ""

    def _of(self, number: int) -> list[tuple[int, str, bool]]:
        if number not in self._found:
            self._found[number] = list(self._read(self._lines[number]))
        return self._found[number]

    def _read(self, line: Line) -> list[tuple[int, str, bool]]:
        found: list[tuple[int, str, bool]] = []
        index = 0
        while index < len(line.items):
            item = line.items[index]
            code = self._code(line, item)
            if code:
                found.append((item.first.start, code, self._firm(line, index)))
            elif item.kind in OPENING and item.first.cap:
                size, codes = self._place(line, index)
                found += [(item.first.start, code, True) for code in codes]
                index += size - 1 if codes else 0
            index += 1
        return found

    def _code(self, line: Line, item: Item) -> str:
        if item.kind in STATES:
            entries = [entry for entry in item.entries if entry.kind in STATES]
            return pick_country(entries, self._setting.date).code if entries else ""
        if item.kind in ("group", "institution", "seat") and not item.local:
            name = namesakes.plain(" ".join(t.bare for t in line.tokens[item.i : item.j]))
            own = {entry.record.country for entry in item.of(item.kind)}
            if name not in namesakes.shared_names() and len(own) == 1:
                return next(iter(own)) or ""
        if item.kind == "person":
            states = {term.country for term in item.entries[0].record.terms}
            return (next(iter(states)) or "") if len(states) == 1 else ""
        return ""

    def _firm(self, line: Line, index: int) -> bool:
        """Whether the line is about a state rather than about what is done to it."""
        item = line.items[index]
        if item.kind not in ("country", "capital"):
            return item.kind not in STATES
        if item.last.poss:
            return True
        before = line.items[index - 1] if index else None
        if before is None:
            return False
        if before.kind == "prep":
            return before.first.norm in ("in", "across", "within")
        told = before.kind in ("speech", "conj", "mark")
        return item.kind == "capital" and not (
            told or before.first.norm in namesakes.word_set("person_verbs")
        )

    def _place(self, line: Line, index: int) -> tuple[int, tuple[str, ...]]:
        """The longest place of one state that begins at an item: how many items, and its state."""
        last = index
        while last < min(index + LONGEST_PLACE, len(line.items)):
            item = line.items[last]
            kinds = OPENING if last == index else CAPITALISED
            if item.kind not in kinds or not item.first.cap:
                break
            last += 1
            if item.last.poss:
                break
        region = line.items[index].norm in region_openers()
        for end in range(last, index, -1):
            name = text_of(line, index, end)
            codes = region_countries(name) if region else ()
            if len(codes) == 1:
                return end - index, codes
            if not codes and (code := only_country(name)):
                return end - index, (code,)
        return 1, ()


__all__ = ["Evidence", "only_country", "region_countries", "region_openers", "text_of", "towns"]
