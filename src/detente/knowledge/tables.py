"""Reads the files of knowledge: TSV tables with comments, and YAML.

A table's first line that is neither blank nor a comment names the columns. `#` at the start of a
line makes a comment; ` # ` after a tab-separated row does not, so cells may hold any sign. Missing
cells at the end of a row are empty. `|` separates values within a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import yaml


class _WordLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which `no`, `on` and `off` are words and not truth values; `true` is still true."""


_WordLoader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_WordLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf")
)


def word_loader() -> type[Any]:
    """The YAML loader of the files of knowledge, for files of the user's like them."""
    return _WordLoader


class KnowledgeError(ValueError):
    """A file of knowledge that cannot be read: says which, where, and what to do."""


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a shipped table, e.g. `rows("countries.tsv")`, columns as keys."""
    yield from read_rows(resources.files(__package__).joinpath(name).read_text("utf-8"), name)


def read_rows(text: str, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table given as text; `name` is for the errors.

    Raises:
        KnowledgeError: a row has more cells than the table has columns.
    """
    columns: list[str] | None = None
    for number, cells in numbered_lines(text):
        if columns is None:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise KnowledgeError(
                f"{name}:{number}: {len(cells)} cells in a table of {len(columns)} columns; "
                "remove the extra tabs"
            )
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def numbered_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of a table that are not comments: number from 1, and cells without blanks."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, [cell.strip() for cell in line.split("\t")]


def values(cell: str) -> tuple[str, ...]:
    """Split a cell of several values: `values("a|b") == ("a", "b")`."""
    return tuple(value for value in (part.strip() for part in cell.split("|")) if value)


def yaml_nodes(text: str) -> Any:
    """Read YAML as a tree of nodes that know their lines; None where it is empty.

    Raises:
        yaml.YAMLError: it is no YAML.
    """
    return yaml.compose(text, Loader=_WordLoader)


def load_yaml(name: str) -> Any:
    """Load a shipped YAML file, e.g. `load_yaml("dates.yaml")`."""
    text = resources.files(__package__).joinpath(name).read_text("utf-8")
    return yaml.load(text, Loader=_WordLoader)


def folder(name: str) -> list[str]:
    """List the tables in a shipped folder, sorted: `folder("acts")` gives "acts/verbs.tsv" ..."""
    entries = resources.files(__package__).joinpath(name).iterdir()
    return sorted(f"{name}/{entry.name}" for entry in entries if Path(entry.name).suffix == ".tsv")


def shipped_file(name: str) -> Path:
    """Where a shipped file lies on disk, for what is read by its name."""
    return Path(str(resources.files(__package__).joinpath(name)))
