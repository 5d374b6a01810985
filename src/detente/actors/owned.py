"""Phrases whose state another word tells: 'its troops', 'his spokesman', 'the Syrian'.

Used by `reference`.
"""

from __future__ import annotations

from copy import copy

from msgspec.structs import replace

from ..knowledge.actors import Country
from .clauses import is_verb, reference_words
from .draft import Draft
from .history import History, is_people, pointed
from .segment import Item
from .settle import Mention, body_name

SURE_OF_NATIONAL = 0.8
# 'The Syrian' is sought over this many sentences.
PEOPLE_REACH = 4


def of_state(own: Mention, country: Country, pronoun: Item, why: str, confidence: float) -> Mention:
    """'his spokesman', 'its troops': a bare mention, of the state that the pronoun before tells."""
    draft = copy(own.draft)
    draft.country = country
    draft.start = pronoun.first.start
    actor = replace(
        own.actor,
        start=draft.start,
        country=country.code,
        name=body_name(draft) if draft.shape == "body" and draft.owner else own.actor.name,
        sectors=(own.actor.sectors or ("GOV",)) + country.sectors,
        kind="person" if draft.named else "reference",
        confidence=confidence,
        why=f"{why};countries:{country.code};{own.actor.why}",
    )
    return Mention(actor, draft, own.gender)


def lacks_state(mention: Mention) -> bool:
    """'its prime minister, Jane Doe': a person with a title whose state only the pronoun tells."""
    return bool(mention.draft.named and mention.draft.office and not mention.actor.country)


def one_of_a_people(mention: Mention, history: History, number: int) -> Mention:
    """'the Syrian': the person of that state who was named last."""
    draft = mention.draft
    if draft.article != "the" or not (
        _is_adjective_alone(draft) or (draft.shape == "people" and not is_people(draft))
    ):
        return mention
    person = history.last(
        lambda p: p.person and bool(p.actor.name) and not p.silent
        and p.actor.country == mention.actor.country
        and number - p.sentence <= PEOPLE_REACH
    )  # fmt: skip
    if person is None:
        return mention
    return pointed(draft, person, SURE_OF_NATIONAL, "actor_grammar:epithet")


def _is_adjective_alone(draft: Draft) -> bool:
    """'The Mexican said': no noun follows, and the word is no plural like 'the French'."""
    items = draft.line.items
    if draft.shape != "state" or items[draft.item].kind != "adjective":
        return False
    if draft.first != draft.item or items[draft.item].last.poss:
        return False
    if items[draft.item].last.norm.endswith(tuple(reference_words("people_endings"))):
        return False
    after = draft.item + 1
    return (
        after >= len(items)
        or is_verb(items, after)
        or (items[after].kind in ("mark", "function", "prep", "speech"))
    )
