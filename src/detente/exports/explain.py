"""Why a row is there: the sentence with its words marked, what decided, what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from detente.events.plover import FUTURE
from detente.exports import phrases
from detente.knowledge.acts import Sense, sense_by_id
from detente.knowledge.own_ontology import Ontology
from detente.knowledge.tables import load_yaml
from detente.model import Actor, Event


@cache
def _texts() -> dict[str, dict[str, str]]:
    return {
        str(name): {str(key): str(text) for key, text in table.items()}
        for name, table in load_yaml("explanations.yaml").items()
    }


def explain(event: Event, ontology: Ontology | None = None) -> str:
    """The explanation of one event, in lines of at most about 80 characters.

    `ontology` is the user's, where one was used: its code and its acts are named.
    """
    return "\n".join(_lines(event, ontology or Ontology())) + "\n"


def _lines(event: Event, ontology: Ontology) -> Iterator[str]:
    cameo = f", CAMEO {event.cameo}"
    mode = f" {event.mode}" if event.mode else ""
    yield f"{event.type}{mode}{cameo}, {event.status}: {phrases.parties(event)}"
    yield ""
    yield f"  {marked(event)}"
    yield ""
    for actor in (*event.source, *event.target):
        yield f"who      {actor.text!r} is {_identity(actor)}"
        if actor.why:
            yield f"         because of {actor.why}"
    if event.speaker is not None:
        yield f"said by  {_identity(event.speaker)}"
    yield f"when     {phrases.when(event.when)} ({event.when.precision})"
    yield f"sure     {event.confidence:.2f}"
    code = ontology.code(event)
    if code is not None:
        yield f"code     {code} (your ontology)"
    yield from _deciders(event, ontology)
    yield ""
    yield "what would have changed it"
    for change in changes(event):
        yield f"  - {change}"


def marked(event: Event) -> str:
    """The sentence with its trigger as >>words<< and its actors as [actors]."""
    text, offset = event.evidence.text, event.evidence.start
    signs: list[tuple[int, int, str]] = [
        (event.trigger.start, 1, ">>"),
        (event.trigger.end, 0, "<<"),
    ]
    for start, end in sorted({(a.start, a.end) for a in (*event.source, *event.target)}):
        signs += [(start, 1, "["), (end, 0, "]")]
    for position, _, sign in sorted(signs, reverse=True):
        if offset <= position <= offset + len(text):
            text = text[: position - offset] + sign + text[position - offset :]
    return " ".join(text.split())


def _identity(actor: Actor) -> str:
    parts = [actor.name or "unnamed", actor.country or "no state", "/".join(actor.sectors) or "?"]
    if actor.office:
        parts.append(actor.office)
    return ", ".join(parts)


def _deciders(event: Event, ontology: Ontology) -> Iterator[str]:
    own = {sense.id: sense for sense in ontology.senses}
    for reason in event.why.split(";"):
        kind, _, detail = reason.partition(":")
        if kind == "lexicon":
            yield from _sense_lines(detail, own.get(detail) or sense_by_id().get(detail))
        else:
            text = _texts()["reasons"].get(kind, _texts()["reasons"]["other"])
            yield f"because  {text.format(word=detail, kind=kind)}"


def _sense_lines(identifier: str, sense: Sense | None) -> Iterator[str]:
    if sense is None:
        yield f"entry    {identifier} (of a lexicon that is not loaded)"
        return
    yield f"entry    {identifier}: '{sense.head}' means {sense.type} {sense.mode or ''}".rstrip()
    yield f"         {_conditions(sense)}"
    yield f"         as in: {sense.example}"


def _conditions(sense: Sense) -> str:
    if not sense.needs:
        return "in any construction"
    parts = []
    for need in sense.needs:
        name = f"{need.kind} '{need.prep}'" if need.prep else need.kind
        some = sorted(need.words)[:4]
        words = f" {', '.join(some)}{' ...' if len(need.words) > 4 else ''}" if some else ""
        parts.append(f"{'without' if need.negated else 'with'} {name}{words}")
    return "; ".join(parts)


def changes(event: Event) -> list[str]:
    """What in the sentence would have made another row of it, or none."""
    texts = _texts()["changes"]
    found = [texts["status_occurred" if event.status == "occurred" else "status_other"]]
    if event.status in FUTURE:
        found.append(texts["future"].format(act=event.act))
    if not event.reciprocal and event.target:
        found.append(texts["passive"])
    if event.reciprocal:
        found.append(texts["reciprocal"])
    if event.when.start is None:
        found.append(texts["undated"])
    return found
