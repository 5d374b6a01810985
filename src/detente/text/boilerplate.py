"""Tells the story from what stands around it: links, forms, biographies, credits, menus.

Comes after `layout` (or `page`), before `masthead`. Lines are judged by their words (`cues`,
`credits`, `biography`) and then by their place: after the credits of a story what follows is
presumed not to be of it, unless prose begins again, as on a live page. A paragraph wrongly removed
is worse than a menu left in, so doubt keeps a block. What it leaves out: the dateline and byline
(`masthead`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from detente.knowledge.press import agencies, boilerplate
from detente.model import Removed
from detente.text import cues
from detente.text.biography import is_biography
from detente.text.credits import credit_start, reporters
from detente.text.layout import Block
from detente.text.normal import plain
from detente.text.sentences import ends_with_stop

# Words of a block that makes prose, and of a line that may still be a short sentence.
PROSE, SENTENCE = 20, 6
# So many lines in a row of so few words each are a menu.
MENU_LINES, MENU_WORDS = 4, 3
# Among so many last blocks a biography is looked for.
LAST = 6
_FRAME = " .–—-()[]©"
# A count, an address, an e-mail; the initials of an agency's desks: 'bur/ak/mb'.
_NO_WORDS = re.compile(r"\d{1,6}|\S{1,80}@\S{1,80}\.\w{2,10}|https?://\S{1,400}|www\.\S{1,400}")
_INITIALS = re.compile(r"[a-z]{2,5}(?:[-/][a-z]{2,5}){1,5}")
_SIGNED = re.compile(
    r"(?<=[.!?”\"’])\s*(?:\(([^()]{2,40})\)|[-–—]{1,2}\s?([^\s–—-][^.–—]{1,40}))\.?$"
)
_STOPPED = re.compile(r"[.!?:;,]")


def mark(text: str, blocks: Sequence[Block]) -> tuple[list[Block], list[Removed]]:
    """Return the blocks with the kind of those that are not the story, and stretches inside blocks.

    A text of one block is a story, whatever it says; only its credits are found.
    """
    marked = [_by_words(text, block, len(blocks) > 1) for block in blocks]
    marked = _keep_title(marked)
    marked, inside = _credits(text, marked)
    if len(blocks) > 1:
        without_menus = _menus(text, marked)
        # A text of nothing but short lines is no menu.
        if not all(block.kind for block in without_menus):
            marked = without_menus
        marked = _links(text, marked)
        marked = _biographies(text, marked)
        marked = _after_end(text, _comments(text, marked))
    for block in marked:
        if not block.kind:
            inside += [
                Removed(start, end, "related_link")
                for start, end in cues.inline_links(text, block.start, block.end)
            ]
    inside += _end_mark(text, marked)
    return marked, sorted(set(inside))


def is_prose(text: str, block: Block) -> bool:
    """Whether a block is long enough, and ends as a sentence does, to be a story's paragraph."""
    words = text.count(" ", block.start, block.end) + 1
    return words >= PROSE and ends_with_stop(text[max(block.start, block.end - 12) : block.end])


def with_kind(block: Block, kind: str) -> Block:
    """Return the block as one that is not the story."""
    return msgspec.structs.replace(block, kind=kind)


def _by_words(text: str, block: Block, several: bool) -> Block:
    if block.kind or not several or block.end - block.start > cues.LONGEST_LINE:
        return block
    line = text[block.start : block.end]
    kind = cues.kind_of(line)
    if not any(map(str.isalnum, line)):
        kind = "rule"
    elif kind is None and (_NO_WORDS.fullmatch(line) or line.strip(_FRAME) in _agency_names()):
        kind = "navigation"
    elif kind is None and _INITIALS.fullmatch(line):
        kind = "credits"
    return with_kind(block, kind) if kind else block


def _links(text: str, blocks: list[Block]) -> list[Block]:
    """After 'Related articles' the lines without a stop are headlines of other stories."""
    marked = list(blocks)
    listing = False
    for k, block in enumerate(blocks):
        line = text[block.start : min(block.end, block.start + cues.LONGEST_LINE)]
        if block.kind:
            listing = block.kind == "related_link" and (listing or cues.is_list_head(line))
        elif listing and not ends_with_stop(line) and line.count(" ") < boilerplate().limits.link:
            marked[k] = with_kind(block, "related_link")
        else:
            listing = False
    return marked


def _end_mark(text: str, blocks: list[Block]) -> list[Removed]:
    """Return the 'Enditem' behind the last sentence of the story."""
    last = next((block for block in reversed(blocks) if not block.kind), None)
    if last is None:
        return []
    tail = text[max(last.start, last.end - 40) : last.end]
    for mark in boilerplate().end_marks:
        if tail.endswith(mark) and ends_with_stop(tail[: -len(mark)]):
            return [Removed(last.end - len(mark), last.end, "end_mark")]
    return []


def _keep_title(blocks: list[Block]) -> list[Block]:
    """A headline may begin as links do: so the first block is taken for none."""
    if blocks and blocks[0].kind == "related_link" and not blocks[0].region:
        return [with_kind(blocks[0], ""), *blocks[1:]]
    return blocks


def _credits(text: str, blocks: list[Block]) -> tuple[list[Block], list[Removed]]:
    marked: list[Block] = []
    inside: list[Removed] = []
    for k, block in enumerate(blocks):
        late = 2 * k >= len(blocks)
        start = None if block.kind else credit_start(text, block.start, block.end, late=late)
        if start is None and not block.kind:
            start = _signature(text, block)
        if start is None or (start == block.start and len(blocks) == 1):
            marked.append(block)
        elif start == block.start:
            marked.append(with_kind(block, "credits"))
        else:
            inside.append(Removed(start, block.end, "credits"))
            marked.append(block)
    return marked, inside


def _signature(text: str, block: Block) -> int | None:
    """Return where an agency signs behind the last sentence of a paragraph: '... (ANI)'."""
    tail = max(block.start, block.end - 60)
    match = _SIGNED.search(text[tail : block.end])
    if match and (match[1] or match[2]).strip() in _agency_names():
        return tail + match.start()
    return None


def _menus(text: str, blocks: list[Block]) -> list[Block]:
    """Rows of very short lines without stops, or of such and known menu lines, are menus."""
    marked = list(blocks)
    run: list[int] = []
    for k, block in enumerate([*blocks, None]):
        if block is not None and (block.kind == "navigation" or _is_menu_line(text, block)):
            run.append(k)
            continue
        if len(run) >= MENU_LINES:
            for item in run:
                marked[item] = with_kind(marked[item], marked[item].kind or "navigation")
        run = []
    return marked


def _is_menu_line(text: str, block: Block) -> bool:
    line = text[block.start : min(block.end, block.start + 60)]
    if block.kind or block.end - block.start >= 60 or _STOPPED.search(line):
        return False
    return line.count(" ") < MENU_WORDS


def _biographies(text: str, blocks: list[Block]) -> list[Block]:
    authors = tuple(
        name
        for block in blocks
        if block.kind == "credits"
        for name in reporters(text[block.start : block.end])
    )
    open_blocks = [k for k, block in enumerate(blocks) if not block.kind]
    last = frozenset(open_blocks[2:][-LAST:])
    marked = list(blocks)
    ended = False
    for k, block in enumerate(blocks):
        ended = ended or block.kind in boilerplate().closing
        words = text[block.start : block.end] if not block.kind else ""
        if words and is_biography(words, after_end=ended, near_end=k in last, bylines=authors):
            marked[k] = with_kind(block, "author_bio")
    return marked


def _comments(text: str, blocks: list[Block]) -> list[Block]:
    """Everything after the form for comments is comments, once a story has been told before it."""
    prose = 0
    for k, block in enumerate(blocks):
        prose += not block.kind and is_prose(text, block)
        line = text[block.start : min(block.end, block.start + cues.LONGEST_LINE)]
        if block.kind == "comment_form" and prose and cues.is_final(line):
            rest = (with_kind(after, after.kind or "comment_form") for after in blocks[k:])
            return [*blocks[:k], *rest]
    return blocks


def _after_end(text: str, blocks: list[Block]) -> list[Block]:
    """Mark what is left over between the end of the story and prose that begins again, if any."""
    marked = list(blocks)
    told = ended = False
    waiting: list[int] = []
    left_over: list[int] = []
    for k, block in enumerate(blocks):
        if block.kind:
            ended = ended or (told and block.kind in boilerplate().closing)
        elif is_prose(text, block):
            left_over += [item for item in waiting if not _returns(text, blocks, item, k)]
            told, ended, waiting = True, False, []
        elif ended:
            waiting.append(k)
        else:
            told = told or _is_sentence(text, block)
    for item in [*left_over, *waiting]:
        marked[item] = with_kind(marked[item], "navigation")
    return marked


def _returns(text: str, blocks: list[Block], item: int, prose: int) -> bool:
    """Whether a short block before new prose belongs to it: a sentence, or its heading."""
    return item + 1 == prose or _is_sentence(text, blocks[item])


def _is_sentence(text: str, block: Block) -> bool:
    words = text.count(" ", block.start, block.end) + 1
    return words >= SENTENCE and ends_with_stop(text[max(block.start, block.end - 12) : block.end])


@cache
def _agency_names() -> frozenset[str]:
    forms = (form for agency in agencies() for form in agency.forms)
    return frozenset(forms)


def altered_trust(text: str, blocks: Sequence[Block]) -> bool:
    """Whether an agency's standing trust line is there in other words than its own."""
    known = boilerplate()
    for block in blocks:
        if block.kind == "trust_principles":
            line = plain(text[block.start : block.end])
            spoken = all(word in line for word in known.altered_trust)
            if spoken and not line.startswith(known.standard_trust):
                return True
    return False
