"""Names that are no actor, or another: things, towns, bodies, persons, works and teams."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from actor_stories import story

from detente.actors import find_actors, resolve_phrase
from detente.actors.given import given_names
from detente.actors.things import thing_of
from detente.knowledge import namesakes
from detente.knowledge.tables import read_rows

TABLE = Path(__file__).with_name("namesakes.tsv")
ROWS = list(read_rows(TABLE.read_text("utf-8"), TABLE.name))
DAY = dt.date(2015, 6, 1)


def countries(row: dict[str, str]) -> list[list[str | None]]:
    """The states of the actors over each bracket of a row."""
    plain, marks = "", []
    for part in re.split(r"(\[[^\]]*\])", row["sentence"]):
        bare = part.strip("[]") if part.startswith("[") else part
        if part.startswith("["):
            marks.append((len(plain), len(plain) + len(bare)))
        plain += bare
    actors = find_actors(story(plain, date=row["day"]))
    return [
        [actor.country for actor in actors if actor.start < end and start < actor.end]
        for start, end in marks
    ]


@pytest.mark.parametrize("row", ROWS, ids=[row["sentence"] for row in ROWS])
def test_name_is_what_it_is(row: dict[str, str]) -> None:
    want = row["want"]
    for found in countries(row):
        if want == "*":
            assert found == []
        elif want.startswith("!"):
            assert want[1:] not in found
        else:
            assert want in found


@pytest.mark.parametrize(
    "phrase",
    ["Persian carpets", "Swiss francs", "Moscow, Idaho"],
)
def test_a_phrase_of_a_thing_has_no_actor(phrase: str) -> None:
    assert resolve_phrase(phrase, DAY) == ()


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("the mayor of London, Ontario", "CAN"),
        ("New Mexico's governor", "USA"),
        ("Chinese exports", "CHN"),
        ("the Russian attack", "RUS"),
        ("Inner Mongolia officials", "CHN"),
    ],
)
def test_a_phrase_keeps_its_state(phrase: str, country: str) -> None:
    assert [actor.country for actor in resolve_phrase(phrase, DAY)] == [country]


def test_a_story_decides_where_a_sentence_does_not() -> None:
    told = "Venezuelan troops moved in at dawn. Barcelona protesters threw stones."
    last = find_actors(story(told, date=DAY.isoformat()))[-1]
    assert (last.text, last.country) == ("Barcelona protesters", "VEN")


@pytest.mark.parametrize(
    ("word", "kind", "plural"),
    [
        ("francs", "money", True),
        ("ridgeback", "animal", False),
        ("loaves", "food", True),
        ("visit", "deed", False),
    ],
)
def test_thing_of_a_word(word: str, kind: str, plural: bool) -> None:
    thing, several = thing_of(word)
    assert thing is not None
    assert (thing.kind, several) == (kind, plural)


@pytest.mark.parametrize("word", ["government", "border", "missile", "soldier", "fleet"])
def test_no_thing(word: str) -> None:
    thing, _ = thing_of(word)
    assert thing is None or thing.kind == "deed"


def test_given_names_are_no_family_names() -> None:
    assert {"john", "george"} <= given_names()
    assert not {"kim", "park"} & given_names()


def test_regions_tell_namesakes_apart() -> None:
    found = {region.country for region in namesakes.regions()["punjab"]}
    assert found == {"IND", "PAK"}
