"""Names that are no actor, or another: all rules that need the whole story, in their order.

Between `segment`, which finds forms one line at a time, and `phrase`. Things first, then persons,
then towns (which join items), then bodies; each is a module of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from .bodies import BodyReader
from .called import name_the_called
from .evidence import Evidence
from .given import name_persons
from .lexicon import Lexicon
from .segment import STATES, Line, Setting
from .teams import name_the_teams
from .things import name_a_thing
from .towns import TownReader


def tell_apart(lines: Sequence[Line], setting: Setting, lexicon: Lexicon) -> None:
    """Change the items of the lines that look like an actor and are none, or another."""
    for line, after in zip_longest(lines, lines[1:]):
        _dotted(line, after)
        name_persons(line, setting, lexicon)
        name_the_teams(line)
        name_the_called(line)
        name_a_thing(line)
    TownReader(lines, setting, lexicon, Evidence(lines, setting)).read()
    BodyReader(lines, setting, lexicon, Evidence(lines, setting)).read()


def _dotted(line: Line, after: Line | None) -> None:
    """'India.Arie': a full stop inside a name, where a sentence seems to end."""
    if after is None or len(line.items) < 2 or not after.tokens:
        return
    state, dot = line.items[-2:]
    begins = after.tokens[0]
    joined = begins.word and dot.last.end == begins.start and state.last.end == dot.first.start
    if state.kind in STATES and dot.first.bare == "." and joined:
        state.kind = "name"
