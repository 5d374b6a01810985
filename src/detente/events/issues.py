"""Matters in dispute or under discussion: found by their names, with the states that are parties.

Comes after `actors/`. The catalogue is `knowledge/issues.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from detente.events.scene import actors_of
from detente.knowledge.tables import load_yaml
from detente.model import Actor, Issue, Passage, Sentence


@cache
def _catalogue() -> list[tuple[str, re.Pattern[str]]]:
    """Each issue with one pattern of all its names; a name in lower case is matched in any case."""
    found = []
    for name, entry in load_yaml("issues.yaml").items():
        loose = [re.escape(str(cue)) for cue in entry["cues"] if str(cue).islower()]
        exact = [re.escape(str(cue)) for cue in entry["cues"] if not str(cue).islower()]
        parts = [f"(?i:{'|'.join(loose)})"] if loose else []
        parts += exact
        found.append((name, re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w])")))
    return found


@lru_cache(maxsize=64)
def issues_in(text: str) -> tuple[str, ...]:
    """The names of the issues that a text speaks of, in the order of the catalogue."""
    return tuple(name for name, pattern in _catalogue() if pattern.search(text))


def issues_of_part(part: str, whole: str) -> tuple[str, ...]:
    """The issues of a part of a text. Only those of the whole text are looked for.

    The whole is searched once for all its parts, which keeps speech within speech cheap.
    """
    among = issues_in(whole)
    return tuple(n for n, pattern in _catalogue() if n in among and pattern.search(part))


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
