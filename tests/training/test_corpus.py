"""The corpus: every line can be used, and what cannot is named."""

from __future__ import annotations

import random

import pytest
from training.corpus import CorpusError, is_held_out, read_line, renamed, turned

from detente.events.relation_model import NO_RELATION
from detente.knowledge.ontology import event_type, event_types
from training import corpus

WRITTEN = list(corpus.written())


def test_every_line_reads_and_every_type_has_its_share() -> None:
    counts = dict.fromkeys([*event_types(), NO_RELATION], 0)
    for line in WRITTEN:
        counts[line.type] += 1
        for start, end in (line.marked.source, line.marked.target):
            assert line.marked.sentence[start:end].strip(), line.where
    assert min(counts.values()) >= 400


def test_modes_are_those_of_the_type() -> None:
    wrong = [
        f"{line.where}: {line.type} {line.mode}"
        for line in WRITTEN
        if line.mode
        and line.type != NO_RELATION
        and line.mode not in {mode.name for mode in event_type(line.type).modes}
    ]
    # A demand or refusal takes the mode of what is demanded; none is learnt with the wrong type.
    assert len(wrong) / len(WRITTEN) < 0.02, wrong[:10]


def test_no_pair_of_a_sentence_has_two_labels() -> None:
    seen: dict[object, str] = {}
    for line in WRITTEN:
        assert seen.setdefault(line.marked, line.type) == line.type, line.where


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("AID\t{S:Peru} fed {T:Chile}.", "2 cells"),
        ("HELP\t-\t{S:Peru} fed {T:Chile}.", "no PLOVER type 'HELP'"),
        ("AID\t-\t{S:Peru} fed Chile.", "mark one"),
        ("AID\t-\t{S:Peru} fed {T:Chile} and {T:Bolivia}.", "mark one"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(line: str, said: str) -> None:
    with pytest.raises(CorpusError, match=r"a\.tsv:3: .*" + said):
        read_line(line, "a.tsv:3")


def test_about_a_tenth_is_held_out_whole_sentences_at_a_time() -> None:
    share = sum(map(is_held_out, WRITTEN)) / len(WRITTEN)
    assert 0.08 < share < 0.12
    by_sentence: dict[str, bool] = {}
    for line in WRITTEN:
        kept = by_sentence.setdefault(line.marked.sentence, is_held_out(line))
        assert kept == is_held_out(line)


def test_turned_round_only_what_is_mutual_stays() -> None:
    aid = turned(read_line("AID\t-\t{S:Peru} fed {T:Chile}.", "x"))
    assert (aid.type, aid.mode) == (NO_RELATION, None)
    assert aid.marked.sentence[slice(*aid.marked.source)] == "Chile"
    talks = turned(read_line("CONSULT\tphone\t{S:Peru} rang {T:Chile}.", "x"))
    assert (talks.type, talks.mode) == ("CONSULT", "phone")


def test_other_names_stand_where_the_old_ones_stood() -> None:
    line = read_line("AID\t-\tOn Monday {S:Peru} fed {T:Chile} again.", "x")
    other = renamed(line, ["the Sultan of Brunei"], random.Random(1))
    assert other.marked.sentence == (
        "On Monday the Sultan of Brunei fed the Sultan of Brunei again."
    )
    for span in (other.marked.source, other.marked.target):
        assert other.marked.sentence[slice(*span)] == "the Sultan of Brunei"
