"""Decides which blocks of a page are the story, and reads what the page says of itself.

Comes after `html`. The extractor (trafilatura) knows pages; we ask it for the story's words and
match them with our blocks by runs of words, because it gives no offsets. Where it fails, or the
page is too wild to be given to it, the blocks' own shape decides. What it leaves out: pages of
several stories.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from detente.knowledge.press import page_tags
from detente.text.boilerplate import is_prose
from detente.text.header import iso_day
from detente.text.html import Page, read_blocks
from detente.text.layout import Block
from detente.text.normal import letters_only

# A page with more characters or tags is not given to the extractor, whose time may not be linear.
LARGEST, MOST_TAGS, DEEPEST = 3_000_000, 60_000, 400
# Blocks are matched by runs of so many words; so large a share of the runs must be the story's.
RUN, SHARE = 5, 0.7


class ReadPage(Struct, frozen=True):
    """A page: its reading text, blocks with kinds, offsets, and what its metadata say."""

    text: str
    blocks: tuple[Block, ...]
    offsets: tuple[int, ...]
    title: str | None = None
    date: dt.date | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None


def read_page(source: str, url: str | None = None) -> ReadPage:
    """Read a page's source. `url` helps the extractor with the site's name and the day."""
    page = read_blocks(source)
    extracted = _extract(source, url)
    words = str(getattr(extracted, "text", "") or "")
    kept = _kept(page, words)
    return ReadPage(
        text=page.text,
        blocks=tuple(
            block if chosen else _other(block)
            for block, chosen in zip(page.blocks, kept, strict=True)
        ),
        offsets=tuple(page.offsets),
        title=_text(extracted, "title"),
        date=iso_day(_text(extracted, "date") or ""),
        authors=_authors(_text(extracted, "author")),
        site=_text(extracted, "sitename") or _text(extracted, "hostname"),
    )


def _extract(source: str, url: str | None) -> Any:
    """Ask the extractor; None where it has nothing or gives up."""
    if len(source) > LARGEST or source.count("<") > MOST_TAGS or _depth(source) > DEEPEST:
        return None
    import trafilatura

    # No day is refused for being in the future: that would ask the clock. And only what the page
    # declares is taken for its date: a guess from its text is `published`'s to make.
    dates = {"max_date": "2200-01-01", "extensive_search": False, "original_date": True}
    try:
        return trafilatura.bare_extraction(
            source,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params=dates,
        )
    except Exception:  # broken markup breaks it in ways it does not document
        return None


def _depth(source: str) -> int:
    """Return how deep divisions are nested at the most: the extractor recurses on them."""
    from detente.text.html import pieces

    depth = deepest = 0
    void = frozenset(page_tags().void)
    for piece in pieces(source):
        if piece.name.startswith("/"):
            depth = max(0, depth - 1)
        elif piece.name and piece.name not in void and piece.name not in ("p", "li"):
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _kept(page: Page, words: str) -> list[bool]:
    """Say of each block whether it is the story's."""
    runs, lines = _runs(words), {letters_only(line) for line in words.splitlines()}
    kept = [_matches(page.text, block, runs, lines) for block in page.blocks]
    prose = [_is_body(page.text, block) for block in page.blocks]
    if sum(kept) == 0 or not any(k and p for k, p in zip(kept, prose, strict=True)):
        kept = prose
    return _with_title(page, _rescued(kept, prose))


def _matches(text: str, block: Block, runs: set[tuple[str, ...]], lines: set[str]) -> bool:
    words = text[block.start : block.end]
    if letters_only(words) in lines:
        return True
    own = _runs(words)
    return len(own) > 0 and sum(run in runs for run in own) >= SHARE * len(own)


def _runs(words: str) -> set[tuple[str, ...]]:
    """Return the runs of words in each line; they do not depend on signs or letters' case."""
    runs: set[tuple[str, ...]] = set()
    for line in words.splitlines():
        keys = [key for key in map(letters_only, line.split()) if key]
        runs.update(zip(*(keys[k:] for k in range(RUN)), strict=False))
    return runs


def _is_body(text: str, block: Block) -> bool:
    return block.region not in page_tags().never and is_prose(text, block)


def _rescued(kept: Sequence[bool], prose: Sequence[bool]) -> list[bool]:
    """Keep the prose between the first and the last block of the story, whatever was said of it."""
    places = [k for k, chosen in enumerate(kept) if chosen]
    if not places:
        return list(kept)
    first, last = places[0], places[-1]
    return [chosen or (first < k < last and prose[k]) for k, chosen in enumerate(kept)]


def _with_title(page: Page, kept: list[bool]) -> list[bool]:
    """The last h1 before the story is its headline, whether the extractor gave it or not."""
    first = kept.index(True) if True in kept else 0
    heads = [k for k, block in enumerate(page.blocks[: first + 1]) if block.tag == "h1"]
    return [chosen or k in heads[-1:] for k, chosen in enumerate(kept)]


def _other(block: Block) -> Block:
    kind = page_tags().regions.get(block.region, "navigation")
    return msgspec.structs.replace(block, kind=kind, chosen=False)


def _text(extracted: Any, name: str) -> str | None:
    value = getattr(extracted, name, None)
    return str(value).strip() or None if value else None


def _authors(value: str | None) -> tuple[str, ...]:
    parts = (part.strip() for part in (value or "").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))
