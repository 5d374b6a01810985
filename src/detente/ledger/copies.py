"""Whether two documents are copies of one text, and which of a family's copies is the best.

Comes after `sketch`. `are_copies` looks at two sketches alone, so that families (the groups held
together by it) are the same whatever the order in which documents came. Kinds of copies: exact,
near, cut, expanded (by shared shingles); reworded and machine-translated (by names, figures and
words). Two reporters' stories on one event are no copies, nor are two weeks' reports on one form.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from msgspec import Struct

from detente.ledger.rules import family_rules
from detente.ledger.sketch import Key, Sketch, keys_of


class Copy(Struct, frozen=True):
    """One document of a family, as far as choosing the best needs to know it.

    `key` is the ledger's own name of the document, `quality` 0 to 1, `words` its length.
    """

    key: str
    document: str
    day: dt.date | None
    quality: float
    words: int
    agency: str | None


def are_copies(one: Sketch, other: Sketch) -> bool:
    """Tell whether two documents hold the same text, whole or in part, or the same text retold."""
    if not one.shingles or not other.shingles:
        return False
    return _is_copied(one, other) or _is_reworded(one, other)


def may_be_copies(one: Sketch, other: Sketch) -> bool:
    """Tell whether two documents share a key, near enough in time: what `are_copies` is asked of."""
    shared = set(keys_of(one)) & set(keys_of(other))
    return any(in_reach(key, one.day, other.day) for key in shared)


def in_reach(key: Key, one: int, other: int) -> bool:
    """Tell whether two days are near enough for a key; an unknown day (0) is near to all."""
    return not key.reach or not one or not other or abs(one - other) <= key.reach


def _is_copied(one: Sketch, other: Sketch) -> bool:
    rules = family_rules()
    fewest = min(len(one.shingles), len(other.shingles))
    if fewest < rules.least_shingles:
        return one.shingles == other.shingles
    share = len(one.shingles & other.shingles) / fewest
    return share >= rules.copied and (share == 1 or not _is_other_form(one, other))


def _is_other_form(one: Sketch, other: Sketch) -> bool:
    """Tell whether the words are alike but the figures are not: one form, filled in twice."""
    rules = family_rules()
    if min(len(one.figures), len(other.figures)) < rules.form_least:
        return False
    return _share(one.figures, other.figures) < rules.form_figures


def _is_reworded(one: Sketch, other: Sketch) -> bool:
    rules = family_rules()
    need = rules.reworded
    short, long = sorted((one.words, other.words))
    if short < need.length * long or not in_reach(Key(0, rules.days.salient), one.day, other.day):
        return False
    if min(len(one.names), len(other.names)) < need.least_names:
        return False
    stems = _share(one.stems, other.stems)
    names = _share(one.names, other.names)
    few = min(len(one.figures), len(other.figures)) < 2
    figures = 0.5 if few else _share(one.figures, other.figures)
    return (
        stems >= need.stems
        and names >= need.names
        and (few or figures >= need.figures)
        and stems + names + figures >= need.together - (0.5 if few else 0)
    )


def _share(one: Set[int], other: Set[int]) -> float:
    """The share of the smaller set that the larger one has, too; 0 where one is empty."""
    fewest = min(len(one), len(other))
    return len(one & other) / fewest if fewest else 0.0


def in_order(copies: Iterable[Copy]) -> list[Copy]:
    """Copies by publication, those without a day last; the family is named after the first."""
    return sorted(copies, key=lambda copy: (copy.day or dt.date.max, copy.key))


def best_copy(copies: Sequence[Copy]) -> Copy:
    """The copy to read: soundest, then most complete, then earliest.

    Soundness counts in steps of a tenth: a slip of the keyboard does not outweigh half the text.
    """
    return min(
        copies,
        key=lambda c: (-round(c.quality * 10), -c.words, c.day or dt.date.max, c.key),
    )


def origin(copies: Sequence[Copy]) -> str | None:
    """The agency that most of the copies name, the one named first where they are divided."""
    named = [copy.agency for copy in in_order(copies) if copy.agency]
    counts = Counter(named)
    return max(counts, key=lambda name: (counts[name], -named.index(name)), default=None)


def families(sketches: Sequence[Sketch]) -> list[list[int]]:
    """Group documents into families: lists of positions, each sorted, by first position.

    The ledger does the same step by step in its database; this is for a collection in memory.
    """
    groups = Groups(len(sketches))
    seen: dict[int, list[int]] = {}
    for position, sketch in enumerate(sketches):
        for key in keys_of(sketch):
            for other in seen.setdefault(key.hash, []):
                if in_reach(key, sketch.day, sketches[other].day) and not groups.same(
                    position, other
                ):
                    if are_copies(sketch, sketches[other]):
                        groups.join(position, other)
            seen[key.hash].append(position)
    return list(groups)


class Groups:
    """Numbers 0 to n-1 in groups that only ever grow together (union-find)."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, number: int) -> int:
        """The smallest number of its group."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def same(self, one: int, other: int) -> bool:
        """Tell whether two numbers are in one group."""
        return self.root(one) == self.root(other)

    def join(self, one: int, other: int) -> None:
        """Make one group of the two that these numbers are in."""
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low

    def __iter__(self) -> Iterator[list[int]]:
        members: dict[int, list[int]] = {}
        for number in range(len(self._parent)):
            members.setdefault(self.root(number), []).append(number)
        return iter(members.values())
