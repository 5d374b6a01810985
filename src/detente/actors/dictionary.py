"""Reads a user's own dictionaries of actors, and makes the lexicon that they win in.

    dictionary = read_dictionary("ours.tsv")
    lexicon = build(dictionary.entries)

The format is told by the content: our table (`own_table`) has a header row, a dictionary of the
PETRARCH or TABARI programs (`petrarch`) codes in brackets. Before it: a file of any encoding;
after it: `build`. docs/dictionaries.md is for the user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from ..model import InputError
from ..text.decode import decode, shown
from .build import build
from .lexicon import Lexicon
from .own import Dictionary, OwnEntry, Problem
from .own_table import is_header, read_table
from .petrarch import looks_like_petrarch, read_petrarch

MAX_FILE_BYTES = 256_000_000
# The format is told from this many lines that are no comments.
LINES_TELLING = 200
# Problems of one file that are named one by one.
PROBLEMS_SHOWN = 20


def read_dictionary(path: str | Path) -> Dictionary:
    """Read a dictionary of actors: what can be read, and what is wrong with the rest.

    Raises:
        InputError: the file cannot be opened, is no text or too large, or has none of the formats.
    """
    file = shown(str(path))
    lines = list(_lines(_text(Path(path), file)))
    plain = [line for _, line in lines if not line.startswith("#")]
    if not plain:
        raise InputError(f"{file}: has no entries, only comments; see docs/dictionaries.md")
    if is_header(plain[0]):
        return read_table(lines, file)
    if any(map(looks_like_petrarch, islice(plain, LINES_TELLING))):
        return read_petrarch(lines, file)
    raise InputError(
        f"{file}: is no dictionary of actors; give a table with a header row "
        "(form, country, sectors ...) or a PETRARCH dictionary"
    )


def load_lexicon(
    paths: Iterable[str | Path], complain: Callable[[str], None] | None = None
) -> Lexicon:
    """Build the lexicon of the shipped tables and these dictionaries; an earlier one wins.

    `complain` is given a line for each problem, of one file the first `PROBLEMS_SHOWN` and then
    their number.

    Raises:
        InputError: a file cannot be read at all, or nothing in it can.
    """
    entries: list[OwnEntry] = []
    for path in paths:
        dictionary = read_dictionary(path)
        if complain is not None:
            for line in complaints(dictionary.problems):
                complain(line)
        if not dictionary.entries:
            first = f" ({dictionary.problems[0].reason})" if dictionary.problems else ""
            raise InputError(f"{shown(str(path))}: no line of it can be used{first}")
        entries += dictionary.entries
    return build(entries)


def complaints(problems: tuple[Problem, ...]) -> Iterator[str]:
    """One line for each problem, in the order of lines; after `PROBLEMS_SHOWN`, how many more."""
    ordered = sorted(problems, key=lambda problem: problem.line)
    yield from map(str, ordered[:PROBLEMS_SHOWN])
    if len(ordered) > PROBLEMS_SHOWN:
        more = len(ordered) - PROBLEMS_SHOWN
        yield f"{ordered[0].file}: {more:,} more problems like these, not shown"


def _text(path: Path, file: str) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"cannot read {file}: {error.strerror}; give a dictionary of actors"
        ) from None
    if len(data) > MAX_FILE_BYTES:
        raise InputError(f"{file}: is larger than {MAX_FILE_BYTES / 1e6:g} MB; split it")
    if not data.strip():
        raise InputError(f"{file}: is empty; give a dictionary of actors")
    return decode(data, where=str(path))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers as an editor counts them."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    for number, line in enumerate(plain.split("\n"), start=1):
        if line.strip():
            yield number, line


__all__ = ["Dictionary", "OwnEntry", "Problem", "load_lexicon", "read_dictionary"]
