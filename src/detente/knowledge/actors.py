"""Loads what is known of actors: countries, seats, bodies, groups, offices, people, nouns.

One loader a table, each giving frozen records in the order of the file. Before it: `tables.py`
reads the files. After it: `actors/lexicon.py` turns the records into a gazetteer. It leaves out
how the words combine into a phrase: that is `actors/`, with the closed classes of words in
`actor_grammar.yaml`.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources
from typing import Any

from msgspec import Struct

from .tables import KnowledgeError, load_yaml, rows, values


class Country(Struct, frozen=True, gc=False):
    """A state: its names, its adjectives, its people and capital; `start` and `end` days valid."""

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    sectors: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None


class Body(Struct, frozen=True, gc=False):
    """A seat of power, an organisation, a group or an institution. `country` may be blank."""

    name: str
    forms: tuple[str, ...]
    country: str | None
    sectors: tuple[str, ...]
    office: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None


class Office(Struct, frozen=True, gc=False):
    """An office: the plain title, the ways it is written, and its rank (`level`)."""

    office: str
    forms: tuple[str, ...]
    country: str | None
    sectors: tuple[str, ...]
    level: str


class Term(Struct, frozen=True, gc=False):
    """One person in one office, from `start` to `end` (both included; None is open)."""

    name: str
    aliases: tuple[str, ...]
    family: tuple[str, ...]
    gender: str
    country: str | None
    sectors: tuple[str, ...]
    office: str
    start: dt.date | None
    end: dt.date | None


class Noun(Struct, frozen=True, gc=False):
    """A noun for a kind of actor ('soldier'), with its irregular or variant forms."""

    noun: str
    sectors: tuple[str, ...]
    forms: tuple[str, ...]


def _rows(name: str) -> list[dict[str, str]]:
    """Rows of a table; none where the table is not shipped."""
    if not resources.files(__package__).joinpath(name).is_file():
        return []
    return list(rows(name))


def day(cell: str, where: str) -> dt.date | None:
    """Read a day cell: blank is open.

    Raises:
        KnowledgeError: the cell is no ISO day.
    """
    if not cell:
        return None
    try:
        return dt.date.fromisoformat(cell)
    except ValueError as error:
        raise KnowledgeError(f"{where}: {cell!r} is not a day; write it as 2023-06-16") from error


@cache
def countries() -> tuple[Country, ...]:
    """Load countries.tsv."""
    return tuple(
        Country(
            code=row["code"],
            name=row["name"],
            aliases=values(row["aliases"]),
            adjectives=values(row["adjectives"]),
            people=values(row["people"]),
            capitals=values(row["capital"]),
            sectors=values(row["sectors"]),
            start=day(row["from"], f"countries.tsv, {row['code']}"),
            end=day(row["until"], f"countries.tsv, {row['code']}"),
        )
        for row in _rows("countries.tsv")
    )


def _bodies(name: str, forms: str) -> tuple[Body, ...]:
    return tuple(
        Body(
            name=row["name"],
            forms=values(row[forms]),
            country=row.get("country") or None,
            sectors=values(row.get("sectors", "")),
            office=row.get("office") or None,
            start=day(row.get("from", ""), f"{name}, {row['name']}"),
            end=day(row.get("until", ""), f"{name}, {row['name']}"),
        )
        for row in _rows(name)
    )


@cache
def seats() -> tuple[Body, ...]:
    """Load seats.tsv: the Kremlin, Downing Street; capitals are with their countries."""
    return _bodies("seats.tsv", "aliases")


@cache
def organisations() -> tuple[Body, ...]:
    """Load organisations.tsv: international, regional and private bodies."""
    return _bodies("organisations.tsv", "aliases")


@cache
def groups() -> tuple[Body, ...]:
    """Load groups.tsv: armed groups, parties, movements; a row for each status they had."""
    return _bodies("groups.tsv", "aliases")


@cache
def institutions() -> tuple[Body, ...]:
    """Load institutions.tsv: ministries, armies, courts; country blank where many have one."""
    return _bodies("institutions.tsv", "forms")


@cache
def offices() -> tuple[Office, ...]:
    """Load offices.tsv."""
    return tuple(
        Office(
            office=row["office"],
            forms=values(row["forms"]),
            country=row["country"] or None,
            sectors=values(row["sectors"]),
            level=row["level"],
        )
        for row in _rows("offices.tsv")
    )


@cache
def terms() -> tuple[Term, ...]:
    """Load people.tsv: one record for one person in one office."""
    cells: dict[str, tuple[str, ...]] = {}
    found = []
    for row in _rows("people.tsv"):
        sectors = row["sectors"]
        if sectors not in cells:
            cells[sectors] = values(sectors)
        where = row["name"]
        found.append(
            Term(
                name=where,
                aliases=values(row["aliases"]) if row["aliases"] else (),
                family=values(row["family"]),
                gender=row["gender"],
                country=row["country"] or None,
                sectors=cells[sectors],
                office=row["office"],
                start=day(row["from"], where),
                end=day(row["until"], where),
            )
        )
    return tuple(found)


@cache
def nouns() -> tuple[Noun, ...]:
    """Load sectors.tsv."""
    return tuple(
        Noun(noun=row["noun"], sectors=values(row["sectors"]), forms=values(row["forms"]))
        for row in _rows("sectors.tsv")
    )


@cache
def not_actors() -> tuple[str, ...]:
    """Load not_actors.tsv: phrases that hold the name of an actor and are none."""
    return tuple(row["phrase"] for row in _rows("not_actors.tsv"))


@cache
def grammar() -> Any:
    """Load actor_grammar.yaml: the closed classes of words that phrases are built with."""
    return load_yaml("actor_grammar.yaml")


@cache
def references() -> Any:
    """Load references.yaml: the words that point back, and how antecedents are weighed."""
    return load_yaml("references.yaml")


@cache
def given_names() -> dict[str, str]:
    """Load given_names.tsv: names in lower case without accents to 'm' or 'f'."""
    return {row["name"]: row["gender"] for row in _rows("given_names.tsv")}
