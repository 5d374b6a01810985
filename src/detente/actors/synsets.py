"""The sets of words of agent dictionaries: `!CLERK! = CLERK, CLERKS`, used as `TOWN_!CLERK!`.

Used by `petrarch`. A set may use another; one that uses itself, and a name that stands for more
forms than anybody means, are refused. Work is bounded by the forms made, not by the sets' product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from .own import RowError, shorten

# A name with sets in it may stand for this many forms.
FORMS_MOST = 100
# Sets may use sets, so deep; a name may use so many side by side.
DEPTH_MOST = 10
WIDTH_MOST = 5

_SET = re.compile(r"!([^!\s]{1,100})!")


class Synsets:
    """The sets read so far; a set must stand above the lines that use it."""

    def __init__(self) -> None:
        self._sets: dict[str, tuple[str, ...]] = {}

    def add(self, line: str) -> None:
        """Read a line that defines a set.

        Raises:
            RowError: the set has no name or no words, or is there already.
        """
        head, _, tail = line.partition("=")
        name = _SET.fullmatch(head.strip())
        words = tuple(word.strip() for word in tail.split(",") if word.strip())
        if not name or not words:
            raise RowError(f"set {shorten(line)!r} cannot be read (write !NAME! = WORD, WORD)")
        key = name[1].upper()
        if key in self._sets:
            raise RowError(f"set {shorten(name[0])!r} is already defined")
        self._sets[key] = words

    def expand(self, name: str) -> list[str]:
        """The forms a name stands for; itself, where it uses no set.

        Raises:
            RowError: a set is unknown, uses itself, or the name stands for too many forms.
        """
        if "!" not in name:
            return [name]
        forms = list(islice(self._forms(name, ()), FORMS_MOST + 1))
        if len(forms) > FORMS_MOST:
            raise RowError(f"{shorten(name)!r} stands for more than {FORMS_MOST:,} forms")
        return forms

    def _forms(self, name: str, within: tuple[str, ...]) -> Iterator[str]:
        found = _SET.search(name)
        if found is None:
            yield name
            return
        if name.count("!") > 2 * WIDTH_MOST:
            raise RowError(f"{shorten(name)!r} uses more than {WIDTH_MOST} sets")
        key = found[1].upper()
        if key in within:
            raise RowError(f"set {shorten(found[0])!r} uses itself")
        if key not in self._sets:
            raise RowError(f"no set {shorten(found[0])!r}")
        if len(within) >= DEPTH_MOST:
            raise RowError(f"sets within sets, more than {DEPTH_MOST} deep")
        before, after = name[: found.start()], name[found.end() :]
        for word in self._sets[key]:
            for middle in self._forms(word, (*within, key)):
                for rest in self._forms(after, within):
                    yield before + middle + rest
