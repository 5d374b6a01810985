"""What people expect: judgements about the future, with the probability their words carry.

Comes after `speech` and `when`. The words and their ranges are in `knowledge/probability.tsv`
(ranges after Mosteller and Youtz, 1990, and Wintle et al., 2019).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from detente.events.arguments import is_verb, negated, subjects, words
from detente.events.find import evidence
from detente.events.roles import fill
from detente.events.scene import Scene
from detente.events.speech import speaker_of
from detente.events.when import Calendar
from detente.knowledge.tables import rows
from detente.model import Actor, Outlook
from detente.text.dates import resolve
from detente.text.parse import Token


class Wording(Struct, frozen=True):
    """A word of probability with the range (0 to 1) that readers take it to mean."""

    low: float
    high: float


@cache
def _wordings() -> dict[tuple[str, str, bool], Wording]:
    return {
        (row["lemma"], row["pos"], row["negated"] == "yes"): Wording(
            float(row["low"]), float(row["high"])
        )
        for row in rows("probability.tsv")
    }


def find_outlook(scenes: Sequence[Scene | None], calendar: Calendar) -> list[Outlook]:
    """The judgements about the future in a story, in order; at most one for each clause."""
    found = []
    for scene in scenes:
        if scene is None:
            continue
        claims: set[str] = set()
        for token in scene.parse:
            outlook = _of_token(token, scene, calendar)
            if outlook is not None and outlook.claim not in claims:
                claims.add(outlook.claim)
                found.append(outlook)
    return found


def _of_token(token: Token, scene: Scene, calendar: Calendar) -> Outlook | None:
    pos = _kind(token)
    governor = token.head if pos in ("m", "r") else token
    no = negated(token) or (pos == "m" and negated(governor))
    lemma = token.lower if pos == "m" else token.lemma
    wording = _wordings().get((lemma, pos, no))
    if wording is None or not _looks_ahead(token, pos, scene):
        return None
    claim = _claim(token, pos, scene)
    if len(claim.split()) < 3:
        return None
    return Outlook(
        claim=claim,
        holder=_holder(token, pos, scene),
        low=wording.low,
        high=wording.high,
        words=f"not {token.lower}" if no else token.text,
        horizon_end=_horizon(scene, calendar),
        evidence=evidence(scene),
    )


def _kind(token: Token) -> str:
    if token.tag == "MD":
        return "m"
    if is_verb(token):
        return "v"
    return {"ADJ": "a", "ADV": "r", "NOUN": "n"}.get(token.pos, "")


def _looks_ahead(token: Token, pos: str, scene: Scene) -> bool:
    """Whether the word judges what is to come, and not what has been ('may have met')."""
    if pos == "m":
        return not any(t.lemma == "have" for t in token.head.by_dep("aux"))
    if pos == "v":
        return bool(token.by_dep("ccomp", "xcomp", "dobj"))
    if pos == "a":
        return token.dep in ("acomp", "ROOT", "ccomp", "conj", "oprd") or bool(
            token.by_dep("xcomp")
        )
    if pos == "r":
        return is_verb(token.head) and any(t.tag == "MD" for t in token.head.by_dep("aux"))
    stated = token.dep in ("attr", "nsubj", "dobj") and token.head.lemma in words("states_odds")
    return pos == "n" and stated and bool(token.by_dep("prep", "acl"))


def _claim(token: Token, pos: str, scene: Scene) -> str:
    """The words of what is judged: the clause, or what the word governs."""
    head = token.head if pos in ("m", "r") else token
    if pos == "a" and is_verb(token.head):
        head = token.head
    if pos == "v":
        inner = token.by_dep("ccomp", "xcomp", "dobj")
        words = [word for clause in inner for word in clause.subtree()]
    else:
        words = head.subtree()
    start, end = words[0].start, words[-1].end
    offset = scene.sentence.start
    return scene.sentence.text[start - offset : end - offset].strip(' ,;.“”"')


def _holder(token: Token, pos: str, scene: Scene) -> Actor | None:
    """Whose judgement it is: of 'expect' its subject, else whoever is quoted."""
    if pos == "v":
        own = fill(subjects(token), scene.actors)
        if own:
            return own[0].actor
    return speaker_of(token, scene.attributions)


def _horizon(scene: Scene, calendar: Calendar) -> dt.date | None:
    days = [resolve(d.expression, calendar.published, "future", None) for d in scene.dated]
    ahead = [
        when.end
        for when in days
        if when.end is not None and (calendar.published is None or when.end >= calendar.published)
    ]
    return max(ahead, default=None)
