"""What has been mentioned so far in a story, and what stands out of it.

Used by `reference` as it goes through the lines. An antecedent is asked for by what it must be;
where two are equally near, the answer is none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter

from ..model import Actor
from .clauses import SUBJECT, reference_words
from .phrase import Draft, words
from .segment import Line
from .settle import Mention

# A mention one sentence back weighs this much of one in the sentence itself.
DECAY = 0.75
# A third candidate with more than this share of the second's weight makes the pair unclear.
RIVAL = 0.9
ADJECTIVE_WEIGHT = 0.5
# A title, a body or a pair looks back over this many mentions (a long story has some 300).
REACH = 500
# No sentence of prose has more mentions; one that has is cut, so that time stays in proportion.
MOST_HERE = 60
# Antecedents of a pronoun are sought among this many mentions.
NEAREST = 120
_SENTENCE = attrgetter("sentence")


def is_people(draft: Draft) -> bool:
    """'Uzbeks', 'four Chinese': several of a people."""
    if draft.shape != "people":
        return False
    items = draft.line.items
    counted = items[draft.first].kind in ("quantity", "number")
    return counted or items[draft.item].last.norm.endswith("s")


# A counterpart's possessor is sought over this many paragraphs and sentences.
PARAGRAPHS = 2
SENTENCES = 4


class Past:
    """One earlier mention: the actor, where it stood, and its part in its clause.

    `embedded` says that its clause is one that 'that' or 'while' opens.

    `kind` is the actor's own kind, also where the mention is itself a reference. `first` and `last`
    are items of its line. `silent` mentions are no actors ("three missiles", a name that nothing
    is known of): nothing resolves to them, but they may be what a word stands for.
    """

    __slots__ = ("actor", "adjective", "embedded", "first", "gender", "kind", "last", "mention",
                 "plural", "role", "sentence", "silent")  # fmt: skip

    def __init__(
        self, mention: Mention, sentence: int, role: str, kind: str = "", silent: bool = False
    ) -> None:
        self.mention = mention
        self.actor: Actor = mention.actor
        self.sentence = sentence
        self.role = role
        self.kind = kind or mention.actor.kind
        self.plural = mention.draft.plural or is_people(mention.draft)
        self.gender = mention.gender
        self.adjective = mention.draft.adjective and mention.draft.shape == "state"
        self.first = mention.draft.first
        self.last = mention.draft.item
        self.silent = silent
        self.embedded = False

    @property
    def key(self) -> tuple[str | None, ...]:
        """What makes two mentions the same actor."""
        if self.actor.name and self.kind in ("person", "office"):
            return (self.actor.name,)
        return (self.actor.name, self.actor.country, *self.actor.sectors, self.actor.office)

    @property
    def subject(self) -> bool:
        """Whether it is the subject of its clause."""
        return self.role == SUBJECT

    @property
    def person(self) -> bool:
        """Whether it is one person: named, the holder of an office, or 'a general'."""
        if self.plural:
            return False
        return self.kind in ("person", "office") or (self.kind == "group" and self._is_one())

    def _is_one(self) -> bool:
        draft = self.mention.draft
        if not draft.nouns and draft.office is None:
            # 'an American', 'the Zambian': one of a people.
            return draft.shape == "people"
        return not any(noun.noun in reference_words("collectives") for noun in draft.nouns)

    @property
    def thing(self) -> bool:
        """Whether it can be 'it': a state, a body, an armed group."""
        if self.plural or self.adjective or self.silent:
            return False
        if self.kind == "group":
            draft = self.mention.draft
            return draft.owner is not None or any(
                noun.noun in reference_words("collectives") for noun in draft.nouns
            )
        return self.kind in ("state", "seat", "body")

    @property
    def known(self) -> bool:
        """Whether anything is known that a reference can take over."""
        return bool(self.actor.country or self.actor.name)


class History:
    """The mentions so far, in order; `paragraphs` gives each sentence's paragraph."""

    def __init__(self, paragraphs: Sequence[int]) -> None:
        self.past: list[Past] = []
        self.paragraphs = paragraphs

    def since(self, sentence: int) -> list[Past]:
        """The mentions from this sentence on."""
        return self.past[bisect_left(self.past, sentence, key=_SENTENCE) :]

    def of(self, sentence: int) -> list[Past]:
        """The last `MOST_HERE` mentions of one sentence, at or near the end of what was read."""
        past = self.past
        if not past or past[-1].sentence < sentence:
            return []
        end = len(past)
        if past[-1].sentence > sentence:
            end = bisect_right(past, sentence, key=_SENTENCE)
        start = max(0, end - MOST_HERE)
        return past[bisect_left(past, sentence, start, end, key=_SENTENCE) : end]

    def near(self, sentence: int, fits: Callable[[Past], bool]) -> Past | None:
        """Whose counterpart a pronoun speaks of: subjects first, this sentence first.

        In this sentence the last subject; in an earlier one the first. Without a subject, the
        only candidate. None where candidates are equal.
        """
        for back in range(SENTENCES + 1):
            at = sentence - back
            if at < 0 or self.paragraphs[at] < self.paragraphs[sentence] - PARAGRAPHS:
                return None
            found = [past for past in self.of(at) if fits(past)]
            if not found:
                continue
            subjects = [past for past in found if past.subject]
            if subjects:
                return subjects[-1] if back == 0 else subjects[0]
            return found[-1] if len({past.key for past in found}) == 1 else None
        return None

    def last(self, fits: Callable[[Past], bool]) -> Past | None:
        """The last mention that fits, within `REACH`."""
        return next((past for past in reversed(self.past[-REACH:]) if fits(past)), None)

    def leading(
        self, sentence: int, key: Callable[[Past], str | None], count: int = 2
    ) -> list[Past] | None:
        """The `count` actors that stand out, the nearest mention of each; None if unclear.

        The sentence itself decides if it names as many, then its paragraph, then all within
        `REACH`.
        """
        paragraph = self.paragraphs[sentence]
        recent = self.past[-REACH:]
        scopes = (
            self.of(sentence),
            [past for past in recent if self.paragraphs[past.sentence] == paragraph],
            recent,
        )
        for scope in scopes:
            names = {key(past) for past in scope} - {None}
            if len(names) >= count:
                return self._heaviest(scope, sentence, key, count)
        return None

    def _heaviest(
        self, scope: Sequence[Past], sentence: int, key: Callable[[Past], str | None], count: int
    ) -> list[Past] | None:
        weights: dict[str, float] = {}
        latest: dict[str, Past] = {}
        for past in scope:
            name = key(past)
            if name is None:
                continue
            weight = DECAY ** (sentence - past.sentence)
            if past.adjective:
                weight *= ADJECTIVE_WEIGHT
            weights[name] = weights.get(name, 0.0) + weight
            latest[name] = past
        order = sorted(weights, key=lambda name: (-weights[name], name))
        if len(order) > count and weights[order[count]] > RIVAL * weights[order[count - 1]]:
            return None
        return [latest[name] for name in order[:count]]


def pointed(draft: Draft, past: Past, confidence: float, why: str) -> Mention:
    """A reference to an earlier mention, at the place of `draft`."""
    parts = [part for part in past.actor.why.split(";") if not part.startswith("actor_grammar:")]
    actor = Actor(
        text="",
        start=draft.start,
        end=draft.end,
        name=past.actor.name,
        country=past.actor.country,
        sectors=past.actor.sectors,
        office=past.actor.office,
        kind="reference",
        confidence=min(confidence, past.actor.confidence),
        why=";".join([why, *parts]),
    )
    return Mention(actor, draft, past.gender)


def is_subject(line: Line, first: int) -> bool:
    """Whether the item can open its clause: nothing before it that governs it."""
    index = first - 1
    items = line.items
    while index >= 0 and items[index].kind in ("article", "honorific", "quantity", "modifier"):
        index -= 1
    if index < 0:
        return True
    before = items[index]
    if before.kind == "mark":
        return before.first.bare not in "(’'"
    if before.kind == "speech":
        return before.first.norm not in words("speech_with_object")
    return before.kind in ("function", "conj", "calendar")


def quoted(line: Line, inside: bool) -> tuple[list[tuple[int, int]], bool]:
    """The quoted stretches of a line in characters, and whether a quotation is still open."""
    spans: list[tuple[int, int]] = []
    start = line.tokens[0].start if inside and line.tokens else None
    for token in line.tokens:
        if token.bare in '“”"':
            opening = token.bare == "“" or (token.bare == '"' and start is None)
            if opening and start is None:
                start = token.start
            elif not opening and start is not None:
                spans.append((start, token.end))
                start = None
    if start is not None and line.tokens:
        spans.append((start, line.tokens[-1].end))
    return spans, start is not None


__all__ = ["History", "Past", "is_subject", "quoted", "words"]
