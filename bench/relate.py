"""The relation of two given actors, measured on the public PLV sentences (never trained on).

Usage: python -m bench.relate [--file PLV.tsv]
Macro-F1 over the root types (CONCEDE and RETREAT count as PLV's YIELD), accuracy-free so that it
compares with published figures; quad and binary are macro-F1 over four and two classes.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.record import SHARED, record, skipped
from detente.events.relate import relate

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "YIELD": 2, "COOPERATE": 2, "AID": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip


def macro_f1(gold: Sequence[object], found: Sequence[object]) -> float:
    """Mean over the gold classes of the harmonic mean of precision and recall."""
    right, in_gold, in_found = Counter[object](), Counter(gold), Counter(found)
    right.update(g for g, f in zip(gold, found, strict=True) if g == f)
    return sum(2 * right[c] / (in_gold[c] + in_found[c]) for c in in_gold) / len(in_gold)


def predictions(rows: Sequence[dict[str, str]]) -> list[str]:
    """The root type that Détente gives each row."""
    found = []
    for row in rows:
        sentence, source, target = row["sentence"], row["source"], row["target"]
        start, end = sentence.find(source), sentence.find(target)
        relation = relate(sentence, (start, start + len(source)), (end, end + len(target)))
        found.append(YIELD.get(relation.type, relation.type))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=SHARED / "dev" / "PLV_train.tsv")
    path = parser.parse_args().file
    if not path.exists():
        return skipped("relate", path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream, delimiter="\t") if r["source"] in r["sentence"]
                and r["target"] in r["sentence"]]  # fmt: skip
    gold = [row["gold_root"] for row in rows]
    found = predictions(rows)
    root = macro_f1(gold, found)
    quad = macro_f1([QUADS[g] for g in gold], [QUADS[f] for f in found])
    binary = macro_f1([QUADS[g] > 2 for g in gold], [QUADS[f] > 2 for f in found])
    record(
        "relate",
        f"root macro-F1 {root:.3f}, quad {quad:.3f}, binary {binary:.3f} on {len(rows)} sentences",
        root=round(root, 4), quad=round(quad, 4), binary=round(binary, 4), sentences=len(rows),
    )  # fmt: skip
    return None


if __name__ == "__main__":
    main()
