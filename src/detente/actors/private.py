"""Tells private persons and bodies from those of public life: 'John Kerry, a plumber from Leeds'.

Used by `phrase`. A name of people.tsv is another person's where the words beside it say so: a trade
that no holder of office has, or 'a man named ...'. A title in a chess club is no actor's.
"""

from __future__ import annotations

from ..knowledge.namesakes import word_set
from .draft import HEADS, Draft, Pieces
from .segment import Line

# So many words from the title to its club, and from the article to the trade.
LONGEST_CLUB = 6
LONGEST_TRADE = 4


def is_private(line: Line, pieces: Pieces) -> bool:
    """'the secretary of the Dunedin chess club': a title in a body of private life."""
    if not pieces.headed or pieces.nats or pieces.owner or pieces.named:
        return False
    items = line.items
    at = pieces.end
    if at >= len(items) or items[at].first.norm not in ("of", "at") or pieces.inner:
        return False
    for item in items[at + 1 : at + 1 + LONGEST_CLUB]:
        if item.kind not in ("article", "name", "word", "capital", "country", "adjective",
                             "modifier", "direction", "sector", "family", "number"):  # fmt: skip
            return False
        if item.last.norm in word_set("private_bodies") and not item.first.cap:
            return True
    return False


def unknown_by_role(draft: Draft, after: int) -> None:
    """Make a known name unknown where an apposition contradicts it: ', a plumber from Leeds'."""
    items = draft.line.items
    if draft.person is None or draft.office or items[after].first.bare != ",":
        return
    at = after + 1
    if at >= len(items):
        return
    if items[at].kind == "number" and _closes(draft.line, at + 1) and int_of(items[at]) < ADULT:
        _forget(draft)
        return
    if items[at].kind != "article" or items[at].first.norm not in ("a", "an"):
        return
    if _is_trade(draft.line, at + 1):
        _forget(draft)


def unknown_by_name(draft: Draft) -> None:
    """Make a known name unknown after a noun of nobody in particular: 'a plumber named'."""
    items = draft.line.items
    at = draft.first - 1
    if (
        draft.person is not None
        and not draft.office
        and any(noun.noun in word_set("private_roles") for noun in draft.nouns)
    ):
        # 'the singer James Brown', of the name of a prime minister.
        name = draft.person.name.split()
        words = [token.bare for token in draft.line.tokens
                 if draft.start <= token.start < draft.end]  # fmt: skip
        draft.person, draft.unlisted = None, tuple(words[-len(name) :])
        return
    if draft.person is None or at < 1 or items[at].first.norm not in word_set("naming_words"):
        return
    noun = items[at - 1]
    public = noun.kind in ("office", "institution") or any(
        "GOV" in entry.record.sectors or "MIL" in entry.record.sectors
        for entry in noun.of("sector")
    )
    if not public and (noun.kind in HEADS or noun.kind == "word") and _article_before(draft, at):
        _forget(draft)


ADULT = 18


def int_of(item: object) -> int:
    """The number of an item, a large one where it is none: an age."""
    text = str(getattr(getattr(item, "first", None), "norm", ""))
    return int(text) if text.isdecimal() and len(text) < 4 else 999


def _closes(line: Line, at: int) -> bool:
    return at >= len(line.items) or line.items[at].first.bare in ",."


def _is_trade(line: Line, at: int) -> bool:
    """Whether the words from an item on come to a private trade before any public title."""
    for item in line.items[at : at + LONGEST_TRADE]:
        if item.kind in ("office", "institution", "former"):
            return False
        if item.last.norm in word_set("private_roles"):
            return True
        if item.kind in ("prep", "mark", "speech", "conj"):
            return False
    return False


def _article_before(draft: Draft, at: int) -> bool:
    """Whether 'a' or 'an' opens the noun before 'named'."""
    for item in reversed(draft.line.items[max(at - 5, 0) : at]):
        if item.kind == "article":
            return item.first.norm in ("a", "an", "another")
        if item.kind in ("mark", "prep", "speech", "office"):
            return False
    return False


def _forget(draft: Draft) -> None:
    """The name stays a name, nobody's that the tables know."""
    words = [token.bare for token in draft.line.tokens
             if draft.start <= token.start < draft.end]  # fmt: skip
    draft.person = None
    draft.unlisted = tuple(words)
    draft.why = [why for why in draft.why if not why.startswith("people:")]
