"""The parser behind a plain face: a sentence in, tokens with a dependency tree out.

Comes after `sentences`; feeds `events/`. The tree is spaCy's (labels of the English CLEAR style:
nsubj, dobj, prep, pobj ...), read by `engine` and turned into records of our own, so that nothing
downstream depends on the parser's classes and a parse can be written by hand in a test.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, takewhile
from typing import Any

from detente.knowledge.tables import rows
from detente.text.engine import Word, engine

# A longer sentence is cut for the parser (its time is linear, its sense is not): a table, a list.
MAX_TOKENS_CHARACTERS = 2_000


class Token:
    """One word of a parse. `start` and `end` count in the reading text of the story."""

    __slots__ = (
        "children", "dep", "end", "head", "i", "lemma", "lower", "pos", "start", "tag", "text",
    )  # fmt: skip

    def __init__(
        self, i: int, text: str, lower: str, lemma: str, pos: str, tag: str, dep: str, start: int
    ) -> None:
        self.i = i
        self.text = text
        self.lower = lower
        self.lemma = lemma
        self.pos = pos
        self.tag = tag
        self.dep = dep
        self.start = start
        self.end = start + len(text)
        self.head: Token = self
        self.children: list[Token] = []

    def __repr__(self) -> str:
        return f"<{self.i} {self.text} {self.dep}>{self.head.text}>"

    @property
    def is_root(self) -> bool:
        """Whether nothing governs this token."""
        return self.head is self

    def by_dep(self, *deps: str) -> list[Token]:
        """The children that hang by one of these labels, in order."""
        return [child for child in self.children if child.dep in deps]

    def subtree(self) -> list[Token]:
        """This token and all below it, in the order of the text."""
        found: list[Token] = []
        stack = [self]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.children)
        return sorted(found, key=lambda token: token.i)

    def ancestors(self) -> Iterator[Token]:
        """The governors of this token, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token


class Parse(Sequence[Token]):
    """The tokens of one sentence, in order, with their tree."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, index: Any) -> Any:
        return self.tokens[index]

    def within(self, start: int, end: int) -> list[Token]:
        """The tokens that lie in a stretch of the reading text."""
        first = bisect_left(self.tokens, start, key=lambda token: token.start)
        inside = takewhile(lambda token: token.start <= end, islice(self.tokens, first, None))
        return [token for token in inside if token.end <= end]


@cache
def _lemma_fixes() -> dict[str, str]:
    return {row["form"]: row["lemma"] for row in rows("lemma_fixes.tsv")}


def lemma_of(form: str, lemma: str, pos: str) -> str:
    """The lemma of a form; the model's own, but for those it is known to get wrong."""
    if pos not in ("VERB", "AUX", "ADJ"):
        return lemma
    return _lemma_fixes().get(form, lemma)


def parse_sentences(texts: Sequence[str], starts: Sequence[int]) -> list[Parse]:
    """Parse sentences; `starts` are their offsets in the reading text. One Parse each, same order.

    Each text is parsed as a single sentence: the splitter has already decided where it ends.
    """
    if not texts:
        return []
    cut = [text[:MAX_TOKENS_CHARACTERS] for text in texts]
    return [_convert(words, start) for words, start in zip(engine().read(cut), starts, strict=True)]


def _convert(words: Sequence[Word], offset: int) -> Parse:
    tokens = [
        Token(i, text, lower, lemma_of(lower, lemma, pos), pos, tag, dep, offset + start)
        for i, ((text, lower, lemma, pos, tag), dep, start, _) in enumerate(words)
    ]
    for word, token in zip(words, tokens, strict=True):
        head = tokens[word.head]
        token.head = head
        if head is not token:
            head.children.append(token)
    return Parse(tokens)
