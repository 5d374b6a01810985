"""The event gold: documents with the rows a careful reader would write, read and checked.

`gold/events.jsonl` and `gold/events_more.jsonl` hold single sentences, `gold/stories.jsonl` whole
stories whose labels name their sentence by its first words (`sentence`). Every line has `id`,
`split` (`dev` or `shut`), `date`, `text` and `events`; every label `type`, `source`, `target`,
`reciprocal`, `status`, `date_start`, `date_end`, `speaker`, and at will `optional`, `type_alt`,
`status_alt`. What is wrong is named by file, line and field, never by its text: the `shut` half is
not to be looked at.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from detente import Document
from detente.knowledge.actors import countries
from detente.knowledge.ontology import event_types
from detente.model import Status

GOLD = Path(__file__).parent / "gold"
FILES = ("events.jsonl", "events_more.jsonl", "stories.jsonl")
SPLITS = ("dev", "shut")
# A state, a body, nobody known, or a group that no state owns.
SIDE = re.compile(r"[A-Z]{3}|(?:IGO|NGO):.+|-")
Label = dict[str, Any]


class GoldDocument(Struct, frozen=True):
    """One labelled document; `anchors` tells where the sentence of each label begins."""

    id: str
    file: str
    split: str
    document: Document
    labels: tuple[Label, ...]
    anchors: tuple[tuple[int, int], ...]


def read_gold(splits: tuple[str, ...] = SPLITS) -> list[GoldDocument]:
    """The labelled documents of these splits.

    Raises:
        ValueError: a label is not as it should be; all faults are named, one a line.
    """
    faults: list[str] = []
    found = []
    for name in FILES:
        lines = (GOLD / name).read_text("utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            row = json.loads(line)
            faults += [f"{name}:{number}: {fault}" for fault in faults_of(row)]
            if not faults and row["split"] in splits:
                found.append(_document(row, name))
    ids = [one.id for one in found]
    faults += [f"id {one} is given twice" for one in sorted({i for i in ids if ids.count(i) > 1})]
    if faults:
        raise ValueError("\n".join(faults))
    return found


def faults_of(row: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a line of gold, in words that do not quote it."""
    missing = [key for key in ("id", "split", "date", "text", "events") if key not in row]
    if missing:
        yield f"lacks {', '.join(missing)}"
        return
    if row["split"] not in SPLITS:
        yield "split is neither dev nor shut"
    if not _is_day(row["date"]):
        yield "date is no day"
    for number, label in enumerate(row["events"], start=1):
        yield from (f"event {number}: {fault}" for fault in _faults_of_label(label, row["text"]))


def _faults_of_label(label: Label, text: str) -> Iterator[str]:
    wanted = ("type", "source", "target", "reciprocal", "status", "speaker", "date_start")
    missing = [key for key in wanted if key not in label]
    if missing:
        yield f"lacks {', '.join(missing)}"
        return
    types, statuses = set(event_types()), set(get_args(Status))
    if not {label["type"], *label.get("type_alt", [])} <= types:
        yield "type is none of the sixteen"
    if not {label["status"], *label.get("status_alt", [])} <= statuses:
        yield "status is none of the eight"
    sides = [*label["source"], *label["target"], *([label["speaker"]] if label["speaker"] else [])]
    # An optional label may leave its doer open: it is neither missed nor wrong.
    nobody = not label["source"] and not label.get("optional")
    if nobody or not all(_is_side(side) for side in sides):
        yield "an actor is neither a state's code nor IGO:, NGO: or -"
    days = [label["date_start"], label.get("date_end")]
    if not all(day is None or _is_day(day) for day in days):
        yield "a date is no day"
    elif all(days) and days[0] > days[1]:
        yield "the last day is before the first"
    if label["reciprocal"] and (label["target"] or len(label["source"]) < 2):
        yield "reciprocal wants all of two or more in source"
    if label.get("sentence", "") not in text:
        yield "the sentence is not in the text"


def _is_side(side: str) -> bool:
    return bool(SIDE.fullmatch(side)) and (len(side) != 3 or side in _codes())


@cache
def _codes() -> frozenset[str]:
    """The codes of all states, past ones too."""
    return frozenset(country.code for country in countries())


def _is_day(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _document(row: dict[str, Any], name: str) -> GoldDocument:
    document = Document(
        row["text"], row["id"], dt.date.fromisoformat(row["date"]), row.get("title")
    )
    quotes = [label.get("sentence", row["text"]) for label in row["events"]]
    starts = [row["text"].index(quote) for quote in quotes]
    anchors = tuple((s, s + len(q)) for s, q in zip(starts, quotes, strict=True))
    return GoldDocument(
        row["id"], name, row["split"], document, tuple(row["events"]), anchors
    )  # fmt: skip
