"""Finds the rows that know a term, so that whoever corrects knowledge sees where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from msgspec import Struct

from detente.knowledge.checks.library import Library
from detente.knowledge.checks.table import Row, shipped_files, shipped_text
from detente.knowledge.checks.trees import nodes
from detente.knowledge.tables import yaml_nodes


class Sighting(Struct, frozen=True):
    """A place where a term stands: the file, the line from 1, and the row or line itself."""

    file: str
    line: int
    text: str


def rows_with(term: str) -> list[Sighting]:
    """The rows and lines that have the term as a value; where none has, those that hold its words.

    Capitals do not matter: `rows_with("kremlin")`.
    """
    wanted = " ".join(term.split()).casefold()
    if not wanted:
        return []
    rows = [row for table in Library().tables for row in table.rows]
    exact = [_sighting(row) for row in rows if wanted in row.cells_folded()]
    exact += _in_trees(wanted)
    return exact or [_sighting(row) for row in rows if _holds(row, wanted)]


def _sighting(row: Row) -> Sighting:
    cells = (f"{column}={cell}" for column, cell in row.cells.items() if cell)
    return Sighting(row.file, row.line, "  ".join(cells))


def _holds(row: Row, wanted: str) -> bool:
    return any(f" {wanted} " in f" {value} " for value in row.cells_folded())


def _in_trees(wanted: str) -> Iterator[Sighting]:
    for file in shipped_files(".yaml"):
        text = shipped_text(file)
        lines = text.splitlines()
        found = {
            node.start_mark.line
            for node in nodes(yaml_nodes(text))
            if isinstance(node, yaml.ScalarNode) and node.value.casefold() == wanted
        }
        for line in sorted(found):
            yield Sighting(file, line + 1, lines[line].strip())
