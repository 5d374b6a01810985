"""Who did what to whom in one sentence: the events of a scene.

Comes after `senses`, `roles`, `status`, `speech` and `when`, and puts them together:

1. the words of action and their senses          (`senses`)
2. how real each deed is                         (`status`)
3. what PLOVER writes of a deed so real          (`plover`)
4. who did it to whom                            (`roles`, `participants`)
5. when, where, in what contexts, who says so    (`when`, `where`, `contexts`, `speech`)
6. what cannot be defended is dropped            (`defensible`)
7. what the lexicon lacks and the model is sure of (`propose`)
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from detente.events.arguments import is_verb, objects, prepositional
from detente.events.confidence import confidence
from detente.events.contexts import contexts_of
from detente.events.defensible import defensible
from detente.events.participants import Participants, participants
from detente.events.plover import FUTURE, Coded, derive
from detente.events.propose import Proposal, propose
from detente.events.roles import carrying_verb
from detente.events.scene import Principals, Scene
from detente.events.senses import find_senses, sense_of
from detente.events.speech import speaker_of
from detente.events.status import Reality, reality
from detente.events.when import Calendar
from detente.events.where import place_of
from detente.knowledge.acts import Sense
from detente.knowledge.operators import effect
from detente.model import Event, Passage, Status, When
from detente.text.parse import Token

# The longest stretch of text shown as the words that carry an event, in characters.
LONGEST_TRIGGER = 60
# Rows less sure than this are not written: more of them were wrong than right on bench/events.
LEAST_SURE = 0.45
# Nouns of these types name a relation as often as a deed ('a memorandum on cooperation'): they are
# written only where a verb carries them.
NEED_A_CARRIER = ("COOPERATE", "AGREE", "SUPPORT")


def find_events(scene: Scene, calendar: Calendar, about: Principals) -> list[Event]:
    """The events of one sentence, in the order of the text."""
    found = [
        (head, sense, reality(head))
        for head, sense in find_senses(scene.parse, scene.actors, scene.acts)
        if not _is_part_of_name(head, scene)
    ]
    events: list[Event] = []
    used: set[int] = set()
    for head, sense, real in sorted(found, key=_order):
        if head.i in used:
            continue
        event = make_event(head, sense, real, scene, calendar, about)
        if event is not None:
            events += at_each_venue(event, head, scene, calendar)
            used |= {mark.token.i for mark in real.marks if mark.effect in _TAKES_OVER}
            used |= used_words(head, sense)
            if event.act == "CONSULT":
                used |= {noun.i for noun in occasions(head, scene)}
    events += [made for one in propose(scene, events) if (made := _proposed(one, scene, calendar))]
    return sorted(without_purposes(without_repeats(events)), key=lambda event: event.trigger)


def _proposed(proposal: Proposal, scene: Scene, calendar: Calendar) -> Event | None:
    """A deed that the model names as an event, or None where it cannot be defended."""
    who = Participants(
        (proposal.source.actor,), (proposal.target.actor,), False, proposal.source.directness
    )
    coded = proposal.coded
    sure = round(proposal.probability * confidence(proposal.sense, proposal.real, who), 2)
    if sure < LEAST_SURE or not defensible(proposal.sense, coded, who):
        return None
    return Event(
        sentence=scene.sentence.index,
        type=coded.type,
        mode=coded.mode,
        act=coded.act,
        cameo=coded.cameo,
        status=coded.status,
        reciprocal=False,
        source=who.source,
        target=who.target,
        when=calendar.when(proposal.head, scene.dated, coded.status, scene.sentence),
        place=place_of(proposal.head, scene),
        contexts=contexts_of(scene),
        speaker=speaker_of(proposal.head, scene.attributions),
        evidence=evidence(scene),
        trigger=_trigger(proposal.head, proposal.real, scene),
        confidence=sure,
        why=f"model:{proposal.probability:.2f}",
    )


def without_purposes(events: Sequence[Event]) -> list[Event]:
    """Events without the talks that a visit or meeting was made for: 'flew there for talks'."""
    done = {_parties(e)[-2:] for e in events if e.type == "CONSULT" and e.status == "occurred"}
    consulted = {frozenset(countries(e)) for e in events if e.type == "CONSULT"}
    return [
        event
        for event in events
        if not (
            done
            and event.type == "AGREE"
            and event.act == "CONSULT"
            and event.why.endswith((":for", ":discuss", ":hold", ":have", ":meet", ":talk"))
            and frozenset(countries(event)) in consulted
        )
    ]


def countries(event: Event) -> set[str]:
    """The states that take part, on either side."""
    return {actor.country for actor in event.source + event.target if actor.country}


_TAKES_OVER = ("refuse", "agree", "postponed", "cancelled", "threaten")
_SETS_STATUS = ("postponed", "cancelled")


def _order(found: tuple[Token, Sense, Reality]) -> tuple[int, int]:
    """Which deed of a sentence is written first and so uses up the words of the others.

    First a verb whose sense asks for its object ('broke off talks'), so that the object is no deed
    of its own; but a verb that only says what became of its object ('postponed the talks') comes
    last, after the noun that it is a mark on.
    """
    head, sense, _ = found
    if is_verb(head) and effect(head.lemma, "v") in _SETS_STATUS:
        return (2, head.i)
    if any(need.kind in ("obj", "pobj") and not need.negated for need in sense.needs):
        return (0, head.i)
    return (1 if head.pos == "NOUN" else 2, head.i)


def at_each_venue(event: Event, head: Token, scene: Scene, calendar: Calendar) -> list[Event]:
    """The event once for each occasion it is tied to, each with its own day.

    'could meet at the G20 summit in September and the APEC summit in November' is two meetings.
    """
    if event.act != "CONSULT":
        return [event]
    venues = []
    for noun in occasions(head, scene):
        own = {token.i for token in noun.subtree()}
        dated = [d for d in scene.dated if d.token.i in own]
        if dated:
            venues.append((noun, dated))
    if len(venues) < 2 or any(d in venues[0][1] for d in venues[1][1]):
        return [event]
    return [
        structs.replace(
            event,
            when=calendar.when(noun, dated, event.status, scene.sentence),
            place=place_of(noun, scene),
        )
        for noun, dated in venues
    ]


def occasions(head: Token, scene: Scene) -> list[Token]:
    """The larger meetings that a meeting is tied to: 'meet at the G20 summit'."""
    verb = next((node for node in head.ancestors() if is_verb(node)), head)
    nouns = prepositional(head, ("at", "during")) + prepositional(verb, ("at", "during"))
    found = []
    for noun in nouns:
        sense = sense_of(noun, scene.actors, scene.acts)
        if sense is not None and sense.type == "CONSULT" and noun is not head:
            found.append(noun)
    return list(dict.fromkeys(found))


def used_words(head: Token, sense: Sense) -> set[int]:
    """The words that a sense has used up.

    A noun uses its light verb ('staged a protest'); a verb uses the nouns that its sense asks for
    ('lodged a complaint').
    """
    if not is_verb(head):
        carrier = carrying_verb(head)
        return {carrier.i} if carrier is not None else set()
    asked = [need for need in sense.needs if need.kind in ("obj", "pobj") and not need.negated]
    nouns = [noun for need in asked if need.kind == "obj" for noun in objects(head)]
    nouns += [noun for need in asked if need.kind == "pobj" for noun in
              prepositional(head, (need.prep,))]  # fmt: skip
    wanted = frozenset().union(*(need.words for need in asked))
    return {noun.i for noun in nouns if noun.lemma in wanted or noun.lower in wanted}


def _is_part_of_name(head: Token, scene: Scene) -> bool:
    """Whether the word stands inside an actor's name or before another noun ('visit plans')."""
    inside = [actor for actor in scene.actors.at(head) if actor.kind != "reference"]
    return bool(inside) or (head.dep == "compound" and head.pos in ("NOUN", "PROPN"))


def make_event(
    head: Token,
    sense: Sense,
    real: Reality,
    scene: Scene,
    calendar: Calendar,
    about: Principals,
) -> Event | None:
    """One deed as an event, or None where it is not to be written."""
    coded = derive(sense, real)
    if coded is None or (real.presupposed and sense.type in NEED_A_CARRIER):
        return None
    if coded.type == "THREATEN" and coded.act != "THREATEN" and is_purpose(head, real):
        return None
    who = participants(head, sense, real, scene, about)
    if who is None or not defensible(sense, coded, who):
        return None
    scheduled = sense.type == "CONSULT" and real.tense == "present" and not real.presupposed
    when = calendar.when(head, scene.dated, coded.status, scene.sentence, scheduled=scheduled)
    coded = _agreed_with_calendar(coded, sense, real, when, calendar)
    place = place_of(head, scene)
    trigger = _trigger(head, real, scene)
    sure = confidence(sense, real, who)
    if sure < LEAST_SURE:
        return None
    return Event(
        sentence=scene.sentence.index,
        type=coded.type,
        mode=coded.mode,
        act=coded.act,
        cameo=coded.cameo,
        status=coded.status,
        reciprocal=who.reciprocal,
        source=who.source,
        target=who.target,
        when=when,
        place=place,
        contexts=contexts_of(scene),
        speaker=speaker_of(head, scene.attributions),
        evidence=evidence(scene),
        trigger=trigger,
        confidence=sure,
        why=f"lexicon:{sense.id}" + "".join(f";{why}" for why in reasons(real, who)),
    )


def is_purpose(head: Token, real: Reality) -> bool:
    """Whether the deed is only what another is done for: 'sent troops to fight the rebels'."""
    return any(mark.effect == "planned" and mark.token is head for mark in real.marks)


def reasons(real: Reality, who: Participants) -> list[str]:
    """What besides the sense decided: `status:plan`, `filled:in`, for `detente explain`."""
    marks = [f"{mark.effect}:{mark.token.lemma}" for mark in real.marks]
    return [*marks, *([f"filled:{who.filled}"] if who.filled else [])]


def evidence(scene: Scene) -> Passage:
    """The sentence as evidence."""
    sentence = scene.sentence
    return Passage(sentence.start, sentence.end, sentence.text)


def _agreed_with_calendar(
    coded: Coded, sense: Sense, real: Reality, when: When, calendar: Calendar
) -> Coded:
    """Let the date overrule the tense: 'meets him on Friday' is still to come."""
    published = calendar.published
    if published is None or when.start is None or real.effect is not None:
        return coded
    loose = real.presupposed or real.tense in ("present", "none")
    status: Status | None = None
    ends = when.end or when.start
    if coded.status in ("occurred", "ongoing") and ends > published and loose:
        status = "planned"
    if coded.status in FUTURE and when.end is not None and when.end < published and loose:
        status = "occurred"
    if status is None:
        return coded
    return derive(sense, Reality(status)) or coded


def _trigger(head: Token, real: Reality, scene: Scene) -> Passage:
    """The words that carry the event: the word of action and the one that governs it."""
    tokens = [head]
    tokens += [mark.token for mark in real.marks if mark.effect in _TAKES_OVER]
    tokens += head.by_dep("prt")
    start, end = min(t.start for t in tokens), max(t.end for t in tokens)
    if end - start > LONGEST_TRIGGER:
        start, end = head.start, head.end
    offset = scene.sentence.start
    return Passage(start, end, scene.sentence.text[start - offset : end - offset])


def without_repeats(events: Sequence[Event]) -> list[Event]:
    """One event of those that say the same of the same ('met for a meeting'), the surest."""
    kept: dict[tuple[object, ...], Event] = {}
    for event in sorted(events, key=lambda e: (-e.confidence, e.trigger)):
        key = (event.act, event.type, event.status, _parties(event), event.when.start)
        kept.setdefault(key, event)
    return list(kept.values())


def without_echoes(events: Sequence[Event]) -> list[Event]:
    """A story's events without mentions of a planned meeting that merely take it for granted.

    'His visit follows a phone call', in a story that says the visit will begin tomorrow, tells of
    no visit made.
    """
    to_come = {_parties(e) for e in events if e.act == "CONSULT" and e.status in FUTURE}
    return [
        event
        for event in events
        if not (
            event.act == "CONSULT"
            and event.status == "occurred"
            and event.when.start is None
            and "presupposed:" in event.why
            and _parties(event) in to_come
        )
    ]


def _parties(event: Event) -> tuple[object, ...]:
    source = tuple(sorted({actor.country or actor.name or actor.text for actor in event.source}))
    target = tuple(sorted({actor.country or actor.name or actor.text for actor in event.target}))
    if event.act in ("CONSULT", "COOPERATE"):
        return tuple(sorted({*source, *target}))
    return (source, target)
