"""Phrases for actors, from all regions and times: each row of the table is a case."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from detente.actors import resolve_phrase
from detente.actors.build import build
from detente.actors.own import Meaning, OwnEntry
from detente.knowledge.tables import read_rows
from detente.model import Actor

TABLE = Path(__file__).with_name("phrases.tsv")
ROWS = list(read_rows(TABLE.read_text("utf-8"), TABLE.name))


def written(actor: Actor) -> str:
    cells = (actor.name, actor.country, ",".join(actor.sectors), actor.office, actor.kind)
    return "; ".join(cell or "-" for cell in cells)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['date']} {row['phrase']}" for row in ROWS])
def test_phrase(row: dict[str, str]) -> None:
    found = resolve_phrase(row["phrase"], dt.date.fromisoformat(row["date"]))
    assert " + ".join(map(written, found)) == row["actors"]


def test_table_is_large() -> None:
    assert len(ROWS) >= 250


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("the Chinese foreign ministry", "Chinese foreign ministry"),
        ("four Saudi men", "four Saudi men"),
        ("a senior US official", "senior US official"),
        ("China's airspace", "China"),
        ("the Libyan coast guard", "Libyan coast guard"),
        ("Vivian Roe, Singapore's trade minister", "Vivian Roe, Singapore's trade minister"),
        ("president of the United States", "president of the United States"),
        ("US ally Saudi Arabia", "Saudi Arabia"),
        ("Iranian ships", "Iranian"),
    ],
)
def test_span(phrase: str, text: str) -> None:
    assert [actor.text for actor in resolve_phrase(phrase, dt.date(2023, 6, 16))] == [text]


def test_two_actors_share_the_span() -> None:
    turkey, greece = sorted(
        resolve_phrase("the Turkish and Greek foreign ministers", dt.date(2023, 6, 16)),
        key=lambda actor: actor.country or "",
        reverse=True,
    )
    assert (turkey.country, greece.country) == ("TUR", "GRC")
    assert (turkey.start, turkey.end) == (greece.start, greece.end)


def test_officials_and_world_powers_are_two() -> None:
    officials, powers = resolve_phrase("officials from Iran and six world powers")
    assert (officials.country, officials.sectors) == ("IRN", ("GOV",))
    assert powers.text == "six world powers"
    assert powers.country is None


def test_without_a_day_an_office_has_no_holder() -> None:
    (actor,) = resolve_phrase("the Chinese president")
    assert (actor.name, actor.country, actor.office) == (None, "CHN", "president")


def test_context_gives_a_name_its_country() -> None:
    context = "Ruth Penrose, Jamaica's deputy trade minister, said on Monday the deal was close."
    assert resolve_phrase("Penrose") == ()
    (actor,) = resolve_phrase("Ruth Penrose", context=context)
    assert (actor.country, actor.sectors) == ("JAM", ("GOV",))


def test_context_tells_homonyms_apart() -> None:
    state = resolve_phrase("Georgia", context="Georgia and Russia traded blame in Tbilisi.")
    assert [actor.country for actor in state] == ["GEO"]
    other = resolve_phrase("Georgia", context="The senator won Georgia, in Atlanta.")
    assert other == ()


def test_lower_case_phrase() -> None:
    (actor,) = resolve_phrase("chinese foreign minister qin gang", dt.date(2023, 6, 16))
    assert (actor.name, actor.country) == ("Qin Gang", "CHN")


def test_why_names_the_entries() -> None:
    (actor,) = resolve_phrase("Chinese President Xi Jinping", dt.date(2023, 6, 16))
    assert set(actor.why.split(";")) == {"people:Xi Jinping", "offices:president", "countries:CHN"}


def test_a_user_lexicon_adds_entries() -> None:
    own = build([OwnEntry(("Ruritania", "Ruritanian"), (Meaning("state", country="HUN"),))])
    (actor,) = resolve_phrase("the Ruritanian foreign ministry", lexicon=own)
    assert (actor.name, actor.country) == ("Hungarian Foreign Ministry", "HUN")
    assert resolve_phrase("Ruritania") == ()


@pytest.mark.parametrize("phrase", ["", " ", "...", "\n", "’s", "-", "the", "of the", "“”"])
def test_nothing_gives_nothing(phrase: str) -> None:
    assert resolve_phrase(phrase) == ()
