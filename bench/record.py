"""Keeps the result of a benchmark: one JSON file a benchmark, with date, commit and machine."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
# Reference material that a checkout may have beside it; what needs it says so when it has none.
SHARED = Path(__file__).resolve().parents[2] / "shared"


def record(name: str, line: str, **figures: Any) -> None:
    """Print the benchmark's one line and store its figures in `bench/results/NAME.json`."""
    print(f"{name}: {line}")
    RESULTS.mkdir(exist_ok=True)
    result = {
        "benchmark": name,
        "line": line,
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "commit": commit(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}",
        **figures,
    }
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def commit() -> str:
    """The commit measured, with a + where the tree has changes."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"],
        capture_output=True, text=True, check=False, cwd=RESULTS.parent,
    )  # fmt: skip
    return done.stdout.strip() or "unknown"


def skipped(name: str, missing: Path) -> None:
    """Say loudly that a benchmark could not run for want of its data."""
    print(f"{name}: SKIPPED, no {missing.name} beside the checkout (shared/{missing.parent.name}/)")
