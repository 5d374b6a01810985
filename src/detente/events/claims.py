"""What a speaker does by speaking: demands of another state, blame and praise.

Comes after `statements`; adds to what the verbs of `find` have given. Two signs:

- a duty laid on another: the speaker of one state says that another state should, must, must not;
- a judgement of another: words of blame or praise (`knowledge/evaluations.tsv`) in the speaker's
  own words, about another state that those words or the ones before them speak of.

Leaves out irony, and judgements of the speaker's own side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from detente.events.arguments import is_verb, subjects, words
from detente.events.contexts import contexts_of
from detente.events.find import evidence, without_repeats
from detente.events.roles import Filler, fill
from detente.events.scene import Scene
from detente.events.status import reality
from detente.events.when import Calendar
from detente.knowledge.tables import rows
from detente.model import Actor, Event, Passage, Statement
from detente.text.parse import Token

# Set by judgement, checked on bench/events: the chance that such a row stands.
DEMAND = 0.75
BLAME = 0.65
PRAISE = 0.55
# Words of judgement weaker than this make no row of their own; praise is cheaper than blame.
STRONG_BLAME = 0.6
STRONG_PRAISE = 0.7


class Evaluation(Struct, frozen=True):
    """A word of judgement: polarity -1 blames, +1 praises; strength 0 to 1."""

    phrase: str
    polarity: int
    strength: float


@cache
def _evaluations() -> dict[str, Evaluation]:
    return {
        row["word"].lower(): Evaluation(
            row["word"].lower(), int(row["polarity"]), float(row["strength"])
        )
        for row in rows("evaluations.tsv")
    }


@cache
def _openings() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _evaluations())


@cache
def _longest_evaluation() -> int:
    return max(len(phrase.split()) for phrase in _evaluations())


def find_claims(
    scenes: Sequence[Scene | None],
    statements: Sequence[Statement],
    events: Sequence[Event],
    calendar: Calendar,
) -> list[Event]:
    """The demands and judgements of a story that no verb of `find` has given yet."""
    found: list[Event] = []
    said: dict[int, list[Statement]] = defaultdict(list)
    known: dict[int, list[Event]] = defaultdict(list)
    for statement in statements:
        said[statement.sentence].append(statement)
    for event in events:
        known[event.sentence].append(event)
    previous: Scene | None = None
    for scene in scenes:
        if scene is not None and scene.sentence.kind == "body":
            own = said[scene.sentence.index]
            taken = {_dyad(event) for event in known[scene.sentence.index]}
            new = _demands(scene, own, calendar) + _judgements(scene, own, previous, calendar)
            found += [event for event in without_repeats(new) if _dyad(event) not in taken]
            previous = scene
    return found


def _dyad(event: Event) -> tuple[object, object]:
    source = frozenset(actor.country for actor in event.source)
    return (source, frozenset(actor.country for actor in event.target))


# --- demands -------------------------------------------------------------------------------------


def _demands(scene: Scene, statements: Sequence[Statement], calendar: Calendar) -> list[Event]:
    found = []
    for token in scene.parse:
        if token.dep != "aux" or token.lower not in words("duty") or not is_verb(token.head):
            continue
        verb = token.head
        speaker = _speaker_at(verb, scene, statements)
        obliged = [f.actor for f in fill(subjects(verb), scene.actors) if f.directness == 1.0]
        others = [a for a in obliged if _is_other(a, speaker)]
        if speaker is None or not others or verb.lemma in ("be", "have"):
            continue
        found.append(
            _event(
                scene,
                ("REQUEST", "change", "104"),
                speaker,
                tuple(others),
                Passage(token.start, verb.end, _between(scene, token.start, verb.end)),
                DEMAND,
                f"claims:duty:{token.lower}",
                calendar,
            )
        )
    return found


def _speaker_at(token: Token, scene: Scene, statements: Sequence[Statement]) -> Actor | None:
    """Whose words these are, by the tree or by the quotation they stand in."""
    for attribution in scene.attributions:
        if attribution.speakers and any(word is token for word in attribution.content):
            return _of_a_state(attribution.speakers, scene, token)
    for statement in statements:
        inside = statement.evidence.text.find(statement.text)
        start = statement.evidence.start + inside
        if inside >= 0 and start <= token.start < start + len(statement.text):
            return statement.speaker
    return None


def _of_a_state(speakers: Sequence[Actor], scene: Scene, token: Token) -> Actor | None:
    """The speaker; for a pronoun of the very state spoken of, the sentence's other subject.

    Nobody lays a duty on his own country from abroad: 'The ministry ... , he warned that
    Washington should ...' is the ministry's man.
    """
    speaker = speakers[0]
    obliged = {f.actor.country for f in fill(subjects(token), scene.actors)}
    if speaker.kind != "reference" or speaker.country not in obliged:
        return speaker
    others = [
        a
        for a in scene.actors.actors
        if a.end <= speaker.start and a.country not in obliged and a.country and a.kind != "seat"
    ]
    return others[0] if others else speaker


def _is_other(actor: Actor, speaker: Actor | None) -> bool:
    if speaker is None or actor.country is None:
        return False
    return speaker.country != actor.country and (
        speaker.country is not None or "IGO" in speaker.sectors
    )


# --- judgements ----------------------------------------------------------------------------------


def _judgements(
    scene: Scene, statements: Sequence[Statement], previous: Scene | None, calendar: Calendar
) -> list[Event]:
    found = []
    for statement in statements:
        speaker = statement.speaker
        if speaker is None or not _speaks_for_state(speaker):
            continue
        judged = _judged(speaker, statement, scene, previous)
        strongest = strongest_evaluation(statement.text)
        if judged is None or strongest is None:
            continue
        blames = strongest.polarity < 0
        if strongest.strength < (STRONG_BLAME if blames else STRONG_PRAISE):
            continue
        if not _is_of(judged, strongest, statement, scene):
            continue
        kind = ("ACCUSE", "disapprove", "111") if blames else ("SUPPORT", None, "051")
        found.append(
            _event(
                scene,
                kind,
                speaker,
                (judged,),
                _words_of(strongest, scene),
                BLAME if blames else PRAISE,
                f"claims:evaluation:{strongest.phrase}",
                calendar,
            )
        )
    return found


def _is_of(judged: Actor, evaluation: Evaluation, statement: Statement, scene: Scene) -> bool:
    """Whether the word of judgement is said of the other state or of its doings.

    Either the state is the subject of the clause ('their drills are reckless') or owns the noun
    ('its reckless drills'). Blame in quotation marks may also be of 'this' and 'such conduct'.
    """
    passage = _words_of(evaluation, scene)
    token = scene.token_at(passage.start, passage.end)
    if token is None or not _is_asserted(token):
        return False
    if any(f.actor.country == judged.country for f in _about(token, scene)):
        return True
    subject = _subject_of_clause(token)
    points_back = not subject or any(t.lower in words("pointing_back") for t in subject)
    return evaluation.polarity < 0 and statement.direct and points_back


def _is_asserted(token: Token) -> bool:
    """Whether the clause is told as a fact: what is hoped for or supposed praises nobody."""
    verb = next((node for node in [token, *token.ancestors()] if is_verb(node)), None)
    return verb is None or reality(verb).status in (None, "occurred", "ongoing")


def _about(token: Token, scene: Scene) -> list[Filler]:
    """Whose doings a word of judgement describes: the owner of its noun, its clause's subject."""
    noun = token.head if token.dep in ("amod", "compound", "nmod") else token
    return scene.actors.owners(noun) + fill(_subject_of_clause(token), scene.actors)


def _subject_of_clause(token: Token) -> list[Token]:
    for node in [token, *token.ancestors()]:
        if is_verb(node):
            return subjects(node)
    return []


def strongest_evaluation(text: str) -> Evaluation | None:
    """The strongest word of judgement in a text; None where there is none, or it is denied.

    Where blame and praise stand side by side, the one of more weight in all decides.
    """
    tokens = [word.strip('.,;:!?“”"‘()') for word in text.lower().replace("’", "'").split()]
    found = []
    for first in range(len(tokens)):
        if tokens[first] not in _openings():
            continue
        if any(word in words("negation") for word in tokens[max(0, first - 3) : first]):
            continue
        for size in range(min(_longest_evaluation(), len(tokens) - first), 0, -1):
            evaluation = _evaluations().get(" ".join(tokens[first : first + size]))
            if evaluation is not None:
                found.append(evaluation)
                break
    weight = sum(evaluation.polarity * evaluation.strength for evaluation in found)
    same_side = [e for e in found if e.polarity * weight > 0]
    return max(same_side, key=lambda e: e.strength, default=None)


def _speaks_for_state(speaker: Actor) -> bool:
    return bool({"GOV", "MIL", "LEG", "IGO"} & set(speaker.sectors)) and (
        speaker.country is not None or "IGO" in speaker.sectors
    )


def _judged(
    speaker: Actor, statement: Statement, scene: Scene, previous: Scene | None
) -> Actor | None:
    """The other state that the words are about: in them, in the sentence, in the one before."""
    here = [a for a in scene.actors.actors if _is_other(a, speaker)]
    inside = [a for a in here if a.text in statement.text]
    about = inside or here
    if about:
        return about[0] if len({a.country for a in about}) == 1 else None
    if previous is None or scene.sentence.paragraph - previous.sentence.paragraph > 1:
        return None
    before = [a for a in previous.actors.actors if _is_other(a, speaker)]
    return before[-1] if len({a.country for a in before}) == 1 else None


def _words_of(evaluation: Evaluation, scene: Scene) -> Passage:
    text = scene.sentence.text
    position = text.lower().replace("’", "'").find(evaluation.phrase)
    if position < 0:
        return Passage(scene.sentence.start, scene.sentence.end, text)
    end = position + len(evaluation.phrase)
    start = scene.sentence.start
    return Passage(start + position, start + end, text[position:end])


# --- rows ----------------------------------------------------------------------------------------


def _event(
    scene: Scene,
    kind: tuple[str, str | None, str],
    source: Actor,
    target: tuple[Actor, ...],
    trigger: Passage,
    sure: float,
    why: str,
    calendar: Calendar,
) -> Event:
    type_, mode, cameo = kind
    token = scene.token_at(trigger.start, trigger.end) or scene.parse[0]
    said = next(
        (a.verb for a in scene.attributions if any(word is token for word in a.content)), token
    )
    return Event(
        sentence=scene.sentence.index,
        type=type_,
        mode=mode,
        act=type_,
        cameo=cameo,
        status="occurred",
        reciprocal=False,
        source=(source,),
        target=target,
        when=calendar.when(said, scene.dated, "occurred", scene.sentence),
        place=None,
        contexts=contexts_of(scene),
        speaker=None,
        evidence=evidence(scene),
        trigger=trigger,
        confidence=round(sure * min(a.confidence for a in (source, *target)) ** 0.5, 2),
        why=why,
    )


def _between(scene: Scene, start: int, end: int) -> str:
    offset = scene.sentence.start
    return scene.sentence.text[start - offset : end - offset]
