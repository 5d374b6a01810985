"""Loads `speech.tsv`: the verbs that introduce what somebody says or thinks."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from detente.knowledge.tables import rows


class SpeechVerb(Struct, frozen=True):
    """A verb of saying or thinking; `addressee`: its direct object is the one spoken to."""

    lemma: str
    thinks: bool
    addressee: bool


@cache
def speech_verbs() -> dict[str, SpeechVerb]:
    """The verbs by lemma."""
    return {
        row["lemma"]: SpeechVerb(row["lemma"], row["kind"] == "think", row["addressee"] == "yes")
        for row in rows("speech.tsv")
    }
