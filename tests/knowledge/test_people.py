"""The table of office-holders: facts that must come out right."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources

import pytest

from detente.knowledge import tables
from detente.knowledge.checks import check_shipped


@cache
def people() -> tuple[dict[str, str], ...]:
    return tuple(tables.rows("people.tsv"))


def day(text: str, default: dt.date) -> dt.date:
    return dt.date.fromisoformat(text) if text else default


def holders(country: str, office: str, on: str) -> set[str]:
    """Who held the office on a day."""
    when = dt.date.fromisoformat(on)
    return {
        row["name"]
        for row in people()
        if row["country"] == country
        and row["office"] == office
        and day(row["from"], dt.date.min) <= when <= day(row["until"], dt.date.max)
    }


def test_there_are_enough_rows_and_the_file_stays_small() -> None:
    assert len(people()) >= 4000
    text = resources.files("detente.knowledge").joinpath("people.tsv").read_bytes()
    assert len(text) < 1_000_000


def test_rows_are_sound() -> None:
    """Warnings are questions to whoever knows the history, but the order is not."""
    found = [finding for finding in check_shipped() if finding.file == "people.tsv"]
    assert [one for one in found if one.level == "error" or one.rule == "order"] == []


FACTS = """
USA|secretary of state|2010-05-05|Hillary Clinton
USA|secretary of state|2003-03-01|Colin Powell
USA|secretary of state|2023-06-18|Antony Blinken
USA|secretary of state|2018-05-01|Mike Pompeo
USA|secretary of state|2025-03-01|Marco Rubio
USA|secretary of state|1973-11-01|Henry Kissinger
USA|secretary of defense|2023-06-01|Lloyd Austin
USA|secretary of defense|2005-01-15|Donald Rumsfeld
USA|treasury secretary|2023-07-06|Janet Yellen
USA|commerce secretary|2023-08-28|Gina Raimondo
USA|president|1962-10-22|John F. Kennedy
USA|president|1991-01-17|George H.W. Bush
USA|president|2003-03-20|George W. Bush
USA|president|2018-06-12|Donald Trump
USA|president|2023-11-15|Joe Biden
USA|president|2025-06-01|Donald Trump
USA|national security adviser|2022-03-14|Jake Sullivan
USA|cia director|2022-11-14|William Burns
USA|un ambassador|2017-12-21|Nikki Haley
USA|press secretary|2023-01-10|Karine Jean-Pierre
CHN|president|2023-06-19|Xi Jinping
CHN|president|2008-08-08|Hu Jintao
CHN|general secretary|1989-06-01|Zhao Ziyang
CHN|general secretary|2013-01-01|Xi Jinping
CHN|premier|2012-09-11|Wen Jiabao
CHN|premier|2024-01-16|Li Qiang
CHN|foreign minister|2023-06-18|Qin Gang
CHN|foreign minister|2023-09-01|Wang Yi
CHN|foreign minister|2009-03-01|Yang Jiechi
CHN|defence minister|2023-06-03|Li Shangfu
CHN|defence minister|2024-05-31|Dong Jun
RUS|president|1995-05-09|Boris Yeltsin
RUS|president|2009-07-06|Dmitry Medvedev
RUS|president|2022-02-24|Vladimir Putin
RUS|prime minister|2009-07-06|Vladimir Putin
RUS|foreign minister|2014-03-01|Sergei Lavrov
RUS|defence minister|2022-02-24|Sergei Shoigu
RUS|defence minister|2024-06-01|Andrei Belousov
SUN|foreign minister|1962-10-18|Andrei Gromyko
SUN|general secretary|1986-10-11|Mikhail Gorbachev
GBR|prime minister|1982-04-02|Margaret Thatcher
GBR|prime minister|2022-10-01|Liz Truss
GBR|prime minister|2023-05-01|Rishi Sunak
GBR|foreign secretary|2017-01-01|Boris Johnson
GBR|foreign secretary|2024-02-01|David Cameron
GBR|queen|1997-07-01|Elizabeth II
GBR|king|2023-05-06|Charles III
FRA|president|2003-02-14|Jacques Chirac
FRA|prime minister|2003-02-14|Jean-Pierre Raffarin
FRA|foreign minister|2003-02-14|Dominique de Villepin
FRA|president|2022-04-24|Emmanuel Macron
DEU|chancellor|1990-10-03|Helmut Kohl
DEU|chancellor|2015-09-04|Angela Merkel
DEU|foreign minister|2022-09-01|Annalena Baerbock
DEU|president|2019-01-01|Frank-Walter Steinmeier
JPN|prime minister|2016-12-27|Shinzo Abe
JPN|prime minister|2023-05-19|Fumio Kishida
JPN|emperor|2018-01-01|Akihito
IND|prime minister|2008-11-26|Manmohan Singh
IND|foreign minister|2023-09-09|Subrahmanyam Jaishankar
PAK|prime minister|2022-01-01|Imran Khan
PAK|president|2005-04-16|Pervez Musharraf
PAK|army chief|2012-01-01|Ashfaq Parvez Kayani
ISR|prime minister|1995-11-01|Yitzhak Rabin
ISR|prime minister|2023-10-07|Benjamin Netanyahu
ISR|defence minister|2023-10-07|Yoav Gallant
ISR|foreign minister|2008-12-27|Tzipi Livni
IRN|president|2015-07-14|Hassan Rouhani
IRN|foreign minister|2015-07-14|Mohammad Javad Zarif
IRN|supreme leader|2015-07-14|Ali Khamenei
IRN|foreign minister|2023-03-10|Hossein Amir-Abdollahian
TUR|prime minister|2010-05-31|Recep Tayyip Erdogan
TUR|president|2016-07-15|Recep Tayyip Erdogan
TUR|foreign minister|2010-05-31|Ahmet Davutoglu
TUR|foreign minister|2022-03-10|Mevlut Cavusoglu
UKR|president|2013-11-21|Viktor Yanukovych
UKR|president|2022-02-24|Volodymyr Zelensky
UKR|foreign minister|2022-03-10|Dmytro Kuleba
KOR|president|2018-04-27|Moon Jae-in
KOR|president|2024-12-03|Yoon Suk-yeol
PRK|supreme leader|2018-04-27|Kim Jong-un
SAU|foreign minister|2002-03-27|Saud al-Faisal
SAU|king|2018-01-01|Salman bin Abdulaziz
SAU|crown prince|2018-01-01|Mohammed bin Salman
SGP|foreign minister|2023-06-18|Vivian Balakrishnan
AUS|prime minister|2023-06-01|Anthony Albanese
AUS|foreign minister|2023-06-01|Penny Wong
CAN|prime minister|2018-12-01|Justin Trudeau
EGY|president|1977-11-19|Anwar Sadat
EGY|president|2012-11-21|Mohamed Morsi
SYR|president|2013-08-21|Bashar al-Assad
IRQ|president|1990-08-02|Saddam Hussein
LBY|leader|1986-04-15|Muammar Gaddafi
CUB|president|1996-02-24|Fidel Castro
VEN|president|2002-04-01|Hugo Chavez
BRA|president|2010-05-17|Luiz Inacio Lula da Silva
ZAF|president|1995-06-24|Nelson Mandela
ETH|prime minister|2020-11-04|Abiy Ahmed
POL|prime minister|2022-11-15|Mateusz Morawiecki
BLR|president|2021-05-23|Alexander Lukashenko
SRB|president|2023-09-24|Aleksandar Vucic
YUG|president|1999-03-24|Slobodan Milosevic
ARM|prime minister|2020-11-09|Nikol Pashinyan
AZE|president|2020-11-09|Ilham Aliyev
VAT|pope|2000-03-26|John Paul II
|un secretary-general|1956-11-05|Dag Hammarskjold
|un secretary-general|2003-02-05|Kofi Annan
|un secretary-general|2020-01-01|Antonio Guterres
|nato secretary-general|1999-03-24|Javier Solana
|nato secretary-general|2022-02-24|Jens Stoltenberg
|iaea chief|2003-02-14|Mohamed ElBaradei
|president of the european commission|1992-02-07|Jacques Delors
|high representative|2015-07-14|Federica Mogherini
|imf chief|2010-05-02|Dominique Strauss-Kahn
"""


@pytest.mark.parametrize("fact", FACTS.strip().splitlines())
def test_who_held_the_office_that_day(fact: str) -> None:
    country, office, on, name = fact.split("|")
    assert holders(country, office, on) == {name}


@pytest.mark.parametrize(
    ("country", "office", "on", "name"),
    [
        ("CHN", "foreign ministry spokesperson", "2023-06-16", "Wang Wenbin"),
        ("CHN", "foreign ministry spokesperson", "2023-06-16", "Mao Ning"),
        ("", "un spokesperson", "2020-01-01", "Stephane Dujarric"),
        ("LBN", "hezbollah leader", "2006-07-12", "Hassan Nasrallah"),
        ("PSE", "hamas leader", "2023-10-07", "Yahya Sinwar"),
        ("RUS", "foreign ministry spokesperson", "2023-06-16", "Maria Zakharova"),
    ],
)
def test_offices_that_several_share(country: str, office: str, on: str, name: str) -> None:
    assert name in holders(country, office, on)


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
        ("Moammar Gadhafi", "Muammar Gaddafi"),
        ("Viktor Yanukovich", "Viktor Yanukovych"),
        ("Binyamin Netanyahu", "Benjamin Netanyahu"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("Jiang Jieshi", "Chiang Kai-shek"),
        ("MBS", "Mohammed bin Salman"),
        ("Alyaksandr Lukashenka", "Alexander Lukashenko"),
        ("AMLO", "Andres Manuel Lopez Obrador"),
        ("Lula", "Luiz Inacio Lula da Silva"),
    ],
)
def test_other_spellings_lead_to_the_person(spelling: str, name: str) -> None:
    owners = {row["name"] for row in people() if spelling in tables.values(row["aliases"])}
    assert owners == {name}


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Xi Jinping", "Xi"),
        ("Kim Jong-un", "Kim"),
        ("Aung San Suu Kyi", "Suu Kyi"),
        ("Osama bin Laden", "bin Laden"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Luiz Inacio Lula da Silva", "Lula"),
        ("Bashar al-Assad", "Assad"),
        ("Abiy Ahmed", "Abiy"),
        ("Margaret Thatcher", "Thatcher"),
    ],
)
def test_the_name_the_press_uses_alone(name: str, family: str) -> None:
    assert {row["family"] for row in people() if row["name"] == name} == {family}
