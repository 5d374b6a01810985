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
        place = before in words("phrase_place_links")
        placed = place and (bool(found) or mention.actor.kind in STATES)
        described = not listed and bool(found) and _after_comma(mention, found[-1], line)
        if described and found[-1].actor.kind in STATES and mention.actor.kind in STATES:
            described = False  # 'Germany, France': a list all the same
        if found and _is_modifier(found[-1], mention, line):
            found[-1] = mention
        elif not placed and not described:
            found.append(mention)
        elif found and (described or mention.actor.kind in STATES):
            found[-1] = _of_state(found[-1], mention)
    return found


def _after_comma(mention: Mention, head: Mention, line: Line) -> bool:
    """Whether a comma stands between the two: 'Globovision, a private broadcaster'."""
    return any(
        item.first.bare == "," for item in line.items[head.draft.item + 1 : mention.draft.first]
    )


def _is_modifier(before: Mention, mention: Mention, line: Line) -> bool:
    """'official Soviet news agency', 'opposition-held city council': it only describes the next."""
    actor, start = before.actor, before.draft.item + 1
    if actor.country or before.draft.named or "IGO" in actor.sectors:
        return False
    between = line.items[start : mention.draft.first]
    return all(item.first.joined for item in between) and not line.items[start - 1].last.poss


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
