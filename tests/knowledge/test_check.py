"""The linter of knowledge: the shipped files are clean, and each rule finds a planted defect."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.knowledge.checks import Finding, check_files, check_shipped, rows_with, rules
from detente.knowledge.checks.finding import facts, is_accepted
from detente.knowledge.checks.library import Library
from detente.knowledge.checks.people import check_people
from detente.knowledge.checks.schema import schema_name, schemas
from detente.knowledge.checks.table import Row, Table, shipped_files
from detente.model import InputError

ROOT = Path(__file__).resolve().parents[2]

SEATS = "name aliases country sectors office note"
GROUPS = "name aliases country sectors from until note"
INSTITUTIONS = "name forms country sectors note"
OFFICES = "office forms country sectors level note"
PEOPLE = "name aliases family gender country sectors office from until note"
COUNTRIES = "code name aliases adjectives people capital latitude longitude from until sectors note"
ACTS = "id head pos needs source target type mode cameo flags sure example"
PLACES = "name aliases country latitude longitude kind population region"
OPERATORS = "lemma pos effect note"
DERIVED = "act case type mode cameo"
RANGES = "lemma pos negated low high note"
CAMEO = "code label type mode contexts"
OWN = "form name country sectors office kind from until note"

# Sound rows, to be changed: the first is of the table in its columns' order.
SOUND = {
    SEATS: "Quartz Hall|Hall of Quartz|NOR|GOV|prime minister|",
    GROUPS: "Quartz Front|Front of Quartz|PER|REB|1990-01-01|1999-12-31|",
    INSTITUTIONS: "quartz bureau|quartz bureau|PER|GOV|",
    OFFICES: "quartz minister|quartz minister||GOV|minister|",
    PEOPLE: "Ada Quartz|A. Quartz|Quartz|f|NOR|GOV|foreign minister|2001-01-01|2003-01-01|",
    COUNTRIES: "QQQ|Quartzia|Quartz Land|Quartzian|Quartzians|Quartzville|10.5|20.5||||",
    ACTS: "meet-v-quartz|meet|v|has=quartz||obj|CONSULT||040|weak|0.9|Norway met Chile in a hall.",
    PLACES: "Quartz Pass||PER|-10.5|-70.5|site||",
    OPERATORS: "quartz|v|planned|",
    DERIVED: "CONSULT|future|AGREE||036",
    RANGES: "quartz|a||0.2|0.4|",
    CAMEO: "01|statement|||",
    OWN: "Quartz Corps|Quartz Corps|PER|MIL||body|||",
}


def write(path: Path, columns: str, *rows: dict[str, str]) -> str:
    """A table with a comment, so that its rows begin in line 3; cells as given."""
    lines = ["# a table of a test", "\t".join(columns.split())]
    lines += ["\t".join(row.values()) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def sound(columns: str, **change: str) -> dict[str, str]:
    """The sound row of a table; a `|` between values of a change stands as it is."""
    row = dict(zip(columns.split(), SOUND[columns].split("|"), strict=True))
    return row | {name.rstrip("_"): cell for name, cell in change.items()}


def found(path: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.rule) for finding in check_files([path])]


def test_the_shipped_files_have_no_errors() -> None:
    assert [finding for finding in check_shipped() if finding.level == "error"] == []


def test_the_shipped_files_but_people_have_no_warnings() -> None:
    """Of people, a warning is a question to whoever knows the history; see docs/knowledge.md."""
    assert [finding for finding in check_shipped() if finding.file != "people.tsv"] == []


@pytest.mark.parametrize("file", shipped_files(".tsv"))
def test_every_shipped_table_has_a_schema(file: str) -> None:
    assert schema_name(file) is not None


@pytest.mark.parametrize("columns", SOUND)
def test_sound_rows_are_clean(columns: str, tmp_path: Path) -> None:
    assert found(write(tmp_path / "copy.tsv", columns, sound(columns))) == []


@pytest.mark.parametrize(
    ("columns", "change", "rule"),
    [
        (SEATS, {"country": "NRO"}, "unknown-code"),
        (SEATS, {"sectors": "GVO"}, "unknown-value"),
        (SEATS, {"name": ""}, "blank"),
        (SEATS, {"aliases": "Old Hall|Old Hall"}, "repeated-value"),
        (SEATS, {"aliases": "Quartz Hall"}, "repeated-value"),
        (SEATS, {"aliases": "Old  Hall"}, "signs"),
        (SEATS, {"aliases": "Old\u00a0Hall"}, "signs"),
        (SEATS, {"office": "keeper of the quartz"}, "unknown-office"),
        (SEATS, {"aliases": "Norway"}, "two-files"),
        (GROUPS, {"from": "1990-13-01"}, "bad-day"),
        (GROUPS, {"from": "19900101"}, "bad-day"),
        (GROUPS, {"until": "1989-12-31"}, "days-order"),
        (GROUPS, {"aliases": "NATO"}, "two-files"),
        (INSTITUTIONS, {"forms": "Quartz bureau"}, "bad-form"),
        (INSTITUTIONS, {"forms": "quartz bureau|hezbollah"}, "two-files"),
        (OFFICES, {"level": "boss"}, "unknown-value"),
        (PEOPLE, {"name": "Ada Quartz 2"}, "bad-form"),
        (PEOPLE, {"gender": "x"}, "unknown-value"),
        (PEOPLE, {"family": ""}, "blank"),
        (PEOPLE, {"from": "", "until": ""}, "no-days"),
        (PEOPLE, {"from": "1801-01-01"}, "bad-day"),
        (PEOPLE, {"country": ""}, "international"),
        (PEOPLE, {"sectors": "GOV|IGO"}, "international"),
        (PEOPLE, {"office": "quartz minister"}, "unknown-office"),
        (COUNTRIES, {"code": "QQ"}, "bad-form"),
        (COUNTRIES, {"latitude": "95"}, "bad-number"),
        (COUNTRIES, {"longitude": "east"}, "bad-number"),
        (COUNTRIES, {"longitude": "nan"}, "bad-number"),
        (ACTS, {"head": "meet!", "id": "meet!-v"}, "bad-form"),
        (ACTS, {"id": "greet-v"}, "bad-id"),
        (ACTS, {"pos": "x", "id": "meet-x"}, "unknown-value"),
        (ACTS, {"type": "YIELD"}, "unknown-value"),
        (ACTS, {"mode": "handshake"}, "unknown-value"),
        (ACTS, {"cameo": "999"}, "unknown-value"),
        (ACTS, {"flags": "maybe"}, "unknown-value"),
        (ACTS, {"flags": "weak|noactor"}, "contradiction"),
        (ACTS, {"sure": "1.5"}, "bad-number"),
        (ACTS, {"sure": "0.0"}, "bad-number"),
        (ACTS, {"needs": "object=ship"}, "bad-condition"),
        (ACTS, {"needs": "noobj=ship"}, "bad-condition"),
        (ACTS, {"needs": "obj=@no_such_class"}, "unknown-class"),
        (ACTS, {"needs": "noobj;objactor"}, "contradiction"),
        (ACTS, {"needs": "prep=to;!prep=to"}, "contradiction"),
        (ACTS, {"target": "with"}, "bad-condition"),
        (ACTS, {"example": "Nothing of the kind took place."}, "bad-example"),
        (ACTS, {"example": "met in Oslo"}, "bad-example"),
        (ACTS, {"example": "Norway met."}, "bad-example"),
        (PLACES, {"kind": "swamp"}, "unknown-value"),
        (PLACES, {"latitude": "-90.1"}, "bad-number"),
        (PLACES, {"population": "many"}, "bad-number"),
        (OPERATORS, {"effect": "perhaps"}, "unknown-value"),
        (OPERATORS, {"lemma": "Quartz"}, "bad-form"),
        (DERIVED, {"type": "YIELD"}, "unknown-value"),
        (RANGES, {"low": "0.6"}, "bad-number"),
        (RANGES, {"high": "1.4"}, "bad-number"),
        (CAMEO, {"code": "0x", "type": "CONSULT"}, "bad-form"),
        (CAMEO, {"code": "015"}, "unknown-value"),
        (CAMEO, {"code": "04"}, "blank"),
        (CAMEO, {"contexts": "quartz"}, "unknown-value"),
        (OWN, {"form": ""}, "blank"),
        (OWN, {"country": "PRE"}, "unknown-code"),
        (OWN, {"kind": "ship"}, "unknown-value"),
        (OWN, {"kind": "", "country": "", "sectors": ""}, "blank"),
        (OWN, {"kind": "noun", "country": "", "sectors": ""}, "blank"),
        (OWN, {"kind": "noun"}, "contradiction"),
        (OWN, {"until": "2023-02-30"}, "bad-day"),
    ],
)
def test_a_defect_in_a_cell_is_found(
    columns: str, change: dict[str, str], rule: str, tmp_path: Path
) -> None:
    assert found(write(tmp_path / "copy.tsv", columns, sound(columns, **change))) == [(3, rule)]


@pytest.mark.parametrize(
    ("columns", "change", "rules_"),
    [
        (SEATS, {}, {"same-row", "two-meanings"}),
        (SEATS, {"name": "Marble Hall"}, {"two-meanings"}),
        (OFFICES, {"office": "marble minister"}, {"two-meanings"}),
        (OFFICES, {"office": "marble minister", "country": "PER"}, set()),
        (GROUPS, {"name": "Marble Front"}, {"two-meanings"}),
        (GROUPS, {"from": "1999-12-31", "until": ""}, {"overlap"}),
        (GROUPS, {"from": "2000-01-01", "until": ""}, set()),
        (GROUPS, {"from": "", "until": "", "sectors": "PTY"}, set()),
        (COUNTRIES, {}, {"same-row", "two-meanings"}),
        (COUNTRIES, {"code": "QQR", "name": "Quartzia Minor"}, {"two-meanings"}),
        (COUNTRIES, {"code": "QQR", "until": "1980-01-01"}, set()),
        (PEOPLE, {}, {"same-row", "overlap"}),
        (PEOPLE, {"from": "2002-01-01", "until": "2004-01-01"}, {"overlap"}),
        (PEOPLE, {"from": "2003-01-01", "until": "2004-01-01"}, set()),
        (PEOPLE, {"name": "Bo Marble", "aliases": "", "from": "2002-01-01"}, {"two-holders"}),
        (PEOPLE, {"name": "Bo Marble", "aliases": "", "from": "2003-01-01", "until": ""}, set()),
        (PEOPLE, {"name": "Bo Marble", "aliases": "", "office": "senator"}, set()),
        (PEOPLE, {"name": "Bo Marble", "office": "senator"}, {"two-people"}),
        (PEOPLE, {"office": "senator", "aliases": ""}, {"differs"}),
        (PEOPLE, {"office": "senator", "gender": "m"}, {"differs"}),
        (PEOPLE, {"office": "ambassador"}, {"order"}),
        (ACTS, {}, {"same-id", "bad-example", "two-meanings"}),
        (ACTS, {"id": "meet-v-q2", "example": "Peru met Mali."}, {"two-meanings"}),
        (ACTS, {"id": "meet-v-q2", "needs": "has=marble"}, {"bad-example"}),
        (PLACES, {"latitude": "3"}, {"two-meanings"}),
        (OPERATORS, {}, {"same-row"}),
        (OPERATORS, {"effect": "denied"}, {"two-meanings"}),
        (OPERATORS, {"pos": "n"}, set()),
        (OWN, {}, {"same-row"}),
        (OWN, {"form": "Marble Guard|Quartz Corps", "country": "MLI"}, {"two-meanings"}),
    ],
)
def test_a_second_row_that_does_not_go_with_the_first(
    columns: str, change: dict[str, str], rules_: set[str], tmp_path: Path
) -> None:
    path = write(tmp_path / "copy.tsv", columns, sound(columns), sound(columns, **change))
    findings = check_files([path])
    assert {finding.rule for finding in findings} == rules_
    assert {finding.line for finding in findings} <= {4}


def test_days_of_a_users_forms_part_their_meanings(tmp_path: Path) -> None:
    rows = [
        sound(OWN, until="1999-12-31"),
        sound(OWN, country="MLI", from_="2000-01-01"),
    ]
    assert found(write(tmp_path / "own.tsv", OWN, *rows)) == []
    rows[1]["from"] = "1999-12-31"
    assert found(write(tmp_path / "own.tsv", OWN, *rows)) == [(4, "two-meanings")]


@pytest.mark.parametrize(
    ("file", "text", "rule", "line"),
    [
        ("groups.tsv", "name\taliases\tcountry\n", "columns", 1),
        ("seats.tsv", f"{SEATS} extra\n".replace(" ", "\t"), "columns", 1),
        ("seats.tsv", f"{SEATS}\n\nA Hall\t\tNOR\tGOV\t\t\t\n".replace(" ", "\t"), "cells", 3),
        ("dates.yaml", "a: [b, c]\nd: {\n", "yaml", 3),
        ("dates.yaml", "a: [b, c]\nd: []\na: []\n", "same-key", 3),
        ("dates.yaml", "a:\n  - b\n  - c\n  - b\n", "repeated-value", 4),
        ("dates.yaml", "a: [b, c, b]\n", "repeated-value", 1),
    ],
)
def test_a_broken_file_is_found(file: str, text: str, rule: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")
    assert (line, rule) in found(str(path))


def test_every_rule_has_a_test() -> None:
    text = Path(__file__).read_text("utf-8")
    assert [rule for rule in rules() if f'"{rule}"' not in text] == []


def test_every_rule_is_in_the_documentation() -> None:
    text = (ROOT / "docs" / "knowledge.md").read_text("utf-8")
    assert [rule for rule in rules() if f"`{rule}`" not in text] == []
    assert [name for name in schemas() if "." in name and f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.tsv", None, "No such file"),
        ("odd.tsv", b"colour\tsize\nred\t4\n", "colour size"),
        ("empty.tsv", b"# nothing\n", "(none)"),
        ("latin.tsv", b"form\tname\nS\xe3o\tS\xe3o\n", "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused(
    name: str, content: bytes | None, words: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as refusal:
        check_files([str(path)])
    assert words in str(refusal.value)
    assert str(path) in str(refusal.value)


@pytest.mark.parametrize(("wrong", "meant"), [("NRO", "NOR"), ("USE", "USA"), ("DEUT", "DEU")])
def test_a_code_that_may_be_meant_is_named(wrong: str, meant: str, tmp_path: Path) -> None:
    (finding,) = check_files([write(tmp_path / "s.tsv", SEATS, sound(SEATS, country=wrong))])
    assert finding.message.endswith(f"do you mean {meant}?")


def test_a_changed_copy_is_checked_in_the_place_of_ours(tmp_path: Path) -> None:
    """The rows of our own table are not in the way, and other files are."""
    path = write(tmp_path / "s.tsv", SEATS, sound(SEATS, name="Kremlin", aliases="Taliban"))
    assert found(path) == [(3, "two-files")]


def test_of_two_files_the_one_that_is_given_is_blamed(tmp_path: Path) -> None:
    ours = Library().rows("acts/*.tsv")[0]
    findings = check_files([write(tmp_path / "more.tsv", ACTS, ours.cells)])
    assert {finding.rule for finding in findings} == {"same-id", "bad-example", "two-meanings"}
    assert {finding.file for finding in findings} == {str(tmp_path / "more.tsv")}
    assert all(f"{ours.file}:{ours.line}" in finding.message for finding in findings)


def test_accepted_findings_are_still_there() -> None:
    """An entry of `accepted` that nothing needs any more goes."""
    findings = list(check_people(Library()))
    for entry in facts().accepted:
        assert any((one.rule, one.subject) == (entry.rule, entry.what) for one in findings), entry
        assert is_accepted(Finding("people.tsv", 1, entry.rule, "", entry.what))


def test_findings_are_sorted_by_file_and_line(tmp_path: Path) -> None:
    rows = [sound(SEATS, name=f"Hall {n}", aliases="", country="ZZZ") for n in range(12)]
    paths = [write(tmp_path / f"{name}.tsv", SEATS, *rows) for name in ("b", "a")]
    places = [(one.file, one.line) for one in check_files(paths) if one.rule == "unknown-code"]
    assert places == [(path, line) for path in sorted(paths) for line in range(3, 15)]


days = st.dates(dt.date(1950, 1, 1), dt.date(2020, 1, 1))


spans_of_days = st.tuples(days, days).filter(lambda span: span[0] != span[1])


@given(spans_of_days, spans_of_days)
def test_two_holders_are_found_whenever_their_terms_share_more_than_a_day(
    one: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date]
) -> None:
    spans = [tuple(sorted(span)) for span in (one, other)]
    rows = tuple(
        Row(
            "people.tsv",
            line,
            sound(PEOPLE, name=f"{'AB'[line]} Quartz", aliases="")
            | {"from": str(span[0]), "until": str(span[1])},
        )
        for line, span in enumerate(spans)
    )
    library = Library([Table("people.tsv", "people.tsv", tuple(PEOPLE.split()), rows, True)])
    shared = min(spans[0][1], spans[1][1]) - max(spans[0][0], spans[1][0])
    held_twice = any(finding.rule == "two-holders" for finding in check_people(library))
    assert held_twice == (shared.days > 0)


@pytest.mark.parametrize(
    ("term", "file"),
    [
        ("kremlin", "seats.tsv"),
        ("Ban Ki-moon", "people.tsv"),
        ("  Downing   Street ", "seats.tsv"),
        ("crowd of journalists", ""),
        ("", ""),
    ],
)
def test_rows_that_know_a_term(term: str, file: str) -> None:
    assert (file in {sighting.file for sighting in rows_with(term)}) == bool(file)


def test_a_part_of_a_value_is_found_where_no_value_is_the_term() -> None:
    assert {sighting.file for sighting in rows_with("Security Council of the")} <= {
        "institutions.tsv", "not_actors.tsv", "organisations.tsv", "offices.tsv",
    }  # fmt: skip
    assert rows_with("crisis hotline")[0].file == "channels.yaml"
