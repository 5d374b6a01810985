"""Loads `operators.tsv`: the words that say whether the deed they govern happened."""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

from detente.knowledge.tables import KnowledgeError, rows

Effect = Literal[
    "planned",
    "possible",
    "postponed",
    "cancelled",
    "denied",
    "hypothetical",
    "occurred",
    "alleged",
    "negated",
    "refuse",
    "agree",
    "threaten",
    "request",
]
Kind = Literal["v", "n", "a", "m", "c", "p"]


@cache
def operators() -> dict[tuple[str, str], Effect]:
    """Effects by (lemma, part of speech).

    Raises:
        KnowledgeError: an effect that there is not.
    """
    found: dict[tuple[str, str], Effect] = {}
    for row in rows("operators.tsv"):
        if row["effect"] not in get_args(Effect):
            raise KnowledgeError(f"operators.tsv: {row['lemma']}: no effect '{row['effect']}'")
        found[row["lemma"], row["pos"]] = row["effect"]  # type: ignore[assignment]
    return found


def phrasal_effect(lemma: str, particles: list[str]) -> Effect | None:
    """What a verb does, with its particle where that makes another verb of it ('put off')."""
    for particle in particles:
        found = effect(f"{lemma} {particle}", "v")
        if found is not None:
            return found
    return effect(lemma, "v")


def effect(lemma: str, kind: Kind) -> Effect | None:
    """What a word does to the deed it governs, or None."""
    return operators().get((lemma, kind))
