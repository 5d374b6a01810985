"""Lines of communication between states: which are open, sought, refused, suspended, resuming.

Comes after `find`. Two signs: a sentence that speaks of a line (`knowledge/channels.yaml`), and
consultation between two states, which shows that a line is in use.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from detente.events.find import evidence
from detente.events.scene import Principals, Scene
from detente.knowledge.tables import load_yaml
from detente.model import Channel, ChannelState, Event
from detente.text.parse import Token

# Words on either side of a line's name within which its state is looked for.
NEAR = 14


@cache
def _kinds() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for kind, names in load_yaml("channels.yaml")["kinds"].items():
        joined = "|".join(re.escape(str(name)) for name in names)
        found.append((kind, re.compile(rf"(?<!\w)(?:{joined})(?:e?s)?(?!\w)")))
    return found


@cache
def _states() -> dict[str, frozenset[str]]:
    states = load_yaml("channels.yaml")["states"]
    return {str(name): frozenset(str(w) for w in words) for name, words in states.items()}


def find_channels(
    scenes: Sequence[Scene | None], events: Sequence[Event], about: Principals
) -> list[Channel]:
    """The lines of communication of a story; each kind between the same states once a state."""
    kept: dict[tuple[str, tuple[str, ...], str], Channel] = {}
    for scene in scenes:
        if scene is not None:
            for channel in _spoken_of(scene, about):
                kept.setdefault((channel.kind, channel.parties, channel.state), channel)
    for event in events:
        used = _in_use(event)
        if used is not None:
            kept.setdefault((used.kind, used.parties, used.state), used)
    return list(kept.values())


def _spoken_of(scene: Scene, about: Principals) -> list[Channel]:
    text = scene.sentence.text.lower().replace("’", "'")
    for kind, pattern in _kinds():
        match = pattern.search(text)
        if match is None:
            continue
        position = scene.sentence.start + match.start()
        end = scene.sentence.start + match.end()
        state = _state_near(scene, position, end)
        parties = _parties(scene, about)
        if state is None or len(parties) < 2:
            continue
        return [Channel(kind, parties, state, evidence(scene))]
    return []


def _state_near(scene: Scene, start: int, end: int) -> ChannelState | None:
    inside = [t.i for t in scene.parse if t.end > start and t.start < end]
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    nearby = [t for t in scene.parse if first - NEAR <= t.i <= last + NEAR]
    for name, words in _states().items():
        if any(_says(token, words) for token in nearby):
            return name  # type: ignore[return-value]
    return None


def _says(token: Token, words: frozenset[str]) -> bool:
    return token.pos != "PROPN" and (token.lemma in words or token.lower in words)


def _parties(scene: Scene, about: Principals) -> tuple[str, ...]:
    named = {actor.country for actor in scene.actors.actors if actor.country}
    if len(named) < 2:
        named |= set(about.countries) if not named or named <= set(about.countries) else set()
    return tuple(sorted(named))


def _in_use(event: Event) -> Channel | None:
    if event.type != "CONSULT" or event.status not in ("occurred", "ongoing"):
        return None
    parties = {a.country for a in event.source + event.target if a.country}
    if len(parties) != 2:
        return None
    kinds = _kinds_in_use()
    kind = kinds.get(event.mode or "default", kinds["default"])
    return Channel(kind, tuple(sorted(parties)), "open", event.evidence)


@cache
def _kinds_in_use() -> dict[str, str]:
    return {str(mode): str(kind) for mode, kind in load_yaml("channels.yaml")["in_use"].items()}
