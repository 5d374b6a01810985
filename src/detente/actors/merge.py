"""Puts a user's entries into the lexicon, where they win over the shipped ones on their days.

Used by `build`. A form of a user becomes one `Entry` of the kind `OWN` whose record is the choices
that `Lexicon.hits` picks from by the day; all forms of an actor share them, so that the work is
proportional to the lines of the dictionary.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from ..knowledge import actors as known
from ..knowledge.actors import Body, Noun, Office, Term
from .forms import Forms, is_plural, norm_of, plural_of
from .lexicon import OWN, Choice, Entry, Person
from .own import Meaning, OwnEntry, countries
from .segment import STATES

_DAY = dt.timedelta(days=1)
_TABLES = {"body": "organisation", "group": "group"}


def with_own_people(shipped: Sequence[Person], own: Sequence[OwnEntry]) -> list[Person]:
    """All persons: the shipped, and the user's, who are joined where a name is one person's.

    On the days of a user's row it stands in the place of the shipped ones.
    """
    terms: dict[str, list[Term]] = {}
    for entry in own:
        for meaning in entry.meanings:
            if meaning.kind == "person":
                terms.setdefault(meaning.name, []).append(_term(meaning))
    if not terms:
        return list(shipped)
    namesakes: dict[str, list[Person]] = {}
    for person in shipped:
        if person.name in terms:
            namesakes.setdefault(person.name, []).append(person)
    mine = {name: _person(name, rows, namesakes.get(name, ())) for name, rows in terms.items()}
    kept = [p for p in shipped if len(namesakes.get(p.name, ())) != 1]
    return [*mine.values(), *kept]


def add_own(forms: Forms, own: Iterable[OwnEntry], people: Iterable[Person]) -> None:
    """Add the user's forms; call it when the shipped ones are in."""
    persons = {person.name: person for person in people if person.own}
    for entry in own:
        _add_entry(forms, entry, persons)


def _term(meaning: Meaning) -> Term:
    return Term(
        name=meaning.name,
        aliases=(),
        family=(),
        gender="",
        country=meaning.country,
        sectors=meaning.sectors,
        office=meaning.office or "",
        start=meaning.start,
        end=meaning.end,
    )


def _person(name: str, own: Sequence[Term], namesakes: Sequence[Person]) -> Person:
    """A user's person, with what the tables have of him for other days."""
    last = name.rpartition(" ")[2]
    families = (norm_of(last),) if " " in name and len(last) > 1 and last[0].isupper() else ()
    if len(namesakes) != 1:
        return Person(name, tuple(own), families, "", len(own), shipped=False)
    (other,) = namesakes
    aliases = tuple(dict.fromkeys(alias for term in other.terms for alias in term.aliases))
    own = [replace(term, aliases=aliases) for term in own]
    rest = [part for term in other.terms for part in _outside(term, own)]
    families = tuple(dict.fromkeys((*other.families, *families)))
    return Person(name, (*own, *rest), families, other.gender, len(own))


def _outside(term: Term, own: Sequence[Term]) -> list[Term]:
    """What is left of a term of office outside the days of the user's rows."""
    left = [term]
    for row in own:
        left = [part for each in left for part in _minus(each, row.start, row.end)]
    return left


def _minus(term: Term, start: dt.date | None, end: dt.date | None) -> list[Term]:
    found = []
    before = start is not None and (term.start is None or term.start < start)
    after = end is not None and (term.end is None or term.end > end)
    if before and start is not None:
        last = start - _DAY
        found.append(replace(term, end=min(term.end or last, last)))
    if after and end is not None:
        first = end + _DAY
        found.append(replace(term, start=max(term.start or first, first)))
    return found


def _add_entry(forms: Forms, entry: OwnEntry, persons: dict[str, Person]) -> None:
    plain = tuple(_choice(meaning, persons, "person") for meaning in entry.meanings)
    short = plain
    if any(meaning.kind == "person" for meaning in entry.meanings):
        short = tuple(_choice(meaning, persons, "mononym") for meaning in entry.meanings)
    states = any(meaning.kind == "state" for meaning in entry.meanings)
    counted = entry.plurals and any(m.kind in ("noun", "office") for m in entry.meanings)
    for form in entry.forms:
        choices = plain if " " in form else short
        if states:
            choices = _as_shipped(choices, forms.table.get(norm_of(form), ()))
        forms.add(form, OWN, choices, plural=counted and is_plural(form))
        if counted and not is_plural(form):
            forms.add(plural_of(form), OWN, choices, plural=True)


def _choice(meaning: Meaning, persons: dict[str, Person], person_kind: str) -> Choice:
    kind, record = _sense(meaning, persons, person_kind)
    return Choice(meaning.start, meaning.end, ((kind, record),))


def _sense(meaning: Meaning, persons: dict[str, Person], person_kind: str) -> tuple[str, Any]:
    """The kind and the record of the tables that a meaning is like."""
    if meaning.kind == "none":
        return "not", ""
    if meaning.kind == "state":
        return "country", countries()[meaning.country or ""]
    if meaning.kind == "person":
        return person_kind, persons[meaning.name]
    if meaning.kind == "noun":
        return "sector", Noun(meaning.name, meaning.sectors, ())
    if meaning.kind == "office":
        title = meaning.office or ""
        level = next((o.level for o in known.offices() if o.office == title), "")
        return "office", Office(title, (), meaning.country, meaning.sectors, level)
    body = Body(meaning.name, (), meaning.country, meaning.sectors)
    return _TABLES[meaning.kind], body


def _as_shipped(choices: tuple[Choice, ...], shipped: Sequence[Entry]) -> tuple[Choice, ...]:
    """Let a state's form be what the tables know it as: its adjective, its people, its capital."""
    found: dict[str, list[tuple[str, Any]]] = {}
    for entry in shipped:
        if entry.kind in STATES:
            found.setdefault(entry.record.code, []).append((entry.kind, entry.record))
    if not found:
        return choices
    return tuple(
        replace(choice, senses=tuple(found.get(record.code, choice.senses)))
        if kind == "country"
        else choice
        for choice in choices
        for kind, record in choice.senses
    )
