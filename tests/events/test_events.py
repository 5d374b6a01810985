"""What the coder writes of single sentences: who, whom, what, done or only planned."""

from __future__ import annotations

import datetime as dt

import pytest

from detente import Coder, Document
from detente.model import Event

PUBLISHED = dt.date(2019, 5, 16)  # a Thursday


def events(text: str, date: dt.date | None = PUBLISHED) -> list[Event]:
    return list(Coder().code(Document(text, date=date)).events)


def countries(event: Event) -> tuple[str, str]:
    return (
        "+".join(sorted({a.country or a.name or "?" for a in event.source})),
        "+".join(sorted({a.country or a.name or "?" for a in event.target})),
    )


def row(event: Event) -> tuple[str, str, str, str]:
    return (event.type, *countries(event), event.status)


# sentence, the one row it gives: type, source, target, status
ONE_ROW = [
    # what is asked, or supposed by an auxiliary before the subject, is left open
    ("Did Iran sink the Saudi tanker?", "THREATEN", "IRN", "SAU", "hypothetical"),
    ("Has Peru condemned Bolivia?", "ACCUSE", "PER", "BOL", "hypothetical"),
    ("Had Chad shelled Niger, Paris would know.", "THREATEN", "TCD", "NER", "hypothetical"),
    ("When did Egypt recognise Israel?", "SUPPORT", "EGY", "ISR", "occurred"),
    ("Only then did Serbia thank Hungary.", "SUPPORT", "SRB", "HUN", "occurred"),
    # plain verbs, active and passive
    ("Peru's foreign minister criticised Bolivia on Tuesday.", "ACCUSE", "PER", "BOL", "occurred"),
    ("Bolivia was criticised by Peru's foreign minister.", "ACCUSE", "PER", "BOL", "occurred"),
    ("Norway thanked Iceland for its help.", "SUPPORT", "NOR", "ISL", "occurred"),
    ("The Hungarian government praised Serbia.", "SUPPORT", "HUN", "SRB", "occurred"),
    ("Kenya expelled the Somali ambassador.", "SANCTION", "KEN", "SOM", "occurred"),
    ("The Somali ambassador was expelled by Kenya.", "SANCTION", "KEN", "SOM", "occurred"),
    # meetings: all take part alike
    ("Canada's prime minister met Japan's foreign minister.", "CONSULT", "CAN+JPN", "", "occurred"),
    ("The leaders of India and Nepal met in Kathmandu.", "CONSULT", "IND+NPL", "", "occurred"),
    ("Morocco held talks with Spain on Monday.", "CONSULT", "ESP+MAR", "", "occurred"),
    ("Talks between Armenia and Georgia ended.", "CONSULT", "ARM+GEO", "", "occurred"),
    # a visit has a visitor and a host
    ("The Polish president visited Lithuania on Monday.", "CONSULT", "POL", "LTU", "occurred"),
    # to come: AGREE
    ("The Polish president will visit Lithuania next week.", "AGREE", "POL", "LTU", "planned"),
    ("Egypt plans to hold talks with Sudan.", "AGREE", "EGY+SDN", "", "planned"),
    ("Egypt may hold talks with Sudan.", "AGREE", "EGY+SDN", "", "possible"),
    ("Chile's president visits Uruguay on Monday.", "AGREE", "CHL", "URY", "planned"),
    # put off, called off, refused
    ("Thailand postponed a visit to Laos.", "CONSULT", "THA", "LAO", "postponed"),
    ("Greece cancelled talks with Albania.", "REJECT", "ALB+GRC", "", "cancelled"),
    ("Qatar refused to meet Egypt's foreign minister.", "REJECT", "QAT", "EGY", "occurred"),
    # undertakings
    ("Brazil agreed to meet Paraguay's president.", "AGREE", "BRA", "PRY", "occurred"),
    ("Finland invited the Estonian president to Helsinki.", "AGREE", "FIN", "EST", "occurred"),
    # demands
    ("Sweden urged Belarus to release the editor.", "REQUEST", "SWE", "BLR", "occurred"),
    ("Australia demanded that Fiji release the crew.", "REQUEST", "AUS", "FJI", "occurred"),
    # PLOVER's own rules
    ("Chile summoned the Argentine ambassador.", "ACCUSE", "CHL", "ARG", "occurred"),
    ("Oman and India held a joint naval exercise.", "COOPERATE", "IND+OMN", "", "occurred"),
    ("Latvia recalled its ambassador from Belarus.", "SANCTION", "LVA", "BLR", "occurred"),
    ("Eritrea withdrew its troops from Ethiopia.", "RETREAT", "ERI", "ETH", "occurred"),
    # force
    ("Israeli warplanes bombed targets in Syria.", "ASSAULT", "ISR", "SYR", "occurred"),
]


@pytest.mark.parametrize(("text", "type_", "source", "target", "status"), ONE_ROW)
def test_one_row(text: str, type_: str, source: str, target: str, status: str) -> None:
    assert [row(event) for event in events(text)] == [(type_, source, target, status)]


NO_ROW = [
    "Germany did not condemn Denmark.",
    "No talks were held between Cuba and Haiti.",
    "Portugal failed to meet Angola's foreign minister.",
    "If Iran attacks Bahrain, markets will fall.",
    "The capital of Peru is Lima.",
    "China Airlines cancelled its flights.",
]


@pytest.mark.parametrize("text", NO_ROW)
def test_no_row_of_what_did_not_happen(text: str) -> None:
    assert [row(e) for e in events(text) if e.status in ("occurred", "ongoing")] == []


def test_reported_speech_has_its_speaker() -> None:
    (event,) = [
        e
        for e in events("Ukrainian officials said Russia shelled a town in Ukraine on Tuesday.")
        if e.type == "ASSAULT"
    ]
    assert countries(event) == ("RUS", "UKR")
    assert event.speaker is not None
    assert event.speaker.country == "UKR"


def test_an_accusation_is_the_accusers_and_what_is_alleged_is_not_certain() -> None:
    found = events("Ukraine accused Russia of shelling a school in Poland.")
    accusation = next(e for e in found if e.type == "ACCUSE")
    assert countries(accusation) == ("UKR", "RUS")
    assert all(e.status == "possible" for e in found if e.type == "ASSAULT")


def test_a_duty_laid_on_another_state_is_a_demand() -> None:
    found = events("Turkey's foreign minister said that Greece should reopen the crossing.")
    assert ("REQUEST", "TUR", "GRC", "occurred") in [row(e) for e in found]


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("Peru criticised Bolivia on Tuesday.", (2019, 5, 14), (2019, 5, 14), "day"),
        ("Peru criticised Bolivia in March.", (2019, 3, 1), (2019, 3, 31), "month"),
        ("Peru criticised Bolivia in 1998.", (1998, 1, 1), (1998, 12, 31), "year"),
        ("Peru's president will visit Bolivia on Tuesday.", (2019, 5, 21), (2019, 5, 21), "day"),
    ],
)
def test_dates_are_the_events_own(
    text: str, start: tuple[int, int, int], end: tuple[int, int, int], precision: str
) -> None:
    (event,) = events(text)
    assert (event.when.start, event.when.end) == (dt.date(*start), dt.date(*end))
    assert event.when.precision == precision


def test_without_a_date_in_the_text_the_day_is_unknown() -> None:
    (event,) = events("Peru criticised Bolivia.")
    assert (event.when.start, event.when.precision) == (None, "unknown")


def test_words_of_the_row_are_words_of_the_text() -> None:
    text = "LIMA - Peru criticised Bolivia on Tuesday. Chile's president met Cuba's in Havana."
    for event in events(text):
        assert text[event.evidence.start : event.evidence.end] == event.evidence.text
        assert text[event.trigger.start : event.trigger.end] == event.trigger.text
        for actor in (*event.source, *event.target):
            assert text[actor.start : actor.end] == actor.text
