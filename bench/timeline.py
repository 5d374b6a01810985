"""Whether the ledger of the US-China examples holds their main turns, each with its day and status.

Usage: python -m bench.timeline [--errors]

`examples/us-china/timeline.tsv` lists the turns, written apart from the program. A turn is found
where an incident of its act between its states has its day (a visit: one of its days) and its
status; what did not take place then is looked for in the incident's history, by the day on which
it was told.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.record import record
from detente import Coder
from detente.ledger import Incident, open_ledger
from detente.sources import documents
from detente.sources.problem import Problem

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "us-china"


def ledger_of_examples() -> list[Incident]:
    """The incidents of all the examples."""
    coder = Coder()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(Path(folder) / "l.sqlite", create=True) as ledger,
    ):
        for path in sorted(EXAMPLES.glob("*.txt")):
            for document in documents(str(path)):
                assert not isinstance(document, Problem)
                ledger.add(coder.code(document))
        ledger.derive()
        return list(ledger.incidents())


def is_told(turn: dict[str, str], incidents: Sequence[Incident]) -> bool:
    """Whether an incident is the turn, with its status and day."""
    alike = _alike(turn, incidents)
    if turn["status"] == "occurred":
        return any(one.status == "occurred" and _is_dated(turn, one) for one in alike)
    day = dt.date.fromisoformat(turn["date"])
    return any(told.status == turn["status"] and told.date == day
               for one in alike for told in one.history)  # fmt: skip


def _alike(turn: dict[str, str], incidents: Sequence[Incident]) -> list[Incident]:
    wanted = {*turn["source"].split("|"), *turn["target"].split("|")} - {""}
    return [
        incident
        for incident in incidents
        if incident.act == turn["act"]
        and wanted <= {party.country for party in (*incident.source, *incident.target)}
        and (
            incident.act == "CONSULT"
            or not turn["target"]
            or turn["source"] in {party.country for party in incident.source}
        )
    ]


def _is_dated(turn: dict[str, str], incident: Incident) -> bool:
    day = dt.date.fromisoformat(turn["date"])
    if incident.date_start is None or incident.date_end is None:
        return False
    return incident.date_precision == "day" and (
        incident.date_start <= day <= incident.date_end
        or any(span.date_start <= day <= span.date_end for span in incident.days)
    )


def main() -> None:
    """Measure and record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    with (EXAMPLES / "timeline.tsv").open(encoding="utf-8") as stream:
        turns = list(csv.DictReader(stream, delimiter="\t"))
    incidents = ledger_of_examples()
    missed = [turn for turn in turns if not is_told(turn, incidents)]
    found = len(turns) - len(missed)
    record(
        "timeline",
        f"{found} of {len(turns)} main turns found with day and status "
        f"({len(incidents)} incidents)",
        found=found, turns=len(turns), incidents=len(incidents),
    )  # fmt: skip
    if options.errors:
        for turn in missed:
            print(f"  missed: {turn['date']} {turn['act']} {turn['status']}: {turn['what']}")


if __name__ == "__main__":
    main()
