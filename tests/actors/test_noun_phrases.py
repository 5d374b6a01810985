"""What belongs to one phrase: places, descriptions, and a state that two share."""

from __future__ import annotations

import datetime as dt

import pytest
from actor_stories import story

from detente.actors import find_actors, resolve_phrase

DAY = dt.date(2012, 2, 2)


@pytest.mark.parametrize(
    ("phrase", "countries"),
    [
        ("the mayor of Nagoya", ["JPN"]),
        ("Ana Ruiz, a nurse from Rosario", ["ARG"]),
        ("the National Assembly in Nairobi", ["KEN"]),
        ("rebels in eastern Chad", ["TCD"]),
        ("British troops in Iraq", ["GBR"]),
        ("the UN envoy in Libya", [None]),
        ("a storm off the Irish coast", []),
        ("dust from Libya", []),
        ("the Dutch foreign ministry, in The Hague", ["NLD"]),
        ("Germany, France", ["DEU", "FRA"]),
        ("Norway, Finland and Denmark", ["NOR", "FIN", "DNK"]),
        ("Greek dockers and teachers", ["GRC", "GRC"]),
        ("Kenya's president and prime minister", ["KEN", "KEN"]),
        ("Syrian troops and gunmen", ["SYR", None]),
        ("the pro-Kremlin students", [None]),
    ],
)
def test_countries_of_a_phrase(phrase: str, countries: list[str | None]) -> None:
    assert [actor.country for actor in resolve_phrase(phrase, DAY)] == countries


def test_in_a_story_the_place_of_a_group_is_not_its_state() -> None:
    found = find_actors(story("Soldiers in Goma fired into the air."))
    assert [(actor.text, actor.country) for actor in found] == [("Soldiers", None)]


def test_in_a_story_a_town_tells_whose_its_mayor_is() -> None:
    found = find_actors(story("The mayor of Nagoya apologised on Monday."))
    assert [(actor.text, actor.country) for actor in found] == [("mayor of Nagoya", "JPN")]
