"""Stories that are not of public affairs: sport, recipes, markets, weather, show business.

Their words of action are borrowed from war and politics ('England crushed Iran'), so nothing is
coded from them. The words of each subject are in `knowledge/off_topics.yaml`.
"""

from __future__ import annotations

import re
from functools import cache

from detente.knowledge.tables import load_yaml
from detente.model import Story

WORD = re.compile(r"[a-z][a-z'-]{1,30}")
# A story is off topic when so many different words of one subject stand in it, and at least so
# many times as many as words of public affairs. Found on tests/data/off_topic; re-run that test.
FEWEST = 4
FEWEST_IN_SHORT = 3
TIMES_AFFAIRS = 1.2
SHORT = 60
# Only the head of a story is looked at, in characters: a topic shows early.
LOOKED_AT = 6_000


@cache
def _subjects() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(str(word) for word in words)
        for name, words in load_yaml("off_topics.yaml").items()
    }


def subject_of(text: str) -> str | None:
    """The off-topic subject that a text is of, or None for public affairs."""
    words = WORD.findall(text[:LOOKED_AT].lower())
    forms = {form for word in set(words) for form in (word, word.removesuffix("s"))}
    affairs = len(forms & _subjects()["public_affairs"])
    fewest = FEWEST_IN_SHORT if len(words) < SHORT else FEWEST
    counts = {
        name: len(forms & cues) for name, cues in _subjects().items() if name != "public_affairs"
    }
    name = max(sorted(counts), key=lambda subject: counts[subject])
    enough = counts[name] >= fewest and counts[name] >= TIMES_AFFAIRS * affairs
    return name if enough else None


def is_off_topic(story: Story) -> bool:
    """Whether a story is not of public affairs."""
    return subject_of(f"{story.title or ''} {story.text}") is not None
