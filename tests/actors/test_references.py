"""References within a story: a row gives the story, the words that point back, and to whom.

The words are sought as their last occurrence; no actor there is an empty set.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from actor_stories import story
from bench.actors import links, of_mark, unmarked
from bench.actors import story as excerpt

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
    # who a pronoun is not: rivals, the subject of its own clause, who is told
    ("Emmanuel Macron, standing beside Olaf Scholz, thanked him.", "him", {("Olaf Scholz", "DEU")}),
    ("Vladimir Putin said that Joe Biden had broken his word.", "his", {("Joe Biden", "USA")}),
    ("Xi Jinping told Vladimir Putin to end his war.", "his", {("Vladimir Putin", "RUS")}),
    ("Olaf Scholz met Rishi Sunak as he left.", "he", set()),
    ("Angela Merkel met Barack Obama. | He praised her.", "her", {("Angela Merkel", "DEU")}),
    ("Emmanuel Macron spoke. | “He is wrong,” Olaf Scholz said.", "He", {MACRON}),
    ("Three old tents burned. | They fell in a river.", "They", set()),
    ("Kenyan soldiers freed Somali sailors. | They were tired.", "They", {(None, "KEN")}),
    ("Women in Lima said that they were afraid.", "they", set()),
    ("India sent aid, and Kenya was glad that it had come.", "it", set()),
    ("Peru has no ties with Chile, and it is cold there.", "it", set()),
    ("Qatar was not invited, and it has complained.", "it", {("Qatar", "QAT")}),
    ("Chad closed the border because Sudan had threatened it.", "it", {("Chad", "TCD")}),
    ("Brazil met Peru. | Good for Peru's trees is its rain.", "its", {("Peru", "PER")}),
    # who, whose, which
    ("Joe Biden thanked Olaf Scholz, who had come early.", "who", {("Olaf Scholz", "DEU")}),
    ("Japan, which lies near, protested.", "which", {("Japan", "JPN")}),
    ("The rain, which fell all day, stopped.", "which", set()),
    # sets: by their number, by who does it to them, beside their names
    ("Xi and Putin met. | Both men smiled.", "Both men",
     {("Xi Jinping", "CHN"), ("Vladimir Putin", "RUS")}),
    ("Peru, Chile and Ecuador signed. | The three left.", "The three",
     {("Peru", "PER"), ("Chile", "CHL"), ("Ecuador", "ECU")}),
    ("Greece and Turkey agreed. | Neither side spoke.", "Neither side", {TUR, GRC}),
    ("Peru and Chile quarrelled. | Brazil told the two neighbours to stop.", "the two neighbours",
     {("Peru", "PER"), ("Chile", "CHL")}),
    ("Two ships sank. | The two lists differed.", "The two lists", set()),
    ("Xi and Putin met. | The two of them at the back left.", "The two", set()),
    # the country, the nation, his country, its neighbour, the host
    ("Nigeria was suspended on Friday. | The country had hanged a writer.", "country",
     {("Nigeria", "NGA")}),
    ("Peru and Chile signed. | The country was calm.", "country", set()),
    ("Qatar and Germany signed. | The Gulf state will send gas.", "state", {("Qatar", "QAT")}),
    ("Emmanuel Macron said his country was ready.", "country", {("France", "FRA")}),
    ("Greece and Turkey met. | Greece told its neighbour to wait.", "neighbour", {TUR}),
    ("Vladimir Putin met Xi Jinping. | The Russian leader thanked his host.", "host",
     {("Xi Jinping", "CHN")}),
    # the group, the rebels, the general, the Mexican
    ("Hezbollah fired rockets. | The group gave no reason.", "group", {("Hezbollah", "LBN")}),
    ("The Houthis took a port. | The rebels kept it.", "rebels", {("Houthis", "YEM")}),
    ("The African Union met. | The union sent troops.", "union", {("African Union", None)}),
    ("Olaf Scholz met Emmanuel Macron. | The Frenchman smiled.", "Frenchman", {MACRON}),
    ("Finland spoke. | The group was calm.", "group", set()),
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


def marked() -> list[tuple[str, str, list[tuple[int, int, str]]]]:
    """Day, text and marks of the excerpts in marked_references.txt."""
    found = []
    for line in (Path(__file__).parent / "marked_references.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        day, _, text = line.partition(" ")
        found.append((day, *unmarked(text)))
    return found


def test_marked_excerpts() -> None:
    """Most are linked rightly, few wrongly: the floor is a little below what was reached."""
    verdicts: Counter[str] = Counter()
    for day, text, marks in marked():
        actors = find_actors(excerpt(text, day))
        for start, end, wanted in marks:
            found = [actor for actor in actors if actor.start < end and start < actor.end]
            verdicts[of_mark(wanted, links(text[start:end], start, found))] += 1
    total = sum(verdicts.values())
    assert total > 200
    assert verdicts["right"] / total > 0.82
    assert verdicts["wrong"] / total < 0.12


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
