"""What a story says of its persons: who a family name is, what an unlisted person is.

Used by `settle`. Filled from all drafts of a story before the first of them is settled, so that a
headline knows the names of the text below it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from ..knowledge import actors as known
from ..knowledge.actors import Country
from .draft import Draft, words
from .lexicon import Lexicon, Person
from .people import Role, prominent
from .segment import valid_on

# Sectors that give way to a more special one beside them.
WEAK = frozenset(("GOV", "CVL", "UNK", "UAF"))
# Sectors that stand after the others.
SECOND = ("OPP", "PRE")
# Soldiers in the service of a world body: of a state they are its soldiers first.
PEACEKEEPING = ("IGO", "MIL")


class Known(Struct):
    """An unlisted person, as far as the story tells."""

    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    office: str | None = None
    gender: str = ""
    why: tuple[str, ...] = ()


class Memory:
    """The persons of one story: known ones by family name, unlisted ones by each of their names."""

    def __init__(self, drafts: Iterable[Draft], lexicon: Lexicon, date: dt.date | None) -> None:
        self.lexicon = lexicon
        self.date = date
        self.listed: dict[str, list[Person]] = {}
        self.unlisted: dict[str, list[Known]] = {}
        for draft in drafts:
            self._remember(draft)

    def _remember(self, draft: Draft) -> None:
        if draft.family and draft.office:
            draft.person = by_office(draft, self.lexicon, self.date)
        if draft.person:
            for family in draft.person.families:
                people = self.listed.setdefault(family, [])
                if draft.person not in people:
                    people.append(draft.person)
        elif len(draft.unlisted) > 1 and (has_role(draft) or draft.speech or draft.honorific):
            self._learn(draft)

    def _learn(self, draft: Draft) -> None:
        name = " ".join(draft.unlisted)
        keys = {part.lower() for part in (draft.unlisted[-1], draft.unlisted[0])}
        for key in sorted(keys):
            people = self.unlisted.setdefault(key, [])
            mine = next((person for person in people if person.name == name), None)
            if mine is None:
                mine = next(
                    (p for group in self.unlisted.values() for p in group if p.name == name),
                    Known(name),
                )
                people.append(mine)
            if has_role(draft) and not mine.sectors:
                plain = plain_role(draft)
                mine.country, mine.sectors, mine.office = (
                    plain.country, plain.sectors, plain.office,
                )  # fmt: skip
                mine.gender = gender_of(draft)
                mine.why = tuple(draft.why)


def has_role(draft: Draft) -> bool:
    """Whether the text says what the person is."""
    return bool(draft.office or draft.country or draft.owner or draft.nouns)


def by_office(draft: Draft, lexicon: Lexicon, date: dt.date | None) -> Person | None:
    """The person of a family name who has, or last had, the office that the text gives."""
    people = lexicon.families.get(draft.family, [])
    code = draft.country.code if draft.country else None
    titles = titles_of(draft, title_of(draft), lexicon)
    found = [
        person
        for person in people
        if any(
            lexicon.title(term.office) in titles and (code is None or term.country in (code, None))
            for term in person.terms
        )
    ]
    if len(found) > 1 and date is not None:
        day = date
        found = [
            person
            for person in found
            if any(
                valid_on(term, day) and lexicon.title(term.office) in titles
                for term in person.terms
            )
        ]
    if len(found) != 1 and code is not None:
        found = [p for p in people if any(term.country == code for term in p.terms)]
        if len(found) > 1:
            chosen = prominent(found, date, lexicon)
            found = [chosen] if chosen else []
    return found[0] if len(found) == 1 else None


def titles_of(draft: Draft, title: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The title, then its ways with the body or the post beside it ('nato secretary-general')."""
    if draft.post:
        return (title, f"{title} to {draft.post}", f"{title} to the {draft.post}")
    if draft.owner is None:
        return (title,)
    own = [draft.owner.name.lower(), *(form.lower() for form in draft.owner.forms)]
    forms = [f"{name} {title}" for name in own] + [f"{title} of the {name}" for name in own]
    found = dict.fromkeys([title, *forms, *(lexicon.title_of(form) for form in forms)])
    return tuple(form for form in found if form)


def title_of(draft: Draft) -> str:
    """The canonical title, with what ranks it lower: 'deputy foreign minister'."""
    if draft.office is None:
        return ""
    title = draft.office.office
    if draft.deputy and not title.startswith(draft.deputy):
        return f"{draft.deputy} {title}"
    return title


def gender_of(draft: Draft) -> str:
    """The gender that the title or the form of address shows: 'm', 'f' or ''."""
    table = known.grammar()["gender_words"]
    if draft.honorific in table:
        return str(table[draft.honorific])
    for token in draft.line.tokens[draft.line.items[draft.first].i :]:
        if token.start >= draft.end:
            break
        if token.norm in table:
            return str(table[token.norm])
    return ""


def combine(parts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Sectors of several words, the special ones first: ('GOV',) and ('MIL',) give ('MIL',)."""
    flat = list(dict.fromkeys(sector for part in parts for sector in part))
    strong = [sector for sector in flat if sector not in WEAK and sector not in SECOND]
    first = strong or [sector for sector in flat if sector in WEAK][:1]
    return (*first, *(sector for sector in flat if sector in SECOND))


def with_state(sectors: tuple[str, ...], country: Country | None) -> tuple[str, ...]:
    """Sectors with those of the state itself after them: PRE for a partially recognised one."""
    extra = tuple(s for s in (country.sectors if country else ()) if s not in sectors)
    return sectors + extra


def plain_role(draft: Draft) -> Role:
    """Country, sectors and office from the words of the phrase alone."""
    owner = draft.owner
    country = draft.country.code if draft.country else None
    if country is None and draft.holder:
        country = draft.holder.terms[0].country
    if country is None:
        country = owner.country if owner else None
    if country is None and draft.office and not owner:
        country = draft.office.country
    title = title_of(draft) or None
    if draft.status == "former" and draft.office:
        return Role(country, ("ELI",), title)
    parts: list[Sequence[str]] = []
    if owner:
        parts.append(owner.sectors)
    if draft.office and (not owner or not owner.sectors):
        parts.append(draft.office.sectors)
    nouns = [noun.sectors for noun in reversed(draft.nouns)]
    parts = [*nouns, *parts] if _leads(draft, nouns) else [*parts, *nouns]
    if not any(parts) and draft.office:
        parts.append(draft.office.sectors or ("GOV",) * bool(country))
    sectors = _of_opposition(draft, combine(parts))
    if draft.status == "former" and sectors[:1] == ("GOV",):
        sectors = ("ELI",)
    if draft.office and not owner and not draft.nouns:
        sectors = draft.office.sectors or sectors
    if owner and not draft.nouns:
        sectors = owner.sectors or sectors
    if country and not owner and sectors == PEACEKEEPING:
        sectors = sectors[::-1]
    return Role(country, with_state(sectors, draft.country), title)


def _leads(draft: Draft, nouns: Sequence[Sequence[str]]) -> bool:
    """'Sandinista fighters': whether the head noun says more of them than whose they are."""
    if not nouns or draft.office or (draft.owner and "IGO" in draft.owner.sectors):
        return False
    return bool(set(nouns[0]) & words("leading_sectors"))


def _of_opposition(draft: Draft, sectors: tuple[str, ...]) -> tuple[str, ...]:
    """'opposition demonstrators', 'a communist regime': people are no party, nor governments."""
    owner = draft.owner
    if owner is None or not draft.generic or not draft.nouns or sectors[:1] != ("PTY",):
        return sectors
    if owner.sectors[:1] == ("GOV",):
        return owner.sectors
    head = draft.nouns[-1].sectors
    return (*head, *(s for s in sectors[1:] if s not in head)) if "CVL" in head else sectors


def holder_of(draft: Draft, memory: Memory) -> Person | None:
    """Whose family name it is, in "Biden's spokesman"; None where that is not clear."""
    people = memory.listed.get(draft.holder_family)
    if people is None:
        if draft.holder_family in words("families_that_are_words") and not draft.generic:
            return None
        people = memory.lexicon.families.get(draft.holder_family, [])
        return prominent(people, memory.date, memory.lexicon)
    return people[0] if len(people) == 1 else None
