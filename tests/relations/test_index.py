"""The index and its change points: what counts, how it decays, how sure it is."""

from __future__ import annotations

import datetime as dt
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge.ontology import score
from detente.model import InputError, Status
from detente.relations.change_points import changes, cuts
from detente.relations.happening import (
    Happening,
    Turn,
    between,
    from_incident,
    known_on,
    moments,
)
from detente.relations.index import calendar, readings

START = dt.date(2020, 1, 1)


def day(number: int) -> dt.date:
    return START + dt.timedelta(number)


def happening(
    number: int,
    type_: str = "CONSULT",
    *,
    name: str = "",
    source: tuple[str, ...] = ("USA",),
    target: tuple[str, ...] = ("CHN",),
    history: tuple[Turn, ...] = (),
    status: Status = "occurred",
    act: str | None = None,
    families: int = 1,
    confidence: float = 1.0,
) -> Happening:
    from detente.knowledge.ontology import quad

    return Happening(
        id=name or f"{type_}{number}",
        type=type_,
        act=act or type_,
        mode=None,
        status=status,
        source=source,
        target=target,
        reciprocal=not target,
        start=day(number),
        end=day(number),
        precision="day",
        score=score(type_),
        quad=quad(type_),
        families=families,
        confidence=confidence,
        history=history or (Turn(day(number), status, "a"),),
    )


TRIP = happening(
    35,
    name="trip",
    history=(
        Turn(day(5), "planned", "one"),
        Turn(day(6), "planned", "two"),
        Turn(day(20), "postponed", "three"),
        Turn(day(36), "occurred", "four"),
        Turn(day(37), "occurred", "five"),
    ),
)


def incident(**changed: object) -> dict[str, object]:
    row: dict[str, object] = {
        "id": "i1", "type": "AGREE", "act": "CONSULT", "mode": None, "status": "planned",
        "source": [{"name": "Antony Blinken", "text": "Blinken", "country": "USA"}],
        "target": [{"name": "China", "text": "China", "country": "CHN"}], "reciprocal": False,
        "date_start": "2023-06-18", "date_end": "2023-06-19", "date_precision": "day",
        "place": {"name": "Beijing", "country": "CHN", "latitude": 39.9, "longitude": 116.4},
        "families": 2, "confidence": 0.8,
        "history": [{"status": "planned", "date": "2023-06-14", "document": "d1"}],
        "reports": [{"document": "d1", "sentence": 0,
                     "evidence": {"start": 0, "end": 9, "text": "He will\ngo."},
                     "trigger": {"start": 3, "end": 7, "text": "will"}}],
    }  # fmt: skip
    return row | changed


def test_an_incident_of_the_contract_becomes_a_happening() -> None:
    made = from_incident(incident())
    assert (made.source, made.target, made.quad, made.score) == (("USA",), ("CHN",), 1, 2.5)
    assert made.history == (Turn(dt.date(2023, 6, 14), "planned", "d1"),)
    assert (made.words, made.place, made.names) == (
        "He will go.",
        "Beijing",
        ("Antony Blinken", "China"),
    )


@pytest.mark.parametrize(
    "changed", [{"type": "DANCE"}, {"status": "maybe"}, {"date_start": "soon"}, {"history": 3}]
)
def test_a_bad_incident_is_named_in_one_line(changed: dict[str, object]) -> None:
    with pytest.raises(InputError, match="incident i1: ") as caught:
        from_incident(incident(**changed))
    assert "\n" not in str(caught.value)
    row = incident()
    del row["families"]
    with pytest.raises(InputError, match="no 'families'"):
        from_incident(row)


def test_a_planned_postponed_and_made_visit_counts_three_times() -> None:
    counted = [(m.day, m.type, m.status) for m in moments([TRIP])]
    assert counted == [
        (day(5), "AGREE", "planned"),
        (day(20), "REJECT", "postponed"),
        (day(35), "CONSULT", "occurred"),
    ]


def test_what_nobody_did_or_promised_does_not_count() -> None:
    unsure: tuple[Status, ...] = ("possible", "hypothetical", "denied")
    assert not moments([happening(3, status=status) for status in unsure])


def test_as_it_was_known_on_a_day() -> None:
    assert known_on([TRIP], day(4)) == []
    (planned,) = known_on([TRIP], day(6))
    assert (planned.status, planned.type, planned.act) == ("planned", "AGREE", "CONSULT")
    (put_off,) = known_on([TRIP], day(30))
    assert (put_off.status, put_off.type) == ("postponed", "REJECT")
    assert known_on([TRIP], day(90)) == [TRIP]


def test_directions() -> None:
    ours = happening(1, "ACCUSE")
    theirs = happening(2, "REJECT", source=("CHN",), target=("USA",))
    both = happening(3, source=("CHN", "USA"), target=())
    other = happening(4, source=("USA",), target=("TWN",))
    every = [ours, theirs, both, other]
    assert between(every, ["USA"], ["CHN"]) == [ours, theirs, both]
    assert between(every, ["USA"], ["CHN"], directed=True) == [ours, both]
    assert between(every, ["CHN"], ["USA"], directed=True) == [theirs, both]


def test_the_level_is_the_decayed_mean_of_scores() -> None:
    found = readings([happening(0, "ASSAULT"), happening(30, "CONSULT")], ["USA"], ["CHN"],
                     until=day(30), step="day")  # fmt: skip
    expected = (0.5 * score("ASSAULT") + score("CONSULT")) / 1.5
    assert found[-1].level == pytest.approx(expected)
    assert found[0].level == score("ASSAULT")
    weekly = 7 * math.log(2) / 30
    assert found[-1].cooperation == pytest.approx(weekly * score("CONSULT"))
    assert found[-1].conflict == pytest.approx(-weekly * score("ASSAULT") / 2)


def test_before_the_first_happening_nothing_is_known() -> None:
    found = readings([happening(20)], ["USA"], ["CHN"], since=day(0), until=day(40), step="day")
    assert [r.level for r in found[:20]] == [None] * 20
    assert found[20].level == 2.5


def test_the_interval_widens_when_reports_are_few_or_old() -> None:
    many = [happening(n, "CONSULT" if n % 2 else "ACCUSE") for n in range(60)]
    found = readings(many, ["USA"], ["CHN"], until=day(240), step="day")
    few = readings(many[-3:], ["USA"], ["CHN"], until=day(60), step="day")

    def width(reading: object) -> float:
        return reading.high - reading.low  # type: ignore[attr-defined,no-any-return]

    assert width(found[240]) > width(found[120]) > width(found[59])
    assert width(few[-1]) > 2 * width(found[59])


def test_share_and_quads_count_families_and_types() -> None:
    every = [happening(1, families=3), happening(2, "ASSAULT"),
             happening(3, source=("RUS",), target=("UKR",), families=4)]  # fmt: skip
    (month,) = readings(every, ["USA"], ["CHN"], step="month", until=day(20))
    assert month.share == 0.5
    assert month.quads == (1, 0, 0, 1)
    assert month.happenings == 2


def test_a_pair_with_nothing_has_no_readings() -> None:
    assert readings([happening(1)], ["USA"], ["FRA"]) == []
    assert changes([]) == []


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    weeks = calendar(dt.date(2023, 6, 14), dt.date(2023, 6, 27), "week")
    assert weeks == [
        (dt.date(2023, 6, 12), dt.date(2023, 6, 18)),
        (dt.date(2023, 6, 19), dt.date(2023, 6, 25)),
        (dt.date(2023, 6, 26), dt.date(2023, 6, 27)),
    ]
    months = calendar(dt.date(2023, 12, 31), dt.date(2024, 2, 1), "month")
    assert [start.isoformat() for start, _ in months] == ["2023-12-01", "2024-01-01", "2024-02-01"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 200),
            st.sampled_from(["ASSAULT", "ACCUSE", "CONSULT", "AID"]),
            st.floats(0.05, 1),
        ),
        min_size=1,
        max_size=30,
    ),
    st.sampled_from(["day", "week", "month"]),
    st.randoms(),
)
def test_bounds_hold_and_order_does_not_matter(
    told: list[tuple[int, str, float]], step: str, chance: random.Random
) -> None:
    every = [
        happening(n, type_, name=f"h{at}", confidence=sure)
        for at, (n, type_, sure) in enumerate(told)
    ]
    found = readings(every, ["USA"], ["CHN"], step=step)  # type: ignore[arg-type]
    chance.shuffle(every)
    assert readings(every, ["USA"], ["CHN"], step=step) == found  # type: ignore[arg-type]
    assert sum(r.happenings for r in found) == len(every)
    for reading in found:
        if reading.level is not None and reading.low is not None and reading.high is not None:
            assert -10 <= reading.low <= reading.level <= reading.high <= 10


def _noisy(mean: float, days: range, chance: random.Random) -> list[tuple[int, float]]:
    return [(n, chance.gauss(mean, 3)) for n in days]


def test_falls_are_found_on_their_days() -> None:
    for seed in range(10):
        chance = random.Random(seed)
        told = [*_noisy(2, range(200), chance), *_noisy(-4, range(200, 400), chance)]
        found = cuts([n for n, _ in told], [s for _, s in told], [1.0] * 400)
        at, before, after = min(found, key=lambda cut: abs(cut[0] - 200))
        assert abs(at - 200) <= 3
        assert before == pytest.approx(2, abs=2)
        assert after == pytest.approx(-4, abs=2)


def test_a_steady_pair_has_hardly_ever_a_change() -> None:
    found = 0
    for seed in range(10):
        told = _noisy(1, range(800), random.Random(seed))
        found += len(cuts([n for n, _ in told], [s for _, s in told], [1.0] * 800))
    assert found <= 8  # one in 1,000 days


def test_two_deeds_are_no_state_of_relations() -> None:
    mixed = ["CONSULT", "ACCUSE", "AGREE", "REQUEST", "CONSULT"]
    calm = [happening(n, mixed[n // 4 % 5]) for n in range(0, 200, 4)]
    assert changes(calm) == []
    assert changes([*calm, happening(101, "ASSAULT"), happening(102, "ASSAULT")]) == []


def test_what_moved_it_is_named() -> None:
    calm = [happening(n) for n in range(0, 120, 2)]
    blow = happening(121, "ASSAULT", name="blow")
    quarrel = [happening(n, "ACCUSE") for n in range(122, 220, 2)]
    better = [happening(n, "CONSULT") for n in range(220, 330, 2)]
    aid = happening(222, "AID", name="relief")
    down, up = changes([*calm, blow, *quarrel, *better, aid])
    assert (abs((down.day - day(121)).days), down.better) <= (2, False)
    assert down.movers[0].happening == blow
    assert up.better
    assert up.movers[0].happening == aid


def test_what_is_recalled_is_no_news() -> None:
    old = happening(0, "ASSAULT", history=(Turn(day(100), "occurred", "a"),))
    assert moments([old, happening(99)]) == moments([happening(99)])
    fresh = happening(60, "ASSAULT", history=(Turn(day(100), "occurred", "a"),))
    assert len(moments([fresh])) == 1


def test_a_plan_is_seen_with_the_days_then_named() -> None:
    told = happening(
        90,
        history=(
            Turn(day(5), "planned", "one", day(35), day(36)),
            Turn(day(20), "postponed", "two"),
            Turn(day(91), "occurred", "three", day(90), day(90)),
        ),
    )
    for as_of in (6, 25):
        (seen,) = known_on([told], day(as_of))
        assert (seen.start, seen.end) == (day(35), day(36))
    assert known_on([told], day(95)) == [told]


def test_an_imprecise_day_is_the_middle_of_what_it_can_mean() -> None:
    import msgspec

    month = msgspec.structs.replace(
        happening(0, history=(Turn(day(20), "occurred", "a"),)), end=day(30), precision="month"
    )
    assert month.day == day(10)
    assert msgspec.structs.replace(month, precision="day").day == day(0)
