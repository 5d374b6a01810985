"""Words nobody knows between a nationality and its noun: 'a French yellow-vest demonstrator'.

Used by `pieces`. They must not cost the noun its state; and a verb between the two ('the British
want ministers') must not join them.
"""

from __future__ import annotations

from collections.abc import Sequence

from .draft import HEADS, verb_endings, words
from .segment import STATES, Item
from .things import thing_of


def between(items: Sequence[Item], x: int) -> int:
    """The index of the noun after the open word at `x` (or words a hyphen joins); 0 for none."""
    owner, item = items[x - 1], items[x]
    end = x + 1
    while end < len(items) and items[end].first.joined:
        end += 1
    if end >= len(items) or items[end].kind not in HEADS or not _owns(owner):
        return 0
    if items[end].first.norm in words("described_by") or items[end].first.cap:
        return 0
    if end > x + 1:
        return end
    if owner.last.poss:
        return end if item.kind == "word" or item.first.norm in words("ordinals") else 0
    return 0 if item.kind != "word" or _may_be_verb(items, x) else end


def _owns(item: Item) -> bool:
    return item.kind in STATES and (item.kind == "adjective" or item.last.poss)


def _may_be_verb(items: Sequence[Item], x: int) -> bool:
    """'The French want', 'a German killed': what may be said of the people of the adjective."""
    norm = items[x].first.norm
    if norm.endswith(verb_endings()) or norm in words("irregular_pasts"):
        return True
    thing = thing_of(norm)[0]
    if thing is not None:
        return thing.verb and _article(items, x)
    return _article(items, x) and items[x - 1].last.norm.endswith(tuple(words("peoples_endings")))


def _article(items: Sequence[Item], x: int) -> bool:
    """Whether an article may make a noun of the adjective: 'the French'."""
    return x > 1 and items[x - 2].kind == "article"
