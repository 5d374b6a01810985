"""Which actors a noun stands for, and who does a deed to whom.

Comes after `arguments` and the senses; feeds `find`. A noun that is no actor may belong to one
('Iranian ships', 'targets in Syria'): it then stands for that actor, less surely.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from detente.events.arguments import (
    SUBJECTS,
    antecedent,
    complements,
    is_verb,
    objects,
    prepositional,
    subjects,
    with_conjuncts,
    words,
)
from detente.events.places import PlaceMention
from detente.knowledge.acts import Role, Sense
from detente.knowledge.speech import speech_verbs
from detente.model import Actor
from detente.text.parse import Parse, Token

# How sure it is that a noun stands for an actor that ... (by judgement, checked on bench/events)
ITSELF = 1.0
POSSESSES = 0.9  # 'China's airspace', 'Chinese ships'
IS_NAMED_AFTER_OF = 0.85  # 'the people of Mali'
IS_WHERE_IT_IS = 0.7  # 'targets in Syria'
IS_WHAT_IT_CONCERNS = 0.75  # 'trade with Iran'
IS_THE_ONLY_ONE_NAMED = 0.65  # 'the ruling in favour of Manila'

IS_A_PLACE = 0.8  # 'shelled Aleppo'

LOCATED = ("above", "in", "near", "off", "inside", "from", "over", "across", "along", "around")


class Filler(Struct, frozen=True):
    """An actor that fills a role, and how directly (0 to 1)."""

    actor: Actor
    directness: float


class ActorIndex:
    """The actors of one sentence, found by the word that stands for them."""

    def __init__(
        self, parse: Parse, actors: Iterable[Actor], places: Iterable[PlaceMention] = ()
    ) -> None:
        self._places = list(places)
        self._by_token: dict[int, list[Actor]] = {}
        self.actors = list(actors)
        for actor in self.actors:
            for token in parse.tokens:
                if actor.start <= token.start < actor.end:
                    self._by_token.setdefault(token.i, []).append(actor)

    def at(self, token: Token) -> list[Actor]:
        """The actors whose words include this one."""
        return self._by_token.get(token.i, [])

    def place_at(self, token: Token) -> list[Filler]:
        """The state in which a place lies that a noun names: 'shelled Aleppo' was done to Syria."""
        nouns = [token, *prepositional(token, (*LOCATED, "of"))]
        return [
            Filler(_of_place(mention), IS_A_PLACE)
            for noun in nouns
            for mention in self._places
            if mention.start <= noun.start < mention.end and mention.place.country
        ][:1]

    def belonging(self, token: Token) -> list[Filler]:
        """The actors a noun stands for: itself, else its owner, else where it is."""
        noun = antecedent(token)
        own = self.at(noun) or self._speaker_of_clause(noun)
        if own:
            return [Filler(actor, ITSELF) for actor in own]
        if noun.lemma in words("transparent"):
            inner = self._all(prepositional(noun, ("of",)), ITSELF)
            if inner:
                return inner
        return (
            self._owners(noun)
            or self._included(noun)
            or self._all(prepositional(noun, ("by",)), POSSESSES)
            or self._all(prepositional(noun, ("of",)), IS_NAMED_AFTER_OF)
            or self._all(prepositional(noun, LOCATED), IS_WHERE_IT_IS)
            or self._all(prepositional(noun, tuple(words("concerns"))), IS_WHAT_IT_CONCERNS)
            or self._only_one_named(noun)
        )

    def _speaker_of_clause(self, pronoun: Token) -> list[Actor]:
        """Who 'it' or 'they' is in 'China said it would ...': the one who says so."""
        if pronoun.lower not in words("clause_pronouns") or pronoun.dep not in SUBJECTS:
            return []
        clause = pronoun.head
        if clause.dep == "conj":
            clause = clause.head
        if clause.dep != "ccomp" or clause.head.lemma not in speech_verbs():
            return []
        return [
            actor
            for subject in subjects(clause.head)
            if subject is not pronoun
            for actor in self.at(subject)
        ]

    def _only_one_named(self, noun: Token) -> list[Filler]:
        """The one state that is named anywhere in a noun's phrase."""
        if noun.pos not in ("NOUN", "PROPN"):
            return []
        below = [actor for token in noun.subtree() for actor in self.at(token)]
        if len({actor.country for actor in below}) != 1:
            return []
        return [Filler(below[0], IS_THE_ONLY_ONE_NAMED)]

    def owners(self, noun: Token) -> list[Filler]:
        """The actors to the left of a noun: possessors and modifiers."""
        return self._owners(noun)

    def _owners(self, noun: Token) -> list[Filler]:
        found = []
        stack = [c for c in noun.children if c.dep in ("poss", "amod", "compound", "nmod")]
        for child in stack:
            found += [Filler(actor, POSSESSES) for actor in self.at(child)]
            stack += [
                c
                for c in child.children
                if c.dep in ("conj", "compound", "poss", "amod", "nmod") and len(stack) < 40
            ]
        return _distinct(found)

    def _included(self, noun: Token) -> list[Filler]:
        """'several leaders, including Macron': the ones that are named."""
        found: list[Token] = []
        for child in noun.children:
            if child.lower in words("including") or child.lemma in words("including"):
                found += prepositional_of(child)
        return self._all(found, IS_NAMED_AFTER_OF)

    def _all(self, tokens: list[Token], directness: float) -> list[Filler]:
        found = []
        for token in tokens:
            actors = self.at(token) or [filler.actor for filler in self._owners(token)]
            found += [Filler(actor, directness) for actor in actors]
        return _distinct(found)


def _of_place(mention: PlaceMention) -> Actor:
    """The state that a place lies in, as the actor to whom a deed there is done."""
    return Actor(
        mention.text,
        mention.start,
        mention.end,
        country=mention.place.country,
        kind="seat",
        confidence=0.9,
        why=f"places:{mention.place.name}",
    )


def prepositional_of(preposition: Token) -> list[Token]:
    """The nouns that hang from a preposition itself ('including X and Y', 'such as X')."""
    heads = preposition.by_dep("pobj", "dobj", "pcomp")
    heads += [n for inner in preposition.by_dep("prep") for n in inner.by_dep("pobj")]
    return [token for head in heads for token in with_conjuncts(head)]


def _distinct(fillers: Iterable[Filler]) -> list[Filler]:
    seen: dict[tuple[int, int, str | None, str | None, str | None], Filler] = {}
    for filler in fillers:
        actor = filler.actor
        key = (actor.start, actor.end, actor.name, actor.country, actor.office)
        if key not in seen or seen[key].directness < filler.directness:
            seen[key] = filler
    return list(seen.values())


def fill(tokens: list[Token], actors: ActorIndex) -> list[Filler]:
    """The actors that these nouns stand for, each once."""
    return _distinct(filler for token in tokens for filler in actors.belonging(token))


def sources(head: Token, sense: Sense, actors: ActorIndex) -> list[Filler]:
    """Who does the deed: the first of the sense's places where an actor stands.

    A noun's 'from' names the doer ('drew a protest from Caracas') unless the sense says otherwise
    ('withdrawal from').
    """
    found: list[Filler] = []
    if not is_verb(head) and not any("from" in role.preps for role in sense.target):
        found = fill(prepositional(head, ("by", "from")), actors)
    found = found or _first_filled(sense.source, head, actors, doer=True)
    # 'a fire in Pakistan killed ten': where a thing is does not make it that state's doing.
    return [filler for filler in found if filler.directness >= IS_NAMED_AFTER_OF]


def targets(head: Token, sense: Sense, actors: ActorIndex) -> list[Filler]:
    """To whom it is done; where the sense's places are empty, whoever the object belongs to."""
    found = _first_filled(sense.target, head, actors, doer=False)
    if found:
        return found
    if is_verb(head) and not any(role.kind == "obj" for role in sense.target):
        found = fill(objects(head), actors)
    tokens = [t for role in sense.target for t in role_tokens(role, head, doer=False)]
    return found or _distinct(f for token in tokens for f in actors.place_at(token))


def _first_filled(
    roles: tuple[Role, ...], head: Token, actors: ActorIndex, *, doer: bool
) -> list[Filler]:
    for role in roles:
        found = fill(role_tokens(role, head, doer=doer), actors)
        if not found and role.kind == "subj" and not is_verb(head):
            carrier = carrying_verb(head)
            found = actors.owners(head) or fill(subjects(carrier) if carrier else [], actors)
        if found:
            return found
    return []


def role_tokens(role: Role, head: Token, *, doer: bool) -> list[Token]:
    """The nouns that stand at a place of a word of action."""
    if role.kind == "none":
        return []
    if is_verb(head):
        return _verb_tokens(role, head)
    if head.pos == "ADJ":
        return _adjective_tokens(role, head)
    return _noun_tokens(role, head, doer=doer)


def _verb_tokens(role: Role, verb: Token) -> list[Token]:
    if role.kind == "subj":
        return subjects(verb)
    if role.kind == "obj":
        return objects(verb)
    if role.kind == "comp":
        return [noun for inner in complements(verb) for noun in subjects(inner)]
    return prepositional(verb, role.preps) + _deeper(verb, role.preps)


def _deeper(head: Token, preps: tuple[str, ...]) -> list[Token]:
    """A preposition that the parser hung lower: 'the handover of two suspects to Uganda'."""
    nouns = head.by_dep("dobj", "nsubjpass", "attr")
    nouns += [noun for prep in head.by_dep("prep") for noun in prep.by_dep("pobj")]
    for noun in nouns:
        found = prepositional(noun, preps)
        if found:
            return found
    return []


def _adjective_tokens(role: Role, adjective: Token) -> list[Token]:
    verb = adjective.head
    if role.kind == "subj":
        return subjects(verb) if is_verb(verb) else [verb]
    if role.kind == "prep":
        return prepositional(adjective, role.preps)
    if role.kind == "comp":
        return [noun for inner in complements(adjective) for noun in subjects(inner)]
    return []


def _noun_tokens(role: Role, noun: Token, *, doer: bool) -> list[Token]:
    if role.kind == "prep":
        found = prepositional(noun, role.preps) or _deeper(noun, role.preps)
        carrier = carrying_verb(noun)
        return found or (prepositional(carrier, role.preps) if carrier else [])
    if role.kind == "subj":
        return noun_agents(noun)
    if role.kind == "obj":
        return prepositional(noun, ("of", "on", "against"))
    return [inner for verb in noun.by_dep("acl", "ccomp") for inner in subjects(verb)]


def noun_agents(noun: Token) -> list[Token]:
    """Who does the deed that a noun names: 'a strike by Israel', 'held talks', 'Iran's visit'."""
    by = prepositional(noun, ("by",))
    if by:
        return by
    carrier = carrying_verb(noun)
    possessors = [token for owner in noun.by_dep("poss") for token in with_conjuncts(owner)]
    if possessors:
        # 'completed its pullout': a pronoun that nobody resolved is the carrier's subject.
        own = carrier is not None and all(token.pos == "PRON" for token in possessors)
        return possessors + (subjects(carrier) if own and carrier is not None else [])
    between = prepositional(noun, ("between", "among"))
    if between or carrier is None:
        return between or prepositional(noun, ("from",))
    return subjects(carrier)


def carrying_verb(noun: Token) -> Token | None:
    """The light verb of which the noun is the deed: 'held talks', 'engaged in talks'.

    Also through a transparent noun ('a round of talks') and for nouns in a passive clause
    ('talks were held'). None where the verb has a deed of its own.
    """
    head = noun
    for _ in range(3):
        governor = head.head
        if governor is head:
            return None
        if head.dep in ("dobj", "nsubjpass", "attr", "oprd"):
            light = governor.lemma in words("light")
            return governor if is_verb(governor) and (light or governor.lemma == "be") else None
        if head.dep == "conj":
            head = governor
            continue
        if head.dep == "pobj":
            verb = governor.head
            if governor.lower == "of" and verb.lemma in words("transparent"):
                head = verb
                continue
            carried = governor.lower in ("in", "to", "with", "on", "for", "into", "from")
            return verb if carried and is_verb(verb) and verb.lemma in words("light") else None
        return None
    return None
