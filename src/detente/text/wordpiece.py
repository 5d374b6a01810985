"""Words into the pieces that a BERT-like encoder knows, each with its place in the text.

The uncased WordPiece scheme of Devlin et al. (2019): words and signs apart, lower case, no accents,
then the longest known pieces from the left. It is small enough to keep here; the library that does
the same brings sixteen packages. Used by `events/relation_model`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from msgspec import Struct

UNKNOWN, CLS, SEP, PAD = "[UNK]", "[CLS]", "[SEP]", "[PAD]"
# A word longer than this, in characters, is no word; it becomes the unknown piece.
LONGEST_WORD = 100
_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")


class Piece(Struct, frozen=True):
    """One piece: its number in the vocabulary and the characters of the text it stands for."""

    id: int
    start: int
    end: int


class WordPiece:
    """A vocabulary that cuts text into pieces.

    >>> WordPiece(["[UNK]", "talk", "##s"]).pieces("Talks")
    [Piece(id=1, start=0, end=5), Piece(id=2, start=0, end=5)]
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """`vocabulary` lists the pieces in the order of their numbers."""
        self._ids: Mapping[str, int] = {piece: i for i, piece in enumerate(vocabulary)}

    def id_of(self, piece: str) -> int:
        """The number of a piece; that of `[UNK]` where the vocabulary lacks it."""
        return self._ids.get(piece, self._ids[UNKNOWN])

    def pieces(self, text: str) -> list[Piece]:
        """The pieces of `text`, in order; those of one word share its offsets."""
        found = []
        for match in _WORD_OR_SIGN.finditer(text):
            start, end = match.span()
            for word in _parts(_plain(match.group())):
                found += [Piece(number, start, end) for number in self._longest(word)]
        return found

    def _longest(self, word: str) -> list[int]:
        """The longest known pieces of one word, from the left."""
        if len(word) > LONGEST_WORD:
            return [self._ids[UNKNOWN]]
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._ids.get(("##" if start else "") + word[start:end])
                if number is not None:
                    break
            else:
                return [self._ids[UNKNOWN]]
            found.append(number)
            start = end
        return found


def _plain(word: str) -> str:
    """Lower case without accents."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in letters if unicodedata.category(c) != "Mn")


def _parts(word: str) -> list[str]:
    """A word in the parts that BERT cuts before looking: at underscores and at each Han sign."""
    if word.isascii() and "_" not in word:
        return [word]
    return [part for part in re.split(r"(_|[\u3400-\u9fff\uf900-\ufaff])", word) if part]
