"""Builds the lexicon from the tables: each form, in the plural too, with what case it needs.

Between `knowledge/actors.py`, which reads the tables, and `lexicon.py`, which looks forms up. It
takes part of a second, once in a process; a user's own dictionary comes in as `extra`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from ..knowledge import actors as known
from ..knowledge.actors import Body, Country, Noun, Office, Term
from .lexicon import Entry, Lexicon, Person
from .tokens import Token, tokenise

# Acronyms of up to this many letters must be written in capitals ('WHO'); longer ones may be
# written as words ('Nato').
SHORT_ACRONYM = 3
_PLAIN = re.compile(r"[A-Za-z ]+\Z")


def _titles(forms: dict[str, list[Entry]]) -> dict[str, str]:
    """Each title of people.tsv to the canonical one of offices.tsv."""
    canonical = {office.office for office in known.offices()}
    found = {}
    for term in known.terms():
        title = term.office
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


def needs(words: Sequence[Token]) -> tuple[str, ...]:
    """What case the words of a form ask of a text, from how the table writes them."""
    found = []
    for word in words:
        bare = word.bare
        if bare == word.norm or bare[0] == word.norm[0]:
            found.append("")
        elif len(bare) > 1 and bare != bare.capitalize() and len(bare) <= SHORT_ACRONYM:
            found.append(bare)
        else:
            found.append("^")
    return tuple(found)


class _Forms:
    """Collects forms while the lexicon is built."""

    def __init__(self) -> None:
        self.table: dict[str, list[Entry]] = {}
        self._articles = frozenset(known.grammar()["classes"]["article"])

    def add(self, form: str, kind: str, record: Any, plural: bool = False, need: str = "") -> None:
        """Add a form; `need` is asked of it where it is a single word of lower case."""
        if _PLAIN.match(form):
            lower = form.lower()
            norms = lower.split()
            plain = lower == form
            fits = ("",) * len(norms) if plain else tuple(map(_need, form.split(), norms))
            prefix = False
        else:
            prefix = form.endswith("-")
            words = tokenise(form.strip("-"))
            norms = [word.norm for word in words]
            fits = needs(words)
        if not norms:
            return
        if len(norms) > 1 and kind != "pair" and norms[0] in self._articles:
            norms, fits = norms[1:], fits[1:]
        if need and fits == ("",):
            fits = (need,)
        key = " ".join(norms)
        found = self.table.get(key)
        if found is None:
            self.table[key] = [Entry(kind, record, fits, plural, prefix)]
        elif not any(entry.kind == kind and entry.record is record for entry in found):
            found.append(Entry(kind, record, fits, plural, prefix))


def _need(bare: str, norm: str) -> str:
    if bare[0] == norm[0]:
        return ""
    if 1 < len(bare) <= SHORT_ACRONYM and bare[1:] != norm[1:]:
        return bare
    return "^"


@cache
def _plural_words() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    grammar = known.grammar()
    return (
        grammar["plurals"],
        frozenset(grammar["title_links"]),
        frozenset(grammar["title_tails"]),
    )


def _plural_word(word: str) -> str:
    irregular = _plural_words()[0]
    for ending, plural in irregular.items():
        if word.endswith(ending):
            return word[: -len(ending)] + plural
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"


def plural_of(title: str) -> str:
    """The plural of a title: 'ministers of defence', 'attorneys general', 'spokesmen'."""
    _, links, tails = _plural_words()
    words = title.split(" ")
    head = len(words) - 1
    for index, word in enumerate(words):
        if index and (word in links or word in tails):
            head = index - 1
            break
    words[head] = _plural_word(words[head])
    return " ".join(words)


def _add_countries(forms: _Forms, countries: Iterable[Country]) -> None:
    for country in countries:
        for name in (country.name, *country.aliases):
            forms.add(name, "country", country)
        for name in country.adjectives:
            forms.add(name, "adjective", country)
        for name in country.people:
            forms.add(name, "people", country)
        for name in country.capitals:
            forms.add(name, "capital", country)


def _add_bodies(forms: _Forms, kind: str, bodies: Iterable[Body]) -> None:
    for body in bodies:
        for name in (body.name, *body.forms):
            need = "^" if body.country else ""
            if " " not in name and len(name) <= SHORT_ACRONYM:
                need = "^^"
            forms.add(name, kind, body, need=need)


def _add_offices(forms: _Forms, offices: Iterable[Office]) -> None:
    former = frozenset(known.grammar()["classes"]["former"])
    for office in offices:
        # 'former president' is the word for having left, and the office: read as the two.
        if office.office.split(" ")[0] in former:
            continue
        for name in (office.office, *office.forms):
            forms.add(name, "office", office, plural=_is_plural_title(name))
            forms.add(plural_of(name), "office", office, plural=True)


def _splits(forms: _Forms, noun: str) -> bool:
    """Whether a noun is a known body or state and a noun: 'Taliban fighter' is read as two."""
    first, _, rest = noun.lower().replace("-", " ").partition(" ")
    if not rest or rest not in forms.table:
        return False
    if first in known.grammar()["classes"]["former"]:
        return True
    return any(
        entry.kind in ("group", "organisation", "adjective") for entry in forms.table.get(first, ())
    )


def _add_nouns(forms: _Forms, nouns: Iterable[Noun]) -> None:
    for noun in nouns:
        if _splits(forms, noun.noun):
            continue
        plural = plural_of(noun.noun)
        forms.add(noun.noun, "sector", noun, plural=_is_plural(noun.noun))
        for form in noun.forms:
            forms.add(form, "sector", noun, plural=_is_plural(form))
        if not _is_plural(noun.noun):
            forms.add(plural, "sector", noun, plural=True)


def _is_plural(form: str) -> bool:
    irregular = _plural_words()[0].values()
    return form.endswith(tuple(irregular)) or (
        form.endswith("s") and not form.endswith(("ss", "us", "is"))
    )


def _is_plural_title(title: str) -> bool:
    """'ministers of defence', 'spokesmen': a plural that the table itself gives."""
    links = _plural_words()[1]
    words = title.split(" ")
    head = next((i - 1 for i, word in enumerate(words) if i and word in links), len(words) - 1)
    return _is_plural(words[head])


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
            found[_norm(family)] = None
            count = family.count(" ") + 1
            if not term.name.endswith(f" {family}"):
                continue
            for alias in term.aliases:
                parts = alias.split(" ")
                if len(parts) == term.name.count(" ") + 1:
                    found[_norm(" ".join(parts[-count:]))] = None
    return tuple(found)


def _norm(form: str) -> str:
    if form.isascii() and form.isalpha():
        return form.lower()
    return " ".join(word.norm for word in tokenise(form))


def _add_people(forms: _Forms, people: Iterable[Person]) -> None:
    for person in people:
        names = {person.name: None}
        for term in person.terms:
            names.update(dict.fromkeys(term.aliases))
        for name in names:
            if " " in name or "-" in name:
                forms.add(name, "person", person)
            elif _norm(name) not in person.families:
                forms.add(name, "mononym", person)


def _add_families(forms: _Forms, people: Iterable[Person]) -> None:
    """Add the family names, but where the form is a state's name."""
    for family in {family: None for person in people for family in person.families}:
        found = forms.table.setdefault(family, [])
        if not any(entry.kind == "country" for entry in found):
            found.append(Entry("family", family, _title(family)))


def _add_references(forms: _Forms) -> None:
    grammar = known.grammar()
    for kind, phrases in grammar["pairs"].items():
        for phrase in phrases:
            forms.add(phrase, "pair", kind)
    for phrase in grammar["counterpart"]:
        forms.add(phrase, "counterpart", phrase, plural=_is_plural(phrase))
    for phrase in grammar["last_of_two"]:
        forms.add(phrase, "latter", phrase)
    for noun, referents in grammar["epithets"].items():
        forms.add(noun, "epithet", tuple(referents))


def build(extra: Iterable[tuple[str, str, Any]] = ()) -> Lexicon:
    """Build the lexicon of the shipped tables, with `extra` (form, kind, record) of a user."""
    forms = _Forms()
    for phrase in known.not_actors():
        forms.add(phrase, "not", phrase)
    for form, kind, record in extra:
        forms.add(form, kind, record)
    people = _people(known.terms())
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
    return Lexicon(forms.table, people, _titles(forms.table))


@cache
def shipped() -> Lexicon:
    """The lexicon of the shipped tables, built once in a process."""
    return build()
