"""Who said what: quotations, and speech reported without quotation marks.

Comes after `speech` and `actors/`; a story's statements are found sentence by sentence, with the
last speaker carried over so that a quotation that goes on without a speaker keeps its own.
Feeds `claims`, `issues` and `outlook`. Leaves out speech inside speech.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from detente.events.arguments import is_verb
from detente.events.issues import issues_of_part
from detente.events.scene import Scene
from detente.events.speech import Attribution
from detente.knowledge.speech import speech_verbs
from detente.model import Actor, Passage, Sentence, Statement

QUOTATION = re.compile(r"[“\"«„]([^“”\"«»„]{1,4000})(?:[”\"»]|$)")
# Characters that a quotation must have to be a statement and not a word in quotation marks.
SHORTEST_QUOTATION = 12
SHORTEST_REPORT = 15


class Quotation(Struct, frozen=True):
    """Words in quotation marks; offsets in the reading text, marks left out."""

    start: int
    end: int
    text: str
    opens_sentence: bool


def find_quotations(sentence: Sentence) -> list[Quotation]:
    """The quotations of a sentence; one that is not closed runs to the sentence's end."""
    return [
        Quotation(
            sentence.start + match.start(1),
            sentence.start + match.end(1),
            match.group(1),
            not sentence.text[: match.start()].strip(),
        )
        for match in QUOTATION.finditer(sentence.text)
    ]


class Speaking(Struct):
    """Who has the word: the last speaker quoted, and where, while reading a story."""

    speaker: Actor | None = None
    paragraph: int = -10
    open: bool = False


def find_statements(
    scenes: Sequence[Scene | None], sentences: Sequence[Sentence], mentioned: Sequence[Actor]
) -> list[Statement]:
    """The statements of a story, in order. `scenes` holds None for a sentence not parsed."""
    speaking = Speaking()
    found: list[Statement] = []
    for sentence, scene in zip(sentences, scenes, strict=True):
        if sentence.kind != "body":
            continue
        new = _of_sentence(sentence, scene, speaking)
        found += new
        _pass_the_word(sentence, new, speaking)
    return found


def _of_sentence(sentence: Sentence, scene: Scene | None, speaking: Speaking) -> list[Statement]:
    quotations = find_quotations(sentence)
    attributions = [a for a in scene.attributions if a.speakers] if scene else []
    found = [_quoted(q, sentence, attributions, scene, speaking) for q in quotations]
    if not quotations:
        found += [_reported(a, sentence) for a in attributions if _is_report(a)]
        if not attributions and speaking.open:
            found.append(_going_on(sentence, speaking))
    else:
        found += [
            _reported(a, sentence)
            for a in attributions
            if _is_report(a) and not any(_holds(a, q) for q in quotations)
        ]
    return [statement for statement in found if statement is not None]


def _quoted(
    quotation: Quotation,
    sentence: Sentence,
    attributions: list[Attribution],
    scene: Scene | None,
    speaking: Speaking,
) -> Statement | None:
    attribution = _nearest(quotation, attributions)
    speaker = attribution.speakers[0] if attribution else None
    addressee = attribution.addressees[0] if attribution and attribution.addressees else None
    if speaker is None and scene is not None:
        speaker = _by_verb_of_saying(scene)
    goes_on = quotation.opens_sentence and sentence.paragraph - speaking.paragraph <= 1
    if speaker is None and goes_on:
        speaker = speaking.speaker
    long_enough = len(quotation.text) >= SHORTEST_QUOTATION or " " in quotation.text.strip()
    if speaker is None or not long_enough:
        return None
    return _statement(speaker, quotation.text, True, addressee, sentence)


def _by_verb_of_saying(scene: Scene) -> Actor | None:
    """'... called it a threat', 'described the talks as': a verb of saying without a clause."""
    from detente.events.arguments import subjects
    from detente.events.roles import fill

    for token in scene.parse:
        if token.lemma in speech_verbs() and is_verb(token):
            speakers = fill(subjects(token), scene.actors)
            if speakers:
                return speakers[0].actor
    return None


def _nearest(quotation: Quotation, attributions: list[Attribution]) -> Attribution | None:
    holding = [a for a in attributions if _holds(a, quotation)]
    return min(
        holding or attributions, key=lambda a: abs(a.verb.start - quotation.start), default=None
    )


def _holds(attribution: Attribution, quotation: Quotation) -> bool:
    return any(
        quotation.start <= t.start < quotation.end and t.text.isalpha() for t in attribution.content
    )


def _is_report(attribution: Attribution) -> bool:
    """Whether a clause is reported; 'agreed to meet' reports no words of anybody."""
    words = attribution.content
    if not words or words[0].tag == "TO":
        return False
    return words[-1].end - words[0].start >= SHORTEST_REPORT


def _reported(attribution: Attribution, sentence: Sentence) -> Statement:
    words = attribution.content
    start, end = words[0].start - sentence.start, words[-1].end - sentence.start
    addressee = attribution.addressees[0] if attribution.addressees else None
    text = sentence.text[start:end].strip(' ,;:“”"').removeprefix("that ")
    return _statement(attribution.speakers[0], text, False, addressee, sentence)


def _going_on(sentence: Sentence, speaking: Speaking) -> Statement | None:
    """A sentence inside a quotation that was opened before and not yet closed."""
    text = sentence.text.strip(' “”"')
    if speaking.speaker is None or len(text) < SHORTEST_QUOTATION:
        return None
    return _statement(speaking.speaker, text, True, None, sentence)


def _statement(
    speaker: Actor, text: str, direct: bool, addressee: Actor | None, sentence: Sentence
) -> Statement:
    passage = Passage(sentence.start, sentence.end, sentence.text)
    about = issues_of_part(sentence.text if len(text) < 40 else text, sentence.text)
    return Statement(speaker, text, direct, addressee, about, passage, sentence.index)


def _pass_the_word(sentence: Sentence, new: list[Statement], speaking: Speaking) -> None:
    direct = [statement for statement in new if statement.direct]
    opened = len(re.findall("[“«„]", sentence.text))
    closed = len(re.findall("[”»]", sentence.text))
    if new:
        speaking.speaker, speaking.paragraph = new[-1].speaker, sentence.paragraph
    if opened or closed:
        speaking.open = opened > closed and bool(direct or speaking.speaker)
