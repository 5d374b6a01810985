"""Which sentences are worth parsing: the cheap test before the dear one.

Comes after `actors/`. A sentence in which nobody is named can hold no row; a title says again
what the story says, in a grammar of its own, and is left to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.events.scene import actors_of
from detente.model import Actor, Sentence, Story

# Fewer words than this make no clause with a doer and a deed; figures and signs are none.
FEWEST_WORDS = 3
_WORD = re.compile(r"\w+")


def worth_parsing(story: Story, actors: Sequence[Actor]) -> list[Sentence]:
    """The sentences that can hold a row, in order."""
    return [
        sentence
        for sentence in story.sentences
        if sentence.kind == "body"
        and actors_of(sentence, actors)
        and sum(word[0].isalpha() for word in _WORD.findall(sentence.text)) >= FEWEST_WORDS
    ]
