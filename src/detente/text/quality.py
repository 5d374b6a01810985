"""Says how sound a text is: flags with reasons, and a score.

The last step of a story. A flag never stops the coding; it tells the reader, and the confidence of
what is coded, how far to trust the words. Penalties: `quality.yaml`. What it leaves out: whether
what the story says is true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from detente.knowledge.press import quality_words
from detente.model import Quality, Removed, Sentence
from detente.text.normal import plain
from detente.text.sentences import ends_with_stop
from detente.text.translation import Evidence, is_machine_translated

# Shares and counts that make a flag, found by trying stories of each sort by hand.
CAPITALS, CAPITALS_LEAST = 0.7, 30
NOISE, NOISE_LEAST = 0.03, 3
STOPS_LEAST_WORDS, WORDS_A_STOP = 40, 90
SPEAKERS, SPEAKERS_SHARE = 3, 0.3
STAMPS = 3
ROWS = 3
SAMPLE = 200_000
_WORD = re.compile(r"\S+")
_MIXED = re.compile(
    r"[a-z][0-9][a-z]|^[0-9][a-z]{3,}[.,]?$|[a-z]{2}[0-9]{1,2}$|[a-z][A-Z]{2,}[a-z]"
)
_SPEAKER = re.compile(r"(?:[A-Z][A-Z.'’-]{0,20}\s?){1,4}:\s|(?P<label>[A-Za-z]{1,12})\s?:\s")
_STAMP = re.compile(
    r"\(?\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?)?\s?(?:[A-Z]{2,4}\b)?|\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?\b"
)
_ROW = re.compile(r"\t[^\t\n]*\t|\|[^|\n]*\|")


class Made(Struct, frozen=True):
    """What the earlier steps made of a text, for judging it."""

    text: str
    sentences: tuple[Sentence, ...]
    removed: tuple[Removed, ...]
    language: str | None
    too_long: bool
    is_page: bool
    title: str | None
    altered_trust: bool


def judge(made: Made) -> Quality:
    """Return the score (1 clean, 0 of no use) and the flags, in the order of `quality.yaml`."""
    body = "\n".join(s.text for s in made.sentences if s.kind == "body")[:SAMPLE]
    every = "\n".join(sentence.text for sentence in made.sentences)[:SAMPLE]
    found = {
        "empty": not any(sign.isalnum() for sign in every),
        "not_english": made.language not in (None, "en"),
        "mojibake": any(sign in every for sign in quality_words().mojibake),
        "ocr_noise": _is_noisy(body),
        "machine_translated": is_machine_translated(_evidence(made, body)),
        "truncated": _is_truncated(made, body),
        "boilerplate": _has_boilerplate(made),
        "all_caps": _is_capitals(body),
        "too_long": made.too_long,
        "no_punctuation": _has_no_stops(body),
        "transcript": _is_transcript(made.sentences),
        "live_blog": _is_live(made),
        "table": _is_table(made),
    }
    score = 1.0
    flags = []
    for flag, penalty in quality_words().penalties.items():
        if found[flag]:
            flags.append(flag)
            score *= 1.0 - penalty
    return Quality(round(score, 4), tuple(flags))


def _evidence(made: Made, body: str) -> Evidence:
    credits = [made.text[r.start : r.end][:2000] for r in made.removed if r.kind == "credits"]
    kinds = ("credits", "author_bio", "trust_principles")
    others = [made.text[r.start : r.end][:2000] for r in made.removed if r.kind in kinds]
    return Evidence(
        body=body[:60_000],
        everything="\n".join([body[:60_000], *others]),
        sentences=made.sentences[:400],
        credits=tuple(credits),
        altered_trust=made.altered_trust,
        orphans=_orphans(made) if credits and not made.is_page else 0,
    )


def _orphans(made: Made) -> int:
    """Count the lines left over after the credits that no menu or form has."""
    from detente.text.cues import kind_of
    from detente.text.dateline import agency_named

    end = min((r.start for r in made.removed if r.kind == "credits"), default=0)
    lines = (
        made.text[r.start : r.end][:200]
        for r in made.removed
        if r.kind == "navigation" and r.start > end
    )
    return sum(kind_of(line) is None and agency_named(line) is None for line in lines)


def _is_truncated(made: Made, body: str) -> bool:
    """Whether the last sentence stops in mid-air, or says that more is elsewhere."""
    sentences = [s for s in made.sentences if s.kind == "body"]
    if not sentences or _has_no_stops(body):
        return False
    last = sentences[-1].text.rstrip()
    if plain(last).endswith(quality_words().truncated):
        return True
    earlier = sum(ends_with_stop(s.text) for s in sentences[:-1])
    return earlier > 0 and not ends_with_stop(last) and last[-1] not in ":|"


def _has_boilerplate(made: Made) -> bool:
    known = quality_words()
    kinds = known.boilerplate_page if made.is_page else known.boilerplate
    return any(removed.kind in kinds for removed in made.removed)


def _is_capitals(body: str) -> bool:
    sample = body[:20_000]
    capitals = sum(map(str.isupper, sample))
    letters = capitals + sum(map(str.islower, sample))
    return letters >= CAPITALS_LEAST and capitals >= CAPITALS * letters


def _is_noisy(body: str) -> bool:
    """Whether figures and signs stand inside words, as after bad scanning."""
    words = _WORD.findall(body[:20_000])
    noisy = sum(_is_noise(word) for word in words)
    return noisy >= NOISE_LEAST and noisy >= NOISE * len(words)


def _is_noise(word: str) -> bool:
    if word.isascii() and word.isalpha() and (word.islower() or word.istitle()):
        return False
    known = quality_words()
    bare = word.strip(".,;:!?\"'“”‘’()[]-–—…")
    if bare[:4].lower() in ("http", "www.") or "@" in bare or "/" in bare:
        return False
    if any(sign in known.ocr_signs for sign in bare[1:-1]):
        return True
    tail = bare.lstrip("0123456789.,-")
    return _MIXED.search(bare) is not None and tail.lower() not in known.ocr_fine


def _has_no_stops(body: str) -> bool:
    words = len(body.split())
    if words < STOPS_LEAST_WORDS:
        return False
    return sum(body.count(stop) for stop in ".!?…。") * WORDS_A_STOP < words


def _is_transcript(sentences: Sequence[Sentence]) -> bool:
    firsts = [s.text for s in _paragraph_starts(sentences)]
    spoken = sum(_is_spoken(line) for line in firsts)
    return spoken >= SPEAKERS and spoken >= SPEAKERS_SHARE * len(firsts)


def _is_spoken(line: str) -> bool:
    match = _SPEAKER.match(line)
    if match is None:
        return False
    return match["label"] is None or match["label"].lower() in quality_words().speakers


def _is_live(made: Made) -> bool:
    stamps = sum(_STAMP.match(s.text) is not None for s in _paragraph_starts(made.sentences))
    title = plain(made.title or "")
    return stamps >= STAMPS or (stamps > 0 and any(word in title for word in _live()))


def _is_table(made: Made) -> bool:
    return sum(_ROW.search(s.text) is not None for s in made.sentences[:2000]) >= ROWS


def _paragraph_starts(sentences: Sequence[Sentence]) -> list[Sentence]:
    starts: dict[int, Sentence] = {}
    for sentence in sentences:
        if sentence.kind != "title":
            starts.setdefault(sentence.paragraph, sentence)
    return list(starts.values())


@cache
def _live() -> tuple[str, ...]:
    return tuple(plain(phrase) for phrase in quality_words().live)
