"""The engine says word for word what spaCy's own pipeline says."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.text.engine import MODEL, Word, engine

SENTENCES = [
    "Peru's foreign minister, who had been due in Quito on Friday, did not leave Lima.",
    "There is no doubt that it's the generals' doing, isn't it?",
    "Kenya and Tanzania have been holding talks since 3 May; neither side would say more.",
    "What the envoys wanted was for the ceasefire to be kept to the letter.",
    '"We will not be moved," he said.',
    "The better-armed of the two had been better fed.",
    "Oslo",
    "...",
    "THE TWO PRIME MINISTERS ARE LEFT TO TALK ABOUT LEFT-WING PARTIES",
]


@cache
def pipeline() -> Any:
    import spacy

    return spacy.load(MODEL, exclude=["ner"])


def by_spacy(text: str) -> list[tuple[str, str, str, str, str, int, int]]:
    return [
        (w.text, w.lemma_.lower(), w.pos_, w.tag_, w.dep_, w.idx, w.head.i)
        for w in pipeline()(text)
    ]


def plain(words: list[Word]) -> list[tuple[str, str, str, str, str, int, int]]:
    return [
        (w.form.text, w.form.lemma, w.form.pos, w.form.tag, w.dep, w.start, w.head) for w in words
    ]


def test_a_batch_is_read_as_spacy_reads_each_sentence() -> None:
    assert [plain(words) for words in engine().read(SENTENCES)] == [*map(by_spacy, SENTENCES)]


def test_what_was_read_before_changes_nothing() -> None:
    first = [plain(words) for words in engine().read(SENTENCES)]
    again = [plain(words) for words in engine().read(SENTENCES[::-1])]
    assert again[::-1] == first


def test_nothing_and_blanks_have_no_words_or_blank_ones() -> None:
    assert [*engine().read([])] == []
    assert [*engine().read([""])] == [[]]
    assert [plain(words) for words in engine().read(["   "])] == [by_spacy("   ")]


WORDS = ["the", "envoy", "Chile", "was", "n't", "left", "saw", "to", "that", "of", ",", "it", "'s",
         "like", "talks", "who", "being", "3", "better", "there", "."]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_any_row_of_words_is_read_as_spacy_reads_it(words: list[str]) -> None:
    text = " ".join(words)
    assert plain(next(engine().read([text]))) == by_spacy(text)
