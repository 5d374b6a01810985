"""Knows the lines that are not the story by their words.

Serves `boilerplate`: one line in, a kind out (`related_link`, `comment_form`, ...). The phrases and
the ways they may stand are in `boilerplate.yaml`. What it leaves out: where in the story the line
stands, which `boilerplate` judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from detente.knowledge.press import Cues, boilerplate
from detente.text.normal import plain
from detente.text.sentences import ends_with_stop

# A line of more characters is a paragraph, and is not looked at.
LONGEST_LINE = 600
_NUMBER = re.compile(r"\d+")
_EDGE = "•◦▪●■►▶–—-*|>»«·#:()[]→←↑↓✓…!.,;_=~\"' "
_QUOTED = re.compile(r"[\"“”]")
_HEADLINE = re.compile(r"\s*[:–—|-]+\s*\S|\s{2,}\S|\s+[\"“‘']?[A-Z0-9]")
_WHOLE_NUMBER = "\0"


class Matcher(Struct, frozen=True):
    """The phrases of one kind, ready to be looked for."""

    whole: frozenset[str]
    begins: re.Pattern[str] | None
    link: re.Pattern[str] | None
    contains: re.Pattern[str] | None
    ends: tuple[str, ...]
    labels: re.Pattern[str] | None


def kind_of(line: str) -> str | None:
    """Return what kind of boilerplate a line is, None if its words do not tell."""
    if len(line) > LONGEST_LINE:
        return None
    key = plain(line)
    whole = _NUMBER.sub("#", key)
    bare = whole.strip(_EDGE + "#") if whole.strip(_EDGE) == "" else whole.strip(_EDGE)
    words = key.count(" ") + 1
    for kind, matcher in _matchers().items():
        if {whole, bare, key} & matcher.whole or _phrase(matcher, line, key, words):
            return kind
    return None


def _phrase(matcher: Matcher, line: str, key: str, words: int) -> bool:
    limits = boilerplate().limits
    opened = key.lstrip("•◦▪●■►▶–—-*|>»·([ ")
    if words <= limits.begins and (_at(matcher.begins, opened) or _is_label(matcher, opened)):
        return True
    if words <= limits.link and _is_link(matcher.link, line):
        return True
    if words <= limits.contains and not _QUOTED.search(line) and _in(matcher.contains, key):
        return True
    ending = key.rstrip(")] ")
    return words <= limits.ends and not ends_with_stop(line) and ending.endswith(matcher.ends)


def _at(pattern: re.Pattern[str] | None, key: str) -> bool:
    return pattern is not None and pattern.match(key) is not None


def _is_label(matcher: Matcher, key: str) -> bool:
    """'Read also: ...' with a headline behind it; behind 'Photo:' a caption may be a sentence."""
    return _at(matcher.labels, key) and not (matcher.link and key.rstrip(")] ").endswith("."))


def _in(pattern: re.Pattern[str] | None, key: str) -> bool:
    return pattern is not None and pattern.search(key) is not None


def _is_link(pattern: re.Pattern[str] | None, line: str) -> bool:
    """A phrase with a headline behind it: no full stop, and no small letter right after it."""
    opened = line.strip().lstrip("•◦▪●■►▶–—-*|>»·([ ")
    found = pattern.match(opened) if pattern else None
    if not found or not _HEADLINE.match(opened, found.end()):
        return False
    return not opened.rstrip(")] ").endswith(".")


def is_list_head(line: str) -> bool:
    """Whether a line is 'Related articles' and the like, with nothing behind it."""
    key = _NUMBER.sub("#", plain(line))
    return bool({key, key.strip(_EDGE)} & _matchers()["related_link"].whole)


def is_final(line: str) -> bool:
    """Whether nothing but readers' comments can follow this line."""
    key = _NUMBER.sub("#", plain(line[:LONGEST_LINE]))
    return any(phrase in key for phrase in boilerplate().final)


def inline_links(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the links to other stories that stand inside a paragraph, brackets included."""
    found = [match.span() for match in _bracketed().finditer(text, start, end)]
    for match in _appended().finditer(text, start, end):
        rest = text[match.end() : end]
        if rest.count(" ") < boilerplate().limits.link and not rest.rstrip().endswith("."):
            found.append((match.start(), end))
            break
    return found


@cache
def _bracketed() -> re.Pattern[str]:
    """'(Read also: ...)', and without the colon only when it begins with a capital."""
    phrases = "|".join(map(re.escape, boilerplate().inline))
    return re.compile(
        rf"[(\[](?:(?i:{phrases})\s?:|(?=[A-Z])(?i:{phrases})\s+(?=[A-Z“\"]))[^()\[\]]{{1,240}}[)\]]"
    )


@cache
def _appended() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, boilerplate().inline))
    return re.compile(rf"(?<=[.!?”\"]\s)(?=[A-Z])(?i:{phrases})\s?:\s")


@cache
def _matchers() -> dict[str, Matcher]:
    return {kind: _compiled(cues) for kind, cues in boilerplate().kinds.items()}


def _compiled(cues: Cues) -> Matcher:
    return Matcher(
        whole=frozenset(plain(phrase) for phrase in cues.whole)
        | frozenset(plain(phrase).strip(_EDGE) for phrase in cues.whole if phrase.strip(_EDGE)),
        begins=_pattern(cues.begins, r"(?:{})(?!\w)"),
        link=_pattern(cues.link, r"(?i:{})"),
        contains=_pattern(cues.contains, r"(?:{})"),
        ends=tuple(plain(phrase).rstrip(")]") for phrase in cues.ends) or ("\0",),
        labels=_pattern(cues.labels, r"(?:{})\s?:"),
    )


def _pattern(phrases: Iterable[str], shape: str) -> re.Pattern[str] | None:
    """Compile the phrases, longest first, between the word boundaries that their ends need."""
    keys = sorted({plain(phrase) for phrase in phrases}, key=lambda key: (-len(key), key))
    if not keys:
        return None
    return re.compile(shape.format("|".join(_bounded(key) for key in keys)))


def _bounded(key: str) -> str:
    left = r"(?<!\w)" if key[0].isalnum() else ""
    right = r"(?!\w)" if key[-1].isalpha() else ""
    return left + re.escape(key) + right
