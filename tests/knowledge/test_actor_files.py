"""The files of who hold what they must; that they are sound is for `test_check.py`."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest

from detente.knowledge.tables import rows, values

# File, columns that hold forms, fewest rows.
FILES = [
    ("countries.tsv", ("name", "aliases"), 255),
    ("seats.tsv", ("name", "aliases"), 200),
    ("institutions.tsv", ("forms",), 300),
    ("organisations.tsv", ("name", "aliases"), 260),
    ("groups.tsv", ("name", "aliases"), 260),
    ("offices.tsv", ("forms",), 250),
    ("sectors.tsv", ("noun", "forms"), 1500),
    ("not_actors.tsv", ("phrase",), 250),
]
Row = dict[str, str]


def _days(row: Row) -> tuple[dt.date, dt.date]:
    """The days of a row, both included; open ends are the first and last day there is."""
    first, last = row.get("from", ""), row.get("until", "")
    return (
        dt.date.fromisoformat(first) if first else dt.date.min,
        dt.date.fromisoformat(last) if last else dt.date.max,
    )


def _meanings(file: str, columns: tuple[str, ...]) -> dict[str, list[Row]]:
    """Each form of a file with the rows it stands in."""
    meanings = defaultdict(list)
    for row in rows(file):
        for form in dict.fromkeys(form for column in columns for form in values(row[column])):
            meanings[form].append(row)
    return meanings


@pytest.mark.parametrize(("file", "columns", "fewest"), FILES)
def test_file_has_its_rows(file: str, columns: tuple[str, ...], fewest: int) -> None:
    table = list(rows(file))
    assert len(table) >= fewest
    assert [row for row in table if not row[columns[0]]] == []


def test_states_have_seats_and_institutions_of_their_own() -> None:
    for file, fewest in (("seats.tsv", 80), ("institutions.tsv", 80), ("groups.tsv", 80)):
        assert len({row["country"] for row in rows(file)} - {""}) >= fewest, file


@pytest.mark.parametrize(
    ("column", "form", "code"),
    [
        ("name", "Niger", "NER"),
        ("adjectives", "Nigerien", "NER"),
        ("adjectives", "Nigerian", "NGA"),
        ("adjectives", "Dutch", "NLD"),
        ("adjectives", "Congolese", "COD"),
        ("aliases", "Republic of China", "TWN"),
        ("aliases", "People's Republic of China", "CHN"),
        ("aliases", "Burma", "MMR"),
        ("aliases", "Zaire", "COD"),
        ("aliases", "U.S.", "USA"),
        ("adjectives", "Sino-", "CHN"),
        ("people", "Basotho", "LSO"),
        ("people", "Bissau-Guineans", "GNB"),
        ("people", "Poles", "POL"),
        ("capital", "Kiev", "UKR"),
        ("capital", "Nay Pyi Taw", "MMR"),
    ],
)
def test_country_forms(column: str, form: str, code: str) -> None:
    assert [row["code"] for row in _meanings("countries.tsv", (column,))[form]] == [code]


@pytest.mark.parametrize(
    ("day", "sectors"),
    [("1998-01-01", ["GOV"]), ("2010-01-01", ["REB"]), ("2023-01-01", ["GOV"])],
)
def test_taliban_in_and_out_of_power(day: str, sectors: list[str]) -> None:
    then = dt.date.fromisoformat(day)
    found = [
        row["sectors"]
        for row in rows("groups.tsv")
        if row["name"] == "Taliban" and _days(row)[0] <= then <= _days(row)[1]
    ]
    assert found == sectors


def test_former_states_have_last_days() -> None:
    until = {row["code"]: row["until"] for row in rows("countries.tsv")}
    assert until["SUN"] == "1991-12-25"
    assert until["CSK"] == "1992-12-31"
    assert until["DDR"] == "1990-10-02"
    assert until["VDR"] == "1975-04-30"
    assert until["FRA"] == ""
