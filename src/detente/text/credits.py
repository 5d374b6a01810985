"""Finds the credit line of a story and the reporters it names.

Serves `boilerplate` (which takes the line out) and `masthead` (bylines). A credit is a word of work
with 'by' and nothing but names, places and small words after it, so that 'Reporting by the watchdog
shows that ...' stays in the story. Words: `credits.yaml`.
"""

from __future__ import annotations

import re
from functools import cache

from detente.knowledge.press import credit_words
from detente.text.normal import plain
from detente.text.sentences import sentence_spans

# Words of a credit that are looked at; the credits of the largest stories name some forty people.
LOOKED_AT = 160
_WORD = re.compile(r"[^\W\d_][\w.'’-]*|@\w+")
_NAME = re.compile(
    r"(?!\d)[^\W_][\w.'’-]*(?:[ \t]+[^\W_][\w.'’-]*){1,4}", re.UNICODE
)  # two to five words
_LISTED = re.compile(r"\s*[,;]\s*|\s+(?:and|&)\s+")
_OPENERS = "([{*–—- \t"


def credit_start(text: str, start: int, end: int, *, late: bool) -> int | None:
    """Return where the credits begin in a paragraph, None where there are none.

    The credits must run to the paragraph's end. `late` says that the paragraph stands in the second
    half of the story: only there do words count that also open ordinary phrases.
    """
    for match in _work().finditer(text, start, end):
        opening = _opening(text, start, match.start())
        if opening is None or not (late or _is_certain(match)):
            continue
        if _names_follow(text, match.end(), end):
            return opening
    return _thanks(text, start, end)


def reporters(text: str) -> tuple[str, ...]:
    """Return the reporters that a credit line names, in order, editors left out."""
    found: list[str] = []
    pieces = list(_work().finditer(text))
    for k, match in enumerate(pieces):
        stop = pieces[k + 1].start() if k + 1 < len(pieces) else len(text)
        if _is_reporting(match):
            found += names(text[match.end() : stop])
    return tuple(dict.fromkeys(found))


def odd_work(text: str) -> list[str]:
    """Return the words of work in a credit line that agencies do not write."""
    odd = frozenset(credit_words().odd)
    return [word for match in _work().finditer(text) for word in _works(match) if word in odd]


def names(text: str) -> list[str]:
    """Return the names of persons in a list such as 'A. Name in Rome, B. Name and C. Name'."""
    found = []
    for item in _LISTED.split(text):
        inside = _before_place(item.strip(" .()[]*–—|:"))
        match = _NAME.fullmatch(inside)
        if match and _is_name(inside):
            found.append(inside)
    return found


def _before_place(item: str) -> str:
    """'Jane Doe in Rome' to 'Jane Doe'; 'the bureau' to ''."""
    kept: list[str] = []
    for word in item.split():
        if word.islower() and word.rstrip(".'") not in credit_words().particles:
            break
        kept.append(word.rstrip(")]"))
        if word.endswith((")", "]", ").", ". ")) or (word.endswith(".") and len(word) > 3):
            break
    return " ".join(kept).rstrip(". ")


def _is_name(item: str) -> bool:
    words = [plain(word).rstrip(".") for word in item.split()]
    if frozenset(words) & _not_names():
        return False
    return item[0].isupper() and sum(word[0].isupper() for word in item.split()) >= 2


def _opening(text: str, start: int, position: int) -> int | None:
    """Return where a credit that begins here opens: at the paragraph, a bracket or a sentence."""
    opening = position
    while opening > start and text[opening - 1] in _OPENERS:
        opening -= 1
    at_sentence = opening > start and text[opening - 1] in '.!?;"”’)]'
    bracketed = "(" in text[opening:position] or "[" in text[opening:position]
    if opening == start or at_sentence or bracketed:
        return opening if opening == start else _skip_blanks(text, opening, position)
    return None


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " \t":
        start += 1
    return start


def _names_follow(text: str, start: int, end: int) -> bool:
    """Whether only names and the small words between them stand from here to the end."""
    unknown = total = 0
    previous_end = start
    contacts = text.find("((", start, end)  # '((jane.doe@agency.example; +44 ...))'
    for match in _WORD.finditer(text, start, contacts if contacts > 0 else end):
        if total == 0 and not (match[0][0].isupper() or plain(match[0]) in _small()):
            return False
        total += 1
        known = (
            match[0][0].isupper() or match[0][0] == "@" or plain(match[0]).rstrip(".") in _small()
        )
        unknown += not known
        previous_end = match.end()
        if total > LOOKED_AT:
            break
    return total > 0 and previous_end > start and unknown <= (1 if total >= 10 else 0)


def _thanks(text: str, start: int, end: int) -> int | None:
    """'A. Name in Cairo contributed to this report.': where that sentence begins."""
    if _assistance().match(text[start : min(end, start + 60)].lstrip("(–—-* ").casefold()):
        return start if _names_follow(text, start + 5, end) else None
    tail = text[start:end]
    if not _contributed().search(tail.casefold()):
        return None
    for begin, stop in sentence_spans(text, start, end):
        sentence = text[begin:stop].casefold()
        if text[begin] in '"“' or not _contributed().search(sentence):
            continue
        if _contributed_surely().search(sentence) or _is_names_only(text[begin:stop]):
            return begin
    return None


def _is_names_only(sentence: str) -> bool:
    """'Doe reported from Rome.': nothing but names around the one verb."""
    small = [word for word in _WORD.findall(sentence) if not word[0].isupper()]
    known = (*_small(), *" ".join(credit_words().contributed_weak).split())
    return all(plain(word).rstrip(".") in known for word in small) and len(sentence) < 160


def _works(match: re.Match[str]) -> list[str]:
    return [word for word in re.findall(r"[a-z-]+", match["works"].casefold()) if word != "and"]


def _is_reporting(match: re.Match[str]) -> bool:
    return bool(frozenset(_works(match)) & frozenset(credit_words().reporters))


def _is_certain(match: re.Match[str]) -> bool:
    return not frozenset(_works(match)) <= frozenset(credit_words().weak)


@cache
def _work() -> re.Pattern[str]:
    """'Additional reporting and writing by', with the words of work as the group `works`."""
    known = credit_words()
    work = _either((*known.reporters, *known.editors))
    before, after = _either(known.before), _either(known.after)
    return re.compile(
        rf"(?<![\w-])(?:{before}\s+){{0,2}}(?P<works>{work}(?:\s?(?:,|&|/|\band\b)\s?{work}){{0,3}})"
        rf"(?:\s+{after}\b:?|:)(?=\s|$)",
        re.IGNORECASE,
    )


@cache
def _contributed() -> re.Pattern[str]:
    known = credit_words()
    return re.compile(_either((*known.contributed, *known.contributed_weak)) + r"\b")


@cache
def _contributed_surely() -> re.Pattern[str]:
    return re.compile(_either(credit_words().contributed) + r"(?=\s?[.,;)]|\s?$|\s+(?:from|in)\b)")


@cache
def _assistance() -> re.Pattern[str]:
    return re.compile(_either(tuple(plain(phrase) for phrase in credit_words().assistance)) + r"\b")


def _either(words: tuple[str, ...]) -> str:
    return (
        "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"
    )


@cache
def _small() -> frozenset[str]:
    known = credit_words()
    return frozenset(
        (*known.connectors, *known.particles, *known.reporters, *known.editors, *known.after)
    )


@cache
def _not_names() -> frozenset[str]:
    return frozenset(credit_words().not_names)
