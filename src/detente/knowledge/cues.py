"""Looks for many names and phrases in a text at once.

For the tables whose entries are cues: issues and the like. The time hangs on the text's length, not
on the number of cues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Value = TypeVar("Value")


class CueIndex(Generic[Value]):
    """Cues with a value each. A cue in small letters is found in any case, another as written."""

    def __init__(self, cues: Iterable[tuple[str, Value]]) -> None:
        import ahocorasick

        self._automaton = ahocorasick.Automaton()
        entries: dict[str, list[tuple[str, Value]]] = {}
        for cue, value in cues:
            entries.setdefault(cue.lower(), []).append((cue, value))
        for folded, found in entries.items():
            self._automaton.add_word(folded, found)
        self._automaton.make_automaton()

    def values_in(self, text: str) -> Iterator[Value]:
        """The value of each cue that stands in the text as whole words, in the text's order."""
        if not self._automaton:
            return
        folded = text.lower()
        same_length = len(folded) == len(text)
        for last, found in self._automaton.iter(folded):
            start, end = last + 1 - len(found[0][0]), last + 1
            if not _stands_alone(folded, start, end):
                continue
            for cue, value in found:
                if cue.islower() or not same_length or text[start:end] == cue:
                    yield value


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no word goes on at either end; a hyphen before makes a longer word."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (_is_of_word(before) or before == "-" or _is_of_word(after))


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


__all__ = ["CueIndex"]
