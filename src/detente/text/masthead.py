"""Reads who tells a story: title, byline, dateline, agency.

Comes after `boilerplate`, before the sentences: it names the blocks at the top (title, bylines,
lines of day and reading time) and the dateline in front of the first sentence. Names are spelled
as in the text. What it leaves out: the day of publication (`published`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from msgspec import Struct

from detente.knowledge.press import agencies, credit_words, masthead_words
from detente.model import Document, Removed
from detente.text.boilerplate import with_kind
from detente.text.credits import names, reporters
from detente.text.dateline import Dateline, agency_named, read_dateline
from detente.text.dates import explicit_dates
from detente.text.layout import Block
from detente.text.normal import letters_only, plain
from detente.text.sentences import ends_with_stop

# A title is no longer than this, in words; a byline in characters; the top of a story in blocks.
TITLE_WORDS, BYLINE, TOP = 30, 200, 8
_SPEAKER = re.compile(r"[A-Z][A-Z.'’ -]{1,40}:\s")
_PARTS = re.compile(r"\s*[,|/·•–—]\s*|\s+-\s+|\s+(?:for|at|of|in)\s+")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,4}")


class Masthead(Struct, frozen=True):
    """What stands over a story. `title_block` is the index of the block that is its title."""

    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...]
    title: str | None
    title_block: int | None
    bylines: tuple[str, ...]
    agency: str | None
    dateline: Dateline | None


def read_masthead(
    document: Document, text: str, blocks: Sequence[Block], inside: Sequence[Removed]
) -> Masthead:
    """Read the top and the credits of a story whose other boilerplate is marked already.

    `inside` are the stretches taken out of blocks that stay.
    """
    title_block = _title_block(document, text, blocks)
    marked, signed = _bylines(text, list(blocks), title_block)
    place, dateline = _dateline(text, marked, title_block)
    removed = []
    if place is not None and dateline:
        start = marked[place].start
        removed.append(Removed(start, start + dateline.end, "dateline"))
    credits = _credit_lines(text, marked, inside)
    people = [*signed, *(name for line in credits for name in reporters(line))]
    title = document.title
    if title is None and title_block is not None:
        title = text[marked[title_block].start : marked[title_block].end]
    return Masthead(
        blocks=tuple(marked),
        removed=tuple(removed),
        title=title,
        title_block=title_block,
        bylines=tuple(dict.fromkeys(people)),
        agency=_agency(document, text, marked, credits, dateline),
        dateline=dateline,
    )


def _title_block(document: Document, text: str, blocks: Sequence[Block]) -> int | None:
    """Return the headline: the first block, if it is no sentence and others follow."""
    kept = [k for k, block in enumerate(blocks) if not block.kind]
    if len(kept) < 2:
        return None
    given = letters_only(document.title or "")
    for k in kept[:TOP]:
        if blocks[k].tag == "h1" or (given and _reads(text, blocks[k]) == given):
            return k
    first = blocks[kept[0]]
    line = text[first.start : min(first.end, first.start + 400)]
    if first.end - first.start > 300 or line.count(" ") >= TITLE_WORDS or ends_with_stop(line):
        return None
    if _SPEAKER.match(line) or read_dateline(line) or _signed(line):
        return None
    return kept[0]


def _reads(text: str, block: Block) -> str:
    return letters_only(text[block.start : min(block.end, block.start + 400)])


def _bylines(
    text: str, blocks: list[Block], title_block: int | None
) -> tuple[list[Block], list[str]]:
    """Mark the lines among the first ones that name the authors."""
    found: list[str] = []
    kept = [k for k, block in enumerate(blocks) if not block.kind and k != title_block]
    for k in [*_passed_over(blocks, kept), *kept[:TOP], *kept[-1:]]:
        block = blocks[k]
        if block.kind not in ("", "navigation") or block.end - block.start > BYLINE:
            continue
        people = _signed(text[block.start : block.end])
        if people is None and k < kept[0] + TOP and _day_follows(text, blocks, k):
            line = text[block.start : block.end]
            people = _authors(line) or ([] if _agency_within(line) else None)
        if people is not None and len(kept) > 1:
            found += people
            blocks[k] = with_kind(block, "byline")
    return blocks, found


def _passed_over(blocks: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """Return the blocks above a page's story that the extractor did not take for it."""
    first = kept[0] if kept else 0
    above = range(max(0, first - TOP), first)
    return [k for k in above if not blocks[k].chosen and blocks[k].kind]


def _day_follows(text: str, blocks: Sequence[Block], k: int) -> bool:
    """Whether a line of day stands below: then the line may sign the story without a 'By'."""
    below = blocks[k + 1 : k + 3]
    return any(
        block.end - block.start <= BYLINE and explicit_dates(text[block.start : block.end])
        for block in below
    )


def _signed(line: str) -> list[str] | None:
    """Return the names in a byline (none where an agency signs), None if the line is no byline."""
    match = _by().match(line.strip())
    if not match or ends_with_stop(line.rstrip(".")) or line.count(" ") > 25:
        return None
    rest = line.strip()[match.end() :].strip(" .|*")
    people = _authors(rest)
    if people:
        return people
    staff = any(word in credit_words().not_names for word in plain(rest).split())
    named = agency_named(rest) or agency_named(_PARTS.split(rest)[0])
    return [] if (named or staff) and rest[:1].isupper() and rest.count(" ") < 6 else None


def _authors(rest: str) -> list[str]:
    """'A. Name and B. Name, Associated Press' to the two names; none where a verb stands."""
    head = re.split(r"\s*[|·•–—(\[]|\s+-\s+", rest)[0]
    if head.isupper():
        head = " ".join(_small_connector(word) for word in head.split())
    found = names(head)
    words = re.findall(r"[^\W\d_][\w'’-]*", head)
    small = [word for word in words if word[0].islower()]
    known = (*credit_words().connectors, *credit_words().particles, *masthead_words().byline_tails)
    if not found or any(word not in known for word in small):
        return []
    return [name for name in found if not _is_title(name) and agency_named(name) is None]


def _small_connector(word: str) -> str:
    """'AND' to 'and' in a byline in capitals, so that it reads like any other."""
    return word.lower() if word.lower() in credit_words().connectors else word


def _is_title(name: str) -> bool:
    """'Diplomatic Editor' is no name."""
    return plain(name).rpartition(" ")[2] in masthead_words().byline_tails


def _dateline(
    text: str, blocks: Sequence[Block], title_block: int | None
) -> tuple[int | None, Dateline | None]:
    kept = [k for k, block in enumerate(blocks) if not block.kind and k != title_block]
    speakers = sum(
        _SPEAKER.match(text, blocks[k].start, blocks[k].end) is not None for k in kept[:20]
    )
    for k in kept[:TOP]:
        paragraph = text[blocks[k].start : min(blocks[k].end, blocks[k].start + 1000)]
        found = read_dateline(paragraph, colon=speakers < 2)
        if found:
            return k, found
    return None, None


def _credit_lines(text: str, blocks: Sequence[Block], inside: Sequence[Removed]) -> list[str]:
    spans = [(b.start, b.end) for b in blocks if b.kind == "credits"]
    spans += [(span.start, span.end) for span in inside if span.kind == "credits"]
    return [text[start:end] for start, end in sorted(spans)]


def _agency(
    document: Document,
    text: str,
    blocks: Sequence[Block],
    credits: Sequence[str],
    dateline: Dateline | None,
) -> str | None:
    """Return the agency, by the surest sign there is: dateline, lines of its own, the source."""
    if dateline and dateline.agency:
        return dateline.agency
    kinds = ("byline", "trust_principles", "credits", "navigation")
    lines = [text[b.start : min(b.end, b.start + 400)] for b in blocks if b.kind in kinds]
    for line in (*lines, *credits):
        found = agency_named(line) or _agency_within(line)
        if found:
            return found
    return _agency_of_source(document)


def _agency_within(line: str) -> str | None:
    match = _long_names().search(line)
    return agency_named(match[0]) if match else None


def _agency_of_source(document: Document) -> str | None:
    if document.source and agency_named(document.source):
        return agency_named(document.source)
    host = _host(document.url or "") or _host(document.source or "") or document.source or ""
    labels = host.casefold().removeprefix("www.").split(".")
    for k in range(len(labels) - 1):
        site = _sites().get(".".join(labels[k:]))
        if site:
            return site
    return None


def _host(url: str) -> str:
    """Return the host of an address, "" where there is none or it cannot be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


@cache
def _long_names() -> re.Pattern[str]:
    """Return the names that are no other word, to be looked for within a line."""
    forms = {
        form
        for agency in agencies()
        if agency.kind == "agency"
        for form in agency.forms
        if form not in agency.short and len(form) > 1
    }
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])")


@cache
def _sites() -> dict[str, str]:
    return {site: agency.name for agency in agencies() for site in agency.sites}


@cache
def _by() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, masthead_words().by), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?i:{words})\s+(?=[^\W\d_a-z])")
