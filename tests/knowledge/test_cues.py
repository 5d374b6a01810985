"""Cues are found as whole words, in any case where they are written small."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.knowledge.cues import CueIndex

CUES = [("chips", "chips"), ("export control", "chips"), ("Taiwan", "Taiwan"), ("SALT", "arms")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("CHIPS and export controls", ["chips"]),
        ("Export control of chips", ["chips", "chips"]),
        ("taiwan, salt and pepper", []),
        ("On Taiwan, not on SALT.", ["Taiwan", "arms"]),
        ("micro-chips; chips-and-pins", ["chips"]),
        ("", []),
    ],
)
def test_values_in_a_text(text: str, values: list[str]) -> None:
    assert [*CueIndex(CUES).values_in(text)] == values


def test_no_cues_find_nothing() -> None:
    assert [*CueIndex[str]([]).values_in("chips")] == []


@given(st.text(st.sampled_from("abAB -_.İ"), max_size=30), st.text("ab", min_size=1, max_size=3))
def test_a_small_cue_is_found_as_a_pattern_would_find_it(text: str, cue: str) -> None:
    found = bool([*CueIndex([(cue, 1)]).values_in(text)])
    assert found == bool(re.search(rf"(?<![\w-]){cue}(?!\w)", text.lower()))
