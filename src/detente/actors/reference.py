"""Resolves what points back within a story: pronouns, 'both sides', 'the minister', counterparts.

Comes after `settle`; the last step of `find_actors`. Each word is resolved to an earlier mention
or left out: there are no guesses. Pronouns inside quotations are left alone ('I', 'we' and 'he'
there have other antecedents), and so is 'who', which the parser binds.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from ..knowledge import actors as known
from ..knowledge.actors import Country
from ..model import Actor, Sentence, Story
from .counterpart import Counterparts
from .definite import definite, pointed
from .history import THINGS, History, Past, is_subject, quoted
from .lexicon import Lexicon
from .phrase import Draft, words
from .segment import Item, Line
from .settle import Mention, body_name

SURE_OF = {
    "pronoun": 0.75,
    "plural_pronoun": 0.65,
    "thing_pronoun": 0.65,
    "pair": 0.7,
    "latter": 0.7,
    "epithet": 0.8,
}
POINTING = frozenset(("pronoun", "pair", "counterpart", "latter", "epithet"))
# A pronoun that opens its sentence (within this many items) may reach into the one before.
OPENING = 3


@cache
def _pronouns() -> dict[str, str]:
    return dict(known.grammar()["pronouns"])


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
        self.number = 0
        self.items: list[Item] = []
        self.quotes: list[tuple[int, int]] = []

    def enter(self, number: int, line: Line, quotes: list[tuple[int, int]]) -> None:
        """Begin a line."""
        self.number = number
        self.current = line
        self.items = line.items
        self.quotes = quotes

    def line(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Resolve one line: its mentions and references, in order."""
        mentions = self._joined(mentions)
        pointing = [
            (item.first.start, index)
            for index, item in enumerate(self.items)
            if item.kind in POINTING and item.kind != "counterpart"
        ]
        spans = [(m.actor.start, m.actor.end) for m in mentions]
        pointing = [p for p in pointing if not any(a <= p[0] < b for a, b in spans)]
        found: list[Mention] = []
        queue = sorted(
            [(m.actor.start, 0, m) for m in mentions] + [(start, 1, i) for start, i in pointing],
            key=lambda entry: entry[:2],
        )
        taken: set[int] = set()
        for _, _, entry in queue:
            if isinstance(entry, Mention):
                if entry.draft.first in taken:
                    continue
                settled = definite(entry, self.history) if entry.draft.bare else entry
                if settled is not None:
                    found.append(settled)
                    self._keep(settled, entry.draft.shape)
            else:
                owned = self._owned(entry, mentions)
                taken.update(mention.draft.first for mention in owned)
                for mention in owned:
                    mention.draft.first = entry
                    self._keep(mention, mention.draft.shape)
                found += owned or self._point(entry)
        return found

    def _owned(self, index: int, mentions: Sequence[Mention]) -> list[Mention]:
        """'his spokesman', 'its troops': a title, body or noun of whom the pronoun stands for."""
        if self.items[index].first.norm not in words("possessive_pronouns"):
            return []
        own = next((m for m in mentions if m.draft.first == index + 1), None)
        if own is None or not own.draft.bare:
            return []
        found = []
        for past, sure in self._antecedents(index):
            country = self.lexicon.codes.get(past.actor.country or "")
            if country is not None:
                found.append(self._of_state(own, country, index, sure))
        return found

    def _of_state(self, own: Mention, country: Country, index: int, sure: str) -> Mention:
        draft = copy(own.draft)
        draft.country = country
        draft.start = self.items[index].first.start
        actor = replace(
            own.actor,
            start=draft.start,
            country=country.code,
            name=body_name(draft) if draft.shape == "body" and draft.owner else None,
            sectors=(own.actor.sectors or ("GOV",)) + country.sectors,
            kind="reference",
            confidence=SURE_OF[sure],
            why=f"actor_grammar:{sure};countries:{country.code};{own.actor.why}",
        )
        return Mention(actor, draft, own.gender)

    def _joined(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Read the counterparts of the line first: they take in the mentions beside them."""
        mentions = list(mentions)
        for index, item in enumerate(self.items):
            if item.kind == "counterpart":
                mentions = self.counterparts.read(self.current, index, self.number, mentions)
        return mentions

    def _keep(self, mention: Mention, shape: str = "") -> None:
        kind = mention.actor.kind
        if kind == "reference":
            kind = {"office": "office", "person": "person"}.get(shape, "body")  # type: ignore[assignment]
        subject = is_subject(self.current, mention.draft.first)
        self.history.past.append(Past(mention, self.number, subject, kind))

    def _is_quoted(self, start: int) -> bool:
        return any(a <= start < b for a, b in self.quotes)

    # --- words that point back ---------------------------------------------------------------

    def _point(self, index: int) -> list[Mention]:
        item = self.items[index]
        if item.kind == "pronoun":
            return self._pronoun(index)
        if item.kind == "pair":
            return self._pair(index)
        if item.kind == "latter":
            return self._latter(index)
        return self._epithet(index)

    def _reference(self, index: int, past: Past, sure: str, first: int | None = None) -> Mention:
        draft = Draft(self.current, index if first is None else first, index)
        draft.plural = past.plural
        return pointed(draft, past, SURE_OF[sure], f"actor_grammar:{sure}")

    def _made(self, index: int, past: Past, sure: str) -> list[Mention]:
        mention = self._reference(index, past, sure)
        subject = is_subject(self.current, index)
        self.history.past.append(Past(mention, self.number, subject, past.kind))
        return [mention]

    def _pronoun(self, index: int) -> list[Mention]:
        return [m for past, sure in self._antecedents(index) for m in self._made(index, past, sure)]

    def _antecedents(self, index: int) -> list[tuple[Past, str]]:
        """Whom a pronoun stands for, and how it was found; none where that is not clear."""
        item = self.items[index]
        kind = _pronouns()[item.first.norm]
        if self._is_quoted(item.first.start):
            return []
        if kind in ("m", "f"):
            barred = (
                self._own_subject(index) if item.first.norm in words("object_pronouns") else None
            )

            def fits(past: Past) -> bool:
                known_to_be = bool(past.actor.country or past.actor.name)
                same = barred is not None and past.key == barred.key
                return past.person and past.gender in (kind, "") and known_to_be and not same

            found = self.history.near(self.number, fits)
            return [(found, "pronoun")] if found else []
        if kind == "n":
            thing = self._thing(index)
            return [(thing, "thing_pronoun")] if thing else []
        return [(past, "plural_pronoun") for past in self._plural(index)]

    def _own_subject(self, index: int) -> Past | None:
        """The subject of the clause that a pronoun is the object of: it is somebody else."""
        here = self.history.of(self.number)
        if not here or not here[-1].subject or self._mark_since(here[-1], index):
            return None
        return here[-1]

    def _thing(self, index: int) -> Past | None:
        """'it', 'its': the state or body that is the subject."""
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        bare_it = self.items[index].first.norm == "it"
        if bare_it and (after is None or self._is_dummy(index)):
            return None
        if bare_it and not is_subject(self.current, index):
            return None

        def fits(past: Past) -> bool:
            return past.kind in THINGS and not past.adjective and not past.plural

        here = [past for past in self.history.of(self.number) if fits(past)]
        subjects = [past for past in here if past.subject]
        if subjects:
            return subjects[-1]
        if here:
            one = len({past.key for past in here}) == 1 and not bare_it
            return here[-1] if one else None
        if index > OPENING or self.number == 0:
            return None
        before = [
            past for past in self.history.of(self.number - 1) if past.subject
        ]
        if before and fits(before[0]) and len({past.key for past in before if fits(past)}) == 1:
            return before[0]
        return None

    def _is_dummy(self, index: int) -> bool:
        """Whether 'it' stands for nothing: 'it is', 'it seems', 'it would be'."""
        norms = [item.first.norm for item in self.items[index + 1 : index + 3]]
        auxiliary = norms[0] in words("auxiliaries") and self.items[index - 1].kind == "speech"
        return norms[-1 if auxiliary else 0] in words("dummy_it")

    def _plural(self, index: int) -> list[Past]:
        """'they', 'their': two joined by 'and', or several of a kind."""
        for back in (0, 1):
            at = self.number - back
            if back and index > OPENING:
                return []
            here = self.history.of(at)
            subjects = [past for past in here if past.subject]
            several = [
                past for past in subjects if past.plural and past.kind in ("group", "office")
            ]
            joined = _joined_pair(here)
            if joined and joined[0].subject:
                return joined
            if several:
                return several[-1:]
            if subjects:
                return []
        return []

    def _pair(self, index: int) -> list[Mention]:
        item = self.items[index]
        kind = item.of("pair")[0].record
        phrase = " ".join(token.norm for token in self.current.tokens[item.i : item.j])
        if phrase in words("bare_pairs") and not self._is_closed(index):
            return []
        if kind == "leaders":
            pair = self.history.leading(
                self.number, lambda p: p.actor.name if p.kind == "person" else None
            )
        else:
            pair = self.history.leading(self.number, _state_of)
        if pair is None or len({past.actor.country for past in pair}) < 2:
            return []
        if kind == "leaders":
            return [self._reference(index, past, "pair") for past in pair]
        states = [self._as_state(past) for past in pair]
        return [self._reference(index, state, "pair") for state in states if state]

    def _is_closed(self, index: int) -> bool:
        """Whether no noun follows, so that 'the two' stands alone."""
        if index + 1 >= len(self.items):
            return True
        return self.items[index + 1].kind in ("mark", "function", "prep", "conj", "speech")

    def _as_state(self, past: Past) -> Past | None:
        """The state of a mention: 'the two sides' of Biden and Xi are two states."""
        country = self.lexicon.codes.get(past.actor.country or "")
        if country is None:
            return None
        draft = past.mention.draft
        actor = Actor(
            text="",
            start=0,
            end=0,
            name=country.name,
            country=country.code,
            sectors=("GOV", *country.sectors),
            kind="state",
            confidence=past.actor.confidence,
            why=f"countries:{country.code}",
        )
        return Past(Mention(actor, draft), past.sentence, past.subject)

    def _latter(self, index: int) -> list[Mention]:
        """'the latter': of the two last, the later; not the subject of its own clause."""
        here = self.history.since(self.number - 1)
        if not here:
            return []
        last = here[-1]
        if last.sentence == self.number and last.subject and not self._mark_since(last, index):
            others = [past for past in here if past.key != last.key and past.kind == last.kind]
            return self._made(index, others[-1], "latter") if others else []
        return self._made(index, last, "latter")

    def _mark_since(self, past: Past, index: int) -> bool:
        between = self.items[past.mention.draft.item + 1 : index]
        return any(item.kind == "mark" for item in between)

    def _epithet(self, index: int) -> list[Mention]:
        """'the island', 'the bloc': the state or body so called that was mentioned last."""
        before = self.items[index - 1] if index else None
        if before is None or before.kind != "article":
            return []
        referents = self.items[index].of("epithet")[0].record
        past = self.history.last(
            lambda p: p.actor.country in referents or p.actor.name in referents
        )
        if past is None:
            return []
        if past.actor.name not in referents:
            past = self._as_state(past)
        return self._made(index, past, "epithet") if past else []


def _joined_pair(here: Sequence[Past]) -> list[Past]:
    """The first two mentions of a sentence with only 'and' between them."""
    for one, two in pairwise(here):
        first, second = one.mention.draft, two.mention.draft
        gap = second.line.items[first.item + 1 : second.first]
        kinds = [item.kind for item in gap if item.kind != "article"]
        if kinds == ["conj"] and not one.adjective and not two.adjective:
            return [one, two]
    return []


def _state_of(past: Past) -> str | None:
    return past.actor.country if past.kind != "group" or past.actor.country else None
