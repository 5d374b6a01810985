"""Who says what: the verbs of saying in a parse, with speaker, addressee and what is said.

Comes after `roles`; feeds `find` (whose claim an event is), `statements`, `claims` and `outlook`.
Quotation marks are looked at in `statements`; here only the tree speaks.
"""

from __future__ import annotations

from msgspec import Struct

from detente.events.arguments import (
    is_passive,
    is_verb,
    objects,
    prepositional,
    subjects,
)
from detente.events.roles import ActorIndex, fill
from detente.knowledge.speech import speech_verbs
from detente.model import Actor
from detente.text.parse import Parse, Token

MAX_CLIMB = 12
CONTENT = ("ccomp", "parataxis", "xcomp", "advcl", "dep")


class Attribution(Struct, frozen=True):
    """A verb of saying (or 'according to') with who speaks, to whom, and the words' tokens."""

    verb: Token
    speakers: tuple[Actor, ...]
    addressees: tuple[Actor, ...]
    content: tuple[Token, ...]
    thinks: bool


def find_attributions(parse: Parse, actors: ActorIndex) -> list[Attribution]:
    """The attributions of a sentence, in the order of the text."""
    found = []
    for token in parse:
        attribution = _of_verb(token, actors) or _according_to(token, actors)
        if attribution is not None:
            found.append(attribution)
    return found


def speaker_of(token: Token, attributions: list[Attribution]) -> Actor | None:
    """To whom the words around this token are attributed: the innermost speaker, or None."""
    best: Attribution | None = None
    for attribution in attributions:
        inside = any(word is token for word in attribution.content)
        if inside and (best is None or len(attribution.content) < len(best.content)):
            best = attribution
    return best.speakers[0] if best and best.speakers else None


def _of_verb(verb: Token, actors: ActorIndex) -> Attribution | None:
    known = speech_verbs().get(verb.lemma)
    if known is None or not is_verb(verb):
        return None
    content = _content(verb)
    if not content:
        return None
    speakers = fill(subjects(verb), actors)
    if is_passive(verb) and known.addressee:
        speakers = fill(prepositional(verb, ("by",)), actors)
    heard = fill(objects(verb), actors) if known.addressee else []
    heard = heard or fill(prepositional(verb, ("to",)), actors)
    return Attribution(
        verb,
        tuple(filler.actor for filler in speakers),
        tuple(filler.actor for filler in heard),
        tuple(content),
        known.thinks,
    )


def _content(verb: Token) -> list[Token]:
    """The words of the clauses that a verb of saying introduces or is put into."""
    clauses = [c for c in verb.by_dep("ccomp", "parataxis") if is_verb(c) or c.dep == "ccomp"]
    if clauses:
        return [word for clause in clauses for word in clause.subtree()]
    if verb.dep in ("parataxis", "ccomp") and is_verb(verb.head) and not verb.by_dep("dobj"):
        own = {word.i for word in verb.subtree()}
        return [word for word in verb.head.subtree() if word.i not in own]
    open_clauses = [c for c in verb.by_dep("xcomp", "advcl") if not _has_subject_marker(c)]
    return [word for clause in open_clauses[:1] for word in clause.subtree()]


def _has_subject_marker(clause: Token) -> bool:
    return bool(clause.by_dep("mark", "advmod")) and clause.dep == "advcl"


def _according_to(token: Token, actors: ActorIndex) -> Attribution | None:
    if token.lower != "according" or not token.by_dep("prep"):
        return None
    nouns = [noun for prep in token.by_dep("prep") for noun in prep.by_dep("pobj")]
    clause = token.head
    own = {word.i for word in token.subtree()}
    content = [word for word in clause.subtree() if word.i not in own]
    speakers = tuple(filler.actor for filler in fill(nouns, actors))
    return Attribution(token, speakers, (), tuple(content), False) if speakers else None
