"""Splits paragraphs into sentences, by rule.

Comes after `boilerplate` and `masthead`, before everything that codes. A stop ends a sentence
unless the word before it is an abbreviation (`abbreviations.yaml`) or the words after it run on.
Linear in the length of the text. What it leaves out: sentences inside brackets inside sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from detente.knowledge.press import abbreviations
from detente.text.normal import plain

# A longer sentence (a list, a table, a text without stops) is cut: the parser takes it whole.
LONGEST = 2_000
_CLOSERS = "\"'”’»)]"
_END = re.compile(
    r"[.!?…]{1,8}+[\"'”’»)\]]{0,4}+(?=\s|$)|[。！？]+[”’」』]?|(?<=[a-z][a-z])[.!?](?=[A-Z][a-z])"
)
_BEFORE = re.compile(r"(?:[^\W\d_]{1,12}\.? ?){0,2}[^\W_][\w.'’]{0,10}$")
_LAST_WORD = re.compile(r"(?<![\w.-])[a-z]{3,25}$")
_NEXT = re.compile(r"\s*[\"'“‘«(\[]{0,3}([^\W_][\w.'’-]{0,24})?")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.){1,5}[A-Za-z]$")
_INITIAL = re.compile(r"(?:^|[\s.(“\"-])[A-Z]$")
_SPEAKER = re.compile(r"\s*(?:[A-Z][\w'’.-]{0,20}\s){1,3}([a-z]{3,10})\b")


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the half-open bounds of the sentences between two offsets, blanks left out.

    No span is empty, none overlaps the next, none is longer than `LONGEST` characters.
    """
    begin = start
    for match in _END.finditer(text, start, end):
        if _ends(text, match, end):
            yield from _pieces(text, begin, match.end())
            begin = match.end()
    yield from _pieces(text, begin, end)


def ends_with_stop(text: str) -> bool:
    """Whether a line ends as a sentence does, quotation marks and brackets aside."""
    return text.rstrip().rstrip(_CLOSERS + "“‘").rstrip()[-1:] in tuple(".!?…。！？")


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while True:
        while start < end and text[start].isspace():
            start += 1
        if end - start <= LONGEST:
            break
        cut = _cut(text, start, start + LONGEST)
        yield start, _trim(text, start, cut)
        start = cut
    if start < end:
        yield start, _trim(text, start, end)


def _cut(text: str, start: int, limit: int) -> int:
    """Return the last blank before the limit, or the limit itself where there is none."""
    for k in range(limit, start + 1, -1):
        if text[k].isspace():
            return k
    return limit


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _ends(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the stop that was found ends its sentence."""
    signs = match[0]
    following = _NEXT.match(text, match.end(), end)
    word = following[1] if following and following[1] else ""
    if not word:
        return _nothing_or_sign(text, match.end(), end)
    if signs[0] in "。！？" or text[match.end()] not in " \t\n":
        return True
    if word[0].islower():
        return signs == "." and _small_start(text, match.start(), word)
    if signs[0] != ".":
        return not _speaker_follows(text, match, end)
    if signs.startswith((".", "…")) and len(signs.rstrip(_CLOSERS)) > 1:
        return True
    return _stop_ends(text, match.start(), signs, word)


def _small_start(text: str, stop: int, word: str) -> bool:
    """'... consulates. it was': careless copy goes on with a small letter."""
    words = _words()
    before = _LAST_WORD.search(text[max(0, stop - 26) : stop])
    if before is None or word not in words["starters"]:
        return False
    short = words["titles"] | words["before_number"] | words["either"] | words["times"]
    return before[0] not in short


def _nothing_or_sign(text: str, position: int, end: int) -> bool:
    """No word follows: the sentence ends unless another stop comes (". .")."""
    rest = text[position : min(position + 8, end)].lstrip()
    return not rest.startswith((".", "!", "?", "…", ",", ";"))


def _speaker_follows(text: str, match: re.Match[str], end: int) -> bool:
    """'“Why?” Novak asked': the sentence goes on after the quotation."""
    if match[0][-1] not in _CLOSERS:
        return False
    speaker = _SPEAKER.match(text, match.end(), min(end, match.end() + 80))
    return speaker is not None and speaker[1] in _words()["attribution"]


def _stop_ends(text: str, stop: int, signs: str, word: str) -> bool:
    words = _words()
    before = _BEFORE.search(text[max(0, stop - 26) : stop])
    last = plain(before[0]) if before else ""
    tail = last.rpartition(" ")[2]
    if before and before[0].rpartition(" ")[2].islower() and tail not in words["small"]:
        return True
    two = " ".join(last.split(" ")[-2:])
    nearest = plain(word).rstrip(".").removesuffix("'s")
    if two in words["titles"] or tail in words["titles"]:
        return False
    if tail in words["times"]:
        return nearest not in words["after_times"]
    if tail in words["before_number"]:
        return not word[0].isdigit()
    if tail in words["either"] or _ACRONYM.search(tail):
        return nearest in words["starters"] or signs[-1] in '"”'
    if _INITIAL.search(text[max(0, stop - 2) : stop]) and not word[0].isdigit():
        return nearest in words["starters"]
    return not _bare_number(text, stop, word)


def _bare_number(text: str, stop: int, word: str) -> bool:
    """'1. First' at the start of a line is an item's number, not a sentence."""
    line = text[max(0, stop - 4) : stop].rpartition("\n")[2]
    return (
        line.strip().isdigit() and len(line.strip()) <= 2 and "\n" in text[max(0, stop - 4) : stop]
    )


@cache
def _words() -> dict[str, frozenset[str]]:
    known = abbreviations()
    return {
        name: frozenset(getattr(known, name))
        for name in ("titles", "before_number", "either", "times", "after_times", "starters",
                     "attribution", "small")
    }  # fmt: skip
