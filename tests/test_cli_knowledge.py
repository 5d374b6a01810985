"""`detente knowledge` as whoever corrects a table meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DETENTE = str(Path(sys.executable).with_name("detente"))
DEFECT = "form\tname\tcountry\tsectors\nQuartz Corps\tQuartz Corps\tPRE\tMIL\n"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [DETENTE, "knowledge", *arguments], capture_output=True, check=False, encoding="utf-8"
    )


@pytest.fixture
def defect(tmp_path: Path) -> str:
    path = tmp_path / "mine.tsv"
    path.write_text(DEFECT, encoding="utf-8")
    return str(path)


def test_a_defect_is_named_with_its_line(defect: str) -> None:
    done = run("check", defect)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{defect}:2: unknown-code: country: no country 'PRE'")
    assert done.stderr == "detente: 1 file: errors 1, warnings 0\n"


def test_findings_as_json_lines(defect: str) -> None:
    done = run("check", defect, "--format", "jsonl")
    row = json.loads(done.stdout)
    assert list(row) == ["file", "line", "rule", "level", "message"]
    assert (row["line"], row["rule"], row["level"]) == (2, "unknown-code", "error")


def test_a_sound_file_is_clean(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(DEFECT.replace("PRE", "PER"), encoding="utf-8")
    done = run("check", str(path))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "detente: 1 file: nothing wrong found\n"


def test_all_shipped_files_without_a_file() -> None:
    done = run("check")
    assert done.returncode in (0, 1)
    assert done.stderr.startswith("detente: all files of knowledge: ")
    assert [line for line in done.stdout.splitlines() if ": warning: " not in line] == []


def test_a_file_that_cannot_be_read_is_refused_in_one_line(tmp_path: Path) -> None:
    done = run("check", str(tmp_path / "none.tsv"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "none.tsv" in done.stderr


def test_show_names_file_and_line() -> None:
    done = run("show", "Kremlin")
    assert done.returncode == 0
    assert any(line.startswith("seats.tsv:") for line in done.stdout.splitlines())
    nothing = run("show", "no such term anywhere")
    assert (nothing.returncode, nothing.stdout) == (1, "")


@pytest.mark.parametrize("command", [(), ("check",), ("show",)])
def test_help_has_examples(command: tuple[str, ...]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert f"  detente knowledge {command[0] if command else 'check'}" in done.stdout
