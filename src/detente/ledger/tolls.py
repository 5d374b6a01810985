"""How many were killed, wounded, detained or are missing, as a sentence counts them.

Serves `alike` (the same toll speaks for one happening) and `summary` (two tolls stand side by
side). Only numbers next to the words of `knowledge/tolls.yaml`; 'dozens' is no number.
"""

from __future__ import annotations

import re
from functools import cache

from detente.ledger.rules import toll_rules

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+|\d+|[^\W\d_]+")
_LARGEST = 5_000_000


def tolls_of(text: str) -> dict[str, int]:
    """The tolls of a sentence: `{"killed": 12, "wounded": 30}`; the first of each kind."""
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    found: dict[str, int] = {}
    taken: set[int] = set()
    for at, token in enumerate(tokens):
        kind = _kinds().get(token)
        if kind is None or kind in found:
            continue
        place = _number_near(tokens, at, taken)
        if place is not None:
            taken.add(place)
            found[kind] = _numbers(tokens, place)
    return found


def _number_near(tokens: list[str], at: int, taken: set[int]) -> int | None:
    """Where the number stands that counts for the word at `at`: before it, or else after it."""
    reach = toll_rules().reach
    before = range(at - 1, max(-1, at - 2 - reach), -1)
    after = range(at + 1, min(len(tokens), at + 2 + reach))
    for places in (before, after):
        for place in places:
            if tokens[place] in _kinds():
                break
            if place not in taken and _numbers(tokens, place) and not _is_measure(tokens, place):
                return place
    return None


def _numbers(tokens: list[str], place: int) -> int:
    """The number that a token is; 0 for none, for a year, and for what is too large."""
    token = tokens[place]
    if not token[0].isdigit():
        return toll_rules().numbers.get(token, 0)
    value = int(token.replace(",", "")[:9])
    is_year = len(token) == 4 and 1900 <= value <= 2100
    return 0 if is_year or value > _LARGEST else value


def _is_measure(tokens: list[str], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place + 1] in toll_rules().units


@cache
def _kinds() -> dict[str, str]:
    rules = toll_rules()
    kinds = {
        "killed": rules.killed,
        "wounded": rules.wounded,
        "detained": rules.detained,
        "missing": rules.missing,
    }
    return {word: kind for kind, words in kinds.items() for word in words if " " not in word}
