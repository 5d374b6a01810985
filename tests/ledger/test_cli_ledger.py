"""The ledger from the command line, and what is left of it after a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

DETENTE = [sys.executable, "-m", "detente"]


def run(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*DETENTE, "--ledger", str(place), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def stories(path: Path, count: int) -> Path:
    lines = [
        json.dumps({
            "id": f"s{number}",
            "text": f"Peru's president met Chile's in Lima on Monday, aide number {number} said.",
            "date": "2023-05-17",
        })
        for number in range(count)
    ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_add_list_show_and_export(tmp_path: Path) -> None:
    place, given = tmp_path / "l.sqlite", stories(tmp_path / "s.jsonl", 2)
    assert run(place, "add", str(given)).returncode == 0
    assert "2 there already" in run(place, "add", str(tmp_path)).stderr
    done = run(place, "incidents", "--between", "per", "chl", "--format", "jsonl")
    (incident,) = map(json.loads, done.stdout.splitlines())
    assert (incident["act"], incident["date_start"]) == ("CONSULT", "2023-05-15")
    assert {report["document"] for report in incident["reports"]} == {"s0", "s1"}
    assert "aide number 1 said" in run(place, "show", incident["id"][:12]).stdout
    exported = [json.loads(line) for line in run(place, "ledger", "export").stdout.splitlines()]
    assert [entry["id"] for entry in exported] == ["s0", "s1"]
    assert run(place, "ledger", "check").returncode == 0


def test_no_ledger_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path / "none.sqlite", "incidents")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no ledger at" in done.stderr


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    place, given = tmp_path / "l.sqlite", stories(tmp_path / "s.jsonl", 20)
    command = [*DETENTE, "--ledger", str(place), "add", "-v", "--processes", "1", str(given)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().split()[1] for _ in range(5)]
        process.send_signal(signal.SIGKILL)
    kept = [json.loads(line)["id"] for line in run(place, "ledger", "export").stdout.splitlines()]
    assert kept[:5] == said
    assert run(place, "add", str(given)).returncode == 0
    again = [json.loads(line)["id"] for line in run(place, "ledger", "export").stdout.splitlines()]
    assert sorted(again) == sorted(f"s{number}" for number in range(20))
    assert run(place, "ledger", "check").returncode == 0
