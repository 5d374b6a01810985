"""The command line as a user meets it: whole runs, their output, their exit status."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DETENTE = str(Path(sys.executable).with_name("detente"))
STORY = """Peru criticises Bolivia

LIMA, May 14 (Reuters) - Peru's foreign minister criticised Bolivia on Tuesday.

Bolivia's president will visit Chile next week, officials said.
"""
EVENT_FIELDS = [
    "document", "sentence", "type", "mode", "act", "cameo", "status", "reciprocal", "source",
    "target", "date_start", "date_end", "date_precision", "place", "contexts", "speaker",
    "evidence", "trigger", "confidence", "why",
]  # fmt: skip


def run(*arguments: str, stdin: str | bytes = b"") -> subprocess.CompletedProcess[str]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run([DETENTE, *arguments], input=data, capture_output=True, check=False)
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def line(**fields: Any) -> str:
    return json.dumps(fields) + "\n"


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line on standard error that holds these words, nothing on standard output, status 2."""
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("detente: ")
    assert done.stderr.count("\n") == 1
    for word in words:
        assert word in done.stderr


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_version_and_help() -> None:
    assert run("--version").stdout.startswith("detente, version ")
    for command in ("read", "code", "relate", "who", "explain", "completion"):
        done = run(command, "--help")
        assert done.returncode == 0
        assert "detente " + command in done.stdout


def test_read_prints_a_dossier_in_80_columns(story: Path) -> None:
    done = run("read", str(story), "--date", "2019-05-16")
    assert done.returncode == 0
    assert "What happened" in done.stdout
    assert "Peru" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout


def test_read_colours_when_asked(story: Path) -> None:
    assert "\x1b[" in run("read", str(story), "--color").stdout


def test_read_as_json_has_the_contracts_keys(story: Path) -> None:
    dossier = json.loads(run("read", str(story), "--date", "2019-05-16", "--format", "json").stdout)
    assert list(dossier) == [
        "document", "actors", "events", "statements", "agenda", "issues", "channels", "outlook",
    ]  # fmt: skip
    assert dossier["document"]["agency"] == "Reuters"
    assert dossier["document"]["dateline"] == "Lima"
    assert dossier["document"]["date_source"] == "given"
    assert [event["type"] for event in dossier["events"]] == ["ACCUSE", "AGREE"]
    assert [item["what"] for item in dossier["agenda"]] == ["visit"]


@pytest.mark.parametrize(("shape", "sign"), [("md", "## What happened"), ("html", "<h2>")])
def test_read_in_other_shapes(story: Path, shape: str, sign: str) -> None:
    assert sign in run("read", str(story), "--format", shape).stdout


def test_code_writes_one_event_a_line_with_the_contracts_fields() -> None:
    done = run("code", stdin=line(id="a", text=STORY, date="2019-05-16"))
    rows = [json.loads(row) for row in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [list(row) for row in rows] == [EVENT_FIELDS] * 2
    assert rows[0]["date_start"] == "2019-05-14"
    for row in rows:
        for passage in (row["evidence"], row["trigger"], *row["source"], *row["target"]):
            assert STORY[passage["start"] : passage["end"]] == passage["text"]


def test_code_names_a_bad_line_and_loses_no_other() -> None:
    lines = [
        line(id="a", text=STORY),
        "{not json}\n",
        line(id="b"),
        line(id="c", text="Peru thanked Chile.", date="2023-02-30"),
        line(id="d", text="Peru thanked Chile."),
    ]
    done = run("code", stdin="".join(lines))
    assert done.returncode == 0
    assert [json.loads(row)["document"] for row in done.stdout.splitlines()] == ["a", "a", "d"]
    for number in ("-:2:", "-:3:", "-:4:"):
        assert number in done.stderr
    assert "3 refused" in done.stderr


def test_code_reports_what_is_not_english() -> None:
    text = "Der Außenminister von Peru hat am Dienstag die Regierung von Bolivien kritisiert."
    done = run("code", stdin=line(id="deutsch", text=text))
    assert (done.returncode, done.stdout) == (0, "")
    assert "deutsch" in done.stderr
    assert "not English" in done.stderr


def test_code_leaves_out_rows_less_sure_than_asked() -> None:
    document = line(id="a", text=STORY, date="2019-05-16")
    rows = [json.loads(row) for row in run("code", stdin=document).stdout.splitlines()]
    highest = max(row["confidence"] for row in rows)
    kept = run("code", "--min-confidence", str(highest), stdin=document).stdout.splitlines()
    assert kept
    assert all(json.loads(row)["confidence"] >= highest for row in kept)


def test_code_as_csv_and_parquet_say_the_same(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    document = line(id="a", text=STORY, date="2019-05-16")
    table = list(csv.DictReader(io.StringIO(run("code", "--format", "csv", stdin=document).stdout)))
    path = tmp_path / "events.parquet"
    assert run("code", "--format", "parquet", "-o", str(path), stdin=document).returncode == 0
    parquet = pq.read_table(path).to_pylist()
    assert [row["type"] for row in table] == ["ACCUSE", "AGREE"]
    assert [row["why"] for row in table] == [row["why"] for row in parquet]
    assert list(tmp_path.iterdir()) == [path]


def test_relate_names_the_relation_and_keeps_the_order() -> None:
    lines = [
        line(id=1, sentence="Peru thanked Chile.", source="Peru", target="Chile"),
        line(id=2, sentence="Peru thanked Chile.", source="Peru", target="Cuba"),
        line(id=3, sentence="Kenya bombed Chad.", source="Kenya", target="Chad"),
    ]
    rows = [json.loads(row) for row in run("relate", stdin="".join(lines)).stdout.splitlines()]
    assert [row.get("type") for row in rows] == ["SUPPORT", None, "ASSAULT"]
    assert "does not occur" in rows[1]["error"]
    assert len(rows[0]["scores"]) == 16
    assert sum(rows[0]["scores"].values()) == pytest.approx(1, abs=0.01)


def test_who_from_arguments_and_json_lines() -> None:
    done = run("who", "Chinese Foreign Minister Qin Gang", "--date", "2023-06-16")
    (actor,) = json.loads(done.stdout)["actors"]
    assert (actor["name"], actor["country"], actor["sectors"]) == ("Qin Gang", "CHN", ["GOV"])
    lines = line(text="Hezbollah") + line(text="a cup of tea")
    rows = [json.loads(row) for row in run("who", "--jsonl", "-", stdin=lines).stdout.splitlines()]
    assert [[a["country"] for a in row["actors"]] for row in rows] == [["LBN"], []]


def test_explain_shows_words_entry_and_what_would_change_it(story: Path) -> None:
    text = run("explain", str(story), "1", "--date", "2019-05-16").stdout
    assert ">>criticised<<" in text
    assert "criticise" in text
    assert "what would have changed it" in text
    refused(run("explain", str(story), "99"), "99")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str) -> None:
    assert "_DETENTE_COMPLETE" in run("completion", shell).stdout


def test_the_same_input_gives_the_same_bytes(story: Path) -> None:
    first, second = (run("read", str(story), "--format", "json").stdout for _ in range(2))
    assert first == second


def test_a_reader_that_goes_away_is_no_error(story: Path) -> None:
    command = f"'{DETENTE}' read '{story}' | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


# --- input that cannot be used ------------------------------------------------------------------

REFUSED_BYTES = {
    "empty": b"",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "binary": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("kind", REFUSED_BYTES)
def test_what_is_no_text_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / kind
    path.write_bytes(REFUSED_BYTES[kind])
    refused(run("read", str(path)), str(path))
    refused(run("read", "-", stdin=REFUSED_BYTES[kind]))


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    refused(run("read", str(tmp_path / "none.txt")), "none.txt")
    refused(run("read", str(tmp_path)), str(tmp_path))
    refused(run("code", str(tmp_path / "none.jsonl")), "none.jsonl")


def test_days_and_arguments_that_do_not_exist_are_refused(story: Path) -> None:
    refused(run("read", str(story), "--date", "2023-02-30"), "2023-02-30")
    refused(run("read"), "--help")
    refused(run("who"), "PHRASE")
    refused(run("raed", str(story)), "raed")


def test_addresses_of_the_own_network_are_refused() -> None:
    refused(run("read", "http://127.0.0.1:9/story"), "127.0.0.1")


def test_parquet_needs_a_file() -> None:
    refused(run("code", "--format", "parquet", stdin=line(id="a", text="x")), "-o")


ODD_TEXT = {
    "utf-16": STORY.encode("utf-16"),
    "latin-1": STORY.replace("Peru's", "Perú's").encode("latin-1"),
    "nul bytes": STORY.replace(" ", " \0", 1).encode(),
    "mojibake": STORY.replace("'", "â€™").encode(),
    "right to left": ("قال وزير الخارجية اليوم إن المحادثات مستمرة بين البلدين. " * 5).encode(),
    "emoji": ("🚀🔥 " * 50 + STORY).encode(),
    "no space": b"x" * 1_000_000,
    "nested tags": b"<html><body>" + b"<div>" * 10_000 + STORY.encode() + b"</div>" * 10_000,
    "all capitals": STORY.upper().encode(),
    "no punctuation": STORY.replace(".", "").replace(",", "").encode(),
}


@pytest.mark.parametrize("kind", ODD_TEXT)
def test_odd_text_is_read_or_refused_in_one_line(kind: str) -> None:
    done = run("read", "-", "--format", "json", stdin=ODD_TEXT[kind])
    if done.returncode == 2:
        refused(done)
    else:
        assert done.returncode == 0
        assert set(json.loads(done.stdout)["document"]["quality"]) == {"score", "flags"}


def test_twenty_megabytes_are_read_in_part_and_flagged() -> None:
    done = run("read", "-", "--format", "json", stdin=(STORY * 100_000)[:20_000_000])
    assert done.returncode == 0
    assert "too_long" in json.loads(done.stdout)["document"]["quality"]["flags"]
