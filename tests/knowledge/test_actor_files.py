"""The files of who are sound: known codes and sectors, no form with two meanings, valid days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import pairwise

import pytest

from detente.knowledge.tables import rows, values

PLOVER = (
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE "
    "REL SOC"
)
SECTORS = frozenset(PLOVER.split()) | {"IGO", "NGO"}
LEVEL = (
    "head_of_state head_of_government minister deputy ambassador spokesperson official commander "
    "legislator judge leader adviser"
)
LEVELS = frozenset(LEVEL.split())
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
NAMES = [name for name, _, _ in FILES]
Row = dict[str, str]


def _codes() -> set[str]:
    return {row["code"] for row in rows("countries.tsv")}


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


@pytest.mark.parametrize("file", [name for name in NAMES if name != "not_actors.tsv"])
def test_sectors_are_known(file: str) -> None:
    unknown = {sector for row in rows(file) for sector in values(row["sectors"])} - SECTORS
    assert unknown == set()


@pytest.mark.parametrize(
    "file", ["seats.tsv", "institutions.tsv", "organisations.tsv", "groups.tsv", "offices.tsv"]
)
def test_countries_are_known(file: str) -> None:
    codes = _codes()
    assert [row for row in rows(file) if row["country"] and row["country"] not in codes] == []


@pytest.mark.parametrize("file", ["countries.tsv", "groups.tsv"])
def test_days_are_valid_and_in_order(file: str) -> None:
    for row in rows(file):
        first, last = _days(row)
        assert first <= last, row


@pytest.mark.parametrize(("file", "columns", "fewest"), FILES)
def test_cells_hold_no_value_twice(file: str, columns: tuple[str, ...], fewest: int) -> None:
    for row in rows(file):
        for cell in row.values():
            assert len(set(values(cell))) == len(values(cell)), row


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        (file, columns)
        for file, columns, _ in FILES
        if file not in {"countries.tsv", "groups.tsv", "offices.tsv"}
    ],
)
def test_a_form_has_one_meaning(file: str, columns: tuple[str, ...]) -> None:
    twice = [form for form, found in _meanings(file, columns).items() if len(found) > 1]
    assert twice == []


def test_an_office_form_has_one_meaning_in_a_country() -> None:
    for form, found in _meanings("offices.tsv", ("forms",)).items():
        countries = [row["country"] for row in found]
        assert len(countries) == len(set(countries)), form


def test_a_group_form_has_one_meaning_on_a_day() -> None:
    for form, found in _meanings("groups.tsv", ("name", "aliases")).items():
        assert len({row["name"] for row in found}) == 1, form
        dated = sorted(_days(row) for row in found if row["from"] or row["until"])
        for (_, last), (first, _) in pairwise(dated):
            assert last < first, form
        assert sum(1 for row in found if not row["from"] and not row["until"]) <= 1, form


@pytest.mark.parametrize("column", ["name", "aliases", "adjectives", "people", "capital"])
def test_a_country_form_has_one_meaning_on_a_day(column: str) -> None:
    """Former states share capitals with later ones; what stands now is unambiguous."""
    for form, found in _meanings("countries.tsv", (column,)).items():
        present = [row["code"] for row in found if not row["until"]]
        assert len(present) <= 1, (form, present)


def test_country_names_and_adjectives_never_cross() -> None:
    """'Niger' and 'Nigerian' mix-ups: a form means the same state in every column."""
    owners: dict[str, set[str]] = defaultdict(set)
    for column in ("name", "aliases", "adjectives", "people"):
        for form, found in _meanings("countries.tsv", (column,)).items():
            owners[form] |= {row["code"] for row in found if not row["until"]}
    assert {form: codes for form, codes in owners.items() if len(codes) > 1} == {}


def test_coordinates_are_on_the_globe() -> None:
    for row in rows("countries.tsv"):
        assert -90 <= float(row["latitude"]) <= 90, row
        assert -180 <= float(row["longitude"]) <= 180, row
        assert len(row["code"]) == 3
        assert row["code"].isupper()


@pytest.mark.parametrize("file", ["offices.tsv", "institutions.tsv"])
def test_forms_are_lower_case(file: str) -> None:
    assert [f for row in rows(file) for f in values(row["forms"]) if f != f.lower()] == []


def test_levels_are_known() -> None:
    assert {row["level"] for row in rows("offices.tsv")} <= LEVELS


def test_rows_have_names_of_their_own() -> None:
    for file in ("institutions.tsv", "organisations.tsv", "seats.tsv"):
        keys = [(row["name"], row["country"]) for row in rows(file)]
        assert len(keys) == len(set(keys)), file


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


def test_a_name_stands_in_one_file() -> None:
    """The same form in two files of names is two meanings; a seat without country may be one."""
    files: dict[str, set[str]] = defaultdict(set)
    for file, columns in (
        ("countries.tsv", ("name", "aliases", "adjectives", "people", "capital")),
        ("seats.tsv", ("name", "aliases")),
        ("organisations.tsv", ("name", "aliases")),
        ("groups.tsv", ("name", "aliases")),
        ("institutions.tsv", ("forms",)),
    ):
        for form, found in _meanings(file, columns).items():
            if file != "seats.tsv" or found[0]["country"]:
                files[form.casefold()].add(file)
    assert {form: found for form, found in files.items() if len(found) > 1} == {}
