"""Hostile and odd text: never an exception, true offsets, time that grows with the text."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import Coder, Coding, Document
from detente.exports.rows import dossier, json_line
from detente.model import Actor, Passage

CODER = Coder()
PUBLISHED = dt.date(2019, 5, 16)
SENTENCE = "Peru's foreign minister criticised Bolivia on Tuesday. "


def code(text: str) -> Coding:
    return CODER.code(Document(text, date=PUBLISHED))


def passages(value: Any) -> list[Passage | Actor]:
    """Every passage and actor anywhere in a record."""
    if isinstance(value, Passage | Actor):
        return [value]
    if isinstance(value, tuple):
        return [found for item in value for found in passages(item)]
    if isinstance(value, msgspec.Struct):
        return [f for name in value.__struct_fields__ for f in passages(getattr(value, name))]
    return []


def assert_offsets_are_true(text: str, coding: Coding) -> None:
    for found in passages(coding):
        assert text[found.start : found.end] == found.text


VOCABULARY = """
Peru Bolivia China's minister president said told that will may not met visited condemned
accused of the talks with between and , . ; “ ” ' " ( ) - — on Tuesday in May
2019 he it its both sides who
which to from US U.S. NATO postponed a visit agreed refused if
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n", "\n\n"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=60))
def test_any_text_is_coded_and_keeps_its_offsets(words: list[str]) -> None:
    text = " ".join(words)
    assert_offsets_are_true(text, code(text))


ODD = {
    "brackets": "(" * 20_000,
    "open quotations": "“" * 20_000 + SENTENCE,
    "commas": "Peru, " * 3_000,
    "and": "Peru and Bolivia and " * 1_500 + "met.",
    "months": "Jan. " * 5_000,
    "digits": "1-" * 10_000,
    "capitalised words": "Alpha Beta Gamma " * 3_000,
    "dashes": "—" * 20_000 + SENTENCE,
    "capitals": SENTENCE.upper() * 20,
    "a sentence of 5,000 words": "Peru's minister said that Bolivia, which had " * 700 + "left.",
    "a table": "Peru 3 1 2 7\nBolivia 2 2 1 8\nChile 1 3 1 6\n" * 200,
    "a transcript": "Q: Will Peru meet Bolivia?\nA: We will see. Next question.\n" * 100,
    "a live blog": "10:43 GMT - Peru criticises Bolivia\n\nMore soon.\n\n" * 100,
    "scanning errors": "Peru' s fore1gn min1ster crit icised B0livia 0n Tuesd ay . " * 50,
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_text_is_coded_and_keeps_its_offsets(kind: str) -> None:
    assert_offsets_are_true(ODD[kind], code(ODD[kind]))


def test_a_page_of_html_points_into_its_source() -> None:
    paragraphs = [
        f"<p>{SENTENCE} The quarrel over fishing rights has lasted for three years.</p>",
        "<p>Chile&#8217;s president <b>visited</b> Cuba on Monday, and the two governments "
        "spoke of trade, of flights and of the health of their rivers for some hours.</p>",
        "<p>Kenya expelled the Somali ambassador on Wednesday. Officials in Nairobi gave no reason "
        "for the step, which surprised diplomats in the region.</p>",
    ]
    page = (
        "<html><head><title>News of the day</title></head><body><nav><a>Home</a></nav><article>"
        f"<h1>News of the day</h1>{''.join(paragraphs)}</article></body></html>"
    )
    coding = CODER.code(Document(page, date=PUBLISHED, markup="html"))
    assert [event.type for event in coding.events] == ["ACCUSE", "CONSULT", "SANCTION"]
    for event in coding.events:
        shown = page[event.trigger.start : event.trigger.end]
        assert event.trigger.text in shown
        for actor in (*event.source, *event.target):
            assert page[actor.start : actor.end].startswith(actor.text.split("’")[0][:4])


def test_other_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(
        "The Turkish and Greek foreign ministers met in Vienna. Russia, China and Iran condemned "
        "the United States. Both sides may hold talks in May over Cyprus and trade.\n"
    )
    program = (
        "import sys; from detente.cli import main; sys.argv = ['detente', 'read', sys.argv[1], "
        "'--format', 'json']; main()"
    )
    digests = set()
    for seed in ("0", "1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program, str(story)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        )  # fmt: skip
        digests.add(hashlib.sha256(done.stdout).hexdigest())
    assert len(digests) == 1


def test_a_coding_is_a_function_of_its_document() -> None:
    text = SENTENCE * 3 + "Chile's president will visit Cuba next week, officials said."
    first, second = (json_line(dossier(code(text))) for _ in range(2))
    assert first == second
