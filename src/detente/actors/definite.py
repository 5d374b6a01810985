"""Resolves titles and nouns without a state: 'the minister', 'the ministry', 'the officials'.

Called by `reference`. The last mention of that office, body or kind says whose it is; where there
is none, titles and bodies are left out, and kinds of people stay without a state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache, partial

from msgspec.structs import replace

from ..knowledge import actors as known
from ..knowledge.actors import Term
from ..model import Actor
from .clauses import reference_words
from .descriptions import Descriptions, owner_of, state_mention
from .draft import Draft
from .history import History, Past, pointed
from .people import FORMER
from .settle import Mention, body_name

SURE_OF_DEFINITE = 0.8
SURE_OF_ORGAN = 0.65
# Titles are sought this many sentences back where only an earlier or later office bears them out.
SENTENCES = 6
# Who came into office within this many days is 'new'.
NEW_DAYS = 120
# Who left office longer ago than this is no longer called by its title.
LATELY_DAYS = 800


class Definite:
    """Resolves bare titles, bodies and nouns against the history of a story."""

    def __init__(self, history: History, descriptions: Descriptions, date: dt.date | None) -> None:
        self.history = history
        self.date = date
        self.descriptions = descriptions
        self.lexicon = descriptions.lexicon
        # Who says or does something in the clause is 'he' there, and no 'the minister'.
        self.doers: Callable[[], frozenset[object]] = frozenset

    def resolve(self, mention: Mention, number: int) -> Mention | None:
        """A title, body or noun without a state: whose it is by an earlier mention.

        Kinds of people stay as they are when nothing fits; titles and bodies are left out.
        """
        draft = mention.draft
        if draft.shape == "group" and draft.article != "the":
            return mention if draft.plural or draft.article else None
        past = self._past(draft, number)
        if past is not None and not past.silent:
            return pointed(draft, past, SURE_OF_DEFINITE, "actor_grammar:definite")
        if draft.shape == "body" and draft.article == "the":
            return self._organ(mention, number)
        return mention if mention.actor.kind == "group" else None

    def _past(self, draft: Draft, number: int) -> Past | None:
        literal = _words_of(draft)
        if draft.shape == "office":
            return self._titled(draft, literal, number)
        if draft.shape == "body":
            past = self.history.last(lambda p: _same_body(p, literal))
            return owner_of(past) if past is not None and past.kind != "body" else past
        past = self.history.last(lambda p: _same_noun(p, draft))
        if past is None and draft.plural and literal & reference_words("fighters"):
            return self.descriptions.fighters(number)
        if past is None and not draft.plural:
            return self._titled(draft, literal, number)
        return past

    # --- titles ------------------------------------------------------------------------------

    def _titled(self, draft: Draft, literal: frozenset[str], number: int) -> Past | None:
        """'the general': who was given that title, has had it, or has one of its family."""
        if reference_words("new_words") & set(_all_words(draft)):
            return self._newest(number, draft)
        if draft.office is not None:
            past = self._nearest(number, lambda p: _same_office(p, draft, literal))
            past = past or self.history.last(lambda p: _same_office(p, draft, literal))
            if past is not None:
                return past
        if draft.plural or draft.deputy:
            return None
        title = " ".join(_title_words(draft))
        tests: tuple[Callable[[Past, str, Draft], bool], ...] = (
            self._has_title,
            _is_of_family,
            self._is_of_sector,
        )
        for bears in tests:
            found = self._nearest(number, partial(_bears, bears, title, draft))
            if found is not None:
                return found
        return None

    def named(self, mention: Mention, number: int) -> Mention:
        """'the Russian leader': with the name of who has such a title and was named before."""
        draft, actor = mention.draft, mention.actor
        bare = actor.kind == "office" and actor.name is None and not draft.plural
        if not bare or not actor.country or draft.article != "the" or draft.deputy:
            return mention
        title = " ".join(_title_words(draft))
        literal = frozenset(title.split())

        def fits(past: Past) -> bool:
            if past.actor.country != actor.country or not past.actor.name or past.silent:
                return False
            return (
                _same_office(past, draft, literal)
                or self._has_title(past, title, draft)
                or _is_of_family(past, title, draft)
            )

        past = self._nearest(number, fits)
        if past is None:
            return mention
        why = f"{actor.why};actor_grammar:definite"
        return Mention(replace(actor, name=past.actor.name, why=why), draft, past.gender)

    def _nearest(self, number: int, fits: Callable[[Past], bool]) -> Past | None:
        """The person in the nearest sentence who fits: a subject before others."""
        for back in range(SENTENCES + 1):
            here = [
                past
                for past in self.history.of(number - back)
                if past.kind in ("person", "office") and past.known and fits(past)
            ]
            if here and back == 0:
                barred = self.doers()
                here = [past for past in here if past.key not in barred]
            if here:
                subjects = [past for past in here if past.subject]
                return (subjects or here)[0 if back and subjects else -1]
        return None

    def _newest(self, number: int, draft: Draft) -> Past | None:
        """'the new president': who came into that office last, within months of the day."""
        found: dict[dt.date, Past] = {}
        for past in self.history.since(number - SENTENCES):
            for start in self._recent(past, draft) if past.person else ():
                found[start] = past
        return found[max(found)] if found else None

    def _terms(self, past: Past) -> list[Term]:
        """The terms of office that the tables give a person, in any country's service."""
        people = self.lexicon.named.get(past.actor.name or "", ())
        return [term for person in people for term in person.terms]

    def _recent(self, past: Past, draft: Draft) -> list[dt.date]:
        """The days near that of the story on which a person came into such an office."""
        title = " ".join(_title_words(draft))
        canonical = draft.office.office if draft.office else title
        return [
            term.start
            for term in self._terms(past)
            if term.start is not None
            and self.date is not None
            and abs((term.start - self.date).days) < NEW_DAYS
            and (self.lexicon.title(term.office) == canonical or _in_family(term.office, title))
        ]

    def _has_title(self, past: Past, title: str, draft: Draft) -> bool:
        """Whether the tables give the person an office of that title on any day."""
        if draft.status == "former" and past.actor.sectors[:1] != FORMER:
            return False
        terms = self._terms(past)
        offices = {self.lexicon.title(term.office) for term in terms if self._lately(term)}
        canonical = draft.office.office if draft.office else title
        return any(
            office in (title, canonical) or (office or "").split()[-1:] == title.split()
            or _in_family(office, title)
            for office in offices
        )  # fmt: skip

    def _lately(self, term: Term) -> bool:
        """Whether a term of office was on the day of the story or ended not long before."""
        if self.date is None:
            return True
        begun = term.start is None or term.start <= self.date
        return begun and (term.end is None or (self.date - term.end).days < LATELY_DAYS)

    def _is_of_sector(self, past: Past, title: str, draft: Draft) -> bool:
        """'the general': whose sector is the military's, now or in an office the tables know."""
        sector = known.references()["title_sectors"].get(title)
        if sector is None:
            return False
        return sector in past.actor.sectors or any(
            sector in term.sectors for term in self._terms(past)
        )

    # --- bodies ------------------------------------------------------------------------------

    def _organ(self, mention: Mention, number: int) -> Mention | None:
        """'the government': of the state that stands out."""
        draft = mention.draft
        if draft.owner is None or " ".join(_title_words(draft)) not in reference_words("organs"):
            return None
        past = self.descriptions.leading_state(number)
        country = self.lexicon.codes.get(past.actor.country or "") if past else None
        if country is None:
            return None
        draft.country = country
        state = state_mention(country, draft, SURE_OF_ORGAN)
        actor = Actor(
            text="",
            start=draft.start,
            end=draft.end,
            name=body_name(draft),
            country=country.code,
            sectors=tuple(dict.fromkeys((*mention.actor.sectors, *country.sectors))),
            kind="reference",
            confidence=SURE_OF_ORGAN,
            why=f"actor_grammar:definite;{state.actor.why};{mention.actor.why}",
        )
        return Mention(actor, draft)


def _bears(test: Callable[[Past, str, Draft], bool], title: str, draft: Draft, past: Past) -> bool:
    return test(past, title, draft)


def _all_words(draft: Draft) -> list[str]:
    """All words of the phrase, and the one before it."""
    items = draft.line.items[max(0, draft.first - 1) : draft.item + 1]
    return [item.first.norm for item in items]


def _title_words(draft: Draft) -> list[str]:
    item = draft.line.items[draft.item]
    return [token.norm for token in draft.line.tokens[item.i : item.j]]


def _words_of(draft: Draft) -> frozenset[str]:
    """The words of the title or noun itself, as written."""
    return frozenset(_title_words(draft))


def _in_family(office: str | None, title: str) -> bool:
    """Whether an office is one that a general title stands for: a king is 'the monarch'."""
    family = known.references()["title_families"].get(title, ())
    return office is not None and any(
        office == member or office.endswith(f" {member}") for member in family
    )


def _is_of_family(past: Past, title: str, draft: Draft) -> bool:
    return _in_family(past.actor.office, title)


def _same_office(past: Past, draft: Draft, literal: frozenset[str]) -> bool:
    """Whether the mention has the office that a bare title names: 'the minister'."""
    if draft.office is None or past.plural != draft.plural:
        return False
    if draft.plural and past.mention.draft.office is draft.office and past.actor.country:
        return True
    if past.actor.office is None:
        return False
    if past.kind not in ("person", "office") or not past.known:
        return False
    if draft.status == "former" and past.actor.sectors[:1] != FORMER:
        return False
    own = frozenset(past.actor.office.replace("-", " ").split())
    ranks = own & words_of_class("deputy")
    if ranks and not ranks & literal and not ranks & frozenset(draft.office.office.split()):
        return False
    return literal <= own or frozenset(draft.office.office.split()) <= own


@cache
def words_of_class(name: str) -> frozenset[str]:
    """A closed class of words as a set."""
    return frozenset(known.grammar()["classes"][name])


def _same_body(past: Past, literal: frozenset[str]) -> bool:
    """Whether the mention is, or belongs to, a body called by these words: 'the ministry'."""
    owner = past.mention.draft.owner
    if owner is None or not past.actor.country:
        return False
    return literal <= frozenset(owner.name.lower().split())


def _same_noun(past: Past, draft: Draft) -> bool:
    """Whether the mention is of the same noun and has a state: 'the soldiers'."""
    if not past.actor.country or past.kind != "group":
        return False
    return bool(draft.nouns) and past.mention.draft.nouns == draft.nouns
