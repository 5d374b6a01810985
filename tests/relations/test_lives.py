"""Engagements, issues, lines of communication and expectations over time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model import ChannelState, Status
from detente.relations.agenda import Item, agenda
from detente.relations.channels_over_time import Sighting, line_histories
from detente.relations.expectations import (
    Claim,
    Resolution,
    by_holder,
    by_words,
    claims_of_plans,
    resolve,
    wilson,
)
from detente.relations.happening import Happening, Turn, known_on
from detente.relations.issues_over_time import Raising, issue_histories, raised_by_month

START = dt.date(2023, 1, 1)


def day(number: int) -> dt.date:
    return START + dt.timedelta(number)


def visit(
    *turns: tuple[int, Status], at: int | None = None, name: str = "visit", act: str = "CONSULT"
) -> Happening:
    history = tuple(
        Turn(day(n), status, f"story{order}") for order, (n, status) in enumerate(turns)
    )
    return Happening(
        id=name,
        type=act,
        act=act,
        mode=None,
        status=history[-1].status,
        source=("USA",),
        target=("CHN",),
        reciprocal=False,
        start=None if at is None else day(at),
        end=None if at is None else day(at),
        precision="unknown" if at is None else "day",
        score=2.5,
        quad=1,
        history=history,
        words="The secretary is to visit.",
    )


def life(happening: Happening, as_of: int) -> list[str]:
    items = agenda(known_on([happening], day(as_of)), day(as_of))
    return [step.stage for item in items for step in item.life]


def test_the_life_of_a_visit_that_was_put_off_and_made() -> None:
    trip = visit(
        (1, "possible"), (5, "planned"), (8, "planned"), (20, "postponed"), (80, "planned"),
        (95, "occurred"), (99, "occurred"), at=94,
    )  # fmt: skip
    assert life(trip, 0) == []
    assert life(trip, 6) == ["proposed", "planned"]
    assert life(trip, 30) == ["proposed", "planned", "confirmed", "postponed"]
    assert life(trip, 200) == [
        "proposed", "planned", "confirmed", "postponed", "planned", "held"
    ]  # fmt: skip


def test_overdue_only_when_the_days_of_grace_have_passed() -> None:
    call = visit((1, "planned"), at=10)
    assert life(call, 17) == ["planned"]
    assert life(call, 18) == ["planned", "overdue"]
    undated = visit((1, "planned"))
    assert life(undated, 200) == ["planned"]
    assert life(undated, 300) == ["planned", "overdue"]


def test_called_off_is_fell_through_and_never_overdue() -> None:
    assert life(visit((1, "planned"), (4, "cancelled"), at=10), 90) == ["planned", "fell through"]


def test_what_was_only_reported_afterwards_was_not_on_the_agenda() -> None:
    assert life(visit((3, "occurred"), at=2), 9) == []


def test_other_acts_are_not_on_the_agenda() -> None:
    assert life(visit((3, "planned"), at=9, act="AID"), 9) == []


@given(
    st.lists(
        st.tuples(
            st.integers(0, 50),
            st.sampled_from(["possible", "planned", "postponed", "cancelled", "occurred"]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(0, 400),
)
def test_a_life_runs_forward_and_ends_where_it_is_held(
    turns: list[tuple[int, Status]], as_of: int
) -> None:
    happening = visit(*sorted(turns), at=30)
    items: list[Item] = agenda(known_on([happening], day(as_of)), day(as_of))
    for item in items:
        days = [step.day for step in item.life]
        assert days == sorted(days)
        assert all(step.stage != "held" for step in item.life[:-1])
        assert item.stage == item.life[-1].stage


def test_issues_are_counted_by_document_with_each_sides_last_words() -> None:
    pair = ("CHN", "USA")
    told = [
        Raising(day(1), "Taiwan", pair, "CHN", "ACCUSE", "A red line.", "a"),
        Raising(day(1), "Taiwan", pair, "CHN", "ACCUSE", "It said so again.", "a"),
        Raising(day(9), "Taiwan", pair, "USA", "SUPPORT", "No change.", "b"),
        Raising(day(30), "Taiwan", pair, "CHN", "REQUEST", "Stop the sales.", "c"),
        Raising(day(12), "fentanyl", pair, "USA", "REQUEST", "Do more.", "b"),
        Raising(day(13), "grain", ("RUS", "UKR"), "RUS", None, "No deal.", "d"),
    ]
    taiwan, fentanyl = issue_histories(told, pair)
    assert (taiwan.issue, taiwan.raised, taiwan.by) == ("Taiwan", 3, (("CHN", 2), ("USA", 1)))
    assert (taiwan.first, taiwan.last) == (day(1), day(30))
    assert [p.words for p in taiwan.positions] == ["Stop the sales.", "No change."]
    assert taiwan.last_by == {"CHN": day(30), "USA": day(9)}
    assert fentanyl.acts == (("REQUEST", 1),)
    months = raised_by_month(told, day(0), day(30))
    assert [count["Taiwan"] for _, count in months] == [3]


def sighting(number: int, state: ChannelState, document: str = "a") -> Sighting:
    return Sighting(day(number), "military", ("USA", "CHN"), state, f"{state}.", document)


def test_a_line_is_suspended_sought_and_resumed() -> None:
    told = [sighting(9, "sought"), sighting(1, "suspended"), sighting(4, "suspended", "b"),
            sighting(40, "open"), sighting(50, "open", "c")]  # fmt: skip
    (line,) = line_histories(told, ["CHN", "USA"])
    assert [(turn.day, turn.state) for turn in line.turns] == [
        (day(1), "suspended"),
        (day(9), "sought"),
        (day(40), "resumed"),
    ]
    assert line.turns[0].words == "suspended."
    assert (line.state, line.last_seen) == ("resumed", day(50))
    assert line_histories(told, ["CHN", "RUS"]) == []


def test_reports_that_conflict_are_both_told() -> None:
    told = [sighting(1, "open"), sighting(5, "suspended", "b"), sighting(5, "open", "c")]
    (line,) = line_histories(told, ["CHN", "USA"])
    assert (line.turns[-1].state, line.turns[-1].against) == ("suspended", ("open",))


def claim(made: int, horizon: int | None, low: float = 0.6, high: float = 0.9,
          happening: str | None = "visit", words: str = "expected",
          holder: str = "USA") -> Claim:  # fmt: skip
    return Claim(day(made), holder, "he will go", words, low, high, "CONSULT", ("CHN", "USA"),
                 None if horizon is None else day(horizon), happening, "a")  # fmt: skip


def state(told: Claim, happening: Happening | None, as_of: int) -> tuple[str, bool | None]:
    known = known_on([happening] if happening else [], day(as_of))
    (found,) = resolve([told], known, day(as_of))
    return found.state, found.came


def test_an_expectation_is_open_overdue_and_broken_as_days_pass() -> None:
    planned = visit((1, "planned"), at=10)
    assert state(claim(1, 10), planned, 10) == ("open", None)
    assert state(claim(1, 10), planned, 20) == ("overdue", None)
    assert state(claim(1, 10), planned, 60) == ("broken", False)


def test_an_expectation_is_kept_by_the_deed_and_broken_by_its_being_put_off() -> None:
    assert state(claim(1, 10), visit((1, "planned"), (11, "occurred"), at=10), 12) == ("kept", True)
    assert state(claim(1, 10), visit((1, "planned"), (6, "postponed"), at=10), 7) == (
        "broken",
        False,
    )


def test_what_was_not_expected_is_kept_when_it_does_not_come() -> None:
    unlikely = claim(1, 10, 0.05, 0.3, words="not expected")
    assert state(unlikely, None, 40) == ("kept", False)
    assert state(unlikely, visit((9, "occurred"), at=9), 40) == ("broken", True)


def test_a_claim_without_an_incident_is_resolved_by_a_deed_of_its_kind() -> None:
    other = visit((50, "occurred"), at=50, name="other")
    assert state(claim(1, 60, happening=None), other, 70) == ("kept", True)
    assert state(claim(1, 40, happening=None), other, 70) == ("overdue", None)
    assert state(claim(51, 60, happening=None), other, 99) == ("broken", False)
    assert state(claim(1, None, happening=None), other, 70) == ("kept", True)


def test_plans_are_claims_with_the_ranges_of_their_words() -> None:
    possible, planned = claims_of_plans([visit((1, "possible"), (3, "planned"), (4, "planned"))])
    assert (possible.words, possible.low, possible.high) == ("possible", 0.2, 0.55)
    assert (planned.words, planned.low, planned.made) == ("planned", 0.6, day(3))
    assert claims_of_plans([visit((3, "occurred"), at=3)]) == []


def test_scores_and_the_table_of_words() -> None:
    held = visit((9, "occurred"), at=9)
    told = [
        Resolution(claim(1, 10, 0.8, 1.0, words="Likely"), "kept", True, held),
        Resolution(claim(1, 10, 0.8, 1.0, words="likely"), "broken", False),
        Resolution(claim(1, 90, words="may", holder="CHN"), "open", None),
    ]
    likely, may = by_words(told)
    assert (likely.name, likely.claims, likely.resolved) == ("likely", 2, 2)
    assert likely.expected == pytest.approx(0.9)
    assert likely.came == 0.5
    assert likely.brier == pytest.approx((0.01 + 0.81) / 2)
    assert (may.resolved, may.brier) == (0, None)
    assert [record.name for record in by_holder(told)] == ["USA", "CHN"]


@given(st.integers(0, 30), st.integers(1, 30))
def test_the_interval_of_a_share_holds_it(came: int, n: int) -> None:
    came = min(came, n)
    low, high = wilson(came / n, n)
    assert 0 <= low <= came / n + 1e-9
    assert came / n - 1e-9 <= high <= 1
    assert high - low > 0
