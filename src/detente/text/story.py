"""Makes a story of a document: clean, dated sentences, and what is known of who tells it.

The way, one step a line of `read_story`:
1. the reading text with its paragraphs (`normal` and `layout`; for a page `html` and `page`);
2. what is not the story (`boilerplate`);
3. title, bylines, dateline, agency (`masthead`);
4. the day of publication (`published`);
5. the sentences (`sentences`);
6. the language (`language`) and how sound it all is (`quality`).
Comes before everything that codes. What it leaves out: the meaning of any word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from detente.model import Document, Removed, Sentence, SentenceKind, Span, Story
from detente.text.boilerplate import altered_trust, mark
from detente.text.dateline import agency_named
from detente.text.header import read_header
from detente.text.language import language_of
from detente.text.layout import Block, is_bullet, paragraphs
from detente.text.masthead import Masthead, read_masthead
from detente.text.normal import clean
from detente.text.page import read_page
from detente.text.published import publication_day
from detente.text.quality import Made, judge
from detente.text.sentences import ends_with_stop, sentence_spans

# Characters beyond which a text is not coded (60,000 words are no story), and of a page's source.
LONGEST, LONGEST_PAGE = 400_000, 8_000_000
# A heading has at most so many words.
HEADING = 12


class Reading(Struct, frozen=True):
    """A document made readable: paragraphs, and what the page or the file's head tells of it."""

    text: str
    blocks: tuple[Block, ...]
    offsets: tuple[int, ...] | None = None
    removed: tuple[Removed, ...] = ()
    title: str | None = None
    date: dt.date | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    url: str | None = None
    too_long: bool = False


def read_story(document: Document) -> Story:
    """Return the story that a document holds.

    Offsets in the result count in `Story.text`; `to_given` takes them back to the document. Every
    document gives a story, be it an empty one: `quality` says what is wrong with it.
    """
    reading = _read(document)
    known = _completed(document, reading)
    blocks, inside = mark(reading.text, reading.blocks)
    head = read_masthead(known, reading.text, blocks, inside)
    day = publication_day(
        msgspec.structs.replace(known, date=document.date),
        reading.date, reading.text, head.blocks, head.dateline,
    )  # fmt: skip
    removed = _all_removed(reading, day.blocks, [*inside, *head.removed])
    sentences = tuple(_sentences(reading.text, day.blocks, removed, head.title_block))
    language = language_of(" ".join(s.text for s in sentences[:60] if s.kind == "body"))
    quality = judge(
        Made(
            text=reading.text,
            sentences=sentences,
            removed=removed,
            language=language,
            too_long=reading.too_long,
            is_page=reading.offsets is not None,
            title=head.title,
            altered_trust=altered_trust(reading.text, day.blocks),
        )
    )
    return Story(
        text=reading.text,
        sentences=sentences,
        removed=removed,
        title=head.title,
        date=day.date,
        date_source=day.source,
        agency=head.agency,
        dateline=head.dateline.place if head.dateline else None,
        bylines=_bylines(head, reading),
        language=language,
        quality=quality,
        offsets=reading.offsets,
    )


def to_given(story: Story, start: int, end: int) -> Span:
    """Return where a stretch of the reading text stands in the document as given.

    For plain text the same offsets; for a page offsets in its source, so that the stretch may hold
    tags and entities. An entity at the end is taken whole.
    """
    offsets = story.offsets
    if offsets is None:
        return Span(start, end)
    if start >= len(offsets):
        last = offsets[-1] + 1 if offsets else 0
        return Span(last, last)
    first = offsets[start]
    if end <= start:
        return Span(first, first)
    return Span(first, max(first + 1, _end_of(story.text, offsets, min(end, len(offsets)) - 1)))


def _end_of(text: str, offsets: Sequence[int], last: int) -> int:
    """Return the end in the source of one character of the reading text.

    A letter, figure or common sign is one character there too; others may be written as an entity,
    which ends where the next character begins. The longest entities have some ten characters.
    """
    end = offsets[last] + 1
    sign = text[last]
    if sign.isascii() and sign not in "\"'&<>":
        return end
    following = last + 1
    while following < len(offsets) and offsets[following] == offsets[last]:
        following += 1
    if following < len(offsets) and offsets[following] - offsets[last] <= 10:
        return max(end, offsets[following])
    return end


def _read(document: Document) -> Reading:
    if document.markup == "html":
        return _read_html(document)
    header = read_header(document.text)
    text = clean(document.text)
    limit = len(text) if len(text) <= LONGEST else _cut(text, LONGEST)
    blocks = paragraphs(text, header.end, limit)
    text = _unwrapped(text, blocks)
    removed = [Removed(0, header.end, "header")] if header.end else []
    if limit < len(text):
        removed.append(Removed(limit, len(text), "too_long"))
    return Reading(
        text=text,
        blocks=tuple(blocks),
        removed=tuple(removed),
        title=header.title,
        date=header.date,
        source=header.source,
        url=header.url,
        too_long=limit < len(text),
    )


def _read_html(document: Document) -> Reading:
    source = document.text
    page = read_page(source[:LONGEST_PAGE], document.url)
    kept = [block for block in page.blocks if block.start < LONGEST]
    return Reading(
        text=page.text,
        blocks=tuple(kept),
        offsets=page.offsets,
        removed=tuple(Removed(b.start, b.end, "too_long") for b in page.blocks[len(kept) :]),
        title=page.title,
        date=page.date,
        authors=page.authors,
        source=page.site,
        too_long=len(source) > LONGEST_PAGE or len(kept) < len(page.blocks),
    )


def _cut(text: str, limit: int) -> int:
    """Return the last line's end before the limit, or blank, or the limit itself."""
    for sign in "\n ":
        found = text.rfind(sign, limit - 20_000, limit)
        if found > 0:
            return found
    return limit


def _unwrapped(text: str, blocks: Sequence[Block]) -> str:
    """Turn the line ends inside paragraphs into blanks, one for one."""
    parts: list[str] = []
    position = 0
    for block in blocks:
        parts.append(text[position : block.start])
        parts.append(text[block.start : block.end].replace("\n", " "))
        position = block.end
    return "".join([*parts, text[position:]])


def _completed(document: Document, reading: Reading) -> Document:
    """Fill in what the document leaves open from its page or head."""
    return msgspec.structs.replace(
        document,
        title=document.title or reading.title,
        source=document.source or reading.source,
        url=document.url or reading.url,
    )


def _all_removed(
    reading: Reading, blocks: Sequence[Block], inside: Sequence[Removed]
) -> tuple[Removed, ...]:
    """Gather what is not the story: whole blocks, and stretches of blocks that stay."""
    whole = [Removed(block.start, block.end, block.kind) for block in blocks if block.kind]
    taken: list[Removed] = []
    for removed in sorted([*reading.removed, *whole, *inside]):
        if not taken or removed.start >= taken[-1].end:
            taken.append(removed)
    return tuple(taken)


def _sentences(
    text: str, blocks: Sequence[Block], removed: Sequence[Removed], title_block: int | None
) -> Iterator[Sentence]:
    index = paragraph = 0
    kinds = _kinds(text, blocks, title_block)
    gaps = _Gaps(removed)
    for block, kind in zip(blocks, kinds, strict=True):
        if block.kind:
            continue
        for start, end in gaps.kept(block.start, block.end):
            whole = [(start, end)] if kind != "body" and end - start < 400 else None
            for begin, stop in whole or sentence_spans(text, start, end):
                words = text[begin:stop]
                yield Sentence(index, begin, stop, words, paragraph, kind)
                index += 1
        paragraph += 1


class _Gaps:
    """Walks once through the removed stretches, in step with the blocks."""

    def __init__(self, removed: Sequence[Removed]) -> None:
        self.removed = removed
        self.position = 0

    def kept(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield what is left of a block between the stretches taken out of it."""
        while self.position < len(self.removed) and self.removed[self.position].end <= start:
            self.position += 1
        k = self.position
        while k < len(self.removed) and self.removed[k].start < end:
            if self.removed[k].start > start:
                yield start, self.removed[k].start
            start = max(start, self.removed[k].end)
            k += 1
        if start < end:
            yield start, end


def _kinds(text: str, blocks: Sequence[Block], title_block: int | None) -> list[SentenceKind]:
    """Say of each block whether it is title, heading or body."""
    kinds: list[SentenceKind] = ["body"] * len(blocks)
    follows = False
    for k in range(len(blocks) - 1, -1, -1):
        if k == title_block:
            kinds[k] = "title"
        elif not blocks[k].kind:
            if follows and _is_heading(text, blocks[k]):
                kinds[k] = "heading"
            else:
                follows = True
    return kinds


def _is_heading(text: str, block: Block) -> bool:
    """A short line without a stop, with a capital first, that is no item of a list."""
    line = text[block.start : min(block.end, block.start + 200)]
    if block.end - block.start >= 200 or line.count(" ") >= HEADING or is_bullet(text, block.start):
        return False
    if block.tag in ("li", "td", "th", "dd"):
        return False
    first = line.lstrip("“\"'‘(")[:1]
    return first.isalnum() and not first.islower() and not _has_end(line)


def _has_end(line: str) -> bool:
    return ends_with_stop(line) or line[-1] in ":;,|" or "\t" in line


def _bylines(head: Masthead, reading: Reading) -> tuple[str, ...]:
    """Add the authors that the page names to those that sign; agencies and e-mails are none."""
    authors = [
        name for name in reading.authors
        if " " in name and "@" not in name and agency_named(name) is None
    ]  # fmt: skip
    return tuple(dict.fromkeys([*head.bylines, *authors]))
