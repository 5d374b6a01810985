"""Resolves what points back within a story: pronouns, 'both sides', 'the minister', counterparts.

Comes after `settle`; the last step of `find_actors`. Each word is resolved to an earlier mention
or left out: there are no guesses. Pronouns inside quotations are left alone ('I', 'we' and 'he'
there have other antecedents). Who a pronoun stands for is for `pronouns` and `antecedents` to
say, sets and descriptions are for `referents`, bare titles for `definite`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from msgspec.structs import replace

from ..model import Sentence, Story
from .antecedents import Antecedents
from .bystanders import Bystanders, gender_of_name
from .clauses import POSSESSOR, Clauses, reference_words
from .counterpart import Counterparts
from .definite import Definite
from .descriptions import Descriptions
from .history import History, Past, pointed, quoted
from .lexicon import Lexicon
from .owned import lacks_state, of_state, one_of_a_people
from .phrase import Draft
from .pointing import Pointer, pointers
from .referents import Referents
from .segment import Item, Line
from .settle import Mention

SURE_OF = {
    "pronoun": 0.75,
    "relative": 0.85,
    "plural_pronoun": 0.65,
    "thing_pronoun": 0.65,
    "pair": 0.7,
    "latter": 0.7,
    "epithet": 0.8,
    "description": 0.65,
}
# How the kinds of pointers are named in `why`, where not by their own name.
WAYS = {
    "set": "pair",
    "reciprocal": "pair",
    "other": "pair",
    "state": "description",
    "body": "description",
    "own": "description",
}
# Pointers that take the place of what was read inside them: 'the two NATO allies'.
WHOLE = frozenset(("set", "other", "own"))


def resolve(
    mentions: Sequence[Mention],
    lines: Sequence[Line],
    sentences: Sequence[Sentence],
    story: Story,
    lexicon: Lexicon,
) -> list[Mention]:
    """Add the references of a story to its mentions, and drop bare titles that are nobody's."""
    history = History([sentence.paragraph for sentence in sentences])
    resolver = _Resolver(history, story, lexicon)
    by_line: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_line.setdefault(mention.draft.sentence, []).append(mention)
    found: list[Mention] = []
    open_quote = False
    for number, line in enumerate(lines):
        if number and history.paragraphs[number] != history.paragraphs[number - 1]:
            open_quote = False
        spans, open_quote = quoted(line, open_quote)
        resolver.enter(number, line, spans)
        found += resolver.line(by_line.get(number, []))
    return found


class _Resolver:
    """Goes through the lines in order, keeping what was mentioned."""

    def __init__(self, history: History, story: Story, lexicon: Lexicon) -> None:
        self.history = history
        self.lexicon = lexicon
        self.counterparts = Counterparts(history, story.date, lexicon)
        self.descriptions = Descriptions(history, lexicon)
        self.definite = Definite(history, self.descriptions, story.date)
        self.antecedents = Antecedents(history)
        self.referents = Referents(history, self.antecedents, self.descriptions)
        self.pronouns = self.referents.pronouns
        self.bystanders = Bystanders()
        self.number = 0
        self.items: list[Item] = []
        self.quotes: list[tuple[int, int]] = []

    def enter(self, number: int, line: Line, quotes: list[tuple[int, int]]) -> None:
        """Begin a line."""
        self.number = number
        self.current = line
        self.items = line.items
        self.quotes = quotes
        self.clauses = Clauses(line)
        self.antecedents.enter(number, self.clauses)
        self.referents.enter(number, self.clauses)

    def line(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Resolve one line: its mentions and references, in order."""
        mentions = self._joined(mentions)
        spans = [(m.actor.start, m.actor.end) for m in mentions]
        silent = self.bystanders.find(self.current, spans)
        queue: list[tuple[int, int, Mention | Pointer]] = [
            *((m.actor.start, 1, m) for m in mentions),
            *((m.actor.start, 2, m) for m in silent),
            *((self.items[p.first].first.start, 0, p) for p in self._pointers(mentions)),
        ]
        queue.sort(key=lambda entry: entry[:2])
        found: list[Mention] = []
        self.shared = Counter(spans)
        self.taken: set[int] = set()
        for _, order, entry in queue:
            if isinstance(entry, Pointer):
                found += self._point(entry, mentions)
            elif order == 2:
                self._bystander(entry)
            elif entry.draft.first not in self.taken:
                found += self._mention(entry)
        return found

    def _pointers(self, mentions: Sequence[Mention]) -> list[Pointer]:
        """The words that point back, but for those inside what was read as a phrase."""
        found = []
        for pointer in pointers(self.current):
            first = pointer.first
            inside = any(m.draft.first <= first <= m.draft.item and not m.draft.bare
                         for m in mentions)  # fmt: skip
            described = pointer.kind in ("state", "body", "epithet") and any(
                m.draft.first <= pointer.last <= m.draft.item for m in mentions
            )
            if not inside and not described:
                found.append(pointer)
        return found

    def _mention(self, mention: Mention) -> list[Mention]:
        self.definite.doers = partial(self.antecedents.doers, mention.draft.first)
        settled: Mention | None = self.definite.named(
            one_of_a_people(mention, self.history, self.number), self.number
        )
        if mention.draft.bare:
            settled = self.definite.resolve(mention, self.number)
        if settled is None:
            # A title that is nobody's may still be who 'he' is.
            self._keep(mention, mention.draft.shape, silent=True)
            return []
        self._keep(settled, mention.draft.shape)
        return [settled]

    def _bystander(self, mention: Mention) -> None:
        """A rival that is no actor; 'Chinese ships' are China's, so 'they' can be."""
        before = self.history.past[-1] if self.history.past else None
        draft = mention.draft
        if (
            before is not None and before.adjective and draft.plural
            and before.sentence == self.number and before.last == draft.first - 1
        ):  # fmt: skip
            actor = replace(before.actor, name=None, kind="group")
            draft.first = before.first
            self._keep(Mention(actor, draft), "group")
            return
        self._keep(mention, silent=True)

    def _joined(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Read the counterparts of the line first: they take in the mentions beside them."""
        mentions = list(mentions)
        for index, item in enumerate(self.items):
            if item.kind == "counterpart":
                mentions = self.counterparts.read(self.current, index, self.number, mentions)
        return mentions

    def _keep(self, mention: Mention, shape: str = "", silent: bool = False) -> None:
        kind = mention.actor.kind
        if kind == "reference":
            kind = {"office": "office", "person": "person", "group": "group"}.get(shape, "body")  # type: ignore[assignment]
            if mention.actor.office or shape == "office":
                kind = "office"
        self.history.past.append(self._past(mention, kind, silent))

    def _past(self, mention: Mention, kind: str, silent: bool = False) -> Past:
        first = mention.draft.first
        past = Past(
            mention, self.number, self.clauses.role(first, mention.draft.item), kind, silent
        )
        if not past.gender and past.kind == "person" and past.actor.name:
            past.gender = gender_of_name(past.actor.name)
        if kind == "office" and self.shared[mention.actor.start, mention.actor.end] > 1:
            # 'the Greek and Turkish foreign ministers': one of each.
            past.plural = False
        past.embedded = self.items[self.clauses.start(first)].norm in reference_words("openers")
        return past

    def _is_quoted(self, start: int) -> bool:
        return any(a <= start < b for a, b in self.quotes)

    # --- words that point back ---------------------------------------------------------------

    def _point(self, pointer: Pointer, mentions: Sequence[Mention]) -> list[Mention]:
        if pointer.first in self.taken:
            return []
        if pointer.kind == "pronoun":
            return self._pronoun(pointer, mentions)
        upcoming = [self._past(mention, mention.actor.kind) for mention in mentions]
        found = self.referents.of(pointer, upcoming)
        if pointer.kind in WHOLE and found:
            self.taken.update(range(pointer.first, pointer.last + 1))
        return self._made(pointer, found, WAYS.get(pointer.kind, pointer.kind))

    def _made(self, pointer: Pointer, pasts: Iterable[Past], sure: str) -> list[Mention]:
        """References at the place of a pointer, kept as what they stand for."""
        found = []
        for past in pasts:
            draft = Draft(self.current, pointer.first, pointer.last)
            draft.plural = past.plural
            draft.shape = past.mention.draft.shape
            draft.owner = past.mention.draft.owner
            draft.nouns = past.mention.draft.nouns
            mention = pointed(draft, past, SURE_OF[sure], f"actor_grammar:{sure}")
            kept = self._past(mention, past.kind)
            if pointer.kind == "pronoun" and self.pronouns.is_possessive(pointer.first):
                kept.role = POSSESSOR
            self.history.past.append(kept)
            found.append(mention)
        return found

    def _pronoun(self, pointer: Pointer, mentions: Sequence[Mention]) -> list[Mention]:
        index = pointer.first
        barred: set[object] = set()
        if self._is_quoted(self.items[index].first.start):
            speaker = self._speaker(mentions)
            if speaker is None or not self.pronouns.is_person(index):
                return []
            barred = speaker
        pasts = self.pronouns.resolve(index, barred)
        kind = "pronoun"
        if len(pasts) > 1 or any(past.plural for past in pasts):
            kind = "plural_pronoun"
        elif any(past.thing for past in pasts):
            kind = "thing_pronoun"
        return self._owned(index, pasts, kind, mentions) or self._made(pointer, pasts, kind)

    def _speaker(self, mentions: Sequence[Mention]) -> set[object] | None:
        """Who speaks a quotation of this line, as keys; None where that is not said by name."""
        spoken = [m for m in mentions if m.draft.speech and not self._is_quoted(m.actor.start)]
        if len(spoken) != 1:
            return None
        past = self._past(spoken[0], spoken[0].actor.kind)
        country = spoken[0].actor.country
        same = {p.key for p in self.history.past if p.person and p.actor.country == country}
        return {past.key, *(same if spoken[0].actor.name is None or past.kind == "state" else ())}

    def _owned(
        self, index: int, pasts: Sequence[Past], sure: str, mentions: Sequence[Mention]
    ) -> list[Mention]:
        """'his spokesman', 'its troops': a title, body or noun of whom the pronoun stands for."""
        if not self.pronouns.is_possessive(index):
            return []
        own = next((m for m in mentions if m.draft.first == index + 1), None)
        if own is None or not (own.draft.bare or lacks_state(own)):
            return []
        found = []
        for past in pasts:
            country = self.lexicon.codes.get(past.actor.country or "")
            if country is not None:
                found.append(
                    of_state(
                        own, country, self.items[index], f"actor_grammar:{sure}", SURE_OF[sure]
                    )
                )
        if found:
            self.taken.add(index + 1)
        for mention in found:
            mention.draft.first = index
            self._keep(mention, mention.draft.shape)
        return found
