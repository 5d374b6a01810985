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


# Parts of whole sentences: on mere heaps of words the network wavers, and sums in another order
# tip it over.
SUBJECTS = ["The envoy", "Chile's new prime minister", "Neither of the two generals", "She", "They",
            "What the rebels wanted", "It", "The talks in Oslo", "You", "There"]  # fmt: skip
VERBS = ["was not told of", "has condemned", "didn't see", "is about to leave", "will be", "made",
         "says it's", "had been the cause of"]  # fmt: skip
OBJECTS = ["the letter", "a better plan than that", "all that", "3 May", "its northern neighbour"]
ENDS = [".", ", which nobody had expected.", " because of it.", ", but left on Friday.", "?"]


@settings(max_examples=60, deadline=None)
@given(st.tuples(*map(st.sampled_from, (SUBJECTS, VERBS, OBJECTS, ENDS))))
def test_any_sentence_is_read_as_spacy_reads_it(parts: tuple[str, ...]) -> None:
    text = " ".join(parts[:3]) + parts[3]
    assert plain(next(engine().read([text]))) == by_spacy(text)
