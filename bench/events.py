"""Event rows against sentences labelled by hand: who did what to whom, done or only planned.

Usage: python -m bench.events [--split dev|shut|all] [--errors]
The gold (`event_gold`) was written and labelled apart from the rules. Look at `dev` to improve;
`shut` is only for measuring. A triple is (source country, target country, type); optional gold rows
are neither missed nor wrong. In a story a triple counts once, wherever its sentence stands.
`recall at .95` is the share of the wanted triples found above the lowest confidence at which
nineteen in twenty of the written ones are right.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from bench.event_gold import SPLITS, GoldDocument, read_gold
from bench.record import record
from detente import Coder
from detente.model import Actor, Event

Triple = tuple[str, str, str]
Labels = dict[str, Any]
TRUSTED = 0.95


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


def judged(labels: Sequence[Labels], events: Sequence[Event]) -> list[tuple[float, bool]]:
    """Each written triple with its confidence (the highest of its rows) and whether it is right.

    Triples of optional labels are left out.
    """
    wanted = set().union(*(of_gold(g) for g in labels if not g.get("optional")), set())
    allowed = set().union(*(of_gold(g) for g in labels), set())
    sure: dict[Triple, float] = {}
    for event in events:
        for triple in in_gold_words(of_event(event), labels):
            sure[triple] = max(sure.get(triple, 0.0), event.confidence)
    return [(sure[t], t in wanted) for t in sorted(sure) if t in wanted or t not in allowed]


class Score:
    """Counts of one run."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0
        self.status_right = self.status_all = self.day_right = self.day_all = 0
        self.speaker_right = self.speaker_all = 0
        self.judged: list[tuple[float, bool]] = []

    def add(self, labels: Sequence[Labels], events: Sequence[Event]) -> list[str]:
        """Count one sentence; returns what was missed (-) and what was too much (+)."""
        wanted = set().union(*(of_gold(g) for g in labels if not g.get("optional")), set())
        allowed = set().union(*(of_gold(g) for g in labels), set())
        found = in_gold_words(set().union(*(of_event(e) for e in events), set()), labels)
        self.wanted += len(wanted)
        self.found += len(found - (allowed - wanted))
        self.right += len(found & wanted)
        self.judged += judged(labels, events)
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
        if label["speaker"]:
            self.speaker_all += 1
            speaker = side([match.speaker]) if match.speaker else ["-"]
            self.speaker_right += plain(speaker[0]) == plain(label["speaker"])

    def figures(self) -> dict[str, Any]:
        """All figures by name."""
        precision = self.share(self.right, self.found)
        recall = self.share(self.right, self.wanted)
        at, least = self.trusted()
        return {
            "precision": precision,
            "recall": recall,
            "f1": self.share(2 * self.right, self.found + self.wanted),
            "status": self.share(self.status_right, self.status_all),
            "speaker": self.share(self.speaker_right, self.speaker_all),
            "day": self.share(self.day_right, self.day_all),
            "recall_at_95": at,
            "confidence_at_95": least,
            "triples": self.wanted,
        }

    def trusted(self) -> tuple[float, float | None]:
        """The recall above the lowest confidence that is right often enough, and that confidence.

        0 and None where no confidence is.
        """
        best: tuple[float, float | None] = (0.0, None)
        for least in sorted({sure for sure, _ in self.judged}):
            above = [right for sure, right in self.judged if sure >= least]
            if sum(above) >= TRUSTED * len(above) and best[1] is None:
                best = (self.share(sum(above), self.wanted), least)
        return best

    def share(self, right: int, whole: int) -> float:
        """A share, 0 of nothing."""
        return round(right / whole, 3) if whole else 0.0


def measure(rows: Sequence[GoldDocument], coder: Coder, errors: bool) -> Score:
    """Code and count these documents; `errors` prints those of `dev` that went wrong."""
    score = Score()
    for row in rows:
        events = coder.code(row.document).events
        wrong = score.add(row.labels, events)
        if errors and wrong and row.split == "dev":
            print(row.id, row.document.text)
            for line in wrong:
                print("     ", line)
            for event in events:
                print("         ", sorted(of_event(event)), event.status, event.why)
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=["dev", "shut", "all"], default="all")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    splits = SPLITS if options.split == "all" else (options.split,)
    gold, coder = read_gold(splits), Coder()
    figures = {
        split: measure([g for g in gold if g.split == split], coder, options.errors).figures()
        for split in splits
    }
    line = "; ".join(
        f"{split}: precision {f['precision']}, recall {f['recall']}, F1 {f['f1']}, "
        f"status {f['status']}, speaker {f['speaker']}, day {f['day']}, "
        f"recall at .95 {f['recall_at_95']} ({f['triples']} triples)"
        for split, f in figures.items()
    )
    record("events", line, **figures)


if __name__ == "__main__":
    main()
