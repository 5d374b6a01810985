"""Reads the mentions of a single phrase as one noun phrase: its head counts, not what is beside it.

Used by `resolve_phrase` alone, after `settle`. In a story 'rebels in Mexico' names the rebels and a
place; asked for as a phrase it names the rebels of Mexico. What stands after a comma describes
what is before it ('the foreign ministry, Itamaraty') unless 'and' makes it a list.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from .draft import words
from .segment import Line
from .settle import Mention

STATES = frozenset(("state", "seat"))


def one_phrase(mentions: Sequence[Mention], line: Line) -> list[Mention]:
    """Leave out the places and descriptions of a phrase; its head gets their state if it has none.

    A state after a preposition of place is where the head is; without a head before it ('a
    cloud from Iceland') the phrase is of no actor.
    """
    found: list[Mention] = []
    listed = any(item.kind == "conj" for item in line.items)
    for mention in mentions:
        before = _before(mention, line)
        placed = before in words("phrase_place_links") and mention.actor.kind in STATES
        described = before == "," and not listed and bool(found)
        if described and found[-1].actor.kind in STATES and mention.actor.kind in STATES:
            described = False  # 'Germany, France': a list all the same
        if not placed and not described:
            found.append(mention)
        elif found:
            found[-1] = _of_state(found[-1], mention)
    return found


def _before(mention: Mention, line: Line) -> str:
    """The word or mark before a mention, articles and parts of a land left out."""
    index = mention.draft.first - 1
    while index >= 0 and line.items[index].kind in ("article", "direction"):
        index -= 1
    return line.items[index].first.norm if index >= 0 else ""


def _of_state(head: Mention, beside: Mention) -> Mention:
    """The head with the state of what is beside it, where it has none of its own."""
    own = head.actor
    if own.country or "IGO" in own.sectors or not beside.actor.country:
        return head
    why = f"{own.why};{beside.actor.why}"
    return Mention(replace(own, country=beside.actor.country, why=why), head.draft, head.gender)
