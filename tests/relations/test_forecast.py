"""The forecast: what raises a chance, what it says of itself, and that it beats climatology."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from detente.knowledge.ontology import quad, score
from detente.model import InputError, Status
from detente.relations.forecast import Forecast, backtest, forecast
from detente.relations.happening import Happening, Turn
from detente.relations.pairs import codes, group, groups, pair, state

START = dt.date(2018, 1, 1)


def day(number: int) -> dt.date:
    return START + dt.timedelta(number)


def deed(number: int, type_: str, name: str = "") -> Happening:
    return Happening(
        id=name or f"{type_}{number}", type=type_, act=type_, mode=None, status="occurred",
        source=("USA",), target=("CHN",), reciprocal=False, start=day(number), end=day(number),
        precision="day", score=score(type_), quad=quad(type_),
        history=(Turn(day(number), "occurred", "a"),),
    )  # fmt: skip


def plan(told: int, at: int, *later: tuple[int, Status]) -> Happening:
    history = (
        Turn(day(told), "planned", "p"),
        *(Turn(day(n), status, "q") for n, status in later),
    )
    status = history[-1].status
    return Happening(
        id=f"plan{at}", type="CONSULT" if status == "occurred" else "AGREE", act="CONSULT",
        mode=None, status=status, source=("USA", "CHN"), target=(), reciprocal=True,
        start=day(at), end=day(at), precision="day", score=2.5, quad=1, history=history,
    )  # fmt: skip


def moody(days: int, seed: int = 4) -> list[Happening]:
    """Months of quarrels take turns with calm ones."""
    chance = random.Random(seed)
    found, hostile = [], False
    for n in range(days):
        if chance.random() < 1 / 90:
            hostile = not hostile
        rates = {"ACCUSE": 0.12, "SANCTION": 0.03} if hostile else {"CONSULT": 0.1, "AID": 0.02}
        found += [deed(n, type_) for type_, rate in rates.items() if chance.random() < rate]
    return found


def chance_of(told: Forecast, type_: str) -> float:
    return next(c.probability for c in told.chances if c.type == type_)


def test_all_sixteen_types_have_a_chance_in_order() -> None:
    told = forecast(moody(900), day(899), 30)
    chances = [c.probability for c in told.chances]
    assert len(chances) == 16
    assert chances == sorted(chances, reverse=True)
    assert all(0 < c < 1 for c in chances)
    assert told.warning is None


def test_recent_quarrels_make_the_next_likelier() -> None:
    calm = [deed(n, "CONSULT") for n in range(0, 700, 7)]
    early = [deed(n, "ACCUSE") for n in range(20, 60, 3)]
    late = [deed(n, "ACCUSE") for n in range(660, 700, 3)]
    before = forecast([*calm, *early], day(700), 14, measured=False)
    after = forecast([*calm, *late], day(700), 14, measured=False)
    assert chance_of(after, "ACCUSE") > chance_of(before, "ACCUSE") + 0.2


def test_a_longer_outlook_is_likelier() -> None:
    told = moody(900)
    short, long = (forecast(told, day(899), n, measured=False) for n in (7, 60))
    assert all(chance_of(long, c.type) >= c.probability - 0.02 for c in short.chances)


def test_a_plan_for_these_days_raises_the_chance_to_meet() -> None:
    quiet = [deed(n, "CONSULT") for n in range(0, 400, 60)]
    told = forecast([*quiet, plan(395, 410)], day(400), 14, measured=False)
    without = forecast(quiet, day(400), 14, measured=False)
    assert chance_of(told, "CONSULT") > chance_of(without, "CONSULT") + 0.02
    consult = next(c for c in told.chances if c.type == "CONSULT")
    assert "agenda" in [driver.name for driver in consult.drivers]


def test_engagements_are_as_likely_as_plans_were_kept() -> None:
    kept = [plan(n, n + 10, (n + 11, "occurred")) for n in range(0, 300, 30)]
    broken = [plan(n, n + 10, (n + 5, "cancelled")) for n in range(0, 300, 30)]
    ahead = plan(345, 360)
    (likely,) = forecast([*kept, ahead], day(350), 30, measured=False).engagements
    (unlikely,) = forecast([*broken, ahead], day(350), 30, measured=False).engagements
    assert likely.happening == ahead
    assert likely.probability > 0.85
    assert unlikely.probability < 0.15
    assert not forecast([*kept, ahead], day(350), 5, measured=False).engagements


def test_it_beats_climatology_where_moods_last() -> None:
    skill = backtest(moody(2500), day(2499), 30)
    assert skill is not None
    assert skill.windows > 60
    assert skill.skill > 0.05
    assert skill.log < skill.log_climatology
    assert skill.brier < skill.brier_last


def test_pure_chance_gives_no_skill_and_no_harm() -> None:
    chance = random.Random(9)
    told = [deed(n, "ACCUSE") for n in range(2000) if chance.random() < 0.03]
    skill = backtest(told, day(1999), 30)
    assert skill is not None
    assert -0.1 < skill.skill < 0.1


def test_the_future_does_not_leak_into_the_past() -> None:
    told = moody(1200)
    known = [h for h in told if h.day is not None and h.day <= day(900)]
    assert forecast(told, day(900), 30) == forecast(known, day(900), 30)


def test_too_little_history_says_so() -> None:
    told = forecast([deed(3, "ACCUSE")], day(10), 30)
    assert told.warning is not None
    assert "too little history: 1 happenings" in told.warning
    assert told.skill is None
    assert forecast([], day(10), 30).warning is not None


def test_states_are_known_by_name_adjective_and_code() -> None:
    assert [state(text) for text in ("usa", "China", "Chinese", " South  Korea ")] == [
        "USA", "CHN", "CHN", "KOR",
    ]  # fmt: skip
    assert pair(["USA", "Germany"]) == ("USA", "DEU")


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["USA", "Chinna"], "did you mean China"),
        (["USA", "xqzzy"], "no country 'xqzzy'; give a name or an ISO"),
        (["USA", "American"], "are the same state"),
        (["USA"], "a pair is two countries and not 1"),
    ],
)
def test_what_is_no_pair_is_said_plainly(texts: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        pair(texts)


def test_groups_hold_states_that_the_tables_know() -> None:
    assert "JPN" in group("g7")
    assert {code for members in groups().values() for code in members} <= set(codes())
    with pytest.raises(InputError, match="did you mean"):
        group("Nato alliance" if "nato alliance" in groups() else "natoo")
