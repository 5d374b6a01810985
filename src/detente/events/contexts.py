"""PLOVER contexts of a sentence: what a deed is about (`military`, `economic` ...)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from detente.events.scene import Scene
from detente.knowledge.tables import load_yaml


@cache
def _cues() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Words and phrases with their context, by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for context, cues in load_yaml("contexts.yaml").items():
        for cue in cues:
            words = tuple(str(cue).lower().split())
            found.setdefault(words[0], []).append((words, context))
    return found


def contexts_of(scene: Scene) -> tuple[str, ...]:
    """The contexts that the sentence's words speak of, in alphabetical order."""
    return _contexts(
        tuple(token.lemma for token in scene.parse), tuple(token.lower for token in scene.parse)
    )


@lru_cache(maxsize=16)
def _contexts(lemmas: tuple[str, ...], forms: tuple[str, ...]) -> tuple[str, ...]:
    """Asked once for each event of a sentence, worked out once."""
    found = {*_in(lemmas), *_in(forms)}
    return tuple(sorted(found))


def _in(words: tuple[str, ...]) -> Iterator[str]:
    cues = _cues()
    for i, word in enumerate(words):
        for cue, context in cues.get(word, ()):
            if words[i : i + len(cue)] == cue:
                yield context
