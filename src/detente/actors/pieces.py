"""Reads the body of a phrase: [number] [former, deputy, senior] [nationality] [body] [title].

Comes after `segment`; `names` adds the personal name, `owners` what follows 'of'. It stops at the
first item that cannot belong to the phrase.
"""

from __future__ import annotations

from ..knowledge import actors as known
from ..knowledge.namesakes import word_set
from .between import between
from .draft import HEADS, MARKS, OWNERS, Pieces, endings, verb_endings, words
from .segment import STATES, Item, Line, Setting, is_organ

# Numbers and marks before the first word that stands for an actor: 'some 2 to 3 former'.
LONGEST_LEAD = 8


class PieceReader:
    """Reads the pieces of phrases in one line, by the index of an item."""

    def __init__(self, line: Line, setting: Setting) -> None:
        self.line = line
        self.items = line.items
        self.size = len(line.items)
        self.setting = setting

    def _is_cut(self, at: int) -> bool:
        """Whether a hyphen takes the state away: 'pro-Russian', 'Iran-backed'."""
        item = self.items[at]
        if item.first.joined and at:
            before = self.items[at - 1]
            if before.first.norm in words("dropped_before_hyphen"):
                return True
            if before.kind not in STATES and not before.first.cap and before.kind != "former":
                return True
        after = self._at(at + 1)
        if after is None or not after.first.joined or after.first.cap:
            return False
        return after.kind not in STATES and after.first.norm not in words("kept_after_hyphen")

    def _at(self, index: int) -> Item | None:
        return self.items[index] if 0 <= index < self.size else None

    def _kind(self, index: int) -> str:
        return self.items[index].kind if 0 <= index < self.size else ""

    def _pieces(self, at: int) -> Pieces | None:
        pieces = Pieces(at)
        x = at
        while x < self.size and (pieces.anything or x - at < LONGEST_LEAD):
            item = self.items[x]
            kind = item.kind
            tied = x > at and item.first.joined and not self._is_status(x - 1)
            if tied and kind not in HEADS | MARKS:
                break
            if kind in ("quantity", "number"):
                if pieces.anything:
                    break
                pieces.quantity = True
                link = self._at(x + 1)
                x += 2 if link and link.first.norm == known.grammar()["quantity_link"] else 1
            elif kind in MARKS or (item.first.cls == "deputy" and self._kind(x + 1) == "office"):
                if pieces.headed and not self._head_follows(x + 1):
                    break
                self._mark(pieces, item)
                x += 1
            elif (item.local and self._within(pieces, item)) or self._people_within(pieces, x):
                x += 1
            elif kind in STATES:
                if pieces.nats or pieces.owner or pieces.headed or self._is_cut(x):
                    break
                x = self._nationalities(pieces, x)
            elif kind in OWNERS:
                if pieces.owner or pieces.body or not self._names_group(pieces, kind):
                    break
                pieces.owner = item
                x += 1
                pieces.end = x
            elif kind in HEADS:
                if not self._head(pieces, item, x):
                    break
                x += 1
                pieces.end = x
            elif kind == "name" and not self.line.titled:
                after = self._body(pieces, x)
                if not after:
                    break
                x = after
            elif after := self._loose(pieces, x):
                x = after
            else:
                break
            if pieces.end == x and pieces.headed and self._ends(x):
                break
        return pieces if pieces.anything else None

    def _people_within(self, pieces: Pieces, x: int) -> bool:
        """'Bosnian Serb soldiers', 'Indonesian Chinese shopkeepers': a people within the state."""
        item, before = self.items[x], self.items[x - 1]
        if len(pieces.nats) != 1 or pieces.nats[0] is not before or pieces.headed:
            return False
        minority = item.first.norm in words("minorities")
        plain = minority and not (
            before.last.poss or before.last.joined or item.first.joined or item.last.poss
        )
        after = self._at(x + 1)
        apart = after is not None and not after.first.joined
        both = item.kind == "adjective" and before.kind == "adjective"
        return plain and both and apart and self._head_follows(x + 1)

    def _within(self, pieces: Pieces, item: Item) -> bool:
        """'Liberia's Maryland county officials': a region of the state just named."""
        if len(pieces.nats) != 1 or pieces.headed or pieces.owner:
            return False
        code = item.entries[0].record.code
        return any(entry.record.code == code for entry in pieces.nats[0].entries)

    def _is_status(self, index: int) -> bool:
        return self.items[index].kind in ("former", "deputy", "acting")

    def _ends(self, x: int) -> bool:
        """Whether the phrase cannot go on: the last word was a possessive and no title follows."""
        return self.items[x - 1].last.poss and not self._head_follows(x)

    def _head_follows(self, x: int, limit: int = 4) -> bool:
        """Whether a title or noun comes, after nothing but marks and loose adjectives."""
        while limit and x < self.size:
            item = self.items[x]
            if item.kind in HEADS:
                return item.first.norm not in words("described_by")
            if item.kind not in MARKS and not (item.kind == "word" and self._adjectival(item)):
                return False
            x += 1
            limit -= 1
        return False

    def _mark(self, pieces: Pieces, item: Item) -> None:
        if item.first.cls == "deputy":
            pieces.deputy = item.first.norm
        elif item.kind in ("former", "acting"):
            pieces.status = item.kind

    def _adjectival(self, item: Item) -> bool:
        norm = item.first.norm
        return not item.first.cap and len(norm) > 4 and norm.endswith(endings())

    def _loose(self, pieces: Pieces, x: int) -> int:
        """Where the open words between a nationality and its noun end, 0 where they are none."""
        if not (pieces.nats or pieces.owner or pieces.quantity) or pieces.headed:
            return 0
        item, after = self.items[x], self._at(x + 1)
        if item.first.cap or after is None or item.kind not in ("word", "function"):
            return 0
        if item.kind == "word":
            if after.first.norm in word_set("free_heads"):
                return x + 1
            if self._adjectival(item) and self._head_follows(x + 1):
                return x + 1
        return between(self.items, x)

    def _nationalities(self, pieces: Pieces, x: int) -> int:
        """Read one nationality, or several that share what follows: 'Turkish and Greek'."""
        item = self.items[x]
        pieces.nats = [item]
        pieces.end = x + 1
        nxt = self._at(x + 1)
        if item.first.joined or (nxt is not None and nxt.first.joined):
            return self.size
        more = [item]
        y = x + 1
        while y + 1 < self.size:
            comma = self.items[y].first.bare == ","
            step = y + 1 if comma or self.items[y].kind == "conj" else y
            if comma and self._kind(step) == "conj":
                step += 1
            if step == y or self._kind(step) not in STATES or not self._sharing(more[-1]):
                break
            more.append(self.items[step])
            y = step + 1
        if len(more) > 1 and self._sharing(more[-1]) and self._head_follows(y):
            pieces.nats = more
            pieces.end = y
            return y
        return x + 1

    def _sharing(self, item: Item) -> bool:
        return item.has("adjective") or item.last.poss

    def _head(self, pieces: Pieces, item: Item, x: int) -> bool:
        """Take a title or noun into the phrase. False where the phrase ends before it."""
        norm = item.first.norm
        if item.kind == "sector":
            if norm in words("described_by") and item.j == item.i + 1:
                return False
            quiet = norm in words("quiet_nouns") and item.j == item.i + 1
            if quiet and pieces.quantity and norm in words("counted_nouns"):
                quiet = False
            alone = not (pieces.nats or pieces.owner or pieces.headed)
            if quiet and alone and not self._owned_after(x):
                return self._head_follows(x + 1)
        if item.kind == "office" and self._unowned(pieces, item, x):
            return False
        if item.kind == "sector" and self._only_modifies(item, x):
            return False
        if (pieces.nats or pieces.owner) and self._is_verb(pieces, item):
            return False
        if pieces.offices and item.kind == "office" and not self.items[x - 1].last.poss:
            return False
        if pieces.headed and self._is_plural(pieces) and not self.items[x - 1].last.poss:
            return False
        (pieces.offices if item.kind == "office" else pieces.nouns).append(item)
        return True

    def _is_verb(self, pieces: Pieces, item: Item) -> bool:
        """'Ukraine accused', 'Iran officials': what can follow a state's plain name or not."""
        noun = item.of("sector")
        if item.kind != "sector" or item.j > item.i + 1 or noun[0].plural:
            return False
        return item.first.norm.endswith(verb_endings()[:1])

    def _owned_after(self, x: int) -> bool:
        """'the people of Yemen': a quiet noun that a state after it makes an actor."""
        link = self._at(x + 1)
        if link is None or link.kind != "prep" or link.first.norm not in words("owner_links"):
            return False
        after = x + 2 + (self._kind(x + 2) == "article")
        return link.first.norm != known.grammar()["place_link"] and self._kind(after) in STATES

    def _names_group(self, pieces: Pieces, kind: str) -> bool:
        """Whether a body may follow: at the start, or after its noun ('militant group Hamas')."""
        if not pieces.headed:
            return True
        last = self.items[pieces.end - 1]
        plural = last.kind != "sector" or last.of("sector")[0].plural
        return kind != "seat" and not (pieces.offices or plural or last.last.poss)

    def _only_modifies(self, item: Item, x: int) -> bool:
        """'spy balloon', 'student loans': a singular noun before another noun is no actor."""
        after = self._at(x + 1)
        if after is None or after.kind != "word" or item.last.poss or item.first.cap:
            return False
        if item.of("sector")[0].plural or after.first.joined:
            return False
        norm = after.first.norm
        if norm in word_set("work_nouns"):
            return True
        return not norm.endswith(verb_endings()) and norm not in words("irregular_pasts")

    def _unowned(self, pieces: Pieces, item: Item, x: int) -> bool:
        """'head', 'chief': no title unless a body or state is named beside it."""
        if item.first.norm not in known.grammar()["owned_titles"] or item.j > item.i + 1:
            return False
        if pieces.nats or pieces.owner or pieces.headed or pieces.body:
            return False
        after = self._at(x + 1)
        return after is None or after.first.norm != known.grammar()["name_link"]

    def _is_plural(self, pieces: Pieces) -> bool:
        """Whether the last noun is a plural, after which no other noun belongs to the phrase."""
        last = self.items[pieces.end - 1]
        entries = last.of(last.kind)
        return bool(entries) and last.kind == "sector" and entries[0].plural

    def _body(self, pieces: Pieces, x: int) -> int:
        """Capitalised words between the nationality and its title: 'US Seventh Fleet commander'.

        Gives the index after them, 0 where they are no part of the phrase.
        """
        if not (pieces.nats or pieces.owner) or pieces.headed or pieces.body:
            return 0
        y = x
        while y < min(x + 4, self.size) and self.items[y].kind in ("name", "direction"):
            y += 1
        last = self.items[y - 1].first.norm
        if is_organ(last) and pieces.nats:
            pieces.body = (x, y)
            pieces.end = y
            return y
        return y if self._kind(y) in HEADS and not self.items[y - 1].last.poss else 0
