"""The gazetteer: names of places, where they are, and which names are traps.

Reads `places_extra.tsv` (written by hand), `places.tsv` (built by `tools/build_places.py`) and the
countries of `countries.tsv`; `not_places.tsv` says what is no place. Before `events/places.py`,
which finds them in a text. It leaves out rivers, mountains and streets but for the few that news
of conflict names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import resources
from typing import Any, NamedTuple

from detente.knowledge.tables import load_yaml, rows, values

# A capital counts as this many times its people where several places share a name, and a place
# written down by hand as one of this many people: chosen so that San José is Costa Rica's and
# Palmyra Syria's, while Hyderabad stays India's.
CAPITAL_FACTOR = 10
WEIGHT_BY_HAND = 300_000
SMALL_CAPITAL = 100_000  # one that the tables of cities lack: Valletta, Banjul

_QUOTES = str.maketrans("’‘ʼʻ`", "'''''")  # one sign for one: offsets stay true


class PlaceEntry(NamedTuple):
    """A place of the tables. `weight` ranks places of one name: people, more or less."""

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    kind: str  # country capital city region sea island strait site
    weight: int
    region: str = ""


Countries = Mapping[str, Sequence[PlaceEntry]]


class PlaceWords(NamedTuple):
    """The words of `place_words.yaml`."""

    prepositions: frozenset[str]
    firm_prepositions: frozenset[str]
    fillers: frozenset[str]
    may_precede: frozenset[str]
    names_a_thing: frozenset[str]


def straight(text: str) -> str:
    """Text with straight quotes, as long as it was."""
    return text.translate(_QUOTES)


class Gazetteer:
    """All names of places. A row is read only when its name is asked for: most never are."""

    def __init__(self, lines: Mapping[str, Sequence[str]], countries: Countries) -> None:
        self._lines = lines
        self._countries = countries

    def names(self) -> set[str]:
        """Every name, with straight quotes."""
        return {*self._lines, *self._countries}

    def get(self, name: str) -> tuple[PlaceEntry, ...]:
        """The places that bear a name, the likeliest first; none for a name unknown."""
        found = [*map(_entry, self._lines.get(name, ()))]
        listed = {entry.country for entry in found}
        found += [
            entry
            for entry in self._countries.get(name, ())
            if entry.kind == "country" or entry.country not in listed
        ]
        return tuple(sorted(dict.fromkeys(found), key=partial(_rank, name)))


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded once."""
    lines: dict[str, list[str]] = {}
    for table in ("places_extra.tsv", "places.tsv"):
        for line in _lines(table):
            name, aliases, _ = line.split("\t", 2)
            lines.setdefault(name, []).append(line)
            for alias in aliases.split("|") if aliases else ():
                lines.setdefault(alias, []).append(line)
    countries: dict[str, list[PlaceEntry]] = {}
    for forms, entry in _countries():
        for form in forms:
            countries.setdefault(form, []).append(entry)
    return Gazetteer(lines, countries)


@cache
def not_places() -> dict[str, str]:
    """Names that are traps: to what makes them a place all the same; "" for nothing."""
    return {straight(row["name"]): row["unless"] for row in rows("not_places.tsv")}


@cache
def place_words() -> PlaceWords:
    """The words around the names of places."""
    raw: dict[str, list[Any]] = load_yaml("place_words.yaml")
    return PlaceWords(*(frozenset(raw[field]) for field in PlaceWords._fields))


@cache
def nationalities() -> dict[str, str]:
    """Adjectives and names of countries, to the country: 'Lebanese', 'Lebanon' to LBN."""
    found: dict[str, str] = {}
    for row in rows("countries.tsv"):
        for form in (row["name"], *values(row["aliases"]), *values(row["adjectives"])):
            found.setdefault(straight(form), row["code"])
    return found


@cache
def automaton(upper: bool = False) -> Any:
    """All names, traps included, ready to be found at once; `upper` has them in capitals."""
    import ahocorasick

    machine = ahocorasick.Automaton()
    for name in sorted(gazetteer().names() | not_places().keys()):
        machine.add_word(name.upper() if upper else name, name)
    machine.make_automaton()
    return machine


def _rank(name: str, entry: PlaceEntry) -> tuple[int, int]:
    """A country by its own name, then what is no city, then a country by another name, then cities.

    So 'Gaza' is the strip, though it is also a name for the whole of Palestine.
    """
    if entry.kind == "country":
        return (0 if entry.name == name else 2), -entry.weight
    return (3 if entry.kind in ("city", "capital") else 1), -entry.weight


def _countries() -> Iterator[tuple[Iterable[str], PlaceEntry]]:
    for row in sorted(rows("countries.tsv"), key=lambda row: bool(row["until"])):
        entry = PlaceEntry(
            row["name"],
            row["code"],
            float(row["latitude"]) if row["latitude"] else None,
            float(row["longitude"]) if row["longitude"] else None,
            "country",
            0 if row["until"] else 1,  # the Yugoslavia of today's map, if there were one, first
        )
        yield _forms(row), entry
        if row["capital"] and not row["until"]:
            capital = values(row["capital"])[0]
            seat = entry._replace(name=capital, kind="capital", weight=SMALL_CAPITAL)
            yield (straight(capital),), seat


def _lines(table: str) -> list[str]:
    """The rows of a table of places as they stand: twelve thousand of them are not all parsed."""
    text = resources.files(__package__).joinpath(table).read_text("utf-8")
    return [line for line in text.splitlines() if line and line[0] != "#"][1:]


def _entry(line: str) -> PlaceEntry:
    name, _, country, latitude, longitude, kind, people, region, *_ = [
        *line.split("\t"),
        "",
        "",
        "",
    ]
    weight = int(people or WEIGHT_BY_HAND) * (CAPITAL_FACTOR if kind == "capital" else 1)
    return PlaceEntry(
        name, country or None, float(latitude), float(longitude), kind, weight, region
    )


def _forms(row: dict[str, str]) -> tuple[str, ...]:
    """The names of a country, without an article: 'the Gaza Strip' is found as 'Gaza Strip'."""
    adjectives = values(row["adjectives"])  # 'the Argentine' without its article is one
    forms = [row["name"]]
    for alias in values(row["aliases"]):
        bare = alias.removeprefix("the ")
        if bare == alias or bare not in adjectives:
            forms.append(bare)
    return tuple(dict.fromkeys(straight(form) for form in forms if len(form) > 1))
