"""Takes the states out of a line that tells of sport: 'Germany beat Brazil 7-1 in the semi-final'.

One of the rules of `namesakes`, after `segment`. Teams bear the names of states and cities; a word
of public affairs in the line leaves the states as they are.
"""

from __future__ import annotations

from itertools import pairwise

from ..knowledge.namesakes import word_set
from .segment import STATES, Line

# So many words of play make a line one of sport, where no word of sport itself does.
ENOUGH = 3
LARGEST_SCORE = 199
PUBLIC = frozenset(("office", "institution", "seat", "organisation"))


def name_the_teams(line: Line) -> None:
    """Take the meaning from the states of a line of sport."""
    if not any(item.kind in STATES for item in line.items) or not _is_sport(line):
        return
    for item in line.items:
        if item.kind in STATES:
            item.kind = "not"


def _is_sport(line: Line) -> bool:
    tokens = line.tokens
    norms = [token.norm for token in tokens]
    pairs = [" ".join(pair) for pair in pairwise(norms)]
    spoken = {*norms, *pairs}
    if spoken & word_set("affairs"):
        return False
    captain = any(item.kind == "office" and item.last.norm != "captain" for item in line.items)
    if captain or any(item.kind in PUBLIC - {"office"} for item in line.items):
        return False
    played = len(spoken & word_set("play")) + 2 * len(spoken & word_set("games"))
    played += _has_score(line)
    return bool(spoken & word_set("sport")) or played >= ENOUGH


def _has_score(line: Line) -> bool:
    """'7-1', '98-3': two numbers with a hyphen between them."""
    return any(
        after.joined and first.norm.isdecimal() and after.norm.isdecimal()
        and max(len(first.norm), len(after.norm)) < 4
        and max(int(first.norm), int(after.norm)) <= LARGEST_SCORE
        for first, after in pairwise(line.tokens)
    )  # fmt: skip
