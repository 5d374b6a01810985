"""PLOVER contexts of a sentence: what a deed is about (`military`, `economic` ...)."""

from __future__ import annotations

from functools import cache

from detente.events.scene import Scene
from detente.knowledge.tables import load_yaml


@cache
def _cues() -> tuple[dict[str, str], dict[str, str]]:
    """Single words and phrases, each with its context."""
    single: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for context, cues in load_yaml("contexts.yaml").items():
        for cue in cues:
            (phrases if " " in str(cue) else single)[str(cue).lower()] = context
    return single, phrases


def contexts_of(scene: Scene) -> tuple[str, ...]:
    """The contexts that the sentence's words speak of, in alphabetical order."""
    single, phrases = _cues()
    found = {single[t.lemma] for t in scene.parse if t.lemma in single}
    found |= {single[t.lower] for t in scene.parse if t.lower in single}
    lemmas = f" {' '.join(t.lemma for t in scene.parse)} "
    words = f" {' '.join(t.lower for t in scene.parse)} "
    found |= {c for cue, c in phrases.items() if f" {cue} " in lemmas or f" {cue} " in words}
    return tuple(sorted(found))
