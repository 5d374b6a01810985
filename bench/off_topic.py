"""Rows from text that holds none: whole stories of sport, markets, weather, and single sentences.

Usage: python -m bench.off_topic
The stories are `tests/data/off_topic`, the sentences `tests/data/hard_negatives.tsv`: words of
action and names of states with nothing done between political actors.
"""

from __future__ import annotations

from pathlib import Path

from bench.record import record
from detente import Coder, Document
from detente.knowledge.tables import read_rows

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"


def main() -> None:
    coder = Coder()
    stories = sorted((DATA / "off_topic").glob("*.txt"))
    in_stories = sum(len(coder.code(Document(p.read_text("utf-8"))).events) for p in stories)
    path = DATA / "hard_negatives.tsv"
    sentences = [row["sentence"] for row in read_rows(path.read_text("utf-8"), path.name)]
    coded = [text for text in sentences if coder.code(Document(text)).events]
    record(
        "off_topic",
        f"{in_stories} rows in {len(stories)} stories; "
        f"{len(coded)} of {len(sentences)} hard negative sentences coded",
        rows_in_stories=in_stories, stories=len(stories),
        sentences_coded=len(coded), sentences=len(sentences),
    )  # fmt: skip


if __name__ == "__main__":
    main()
