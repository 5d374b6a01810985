"""What follows from a story: statements, agenda, issues, channels, outlook, off-topic stories."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from detente import Coder, Coding, Document

PUBLISHED = dt.date(2019, 5, 16)  # a Thursday
OFF_TOPIC = Path(__file__).resolve().parents[1] / "data" / "off_topic"


def read(*paragraphs: str) -> Coding:
    return Coder().code(Document("\n\n".join(paragraphs), date=PUBLISHED))


def said(coding: Coding) -> list[tuple[str | None, bool, str]]:
    return [(s.speaker.country if s.speaker else None, s.direct, s.text) for s in coding.statements]


# --- statements ----------------------------------------------------------------------------------


def test_direct_and_reported_speech() -> None:
    coding = read(
        "Kenya's foreign minister said on Monday that the border would stay open.",
        "“We have nothing to hide,” Peru's president told reporters.",
    )
    assert said(coding) == [
        ("KEN", False, "the border would stay open"),
        ("PER", True, "We have nothing to hide,"),
    ]


def test_a_quotation_that_goes_on_keeps_its_speaker() -> None:
    coding = read(
        "“The crossing will stay shut,” said Turkey's foreign minister on Monday.",
        "“Nobody should expect us to open it this year.”",
    )
    assert [(country, direct) for country, direct, _ in said(coding)] == [("TUR", True)] * 2


def test_an_undertaking_is_no_statement() -> None:
    assert said(read("Chile agreed to reopen the border with Bolivia.")) == []


def test_statements_name_their_issues() -> None:
    coding = read("India's foreign minister said that the ceasefire on the border must hold.")
    assert coding.statements[0].issues == ("ceasefire",)


# --- agenda --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "what", "status", "start"),
    [
        (
            "Chile's president will visit Peru on Monday.",
            "visit",
            "planned",
            dt.date(2019, 5, 20),
        ),
        ("Egypt and Sudan may hold talks in June.", "talks", "possible", dt.date(2019, 6, 1)),
        ("Thailand postponed a visit to Laos.", "visit", "postponed", None),
        ("Greece cancelled a meeting with Albania.", "meeting", "cancelled", None),
    ],
)
def test_the_agenda_holds_what_is_to_come_or_fell_through(
    text: str, what: str, status: str, start: dt.date | None
) -> None:
    (item,) = read(text).agenda
    assert (item.what, item.status, item.when.start) == (what, status, start)


def test_what_took_place_is_not_on_the_agenda() -> None:
    assert read("Chile's president visited Peru on Monday.").agenda == ()


def test_a_planned_visit_that_is_taken_for_granted_is_not_told_as_made() -> None:
    coding = read(
        "Chile's president will visit Peru next week.",
        "Her visit follows months of quarrels between Peru and Chile over fishing rights.",
    )
    assert [e.status for e in coding.events if e.act == "CONSULT"] == ["planned"]


# --- issues and channels -------------------------------------------------------------------------


def test_issues_have_their_parties() -> None:
    coding = read("Japan and South Korea are at odds over export controls and wartime labour.")
    assert {i.name: i.parties for i in coding.issues} == {
        "export controls": ("JPN", "KOR"),
        "wartime history": ("JPN", "KOR"),
    }


@pytest.mark.parametrize(
    ("text", "kind", "state"),
    [
        ("North Korea cut the military hotline with South Korea.", "military", "suspended"),
        ("India and Pakistan restored a hotline between their capitals.", "phone", "resuming"),
        ("Greece refused to resume military talks with Turkey.", "military", "refused"),
        ("Ukraine proposed a deconfliction line to Russia.", "crisis", "sought"),
    ],
)
def test_channels_and_their_state(text: str, kind: str, state: str) -> None:
    assert (kind, state) in [(c.kind, c.state) for c in read(text).channels]


def test_a_telephone_call_shows_a_line_in_use() -> None:
    coding = read("Brazil's president spoke by telephone with Argentina's president on Monday.")
    assert ("phone", ("ARG", "BRA"), "open") in [
        (c.kind, c.parties, c.state) for c in coding.channels
    ]


# --- outlook -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [
        ("Norwegian officials expect talks with Russia to resume.", 0.5, 1.0),
        ("Norwegian officials do not expect talks with Russia to resume.", 0.0, 0.35),
        ("A deal between Serbia and Kosovo is unlikely, EU officials said.", 0.0, 0.35),
        ("The dispute could lead to sanctions against Georgia.", 0.15, 0.6),
    ],
)
def test_outlook_carries_the_range_of_its_words(text: str, lowest: float, highest: float) -> None:
    (item,) = read(text).outlook
    assert lowest <= item.low < item.high <= highest


def test_outlook_has_its_holder_and_horizon() -> None:
    (item,) = read("Canada expects Cuba to release the crew by June.").outlook
    assert item.holder is not None
    assert item.holder.country == "CAN"
    assert item.horizon_end == dt.date(2019, 6, 30)


def test_what_may_have_been_is_no_outlook() -> None:
    assert read("Cuba may have shipped arms to Panama, officials said.").outlook == ()


# --- stories of something else -------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(OFF_TOPIC.glob("*.txt")), ids=lambda path: path.stem)
def test_stories_that_are_not_of_states_give_no_event(path: Path) -> None:
    coding = Coder().code(Document(path.read_text("utf-8"), date=PUBLISHED))
    assert [(e.type, e.trigger.text, e.evidence.text) for e in coding.events] == []


def test_there_are_enough_off_topic_stories() -> None:
    assert len(list(OFF_TOPIC.glob("*.txt"))) >= 10
