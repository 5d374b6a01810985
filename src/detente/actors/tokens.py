"""Cuts a sentence into words as the gazetteer knows them.

The first step of `actors/`: before it a `Sentence`, after it `segment`. A hyphen or slash between
two words is no word but a mark on the second (`joined`), and so is a possessive ending on its
word (`poss`): 'US-China', "China's". It does not parse: no tags, no lemmas.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from ..knowledge import actors as known

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+){0,6}"  # 1,000
    r"|(?:[A-Za-z]\.){2,6}[A-Za-z]?(?![^\W_])"  # U.S., D.C.
    r"|[A-Z]\.(?=\s+[A-Z])"  # an initial
    r"|[^\W_]+(?:['’ʼʻ‘`][^\W_]+){0,3}"  # words, N'Djamena
    r"|\S"
)
_JOINERS = "-‐‑–/"
_APOSTROPHES = "'’ʼ"
# What is known of a word is kept for the next time, but not of one longer than this.
LONGEST_KEPT = 40


class Token:
    """One word or mark. `start` and `end` count in the text cut; `end` is before a possessive 's.

    `norm` is lower case without accents and full stops; `bare` the same with its case; `joined`
    says that only a hyphen or slash parts it from the word before.
    """

    __slots__ = ("bare", "cap", "cls", "end", "joined", "norm", "poss", "start", "word")

    def __init__(self, text: str, start: int, end: int, joined: bool) -> None:
        shape = _shape(text) if len(text) <= LONGEST_KEPT else _shape.__wrapped__(text)
        self.bare, self.norm, self.word, self.cap, self.cls = shape
        self.start = start
        self.end = end
        self.joined = joined
        self.poss = False

    def __repr__(self) -> str:
        return f"<{self.bare}>"


@lru_cache(maxsize=1 << 16)
def _shape(text: str) -> tuple[str, str, bool, bool, str]:
    """Of a word without its possessive: `bare`, `norm`, `word`, `cap` and `cls`."""
    bare = fold(text)
    if "." in bare and len(bare) > 1 and not bare[0].isdigit():
        bare = bare.replace(".", "")
    norm = bare.lower()
    word = norm[0].isalnum()
    return bare, norm, word, word and bare[0] != norm[0], _classes().get(norm, "")


@cache
def _classes() -> dict[str, str]:
    """Word to its closed class; the earlier class in the file wins."""
    found: dict[str, str] = {}
    for name, words in known.grammar()["classes"].items():
        for word in words:
            found.setdefault(word, name)
    return found


@cache
def _folds() -> dict[int, str]:
    return {ord(sign): plain for sign, plain in known.grammar()["folds"].items()}


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(known.grammar()["abbreviations"])


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Take the accents off: `fold("Yaoundé") == "Yaounde"`."""
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word.translate(_folds()))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)) or word


def tokenise(text: str, offset: int = 0) -> list[Token]:
    """Cut a text into tokens; `offset` is added to all positions."""
    tokens: list[Token] = []
    joined = False
    skip_until = -1
    abbreviations = _abbreviations()
    size = len(text)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < skip_until:
            continue
        sign = text[start]
        if end - start == 1 and not sign.isalnum():
            if sign in _JOINERS and 0 < start < size - 1 and _glued(text, start):
                joined = True
                continue
            if sign in _APOSTROPHES and tokens and _plural_possessive(text, start, tokens[-1]):
                tokens[-1].poss = True
                continue
            tokens.append(Token(sign, start + offset, end + offset, False))
            joined = False
            continue
        word = match.group()
        if word[-1] in "sS" and end - start > 2 and word[-2] in _APOSTROPHES:
            token = Token(word[:-2], start + offset, end - 2 + offset, joined)
            token.poss = True
        else:
            token = Token(word, start + offset, end + offset, joined)
            if end < size and text[end] == "." and token.norm in abbreviations:
                skip_until = end + 1
                token.end += 1
        tokens.append(token)
        joined = False
    return tokens


def _glued(text: str, at: int) -> bool:
    return (text[at - 1].isalnum() and text[at + 1].isalnum()) or (
        text[at - 1] in ".’'" and text[at + 1].isalnum()
    )  # fmt: skip


def _plural_possessive(text: str, at: int, last: Token) -> bool:
    """Whether the mark at `at` is the genitive of a plural: the Houthis' leader."""
    return last.norm[-1] == "s" and text[at - 1] in "sS" and text[at + 1 : at + 2] == " "


def normal_words(phrase: str) -> list[Token]:
    """The tokens of a phrase of the tables, as the gazetteer stores them."""
    return tokenise(phrase)
