"""Writes event rows as JSON Lines, CSV or Parquet, to standard output or a file.

A file is written beside its name and moved there when whole, so that a run that is broken off
leaves no half file under the name.
"""

from __future__ import annotations

import contextlib
import csv
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from detente.exports.layouts import (
    LAYOUTS,
    DyadDays,
    columns,
    count_dyads,
    dyad_columns,
    dyad_lines,
    headed,
    lines,
)
from detente.exports.rows import Row, json_line
from detente.model import InputError

Write = Callable[[Sequence[Row]], None]

# Rows that are held before they are written as one group of a Parquet file.
GROUP = 5_000
DYAD_DAY = "dyad-day"

COLUMNS = (
    "document", "sentence", "type", "mode", "act", "cameo", "status", "reciprocal",
    "source", "source_country", "source_sectors", "source_office",
    "target", "target_country", "target_sectors", "target_office",
    "date_start", "date_end", "date_precision", "place", "place_country", "latitude", "longitude",
    "contexts", "speaker", "speaker_country", "evidence_start", "evidence_end", "evidence",
    "trigger_start", "trigger_end", "trigger", "confidence", "why",
)  # fmt: skip


@contextlib.contextmanager
def open_writer(shape: str, output: str | None, extra: tuple[str, ...] = ()) -> Iterator[Write]:
    """Give the function that writes rows as `shape` to `output` (None: standard output).

    `extra` names columns after the usual ones: the `code` of a user's ontology.

    Raises:
        InputError: Parquet without a file or without the library; a file that cannot be written.
    """
    if shape == "parquet":
        with _parquet(output, (*COLUMNS, *extra)) as write:
            yield write
        return
    if shape in LAYOUTS:
        with _text(output) as stream:
            yield _layout_writer(stream, shape)
        return
    if shape == DYAD_DAY:
        with _text(output) as stream, _dyad_writer(stream) as write:
            yield write
        return
    with _text(output) as stream:
        yield _csv_writer(stream, (*COLUMNS, *extra)) if shape == "csv" else _jsonl_writer(stream)


@contextlib.contextmanager
def _whole(output: str) -> Iterator[Path]:
    """A path beside `output`, moved onto it when the block ends well and removed when not."""
    target = Path(output)
    if not target.parent.is_dir():
        raise InputError(f"cannot write {output}: no folder {target.parent}; make it first")
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield partial
        partial.replace(target)
    except OSError as error:
        raise InputError(f"cannot write {output}: {error.strerror}; choose another file") from None
    finally:
        partial.unlink(missing_ok=True)


@contextlib.contextmanager
def _text(output: str | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    with _whole(output) as partial, partial.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def _jsonl_writer(stream: IO[str]) -> Write:
    def write(rows: Sequence[Row]) -> None:
        for row in rows:
            stream.write(json_line(row) + "\n")

    return write


def _csv_writer(stream: IO[str], columns: Sequence[str]) -> Write:
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()

    def write(rows: Sequence[Row]) -> None:
        writer.writerows(flat(row) for row in rows)

    return write


def _layout_writer(stream: IO[str], layout: str) -> Write:
    """Lines between tabs, as those data sets have them; no cell holds a tab or a line's end."""
    names = columns(layout)
    if headed(layout):
        stream.write("\t".join(names) + "\n")
    number = 1

    def write(rows: Sequence[Row]) -> None:
        nonlocal number
        for row in rows:
            for line in lines(layout, row, number):
                stream.write("\t".join(_cell(line.get(name)) for name in names) + "\n")
                number += 1

    return write


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


@contextlib.contextmanager
def _dyad_writer(stream: IO[str]) -> Iterator[Write]:
    """Counts while rows come; the lines are written when all have come."""
    counts: DyadDays = DyadDays()

    def write(rows: Sequence[Row]) -> None:
        for row in rows:
            count_dyads(row, counts)

    yield write
    writer = csv.DictWriter(stream, dyad_columns(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(dyad_lines(counts))


def flat(row: Row) -> dict[str, Any]:
    """An event row as one flat record; several actors or values are joined by `|`."""
    place = row["place"] or {"name": None, "country": None, "latitude": None, "longitude": None}
    speaker = row["speaker"] or {"name": None, "text": None, "country": None}
    return {
        **{name: row[name] for name in COLUMNS[:8]},
        **_flat_actors("source", row["source"]),
        **_flat_actors("target", row["target"]),
        **{name: row[name] for name in ("date_start", "date_end", "date_precision")},
        "place": place["name"],
        "place_country": place["country"],
        "latitude": place["latitude"],
        "longitude": place["longitude"],
        "contexts": "|".join(row["contexts"]),
        "speaker": speaker["name"] or speaker["text"],
        "speaker_country": speaker["country"],
        **_flat_passage("evidence", row["evidence"]),
        **_flat_passage("trigger", row["trigger"]),
        "confidence": row["confidence"],
        "why": row["why"],
        **({"code": row["code"]} if "code" in row else {}),
    }


def _flat_actors(role: str, actors: Sequence[Row]) -> dict[str, str]:
    return {
        role: "|".join(actor["name"] or actor["text"] for actor in actors),
        f"{role}_country": "|".join(actor["country"] or "" for actor in actors),
        f"{role}_sectors": "|".join(" ".join(actor["sectors"]) for actor in actors),
        f"{role}_office": "|".join(actor["office"] or "" for actor in actors),
    }


def _flat_passage(name: str, passage: Row) -> dict[str, Any]:
    return {
        f"{name}_start": passage["start"],
        f"{name}_end": passage["end"],
        name: passage["text"],
    }


@contextlib.contextmanager
def _parquet(output: str | None, columns: Sequence[str]) -> Iterator[Write]:
    if output is None:
        raise InputError("Parquet cannot go to standard output; give a file with -o")
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise InputError(
            "Parquet needs pyarrow; install it with: pip install 'detente[parquet]'"
        ) from None
    schema = pa.schema([(name, _arrow_type(pa, name)) for name in columns])
    held: list[dict[str, Any]] = []
    with _whole(output) as partial, pq.ParquetWriter(partial, schema) as writer:

        def write(rows: Sequence[Row]) -> None:
            held.extend(flat(row) for row in rows)
            if len(held) >= GROUP:
                writer.write_table(pa.Table.from_pylist(held, schema))
                held.clear()

        yield write
        writer.write_table(pa.Table.from_pylist(held, schema))


def _arrow_type(pa: Any, column: str) -> Any:
    if column == "sentence" or (column.endswith(("_start", "_end")) and "date" not in column):
        return pa.int64()
    if column in ("confidence", "latitude", "longitude"):
        return pa.float64()
    return pa.bool_() if column == "reciprocal" else pa.string()
