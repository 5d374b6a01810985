"""How many stories a second `detente code` manages, beside the bare parser, and its memory.

Usage: python -m bench.speed [--stories 2000] [--curve 100,1000,20000]

The stories have 400 words: paragraphs of the example stories, joined in another order for each. The
time is that of the whole command, loading included, with as many processes as there are processors;
`bare` is spaCy's whole pipeline on the same stories, with one process, loading not counted.
`--curve` also codes these numbers of stories and prints the seconds for each.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from bench.record import record
from detente.parallel import usable_processors
from detente.sources import read_document
from detente.text.engine import MODEL

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
WORDS = 400
# Stories that the bare parser is timed on: it is steady, and slow.
BARE = 150
SEED = 7


def stories(number: int) -> list[str]:
    """So many stories of about 400 words, each from the paragraphs of several examples."""
    chance = random.Random(SEED)
    texts = [read_document(str(path)).text for path in sorted(EXAMPLES.rglob("*.txt"))]
    paragraphs = [[p for p in text.split("\n\n") if len(p.split()) > 15] for text in texts]
    made: list[str] = []
    while len(made) < number:
        story: list[str] = []
        while sum(len(paragraph.split()) for paragraph in story) < WORDS:
            own = chance.choice(paragraphs)
            start = chance.randrange(len(own))
            story += own[start : start + 4]
        made.append(" ".join("\n\n".join(story).split(" ")[: WORDS + 20]))
    return made


def coded(texts: Sequence[str]) -> tuple[float, int, float]:
    """Seconds for the whole command, rows, and the most memory of all its processes in MB."""
    with tempfile.TemporaryDirectory() as folder:
        given, rows = Path(folder) / "stories.jsonl", Path(folder) / "events.jsonl"
        with given.open("w", encoding="utf-8") as stream:
            for number, text in enumerate(texts):
                stream.write(json.dumps({"id": str(number), "text": text}) + "\n")
        begin = time.perf_counter()
        command = [sys.executable, "-m", "detente.cli", "code", str(given), "-q", "-o", str(rows)]
        with subprocess.Popen(command) as process:
            peak = _Peak(process.pid)
            process.wait()
        seconds = time.perf_counter() - begin
        return seconds, rows.read_bytes().count(b"\n"), peak.megabytes


class _Peak:
    """Watches the memory of a process and its workers; what they share is counted once."""

    def __init__(self, pid: int) -> None:
        self.megabytes = 0.0
        self._pid = pid
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while Path(f"/proc/{self._pid}").exists():
            used = sum(map(_proportional, [self._pid, *_children(self._pid)]))
            self.megabytes = max(self.megabytes, used)
            time.sleep(0.5)


def _children(pid: int) -> list[int]:
    try:
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def _proportional(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def bare(texts: Sequence[str]) -> float:
    """Stories a second through spaCy's whole pipeline in this process."""
    import spacy

    pipeline = spacy.load(MODEL)
    list(pipeline.pipe(texts[:3]))
    begin = time.perf_counter()
    list(pipeline.pipe(texts))
    return len(texts) / (time.perf_counter() - begin)


def main() -> None:
    """Measure and record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=400)
    parser.add_argument("--curve", default="", help="numbers of stories, such as 100,1000,20000")
    given = parser.parse_args()
    texts = stories(given.stories)
    by_spacy = bare(texts[:BARE])
    seconds, rows, megabytes = coded(texts)
    rate = len(texts) / seconds
    curve = {int(n): round(coded(stories(int(n)))[0], 1) for n in given.curve.split(",") if n}
    record(
        "speed",
        f"{rate:.1f} stories/s of {WORDS} words on {usable_processors()} processors, "
        f"{rate / by_spacy:.1f} times bare spaCy ({by_spacy:.1f}/s), peak {megabytes:.0f} MB",
        stories_per_second=round(rate, 2), bare_per_second=round(by_spacy, 2),
        times_bare=round(rate / by_spacy, 2), stories=len(texts), rows=rows,
        peak_megabytes=round(megabytes), seconds_for=curve,
    )  # fmt: skip
    for number, taken in curve.items():
        print(f"  {number} stories: {taken} s")


if __name__ == "__main__":
    main()
