"""Says which state's body a name means that several states have: 'the Foreign Office in Bonn'.

One of the rules of `namesakes`, after `towns`. The place right after the name decides, then the
states that the sentence and the story speak of; the state that the tables have under the name
stays, unless the text speaks of another alone. Acronyms that are also words are looked at here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..knowledge import namesakes
from ..knowledge.actors import Body, Office
from ..knowledge.namesakes import Shared
from .evidence import Evidence, only_country, text_of
from .lexicon import Entry, Lexicon
from .segment import STATES, Item, Line, Setting, opens, pick_country

KINDS = frozenset(("organisation", "institution", "group", "seat", "office", "sector", "name"))
MADE = {"group": "group", "seat": "seat", "body": "institution", "office": "office"}
LONGEST_NAME = 4
# What is a name by itself is no part of another here.
JOINED = frozenset(("seat", "group", "organisation", "person"))


class BodyReader:
    """Chooses among namesakes in the lines of one story."""

    def __init__(
        self, lines: Sequence[Line], setting: Setting, lexicon: Lexicon, evidence: Evidence
    ) -> None:
        self.lines = lines
        self.date = setting.date
        self.lexicon = lexicon
        self.evidence = evidence

    def read(self) -> None:
        """Give every body of a shared name its state, where the text tells."""
        for number, line in enumerate(self.lines):
            self._join_names(number, line)
            for index, item in enumerate(line.items):
                if item.kind not in KINDS:
                    continue
                if _is_word(line, index):
                    item.kind = "not"
                elif item.first.cap and not line.titled and not self._owned(line, index):
                    self._choose(number, line, index)

    def _join_names(self, number: int, line: Line) -> None:
        """Make one item of a shared name that no table has: 'the Federal Council in Bern'."""
        items = line.items
        if line.titled:
            return
        opening = _first_words()
        for index in range(len(items) - 1):
            if index >= len(items) - 1:
                return
            if items[index].norm not in opening or not items[index].first.cap:
                continue
            if items[index].kind == "article":
                continue
            for end in range(min(index + LONGEST_NAME, len(items)), index + 1, -1):
                whole = Item("name", items[index].i, items[end - 1].j, line.tokens)
                capital = all(item.first.cap or item.kind == "prep" for item in items[index:end])
                if not capital or any(item.kind in JOINED for item in items[index:end]):
                    continue
                if _key(line, whole) not in namesakes.shared_names():
                    continue
                parts = items[index:end]
                items[index:end] = [whole]
                if not self._owned(line, index):
                    self._choose(number, line, index)
                if whole.kind == "name":
                    items[index : index + 1] = parts
                break

    def _owned(self, line: Line, index: int) -> bool:
        """Whether a state stands before the body: 'the French Senate', "Ghana's Congress"."""
        at = index - 1
        while at >= 0 and line.items[at].kind in ("modifier", "direction", "former", "acting"):
            at -= 1
        return at >= 0 and (line.items[at].kind in STATES or line.items[at].last.poss)

    def _choose(self, number: int, line: Line, index: int) -> None:
        item = line.items[index]
        if item.kind == "sector" and _heads(line, index + 1):
            return  # 'the Communist Party secretary' is whose the secretary is
        rows = namesakes.shared_names().get(_key(line, item), ())
        at, place = self._place_after(line, index)
        link = line.items[index + 1].first.norm if at else ""
        elsewhere = self._town_before(line, index) or self._of_town(line, at, link)
        if item.kind == "seat" and elsewhere:
            item.kind = "not"
            return
        if not rows:
            if place and item.kind == "institution" and _free(item) and link == "in":
                self._make(item, Shared(_name(item), "body", _sectors(item), (place,)), place)
            return
        codes = [code for row in rows for code in row.countries]
        default = _default(item)
        if place:
            chosen = place if place in codes else ""
        elif default and default not in codes:
            return
        else:
            chosen = self._spoken(number, item, codes, default)
        row = next((row for row in rows if chosen in row.countries), None)
        if row is not None and chosen != default:
            self._make(item, row, chosen)

    def _of_town(self, line: Line, at: int, link: str) -> bool:
        """'the Kremlin of Kazan': a building of another town."""
        return bool(at) and link == "of" and line.items[at].kind == "name"

    def _town_before(self, line: Line, index: int) -> bool:
        """'the Kazan Kremlin': the same."""
        if not index or line.titled:
            return False
        before = line.items[index - 1]
        named = before.kind == "name" and not before.last.poss and not opens(line, index - 1)
        return (named and bool(only_country(text_of(line, index - 1, index)))) or before.local

    def _spoken(self, number: int, item: Item, codes: Sequence[str], default: str) -> str:
        """The state that the line is about, and the story is not about the default's.

        A body of no default is the one state's that the line names at all; a seat ('the White
        House') needs its place beside it.
        """
        if default:
            spoken = self.evidence.of_line(number, item, firm=True)
            if self.evidence.of_story(item)[default]:
                return ""
        else:
            spoken = self.evidence.of_line(number, item)
            if len(spoken) > 1:
                return ""
        named = [code for code in dict.fromkeys(codes) if spoken[code]]
        return named[0] if len(named) == 1 and item.kind != "seat" else ""

    def _place_after(self, line: Line, index: int) -> tuple[int, str]:
        """The state of the place that 'in', 'of' or 'at' brings in right after a body."""
        items = line.items
        at = index + 1
        if at >= len(items) or items[at].first.norm not in ("in", "of", "at"):
            return 0, ""
        at += 1
        while at < len(items) and items[at].kind in ("article", "direction"):
            at += 1
        if at >= len(items) or not items[at].first.cap:
            return 0, ""
        item = items[at]
        if item.kind in ("capital", "country"):
            entries = [entry for entry in item.entries if entry.kind in STATES]
            return at, pick_country(entries, self.date).code
        if item.kind != "name":
            return 0, ""
        end = at + 1
        while end < min(at + LONGEST_NAME, len(items)) and items[end].kind == "name":
            end += 1
        return at, only_country(text_of(line, at, end))

    def _make(self, item: Item, row: Shared, code: str) -> None:
        kind = MADE[row.kind]
        record: Body | Office
        if kind == "office":
            record = Office(row.name.lower(), (), code, row.sectors, "head_of_government")
        else:
            record = Body(self._full_name(row, code), (), code, row.sectors)
        item.kind = kind
        item.entries = (Entry(kind, record),)

    def _full_name(self, row: Shared, code: str) -> str:
        """The state's adjective and the kind of body, as in `settle`; parties as they are."""
        country = self.lexicon.codes.get(code)
        if row.kind != "body" or country is None:
            return row.name
        title = " ".join(word[:1].upper() + word[1:] for word in row.name.split())
        return f"{(country.adjectives or (country.name,))[0]} {title}"


@cache
def _first_words() -> frozenset[str]:
    """The words that open a shared name."""
    return frozenset(name.split(" ")[0] for name in namesakes.shared_names())


def _key(line: Line, item: Item) -> str:
    return " ".join(token.norm for token in line.tokens[item.i : item.j])


def _default(item: Item) -> str:
    """The state that the tables have under the name."""
    for entry in item.entries:
        if entry.kind == item.kind and entry.kind != "sector":
            return getattr(entry.record, "country", None) or ""
    return ""


def _free(item: Item) -> bool:
    return not any(entry.record.country for entry in item.of("institution"))


def _name(item: Item) -> str:
    return str(item.of("institution")[0].record.name)


def _sectors(item: Item) -> tuple[str, ...]:
    found: tuple[str, ...] = item.of("institution")[0].record.sectors
    return found


def _is_word(line: Line, index: int) -> bool:
    """'an ETA of 14.20', 'first aid': an acronym or name that is another word here."""
    item = line.items[index]
    if item.j > item.i + 1:
        return False
    row = namesakes.acronyms().get(item.first.norm)
    if row is None:
        return False
    against, speaking_for, after = row
    before = line.items[index - 1].first.norm if index else ""
    spoken = {token.norm for token in line.tokens}
    if len(spoken & speaking_for) > len(spoken & against):
        return False
    if before in after:
        return line.items[index].kind != "sector" and not _heads(line, index + 1)
    return len(spoken & against) > len(spoken & speaking_for)


def _heads(line: Line, index: int) -> bool:
    return index < len(line.items) and line.items[index].kind in ("office", "sector", "institution")
