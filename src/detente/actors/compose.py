"""Makes drafts of the pieces of a phrase: one for each state that shares a title.

Comes after `owners`. Here the meanings of each form are chosen: the country of the day, the office
of the state, the person in its service.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..knowledge import actors as known
from ..knowledge.actors import Body, Country
from .draft import Draft, Pieces, words
from .lexicon import Entry, Person
from .owners import OwnerReader
from .segment import STATES, Item, Setting, country_on, pick_country, valid_on

TABLES = {"organisation": "organisations", "group": "groups", "seat": "seats"}


class Composer(OwnerReader):
    """Makes drafts of pieces."""

    def _build(self, pieces: Pieces, at: int) -> list[Draft]:
        first = pieces.start
        if not (pieces.headed or pieces.named or pieces.body):
            first = self._significant(pieces)
        while self.items[first].first.norm in words("quantity_tails"):
            first += 1
        last = pieces.end - 1
        if not pieces.nats:
            return [self._draft(pieces, first, last, None)]
        countries = pieces.nats
        if pieces.named and not self._title_plural(pieces):
            countries = countries[:1]
        return [self._draft(pieces, first, last, item) for item in countries]

    def _title_plural(self, pieces: Pieces) -> bool:
        return any(entry.plural for item in pieces.offices for entry in item.of("office"))

    def _significant(self, pieces: Pieces) -> int:
        """Where a phrase without title or noun begins: at its state or body."""
        main = pieces.nats[0] if pieces.nats else pieces.owner
        first = next(i for i in range(pieces.start, pieces.end) if self.items[i] is main)
        counted = pieces.quantity and pieces.nats and self._is_people(pieces, pieces.nats[0])
        return pieces.start if counted else first

    def _draft(self, pieces: Pieces, first: int, last: int, nat: Item | None) -> Draft:
        draft = Draft(self.line, first, last)
        before = self._at(first - 1)
        if before is not None and before.kind == "article":
            draft.article = before.first.norm
        self._countries(draft, pieces, nat)
        self._owner(draft, pieces)
        self._titles(draft, pieces)
        draft.status = pieces.status
        draft.deputy = pieces.deputy
        draft.honorific = pieces.honorific
        if pieces.holder is not None:
            self._held(draft, pieces.holder)
        if pieces.post is not None:
            record = pieces.post.entries[0].record
            draft.post = record.name.lower()
        self._who(draft, pieces)
        draft.shape = self._shape(draft, pieces, nat)
        return draft

    def _countries(self, draft: Draft, pieces: Pieces, nat: Item | None) -> None:
        if nat is None and pieces.inner and pieces.inner.nats:
            nat = pieces.inner.nats[0]
        if nat is None:
            place = pieces.place or ("" if pieces.owner else state_of_people(pieces))
            draft.country = country_on(place, self.setting.date) if place else None
            if draft.country:
                draft.why.append(f"places:{draft.country.code}")
            return
        entries = [entry for entry in nat.entries if entry.kind in STATES]
        draft.country = pick_country(entries, self.setting.date)
        draft.adjective = nat.kind == "adjective"
        draft.why.append(f"{'places' if nat.local else 'countries'}:{draft.country.code}")

    def _owner(self, draft: Draft, pieces: Pieces) -> None:
        item = pieces.owner or (pieces.inner.owner if pieces.inner else None)
        nouns = [noun for noun in pieces.nouns if noun.kind == "institution"]
        if pieces.inner:
            nouns += [noun for noun in pieces.inner.nouns if noun.kind == "institution"]
        if item is not None:
            entry = _valid(item.of(item.kind), self.setting)
            draft.owner = entry.record
            draft.why.append(f"{TABLES[item.kind]}:{entry.record.name}")
        elif nouns:
            entry = _own(nouns[-1].of("institution"), draft.country)
            draft.owner = entry.record
            draft.generic = not entry.record.country
            self._of_whole(draft, nouns[:-1])
            draft.why.append(f"institutions:{entry.record.name}")
        elif pieces.body or (pieces.inner and pieces.inner.body):
            draft.owner = self._made_body(pieces)
            draft.why.append("actor_grammar:body_words")

    def _of_whole(self, draft: Draft, wholes: Sequence[Item]) -> None:
        """'U.S. Senate Foreign Relations Committee': the state of the body that it is part of."""
        codes = {entry.record.country for item in wholes for entry in item.of("institution")}
        code = codes.pop() if len(codes) == 1 else None
        if draft.generic and draft.country is None and code:
            draft.country = country_on(code, self.setting.date)

    def _made_body(self, pieces: Pieces) -> Body:
        """A body that no table has, from its capitalised name."""
        first, last = pieces.body or (pieces.inner.body if pieces.inner else None) or (0, 0)
        tokens = self.line.tokens[self.items[first].i : self.items[last - 1].j]
        table = known.grammar()["body_words"]
        sector = next((table[token.norm] for token in reversed(tokens) if token.norm in table), "")
        name = " ".join(token.bare for token in tokens)
        return Body(name=name, forms=(), country=None, sectors=(sector,) if sector else ())

    def _titles(self, draft: Draft, pieces: Pieces) -> None:
        inner = pieces.inner
        if pieces.owner and pieces.nouns and pieces.owner.i > pieces.nouns[-1].i:
            # 'the militant group Hamas': the noun only describes the body.
            pieces.nouns = []
        nouns = pieces.nouns + (inner.nouns if inner else [])
        draft.nouns = [noun.of("sector")[0].record for noun in nouns if noun.kind == "sector"]
        draft.why += [f"sectors:{noun.noun}" for noun in draft.nouns]
        heads = pieces.offices or pieces.nouns
        if heads:
            entries = heads[-1].of(heads[-1].kind)
            draft.plural = any(entry.plural for entry in entries)
        if pieces.offices:
            item = pieces.offices[-1]
            entry = _own(item.of("office"), draft.country)
            draft.office = entry.record
            draft.why.append(f"offices:{entry.record.office}")

    def _who(self, draft: Draft, pieces: Pieces) -> None:
        draft.unlisted = pieces.unlisted
        item = pieces.person
        if item is None:
            return
        if item.kind == "family":
            draft.family = item.of("family")[0].record
            draft.family_text = self._bare(item)
            return
        draft.person = person_of(item, draft.country)

    def _held(self, draft: Draft, item: Item) -> None:
        """Whose the phrase is; for a family name alone, `settle` finds out who that is."""
        if item.kind == "family":
            draft.holder_family = item.of("family")[0].record
        else:
            draft.holder = person_of(item, draft.country)

    def _shape(self, draft: Draft, pieces: Pieces, nat: Item | None) -> str:
        if draft.named:
            return "person"
        if draft.office:
            return "office"
        if pieces.nouns and pieces.nouns[-1].kind == "sector":
            return "group"
        if draft.owner is not None:
            if pieces.owner is not None and not pieces.headed:
                return {"seat": "seat", "group": "group"}.get(pieces.owner.kind, "body")
            return "body"
        if nat is None or pieces.headed:
            return "group"
        return self._state_shape(draft, pieces, nat)

    def _state_shape(self, draft: Draft, pieces: Pieces, nat: Item) -> str:
        if nat.kind == "capital":
            return "seat"
        one = draft.article in ("a", "an", "another")
        return "people" if self._is_people(pieces, nat, one) else "state"

    def _is_people(self, pieces: Pieces, nat: Item, one: bool = False) -> bool:
        """'two Americans', 'four Chinese', 'an American': people, not the state."""
        after = self._at(pieces.end)
        closed = after is None or after.kind not in ("word", "name", "number", "modifier")
        counted = nat.has("people") and nat.kind != "country" and (pieces.quantity or one)
        return nat.kind == "people" or (counted and closed)


def state_of_people(pieces: Pieces) -> str:
    """The one state that a people of its nouns lives in ('Tibetan monks': CHN), or nothing."""
    peoples = known.grammar()["peoples"]
    for item in pieces.nouns:
        for entry in item.of("sector"):
            noun = entry.record.noun.lower()
            code = peoples.get(noun) or peoples.get(noun.split(" ")[0])
            if code:
                return str(code)
    return ""


def _valid(entries: Sequence[Entry], setting: Setting) -> Entry:
    """The row of a body that held on the day: the Taliban before and after August 2021."""
    if setting.date is None:
        return entries[-1]
    return next((entry for entry in entries if valid_on(entry.record, setting.date)), entries[-1])


def _own(entries: Sequence[Entry], country: Country | None) -> Entry:
    """The row of the actor's own state; else one of no state; else the first."""
    code = country.code if country else None
    same = [entry for entry in entries if entry.record.country == code]
    free = [entry for entry in entries if not entry.record.country]
    return (same or free or list(entries))[0]


def person_of(item: Item, country: Country | None) -> Person:
    """The person of a full name; of namesakes, the one in the service of the country named."""
    people: list[Person] = [
        entry.record for entry in item.entries if entry.kind in ("person", "mononym")
    ]
    if country is not None:
        for person in people:
            if any(term.country == country.code for term in person.terms):
                return person
    return people[0]
