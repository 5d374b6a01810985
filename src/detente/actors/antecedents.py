"""Weighs the earlier mentions that a pronoun may stand for, by where and how they stand.

Used by `pronouns`, which says what an antecedent must be. Here are the parts of the clause (its
subject, the clause that governs it) and the sum of weights; references.yaml has the weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..knowledge import actors as known
from .clauses import SUBJECT, Clauses, is_verb, reference_words
from .history import NEAREST, History, Past
from .segment import Item

Fits = Callable[[Past], bool]
# Clauses are followed back over at most this many.
DEPTH = 6
# Further mentions that count for an actor.
MOST_AGAIN = 3


class Candidate:
    """Who a pronoun may stand for: one actor, or several that stand together."""

    __slots__ = ("key", "pasts", "score", "silent")

    def __init__(self, pasts: Sequence[Past], score: float) -> None:
        self.pasts = list(pasts)
        self.score = score
        self.silent = any(past.silent for past in pasts)
        self.key = tuple(sorted((past.key for past in pasts), key=repr))


class Antecedents:
    """The antecedents in reach of one line. `enter` begins a line."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.weights: dict[str, float] = known.references()["weights"]
        self.number = 0
        # What the antecedent of the pronoun in hand must be.
        self.fits: Fits | None = None
        self._found: dict[tuple[str, int], Past | None] = {}
        self._found_in = (-1, 0)

    def enter(self, number: int, clauses: Clauses) -> None:
        """Begin a line."""
        self.number = number
        self.clauses = clauses
        self.items: list[Item] = clauses.items

    @property
    def here(self) -> list[Past]:
        """The mentions of this line so far."""
        return self.history.of(self.number)

    # --- parts of the clause -----------------------------------------------------------------

    def subject_of(self, index: int) -> Past | None:
        """The subject of the clause of an item, where it stands before the item."""
        return self._subject(self.clauses.start(index), index, DEPTH)

    def doers(self, index: int) -> frozenset[object]:
        """The keys of who does something in the clause of an item, or reports it."""
        own = (self.governing(index), self.subject_of(index))
        return frozenset(past.key for past in own if past is not None)

    def _subject(self, start: int, end: int, depth: int) -> Past | None:
        own = [p for p in self.here if start <= p.last and p.first < end and p.subject]
        if own:
            return own[0]
        if self.clauses.is_relative(start):
            return self.head(start) if self._is_who(start) else None
        if start == 0 or depth == 0 or self._has_other_subject(start, end):
            return None
        before = self.clauses.before(start)
        while before > 0 and self._is_aside(before, start):
            start, before = before, self.clauses.before(before)
        return self._subject(before, start, depth - 1) if before >= 0 else None

    def _has_other_subject(self, start: int, end: int) -> bool:
        """Whether a clause has a subject that is no mention: 'and its neighbours told'."""
        verb = next((at for at in range(start, end) if is_verb(self.items, at)), -1)
        nouns = ("word", "sector", "office", "name", "family")
        return verb > start and any(
            item.kind in nouns and not item.norm.endswith("ly") for item in self.items[start:verb]
        )

    def _is_who(self, start: int) -> bool:
        """Whether the relative word is the subject of its clause: 'who left', not 'who he saw'."""
        return is_verb(self.items, start + 1) or (
            start + 1 < len(self.items) and self.items[start + 1].norm not in ("he", "she", "they")
        )

    def _is_aside(self, start: int, end: int) -> bool:
        """Whether a clause only stands in commas: 'who was in Europe', 'the host', 'crossing'."""
        if self.clauses.is_relative(start) or self.items[start].kind in ("prep", "article"):
            return not any(
                is_verb(self.items, at) for at in range(start, end)
            ) or self.clauses.is_relative(start)
        return self.items[start].norm.endswith("ing")

    def head(self, start: int) -> Past | None:
        """What a relative word at an item stands for: the mention right before it."""
        at = self.clauses.head_index(start)
        return next((past for past in reversed(self.here) if past.last == at), None)

    def governing(self, index: int) -> Past | None:
        """The subject of the clause that reports or brings in the item's clause."""
        start = self.clauses.start(index)
        if start == 0 or self.clauses.is_relative(start):
            return None
        before = self.clauses.before(start)
        if before < 0 or self.items[start - 1].first.bare in ";:":
            return None
        reports = self._reports(before, start)
        if (
            not reports
            and self.items[start].norm == "that"
            and self.items[start - 1].kind == "conj"
        ):
            # 'said it was over and that he': the first report is further back.
            before, end = self.clauses.before(before), before
            reports = before >= 0 and self._reports(before, end)
        complement = self.items[start].norm == "that" or self.items[start - 1].kind not in (
            "mark",
            "conj",
        )
        return self._subject(before, start, DEPTH) if reports and complement else None

    def _reports(self, start: int, end: int) -> bool:
        return any(
            self.items[at].kind == "speech" or self.items[at].norm in reference_words("report")
            for at in range(start, end)
        )

    def controller(self, index: int) -> Past | None:
        """The object that does what 'to' brings in: Y, in 'X told Y to mind his business'."""
        start = self.clauses.start(index)
        for past in reversed(self.here):
            to = past.last + 1
            if past.last < start or past.first >= index:
                continue
            verb = past.first - 1
            while verb >= 0 and self.items[verb].kind in ("article", "honorific", "quantity"):
                verb -= 1
            if (
                to < index
                and self.items[to].norm == "to"
                and verb >= 0
                and self.items[verb].norm in reference_words("object_control")
            ):
                return past
        return None

    # --- the sum of weights ------------------------------------------------------------------

    def reach(self, fits: Fits) -> list[Past]:
        """The mentions within reach that fit."""
        reach = known.references()["reach"]
        sentences, paragraphs = reach["sentences"], reach["paragraphs"]
        self.fits = fits
        own = self.history.paragraphs[self.number]
        return [
            past
            for past in self.history.since(self.number - sentences)[-NEAREST:]
            if own - self.history.paragraphs[past.sentence] <= paragraphs and fits(past)
        ]

    def weigh(self, past: Past, index: int, *, subject: bool, possessive: bool) -> float:
        """How well one mention stands for the pronoun at an item to mean it."""
        weights = self.weights
        score = weights["sentence"] * (self.number - past.sentence) + weights[past.role]
        if past.subject and past is self._first_subject(past.sentence):
            score += weights["first"]
        if past.embedded:
            score += weights["embedded"]
        if past.sentence == self.number:
            score += self._near(past, index, possessive, not subject and not possessive)
        elif past.sentence == self.number - 1 and subject and past.subject:
            score += weights["parallel"] if self.clauses.start(index) == 0 else 0.0
        return score

    def _near(self, past: Past, index: int, possessive: bool, is_object: bool) -> float:
        weights = self.weights
        start = self.clauses.start(index)
        fits_own = self.fits
        here = weights["here"] if start or possessive else 0.0
        if possessive:
            control = self._once(self.controller, index)
            if control is not None and control.key == past.key:
                return here + weights["controller"]
            own = self._once(self.subject_of, index)
            if control is None and own is not None and own.key == past.key:
                return here + weights["own_clause"]
            if fits_own and own is not None and fits_own(own):
                return here
        governing = self._once(self.governing, index)
        if governing is not None:
            return here + (weights["governing"] if governing.key == past.key else 0.0)
        before = self._once(self._subject_before, index) if start else None
        if before is not None and before.key == past.key and not is_object:
            return here + weights["before"]
        return here

    def _subject_before(self, index: int) -> Past | None:
        """The subject of the clause before that of an item."""
        start = self.clauses.start(index)
        return self._subject(self.clauses.before(start), start, DEPTH)

    def _once(self, part: Callable[[int], Past | None], index: int) -> Past | None:
        """A part of the clause, found once for all candidates of one pronoun."""
        state = (self.number, len(self.history.past))
        if self._found_in != state:
            self._found_in = state
            self._found.clear()
        key = (part.__name__, index)
        if key not in self._found:
            self._found[key] = part(index)
        return self._found[key]

    def _first_subject(self, sentence: int) -> Past | None:
        return next((past for past in self.history.of(sentence) if past.subject), None)

    def best(self, candidates: Sequence[Candidate], margin: str = "margin") -> Candidate | None:
        """The candidate that leads; none where two are close, or where it is a bystander."""
        totals: dict[object, list[Candidate]] = {}
        for candidate in candidates:
            totals.setdefault(candidate.key, []).append(candidate)
        ranked = sorted((self._total(group) for group in totals.values()), key=lambda r: -r[0])
        if not ranked:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < self.weights[margin]:
            return None
        return None if ranked[0][1].silent else ranked[0][1]

    def _total(self, group: Sequence[Candidate]) -> tuple[float, Candidate]:
        """The best mention of one actor, with something for being mentioned again."""
        best = max(group, key=lambda candidate: candidate.score)
        again = min(len(group) - 1, MOST_AGAIN) * self.weights["again"]
        return best.score + again, best


__all__ = ["SUBJECT", "Antecedents", "Candidate", "Fits"]
