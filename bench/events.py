"""Event rows against sentences labelled by hand: who did what to whom, done or only planned.

Usage: python -m bench.events [--split dev|shut|all] [--errors]
The gold (`bench/gold/events.jsonl`) was written and labelled apart from the rules. Look at `dev`
to improve; `shut` is only for measuring. A triple is (source country, target country, type);
optional gold rows are neither missed nor wrong.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.record import record
from detente import Coder, Document
from detente.model import Actor, Event

GOLD = Path(__file__).parent / "gold" / "events.jsonl"
Triple = tuple[str, str, str]
Labels = dict[str, Any]


def side(actors: Sequence[Actor]) -> list[str]:
    """The states (or, without one, the bodies) of one side."""
    return sorted({actor.country or f"IGO:{actor.name or actor.text}" for actor in actors}) or ["-"]


def triples(source: Sequence[str], target: Sequence[str], type_: str) -> set[Triple]:
    """All (source, target, type) of a row; a pair that acts alike is written in one order."""
    if not target or target == ["-"]:
        both = sorted(source)
        pairs = {(a, b) for a in both for b in both if a < b} or {(a, "-") for a in both}
    else:
        pairs = {(a, b) for a in source for b in target}
    if type_ in ("CONSULT", "AGREE", "COOPERATE"):
        pairs = {(min(pair), max(pair)) for pair in pairs}
    return {(a, b, type_) for a, b in pairs}


def plain(name: str) -> str:
    """International bodies are compared as one kind; their names are another benchmark's."""
    return "IGO" if name.startswith("IGO") else name


def of_event(event: Event) -> set[Triple]:
    """The triples of a coded row."""
    return triples(
        [plain(a) for a in side(event.source)],
        [plain(a) for a in side(event.target)] if event.target else [],
        event.type,
    )


def of_gold(label: Labels, type_: str | None = None) -> set[Triple]:
    """The triples of a labelled row, or of its reading as another type."""
    return triples(
        [plain(a) for a in label["source"]],
        [plain(a) for a in label.get("target") or []],
        type_ or label["type"],
    )


def in_gold_words(found: set[Triple], labels: Sequence[Labels]) -> set[Triple]:
    """The found triples, each that a label accepts as another type (`type_alt`) in the label's."""
    same: dict[Triple, Triple] = {}
    for label in labels:
        for other in label.get("type_alt", []):
            pairs = zip(sorted(of_gold(label, other)), sorted(of_gold(label)), strict=False)
            same.update(pairs)
    return {same.get(triple, triple) for triple in found}


class Score:
    """Counts of one run."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0
        self.status_right = self.status_all = self.day_right = self.day_all = 0

    def add(self, labels: Sequence[Labels], events: Sequence[Event]) -> list[str]:
        """Count one sentence; returns what was missed (-) and what was too much (+)."""
        wanted = set().union(*(of_gold(g) for g in labels if not g.get("optional")), set())
        allowed = set().union(*(of_gold(g) for g in labels), set())
        found = in_gold_words(set().union(*(of_event(e) for e in events), set()), labels)
        self.wanted += len(wanted)
        self.found += len(found - (allowed - wanted))
        self.right += len(found & wanted)
        for label in labels:
            self._details(label, events)
        return [f"- {t}" for t in sorted(wanted - found)] + [
            f"+ {t}" for t in sorted(found - allowed)
        ]

    def _details(self, label: Labels, events: Sequence[Event]) -> None:
        match = next(
            (e for e in events if in_gold_words(of_event(e), [label]) & of_gold(label)), None
        )
        if match is None or label.get("optional"):
            return
        self.status_all += 1
        self.status_right += match.status in (label["status"], *label.get("status_alt", []))
        if label.get("date_start"):
            self.day_all += 1
            self.day_right += str(match.when.start) == label["date_start"]

    def share(self, right: int, whole: int) -> float:
        """A share, 0 of nothing."""
        return round(right / whole, 3) if whole else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=["dev", "shut", "all"], default="all")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    coder, figures = Coder(), {}
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines() if line.strip()]
    for split in ("dev", "shut") if options.split == "all" else (options.split,):
        score = Score()
        for row in rows:
            if row["split"] != split:
                continue
            document = Document(row["text"], date=dt.date.fromisoformat(row["date"]))
            events = coder.code(document).events
            wrong = score.add(row["events"], events)
            if options.errors and wrong and split == "dev":
                print(row["id"], row["text"])
                for line in wrong:
                    print("     ", line)
                for event in events:
                    print("         ", sorted(of_event(event)), event.status, event.why)
        figures[split] = {
            "precision": score.share(score.right, score.found),
            "recall": score.share(score.right, score.wanted),
            "status": score.share(score.status_right, score.status_all),
            "day": score.share(score.day_right, score.day_all),
            "triples": score.wanted,
        }
    line = "; ".join(
        f"{split}: precision {f['precision']}, recall {f['recall']}, status {f['status']}, "
        f"day {f['day']} ({f['triples']} triples)"
        for split, f in figures.items()
    )
    record("events", line, **figures)


if __name__ == "__main__":
    main()
