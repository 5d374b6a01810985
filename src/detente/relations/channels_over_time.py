"""Channels over time: when a line of communication was open, suspended, sought, resumed.

Each state stands with the sentence that tells of it. Two documents of one day that disagree are
both kept and said to conflict; the later one in the order of documents does not win silently.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Literal

from msgspec import Struct

from detente.model import ChannelState

LineState = Literal["open", "suspended", "sought", "refused", "resuming", "resumed"]
SHUT: tuple[LineState, ...] = ("suspended", "refused", "sought", "resuming")


class Sighting(Struct, frozen=True, order=True):
    """What one document said of a line on its day of publication."""

    day: dt.date
    kind: str
    parties: tuple[str, ...]
    state: ChannelState
    words: str = ""
    document: str = ""


class LineTurn(Struct, frozen=True):
    """From `day` on the line was in `state`; `against` are states other reports gave that day."""

    day: dt.date
    state: LineState
    words: str
    document: str
    against: tuple[LineState, ...] = ()


class LineHistory(Struct, frozen=True):
    """A line between states with all its turns; repeated reports of one state are one turn."""

    kind: str
    parties: tuple[str, ...]
    turns: tuple[LineTurn, ...]
    last_seen: dt.date

    @property
    def state(self) -> LineState:
        """The state as last reported."""
        return self.turns[-1].state


def line_histories(sightings: Iterable[Sighting], pair: Iterable[str]) -> list[LineHistory]:
    """The lines between the states of a pair (or of one state), by kind, then parties."""
    wanted = frozenset(pair)
    own: dict[tuple[str, tuple[str, ...]], list[Sighting]] = {}
    for sighting in sightings:
        if wanted <= set(sighting.parties):
            key = (sighting.kind, tuple(sorted(sighting.parties)))
            own.setdefault(key, []).append(sighting)
    return [_history(kind, parties, sorted(told)) for (kind, parties), told in sorted(own.items())]


def _history(kind: str, parties: tuple[str, ...], told: list[Sighting]) -> LineHistory:
    turns: list[LineTurn] = []
    for _, group in groupby(told, key=lambda sighting: sighting.day):
        turn = _turn(list(group), turns)
        if not turns or turns[-1].state != turn.state or turn.against:
            turns.append(turn)
    return LineHistory(kind, parties, tuple(turns), told[-1].day)


def _turn(day: list[Sighting], before: list[LineTurn]) -> LineTurn:
    """What a day brings: the state that most documents give; of equals, the one that is new."""
    known = before[-1].state if before else None
    votes: dict[LineState, set[str]] = {}
    for sighting in day:
        votes.setdefault(_state(sighting.state, known), set()).add(sighting.document)
    state = max(sorted(votes), key=lambda s: (len(votes[s]), s != known))
    first = next(s for s in day if _state(s.state, known) == state)
    against = tuple(sorted(other for other in votes if other != state))
    return LineTurn(first.day, state, first.words, first.document, against)


def _state(state: ChannelState, known: LineState | None) -> LineState:
    """'open' after it was shut is 'resumed', and stays so."""
    if state == "open" and known is not None and (known in SHUT or known == "resumed"):
        return "resumed"
    return state
