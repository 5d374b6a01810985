"""Events that the lexicon does not know, proposed by the small model.

Comes after the lexicon's events of a sentence (`find`). A clause in which one actor does something
to another by a word the lexicon lacks, or lacks in this construction, is put to `relation_model`
with the two actors marked; a relation that it is sure of is written, `why` naming the model and its
probability. Only plain clauses are asked about: the doer is the verb's subject, the other stands
below the verb, and neither pair nor verb has been written already. The deed must be told as done or
to come; what is denied, hypothetical or asked for is left to the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from detente.events.arguments import is_verb, subjects, words
from detente.events.plover import Coded
from detente.events.relation_model import NO_RELATION, Judged, Marked, judge
from detente.events.roles import IS_WHERE_IT_IS, ITSELF, ActorIndex, Filler, fill
from detente.events.scene import Scene
from detente.events.status import Reality, reality
from detente.knowledge.acts import Sense
from detente.knowledge.ontology import event_type
from detente.knowledge.operators import effect
from detente.knowledge.speech import speech_verbs
from detente.model import Actor, Event
from detente.text.parse import Token

# A relation less likely than this is not written (chosen on the dev half of bench/events).
LEAST_LIKELY = 0.8
# At most so many pairs of one sentence are asked about.
MOST_PAIRS = 6
# Types whose deed is the undertaking itself, so that it may lie ahead.
UNDERTAKINGS = frozenset({"AGREE", "CONCEDE", "THREATEN"})


class Candidate(Struct, frozen=True):
    """A clause in which `doer` may do something to `other`."""

    head: Token
    real: Reality
    doer: Filler
    other: Filler


class Proposal(Struct, frozen=True):
    """A deed that the model names: as `find` needs it to make an event."""

    head: Token
    real: Reality
    sense: Sense
    coded: Coded
    source: Filler
    target: Filler
    probability: float


def propose(scene: Scene, written: Sequence[Event]) -> list[Proposal]:
    """The deeds of a sentence that the model is sure of and the lexicon has not written."""
    candidates = list(_candidates(scene, written))[:MOST_PAIRS]
    offset = scene.sentence.start
    marked = [
        Marked(
            scene.sentence.text,
            (c.doer.actor.start - offset, c.doer.actor.end - offset),
            (c.other.actor.start - offset, c.other.actor.end - offset),
        )
        for c in candidates
    ]
    judged = judge(marked) if marked else []
    found = [_proposal(c, j) for c, j in zip(candidates, judged, strict=True)]
    return _one_for_each_verb([proposal for proposal in found if proposal is not None])


def _candidates(scene: Scene, written: Sequence[Event]) -> Iterator[Candidate]:
    done = {event.trigger.start for event in written}
    pairs = {_pair(a, b) for e in written for a in e.source for b in e.target}
    pairs |= {_pair(a, b) for e in written if e.reciprocal for a in e.source for b in e.source}
    for verb in scene.parse:
        if not _is_deed(verb, done):
            continue
        real = reality(verb)
        if real.operator is not None or real.effect is not None or real.alleged:
            continue
        if real.status not in ("occurred", "ongoing", "planned"):
            continue
        for doer in fill(subjects(verb), scene.actors):
            for other in _below(verb, scene.actors):
                if (
                    doer.directness > IS_WHERE_IT_IS
                    and _state(doer.actor) != _state(other.actor)
                    and _pair(doer.actor, other.actor) not in pairs
                ):
                    yield Candidate(verb, real, doer, other)


def _is_deed(verb: Token, done: set[int]) -> bool:
    """Whether the word is a full verb that no event has used and that is more than saying so."""
    return (
        is_verb(verb)
        and verb.start not in done
        and verb.lemma not in speech_verbs()
        and verb.lemma not in words("empty_verbs")
        and effect(verb.lemma, "v") is None
        and not any(child.dep == "neg" for child in verb.children)
    )


def _below(verb: Token, actors: ActorIndex) -> list[Filler]:
    """The actors that stand below a verb, other than in its subject or in a clause of their own."""
    found: dict[tuple[int, int], Filler] = {}
    stack = [child for child in verb.children if child.dep in words("complement_relations")]
    for token in stack:
        for actor in actors.at(token):
            found.setdefault((actor.start, actor.end), Filler(actor, ITSELF))
        stack += [c for c in token.children if not is_verb(c) and len(stack) < 60]
    return list(found.values())


def _state(actor: Actor) -> str:
    return actor.country or actor.name or actor.text


def _pair(a: Actor, b: Actor) -> frozenset[str]:
    return frozenset({_state(a), _state(b)})


def _proposal(candidate: Candidate, judged: Judged) -> Proposal | None:
    """What the model says of a candidate, or None where it is not sure of any relation."""
    best = max(judged.types, key=lambda name: (judged.types[name], name))
    real = candidate.real
    if best == NO_RELATION or judged.types[best] < LEAST_LIKELY:
        return None
    if real.status == "planned" and best not in UNDERTAKINGS:
        return None
    kind = event_type(best)
    modes = {m.name: judged.modes.get(m.name, 0.0) for m in kind.modes}
    mode = max(modes, key=lambda name: (modes[name], name), default=None)
    if mode is not None and modes[mode] < 0.5:
        mode = None
    cameo = kind.mode(mode).cameo if mode else kind.cameo
    sense = Sense("", candidate.head.lemma, "v", (), (), (), best, mode, cameo,
                  frozenset(), judged.types[best], "")  # fmt: skip
    coded = Coded(best, mode, best, cameo, real.status or "occurred")
    return Proposal(
        candidate.head, real, sense, coded, candidate.doer, candidate.other, judged.types[best]
    )


def _one_for_each_verb(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The likeliest proposal of each verb and doer."""
    best: dict[tuple[int, str], Proposal] = {}
    for proposal in sorted(proposals, key=lambda p: -p.probability):
        best.setdefault((proposal.head.i, _state(proposal.source.actor)), proposal)
    return sorted(best.values(), key=lambda p: (p.head.i, p.source.actor.start))
