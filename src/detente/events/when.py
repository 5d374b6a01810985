"""When a deed happened: which date expression of the sentence belongs to it.

Comes after `status` (past or future decides which Tuesday is meant); uses `text/dates`. Of the
expressions in a sentence, the one nearest in the tree is the deed's own. A sentence without one
may take the date of what it calls 'the same ...'. Leaves unknown what the text leaves unknown.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from detente.events.arguments import is_verb
from detente.model import Sentence, Status, When
from detente.text.dates import DateExpression, find_dates, resolve
from detente.text.parse import Parse, Token

FUTURE: tuple[Status, ...] = ("planned", "possible", "hypothetical", "cancelled")
# Kinds of expression that can be a deed's own day; 'since 2014' and 'for two days' are not.
SAYS_WHEN = ("on", "deadline")
UNKNOWN = When()
# Farther than this in the tree (edges), an expression is another deed's.
FAR = 6


class Dated(Struct, frozen=True):
    """A date expression with the token it starts at and the deed's candidate day."""

    expression: DateExpression
    token: Token


class Calendar:
    """The date expressions of one story, resolved on demand against its publication day."""

    def __init__(self, published: dt.date | None) -> None:
        self.published = published
        self._same: dict[str, When] = {}

    def of_sentence(self, sentence: Sentence, parse: Parse) -> list[Dated]:
        """The expressions of a sentence that say when something is, each with its token."""
        found = []
        for expression in find_dates(sentence.text, sentence.start):
            tokens = parse.within(expression.start, expression.end)
            if tokens and expression.kind in SAYS_WHEN:
                found.append(Dated(expression, _head_of(tokens)))
        return found

    def when(
        self,
        head: Token,
        dated: list[Dated],
        status: Status,
        sentence: Sentence,
        *,
        scheduled: bool = False,
    ) -> When:
        """The day or days of the deed at this word of action.

        `scheduled` is for a meeting told in the present tense: 'visits Oslo on Monday' is the
        Monday to come.
        """
        chosen = nearest(head, dated)
        if chosen is None:
            return self._the_same(sentence)
        ahead = status in FUTURE or scheduled
        direction: Literal["past", "future"] = "future" if ahead else "past"
        anchor = self._anchor(chosen, dated)
        return resolve(chosen.expression, self.published, direction, anchor)

    def remember(self, sentence: Sentence, parse: Parse, dated: list[Dated]) -> None:
        """Keep the days of the nouns of this sentence, for a later 'the same ...'."""
        if not dated:
            return
        when = resolve(dated[0].expression, self.published, "past", None)
        for token in parse:
            if token.pos == "NOUN" and when.start is not None:
                self._same[token.lemma] = when

    def _the_same(self, sentence: Sentence) -> When:
        words = sentence.text.lower().split()
        for position, word in enumerate(words[:-1]):
            if word == "same":
                for noun in words[position + 1 : position + 4]:
                    when = self._same.get(noun.strip(".,;:"))
                    if when is not None:
                        return when
        return UNKNOWN

    def _anchor(self, chosen: Dated, dated: list[Dated]) -> When | None:
        """What 'a day earlier' counts from: the main clause's day, else the last before it."""
        before = [d for d in dated if d.expression.start < chosen.expression.start]
        if not before:
            return None
        main = [d for d in before if _in_main_clause(d.token)]
        return resolve((main or before)[-1].expression, self.published, "past", None)


def nearest(head: Token, dated: list[Dated]) -> Dated | None:
    """The expression that belongs to a word of action: below it, else close above it."""
    best: tuple[tuple[int, int], Dated] | None = None
    for candidate in dated:
        distance = tree_distance(head, candidate.token)
        if distance is None or distance > FAR:
            continue
        key = (distance, abs(candidate.token.i - head.i))
        if best is None or key < best[0]:
            best = (key, candidate)
    return best[1] if best else None


def tree_distance(head: Token, token: Token) -> int | None:
    """Edges from a date up to the deed's word, counting each finite clause between as two more.

    None where they hang in different clauses joined by 'and', or the date lies in a clause that
    the deed governs ('said on Monday that it had met him in May': May is not of 'said').
    """
    up_from_date = [token, *list(token.ancestors())[:20]]
    up_from_head = [head, *list(head.ancestors())[:20]]
    on_the_way = {node.i: steps for steps, node in enumerate(up_from_head)}
    for steps, node in enumerate(up_from_date):
        if node.i not in on_the_way:
            continue
        below = up_from_date[:steps]
        if any(_starts_clause(inner) for inner in below):
            return None if _finite_between(below) else steps + on_the_way[node.i] + 2
        clauses = sum(_starts_clause(inner) for inner in up_from_head[: on_the_way[node.i]])
        return steps + on_the_way[node.i] + 2 * clauses
    return None


def _in_main_clause(token: Token) -> bool:
    return not any(_starts_clause(node) for node in [token, *token.ancestors()])


def _starts_clause(token: Token) -> bool:
    return token.dep in ("ccomp", "advcl", "relcl", "conj", "parataxis", "acl") and is_verb(token)


def _finite_between(tokens: list[Token]) -> bool:
    return any(_starts_clause(t) and t.tag in ("VBD", "VBZ", "VBP", "MD") for t in tokens)


def _head_of(tokens: list[Token]) -> Token:
    """The word of an expression that hangs outside it."""
    inside = {token.i for token in tokens}
    for token in tokens:
        if token.head.i not in inside or token.is_root:
            return token
    return tokens[0]
