"""`relate`: the relation of two given actors, lexicon and model together."""

from __future__ import annotations

import pytest

from detente.events.relate import relate
from detente.knowledge.ontology import event_types

ROWS = [
    ("Oman urged Iran to hold its fire.", "Oman", "Iran", "REQUEST"),
    ("Oman accused Iran of shelling Kuwaiti ports.", "Iran", "Kuwaiti ports", "ASSAULT"),
    ("Oman accused Iran of shelling Kuwaiti ports.", "Oman", "Iran", "ACCUSE"),
    ("Ankara vowed to cut the water if Baghdad went on.", "Ankara", "Baghdad", "THREATEN"),
    ("Bonn agreed to lend Warsaw a billion marks.", "Bonn", "Warsaw", "AGREE"),
    ("Manila turned down Beijing's offer of talks.", "Manila", "Beijing", "REJECT"),
    ("Hanoi pulled its last division out of Cambodia.", "Hanoi", "Cambodia", "RETREAT"),
    ("Prague said it would let the East Germans go.", "Prague", "the East Germans", "CONCEDE"),
    ("Nairobi put its garrison at Moyale on alert against Ethiopian raiders.", "Nairobi",
     "Ethiopian raiders", "MOBILIZE"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "source", "target", "type_"), ROWS)
def test_relation(sentence: str, source: str, target: str, type_: str) -> None:
    spans = [(sentence.index(name), sentence.index(name) + len(name)) for name in (source, target)]
    relation = relate(sentence, *spans)
    assert relation.type == type_
    assert set(relation.scores) == set(event_types())
    assert sum(relation.scores.values()) == pytest.approx(1, abs=0.01)
    assert relation.scores[type_] == max(relation.scores.values())
    assert 0 < relation.confidence <= 1
    assert relation.why
