"""One sentence, two actors given: which relation the sentence states from one to the other.

The classifier behind `detente relate`. Each word of action that the lexicon knows is a vote for
its type; a vote counts by how the two actors stand to it: doer and done-to count most, a word in
another clause least. The votes and a small share for every type are made into probabilities, and
these are multiplied with those of the small model that reads the whole sentence
(`relation_model`): the lexicon knows words, the model weighs constructions it has seen told apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from detente.events.arguments import subjects
from detente.events.plover import derive
from detente.events.relation_model import Judged, Marked, judge
from detente.events.roles import ActorIndex, fill, sources, targets
from detente.events.senses import find_senses
from detente.events.status import reality
from detente.events.when import tree_distance
from detente.knowledge.acts import Sense
from detente.knowledge.ontology import event_type, event_types
from detente.model import Actor, Status
from detente.text.parse import Parse, Token, parse_sentences

# How much a vote counts where the two actors are ... (found on a grid over the lexicon's own
# examples; re-run `bench/relate` after a change)
DOER_AND_DONE_TO = 1.0
TURNED_ROUND = 0.25
DOER_ONLY = 0.55
DONE_TO_ONLY = 0.35
NEITHER = 0.1
# The share of probability that every type keeps, before any word has voted.
SMOOTHING = 0.02
# A word farther from the first actor than this (edges of the tree) hardly counts.
FAR = 8
# No probability is taken for less than this when the two judgements are multiplied.
LEAST = 1e-4
# A mode that the model holds less likely than this is not given.
LIKELY_MODE = 0.4
SYMMETRIC = frozenset({"CONSULT", "COOPERATE", "AGREE"})


class Relation(Struct, frozen=True):
    """The relation that a sentence states; `scores` sum to 1 over the sixteen types."""

    type: str
    mode: str | None
    status: Status
    confidence: float
    scores: dict[str, float]
    why: str


class Vote(Struct, frozen=True):
    """One word of action's say."""

    type: str
    mode: str | None
    status: Status
    weight: float
    why: str


def relate(sentence: str, source: tuple[int, int], target: tuple[int, int]) -> Relation:
    """The relation from the actor at `source` to the one at `target` (offsets in `sentence`)."""
    parse = parse_sentences([sentence], [0])[0]
    given = (_given(sentence, source, "S"), _given(sentence, target, "T"))
    actors = ActorIndex(parse, given)
    votes = _votes(parse, actors, given)
    judged = judge([Marked(sentence, source, target)])[0]
    scores = _multiplied(_scores(votes), judged.types)
    best = max(scores, key=lambda name: (scores[name], name))
    leading = max((v for v in votes if v.type == best), key=lambda v: v.weight, default=None)
    return Relation(
        type=best,
        mode=leading.mode if leading else _mode(best, judged),
        status=leading.status if leading else "occurred",
        confidence=scores[best],
        scores=scores,
        why=f"{leading.why};model" if leading else "model",
    )


def _multiplied(lexicon: Mapping[str, float], model: Mapping[str, float]) -> dict[str, float]:
    """The two judgements as one; sums to 1 over the types of the lexicon."""
    products = {
        name: max(LEAST, share) * max(LEAST, model.get(name, 0.0))
        for name, share in lexicon.items()
    }
    whole = sum(products.values())
    return {name: round(product / whole, 4) for name, product in products.items()}


def _mode(type_: str, judged: Judged) -> str | None:
    """The mode that the model holds likeliest among those of the type, where it is likely."""
    own = {mode: judged.modes.get(mode, 0.0) for mode in _modes_of(type_)}
    best = max(own, key=lambda mode: (own[mode], mode), default=None)
    return best if best is not None and own[best] >= LIKELY_MODE else None


def _modes_of(type_: str) -> tuple[str, ...]:
    return tuple(mode.name for mode in event_type(type_).modes)


def _given(sentence: str, span: tuple[int, int], name: str) -> Actor:
    start, end = span
    return Actor(sentence[start:end], start, end, name=name, country=name, sectors=("GOV",))


def _votes(parse: Parse, actors: ActorIndex, given: tuple[Actor, Actor]) -> list[Vote]:
    found = []
    for head, sense in find_senses(parse, actors):
        if actors.at(head):
            continue
        real = reality(head)
        coded = derive(sense, real)
        if coded is None:
            continue
        weight = sense.sure * _standing(head, sense, actors, given, real.operator, coded.type)
        found.append(Vote(coded.type, coded.mode, coded.status, weight, f"lexicon:{sense.id}"))
    return found


def _standing(
    head: Token,
    sense: Sense,
    actors: ActorIndex,
    given: tuple[Actor, Actor],
    operator: Token | None,
    type_: str,
) -> float:
    """How the two given actors stand to a word of action."""
    doers = {f.actor.name for f in sources(head, sense, actors)}
    done_to = {f.actor.name for f in targets(head, sense, actors)}
    if operator is not None:
        own = {f.actor.name for f in fill(subjects(operator), actors)}
        doers, done_to = (own or doers), (doers | done_to) - own
    if "S" in doers and ("T" in done_to or "T" in doers):
        return DOER_AND_DONE_TO
    if "T" in doers and "S" in done_to:
        return DOER_AND_DONE_TO if type_ in SYMMETRIC else TURNED_ROUND
    near = _nearness(head, actors, given[0])
    if "S" in doers:
        return DOER_ONLY * near
    return (DONE_TO_ONLY if "T" in done_to else NEITHER) * near


def _nearness(head: Token, actors: ActorIndex, source: Actor) -> float:
    """1 beside the first actor, falling to a tenth far away in the tree."""
    steps = [
        tree_distance(head, token) or tree_distance(token, head) or FAR
        for token in [head, *head.ancestors(), *head.subtree()]
        if source in actors.at(token)
    ]
    return max(0.1, 1.0 - min(steps, default=FAR) / FAR)


def _scores(votes: Sequence[Vote]) -> dict[str, float]:
    totals = dict.fromkeys(event_types(), SMOOTHING)
    for vote in votes:
        totals[vote.type] = max(totals[vote.type], vote.weight) + 0.1 * min(
            totals[vote.type], vote.weight
        )
    whole = sum(totals.values())
    return {name: round(total / whole, 4) for name, total in totals.items()}
