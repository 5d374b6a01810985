"""Resolves descriptions of states and bodies: 'the country', 'the island', 'the group', 'the bloc'.

Used by `reference` and `definite`. A description without a name takes the state that stands out
of the story, or the body of that kind that was named last; where two are near, none.
"""

from __future__ import annotations

from collections.abc import Callable

from ..knowledge import actors as known
from ..knowledge.actors import Country
from ..model import Actor
from .clauses import SUBJECT, reference_words
from .draft import Draft
from .history import DECAY, REACH, History, Past
from .lexicon import Lexicon
from .settle import SURE, Mention, body_name
from .several import is_place, state_key

# The state that comes second may have this share of the weight of the first.
MOST_OF_SECOND = 0.62
PLACE_WEIGHT = 0.5
SUBJECT_WEIGHT = 1.3
# Bodies are sought this many sentences back.
SENTENCES = 6


class Descriptions:
    """Finds what a description stands for in the history of a story."""

    def __init__(self, history: History, lexicon: Lexicon) -> None:
        self.history = history
        self.lexicon = lexicon

    def leading_state(self, number: int, fits: Callable[[str], bool] | None = None) -> Past | None:
        """The last mention of the state that stands out before sentence `number` ends."""
        weights: dict[str, float] = {}
        latest: dict[str, Past] = {}
        for past in self.history.past[-REACH:]:
            code = past.actor.country
            if not code or past.silent or (fits is not None and not fits(code)):
                continue
            weight = DECAY ** (number - past.sentence)
            if is_place(past):
                weight *= PLACE_WEIGHT
            elif past.role == SUBJECT:
                weight *= SUBJECT_WEIGHT
            weights[code] = weights.get(code, 0.0) + weight
            latest[code] = past
        order = sorted(weights, key=lambda code: (-weights[code], code))
        if not order:
            return None
        if len(order) > 1 and weights[order[1]] > MOST_OF_SECOND * weights[order[0]]:
            return None
        return latest[order[0]]

    def state(self, number: int, region: str = "") -> Past | None:
        """'the country'; 'the Gulf state', where a word says which region it is of."""
        codes = frozenset(known.references()["regions"][region]) if region else None
        past = self.leading_state(number, codes.__contains__ if codes else None)
        return self.as_state(past) if past else None

    def other_state(self, number: int, code: str) -> Past | None:
        """'its neighbour': the other of the two states that stand out."""
        pair = self.history.leading(number, state_key)
        codes = [past.actor.country for past in pair or ()]
        if not pair or code not in codes:
            return None
        return self.as_state(next(past for past in pair if past.actor.country != code))

    def body(self, number: int, noun: str) -> Past | None:
        """'the group', 'the union': the body of that kind that was named last."""
        sectors = frozenset(known.references()["body_nouns"][noun])
        by_name: list[Past] = []
        by_kind: list[Past] = []
        for past in reversed(self.history.since(number - SENTENCES)):
            body = _body_of(past)
            if body is None:
                continue
            if noun in (body.actor.name or "").lower().split():
                by_name.append(body)
            elif sectors & set(body.actor.sectors) or (
                body.kind == "group" and noun in reference_words("group_nouns")
            ):
                by_kind.append(body)
        if by_name:
            return by_name[0]
        names = {past.actor.name for past in by_kind}
        if not by_kind or (len(names) > 1 and noun in reference_words("named_bodies")):
            return None
        first = by_kind[0].sentence
        nearest = [past for past in by_kind if past.sentence == first]
        if len({past.actor.name for past in nearest}) == 1:
            return nearest[0]
        subjects = [past for past in nearest if past.subject]
        return subjects[-1] if len({past.actor.name for past in subjects}) == 1 else None

    def fighters(self, number: int) -> Past | None:
        """'the rebels': the armed group that was named last."""
        sectors = reference_words("fighter_sectors")
        for past in reversed(self.history.since(number - SENTENCES)):
            body = _body_of(past)
            if body is not None and sectors & set(body.actor.sectors):
                return body
        return None

    def epithet(self, referents: tuple[str, ...]) -> Past | None:
        """'the island': the state or body so called that was mentioned last."""
        past = self.history.last(
            lambda p: not p.silent and (p.actor.country in referents or p.actor.name in referents)
        )
        if past is None or past.actor.name in referents:
            return past
        return self.as_state(past)

    def as_state(self, past: Past) -> Past | None:
        """The state of a mention: 'the two sides' of Biden and Xi are two states."""
        country = self.lexicon.codes.get(past.actor.country or "")
        if country is None:
            return None
        mention = state_mention(country, past.mention.draft, past.actor.confidence)
        return Past(mention, past.sentence, past.role)


def state_mention(country: Country, draft: Draft, confidence: float) -> Mention:
    """A mention of a state at the place of a draft."""
    actor = Actor(
        text="",
        start=0,
        end=0,
        name=country.name,
        country=country.code,
        sectors=("GOV", *country.sectors),
        kind="state",
        confidence=confidence,
        why=f"countries:{country.code}",
    )
    return Mention(actor, draft)


def _body_of(past: Past) -> Past | None:
    """The body that a mention names: itself, or whose officer a person is."""
    if past.silent:
        return None
    if past.kind in ("body", "group") and past.actor.name and not past.mention.draft.nouns:
        return past
    owner = past.mention.draft.owner
    if owner is None or past.mention.draft.generic or past.kind == "seat":
        return None
    return owner_of(past)


def owner_of(past: Past) -> Past:
    """The body that a spokesman, an official or fighters belong to."""
    draft = past.mention.draft
    assert draft.owner is not None
    actor = Actor(
        text="",
        start=0,
        end=0,
        name=body_name(draft),
        country=past.actor.country,
        sectors=draft.owner.sectors or past.actor.sectors,
        kind="body",
        confidence=SURE["body"],
        why=past.actor.why,
    )
    owner = Past(Mention(actor, draft), past.sentence, past.role, "body")
    owner.plural = False
    return owner
