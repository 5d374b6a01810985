"""The commands of relations over a small ledger of the example stories, as a user runs them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.cli import cli
from detente.coder import Coder
from detente.ledger import open_ledger
from detente.model import InputError
from detente.sources import read_document

EXAMPLES = Path(__file__).parents[2] / "examples" / "us-china"
STORIES = ("2023-01-18-blinken", "2023-02-0", "2023-06-1", "2023-07-0")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = tmp_path_factory.mktemp("ledger") / "stories.sqlite"
    coder = Coder()
    files = [f for f in sorted(EXAMPLES.glob("*.txt")) if f.name.startswith(STORIES)]
    assert len(files) > 10
    with open_ledger(where, create=True) as opened:
        opened.add_all([coder.code(read_document(str(file))) for file in files])
        opened.derive()
    return str(where)


def run(ledger: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--ledger", ledger], catch_exceptions=True)


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_dossier_of_a_pair_in_all_its_shapes(ledger: str, tmp_path: Path) -> None:
    (found,) = rows(run(ledger, "relation", "USA", "Chinese", "--format", "json"))
    assert (found["ours"], found["theirs"]) == (["USA"], ["CHN"])
    assert found["index"]
    assert found["last"]
    picture = tmp_path / "index.svg"
    text = run(ledger, "relation", "USA", "CHN", "--plot", str(picture))
    assert text.stdout.startswith("United States and China, ")
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")
    page = run(ledger, "relation", "USA", "CHN", "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert "<svg" in page
    assert run(ledger, "relation", "USA", "CHN", "--format", "md").stdout.startswith("# United")


def test_as_of_knows_nothing_of_what_came_later(ledger: str) -> None:
    (early,) = rows(run(ledger, "relation", "USA", "CHN", "--as-of", "2023-02-04", "--format",
                        "json"))  # fmt: skip
    index = early["index"]
    assert isinstance(index, list)
    assert max(reading["end"] for reading in index) == "2023-02-04"
    assert "2023-06" not in json.dumps(early["agenda"])


def test_one_side_and_groups(ledger: str) -> None:
    assert run(ledger, "relation", "China").stdout.startswith("China and others")
    assert "Japan" in run(ledger, "relation", "China", "--group", "G7").stdout.splitlines()[0]


def test_the_postponed_visit_is_on_the_agenda(ledger: str, tmp_path: Path) -> None:
    calendar = tmp_path / "agenda.ics"
    found = rows(run(ledger, "agenda", "--between", "USA", "CHN", "--format", "jsonl", "--ics",
                     str(calendar)))  # fmt: skip
    stages = [step["stage"] for item in found for step in item["life"]]  # type: ignore[attr-defined]
    assert "planned" in stages
    assert "postponed" in stages
    from icalendar import Calendar

    read = Calendar.from_ical(calendar.read_bytes())
    dated = [item for item in found if item["date_start"]]
    assert len(read.walk("VEVENT")) == len(dated)


def test_expectations_and_the_table_of_words(ledger: str) -> None:
    found = rows(run(ledger, "expectations", "--between", "USA", "CHN", "--format", "jsonl"))
    assert {row["state"] for row in found} <= {"kept", "broken", "overdue", "open"}
    assert found
    text = run(ledger, "expectations").stdout
    assert "BY HOLDER" in text
    assert "BY WORDS" in text
    (kind,) = {row["holder"] for row in found if row["words"] == "planned"}
    only = rows(run(ledger, "expectations", "--holder", str(kind), "--format", "jsonl"))
    assert {row["holder"] for row in only} == {kind}


def test_a_forecast_with_little_history_says_so(ledger: str) -> None:
    (found,) = rows(run(ledger, "forecast", "USA", "CHN", "--days", "14", "--format", "json"))
    assert isinstance(found["chances"], list)
    assert len(found["chances"]) == 16
    early = run(ledger, "forecast", "USA", "CHN", "--as-of", "2023-02-04")
    assert "too little history" in early.stdout


def test_incidents_as_lines_give_the_same_happenings(ledger: str, tmp_path: Path) -> None:
    import msgspec

    file = tmp_path / "incidents.jsonl"
    with open_ledger(ledger) as opened:
        file.write_bytes(b"\n".join(msgspec.json.encode(i) for i in opened.incidents()))
    result = CliRunner().invoke(cli, ["agenda", "--incidents", str(file), "--format", "jsonl"])
    ours, theirs = rows(result), rows(run(ledger, "agenda", "--format", "jsonl"))
    assert {row["incident"] for row in ours} == {row["incident"] for row in theirs}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["relation", "USA", "Chinna"], "did you mean China"),
        (["relation", "USA", "American"], "the same state"),
        (["relation", "USA", "CHN", "--as-of", "1999-01-01"], "nothing was known on 1999-01-01"),
        (["agenda", "--as-of", "1999-01-01"], "nothing was known on 1999-01-01"),
        (["forecast", "USA"], "two countries and not 1"),
        (["relation", "USA", "--group", "G77x"], "no group 'G77x'"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(
    ledger: str, arguments: Sequence[str], message: str
) -> None:
    result = run(ledger, *arguments)
    assert isinstance(result.exception, InputError)
    assert message in str(result.exception)
    assert "\n" not in str(result.exception)


def test_a_pair_with_nothing_is_told(ledger: str) -> None:
    result = run(ledger, "relation", "Peru", "Chile")
    assert result.exit_code == 0
    assert "nothing between them is known yet" in result.stdout


def test_no_ledger_and_bad_lines(tmp_path: Path) -> None:
    nowhere = CliRunner(env={"DETENTE_LEDGER": str(tmp_path / "none.sqlite")}).invoke(
        cli, ["agenda"]
    )
    assert isinstance(nowhere.exception, InputError)
    assert "no ledger at" in str(nowhere.exception)
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "x"}\n', encoding="utf-8")
    refused = CliRunner().invoke(cli, ["agenda", "--incidents", str(bad)])
    assert "bad.jsonl:1: incident x: no " in str(refused.exception)
