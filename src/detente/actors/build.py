"""Builds the lexicon from the tables: each form, in the plural too, with what case it needs.

Between `knowledge/actors.py`, which reads the tables, and `lexicon.py`, which looks forms up. It
takes part of a second, once in a process; a user's own dictionary comes in as `extra` (`merge`).
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from functools import cache

from ..knowledge import actors as known
from ..knowledge.actors import Body, Country, Noun, Office, Term
from .forms import SHORT_ACRONYM, Forms, is_plural, is_plural_title, norm_of, plural_of
from .lexicon import Entry, Lexicon, Person
from .merge import add_own, with_own_people
from .own import OwnEntry


def _titles(forms: dict[str, list[Entry]], people: Iterable[Person]) -> dict[str, str]:
    """Each title that people have to the canonical one of offices.tsv."""
    canonical = {office.office for office in known.offices()}
    found = {}
    for title in dict.fromkeys(term.office for person in people for term in person.terms):
        if title and title not in canonical and title not in found:
            entries = forms.get(title.replace("-", " "), ())
            offices = [entry.record.office for entry in entries if entry.kind == "office"]
            if offices:
                found[title] = offices[0]
    return found


def _title(form: str) -> tuple[str, ...]:
    """Needs of a family name: a capital on its last word ('de Gaulle', 'van der Bellen')."""
    words = form.count(" ")
    return ("",) * words + ("^",)


def _add_countries(forms: Forms, countries: Iterable[Country]) -> None:
    for country in countries:
        for name in (country.name, *country.aliases):
            forms.add(name, "country", country)
        for name in country.adjectives:
            forms.add(name, "adjective", country)
        for name in country.people:
            forms.add(name, "people", country)
        for name in country.capitals:
            forms.add(name, "capital", country)


def _add_bodies(forms: Forms, kind: str, bodies: Iterable[Body]) -> None:
    for body in bodies:
        for name in (body.name, *body.forms):
            need = "^" if body.country else ""
            if " " not in name and len(name) <= SHORT_ACRONYM:
                need = "^^"
            forms.add(name, kind, body, need=need)


def _add_offices(forms: Forms, offices: Iterable[Office]) -> None:
    former = frozenset(known.grammar()["classes"]["former"])
    for office in offices:
        # 'former president' is the word for having left, and the office: read as the two.
        if office.office.split(" ")[0] in former:
            continue
        for name in (office.office, *office.forms):
            forms.add(name, "office", office, plural=is_plural_title(name))
            forms.add(plural_of(name), "office", office, plural=True)


def _splits(forms: Forms, noun: str) -> bool:
    """Whether a noun is a known body or state and a noun: 'Taliban fighter' is read as two."""
    first, _, rest = noun.lower().replace("-", " ").partition(" ")
    if not rest or rest not in forms.table:
        return False
    if first in known.grammar()["classes"]["former"]:
        return True
    return any(
        entry.kind in ("group", "organisation", "adjective") for entry in forms.table.get(first, ())
    )


def _add_nouns(forms: Forms, nouns: Iterable[Noun]) -> None:
    for noun in nouns:
        if _splits(forms, noun.noun):
            continue
        plural = plural_of(noun.noun)
        forms.add(noun.noun, "sector", noun, plural=is_plural(noun.noun))
        for form in noun.forms:
            forms.add(form, "sector", noun, plural=is_plural(form))
        if not is_plural(noun.noun):
            forms.add(plural, "sector", noun, plural=True)


def _people(terms: Iterable[Term]) -> list[Person]:
    """Terms to persons. A namesake is a person of the same name in another country's service."""
    rows: dict[str, list[Term]] = {}
    for term in terms:
        rows.setdefault(term.name, []).append(term)
    found = []
    for name, own in rows.items():
        by_country: dict[str | None, list[Term]] = {}
        for term in own:
            by_country.setdefault(term.country, []).append(term)
        shared = by_country.pop(None, []) if len(by_country) > 1 else []
        for index, group in enumerate(by_country.values()):
            mine = [*group, *shared] if index == 0 else group
            families = _families(own)
            genders = {term.gender for term in mine if term.gender}
            gender = genders.pop() if len(genders) == 1 else ""
            found.append(Person(name, tuple(mine), families, gender))
    return found


def _families(own: Sequence[Term]) -> tuple[str, ...]:
    """The family names of a person, also as the aliases spell them ('Zelenskyy')."""
    found: dict[str, None] = {}
    for term in own:
        for family in term.family:
            found[norm_of(family)] = None
            count = family.count(" ") + 1
            if not term.name.endswith(f" {family}"):
                continue
            for alias in term.aliases:
                parts = alias.split(" ")
                if len(parts) == term.name.count(" ") + 1:
                    found[norm_of(" ".join(parts[-count:]))] = None
    return tuple(found)


def _add_people(forms: Forms, people: Iterable[Person]) -> None:
    for person in people:
        if not person.shipped:
            continue
        names = {person.name: None}
        for term in person.terms:
            names.update(dict.fromkeys(term.aliases))
        for name in names:
            if " " in name or "-" in name:
                forms.add(name, "person", person)
            elif norm_of(name) not in person.families:
                forms.add(name, "mononym", person)


def _add_families(forms: Forms, people: Sequence[Person]) -> None:
    """Add the family names, but where the form is a state's name.

    The last word of a user's name may be no family name at all: it is one where the tables know it
    as nothing else.
    """
    families = {name: True for person in people if not person.shipped for name in person.families}
    families.update((name, False) for p in people if p.shipped for name in p.families)
    for family, only_own in families.items():
        found = forms.table.setdefault(family, [])
        if not any(only_own or entry.kind == "country" for entry in found):
            found.append(Entry("family", family, _title(family)))


def _add_references(forms: Forms) -> None:
    grammar = known.grammar()
    for kind, phrases in grammar["pairs"].items():
        for phrase in phrases:
            forms.add(phrase, "pair", kind)
    for phrase in grammar["reciprocals"]:
        forms.add(phrase, "reciprocal", phrase)
    for phrase in grammar["counterpart"]:
        forms.add(phrase, "counterpart", phrase, plural=is_plural(phrase))
    for phrase in grammar["last_of_two"]:
        forms.add(phrase, "latter", phrase)
    for noun, referents in grammar["epithets"].items():
        forms.add(noun, "epithet", tuple(referents))


def build(extra: Iterable[OwnEntry] = ()) -> Lexicon:
    """Build the lexicon of the shipped tables, with a user's entries, which win on their days."""
    own = tuple(extra)
    forms = Forms()
    for phrase in known.not_actors():
        forms.add(phrase, "not", phrase)
    people = with_own_people(_people(known.terms()), own)
    _add_people(forms, people)
    _add_bodies(forms, "organisation", known.organisations())
    _add_bodies(forms, "institution", known.institutions())
    _add_countries(forms, known.countries())
    _add_bodies(forms, "seat", known.seats())
    _add_bodies(forms, "group", known.groups())
    _add_offices(forms, known.offices())
    owned = known.grammar()["owned_titles"].items()
    _add_offices(forms, (Office(title, (), None, (), level) for title, level in owned))
    plain = [noun for noun in known.nouns() if " " not in noun.noun]
    _add_nouns(forms, plain)
    _add_nouns(forms, (noun for noun in known.nouns() if " " in noun.noun))
    _add_references(forms)
    _add_families(forms, people)
    add_own(forms, own, people)
    return Lexicon(forms.table, people, _titles(forms.table, people))


@cache
def shipped() -> Lexicon:
    """The lexicon of the shipped tables, built once in a process.

    The garbage collector rests meanwhile: all that is made lasts, and it would look in vain.
    """
    resting = gc.isenabled()
    gc.disable()
    try:
        return build()
    finally:
        if resting:
            gc.enable()
