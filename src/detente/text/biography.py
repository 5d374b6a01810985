"""Tells a paragraph about the author of a story from a paragraph of the story.

Serves `boilerplate`. Several cues must agree (`author_bio.yaml`): somebody is a correspondent, has
covered this and that, studied somewhere; no word of news may stand beside them, for journalists are
also arrested and killed, and then they are the story.
"""

from __future__ import annotations

import re
from functools import cache

from detente.knowledge.press import bio_words
from detente.text.normal import plain

# Points for a role and for each other cue, and the points that make a biography: found by trying
# pages of a dozen outlets by hand.
ROLE, CUE, ENOUGH = 2, 1, 4
# After the credits of a story a paragraph needs less.
ENOUGH_AFTER = 2
LONGEST = 1_500


def is_biography(text: str, *, after_end: bool, near_end: bool, bylines: tuple[str, ...]) -> bool:
    """Whether a paragraph is about the story's author.

    `after_end` says that credits or the like stand before it, `near_end` that it is among the last
    paragraphs; `bylines` are the authors' names as far as known.
    """
    if not (near_end or after_end) or len(text) > LONGEST:
        return False
    key = plain(text)
    if _pattern("against").search(key) or '"' in key:
        return False
    needed = ENOUGH_AFTER if after_end else ENOUGH
    return _points(key) + (CUE if _names_author(key, bylines) else 0) >= needed


def _points(key: str) -> int:
    points = ROLE if _role().search(key) else 0
    for name in ("career", "schooling", "contact"):
        found = {match[0] for match in _pattern(name).finditer(key)}
        points += CUE * min(len(found), 3)
    return points


def _names_author(key: str, bylines: tuple[str, ...]) -> bool:
    families = (plain(name).rpartition(" ")[2] for name in bylines)
    return any(family in key[:60] for family in families)


@cache
def _role() -> re.Pattern[str]:
    """'Jane Doe is the paper'"'"'s defence editor', within one clause."""
    known = bio_words()
    verbs = "|".join(map(re.escape, known.verbs))
    jobs = "|".join(map(re.escape, known.jobs))
    return re.compile(
        rf"^[^,.;]{{3,60}}(?:,[^,.;]{{1,60}},)?\s(?:{verbs})\s(?:(?:an?|the|[\w'.]+'s?)\s)?[^.;]{{0,80}}?\b(?:{jobs})\b"
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    phrases: tuple[str, ...] = getattr(bio_words(), name)
    shapes = [
        (r"\b" if phrase[0].isalnum() else "")
        + re.escape(phrase)
        + (r"\b" if phrase[-1].isalnum() else "")
        for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    ]
    return re.compile("|".join(shapes))
