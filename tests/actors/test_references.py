"""References within a story: a row gives the story, the words that point back, and to whom.

The words are sought as their last occurrence; no actor there is an empty set.
"""

from __future__ import annotations

import pytest
from actor_stories import story

from detente.actors import find_actors
from detente.model import Actor

USA, CHN, RUS = ("United States", "USA"), ("China", "CHN"), ("Russia", "RUS")
TUR, GRC = ("Turkey", "TUR"), ("Greece", "GRC")
IND, PAK = ("India", "IND"), ("Pakistan", "PAK")
BLINKEN = ("Antony Blinken", "USA")
MACRON = ("Emmanuel Macron", "FRA")
QIN = ("Qin Gang", "CHN")
PENROSE = ("Ruth Penrose", "JAM")

ROWS: list[tuple[str, str, set[tuple[str | None, str | None]]]] = [
    # he, she, his, her, him
    ("Blinken landed in Cairo on Sunday. | He will meet the press on Monday.", "He", {BLINKEN}),
    ("Angela Merkel flew to Oslo. | She urged Vladimir Putin to stop.", "She",
     {("Angela Merkel", "DEU")}),
    ("Emmanuel Macron called Xi Jinping and said he would visit in April.", "he", {MACRON}),
    ("Tsai Ing-wen met Kevin McCarthy in California. | She thanked him.", "him",
     {("Kevin McCarthy", "USA")}),
    ("Ruth Penrose, a spokeswoman for the Jamaican foreign ministry, denied it. | "
     "She said no talks were planned.", "She", {PENROSE}),
    ("“He is a liar,” Vladimir Putin said of Zelensky.", "He", set()),
    ("Prices rose. | He was not amused.", "He", set()),
    ("Blinken met Lavrov. || Rain fell. || Snow fell. || Hail fell. || He left.", "He", set()),
    # it, its
    ("Canada expelled a Chinese diplomat on Monday. | It gave no reason.", "It",
     {("Canada", "CAN")}),
    ("China claims Taiwan as its own territory.", "its", {CHN}),
    ("Israel said its jets had struck targets in Syria.", "its", {("Israel", "ISR")}),
    ("Iran said it would answer.", "it", {("Iran", "IRN")}),
    ("Iran said it would be easy.", "it", set()),
    ("Iran fired a missile. | The United States condemned it.", "it", set()),
    ("Analysts say it is likely that China will respond.", "it", set()),
    ("Beijing said it had no such plan.", "it", {CHN}),
    # they, their
    ("US troops came under fire. | They returned fire.", "They", {(None, "USA")}),
    ("Denmark and Canada ended their dispute over Hans Island.", "their",
     {("Denmark", "DNK"), ("Canada", "CAN")}),
    ("Brazil and Argentina agreed. | Their presidents met on Sunday.", "Their presidents",
     {(None, "BRA"), (None, "ARG")}),
    ("Netanyahu met Macron, and his spokesman called the talks good.", "his spokesman",
     {(None, "ISR")}),
    # the two sides
    ("Turkey and Greece resumed talks. | The two sides discussed gas.", "The two sides",
     {TUR, GRC}),
    ("India and Pakistan exchanged lists. | Both countries kept to the accord.", "Both countries",
     {IND, PAK}),
    ("Russia and Ukraine accused each other of shelling the plant.", "each other",
     {RUS, ("Ukraine", "UKR")}),
    ("Ethiopia and Eritrea signed a pact. | The neighbours fought from 1998.", "The neighbours",
     {("Ethiopia", "ETH"), ("Eritrea", "ERI")}),
    ("Xi and Putin met. | The two leaders signed a statement.", "The two leaders",
     {("Xi Jinping", "CHN"), ("Vladimir Putin", "RUS")}),
    ("Biden met Xi in Bali. | Both sides want calm.", "Both sides", {USA, CHN}),
    ("Chile spoke. | Both sides want calm.", "Both sides", set()),
    ("Russia, China and India met. | The two sides signed.", "The two sides", set()),
    # counterparts
    ("Sergei Lavrov met his Chinese counterpart in New Delhi.", "his Chinese counterpart", {QIN}),
    ("Lavrov met his Chinese counterpart, Qin Gang, in New Delhi.",
     "his Chinese counterpart, Qin Gang", {QIN}),
    ("Lloyd Austin sought a call with his Chinese counterpart.", "his Chinese counterpart",
     {("Li Shangfu", "CHN")}),
    ("Antony Blinken met his British counterpart.", "his British counterpart",
     {("James Cleverly", "GBR")}),
    ("Blinken and his Chinese counterparts met.", "his Chinese counterparts", {(None, "CHN")}),
    ("Jane Penrose, Fiji's fisheries minister, met her Tongan counterpart.",
     "her Tongan counterpart", {(None, "TON")}),
    ("Fumio Kishida met his counterpart from South Korea.",
     "his counterpart from South Korea", {("Han Duck-soo", "KOR")}),
    # the latter
    ("After the meeting with Netanyahu, Macron praised the latter.", "latter",
     {("Benjamin Netanyahu", "ISR")}),
    # the minister, the ministry, the officials
    ("South Korean Defence Minister Lee Jong-sup left. | The minister signed a deal.", "minister",
     {("Lee Jong-sup", "KOR")}),
    ("The Japanese foreign ministry summoned the envoy. | The ministry was angry.", "ministry",
     {("Japanese Foreign Ministry", "JPN")}),
    ("Kenyan officials met Somali rebels. | The officials promised aid.", "officials",
     {(None, "KEN")}),
    ("Olaf Scholz hosted Zelensky. | The chancellor pledged arms.", "chancellor",
     {("Olaf Scholz", "DEU")}),
    ("The president said the talks had failed.", "president", set()),
    ("Biden met Kishida. | The former president was not invited.", "former president", set()),
    # the island, the kingdom, the bloc
    ("Taiwan said jets had crossed the line. | The island was calm.", "island",
     {("Taiwan", "TWN")}),
    ("Saudi Arabia cut output. | The kingdom gave no reason.", "kingdom",
     {("Saudi Arabia", "SAU")}),
    ("The European Union froze funds. | The bloc spoke of a signal.", "bloc",
     {("European Union", None)}),
    ("France froze funds. | The island was calm.", "island", set()),
    # family names, and persons no table has
    ("Antony Blinken spoke. | Later Blinken left.", "Blinken", {BLINKEN}),
    ("Foreign Minister Jane Penrose of Fiji came. | Penrose said the pact was dead.", "Penrose",
     {("Jane Penrose", "FJI")}),
    ("It was over, said Rupert Vane, a fellow at the German Marshall Fund. | Vane left.", "Vane",
     {("Rupert Vane", "USA")}),
    ("The bridge fell. | Vane left.", "Vane", set()),
]  # fmt: skip


def at(actors: tuple[Actor, ...], text: str, words: str) -> list[Actor]:
    start = text.rindex(words)
    return [actor for actor in actors if (actor.start, actor.end) == (start, start + len(words))]


@pytest.mark.parametrize(("paragraphs", "words", "expected"), ROWS, ids=[r[0][:60] for r in ROWS])
def test_reference(
    paragraphs: str, words: str, expected: set[tuple[str | None, str | None]]
) -> None:
    told = story(*paragraphs.split(" || "))
    found = at(find_actors(told), told.text, words)
    assert {(actor.name, actor.country) for actor in found} == expected


def test_enough_rows() -> None:
    assert len(ROWS) >= 40


def test_references_say_so() -> None:
    told = story("Turkey and Greece met. | The two sides spoke.")
    pair = at(find_actors(told), told.text, "The two sides")
    assert {actor.kind for actor in pair} == {"reference"}
    assert all(actor.why.startswith("actor_grammar:") for actor in pair)


def test_office_follows_the_day() -> None:
    named = [
        find_actors(story("Hillary Clinton spoke.", date=day))[0]
        for day in ("2010-05-01", "2016-05-01")
    ]
    assert [(a.office, a.sectors) for a in named] == [
        ("secretary of state", ("GOV",)),
        (None, ("ELI",)),
    ]


def test_headline_gets_its_name_from_the_story() -> None:
    told = story("Antony Blinken landed on Sunday.", title="Blinken Heads To Beijing For Talks")
    first = find_actors(told)[0]
    assert (first.text, first.name) == ("Blinken", "Antony Blinken")
