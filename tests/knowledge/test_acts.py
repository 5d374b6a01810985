"""The act lexicon can be loaded and has every type; that it is sound is for `test_check.py`."""

from __future__ import annotations

import pytest

from detente.knowledge import ontology
from detente.knowledge.acts import all_senses, word_classes


@pytest.mark.parametrize("name", sorted(word_classes()))
def test_a_word_class_holds_words(name: str) -> None:
    words = word_classes()[name]
    assert len(words) >= 3
    assert [word for word in words if word != word.strip()] == []


def test_the_lexicon_has_every_type() -> None:
    assert {sense.type for sense in all_senses()} == set(ontology.event_types())
