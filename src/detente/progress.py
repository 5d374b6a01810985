"""What a long run shows while it goes on, and says when it is done. On standard error only."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct, field


class Tally(Struct):
    """Counts of a run: documents coded, rows written, entries refused by reason."""

    documents: int = 0
    rows: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def count(self, rows: int) -> None:
        """One document was coded and gave this many rows."""
        self.documents += 1
        self.rows += rows

    def refuse(self, reason: str) -> None:
        """One entry could not be used."""
        self.refused[reason] += 1

    def summary(self) -> str:
        """The closing line: `12 documents, 30 events; 2 refused (1 bad JSON, 1 no text)`."""
        line = f"{_count(self.documents, 'document')}, {_count(self.rows, 'event')}"
        if not self.refused:
            return line
        reasons = ", ".join(f"{number} {reason}" for reason, number in sorted(self.refused.items()))
        return f"{line}; {self.refused.total()} refused ({reasons})"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextlib.contextmanager
def progress(wanted: bool) -> Iterator[Callable[[], None]]:
    """A progress bar of documents on a terminal; elsewhere nothing. Gives the step forward."""
    if not wanted or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("coding"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("documents"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("coding", total=None)
        yield lambda: bar.advance(task)
