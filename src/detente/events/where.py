"""Where a deed took place: the place nearest to its word that stands after 'in', 'at', 'near'."""

from __future__ import annotations

from detente.events.arguments import words
from detente.events.scene import Scene
from detente.events.when import FAR, tree_distance
from detente.model import Place
from detente.text.parse import Token


def place_of(head: Token, scene: Scene) -> Place | None:
    """The place of a deed, or None where the sentence gives none."""
    best: tuple[int, int, Place] | None = None
    for mention in scene.places:
        token = scene.token_at(mention.start, mention.end)
        if token is None or not _is_located(token):
            continue
        distance = tree_distance(head, token)
        if distance is None or distance > FAR:
            continue
        key = (distance, mention.start, mention.place)
        if best is None or key[:2] < best[:2]:
            best = key
    return best[2] if best else None


def _is_located(token: Token) -> bool:
    return token.dep == "pobj" and token.head.lower in words("where")
