"""The small model that names the relation of two marked actors from their whole sentence.

A six-layer encoder (int8, ONNX) that `training/` makes from the corpus written for it; see
`training/MODEL_CARD.md`. It sees the sentence with both actors marked and gives a probability to
each PLOVER type, to "no relation", and to each mode. `relate` weighs it with the lexicon; `find`
asks it where the lexicon is unsure. The model loads on first need; nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from detente.knowledge.tables import load_yaml, shipped_file
from detente.text.wordpiece import CLS, SEP, Piece, WordPiece

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, Any]

FOLDER = "relation_model"
# The name among the types for two actors between whom the sentence states nothing.
NO_RELATION = "NONE"
# Pieces that the encoder never saw in text and that mark the actors: before and after each.
SOURCE_MARKS = ("[unused0]", "[unused1]")
TARGET_MARKS = ("[unused2]", "[unused3]")
# The most pieces the encoder is given: of a longer sentence, those nearest to the two actors.
LONGEST = 128


class Marked(Struct, frozen=True):
    """A sentence with its two actors; the spans are half-open offsets in `sentence`."""

    sentence: str
    source: tuple[int, int]
    target: tuple[int, int]


class Encoded(Struct, frozen=True):
    """A marked sentence as the encoder takes it: pieces, and where the two actors begin."""

    ids: tuple[int, ...]
    source_at: int
    target_at: int


class Judged(Struct, frozen=True):
    """What the model thinks: probabilities of the types (with `NONE`) and of the modes."""

    types: dict[str, float]
    modes: dict[str, float]


class Labels(Struct, frozen=True):
    """The names of the model's outputs, in order."""

    types: tuple[str, ...]
    modes: tuple[str, ...]


def judge(marked: Sequence[Marked]) -> list[Judged]:
    """The relation of the two actors of each marked sentence, in the same order.

    Each is asked by itself: the network scales what flows between its layers by the largest value
    there, so that in a batch an answer would hang on its neighbours.
    """
    pieces = wordpiece()
    return [_run(encode(one, pieces)) for one in marked]


def encode(marked: Marked, pieces: WordPiece) -> Encoded:
    """Cut a marked sentence into pieces and put the marks around its actors."""
    found = _nearest(pieces.pieces(marked.sentence), marked)
    marks = {
        marked.source: [pieces.id_of(mark) for mark in SOURCE_MARKS],
        marked.target: [pieces.id_of(mark) for mark in TARGET_MARKS],
    }
    ids, at = [pieces.id_of(CLS)], {}
    for piece in [*found, None]:
        for span, (_, closing) in marks.items():
            if span in at and closing not in ids and (piece is None or piece.start >= span[1]):
                ids.append(closing)
        for span, (opening, _) in marks.items():
            if span not in at and (piece is None or piece.end > span[0]):
                at[span] = len(ids)
                ids.append(opening)
        if piece is not None:
            ids.append(piece.id)
    ids.append(pieces.id_of(SEP))
    return Encoded(tuple(ids), at[marked.source], at[marked.target])


def _nearest(pieces: Sequence[Piece], marked: Marked) -> list[Piece]:
    """Of a long sentence the pieces nearest to its two actors, in the order of the text."""
    if len(pieces) <= LONGEST:
        return list(pieces)

    def distance(piece: Piece) -> int:
        return min(
            max(start - piece.end, piece.start - end, 0)
            for start, end in (marked.source, marked.target)
        )

    chosen = sorted(range(len(pieces)), key=lambda i: (distance(pieces[i]), i))[:LONGEST]
    return [pieces[i] for i in sorted(chosen)]


def _run(encoded: Encoded) -> Judged:
    import numpy as np

    ids = np.array([encoded.ids], dtype=np.int64)
    types, modes = _session().run(
        None,
        {
            "ids": ids,
            "mask": np.ones_like(ids),
            "source_at": np.array([encoded.source_at], dtype=np.int64),
            "target_at": np.array([encoded.target_at], dtype=np.int64),
        },
    )
    names = labels()
    return Judged(
        types=dict(zip(names.types, _probabilities(types[0]), strict=True)),
        modes=dict(zip(names.modes, _probabilities(modes[0]), strict=True)),
    )


def _probabilities(logits: Matrix) -> list[float]:
    import numpy as np

    powers = np.exp(logits - logits.max())
    return [round(float(p), 4) for p in powers / powers.sum()]


@cache
def labels() -> Labels:
    """The types and modes that the model tells apart."""
    read = load_yaml(f"{FOLDER}/labels.yaml")
    return Labels(tuple(read["types"]), tuple(read["modes"]))


@cache
def wordpiece() -> WordPiece:
    """The model's vocabulary."""
    with shipped_file(f"{FOLDER}/vocab.txt").open(encoding="utf-8") as stream:
        return WordPiece([line.rstrip("\n") for line in stream])


@cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread: the same sums in the same order on every machine, and a process a core.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    model = shipped_file(f"{FOLDER}/relation.onnx")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
