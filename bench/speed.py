"""How many stories a second one process codes, and how much memory it takes.

Usage: python -m bench.speed
Codes every example story once after a first story has loaded the models.
"""

from __future__ import annotations

import resource
import time
from pathlib import Path

from bench.record import record
from detente import Coder
from detente.sources import read_document

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def main() -> None:
    coder = Coder()
    documents = [read_document(str(path)) for path in sorted(EXAMPLES.rglob("*.txt"))]
    coder.code(documents[0])
    begin = time.perf_counter()
    words = sum(len(document.text.split()) for document in documents)
    rows = sum(len(coder.code(document).events) for document in documents)
    seconds = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    record(
        "speed",
        f"{len(documents) / seconds:.1f} stories/s ({words / len(documents):.0f} words each), "
        f"one process, peak {memory:.0f} MB",
        stories_per_second=round(len(documents) / seconds, 2),
        stories=len(documents), rows=rows, peak_megabytes=round(memory),
    )  # fmt: skip


if __name__ == "__main__":
    main()
