"""Reads many stories from a table: CSV, values between tabs, Parquet. One row is one story.

Which column is which field, `story_columns.yaml` says. A bad row is handed on with its line and
reason and costs no other row. CSV is read row by row, Parquet in small groups: a table may be of
any size. What it leaves out: guessing at character sets other than UTF-8 and UTF-16.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from detente.knowledge.tables import load_yaml
from detente.model import Document, InputError
from detente.sources.opening import readable
from detente.sources.problem import Problem
from detente.sources.records import document_from
from detente.text.decode import refuse_signature, shown

# The largest cell, in characters; a quotation mark that is never closed runs into it.
MAX_CELL = 64_000_000
GROUP = 256
MAX_HEAD = 1_000_000
_SEPARATORS = ",;\t|"
_BROKEN = range(0xDC80, 0xDD00)


def read_csv(
    stream: io.BufferedReader, where: str, separator: str | None = None
) -> Iterator[Document | Problem]:
    """Read stories from CSV with a line of column names.

    Args:
        stream: the bytes; UTF-8, or UTF-16 with its mark.
        where: the file, for messages.
        separator: what stands between cells; told from the column names where None.

    Raises:
        InputError: no table (an archive, nothing), or no column with the stories' text.
    """
    head = stream.peek(8)[:8]
    refuse_signature(head, where)
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    coding = "utf-16" if wide else "utf-8-sig"
    text = io.TextIOWrapper(stream, coding, errors="surrogateescape", newline="")
    first = text.readline(MAX_HEAD)
    if not first.strip():
        raise InputError(f"{shown(where)}: is empty; give a table with a line of column names")
    separator = separator or max(_SEPARATORS, key=first.count)
    names = next(csv.reader([first], delimiter=separator))
    fields = _fields(names, where)
    old = csv.field_size_limit(MAX_CELL)
    try:
        yield from _rows(csv.reader(text, delimiter=separator), names, fields, where)
    finally:
        csv.field_size_limit(old)


def _rows(
    reader: Any, names: Sequence[str], fields: Mapping[str, str], where: str
) -> Iterator[Document | Problem]:
    place = where
    try:
        for cells in reader:
            place = f"{where}:{reader.line_num + 1}"
            if not any(cells):
                continue
            if any(ord(sign) in _BROKEN for cell in cells for sign in _odd(cell)):
                yield Problem(place, "it is not UTF-8; save the table as UTF-8")
                continue
            entry = dict(zip(names, cells, strict=False))
            yield _document(entry, fields, place, reader.line_num + 1)
    except (csv.Error, UnicodeDecodeError) as error:
        reason = f"the rest cannot be read ({shown(str(error))}); look for a stray quotation mark"
        yield Problem(place, reason)


def _odd(cell: str) -> str:
    """The cell where it may hold what stands for broken bytes; nothing for plain ASCII."""
    return "" if cell.isascii() else cell


def read_parquet(where: str) -> Iterator[Document | Problem]:
    """Read stories from a Parquet file.

    Raises:
        InputError: no Parquet, no library for it, or no column with the stories' text.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise InputError(
            "Parquet needs pyarrow; install it with: pip install 'detente[parquet]'"
        ) from None
    with readable(where), Path(where).open("rb") as stream:
        try:
            table = pq.ParquetFile(stream)
            fields = _fields(table.schema_arrow.names, where)
            groups = table.iter_batches(GROUP, columns=sorted(set(fields.values())))
            yield from _parquet_rows(groups, fields, where)
        except pa.ArrowException as error:
            reason = shown(str(error).partition("\n")[0])
            raise InputError(f"{shown(where)}: is no sound Parquet file ({reason})") from error


def _parquet_rows(
    groups: Iterable[Any], fields: Mapping[str, str], where: str
) -> Iterator[Document | Problem]:
    number = 0
    for group in groups:
        for entry in group.to_pylist():
            number += 1
            yield _document(entry, fields, f"{where}:{number}", number)


def _document(
    entry: Mapping[str, Any], fields: Mapping[str, str], place: str, number: int
) -> Document | Problem:
    found = {field: _written(entry.get(column), field) for field, column in fields.items()}
    try:
        return document_from({"id": str(number), **found})
    except ValueError as error:
        return Problem(place, str(error))


def _written(value: Any, field: str) -> Any:
    """A cell as the contract writes it: days and times as ISO text, numbers of ids as text."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if field == "id" and isinstance(value, int):
        return str(value)
    return None if value == "" and field != "text" else value


def _fields(names: Sequence[str], where: str) -> dict[str, str]:
    """The column of each field.

    Raises:
        InputError: none holds the text.
    """
    known = {_plain(name): name for name in reversed(names)}
    found = {
        field: known[form]
        for field, forms in _columns().items()
        for form in reversed(forms)
        if form in known
    }
    if "text" not in found:
        seen = shown(", ".join(names[:6]))
        raise InputError(
            f"{shown(where)}: no column holds the stories' text (columns: {seen}); "
            "name it 'text' in the first line"
        )
    return found


def _plain(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())


@cache
def _columns() -> dict[str, list[str]]:
    columns: dict[str, list[str]] = load_yaml("story_columns.yaml")
    return columns
