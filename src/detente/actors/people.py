"""Who holds an office on a day, and what a person is on a day.

Used by `settle` and `reference`. All answers come from people.tsv; where the table leaves two
persons, the answer is none: never a guess.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from ..knowledge.actors import Office, Term
from .lexicon import Lexicon, Person
from .segment import valid_on

# Ranks (column `level` of offices.tsv), highest first: who has two offices goes by the higher.
RANKS = (
    "head_of_state", "head_of_government", "minister", "leader", "adviser", "commander",
    "legislator", "deputy", "ambassador", "judge", "spokesperson", "official", "",
)  # fmt: skip
# Ranks whose holders the press calls by family name alone.
PROMINENT = frozenset(("head_of_state", "head_of_government", "minister", "leader"))
FORMER = ("ELI",)
# Before the first office that the table knows.
UNKNOWN = ("UNK",)


class Role(Struct, frozen=True):
    """What a person is on a day; `certain` is False where the tables and the text disagree."""

    country: str | None
    sectors: tuple[str, ...]
    office: str | None
    certain: bool = True


def current(person: Person, date: dt.date | None) -> list[Term]:
    """The person's terms on a day; without a day, those that are still open."""
    if date is None:
        return [term for term in person.terms if term.end is None]
    return [term for term in person.terms if valid_on(term, date)]


def rank(lexicon: Lexicon, title: str) -> int:
    """Position of a title in `RANKS`, 0 the highest."""
    office = lexicon.offices.get(lexicon.title(title))
    return RANKS.index(office.level) if office and office.level in RANKS else len(RANKS) - 1


def highest(lexicon: Lexicon, terms: Sequence[Term]) -> Term:
    """The term of highest rank; of equals the latest begun."""
    return min(
        terms,
        key=lambda term: (
            not term.office,
            rank(lexicon, term.office),
            -(term.start or dt.date.min).toordinal(),
        ),
    )


def role(
    person: Person,
    date: dt.date | None,
    lexicon: Lexicon,
    titles: tuple[str, ...] = (),
    status: str = "",
) -> Role:
    """What the person is on a day, given the title in the text and 'former' or so.

    `titles` are the ways to write the title, the plain one first; none where the text has none.
    """
    title = titles[0] if titles else ""
    stated = [term for term in person.terms if lexicon.title(term.office) in titles]
    country = (stated or list(person.terms))[0].country
    if status == "former":
        return Role(country, FORMER, title or None)
    terms = current(person, date)
    now = [term for term in terms if term in stated]
    if now:
        return Role(now[0].country, now[0].sectors, title)
    if title and stated:
        return Role(stated[-1].country, stated[-1].sectors, title, certain=not date)
    if terms:
        best = highest(lexicon, terms)
        office = lexicon.title(best.office) or None
        # 'the leader' of the text is the 'supreme leader' of the table.
        general = office is not None and office.endswith(f" {title}")
        return Role(best.country, best.sectors, office if general or not title else title)
    if date is None:
        last = max(person.terms, key=lambda term: (term.end or dt.date.max).toordinal())
        return Role(last.country, last.sectors, title or lexicon.title(last.office) or None, False)
    if all(term.start is not None and term.start > date for term in person.terms):
        return Role(country, UNKNOWN, title or None, certain=False)
    return Role(country, FORMER, title or None)


def holder(
    office: str, country: str | None, date: dt.date | None, lexicon: Lexicon
) -> tuple[Person, Term] | None:
    """The one person who held an office of a country on a day; None if none or several did.

    A user's own entry goes before the shipped ones.
    """
    if date is None:
        return None
    found = {
        person.name: (person, term)
        for term, person in lexicon.holders.get((country or "", office), ())
        if valid_on(term, date)
    }
    if len(found) > 1:
        found = {name: pair for name, pair in found.items() if _is_own(*pair)} or found
    if len(found) > 1:
        # The day of a handover belongs to both: the newcomer has it.
        found = {name: pair for name, pair in found.items() if pair[1].start != date} or found
    return next(iter(found.values())) if len(found) == 1 else None


def _is_own(person: Person, term: Term) -> bool:
    """Whether a term of office is a user's."""
    return term in person.terms[: person.own]


def prominent(people: Iterable[Person], date: dt.date | None, lexicon: Lexicon) -> Person | None:
    """Of namesakes, the one in the highest office on a day; None if none or several are."""
    ranked: dict[int, list[Person]] = {}
    for person in people:
        terms = [term for term in current(person, date) if _is_prominent(term, lexicon)]
        if terms:
            best = min(rank(lexicon, term.office) for term in terms)
            ranked.setdefault(best, []).append(person)
    top = ranked[min(ranked)] if ranked else []
    return top[0] if len(top) == 1 else None


def _is_prominent(term: Term, lexicon: Lexicon) -> bool:
    office: Office | None = lexicon.offices.get(lexicon.title(term.office))
    return office is not None and office.level in PROMINENT
