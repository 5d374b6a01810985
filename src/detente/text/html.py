"""Reads a web page: its visible text in blocks, with the place of each character in the source.

First step for a page. A tokenizer of our own walks the source once, without a tree, so that ten
thousand nested elements or broken markup cost no more than their length, and every character can be
traced back. Which blocks are the story is decided in `page`. What it leaves out: text that scripts
write, and style sheets (only `hidden` and inline styles hide).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

from detente.knowledge.press import PageTags, page_tags
from detente.text.layout import Block, paragraphs
from detente.text.normal import clean

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,60})")
_TAG_PART = re.compile(r"[>\"']")
_ENTITY = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)")
_CHARACTERS = re.compile(
    r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)|\s+|[^&\s]+|&"
)


_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HIDDEN = re.compile(r"\shidden(?=[\s>=/])")


class Piece(NamedTuple):
    """A tag, or text between tags. `name` is "" for text, "/p" for a closing tag."""

    start: int
    end: int
    name: str


class Page(NamedTuple):
    """The visible text of a page, its blocks, and each character's place in the source."""

    text: str
    blocks: list[Block]
    offsets: list[int]


class _Builder:
    """Collects the characters of the reading text with their offsets, block by block."""

    def __init__(self) -> None:
        self.signs: list[str] = []
        self.offsets: list[int] = []
        self.last_end = 0
        self.block_start = 0
        self.blocks: list[Block] = []

    def add(self, sign: str, start: int, end: int) -> None:
        self.signs.append(sign)
        self.offsets.append(start)
        self.last_end = end

    def blank(self, offset: int) -> None:
        """One blank for any run of them, none at the start of a block or line."""
        if len(self.signs) > self.block_start and self.signs[-1] not in " \n":
            self.signs.append(" ")
            self.offsets.append(offset)

    def line(self) -> None:
        if len(self.signs) > self.block_start:
            self.signs.append("\n")
            self.offsets.append(self.last_end)

    def close(self, tag: str, region: str) -> None:
        """End the block; a blank line parts it from the next."""
        while len(self.signs) > self.block_start and self.signs[-1] in " \n":
            self.signs.pop()
            self.offsets.pop()
        if len(self.signs) > self.block_start:
            self.blocks.append(Block(self.block_start, len(self.signs), "", tag, region))
            self.signs += "\n\n"
            self.offsets += [self.last_end, self.last_end]
        self.block_start = len(self.signs)


def read_blocks(source: str) -> Page:
    """Return the visible text of a page's source, in blocks."""
    tags = page_tags()
    builder = _Builder()
    state = _State(tags)
    for piece in pieces(source):
        if not piece.name:
            if not state.hidden:
                _add_text(builder, source, piece, state.preformatted)
            continue
        name = piece.name.lstrip("/")
        if name in _blocks():
            builder.close(state.block, state.region)
        if name == "br":
            builder.line()
        state.take(piece, source)
    builder.close(state.block, state.region)
    text = clean("".join(builder.signs))
    return Page(text, list(_split(text, builder.blocks)), builder.offsets)


class _State:
    """Which elements are open: enough of the tree to know what is hidden and in which region."""

    def __init__(self, tags: PageTags) -> None:
        self.tags = tags
        self.open: list[str] = []
        self.counts: dict[str, int] = {}
        self.hiding: list[int] = []
        self.regions: list[tuple[int, str]] = []
        self.block = "p"

    @property
    def hidden(self) -> bool:
        return bool(self.hiding)

    @property
    def region(self) -> str:
        return self.regions[-1][1] if self.regions else ""

    @property
    def preformatted(self) -> bool:
        return bool(self.counts.get("pre"))

    def take(self, piece: Piece, source: str) -> None:
        name = piece.name.lstrip("/")
        if piece.name.startswith("/"):
            self._close(name)
        elif name not in _void():
            self._open(name, source[piece.start : min(piece.end, piece.start + 2000)])
        if name in _blocks():
            self.block = name if not piece.name.startswith("/") else "p"

    def _open(self, name: str, tag: str) -> None:
        if name in _blocks() and name != "html":
            self._close("head")  # its own closing tag may be left out
        self.open.append(name)
        self.counts[name] = self.counts.get(name, 0) + 1
        if name in _unseen() or _hides(tag):
            self.hiding.append(len(self.open))
        if name in self.tags.regions:
            self.regions.append((len(self.open), name))

    def _close(self, name: str) -> None:
        """Close the element, and those left open inside it; a closing tag of nothing is nothing."""
        if not self.counts.get(name):
            return
        while self.open:
            last = self.open.pop()
            self.counts[last] -= 1
            if last == name:
                break
        depth = len(self.open)
        while self.hiding and self.hiding[-1] > depth:
            self.hiding.pop()
        while self.regions and self.regions[-1][0] > depth:
            self.regions.pop()


def pieces(source: str) -> Iterator[Piece]:
    """Yield tags and the text between them, in order; comments and raw content are passed over."""
    position = 0
    raw = frozenset(page_tags().raw)
    unclosed: set[str] = set()
    while position < len(source):
        start = source.find("<", position)
        start = len(source) if start < 0 else start
        if start > position:
            yield Piece(position, start, "")
        if start == len(source):
            return
        match = _TAG.match(source, start)
        if match is None:
            position = _not_a_tag(source, start)
            if position == start + 1:
                yield Piece(start, position, "")
            continue
        end = _tag_end(source, match.end(), unclosed)
        if end < 0:
            return
        name = match[2].lower()
        yield Piece(start, end, match[1] + name)
        position = end
        if name in raw and not match[1] and source[end - 2] != "/":
            position = _raw_end(source, end, name)


def _not_a_tag(source: str, start: int) -> int:
    """Return the end of a comment, doctype or stray closing; one further for a mere '<'."""
    if source.startswith("<!--", start):
        end = source.find("-->", start + 4)
        return len(source) if end < 0 else end + 3
    if source.startswith(("<!", "<?", "</"), start):
        end = source.find(">", start)
        return len(source) if end < 0 else end + 1
    return start + 1


def _tag_end(source: str, position: int, unclosed: set[str]) -> int:
    """Return the offset after the tag's '>', quoted values skipped; -1 if there is none.

    `unclosed` remembers the quotes known to have no partner further on, so that no stretch of the
    source is searched twice.
    """
    begin = position
    while match := _TAG_PART.search(source, position):
        if match[0] == ">":
            return match.end()
        position = match.end()
        if match[0] in unclosed or source[match.start() - 1] not in "= \t\n":
            continue
        partner = source.find(match[0], position)
        if partner < 0:
            unclosed.add(match[0])
        else:
            position = partner + 1
    plain_end = source.find(">", begin)
    return plain_end + 1 if plain_end >= 0 else -1


def _raw_end(source: str, position: int, name: str) -> int:
    closing = re.compile(rf"</{re.escape(name)}", re.IGNORECASE).search(source, position)
    return closing.start() if closing else len(source)


def _add_text(builder: _Builder, source: str, piece: Piece, preformatted: bool) -> None:
    for match in _CHARACTERS.finditer(source, piece.start, piece.end):
        words = match[0]
        if words.isspace():
            _add_blank(builder, words, match.start(), preformatted)
        elif words[0] == "&" and len(words) > 1:
            for sign in unescape(words):
                if sign.isspace():
                    builder.blank(match.start())
                else:
                    builder.add(sign, match.start(), match.end())
        else:
            builder.signs += words
            builder.offsets += range(match.start(), match.end())
            builder.last_end = match.end()


def _add_blank(builder: _Builder, blanks: str, start: int, preformatted: bool) -> None:
    if not preformatted or "\n" not in blanks:
        builder.blank(start)
        return
    for _ in range(min(blanks.count("\n"), 2)):
        builder.line()


def _split(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Part a block where line breaks make paragraphs of it."""
    for block in blocks:
        if text.find("\n", block.start, block.end) < 0:
            yield block
            continue
        for part in paragraphs(text, block.start, block.end):
            yield Block(part.start, part.end, "", block.tag, block.region)


def _hides(tag: str) -> bool:
    lowered = tag.lower()
    if any(style in lowered for style in page_tags().hidden):
        return True
    return " hidden" in lowered and _HIDDEN.search(_QUOTED.sub("", lowered)) is not None


@cache
def _blocks() -> frozenset[str]:
    return frozenset(page_tags().block)


@cache
def _void() -> frozenset[str]:
    return frozenset(page_tags().void)


@cache
def _unseen() -> frozenset[str]:
    return frozenset(page_tags().unseen)
