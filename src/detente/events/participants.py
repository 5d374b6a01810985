"""Who takes part in a deed, and how the roles are written.

Comes after `roles` and `status`; feeds `find`. Handles what the lexicon cannot: deeds in which all
take part alike, the one who refuses or agrees, and partners that the sentence leaves out.
"""

from __future__ import annotations

from msgspec import Struct

from detente.events.arguments import is_verb, prepositional, subjects, words
from detente.events.roles import (
    Filler,
    carrying_verb,
    fill,
    noun_agents,
    prepositional_of,
    sources,
    targets,
)
from detente.events.scene import Principals, Scene
from detente.events.status import Reality
from detente.knowledge.acts import Sense
from detente.model import Actor
from detente.text.parse import Token

# How sure a partner is that was filled in from ... (set by judgement, checked on bench/events)
FROM_WHERE_IT_WAS = 0.7  # 'held meetings in China'
FROM_WHAT_THE_STORY_IS_ABOUT = 0.68
FROM_THE_SENTENCE = 0.7  # 'Peru seized a boat, and Chile protested'


class Participants(Struct, frozen=True):
    """Who did it (`source`) to whom (`target`); both in `source` where `reciprocal`.

    `directness` (0 to 1) says how plainly the sentence names them; `filled` names the rule that
    supplied a partner the sentence leaves out.
    """

    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    reciprocal: bool
    directness: float
    filled: str = ""


def participants(
    head: Token, sense: Sense, real: Reality, scene: Scene, about: Principals
) -> Participants | None:
    """The participants of a deed, or None where nobody is named who could have done it."""
    doers = sources(head, sense, scene.actors)
    done_to = targets(head, sense, scene.actors)
    if sense.type == "CONSULT":
        doers, done_to = _of_meeting(head, doers, done_to, scene)
    if real.operator is not None:
        doers, done_to = _of_operator(real.operator, doers, done_to, scene)
    done_to = _others(done_to, doers)
    filled, factor = "", 1.0
    if not done_to and sense.type == "CONSULT" and len(_sides(doers)) == 1:
        done_to, filled, factor = _left_out(head, doers, scene, about)
    elif not done_to and doers and sense.type in ("ACCUSE", "REJECT", "THREATEN"):
        done_to, filled, factor = _only_other(head, doers, scene)
    if not doers:
        return None
    one_sided = real.effect in ("refuse", "threaten") or (real.effect == "agree" and bool(done_to))
    reciprocal = "reciprocal" in sense.flags and not one_sided
    return _write(doers, done_to, reciprocal, filled, factor)


def _write(
    doers: list[Filler], done_to: list[Filler], reciprocal: bool, filled: str, factor: float
) -> Participants:
    plain = min([filler.directness for filler in doers + done_to], default=1.0)
    source, target = _named_first(doers), _named_first(done_to)
    if reciprocal and len(_sides(doers + done_to)) > 1:
        return Participants(source + target, (), True, plain * factor, filled)
    if reciprocal and not target and len(_sides(doers)) > 1:
        return Participants(source, (), True, plain * factor, filled)
    return Participants(source, target, False, plain * factor, filled)


def _named_first(fillers: list[Filler]) -> tuple[Actor, ...]:
    """The actors of one side; those known only by kind are left out where others are named."""
    actors = tuple(filler.actor for filler in fillers)
    return tuple(a for a in actors if a.country or a.name) or actors


def _sides(fillers: list[Filler]) -> set[str]:
    return {f.actor.country or f.actor.name or f.actor.text for f in fillers}


def _others(done_to: list[Filler], doers: list[Filler]) -> list[Filler]:
    """Those who are not among the doers: nobody does a thing to himself."""
    own = {(f.actor.name, f.actor.country, f.actor.office, f.actor.sectors) for f in doers}
    names = {f.actor.name for f in doers if f.actor.name}
    return [
        f
        for f in done_to
        if f.actor.name not in names
        and (f.actor.name, f.actor.country, f.actor.office, f.actor.sectors) not in own
    ]


def _of_meeting(
    head: Token, doers: list[Filler], done_to: list[Filler], scene: Scene
) -> tuple[list[Filler], list[Filler]]:
    """Who meets: 'talks between X and Y', 'a call in which X told Y', 'at talks with Y'."""
    if is_verb(head):
        return doers, done_to
    between = fill(prepositional(head, ("between", "among")), scene.actors)
    if len(_sides(between)) > 1:
        return between, []
    partners = fill(prepositional(head, ("with", "to")), scene.actors) or done_to
    if not partners and not doers:
        between = _between_nearby(head, scene)
        if between:
            return between, []
    if not doers:
        doers = between or scene.actors.owners(head)
    if not doers and partners:
        doers = fill(_clause_agents(head), scene.actors)
    if not partners and len(_sides(doers)) < 2:
        told = _told_in(head, scene)
        doers = doers or told
        partners = [f for f in told if _sides([f]) - _sides(doers)]
    return doers, partners


def _between_nearby(noun: Token, scene: Scene) -> list[Filler]:
    """'an accord reached between X and Y at a meeting in May': the two of the phrase around it."""
    node = noun
    for _ in range(4):
        for token in node.subtree():
            if token.lower == "between":
                pair = fill(prepositional_of(token), scene.actors)
                if len(_sides(pair)) > 1:
                    return pair
        if node.tag in ("VBD", "VBZ", "VBP") or node.is_root:
            break
        node = node.head
    return []


def _clause_agents(noun: Token) -> list[Token]:
    """The subject of the clause that a meeting is mentioned in ('after talks with X, Y said')."""
    node = noun
    for _ in range(4):
        node = node.head
        if is_verb(node):
            return subjects(node)
        if node.is_root:
            break
    return []


def _told_in(noun: Token, scene: Scene) -> list[Filler]:
    """The subject and object of the clause that tells what was done at the meeting."""
    clauses = [c for c in noun.by_dep("relcl", "acl") if is_verb(c)]
    if noun.dep == "pobj" and noun.head.lower in words("venue") and is_verb(noun.head.head):
        clauses += [noun.head.head] if noun.head.head.lemma in words("exchange") else []
    found: list[Token] = []
    for verb in clauses:
        found += subjects(verb) + verb.by_dep("dobj", "dative")
        found += prepositional(verb, ("between", "with"))
    return [f for f in fill([t for t in found if t is not noun], scene.actors) if f.actor.country]


def _of_operator(
    operator: Token, doers: list[Filler], done_to: list[Filler], scene: Scene
) -> tuple[list[Filler], list[Filler]]:
    """Who refuses, agrees or threatens; everyone else in the deed is the one it is said to."""
    if is_verb(operator):
        own = fill(subjects(operator), scene.actors)
    elif operator.pos == "ADJ":
        own = fill(subjects(operator.head), scene.actors)
    else:
        own = fill(noun_agents(operator), scene.actors) or scene.actors.owners(operator)
    own = own or doers
    rest = [f for f in doers + done_to if not _sides([f]) <= _sides(own)]
    return own, rest


def _left_out(
    head: Token, doers: list[Filler], scene: Scene, about: Principals
) -> tuple[list[Filler], str, float]:
    """The partner that a meeting's sentence leaves out: the host country, or the story's other."""
    country = doers[0].actor.country
    if country is None:
        return [], "", 1.0
    verb = head if is_verb(head) else carrying_verb(head)
    hosts = [n for node in (head, verb) if node is not None for n in prepositional(node, ("in",))]
    for filler in fill(hosts, scene.actors):
        actor = filler.actor
        known = actor.kind == "state" or actor.country in about.countries
        if known and actor.country not in (None, country):
            return [filler], "in", FROM_WHERE_IT_WAS
    if is_verb(head) or doers[0].directness < 1 or "JRN" in doers[0].actor.sectors:
        return [], "", 1.0
    partner = about.partner(country)
    named = {a.country for a in scene.actors.actors if a.country} - {country}
    if partner is None or not named <= {partner.country} or not _is_plain_meeting(head):
        return [], "", 1.0
    here = [actor for actor in scene.actors.actors if actor.country == partner.country]
    return [Filler((here or [partner])[0], 1.0)], "story", FROM_WHAT_THE_STORY_IS_ABOUT


def _only_other(head: Token, doers: list[Filler], scene: Scene) -> tuple[list[Filler], str, float]:
    """The one other state named before: 'Peru seized a boat, and Chile protested'."""
    own = _sides(doers)
    others = [a for a in scene.actors.actors if a.country and a.country not in own]
    before = [a for a in others if a.start < head.start and a.kind != "reference"]
    if len({a.country for a in others}) != 1 or not before:
        return [], "", 1.0
    return [Filler(before[-1], 1.0)], "sentence", FROM_THE_SENTENCE


def _is_plain_meeting(head: Token) -> bool:
    """Whether the word names a meeting of its own and not, say, a meeting of a committee."""
    return not prepositional(head, ("of", "for", "on")) and head.lemma not in words("transparent")
