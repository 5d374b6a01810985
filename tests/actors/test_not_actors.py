"""What looks like an actor and is none: false positives cost most."""

from __future__ import annotations

import datetime as dt

import pytest
from actor_stories import story

from detente.actors import find_actors, resolve_phrase

DAY = dt.date(2023, 6, 16)

PHRASES = """
French fries|Swiss cheese|Turkish coffee|Spanish flu|Chinese New Year|the Berlin Wall
Paris Agreement|Geneva Conventions|Stockholm syndrome|Vienna Convention|Minsk agreements
Turkey sandwich|china cabinet|China Eastern|Paris Saint-Germain|Manchester United
Jordan Peterson|Michael Jordan|George Washington|Denzel Washington|Paris Hilton|London Bridge
Russian roulette|Danish pastry|Brazil nuts|Peking duck|Panama hat|Persian carpet|Greek yogurt
Irish coffee|Indian Ocean|South China Sea|Sea of Japan|Gulf of Mexico|German shepherd
French toast|Mexican wave|Bermuda shorts|Havana Syndrome|Kyoto Protocol|Oslo Accords
Camp David Accords|Treaty of Versailles|Maastricht Treaty|Good Friday Agreement|New Mexico
Dutch oven|Siamese cat|Roman Empire|Jamaica Avenue|Lebanon, Pennsylvania|Moscow, Idaho
Athens, Georgia|Vatican Museums|French Open|Italian Grand Prix|US Open|American football
Canada goose|Washington state|Washington Monument|Jordan River|Congo River|Brussels sprouts
the weather|a table of prices|next Tuesday|inflation|Nice|Ruritania Street|Jane Doe
""".replace("\n", "|").strip("|").split("|")  # fmt: skip

SENTENCES = [
    "The shop sells French fries and Swiss cheese.",
    "Rain cancelled forty flights.",
    "The wall of the old Paris Saint-Germain shop was painted.",
    "They ate a Turkey sandwich near the river.",
    "The film stars Denzel Washington and Paris Hilton.",
    "The Paris Agreement limits emissions.",
    "The Geneva Conventions protect the wounded.",
    "The Minsk agreements were never kept.",
    "The company opened a shop in Georgia Street.",
    "The ship left the South China Sea.",
    "He polished the china and may march in the parade.",
    "In May, prices rose on the march of the turkey farms.",
    "Chad Kelly threw a pass.",
    "China Eastern ordered forty jets.",
    "New Mexico voted on Tuesday.",
    "So he will rice the potatoes.",
    "Brown bread and white rice sold well.",
    "Long queues formed after the storm.",
    "Power cuts hit the north.",
    "Major roads were closed.",
    "Hunter Biden was charged in Delaware.",
    "The Washington Monument was closed.",
    "Washington state declared an emergency.",
    "They flew to the Canary Islands.",
    "US Open tennis begins on Monday.",
    "Who will win?",
    "It is who we are, and what us two want.",
    "The case was in court, in no state of repair.",
    "It is likely that it will rain.",
    "The minister resigned on Friday.",
    "The two sides of the coin are alike.",
    "The spy balloon burst, and student loans rose.",
    "The former was cheap, the latter was not.",
]


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrase_is_no_actor(phrase: str) -> None:
    assert resolve_phrase(phrase, DAY) == ()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence_has_no_actor(sentence: str) -> None:
    assert find_actors(story(sentence)) == ()


@pytest.mark.parametrize(
    ("sentence", "countries"),
    [
        ("US-based firms left, and anti-China mobs marched in Lima.", ["PER"]),
        ("Iran-backed fighters shelled Israel.", ["ISR"]),
        ("Eastern Ukraine was calm.", ["UKR"]),
        ("On Tuesday China fired two missiles.", ["CHN"]),
        ("Meanwhile Iran and Iraq signed a pact.", ["IRN", "IRQ"]),
        ("Jordan closed its border with Syria.", ["JOR", "JOR", "SYR"]),
        ("Georgia accused Russia of moving the border near Tbilisi.", ["GEO", "GEO", "RUS"]),
        ("Chad and Niger sent troops against the rebels.", ["NER", "TCD"]),
        ("Turkey shot down a Syrian jet.", ["SYR", "TUR"]),
        ("The US ally Saudi Arabia cut output.", ["SAU"]),
        ("CHINA WARNS US OVER TAIWAN.", ["CHN", "TWN"]),
        ("North Korea and South Korea traded fire.", ["KOR", "PRK"]),
        ("Guinea-Bissau, Guinea and Papua New Guinea abstained.", ["GIN", "GNB", "PNG"]),
        ("Niger and Nigeria closed the crossing.", ["NER", "NGA"]),
    ],
)
def test_states_of_a_sentence(sentence: str, countries: list[str]) -> None:
    found = find_actors(story(sentence))
    assert sorted(actor.country for actor in found if actor.country) == countries


def test_removed_stretches_are_not_read() -> None:
    from msgspec.structs import replace

    from detente.model import Removed

    plain = story("France warned Mali.", "China and India signed a deal.")
    second = plain.sentences[1]
    cut = replace(plain, removed=(Removed(second.start, second.end, "related_link"),))
    assert {actor.country for actor in find_actors(cut)} == {"FRA", "MLI"}
