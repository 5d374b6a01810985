"""Reads the phrases of a line: from items to drafts, one for each actor a phrase stands for.

The grammar is one pass from left to right, each part in a module of its own: `pieces`, `names`,
`owners`, then `compose` makes drafts. Here they are put together, with what stands in commas
beside a phrase. Comes after `segment`; `settle` makes actors of the drafts once the whole story is
read. Words that point back are left to `reference`.
"""

from __future__ import annotations

from .compose import Composer, person_of
from .draft import NAMES, PERSONS, STARTS, Draft, Pieces, words
from .private import is_private, unknown_by_name, unknown_by_role
from .segment import STATES

LONGEST_TRAIL = 5
# Names that a hyphen may make a mere description: 'Iran-backed', 'pro-Kremlin', 'Hamas-ruled'.
CUT = STATES | {"seat", "group", "organisation"}
# What a phrase may be whose state the one joined to it shares.
SHARING = frozenset(("office", "group", "body"))
# Those who fight a state's forces are named beside them without a state of their own.
FORCES, REBELS = frozenset(("MIL", "COP")), frozenset(("REB", "UAF"))


class Reader(Composer):
    """Reads the phrases of one line."""

    def drafts(self) -> list[Draft]:
        """All drafts of the line, in its order."""
        found: list[Draft] = []
        at = 0
        while at < self.size:
            kind = self.items[at].kind
            if kind in STARTS:
                drafts, after = self._read(at)
                if len(drafts) == 1 and found:
                    self._share_state(found[-1], drafts[0])
                found.extend(drafts)
                at = max(after, at + 1)
            else:
                at += 1
        return found

    def _read(self, at: int) -> tuple[list[Draft], int]:
        """Read the phrase that begins at an item: its drafts (maybe none) and where it ends."""
        item = self.items[at]
        if item.kind in NAMES:
            pieces = self._person(at)
        elif item.kind in CUT and self._is_cut(at):
            return [], at + 1
        else:
            pieces = self._pieces(at)
            if pieces is not None:
                self._name(pieces)
        if pieces is None or not (pieces.anything or pieces.named):
            return [], at + 1
        if self._describes(pieces):
            return [], pieces.end + 1
        self._complements(pieces)
        if pieces.offices and not pieces.named:
            self._name(pieces)
        if is_private(self.line, pieces):
            return [], pieces.end + 1
        drafts = [draft for draft in self._build(pieces, at) if not self._only_place(draft)]
        after = pieces.end
        if len(drafts) == 1:
            unknown_by_name(drafts[0])
            after = self._appositive(drafts[0], after)
            after = self._shared_title(drafts, after)
        for draft in drafts:
            draft.speech = self._speaks(draft)
        return drafts, after

    def _only_place(self, draft: Draft) -> bool:
        """Whether it is a town or region by itself: 'Moscow, Idaho'."""
        return draft.shape in ("state", "people") and self.items[draft.item].local

    def _share_state(self, before: Draft, draft: Draft) -> None:
        """'Spanish unions and students': the state of the first is the second's as well."""
        link = self._at(before.item + 1)
        if link is None or link.kind != "conj" or draft.first != before.item + 2:
            return
        owner = self.items[before.first]
        owning = owner.kind == "adjective" or (owner.kind in STATES and owner.last.poss)
        if self._fights(draft, REBELS) and self._fights(before, FORCES):
            return
        if owning and before.country and before.shape in SHARING and draft.bare:
            draft.country = before.country
            draft.why.append(f"countries:{before.country.code}")

    def _fights(self, draft: Draft, sectors: frozenset[str]) -> bool:
        """'Israeli troops and gunmen': whether its words are of one of the sectors."""
        of_owner = draft.owner.sectors if draft.owner else ()
        own = {sector for noun in draft.nouns for sector in noun.sectors}
        return bool(sectors & own.union(of_owner))

    def _describes(self, pieces: Pieces) -> bool:
        """'US ally Saudi Arabia': the first state is only a description."""
        if pieces.headed or pieces.owner or pieces.end + 1 >= self.size:
            return False
        noun, state = self.items[pieces.end], self.items[pieces.end + 1]
        return noun.first.norm in words("described_by") and state.kind in STATES

    def _appositive(self, draft: Draft, after: int) -> int:
        """Join 'Ivanov, the Russian deputy foreign minister' into one actor; give its end."""
        if after + 1 >= self.size or self.items[after].first.bare != ",":
            return after
        if self.items[after - 1].last.poss or draft.plural:
            return after
        unknown_by_role(draft, after)
        if draft.named:
            return self._role_after(draft, after)
        if draft.office is not None:
            return self._name_after(draft, after)
        return after

    def _role_after(self, draft: Draft, after: int) -> int:
        if len(draft.unlisted) == 1 and self._kind(draft.first - 1) == "prep":
            # 'in Lagos, the governor': a place, not a person.
            return after
        x = after + 1
        article = self._kind(x) == "article"
        x += article
        if self._kind(x) not in STARTS or self._kind(x) in NAMES:
            return after
        pieces = self._pieces(x)
        if pieces is None or not pieces.headed:
            return after
        self._complements(pieces)
        self._trail(pieces)
        if pieces.named or len(pieces.nats) > 1 or not self._closes(pieces.end):
            return after
        role = self._draft(pieces, x, pieces.end - 1, pieces.nats[0] if pieces.nats else None)
        ends_in_body = not role.office and not role.nouns
        if role.plural or ends_in_body or not self._agree(draft, role):
            return after
        draft.country = draft.country or role.country
        draft.owner = draft.owner or role.owner
        draft.office = draft.office or role.office
        draft.deputy = draft.deputy or role.deputy
        draft.status = draft.status or role.status
        draft.nouns += role.nouns
        draft.why += role.why
        draft.end = role.end
        draft.item = pieces.end - 1
        return pieces.end

    def _trail(self, pieces: Pieces) -> None:
        """Go on over what the last body owns: "fellow in the X Fund's Asia programme"."""
        if not self.items[pieces.end - 1].last.poss:
            return
        for y in range(pieces.end, min(pieces.end + LONGEST_TRAIL, self.size)):
            if self.items[y].kind not in ("word", "name", "modifier", "direction", "sector"):
                return
            if self._closes(y + 1):
                pieces.end = y + 1
                return

    def _agree(self, draft: Draft, role: Draft) -> bool:
        """Whether a role can be the person's: a known person's country must be the role's."""
        if role.country is None:
            return True
        if draft.country is not None:
            return draft.country.code == role.country.code
        if draft.person is None:
            return True
        codes = {term.country for term in draft.person.terms}
        return role.country.code in codes

    def _name_after(self, draft: Draft, after: int) -> int:
        x = after + 1
        kind = self._kind(x)
        if kind in ("person", "mononym"):
            person = person_of(self.items[x], draft.country)
            codes = {term.country for term in person.terms}
            if (draft.country and draft.country.code not in codes) or not self._closes(x + 1):
                return after
            draft.person = person
        elif kind in ("name", "family") and not self.line.titled:
            name, y = self._sequence(x)
            if len(name) < 2 or not self._closes(y):
                return after
            draft.unlisted = name
            x = y - 1
        else:
            return after
        draft.shape = "person"
        draft.end = self.items[x].last.end
        draft.item = x
        return x + 1

    def _closes(self, index: int) -> bool:
        """Whether an apposition can end before this item."""
        item = self._at(index)
        if item is None:
            return True
        return item.kind in ("mark", "speech") or (
            item.kind in ("conj", "function", "prep") and self.setting.phrase
        )

    def _shared_title(self, drafts: list[Draft], after: int) -> int:
        """'Presidents Biden and Xi': the second person has the title as well."""
        first = drafts[0]
        if not (first.office and first.plural and first.named):
            return after
        while after + 1 < self.size:
            step = after + (self.items[after].first.bare == ",")
            step += self._kind(step) == "conj"
            if step == after or self._kind(step) not in PERSONS:
                break
            pieces = Pieces(step)
            pieces.person = self.items[step]
            pieces.end = step + 1
            self._complements(pieces)
            second = self._build(pieces, step)[0]
            second.office = first.office
            second.why.append(f"offices:{first.office.office}")
            drafts.append(second)
            after = pieces.end
        return after

    def _speaks(self, draft: Draft) -> bool:
        """Whether a verb of speech stands right before or after."""
        after = draft.item + 1
        if self._kind(after) == "mark" and self.items[after].first.bare == ",":
            after += 1
        before = draft.first - 1
        if before >= 0 and self.items[before].kind == "article":
            before -= 1
        return self._kind(after) == "speech" or (before >= 0 and self._kind(before) == "speech")


__all__ = ["Draft", "Reader", "words"]
