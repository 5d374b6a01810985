"""Resolves titles and nouns without a state: 'the minister', 'the ministry', 'the officials'.

Called by `reference`. The last mention of that office, body or kind says whose it is; where there
is none, titles and bodies are left out, and kinds of people stay without a state.
"""

from __future__ import annotations

from functools import cache

from ..knowledge import actors as known
from ..model import Actor
from .draft import Draft
from .history import History, Past
from .people import FORMER
from .settle import SURE, Mention, body_name

SURE_OF_DEFINITE = 0.8


def definite(mention: Mention, history: History) -> Mention | None:
    """A title, body or noun without a state: whose it is by an earlier mention.

    Kinds of people stay as they are when nothing fits; titles and bodies are left out.
    """
    draft = mention.draft
    if draft.shape == "group" and draft.article != "the":
        return mention if draft.plural or draft.article else None
    literal = _words_of(draft)
    if draft.shape == "office":
        past = history.last(lambda p: _same_office(p, draft, literal))
    elif draft.shape == "body":
        past = history.last(lambda p: _same_body(p, literal))
    else:
        past = history.last(lambda p: _same_noun(p, draft))
    if past is None:
        return mention if mention.actor.kind == "group" else None
    if draft.shape == "body" and past.kind != "body":
        past = _body_of(past)
    return pointed(draft, past, SURE_OF_DEFINITE, "actor_grammar:definite")


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


def _words_of(draft: Draft) -> frozenset[str]:
    """The words of the title or noun itself, as written."""
    item = draft.line.items[draft.item]
    return frozenset(token.norm for token in draft.line.tokens[item.i : item.j])


def _same_office(past: Past, draft: Draft, literal: frozenset[str]) -> bool:
    """Whether the mention has the office that a bare title names: 'the minister'."""
    if draft.office is None or past.plural != draft.plural:
        return False
    if draft.plural and past.mention.draft.office is draft.office and past.actor.country:
        return True
    if past.actor.office is None:
        return False
    if past.kind not in ("person", "office") or not (past.actor.country or past.actor.name):
        return False
    if draft.status == "former" and past.actor.sectors[:1] != FORMER:
        return False
    own = frozenset(past.actor.office.replace("-", " ").split())
    ranks = own & words_of_class("deputy")
    if ranks and not ranks & literal and not ranks & frozenset(draft.office.office.split()):
        return False
    return literal <= own or frozenset(draft.office.office.split()) <= own


@cache
def words_of_class(name: str) -> frozenset[str]:
    """A closed class of words as a set."""
    return frozenset(known.grammar()["classes"][name])


def _same_body(past: Past, literal: frozenset[str]) -> bool:
    """Whether the mention is, or belongs to, a body called by these words: 'the ministry'."""
    owner = past.mention.draft.owner
    if owner is None or not past.actor.country:
        return False
    return literal <= frozenset(owner.name.lower().split())


def _same_noun(past: Past, draft: Draft) -> bool:
    """Whether the mention is of the same noun and has a state: 'the soldiers'."""
    if not past.actor.country or past.kind != "group":
        return False
    return bool(draft.nouns) and past.mention.draft.nouns == draft.nouns


def _body_of(past: Past) -> Past:
    """The body that a spokesman or official belongs to."""
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
    return Past(Mention(actor, draft), past.sentence, past.subject)
