"""Finds the paragraphs of a text: one a line, or wrapped lines with blank lines between.

Comes after `normal` (or `page`), before `boilerplate`. News reaches us both ways, and mixed. A text
is taken for wrapped when most of its neighbouring lines run on into each other; then a line is
joined with the next one if that one's first word would not have fitted. What it leaves out:
columns, and words hyphenated over a line's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

# A wrapped line is at least and at most this long. Terminals wrap at 72 to 80, mails up to 100.
NARROW, WIDE = 40, 120
# The share of neighbouring lines that must run on for a text to be wrapped, and the share of the
# widest line that a line and the next word must exceed for the next line to belong to it.
RUN_ON, FULL = 0.5, 0.8
_STOPS = frozenset('.!?…:;"”’»)]')
_BULLET = re.compile(r"[•◦▪●■►▶–—*+\-][ \t]|\(?\d{1,2}[.)][ \t]|[-=_*]{3,}")
_WORD = re.compile(r"\S+")


class Block(Struct, frozen=True):
    """A paragraph of the reading text. `kind` is "" for story, else what was found instead.

    `tag` is the HTML element it came from ("p" for plain text), `region` the kind that its place
    on the page suggests ("" in the body), `chosen` whether the extractor took it for the story.
    """

    start: int
    end: int
    kind: str = ""
    tag: str = "p"
    region: str = ""
    chosen: bool = True


class Line(NamedTuple):
    """A line with words on it: its bounds without blanks, its indent, if a blank line precedes."""

    start: int
    end: int
    indent: int
    after_blank: bool


def paragraphs(text: str, start: int, end: int) -> list[Block]:
    """Return the paragraphs between two offsets, in order, without the blanks around them."""
    lines = list(_lines(text, start, end))
    width = _width(text, lines)
    blocks: list[Block] = []
    for k, line in enumerate(lines):
        if k and _joins(text, lines[k - 1], line, width):
            blocks[-1] = Block(blocks[-1].start, line.end)
        else:
            blocks.append(Block(line.start, line.end))
    return blocks


def is_bullet(text: str, start: int) -> bool:
    """Whether an item of a list, or a rule across the page, begins here."""
    return _BULLET.match(text, start) is not None


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    after_blank = True
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        words = text[start:stop]
        stripped = words.lstrip()
        indent = len(words) - len(stripped)
        stripped = stripped.rstrip()
        if stripped:
            yield Line(start + indent, start + indent + len(stripped), indent, after_blank)
        after_blank = not stripped
        start = stop + 1


def _width(text: str, lines: list[Line]) -> int:
    """Return the width at which the text is wrapped, 0 if it is not."""
    sizes = [line.end - line.start for line in lines]
    if not sizes or max(sizes) > WIDE:
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    open_ends = sum(_runs_on(text, a) for a, _ in pairs)
    small = sum(text[b.start].islower() for _, b in pairs)
    wrapped = open_ends > RUN_ON * len(pairs) and small * 5 >= len(pairs)
    return max(sizes) if wrapped else 0


def _runs_on(text: str, line: Line) -> bool:
    return line.end - line.start >= NARROW and text[line.end - 1] not in _STOPS


def _joins(text: str, line: Line, following: Line, width: int) -> bool:
    if following.after_blank or is_bullet(text, following.start):
        return False
    if text[following.start].islower() and _runs_on(text, line):
        return True
    if not width or following.indent > line.indent + 1:
        return False
    word = _WORD.match(text, following.start)
    return line.end - line.start + 1 + (len(word[0]) if word else 0) > FULL * width
