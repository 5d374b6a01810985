"""PLOVER contexts of a sentence: what a deed is about (`military`, `economic` ...)."""

from __future__ import annotations

from functools import cache, lru_cache

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
    return _contexts(
        tuple(token.lemma for token in scene.parse), tuple(token.lower for token in scene.parse)
    )


@lru_cache(maxsize=16)
def _contexts(lemmas: tuple[str, ...], forms: tuple[str, ...]) -> tuple[str, ...]:
    """Asked once for each event of a sentence, worked out once."""
    single, phrases = _cues()
    found = {single[word] for word in lemmas + forms if word in single}
    texts = (f" {' '.join(lemmas)} ", f" {' '.join(forms)} ")
    found |= {c for cue, c in phrases.items() if any(f" {cue} " in text for text in texts)}
    return tuple(sorted(found))
