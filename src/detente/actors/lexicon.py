"""The gazetteer: every written form of every known actor, in one automaton.

Comes after `build`, which fills it; `segment` asks it what stands in a line of tokens. A user's
own dictionary is a `Lexicon` built from more entries (`build(extra)`), given to `find_actors`. It
knows forms only: what a phrase of several of them means is decided later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from ..knowledge import actors as known
from ..knowledge.actors import Country, Term
from .tokens import Token

# The kind of entries that are a user's: their record is the choices to pick from by the day.
OWN = "own"


class Choice(Struct, frozen=True, gc=False):
    """What a user's form means from `start` to `end`: kinds and records as in `Entry`."""

    start: dt.date | None
    end: dt.date | None
    senses: tuple[tuple[str, Any], ...]


class Entry(Struct, frozen=True, gc=False):
    """One meaning of one form. `kind` names the table; `record` is its row (or rows).

    `needs` has, for each word of the form, "" (any case), "^" (a capital first), "^^" (two capitals
    at least) or the exact spelling; `plural` and `prefix` tell 'ministers' and 'Sino-' from the
    singular and free forms.
    """

    kind: str
    record: Any
    needs: tuple[str, ...] = ()
    plural: bool = False
    prefix: bool = False

    def fits(self, tokens: Sequence[Token], start: int) -> bool:
        """Whether the tokens from `start` are written as this form must be."""
        for need, token in zip(self.needs, tokens[start:], strict=False):
            if need == "^":
                if not token.cap:
                    return False
            elif need == "^^":
                if sum(map(str.isupper, token.bare)) < 2:
                    return False
            elif need and token.bare != need:
                return False
        return True


class Person(Struct, frozen=True, gc=False):
    """One person with all terms of office, in the order of the table.

    The first `own` of them are a user's; `shipped` is False for those only a user knows.
    """

    name: str
    terms: tuple[Term, ...]
    families: tuple[str, ...]
    gender: str
    own: int = 0
    shipped: bool = True


class Lexicon:
    """Forms to entries, and people by family name and by office.

    `hits(tokens)` gives for each place in the line the longest forms that begin there.
    """

    def __init__(
        self,
        forms: Mapping[str, Sequence[Entry]],
        people: Iterable[Person],
        titles: Mapping[str, str],
    ) -> None:
        import ahocorasick

        self.people = tuple(people)
        self.named: dict[str, list[Person]] = {}
        for person in self.people:
            self.named.setdefault(person.name, []).append(person)
        self.families: dict[str, list[Person]] = {}
        self.holders: dict[tuple[str, str], list[tuple[Term, Person]]] = {}
        self._titles = titles
        for person in self.people:
            for family in person.families:
                self.families.setdefault(family, []).append(person)
            for term in person.terms:
                if not term.office:
                    continue
                key = (term.country or "", self.title(term.office))
                self.holders.setdefault(key, []).append((term, person))
        self.offices = {office.office: office for office in reversed(known.offices())}
        own = [e.record for es in forms.values() for e in es if e.kind == "country"]
        self.codes: dict[str, Country] = {}
        for country in (*known.countries(), *own):
            self.codes.setdefault(country.code, country)
        self._automaton = ahocorasick.Automaton()
        add = self._automaton.add_word
        for form, found in forms.items():
            free = all(entry.kind != OWN and not any(entry.needs) for entry in found)
            add(f" {form} ", (form.count(" ") + 1, tuple(found), free))
        self._automaton.make_automaton()

    def title(self, office: str) -> str:
        """The canonical title for one that people.tsv writes: 'secretary of commerce'."""
        return self._titles.get(office, office)

    def title_of(self, form: str) -> str:
        """The canonical title that a form stands for ('iaea head'), or nothing."""
        _, entries, _ = self._automaton.get(f" {form} ", (0, (), True))
        return next((entry.record.office for entry in entries if entry.kind == "office"), "")

    def meanings(self, form: str) -> tuple[Entry, ...]:
        """All meanings of a form as the lexicon keeps it, whatever case they ask."""
        found: tuple[Entry, ...] = self._automaton.get(f" {form} ", (0, ()))[1]
        return found

    def hits(
        self, tokens: Sequence[Token], date: dt.date | None = None
    ) -> dict[int, tuple[int, tuple[Entry, ...]]]:
        """For each index where a form begins: the length of the longest, and its meanings.

        `date` is the day as of which a user's own entries are read.
        """
        norms = [token.norm for token in tokens]
        line = f" {' '.join(norms)} "
        ends: dict[int, int] = {}
        at = 0
        for index, norm in enumerate(norms):
            at += len(norm) + 1
            ends[at] = index
        found: dict[int, tuple[int, tuple[Entry, ...]]] = {}
        for end, (count, entries, free) in self._automaton.iter(line):
            start = ends[end] - count + 1
            old = found.get(start)
            if old is not None and old[0] > count:
                continue
            if free:
                found[start] = (count, entries)
                continue
            fitting = tuple(entry for entry in entries if entry.fits(tokens, start))
            if any(entry.kind == OWN for entry in fitting):
                fitting = _own_first(fitting, date)
            if fitting:
                found[start] = (count, fitting)
        return found


def _own_first(entries: tuple[Entry, ...], date: dt.date | None) -> tuple[Entry, ...]:
    """The user's meaning on a day in the place of ours; ours, where the user has none then.

    A choice with days goes before one without; of equals the first of the dictionary wins. Without
    a day, a choice that has ended gives way to one that has not.
    """
    chosen = [
        (_precedence(choice, date), entry, choice)
        for entry in entries
        if entry.kind == OWN
        for choice in entry.record
        if date is None or _holds(choice, date)
    ]
    if not chosen:
        return tuple(entry for entry in entries if entry.kind != OWN)
    _, entry, choice = min(chosen, key=lambda each: each[0])
    return tuple(Entry(kind, record, entry.needs, entry.plural) for kind, record in choice.senses)


def _holds(choice: Choice, date: dt.date) -> bool:
    return (choice.start or date) <= date <= (choice.end or date)


def _precedence(choice: Choice, date: dt.date | None) -> tuple[int, int, int]:
    """The order of choices, the lowest first."""
    undated = choice.start is None and choice.end is None
    if date is not None:
        return (0, 0, int(undated))
    return (int(choice.end is not None), -(choice.end or dt.date.max).toordinal(), int(undated))
