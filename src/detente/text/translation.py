"""Recognises stories that a machine translated, often there and back.

Serves `quality`. No single sign proves it: people, too, write '. .' by mistake. So signs of
different kinds are weighed (`quality.yaml`), and two must agree unless one says so outright. What
it leaves out: good machine translation, which leaves no marks in the wording.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from msgspec import Struct

from detente.knowledge.press import Translation, abbreviations, credit_words, quality_words
from detente.model import Sentence
from detente.text.credits import odd_work
from detente.text.normal import plain

# So much of a story is looked at, in characters: the signs are everywhere or nowhere.
SAMPLE = 60_000
_BRACKETED = re.compile(
    r"(?:^|[.!?]\s|[“\"])\((?!\d)[A-Z][^()]{1,30}\)\s[a-z]|\s\([^()]{1,20}[’']s\)\s[a-z]"
)
_DOUBLED_STOP = re.compile(r"[a-z”\"]\.\s\.(?!\s?\.)")
_LOOSE = re.compile(r"[a-z]\s[,.;](?=\s|$)")
_SMALL = re.compile(r"([A-Za-z]{3,20})\.\s+([a-z]{2,20})\s[a-z]")
_CAPITAL = re.compile(r"([a-z]{2,20})\s([A-Z][a-z]{1,9})\s([a-z]{2,20})\b")
_DOUBLED = re.compile(r"\b([a-z]{2,12})\s\1\b")
_ARTICLE = re.compile(
    r"\b(?:(a)\s([aeiou][a-z]{2,20}(?:-[a-z]{1,20})?)"
    r"|(an)\s([b-df-hj-np-tv-z][a-z]{2,20}(?:-[a-z]{1,20})?))\b"
)
_PERSON = re.compile(r"\b([A-Z][a-z]{3,14})\s(?=(?:[A-Z]\.\s)?([A-Z][a-z]{3,16})\b)")
_QUOTE = re.compile(r"[\"“”]")
# Spellings of one name differ in at most this share of their letters.
ALIKE = 0.5


class Evidence(Struct, frozen=True):
    """What the signs are looked for in: the story's text, its sentences, and what was removed."""

    body: str
    everything: str
    sentences: tuple[Sentence, ...]
    credits: tuple[str, ...]
    altered_trust: bool
    orphans: int


def is_machine_translated(evidence: Evidence) -> bool:
    """Whether enough signs of different kinds agree."""
    return is_enough(translation_signs(evidence))


def is_enough(signs: Sequence[str]) -> bool:
    """Whether these signs together carry the verdict."""
    known = quality_words().translation
    weights = [known.weights[sign] for sign in signs]
    return sum(weights) >= known.least and (len(weights) > 1 or max(weights) >= known.least)


def translation_signs(evidence: Evidence) -> tuple[str, ...]:
    """Return the names of the signs that a story shows, as in `quality.yaml`."""
    known = quality_words().translation
    return tuple(name for name, test in _TESTS.items() if test(evidence, known))


def _disclaimer(evidence: Evidence, known: Translation) -> bool:
    edges = plain(evidence.everything[:1000] + " " + evidence.everything[-1500:])
    return any(phrase in edges for phrase in known.disclaimer)


def _odd_credit(evidence: Evidence, known: Translation) -> bool:
    return any(odd_work(line) for line in evidence.credits)


def _stray_capital(evidence: Evidence, known: Translation) -> bool:
    """'followed up Read the tense call': not in a title, nor where a work is named."""
    stray, fine = frozenset(known.stray), frozenset(known.stray_after)
    return any(
        match[2].lower() in stray and match[1] not in fine
        for sentence in evidence.sentences
        if sentence.kind == "body" and not _mostly_capitals(sentence.text)
        for match in _CAPITAL.finditer(sentence.text)
    )


def _mostly_capitals(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    capitals = sum(1 for word in words if word[0].isupper())
    return capitals * 2 > len(words)


def _doubled_stop(evidence: Evidence, known: Translation) -> bool:
    return _DOUBLED_STOP.search(evidence.body) is not None


def _small_start(evidence: Evidence, known: Translation) -> bool:
    """A small letter after a stop, where the word before the stop is no abbreviation."""
    short = abbreviations()
    fine = frozenset((*short.titles, *short.before_number, *short.either, *short.times))
    small_names = frozenset(credit_words().particles)
    return any(
        match[1].lower() not in fine and not match[1].isupper() and match[2] not in small_names
        for match in _SMALL.finditer(evidence.body)
    )


def _name_variants(evidence: Evidence, known: Translation) -> bool:
    """'Jenifer Doe' and 'Gennifer Doe' in one story, where neither name is a title."""
    given: dict[str, set[str]] = {}
    for match in _PERSON.finditer(evidence.everything):
        given.setdefault(match[2], set()).add(match[1])
    fine = frozenset(known.not_given)
    return any(
        _are_spellings(one.lower(), other.lower())
        for firsts in given.values()
        if 2 <= len(firsts) <= 12
        for one in sorted(firsts)
        for other in sorted(firsts)
        if one < other and not fine & {one.lower(), other.lower()}
        and not _is_word(one, evidence.everything) and not _is_word(other, evidence.everything)
    )  # fmt: skip


def _is_word(name: str, text: str) -> bool:
    return f" {name.lower()} " in text


def _are_spellings(one: str, other: str) -> bool:
    """Whether two given names may be one: near in letters, and no short form of each other."""
    if one.startswith(other[:3]) and abs(len(one) - len(other)) > 1:
        return False
    if one[0] != other[0] and one[1:] != other[1:]:
        return False
    return _distance(one, other) <= ALIKE * min(len(one), len(other))


def _distance(one: str, other: str) -> int:
    """Return the edits (letters put in, left out, changed) between two words."""
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, against in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (sign != against))
    return row[-1]


def _article(evidence: Evidence, known: Translation) -> bool:
    """'a important': at least two in a text, or one in a short one."""
    wrong = 0
    for match in _ARTICLE.finditer(evidence.body):
        word = match[2] or match[4]
        fine = known.a_fine if match[1] else known.an_fine
        wrong += not word.startswith(fine)
    return wrong >= (2 if len(evidence.body) > 1500 else 1)


def _agreement(evidence: Evidence, known: Translation) -> bool:
    return _phrases("agreement").search(evidence.body.lower()) is not None


def _calque(evidence: Evidence, known: Translation) -> bool:
    return _phrases("calque").search(plain(evidence.body)) is not None


def _doubled_word(evidence: Evidence, known: Translation) -> bool:
    return any(m[1] not in known.doubled_fine for m in _DOUBLED.finditer(evidence.body))


def _bracketed(evidence: Evidence, known: Translation) -> bool:
    return _BRACKETED.search(evidence.body) is not None


def _fragment(evidence: Evidence, known: Translation) -> bool:
    """A stump of two or three words among the sentences of a paragraph that quotes nobody."""
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in evidence.sentences:
        if sentence.kind == "body":
            paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    return any(
        _is_stump(sentence.text)
        for sentences in paragraphs.values()
        if len(sentences) > 1 and not any(_QUOTE.search(s.text) for s in sentences)
        for sentence in sentences[1:]
    )


def _is_stump(sentence: str) -> bool:
    """Two or three words with a stop, none of which can be a subject or a verb in the past."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", sentence)]
    if not 2 <= len(words) <= 3 or not sentence.rstrip().endswith("."):
        return False
    whole = frozenset(abbreviations().starters)
    return not whole & frozenset(words) and not any(w.endswith(("ed", "s")) for w in words)


def _loose_sign(evidence: Evidence, known: Translation) -> bool:
    return len(_LOOSE.findall(evidence.body)) >= 2


def _altered_trust(evidence: Evidence, known: Translation) -> bool:
    return evidence.altered_trust


def _orphan(evidence: Evidence, known: Translation) -> bool:
    return evidence.orphans > 0


_TESTS: dict[str, Callable[[Evidence, Translation], bool]] = {
    "disclaimer": _disclaimer,
    "odd_credit": _odd_credit,
    "stray_capital": _stray_capital,
    "doubled_stop": _doubled_stop,
    "small_start": _small_start,
    "name_variants": _name_variants,
    "article": _article,
    "agreement": _agreement,
    "calque": _calque,
    "doubled_word": _doubled_word,
    "bracketed": _bracketed,
    "fragment": _fragment,
    "loose_sign": _loose_sign,
    "altered_trust": _altered_trust,
    "orphan": _orphan,
}


@cache
def _phrases(name: str) -> re.Pattern[str]:
    phrases: tuple[str, ...] = getattr(quality_words().translation, name)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(phrases)))})\b")
