"""Matters in dispute or under discussion: found by their names, with the states that are parties.

Comes after `actors/`. The catalogue is `knowledge/issues.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from detente.events.scene import actors_of
from detente.knowledge.cues import CueIndex
from detente.knowledge.tables import load_yaml
from detente.model import Actor, Issue, Passage, Sentence


@cache
def _catalogue() -> tuple[dict[str, int], CueIndex[str]]:
    """The place of each issue in the catalogue, and all their names."""
    issues = load_yaml("issues.yaml")
    places = {name: place for place, name in enumerate(issues)}
    cues = ((str(cue), name) for name, entry in issues.items() for cue in entry["cues"])
    return places, CueIndex(cues)


@lru_cache(maxsize=64)
def issues_in(text: str) -> tuple[str, ...]:
    """The names of the issues that a text speaks of, in the order of the catalogue."""
    places, cues = _catalogue()
    return tuple(sorted(set(cues.values_in(text)), key=places.__getitem__))


def issues_of_part(part: str, whole: str) -> tuple[str, ...]:
    """The issues of a part of a text: those of the whole that are named in the part, too."""
    among = issues_in(whole)
    return tuple(name for name in issues_in(part) if name in among) if among else ()


def find_issues(
    sentences: Sequence[Sentence], actors: Sequence[Actor], principal: tuple[str, ...]
) -> list[Issue]:
    """The issues of a story. Parties: the states named in its sentences, else the story's pair."""
    passages: dict[str, list[Passage]] = {}
    parties: dict[str, set[str]] = {}
    for sentence in sentences:
        if sentence.kind != "body":
            continue
        named = {actor.country for actor in actors_of(sentence, actors) if actor.country}
        for name in issues_in(sentence.text):
            passages.setdefault(name, []).append(
                Passage(sentence.start, sentence.end, sentence.text)
            )
            parties.setdefault(name, set()).update(named)
    return [
        Issue(name, tuple(sorted(_parties(parties[name], principal))), tuple(found))
        for name, found in passages.items()
    ]


def _parties(named: set[str], principal: tuple[str, ...]) -> set[str]:
    return named if len(named) > 1 else named | set(principal)
