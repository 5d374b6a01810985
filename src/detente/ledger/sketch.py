"""A document boiled down to what tells its copies: a Sketch of hashes.

First step of `families`. Only the story's own sentences count: what is not the story (links,
credits, comment forms) has been left out by `text/`. Kept in the ledger beside the text, so that
comparing two documents never reads a text again. All hashes are functions of the words alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from detente.ledger.rules import Bands, FamilyRules, family_rules
from detente.model import Story

# Raised whenever a sketch of the same text comes out different; older ones are then made anew.
VERSION = 1
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_FIGURE = re.compile(r"\d[\d.,:]*")
_QUOTED = re.compile(r"[“\"]([^“”\"]{8,600})[”\"]")
_SEED = 20230618
_FIRST_DAY = dt.date.min.toordinal()


class Sketch(Struct, frozen=True, array_like=True):
    """What a text is told by; sets of 32-bit hashes unless said otherwise.

    `day` is the publication day as a proleptic ordinal, 0 where it is not known; `words` counts
    the words of the story.
    """

    day: int
    words: int
    shingles: frozenset[int]
    sentences: tuple[int, ...]
    names: frozenset[int]
    figures: frozenset[int]
    stems: frozenset[int]
    quotes: frozenset[int]


class Key(Struct, frozen=True, order=True):
    """Something that copies share. `reach` is in days; 0 for any number of them."""

    hash: int
    reach: int


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Sketch)


def packed(sketch: Sketch) -> bytes:
    """A sketch as bytes, the same for equal sketches."""
    plain = [
        sketch.day, sketch.words, sorted(sketch.shingles), sketch.sentences, sorted(sketch.names),
        sorted(sketch.figures), sorted(sketch.stems), sorted(sketch.quotes),
    ]  # fmt: skip
    return _encoder.encode(plain)


def unpacked(data: bytes) -> Sketch:
    """The sketch that `packed` made bytes of."""
    return _decoder.decode(data)


def sketch_of(story: Story) -> Sketch:
    """Sketch a story. A story without sentences has an empty sketch, which is nothing's copy."""
    rules = family_rules()
    bodies = [s.text for s in story.sentences if s.kind == "body"]
    texts = bodies or [s.text for s in story.sentences]
    words = [[word.casefold() for word in _WORD.findall(text)] for text in texts]
    flat = [word for sentence in words for word in sentence]
    return Sketch(
        day=story.date.toordinal() - _FIRST_DAY + 1 if story.date else 0,
        words=len(flat),
        shingles=_runs(flat, rules.shingle),
        sentences=tuple(
            _hash(" ".join(sentence)) for sentence in words if len(sentence) >= rules.sentence
        )[: rules.sentences],
        names=frozenset(map(_hash, _names(texts))),
        figures=frozenset(map(_hash, _figures(texts))),
        stems=frozenset(_hash(word[: rules.stem]) for word in flat if len(word) >= rules.stem),
        quotes=_quotes(texts, rules),
    )


def keys_of(sketch: Sketch) -> list[Key]:
    """The keys under which a document looks for its copies, each once, in order."""
    rules = family_rules()
    keys = {Key(_wide("s", value), rules.days.sentences) for value in sketch.sentences}
    if len(sketch.shingles) >= rules.least_shingles:
        keys |= _band_keys("n", sketch.shingles, rules.shingle_bands, rules.days.shingles)
    salient = sketch.names | sketch.figures | sketch.stems
    if len(sketch.names) >= rules.reworded.least_names:
        keys |= _band_keys("w", salient, rules.salient_bands, rules.days.salient)
    return sorted(keys)


def _band_keys(kind: str, values: Iterable[int], bands: Bands, reach: int) -> set[Key]:
    from rensa import RMinHash

    minhash = RMinHash(num_perm=bands.rows * bands.bands, seed=_SEED)
    minhash.update([value.to_bytes(4, "big") for value in sorted(values)])
    digest = minhash.digest()
    cuts = range(0, len(digest), bands.rows)
    return {Key(_wide(kind, start, *digest[start : start + bands.rows]), reach) for start in cuts}


def _runs(words: Sequence[str], length: int) -> frozenset[int]:
    return frozenset(
        _hash(" ".join(words[at : at + length])) for at in range(len(words) - length + 1)
    )


def _names(texts: Sequence[str]) -> set[str]:
    """Words with a capital that do not begin a sentence; whole capitals are a headline's."""
    found = set()
    for text in texts:
        for match in list(_WORD.finditer(text))[1:]:
            word = match.group()
            if word[0].isupper() and not word.isdigit() and text[match.start() - 1] not in '“"':
                found.add(word.removesuffix("'s").removesuffix("’s").casefold())
    return found


def _figures(texts: Sequence[str]) -> set[str]:
    return {
        found.strip(".,:").replace(",", "") for text in texts for found in _FIGURE.findall(text)
    }


def _quotes(texts: Sequence[str], rules: FamilyRules) -> frozenset[int]:
    runs: frozenset[int] = frozenset()
    for quoted in _QUOTED.findall(" ".join(texts)):
        runs |= _runs([word.casefold() for word in _WORD.findall(quoted)], rules.quote)
    return runs


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace"))


def _wide(kind: str, *values: int) -> int:
    """A signed 64-bit key: what databases store."""
    data = kind.encode() + b"".join(value.to_bytes(4, "big") for value in values)
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)
