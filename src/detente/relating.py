"""JSON Lines in, JSON Lines out, for `detente relate` and `detente who --jsonl`.

A line that cannot be used is named to `complain` and answered in its place with an `error`, so
that answers and questions keep the same order and number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from detente.exports.rows import Row, resolved_row

if TYPE_CHECKING:
    from detente.actors import Lexicon

Complain = Callable[[str], None]


class LineError(ValueError):
    """A line that cannot be used; the message says why."""


def relation_rows(stream: BinaryIO, where: str, complain: Complain) -> Iterator[Row]:
    """The relation of the two actors of each line."""
    from detente.events.relate import relate

    def answer(entry: Row) -> Row:
        sentence = _text(entry, "sentence")
        source, target = _span(entry, "source"), _span(entry, "target")
        relation = relate(sentence, source, target)
        return {
            **({"id": entry["id"]} if "id" in entry else {}),
            "type": relation.type,
            "mode": relation.mode,
            "status": relation.status,
            "confidence": relation.confidence,
            "scores": relation.scores,
        }

    return _answers(stream, where, answer, complain)


def resolution_rows(
    stream: BinaryIO,
    where: str,
    date: dt.date | None,
    complain: Complain,
    lexicon: Lexicon | None = None,
) -> Iterator[Row]:
    """The actors in the phrase of each line; `date` serves where a line has none."""
    from detente.actors import resolve_phrase

    def answer(entry: Row) -> Row:
        context = entry.get("context")
        day = _day(entry.get("date")) or date
        found = resolve_phrase(
            _text(entry, "text"), day, context if isinstance(context, str) else None, lexicon
        )
        identity = {"id": entry["id"]} if "id" in entry else {}
        return {**identity, "actors": [resolved_row(actor) for actor in found]}

    return _answers(stream, where, answer, complain)


def _answers(
    stream: BinaryIO, where: str, answer: Callable[[Row], Row], complain: Complain
) -> Iterator[Row]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            yield answer(_entry(line))
        except LineError as error:
            complain(f"{where}:{number}: {error}")
            yield {"error": str(error), "line": number}


def _entry(line: bytes) -> Row:
    try:
        entry: Any = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LineError(f"not JSON: {error}") from None
    if not isinstance(entry, dict):
        raise LineError("not a JSON object; give one object a line")
    return entry


def _text(entry: Row, field: str) -> str:
    value = entry.get(field)
    if not isinstance(value, str) or not value.strip():
        raise LineError(f"no '{field}'; give it as a string")
    return value


def _span(entry: Row, field: str) -> tuple[int, int]:
    """Where an actor stands in the sentence: at `source_start`, else where it first occurs."""
    actor, sentence = _text(entry, field), _text(entry, "sentence")
    start = entry.get(f"{field}_start")
    if not isinstance(start, int) or sentence[start : start + len(actor)] != actor:
        start = sentence.find(actor)
    if start < 0:
        raise LineError(f"'{field}' does not occur in the sentence; copy it from there")
    return (start, start + len(actor))


def _day(value: object) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise LineError(f"no such day as {value}; give YYYY-MM-DD") from None
