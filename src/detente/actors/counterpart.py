"""Counterparts: 'his Chinese counterpart' has the same office in the state that is named.

Called by `reference`. The possessor is a pronoun or a name before; the state stands before or
after ('his counterpart from Japan'), or it is the other one of a pair that stands out. Who held
the office on the day comes from people.tsv; else the counterpart has no name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from ..knowledge import actors as known
from ..knowledge.actors import Country
from ..model import Actor
from .clauses import OBJECT, SUBJECT
from .history import History, Past, is_subject
from .lexicon import Lexicon
from .people import holder
from .phrase import Draft, words
from .segment import STATES, Line
from .settle import Mention

SURE_OF_COUNTERPART = 0.82
GOVERNMENT = ("GOV",)


@cache
def _kin() -> dict[str, tuple[str, ...]]:
    """Each office with those of its kind in other states."""
    return {office: tuple(family) for family in known.grammar()["same_office"] for office in family}


class Counterparts:
    """Reads counterparts against the history of the story."""

    def __init__(self, history: History, date: dt.date | None, lexicon: Lexicon) -> None:
        self.history = history
        self.date = date
        self.lexicon = lexicon

    def read(self, line: Line, index: int, number: int, mentions: list[Mention]) -> list[Mention]:
        """Resolve the counterpart at an item; the mentions it takes in are replaced by it."""
        items = line.items
        first = index
        state = None
        if first and items[first - 1].kind in STATES and not items[first - 1].last.poss:
            first -= 1
            state = _at(mentions, first)
        owner = first - 1
        while owner >= 0 and items[owner].kind in ("modifier", "former", "acting"):
            owner -= 1
        if owner < 0:
            return mentions
        named = _after(line, index, mentions)
        if named is not None:
            start = owner if items[owner].kind == "pronoun" else min(first, owner + 1)
            possessor = self._possessor(line, owner, number, mentions)
            return self._named(line, start, named, state, mentions, possessor)
        possessor = self._possessor(line, owner, number, mentions)
        if possessor is None and state is None:
            return mentions
        start = owner if items[owner].kind == "pronoun" else min(first, owner + 1)
        last = index
        if state is None:
            last, state = _linked(line, index, mentions)
        country = state.draft.country if state else self._other(possessor, number)
        if country is None:
            return mentions
        draft = Draft(line, start, last)
        draft.sentence = number
        draft.plural = items[index].of("counterpart")[0].plural
        draft.country = country
        made = self._made(draft, possessor)
        kept = [mention for mention in mentions if mention is not state]
        return sorted([*kept, made], key=lambda mention: mention.actor.start)

    def _named(
        self,
        line: Line,
        first: int,
        named: Mention,
        state: Mention | None,
        mentions: Sequence[Mention],
        possessor: Past | None,
    ) -> list[Mention]:
        """'his Chinese counterpart Wang Yi': the name decides, the words belong to it."""
        draft = named.draft
        draft.first = first
        draft.start = line.items[first].first.start
        actor = named.actor
        country = actor.country or (state.actor.country if state else None)
        grown = Actor(
            text="",
            start=draft.start,
            end=actor.end,
            name=actor.name,
            country=country,
            sectors=actor.sectors,
            office=self._shared(actor, possessor),
            kind=actor.kind,
            confidence=actor.confidence,
            why=actor.why,
        )
        kept = [mention for mention in mentions if mention not in (named, state)]
        made = Mention(grown, draft, named.gender)
        return sorted([*kept, made], key=lambda mention: mention.actor.start)

    def _shared(self, actor: Actor, possessor: Past | None) -> str | None:
        """Of the offices of a named counterpart, the one that is of the possessor's kind."""
        own = possessor.actor.office if possessor else None
        for title in _kin().get(own or "", (own,) if own else ()):
            found = holder(title, actor.country, self.date, self.lexicon)
            if found is not None and found[0].name == actor.name:
                return title
        return actor.office

    def _possessor(
        self, line: Line, owner: int, number: int, mentions: Sequence[Mention]
    ) -> Past | None:
        """Whose counterpart: a pronoun's antecedent, or the name before."""
        item = line.items[owner]
        before = [
            Past(mention, number, SUBJECT if is_subject(line, mention.draft.first) else OBJECT)
            for mention in mentions
            if mention.actor.start < item.first.start
        ]
        if item.kind == "pronoun":
            gender = known.grammar()["pronouns"][item.first.norm]
            fresh = len(self.history.past)
            self.history.past += before
            found = self.history.near(
                number,
                lambda past: (
                    past.person and bool(past.actor.office)
                    and (gender in ("p", "n") or past.gender in (gender, ""))
                ),
            )  # fmt: skip
            del self.history.past[fresh:]
            return found
        if item.last.poss:
            own = _at(mentions, owner)
            return Past(own, number, OBJECT) if own else None
        return None

    def _other(self, possessor: Past | None, number: int) -> Country | None:
        """The other state of the pair that stands out."""
        if possessor is None:
            return None
        pair = self.history.leading(number, lambda past: past.actor.country)
        codes = [past.actor.country for past in pair or ()]
        if possessor.actor.country not in codes:
            return None
        other = next((code for code in codes if code != possessor.actor.country), None)
        return self.lexicon.codes.get(other or "")

    def _made(self, draft: Draft, possessor: Past | None) -> Mention:
        assert draft.country is not None
        office, name, gender = None, None, ""
        why = [f"countries:{draft.country.code}"]
        if possessor is not None and possessor.actor.office:
            office = self._generic(possessor.actor.office, draft.country)
            for title in _kin().get(possessor.actor.office, (possessor.actor.office,)):
                found = holder(title, draft.country.code, self.date, self.lexicon)
                if found is not None and not draft.plural:
                    name, gender = found[0].name, found[0].gender
                    office = title
                    why.append(f"people:{name}")
                    break
        draft.shape = "group" if draft.plural else "office"
        sectors = GOVERNMENT + draft.country.sectors
        actor = Actor(
            text="",
            start=draft.start,
            end=draft.end,
            name=name,
            country=draft.country.code,
            sectors=sectors,
            office=None if draft.plural else office,
            kind="reference",
            confidence=SURE_OF_COUNTERPART,
            why=";".join(["actor_grammar:counterpart", *why]),
        )
        return Mention(actor, draft, gender)

    def _generic(self, office: str, country: Country) -> str:
        """The office of that kind that the state can have: not 'secretary of state' of Japan."""
        for title in (office, *_kin().get(office, ())):
            known_office = self.lexicon.offices.get(title)
            if known_office is None or known_office.country in (None, country.code):
                return title
        return office


def _at(mentions: Sequence[Mention], index: int) -> Mention | None:
    """The mention that ends at an item."""
    return next((mention for mention in mentions if mention.draft.item == index), None)


def _after(line: Line, index: int, mentions: Sequence[Mention]) -> Mention | None:
    """The named person right after an item, or after a comma."""
    nxt = index + 1
    if nxt < len(line.items) and line.items[nxt].first.bare == ",":
        nxt += 1
    return next(
        (m for m in mentions if m.draft.first == nxt and m.actor.kind == "person"
         and not m.draft.office), None,
    )  # fmt: skip


def _linked(line: Line, index: int, mentions: Sequence[Mention]) -> tuple[int, Mention | None]:
    """The state in 'his counterpart from Japan', and where the phrase ends."""
    link = index + 1
    if link + 1 >= len(line.items):
        return index, None
    if line.items[link].first.norm not in words("counterpart_links"):
        return index, None
    state = next((m for m in mentions if m.draft.first in (link + 1, link + 2)), None)
    if state is None or state.draft.shape != "state":
        return index, None
    return state.draft.item, state
