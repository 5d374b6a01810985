"""Event rows in the layouts of the field's data sets."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from detente.exports.layouts import LAYOUTS, columns, goldstein, headed, quad_class
from detente.exports.rows import Row
from detente.exports.writers import open_writer
from detente.knowledge.ontology import cameo_codes


def actor(country: str | None, name: str, *sectors: str) -> Row:
    return {
        "text": name, "start": 0, "end": 1, "name": name, "country": country,
        "sectors": list(sectors), "office": None,
    }  # fmt: skip


CHL, PER = actor("CHL", "Chile"), actor("PER", "Peru's\tcabinet", "GOV", "JRN")


def row(**changes: object) -> Row:
    whole: Row = {
        "document": "d1", "sentence": 0, "type": "ACCUSE", "mode": "disapprove", "act": "ACCUSE",
        "cameo": "1121", "status": "occurred", "reciprocal": False, "source": [CHL],
        "target": [PER], "date_start": "2023-02-06", "date_end": "2023-02-06",
        "date_precision": "day", "place": None, "contexts": ["economic", "legal"],
        "speaker": None, "confidence": 0.9, "why": "",
    }  # fmt: skip
    return {**whole, **changes}


def written(folder: Path, layout: str, *rows: Row) -> list[dict[str, str]]:
    path = folder / "out"
    with open_writer(layout, str(path)) as write:
        write(list(rows))
    text = path.read_text("utf-8")
    if layout == "dyad-day":
        return list(csv.DictReader(io.StringIO(text)))
    lines = [line.split("\t") for line in text.splitlines()]
    assert all(len(line) == len(columns(layout)) for line in lines)
    if headed(layout):
        assert lines.pop(0) == columns(layout)
    return [dict(zip(columns(layout), line, strict=True)) for line in lines]


def test_the_widths_of_the_data_sets() -> None:
    widths = {layout: len(columns(layout)) for layout in LAYOUTS}
    assert widths == {"icews": 20, "polecat": 40, "gdelt": 58, "petrarch": 7}


EXPECTED = [
    ("icews", {"CAMEO Code": "1121", "Intensity": "-2.0", "Sentence Number": "1",
               "Source Country": "CHL", "Target Name": "Peru's cabinet",
               "Target Sectors": "GOV,JRN", "Event Date": "2023-02-06", "Story ID": "d1"}),
    ("polecat", {"Event Type": "ACCUSE", "Quad Code": "3", "Contexts": "economic;legal",
                 "Intensity": "-2.0", "Primary Recipient Sector": "GOV"}),
    ("gdelt", {"SQLDATE": "20230206", "MonthYear": "202302", "Actor1Code": "CHL",
               "Actor2Code": "PERGOVMED", "Actor2Type2Code": "MED", "EventCode": "1121",
               "EventBaseCode": "112", "EventRootCode": "11", "QuadClass": "3"}),
    ("petrarch", {"date": "20230206", "source": "CHL", "target": "PERGOVMED", "code": "1121"}),
]  # fmt: skip


@pytest.mark.parametrize(("layout", "fields"), EXPECTED)
def test_fields(tmp_path: Path, layout: str, fields: dict[str, str]) -> None:
    [line] = written(tmp_path, layout, row())
    assert {name: line[name] for name in fields} == fields


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_line_for_each_pair(tmp_path: Path, layout: str) -> None:
    meeting = row(source=[CHL, PER], target=[], reciprocal=True)
    assert len(written(tmp_path, layout, meeting)) == 2
    assert len(written(tmp_path, layout, row(source=[CHL, PER], target=[CHL, PER, CHL]))) == 6
    assert len(written(tmp_path, layout, row(target=[]))) == 1
    assert written(tmp_path, layout, row(status="denied"), row(status="possible")) == []
    assert len(written(tmp_path, layout, row(date_start=None, date_precision="unknown"))) == 1


def test_every_cameo_code_has_a_score_and_a_class() -> None:
    for code in cameo_codes():
        assert -10 <= goldstein(code) <= 10
        assert quad_class(code) in (1, 2, 3, 4)
    assert [quad_class(code) for code in ("057", "060", "0874", "090", "138", "14", "204")] == [
        1, 2, 2, 3, 3, 4, 4,
    ]  # fmt: skip


def test_dyad_days_count_pairs_of_countries(tmp_path: Path) -> None:
    rows = [
        row(),
        row(source=[CHL, actor("CHL", "Chile's army", "MIL")]),
        row(type="AID"),
        row(date_precision="month"),
        row(target=[CHL]),
        row(target=[actor(None, "the UN")]),
        row(status="hypothetical"),
        row(source=[CHL, PER], target=[], reciprocal=True, type="CONSULT"),
    ]
    first, second = written(tmp_path, "dyad-day", *rows)
    assert (first["day"], first["source"], first["target"]) == ("2023-02-06", "CHL", "PER")
    named = ("ACCUSE", "AID", "CONSULT", "quad_1", "quad_2", "quad_3", "quad_4", "ASSAULT")
    assert [first[name] for name in named] == ["2", "1", "1", "1", "1", "2", "0", "0"]
    assert (second["source"], second["CONSULT"], second["ACCUSE"]) == ("PER", "1", "0")
