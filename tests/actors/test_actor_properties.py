"""What holds of any text: offsets return their words, same input same output, no failure."""

from __future__ import annotations

import time

from actor_stories import story
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.actors import find_actors, resolve_phrase
from detente.actors.tokens import tokenise

VOCABULARY = """
the a of and , . - ’s ' “ ” ( ) US U.S. China Chinese Xi Biden Putin he his they its who said told
foreign minister ministry president former ex- deputy officials troops Jane Doe Jordan Georgia
Washington counterpart two sides both for from to Turkey Greece Hamas UN New York senior four men
spokesman Kremlin Bank Côte d’Ivoire N'Djamena Sino-Indian group Vice Premier He An latter island
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)


@given(TEXTS, TEXTS)
@settings(max_examples=120, deadline=None)
def test_offsets_return_the_words(first: str, second: str) -> None:
    told = story(first or "x", second or "y")
    found = find_actors(told)
    assert all(told.text[actor.start : actor.end] == actor.text for actor in found)
    assert all(actor.text.strip() == actor.text != "" for actor in found)
    assert all(0.0 < actor.confidence <= 1.0 and actor.why for actor in found)
    assert list(found) == sorted(found, key=lambda actor: (actor.start, actor.end))
    assert found == find_actors(told)


@given(st.text(max_size=80))
@settings(max_examples=120, deadline=None)
def test_any_text(text: str) -> None:
    for actor in resolve_phrase(text):
        assert text[actor.start : actor.end] == actor.text


@given(st.text(max_size=80))
@settings(max_examples=120, deadline=None)
def test_tokens_lie_in_order(text: str) -> None:
    tokens = tokenise(text, 7)
    ends = [7, *(token.end for token in tokens)]
    assert all(end <= token.start for end, token in zip(ends, tokens, strict=False))
    assert all(7 <= token.start < token.end <= 7 + len(text) for token in tokens)


def test_hostile_lengths_are_linear() -> None:
    for text in ("A." * 20_000, "Xi-" * 20_000, "’" * 20_000, "the president of " * 4_000):
        begin = time.perf_counter()
        resolve_phrase(text)
        assert time.perf_counter() - begin < 5.0
