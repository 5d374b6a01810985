"""Reads personal names: known ones, family names, and capitalised words after a title.

Comes after `pieces`. Who a family name is, and what an unlisted person is, the story decides: see
`settle`.
"""

from __future__ import annotations

from .draft import PERSONS, Pieces, words
from .pieces import LONGEST_LEAD, PieceReader
from .segment import Item

LONGEST_NAME = 5


class NameReader(PieceReader):
    """Reads names, and phrases that begin with one."""

    def _name(self, pieces: Pieces) -> None:
        """Take the personal name that follows a title or a nationality into the phrase."""
        x = pieces.end
        if x >= self.size or (self.items[x - 1].last.poss and pieces.headed):
            return
        item = self.items[x]
        while item.kind in ("honorific", "office", "conj") and x + 1 < self.size:
            if item.kind == "conj" and not (pieces.offices and self._kind(x + 1) == "office"):
                return
            if item.kind == "office" and not item.first.cap and not pieces.offices:
                return
            if item.kind == "honorific":
                pieces.honorific = item.first.norm
            x += 1
            item = self.items[x]
        if item.first.joined:
            return
        if item.kind in PERSONS:
            self._listed_name(pieces, x)
        elif item.kind in ("name", "particle") and not self.line.titled:
            titled = pieces.offices or (pieces.nouns and not self._is_plural(pieces))
            if titled and pieces.nouns and not pieces.offices:
                titled = self.items[pieces.end - 1].kind == "sector"
            if titled and item.first.cap:
                self._unlisted_name(pieces, x)

    def _listed_name(self, pieces: Pieces, x: int) -> None:
        item = self.items[x]
        only_nat = bool(pieces.nats) and not pieces.headed and not pieces.owner
        if only_nat and item.kind == "family" and not self.items[x - 1].last.poss:
            return
        if pieces.owner and not pieces.headed and not pieces.nats:
            return
        nxt = self._at(x + 1)
        longer = nxt is not None and nxt.kind in ("name", "family") and not nxt.first.joined
        if item.kind == "family" and longer and not (item.last.poss or self.line.titled):
            self._unlisted_name(pieces, x)
            return
        pieces.person = item
        pieces.end = x + 1

    def _unlisted_name(self, pieces: Pieces, x: int) -> None:
        name, y = self._sequence(x)
        if not name:
            return
        thing = not pieces.offices and bool(pieces.nouns)
        if not (thing and self.items[pieces.end - 1].last.norm in words("named_things")):
            pieces.unlisted = name
        pieces.end = y

    def _sequence(self, x: int) -> tuple[tuple[str, ...], int]:
        """The capitalised words of a name from an item on, and the index after them."""
        y = x
        while y < min(x + LONGEST_NAME, self.size):
            item = self.items[y]
            linked = y == x or not (self.items[y - 1].last.poss or self._parted(y))
            if not linked or item.kind not in ("name", "family", "particle", "mononym"):
                break
            y += 1
        while y > x and not self.items[y - 1].first.cap:
            y -= 1
        return tuple(item.first.bare if item.j == item.i + 1 else self._bare(item)
                     for item in self.items[x:y]), y  # fmt: skip

    def _parted(self, y: int) -> bool:
        """'Biden-Xi': a hyphen between two family names is no name."""
        pair = (self.items[y - 1].kind, self.items[y].kind)
        return self.items[y].first.joined and "family" in pair

    def _bare(self, item: Item) -> str:
        return " ".join(token.bare for token in self.line.tokens[item.i : item.j])

    def _person(self, at: int) -> Pieces | None:
        """Read a phrase that begins with a name or a form of address."""
        pieces = Pieces(at)
        x = at
        while self._kind(x) == "honorific" and x - at < LONGEST_LEAD:
            pieces.honorific = self.items[x].first.norm
            x += 1
        kind = self._kind(x)
        if kind in ("person", "mononym"):
            pieces.person = self.items[x]
            pieces.end = x + 1
            return self._household(pieces)
        if kind not in ("name", "family") or (kind == "name" and self.line.titled):
            return None
        if self.line.titled:
            pieces.person = self.items[x]
            pieces.end = x + 1
            return self._household(pieces)
        name, y = self._sequence(x)
        if len(name) == 1 and kind == "family":
            pieces.person = self.items[x]
        else:
            pieces.unlisted = name
        pieces.end = y
        return self._household(pieces) if name else None

    def _household(self, pieces: Pieces) -> Pieces:
        """'Biden's spokesman', 'the Trump administration': whose person or body it is."""
        x = pieces.end
        if pieces.person is None or x >= self.size or self.items[x].first.joined:
            return pieces
        if not (self.items[x - 1].last.poss or self._kind(x) == "institution"):
            return pieces
        inner = self._pieces(x)
        if inner is None or not inner.headed or inner.nats or inner.owner:
            return pieces
        self._name(inner)
        inner.start = pieces.start
        inner.holder = pieces.person
        return inner
