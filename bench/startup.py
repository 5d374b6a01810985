"""How long a user waits for the first answer: whole processes, from a cold start of Python.

Usage: python -m bench.startup [--runs 5]
Measures `detente --help`, `detente who`, and `detente read` of the first example story (and of the
seed story where there is one), each as the median of several runs of the installed command.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.record import SHARED, record

ROOT = Path(__file__).resolve().parents[1]


def seconds(*arguments: str, runs: int) -> float:
    """Median wall time of a run of `detente` with these arguments, in seconds."""
    command = [str(Path(sys.executable).with_name("detente")), *arguments]
    taken = []
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    seed = SHARED / "seed" / "article.txt"
    story = seed if seed.exists() else sorted((ROOT / "examples").rglob("*.txt"))[0]
    figures = {
        "help": seconds("--help", runs=runs),
        "who": seconds("who", "Chinese Foreign Minister Qin Gang", "--date", "2023-06-16",
                       runs=runs),
        "read": seconds("read", str(story), "--date", "2023-06-17", runs=runs),
    }  # fmt: skip
    line = ", ".join(f"{name} {value:.2f} s" for name, value in figures.items())
    record("startup", f"{line} (median of {runs}; {story.name})",
           **{f"{name}_seconds": round(value, 3) for name, value in figures.items()})  # fmt: skip


if __name__ == "__main__":
    main()
