"""Bodies and groups of the tables: whose they are, and what they were on the day."""

from __future__ import annotations

import datetime as dt

import pytest

from detente.actors import resolve_phrase

GOV = ("GOV", "PTY")
REB = ("REB",)


@pytest.mark.parametrize(
    ("phrase", "country", "sectors"),
    [
        ("Tehran Radio", "IRN", ("JRN",)),
        ("Radio Havana", "CUB", ("JRN",)),
        ("Voice of Vietnam", "VNM", ("JRN",)),
        ("IG Metall", "DEU", ("LAB",)),
        ("the Nigeria Labour Congress", "NGA", ("LAB",)),
        ("Zenroren", "JPN", ("LAB",)),
        ("the Edhi Foundation", "PAK", ("NGO",)),
        ("the Human Rights Commission of Pakistan", "PAK", ("NGO",)),
        ("the Armenian Apostolic Church", "ARM", ("REL",)),
        ("Sayeret Matkal", "ISR", ("MIL",)),
        ("GIGN", "FRA", ("COP",)),
        ("the State Research Bureau", "UGA", ("SPY",)),
        ("Sigurimi", "ALB", ("SPY",)),
        ("Garuda Indonesia", "IDN", ("BUS", "GOV")),
        ("the Ethiopian Electoral Board", "ETH", ("GOV",)),
    ],
)
def test_bodies_have_their_states(phrase: str, country: str, sectors: tuple[str, ...]) -> None:
    found = [(actor.country, tuple(actor.sectors)) for actor in resolve_phrase(phrase)]
    assert found == [(country, sectors)]


@pytest.mark.parametrize(
    ("phrase", "day", "sectors"),
    [
        ("the Rwandan Patriotic Front", "1992-06-01", REB),
        ("the Rwandan Patriotic Front", "1996-06-01", GOV),
        ("ZANU", "1978-03-01", REB),
        ("ZANU-PF", "1990-03-01", GOV),
        ("the Sandinistas", "1978-09-01", REB),
        ("the Sandinistas", "1984-09-01", GOV),
        ("the Sandinistas", "1995-09-01", ("OPP", "PTY")),
        ("the Tigray People's Liberation Front", "1985-01-01", REB),
        ("the Tigray People's Liberation Front", "2000-01-01", GOV),
        ("the Tigray People's Liberation Front", "2021-01-01", REB),
        ("Pathet Lao", "1972-01-01", REB),
        ("Pathet Lao", "1976-01-01", GOV),
        ("the Botswana Democratic Party", "2001-01-01", GOV),
        ("the Botswana Democratic Party", "2025-01-01", ("OPP", "PTY")),
        ("Frelimo", "1970-01-01", REB),
        ("Frelimo", "1980-01-01", GOV),
    ],
)
def test_groups_are_what_they_were_on_the_day(
    phrase: str, day: str, sectors: tuple[str, ...]
) -> None:
    [actor] = resolve_phrase(phrase, dt.date.fromisoformat(day))
    assert tuple(actor.sectors) == sectors


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the Indonesian fisheries ministry", "Indonesian Fisheries Ministry"),
        ("the Iraqi oil ministry", "Iraqi Oil Ministry"),
        ("the Chinese politburo", "Chinese Politburo"),
        ("the Japanese tax service", "Japanese Tax Service"),
        ("the Chilean seismological service", "Chilean Seismological Service"),
        ("the Greek fire service", "Greek Fire Service"),
        ("the Egyptian doctors' syndicate", "Egyptian Doctors' Association"),
        ("the Ghanaian commission of inquiry", "Ghanaian Commission Of Inquiry"),
    ],
)
def test_one_body_a_pattern(phrase: str, name: str) -> None:
    [actor] = resolve_phrase(phrase)
    assert (actor.name or "").casefold() == name.casefold()


@pytest.mark.parametrize("phrase", ["Hindu protesters", "tribal Elders", "Economist Jane Doe"])
def test_a_paper_is_no_plain_word(phrase: str) -> None:
    assert [actor for actor in resolve_phrase(phrase) if actor.country] == []
