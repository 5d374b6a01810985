"""The small model: what it is given, and that each answer is its own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.events.relation_model import (
    LONGEST,
    NO_RELATION,
    SOURCE_MARKS,
    TARGET_MARKS,
    Marked,
    encode,
    judge,
    labels,
    wordpiece,
)
from detente.knowledge.ontology import event_types


def marked(text: str) -> Marked:
    """A sentence with `[doer]` and `<other>` marked."""
    plain, spans, opened = "", {}, 0
    for sign in text:
        if sign in "[<":
            opened = len(plain)
        elif sign in "]>":
            spans[sign] = (opened, len(plain))
        else:
            plain += sign
    return Marked(plain, spans["]"], spans[">"])


SENTENCES = [
    marked("[Kenya] urged <Somalia> to reopen the crossing at Liboi."),
    marked("<Chile> was accused by [Bolivia] of diverting the river."),
    marked("[Peru] and <Ecuador> signed a pact on fishing."),
    marked("On Monday [Laos] said that Thailand had warned <Cambodia>."),
    marked("[India's] patience with <its neighbour>, a diplomat said, is thin " + "indeed " * 300),
]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("[Norway] urged <Belarus> to free the two editors.", "REQUEST"),
        ("[Zambia] accused <Rwanda> of arming the rebels.", "ACCUSE"),
        ("[Uruguay] sent <Haiti> forty tonnes of rice.", "AID"),
        ("<A Danish freighter> was seized by [the Iranian navy].", "COERCE"),
        ("[Mali] expelled <the French ambassador>.", "SANCTION"),
        ("[Thousands of Greeks] marched against <the government> in Athens.", "PROTEST"),
        ("[Jets of the coalition] bombed <rebel positions> near Sanaa.", "ASSAULT"),
        ("[Bhutan's king] met <India's prime minister> in Thimphu.", "CONSULT"),
        ("The score was 3-1 when [Ghana] and <Togo> left the pitch.", NO_RELATION),
    ],
)
def test_plain_sentences_are_named(text: str, type_: str) -> None:
    (judged,) = judge([marked(text)])
    assert max(judged.types, key=lambda name: judged.types[name]) == type_


def test_probabilities_are_of_all_types_and_sum_to_one() -> None:
    for judged in judge(SENTENCES):
        assert set(judged.types) == {*event_types(), NO_RELATION}
        assert sum(judged.types.values()) == pytest.approx(1, abs=0.01)
        assert set(judged.modes) == set(labels().modes)


def test_an_answer_does_not_depend_on_what_else_is_asked() -> None:
    together = judge([*SENTENCES, *reversed(SENTENCES)])
    alone = [judge([one])[0] for one in SENTENCES]
    for one, same, again in zip(alone, together, reversed(together), strict=False):
        assert one.types == pytest.approx(same.types, abs=2e-4)
        assert one.types == pytest.approx(again.types, abs=2e-4)


def test_the_answer_depends_on_the_direction() -> None:
    there = marked("[Zambia] accused <Rwanda> of arming the rebels.")
    back = Marked(there.sentence, there.target, there.source)
    forth, reverse = (j.types["ACCUSE"] for j in judge([there, back]))
    assert forth > 0.5 > reverse


@settings(max_examples=60)
@given(st.text(max_size=120), st.data())
def test_both_actors_are_always_marked_once(text: str, data: st.DataObject) -> None:
    sentence = "x" + text
    places = st.integers(0, len(sentence))
    spans = [
        (min(drawn), max(drawn))
        for drawn in data.draw(st.lists(st.tuples(places, places), min_size=2, max_size=2))
    ]
    if spans[0] == spans[1] or any(start == end for start, end in spans):
        return
    pieces = wordpiece()
    encoded = encode(Marked(sentence, spans[0], spans[1]), pieces)
    opening = pieces.id_of(SOURCE_MARKS[0]), pieces.id_of(TARGET_MARKS[0])
    if any(sentence[start:end].strip() for start, end in spans):
        assert [encoded.ids.count(mark) for mark in opening] == [1, 1]
        assert encoded.ids[encoded.source_at] == opening[0]
        assert encoded.ids[encoded.target_at] == opening[1]


def test_of_a_long_sentence_the_pieces_by_the_actors_are_kept() -> None:
    far = "well " * 400
    one = marked(f"{far}[Kenya] thanked <Uganda> for the loan, {far}")
    encoded = encode(one, wordpiece())
    assert len(encoded.ids) <= LONGEST + 6
    assert wordpiece().id_of("kenya") in encoded.ids
    assert wordpiece().id_of("thanked") in encoded.ids
    (judged,) = judge([one])
    assert max(judged.types, key=lambda name: judged.types[name]) == "SUPPORT"


def test_nothing_asked_nothing_answered() -> None:
    assert judge([]) == []
