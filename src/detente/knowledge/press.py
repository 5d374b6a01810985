"""Loads what is known of the press: agencies, credits, boilerplate, abbreviations, quality.

Read by `text/`. Each function reads one file of this folder, checks its shape, and keeps it; what
the words are used for stands in the heads of the files.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct

from detente.knowledge.tables import KnowledgeError, load_yaml, rows, values

Words = tuple[str, ...]
T = TypeVar("T")


class Agency(Struct, frozen=True):
    """A news agency or outlet. `forms` include the name; `short` ones are also other words."""

    name: str
    forms: Words
    sites: Words
    country: str
    kind: Literal["agency", "outlet"]
    short: Words


class Cues(Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases of one kind of boilerplate, by where in the line they stand."""

    whole: Words = ()
    begins: Words = ()
    link: Words = ()
    contains: Words = ()
    ends: Words = ()
    labels: Words = ()


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """The longest line, in words, that each way of matching is trusted with."""

    begins: int
    link: int
    contains: int
    ends: int


class Boilerplate(Struct, frozen=True, forbid_unknown_fields=True):
    """`boilerplate.yaml`."""

    limits: Limits
    kinds: dict[str, Cues]
    inline: Words
    standard_trust: Words
    altered_trust: Words
    end_marks: Words
    closing: Words
    final: Words


class CreditWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`credits.yaml`."""

    reporters: Words
    editors: Words
    odd: Words
    weak: Words
    before: Words
    after: Words
    connectors: Words
    particles: Words
    contributed: Words
    contributed_weak: Words
    assistance: Words
    not_names: Words


class BioWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`author_bio.yaml`."""

    jobs: Words
    verbs: Words
    career: Words
    schooling: Words
    contact: Words
    against: Words


class Abbreviations(Struct, frozen=True, forbid_unknown_fields=True):
    """`abbreviations.yaml`."""

    titles: Words
    before_number: Words
    either: Words
    times: Words
    after_times: Words
    small: Words
    starters: Words
    attribution: Words


class PageTags(Struct, frozen=True, forbid_unknown_fields=True):
    """`page_tags.yaml`."""

    unseen: Words
    raw: Words
    block: Words
    void: Words
    headings: Words
    regions: dict[str, str]
    hidden: Words
    never: Words


class MastheadWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`masthead.yaml`."""

    not_places: Words
    small_words: Words
    keep_capitals: Words
    by: Words
    byline_tails: Words
    published: Words
    updated: Words
    future: Words
    past: Words
    weekdays: Words


class LanguageWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`language.yaml`."""

    words: Words
    certain_share: float
    fewest_letters: int
    short_letters: int
    sure: float


class Translation(Struct, frozen=True, forbid_unknown_fields=True):
    """The part of `quality.yaml` on machine translation."""

    least: float
    weights: dict[str, float]
    disclaimer: Words
    stray: Words
    stray_after: Words
    agreement: Words
    calque: Words
    doubled_fine: Words
    a_fine: Words
    an_fine: Words
    not_given: Words


class QualityWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`quality.yaml`."""

    penalties: dict[str, float]
    boilerplate: Words
    boilerplate_page: Words
    truncated: Words
    mojibake: Words
    ocr_signs: str
    ocr_fine: Words
    live: Words
    speakers: Words
    translation: Translation


@cache
def agencies() -> tuple[Agency, ...]:
    """Return the agencies and outlets, in the order of the table."""
    return tuple(_agency(row) for row in rows("agencies.tsv"))


def _agency(row: dict[str, str]) -> Agency:
    if row["kind"] not in ("agency", "outlet"):
        raise KnowledgeError(f"agencies.tsv: {row['name']}: kind must be agency or outlet")
    return Agency(
        name=row["name"],
        forms=(row["name"], *values(row["forms"])),
        sites=values(row["sites"]),
        country=row["country"],
        kind="agency" if row["kind"] == "agency" else "outlet",
        short=values(row["short"]),
    )


def _checked(name: str, shape: type[T]) -> T:
    loaded: Any = load_yaml(name)
    try:
        return msgspec.convert(loaded, shape)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{name}: {error}; compare with the class in press.py") from error


@cache
def boilerplate() -> Boilerplate:
    """Return the phrases of what is not the story."""
    return _checked("boilerplate.yaml", Boilerplate)


@cache
def credit_words() -> CreditWords:
    """Return the words of credit lines."""
    return _checked("credits.yaml", CreditWords)


@cache
def bio_words() -> BioWords:
    """Return the words of authors' biographies."""
    return _checked("author_bio.yaml", BioWords)


@cache
def abbreviations() -> Abbreviations:
    """Return the abbreviations, for the splitter."""
    return _checked("abbreviations.yaml", Abbreviations)


@cache
def page_tags() -> PageTags:
    """Return the elements of a page."""
    return _checked("page_tags.yaml", PageTags)


@cache
def masthead_words() -> MastheadWords:
    """Return the words of mastheads."""
    return _checked("masthead.yaml", MastheadWords)


@cache
def language_words() -> LanguageWords:
    """Return the commonest words of English, with the limits they are used with."""
    return _checked("language.yaml", LanguageWords)


@cache
def quality_words() -> QualityWords:
    """Return the flags' penalties and signs."""
    return _checked("quality.yaml", QualityWords)


@cache
def months() -> dict[str, int]:
    """Return the names of months and their short forms, lower case, with their numbers 1 to 12."""
    loaded: dict[str, int] = load_yaml("dates.yaml")["words"]["MONTH"]
    return loaded
