"""Reads whose a title or noun is: 'of France', 'for the foreign ministry', 'ambassador to'.

Comes after `names`. A complement is read as a phrase of its own; where it cannot own the title
('troops in Syria'), it is left for itself.
"""

from __future__ import annotations

from ..knowledge import actors as known
from ..knowledge.places import gazetteer
from .draft import HEADS, NAMES, OWNERS, Pieces, words
from .names import NameReader
from .segment import STATES, Item
from .things import thing_of

LONGEST_COMPLEMENT = 3
LONGEST_PLACE = 3
CAPITALISED = NAMES | STATES | HEADS | OWNERS | {"direction", "modifier", "calendar", "function"}


class OwnerReader(NameReader):
    """Reads what comes after a title or noun and says whose it is."""

    def _complements(self, pieces: Pieces) -> None:
        """Read 'of France', 'for the Chinese foreign ministry', 'at the X Institute'."""
        for _ in range(LONGEST_COMPLEMENT):
            if not (pieces.headed or pieces.named) or not self._complement(pieces):
                return

    def _complement(self, pieces: Pieces) -> bool:
        x = pieces.end
        if self._kind(x) != "prep" or self.items[x - 1].last.poss:
            return False
        link = self.items[x].first.norm
        grammar = known.grammar()
        post = link == grammar["post_link"] and self._is_envoy(pieces)
        if link not in words("owner_links") and not post:
            return False
        if not pieces.headed and link != grammar["name_link"]:
            return False
        x += 1
        if self._kind(x) == "article":
            x += 1
        if self._is_local(x):
            return self._place(pieces, x, link)
        inner = self._pieces(x)
        if inner is None:
            return self._unknown_body(pieces, x, link) or self._place(pieces, x, link)
        if post:
            pieces.end = inner.end
            pieces.post = inner.nats[0] if inner.nats else inner.owner
            self._name(pieces)
            return not pieces.named
        state = bool(inner.nats) and not (inner.headed or inner.owner or inner.body)
        if link == grammar["place_link"] and (state or not inner.owner):
            return state and self._is_at_home(pieces, inner)
        if not self._belongs(pieces, inner, state) or self._runs_on(inner):
            return False
        pieces.inner = pieces.inner or inner
        pieces.end = inner.end
        if state:
            pieces.extra = self._more_states(pieces, inner)
            if len(inner.nats) == 1 and not pieces.nats:
                pieces.nats = inner.nats + pieces.extra
        return True

    def _is_at_home(self, pieces: Pieces, inner: Pieces) -> bool:
        """'for the Foreign Ministry in Beijing': the place adds nothing, so pass over it."""
        nouns = pieces.nouns + (pieces.inner.nouns if pieces.inner else [])
        codes = {entry.record.country for noun in nouns for entry in noun.of("institution")}
        here = {entry.record.code for entry in inner.nats[0].entries if entry.kind in STATES}
        if not codes & here:
            return False
        pieces.end = inner.end
        return True

    def _is_local(self, x: int) -> bool:
        """Whether a town or region stands alone: 'the mayor of London, Ontario'."""
        item = self._at(x)
        return item is not None and item.local and not (
            item.last.poss or self._head_follows(x + 1)
        )  # fmt: skip

    def _runs_on(self, inner: Pieces) -> bool:
        """'of China's exports', 'from Russian attacks': the state only owns what follows."""
        last = self.items[inner.end - 1]
        if inner.headed or inner.owner or inner.body:
            return False
        if last.last.poss:
            return True
        after = self._at(inner.end)
        if after is None or last.kind not in ("adjective", "people"):
            return False
        return after.kind in ("word", "name", "sector") and not last.has("country")

    def _is_envoy(self, pieces: Pieces) -> bool:
        return any(entry.record.level == "ambassador"
                   for item in pieces.offices for entry in item.of("office"))  # fmt: skip

    def _belongs(self, pieces: Pieces, inner: Pieces, state: bool) -> bool:
        """Whether what follows the link can own the phrase."""
        if inner.named:
            return False
        if pieces.named and not pieces.headed:
            return state and self.items[inner.end - 1].kind == "country"
        if state and pieces.nats:
            return False
        return not (inner.quantity and not inner.owner)

    def _more_states(self, pieces: Pieces, inner: Pieces) -> list[Item]:
        """'the presidents of Russia, Belarus and Kazakhstan': the other states."""
        last = (pieces.offices or pieces.nouns)[-1:] if pieces.headed else []
        if not last or not any(entry.plural for entry in last[0].of(last[0].kind)):
            return []
        found: list[Item] = []
        y = inner.end
        while y + 1 < self.size:
            step = y
            if self.items[step].first.bare == ",":
                step += 1
            if self._kind(step) == "conj":
                step += 1
            if self._kind(step) == "article":
                step += 1
            nxt = self._at(step)
            if step == y or nxt is None or nxt.kind not in ("country", "capital"):
                break
            if nxt.last.poss or self._head_follows(step + 1):
                break
            found.append(nxt)
            y = step + 1
        if found:
            pieces.end = y
        return found

    def _place(self, pieces: Pieces, x: int, link: str) -> bool:
        """'the mayor of Hiroshima', 'a nurse from Kano': a town or region that is no capital.

        After 'in' it says whose an office is ('the mayor in ...'), in a phrase alone whose a
        group is: in a story 'troops in ...' may be another state's.
        """
        if pieces.nats or pieces.owner or not pieces.headed:
            return False
        placed = link == known.grammar()["place_link"]
        if placed and (pieces.named or not (self.setting.phrase or pieces.offices)):
            return False
        if x < self.size and self.items[x].local:
            pieces.place = self.items[x].entries[0].record.code
            pieces.end = x + 1
            return True
        for y in range(min(x + LONGEST_PLACE, self.size), x, -1):
            if all(self.items[i].first.cap for i in range(x, y)):
                tokens = self.line.tokens[self.items[x].i : self.items[y - 1].j]
                found = gazetteer().get(" ".join(token.bare for token in tokens))
                if found and found[0].country and found[0].kind != "country":
                    if self._place_only_modifies(y):
                        return False
                    pieces.place = found[0].country
                    pieces.end = y
                    return True
        return False

    def _place_only_modifies(self, y: int) -> bool:
        """'victims of the Mumbai attack': the place goes with the noun after it."""
        after = self._at(y)
        if after is None or self.items[y - 1].last.poss or after.first.joined:
            return False
        return after.kind == "word" and thing_of(after.first.norm)[0] is not None

    def _unknown_body(self, pieces: Pieces, x: int, link: str) -> bool:
        """'at the X Institute': a body of capitalised words that no table has."""
        y = x
        while y < min(x + 6, self.size):
            item = self.items[y]
            small = item.kind in ("prep", "conj") and self._kind(y + 1) in ("name", "country")
            if (item.kind in CAPITALISED and item.first.cap) or (small and y > x):
                y += 1
            else:
                break
        if y == x or not pieces.headed:
            return False
        tokens = [self.items[index].last.norm for index in range(x, y)]
        if not any(token in known.grammar()["body_words"] for token in tokens):
            return False
        pieces.body = (x, y)
        pieces.end = y
        return True
