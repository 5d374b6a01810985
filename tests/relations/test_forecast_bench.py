"""The loader of quadruples, the recurrency baseline and its ranks, on events made here."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.forecast import (
    Quadruple,
    brier_skill,
    happenings_of,
    in_steps,
    link_prediction,
    read_quadruples,
    relation_names,
)

from detente.model import InputError


def test_events_are_read_in_steps(tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    path.write_text("0\t1\t2\t0\t0\n3\t1\t2\t48\t0\n\n3\t1\t4\t24\n", encoding="utf-8")
    (events,) = in_steps([read_quadruples(path)])
    assert events == [
        Quadruple(0, "0", "1", "2"),
        Quadruple(2, "3", "1", "2"),
        Quadruple(1, "3", "1", "4"),
    ]
    path.write_text("Oslo\tVisit\tLima\t2014-03-01\nbroken line\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"train\.txt:2: no event"):
        read_quadruples(path)


def test_what_is_repeated_is_ranked_first() -> None:
    known = [Quadruple(t, "a", "visit", "b") for t in range(10)]
    known += [Quadruple(0, "a", "visit", "c"), Quadruple(1, "d", "visit", "c")]
    ranks = link_prediction(known, [Quadruple(10, "a", "visit", "b")], entities=5)
    assert (ranks.queries, ranks.mrr, ranks.hits[1]) == (2, 1.0, 1.0)


def test_the_filter_takes_away_other_true_objects_of_the_same_time_only() -> None:
    known = [Quadruple(9, "a", "visit", "b"), Quadruple(8, "a", "visit", "c")]
    one = link_prediction(known, [Quadruple(10, "a", "visit", "c")], entities=3)
    both = link_prediction(
        known, [Quadruple(10, "a", "visit", "c"), Quadruple(10, "a", "visit", "b")], entities=3
    )
    assert one.mrr == pytest.approx((1 / 2 + 1) / 2)
    assert both.mrr == 1.0


def test_an_object_never_seen_has_the_mean_rank_of_all_unseen() -> None:
    ranks = link_prediction([], [Quadruple(0, "a", "visit", "b")], entities=11)
    assert ranks.mrr == pytest.approx(1 / 6)


def test_relations_with_cameo_names_become_happenings(tmp_path: Path) -> None:
    from detente.knowledge.ontology import cameo_codes

    named = next(code for code in cameo_codes().values() if code.type == "ACCUSE")
    (tmp_path / "relation2id.txt").write_text(f"{named.label}\t7\n", encoding="utf-8")
    names = relation_names(tmp_path)
    events = [Quadruple(t, "a", "7", "b") for t in range(0, 200, 3)]
    found = happenings_of([*events, Quadruple(1, "a", "8", "b")], names)
    assert len(found) == len(events)
    assert {h.type for h in found} == {"ACCUSE"}
    skill = brier_skill(found)
    assert skill is not None
    assert skill[1] == 1
    assert relation_names(tmp_path / "nowhere") == {}
