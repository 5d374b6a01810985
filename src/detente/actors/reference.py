"""Resolves what points back within a story: pronouns, 'both sides', 'the minister', counterparts.

Comes after `settle`; the last step of `find_actors`. Each word is resolved to an earlier mention
or left out: there are no guesses. Pronouns inside quotations are left alone ('I', 'we' and 'he'
there have other antecedents). Who a pronoun stands for is for `pronouns` and `antecedents` to
say, sets are for `several`, descriptions for `descriptions` and `definite`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy

from msgspec.structs import replace

from ..knowledge.actors import Country
from ..model import Sentence, Story
from .antecedents import Antecedents
from .bystanders import Bystanders, gender_of_name
from .clauses import POSSESSOR, SUBJECT, Clauses, is_verb, norm, reference_words
from .counterpart import Counterparts
from .definite import Definite, pointed
from .descriptions import Descriptions
from .history import History, Past, is_people, quoted
from .lexicon import Lexicon
from .phrase import Draft, words
from .pointing import Pointer, pointers
from .pronouns import Pronouns
from .segment import Item, Line
from .settle import Mention, body_name
from .several import Several, chains

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
# 'The Syrian' is sought over this many sentences.
PEOPLE_REACH = 4
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
        self.pronouns = Pronouns(self.antecedents)
        self.several = Several(history)
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
        self.upcoming = mentions
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
        settled = self._one_of_a_people(mention)
        if mention.draft.bare:
            first = mention.draft.first
            own = (self.antecedents.governing(first), self.antecedents.subject_of(first))
            self.definite.barred = frozenset(past.key for past in own if past is not None)
            settled = self.definite.resolve(mention, self.number)
        if settled is None:
            # A title that is nobody's may still be who 'he' is.
            self._keep(mention, mention.draft.shape, silent=True)
            return []
        self._keep(settled, mention.draft.shape)
        return [settled]

    def _is_adjective_alone(self, draft: Draft) -> bool:
        """'The Mexican said': no noun follows, and the word is no plural like 'the French'."""
        if draft.shape != "state" or self.items[draft.item].kind != "adjective":
            return False
        if draft.first != draft.item or self.items[draft.item].last.poss:
            return False
        if self.items[draft.item].last.norm.endswith(tuple(reference_words("people_endings"))):
            return False
        after = draft.item + 1
        return after >= len(self.items) or is_verb(self.items, after) or (
            self.items[after].kind in ("mark", "function", "prep", "speech")
        )

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

    def _one_of_a_people(self, mention: Mention) -> Mention | None:
        """'the Syrian': the person of that state who was named last."""
        draft = mention.draft
        if draft.article != "the" or not (self._is_adjective_alone(draft) or (
            draft.shape == "people" and not is_people(draft)
        )):
            return mention
        person = self.history.last(
            lambda p: p.person and bool(p.actor.name) and not p.silent
            and p.actor.country == mention.actor.country
            and self.number - p.sentence <= PEOPLE_REACH
        )  # fmt: skip
        if person is None:
            return mention
        return pointed(draft, person, SURE_OF["epithet"], "actor_grammar:epithet")

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
        past = Past(mention, self.number, self.clauses.role(first, mention.draft.item), kind, silent)
        if not past.gender and past.kind == "person" and past.actor.name:
            past.gender = gender_of_name(past.actor.name)
        if kind == "office" and self.shared[mention.actor.start, mention.actor.end] > 1:
            # 'the Greek and Turkish foreign ministers': one of each.
            past.plural = False
        past.embedded = norm(self.items[self.clauses.start(first)]) in reference_words("openers")
        return past

    def _is_quoted(self, start: int) -> bool:
        return any(a <= start < b for a, b in self.quotes)

    # --- words that point back ---------------------------------------------------------------

    def _point(self, pointer: Pointer, mentions: Sequence[Mention]) -> list[Mention]:
        if self.items[pointer.first].first.start in self.taken:
            return []
        if pointer.kind == "pronoun":
            return self._pronoun(pointer, mentions)
        found = self._referents(pointer)
        if pointer.kind in WHOLE and found:
            self.taken.update(range(pointer.first, pointer.last + 1))
        sure = {"set": "pair", "reciprocal": "pair", "other": "pair", "state": "description",
                "body": "description", "own": "description"}.get(pointer.kind, pointer.kind)  # fmt: skip
        return self._made(pointer, found, sure)

    def _referents(self, pointer: Pointer) -> list[Past]:
        index = pointer.first
        if pointer.kind == "relative":
            return self.pronouns.relative(index)
        if pointer.kind == "set":
            return self._set(pointer)
        if pointer.kind == "reciprocal":
            return self._each_other(index)
        if pointer.kind in ("other", "own"):
            return self._other(pointer)
        past: Past | None
        if pointer.kind == "latter":
            past = self._latter(index)
        elif pointer.kind == "state":
            past = self.descriptions.state(self.number, pointer.sort)
        elif pointer.kind == "body":
            past = self.descriptions.body(self.number, pointer.noun)
        else:
            past = self.descriptions.epithet(self.items[index].of("epithet")[0].record)
        return [past] if past else []

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
        if own is None or not (own.draft.bare or _lacks_state(own)):
            return []
        found = []
        for past in pasts:
            country = self.lexicon.codes.get(past.actor.country or "")
            if country is not None:
                found.append(self._of_state(own, country, index, sure))
        if found:
            self.taken.add(index + 1)
        for mention in found:
            mention.draft.first = index
            self._keep(mention, mention.draft.shape)
        return found

    def _of_state(self, own: Mention, country: Country, index: int, sure: str) -> Mention:
        draft = copy(own.draft)
        draft.country = country
        draft.start = self.items[index].first.start
        actor = replace(
            own.actor,
            start=draft.start,
            country=country.code,
            name=body_name(draft) if draft.shape == "body" and draft.owner else own.actor.name,
            sectors=(own.actor.sectors or ("GOV",)) + country.sectors,
            kind="person" if draft.named else "reference",
            confidence=SURE_OF[sure],
            why=f"actor_grammar:{sure};countries:{country.code};{own.actor.why}",
        )
        return Mention(actor, draft, own.gender)

    # --- sets --------------------------------------------------------------------------------

    def _set(self, pointer: Pointer) -> list[Past]:
        """'the two leaders': who stand beside it in commas, else the set that was named last."""
        after = self._beside(pointer)
        role = self.clauses.role(pointer.first, pointer.last)
        own = self.antecedents.subject_of(pointer.first) if role != SUBJECT else None
        found = after or self.several.find(
            self.number, pointer.count, pointer.sort, pointer.gender, own.key if own else None
        )
        if len(found) < pointer.count or any(past.silent for past in found):
            return []
        whole = pointer.sort == "foe" and all(past.person for past in found)
        return found if whole or pointer.sort in ("person", "any", "body") else self._as_states(found)

    def _as_states(self, pasts: Sequence[Past]) -> list[Past]:
        found = []
        for past in pasts:
            rebels = past.kind in ("group", "body") and past.actor.name and not past.plural
            state = past if rebels else self.descriptions.as_state(past)
            if state is not None:
                found.append(state)
        return found

    def _beside(self, pointer: Pointer) -> list[Past]:
        """'the two ministers, X and Y': the persons right after the comma."""
        after = pointer.last + 1
        if after >= len(self.items) or self.items[after].first.bare != ",":
            return []
        pasts = [self._past(m, m.actor.kind) for m in self.upcoming if m.draft.first > pointer.last]
        for chain in chains(pasts):
            if chain[0].first == after + 1 and len(chain) == pointer.count:
                return chain
        return []

    def _each_other(self, index: int) -> list[Past]:
        """'each other': those who do it to each other."""
        here = self.antecedents.here
        start = self.clauses.start(index)
        own = self.antecedents.subject_of(index)
        if own is not None:
            same = [past for past in here if (past.first, past.last) == (own.first, own.last)]
            if len(same) == 2:
                return same
        for chain in reversed(chains(here)):
            if len(chain) == 2 and chain[0].subject and chain[-1].last >= start:
                return chain
        if own is not None:
            chain_of = next((c for c in chains(here) if own in c and len(c) == 2), [])
            return chain_of
        return []

    def _other(self, pointer: Pointer) -> list[Past]:
        """'its neighbour', 'his host': of the two that stand out, the one it is not."""
        here = [past for past in self.antecedents.here if past.last == pointer.count]
        if not here or here[0].silent:
            return []
        own = here[0]
        if pointer.kind == "own":
            return self._as_states(here)
        if pointer.sort == "state":
            other = self.descriptions.other_state(self.number, own.actor.country or "")
            return [other] if other else []
        near = self.history.since(self.number - 1)
        persons = {past.key: past for past in near if past.person}
        persons.pop(own.key, None)
        found = list(persons.values())
        return found if len(found) == 1 and found[0].known and not found[0].silent else []

    def _latter(self, index: int) -> Past | None:
        """'the latter': of the two last, the later; not the subject of its own clause."""
        here = [past for past in self.history.since(self.number - 1) if not past.silent]
        if not here:
            return None
        last = here[-1]
        own = self.antecedents.subject_of(index)
        if own is not None and own.key == last.key:
            others = [past for past in here if past.key != last.key and past.kind == last.kind]
            return others[-1] if others else None
        return last


def _lacks_state(mention: Mention) -> bool:
    """'its prime minister, Jane Doe': a person with a title whose state only the pronoun tells."""
    return bool(mention.draft.named and mention.draft.office and not mention.actor.country)
