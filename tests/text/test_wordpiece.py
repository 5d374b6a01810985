"""Words into the encoder's pieces, with their places in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.events.relation_model import wordpiece
from detente.text.wordpiece import UNKNOWN, WordPiece

SMALL = WordPiece(["[UNK]", "talk", "##s", "kyiv", "'", "-", "cafe", "中", "_", "a"])


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Talks", [(1, 0, 5), (2, 0, 5)]),
        ("talk-talks", [(1, 0, 4), (5, 4, 5), (1, 5, 10), (2, 5, 10)]),
        ("Café", [(6, 0, 4)]),
        ("in KYIV", [(0, 0, 2), (3, 3, 7)]),
        ("中a", [(7, 0, 2), (9, 0, 2)]),
        ("a_a", [(9, 0, 3), (8, 0, 3), (9, 0, 3)]),
        ("  ", []),
        ("talk" * 40, [(0, 0, 160)]),
    ],
)
def test_pieces(text: str, pieces: list[tuple[int, int, int]]) -> None:
    assert [(piece.id, piece.start, piece.end) for piece in SMALL.pieces(text)] == pieces


@given(st.text(max_size=200))
def test_pieces_stand_in_order_over_all_that_is_no_space(text: str) -> None:
    pieces = wordpiece().pieces(text)
    starts = [piece.start for piece in pieces]
    assert starts == sorted(starts)
    covered = {i for piece in pieces for i in range(piece.start, piece.end)}
    assert all(text[i].strip() for i in covered)
    unknown = wordpiece().id_of(UNKNOWN)
    assert all(piece.id >= 0 and piece.start < piece.end <= len(text) for piece in pieces)
    assert wordpiece().id_of("no such piece") == unknown


def test_the_shipped_vocabulary_gives_the_numbers_of_the_encoder() -> None:
    # From the vocabulary of bert-base-uncased: the, embargo in two pieces, and the marks.
    assert wordpiece().id_of("the") == 1996
    assert wordpiece().id_of("[CLS]") == 101
    assert wordpiece().id_of("[unused0]") == 1
    assert len(wordpiece().pieces("embargoes")) > 1
