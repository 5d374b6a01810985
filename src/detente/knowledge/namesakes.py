"""Loads what tells an actor from a thing, a place or a body of the same name.

`things.tsv` and `things_extra.tsv` (nouns that name no actor), `regions.tsv` (parts of states),
`shared_names.tsv` (bodies that several states have) and `namesakes.yaml` (the words around them).
Used by `actors/` alone; each table is read when a text first needs it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from msgspec import Struct

from .tables import load_yaml, rows, values


class Thing(Struct, frozen=True, gc=False):
    """What kind of thing a noun names; `verb` says that the word is a verb as well."""

    kind: str
    verb: bool


class Region(Struct, frozen=True, gc=False):
    """A part of a state; `unit` says that its common noun has to stand beside it."""

    name: str
    country: str
    unit: bool


class Shared(Struct, frozen=True, gc=False):
    """A name that bodies of several states bear; `kind` is group, body, seat or office."""

    name: str
    kind: str
    sectors: tuple[str, ...]
    countries: tuple[str, ...]


@cache
def things() -> dict[str, Thing]:
    """Nouns in the singular to the kind of thing they name; the hand-written table wins."""
    found: dict[str, Thing] = {}
    for table in ("things.tsv", "things_extra.tsv"):
        for noun, kind, verb, *_ in _cells(table):
            # A blank class is that of deeds: no thing, though it ends a chain of nouns.
            found[noun] = Thing(kind or "deed", verb == "yes")
    return found


@cache
def regions() -> dict[str, tuple[Region, ...]]:
    """Names of regions in lower case without accents and full stops, to the regions of the name."""
    found: dict[str, tuple[Region, ...]] = {}
    for name, aliases, country, unit, *_ in _cells("regions.tsv"):
        region = Region(name, country, unit == "yes")
        for form in (name, *values(aliases)):
            key = plain(form)
            # An abbreviation ('Ind', 'OR') means the region only after its town.
            short = form != name
            own = Region(name, country, True) if short else region
            found[key] = (*found.get(key, ()), own)
    return found


@cache
def shared_names() -> dict[str, tuple[Shared, ...]]:
    """Names in lower case to those who bear them, a row for each kind of body."""
    found: dict[str, tuple[Shared, ...]] = {}
    for row in rows("shared_names.tsv"):
        shared = Shared(row["name"], row["kind"], values(row["sectors"]), values(row["countries"]))
        for form in (row["name"], *values(row["aliases"])):
            key = plain(form)
            found[key] = (*found.get(key, ()), shared)
    return found


@cache
def words() -> Any:
    """Load namesakes.yaml: the closed classes of words around names."""
    return load_yaml("namesakes.yaml")


@cache
def word_set(key: str) -> frozenset[str]:
    """One list of namesakes.yaml, as a set."""
    return frozenset(words()[key])


@cache
def acronyms() -> dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]]:
    """Acronyms to the words against the body, those for it, and those right before the other."""
    return {
        name: (frozenset(row["not"]), frozenset(row["for"]), frozenset(row["after"]))
        for name, row in words()["acronyms"].items()
    }


def plain(name: str) -> str:
    """A name as the tokens of a line have it: lower case, no accents, hyphens or full stops."""
    letters = unicodedata.normalize("NFKD", name.replace(".", "").replace("-", " "))
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).lower()


def _cells(table: str) -> Iterator[list[str]]:
    """The cells of each row as they stand, and some empty ones: twelve thousand rows, fast."""
    text = resources.files(__package__).joinpath(table).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    for line in lines[1:]:
        yield [*line.split("\t"), "", "", ""]
