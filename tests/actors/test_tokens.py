"""Words as the gazetteer knows them: every text, every sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.actors.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("The U.S. left… Côte d’Ivoire.", ["the", "us", "left", "...", "cote", "d'ivoire", "."]),
        ("US-China", ["us", "china"]),
        ("“½”", ["“", "1⁄2", "”"]),
    ],
)
def test_norms(text: str, norms: list[str]) -> None:
    assert [token.norm for token in tokenise(text)] == norms


@given(st.text(max_size=60) | st.text(st.sampled_from("a.'’s-… \u00b4\u02bc1A½´¨"), max_size=30))
def test_every_text_is_cut_in_order_into_words_that_have_a_norm(text: str) -> None:
    end = 0
    for token in tokenise(text, offset=0):
        assert end <= token.start < token.end <= len(text)
        assert token.norm
        assert token.bare
        end = token.end
