"""Finds when a text says something happens, and resolves it against the day of publication.

Comes after the sentences, before the events: `find_dates` gives expressions with a meaning that is
not yet a day ('Tuesday night'), `resolve` makes days of them. The words and patterns are those of
`knowledge/dates.yaml`. Left out: feasts of the moon's calendar, hours and minutes, time zones,
two-figure years, and years without a preposition or a month ('the 2015 deal' is a name).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from detente.model import When
from detente.text.date_frame import Frame
from detente.text.date_grammar import Grammar, grammar
from detente.text.date_matcher import DateToken, Match, Matcher, tokenize
from detente.text.date_resolve import RESOLVERS, full_date

Kind = Literal["on", "since", "until", "duration", "before", "after", "deadline"]
Direction = Literal["past", "future"]
LENGTH_WINDOW = 12  # words before 'in five years' in which a superlative makes it a length


class DateExpression(Struct, frozen=True):
    """A date expression as written: `start` to `end`, its `kind`, and what it means, unresolved.

    `kind` "on" is a when. "since", "until", "before", "after" and "deadline" name a bound, not the
    day of the happening; "duration" is a length and has no day. `form` names the way of resolving
    and `values` holds what the words give (month, day, weekday: Monday is 0 ...), sorted by name.
    """

    start: int
    end: int
    text: str
    kind: Kind
    form: str
    values: tuple[tuple[str, int | float | str], ...] = ()


def find_dates(text: str, offset: int = 0) -> list[DateExpression]:
    """Find the date expressions of a text, in order, none overlapping; the longest wins.

    `offset` is added to every position. Time is linear in the length of the text.
    """
    known = grammar()
    tokens = tokenize(text)
    chosen = _choose(Matcher(tokens, known).matches(), len(tokens))
    found = []
    for match in chosen:
        if match.form == "none" or _before(tokens, match.first) in known.not_after:
            continue
        start, end = tokens[match.first].start, tokens[match.last - 1].end
        found.append(
            DateExpression(
                start=start + offset,
                end=end + offset,
                text=text[start:end],
                kind=_kind(match, tokens, known),
                form=match.form,
                values=tuple(sorted(match.values.items())),
            )
        )
    return found


def resolve(
    expression: DateExpression,
    publication: dt.date | None,
    direction: Direction = "past",
    anchor: When | None = None,
) -> When:
    """Make days of an expression; `When()` (unknown) where it cannot be known.

    `direction` is that of the sentence's tense: 'on Friday' is the latest Friday up to the day of
    publication, or the first from it on; a deadline always lies ahead, a 'since' always behind.
    `anchor` is the day that 'the next day' or 'three days earlier' counts from. Full dates need
    no publication day. Days that do not exist (30 February) are unknown, never shifted.
    """
    if expression.kind == "duration":
        return When()
    if expression.kind in ("since", "deadline"):
        direction = "past" if expression.kind == "since" else "future"
    values: Mapping[str, Any] = dict(expression.values)
    frame = Frame(publication, direction == "future", anchor)
    try:
        return RESOLVERS[expression.form](values, frame) or When()
    except (ValueError, OverflowError):  # 30 February; a day before year 1 or after 9999
        return When()


def explicit_dates(text: str) -> list[tuple[int, int, dt.date]]:
    """The full dates of a text (day, month and year written): (start, end, day), in order."""
    found = []
    for expression in find_dates(text):
        day = full_date(expression.form, dict(expression.values))
        if day is not None:
            found.append((expression.start, expression.end, day))
    return found


def _choose(matches: Iterator[Match], size: int) -> list[Match]:
    """Keep the longest of those that overlap; of equals, the first."""
    taken = bytearray(size)
    kept = []
    for match in sorted(matches, key=lambda m: (m.first - m.last, m.first)):
        if not any(taken[match.first : match.last]):
            taken[match.first : match.last] = b"\1" * (match.last - match.first)
            kept.append(match)
    return sorted(kept, key=lambda m: m.first)


def _before(tokens: Sequence[DateToken], k: int) -> str:
    return tokens[k - 1].lower if k and not tokens[k].gap else ""


def _kind(match: Match, tokens: Sequence[DateToken], known: Grammar) -> Any:
    """The kind of a match: its rule's, or what the words before make of it."""
    if match.kind:
        return match.kind
    if match.form == "ahead" and _is_length(match.first, tokens, known):
        return "duration"
    k = match.first
    for _ in range(3):
        word = _before(tokens, k)
        for words, kind in known.leads.get(word, ()):
            spelled = tuple(token.lower for token in tokens[max(0, k - len(words)) : k])
            if spelled == words:
                return kind
        if word not in known.lead_fillers:
            break
        k -= 1
    return "on"


def _is_length(k: int, tokens: Sequence[DateToken], known: Grammar) -> bool:
    """Whether a word such as 'first' stands before, in the same sentence."""
    for token in reversed(tokens[max(0, k - LENGTH_WINDOW) : k]):
        if token.lower in known.length_cues:
            return True
        if token.text in ".!?;" or token.gap:
            return False
    return False
