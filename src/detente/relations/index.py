"""The index: conflict and cooperation between two sides, by day, week or month.

The level of a day is the mean of PLOVER's scores of what happened until then, each weighing its
confidence and half as much after every half-life: -10 is war, +10 mutual aid. It speaks of the
tone, whatever the number of reports; how much happens is told by `cooperation` and `conflict`
(points of score a week). The interval is a Bayesian bootstrap over happenings (D. B. Rubin, Annals
of Statistics 9(1), 1981), which are the independent units: copies are one family, families that
tell of one deed are one happening. What is unknown counts as a few happenings more, so that the
interval widens where reports are few or old. Same input, same figures: the draws are seeded.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from detente.knowledge.ontology import quad
from detente.relations.happening import Happening, Moment, between, moments
from detente.relations.rules import IndexRules, rules

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Days = NDArray[np.int64]

Step = Literal["day", "week", "month"]
WEEK = 7
SEED = 6


class Reading(Struct, frozen=True):
    """The index at the end of one period, `start` to `end` (both included).

    `level`, `low` and `high` run from -10 to +10; all three are None before the first happening.
    `cooperation` and `conflict` are decayed sums of scores, in points a week, both at least 0.
    `quads` counts the period's happenings in PLOVER's quadrants 1 to 4. `share` is the share of
    all families of the period that tell of these happenings, None where there are none at all.
    """

    start: dt.date
    end: dt.date
    level: float | None
    low: float | None
    high: float | None
    cooperation: float
    conflict: float
    quads: tuple[int, int, int, int]
    share: float | None

    @property
    def happenings(self) -> int:
        """How many moments counted in the period."""
        return sum(self.quads)


def readings(
    happenings: Iterable[Happening],
    ours: Iterable[str],
    theirs: Iterable[str],
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    step: Step = "week",
    directed: bool = False,
) -> list[Reading]:
    """The index of a pair, one reading a period, in order of time; none without happenings.

    `since` and `until` are days within the first and the last period (left out: the first and the
    last day on which anything counts). `happenings` are all of the ledger: the share is of these.
    """
    everything = list(happenings)
    own = moments(between(everything, list(ours), list(theirs), directed=directed))
    if until is not None:
        own = [moment for moment in own if moment.day <= until]
    if not own:
        return []
    first, last = since or own[0].day, until or own[-1].day
    periods = calendar(first, last, step)
    levels = _levels(own, [end for _, end in periods], rules().index)
    totals = _families(moments(everything), periods)
    parts = _families(own, periods)
    quads = _quads(own, periods)
    return [
        Reading(start, end, *level, quads[at], parts[at] / totals[at] if totals[at] else None)
        for at, ((start, end), level) in enumerate(zip(periods, levels, strict=True))
    ]


def calendar(first: dt.date, last: dt.date, step: Step) -> list[tuple[dt.date, dt.date]]:
    """The periods from `first` to `last`; weeks begin on Monday. The last one ends on `last`."""
    found = []
    start = _begin(first, step)
    while start <= last:
        following = _next(start, step)
        found.append((start, min(following - dt.timedelta(1), last)))
        start = following
    return found


def _begin(day: dt.date, step: Step) -> dt.date:
    if step == "month":
        return day.replace(day=1)
    return day - dt.timedelta(day.weekday()) if step == "week" else day


def _next(day: dt.date, step: Step) -> dt.date:
    if step == "month":
        return (day + dt.timedelta(31)).replace(day=1)
    return day + dt.timedelta(WEEK if step == "week" else 1)


Level = tuple[float | None, float | None, float | None, float, float]


def _levels(own: Sequence[Moment], ends: Sequence[dt.date], settings: IndexRules) -> list[Level]:
    """Level, low, high, cooperation and conflict at the end of each day of `ends`."""
    import numpy as np

    cells = _cells(own)
    draws = _draws(cells, settings)
    spread = _spread(cells, settings)
    noise = np.random.default_rng(SEED + 1).standard_normal(settings.draws) * spread
    tails = ((1 - settings.interval) / 2, (1 + settings.interval) / 2)
    decay = math.log(2) / settings.half_life
    state = _State(settings.draws)
    found: list[Level] = []
    at, today = 0, int(cells.days[0])
    for end in (day.toordinal() for day in ends):
        upto = int(np.searchsorted(cells.days, end, side="right"))
        for day in np.unique(cells.days[at:upto]):
            following = int(np.searchsorted(cells.days, day, side="right"))
            state.pass_days(int(day) - today, decay)
            state.add(cells, draws, slice(at, following))
            at, today = following, int(day)
        if at:
            state.pass_days(end - today, decay)
            today = end
        found.append(state.level(noise, settings.unseen_weight, tails, decay * WEEK))
    return found


class _Cells(Struct, frozen=True):
    """Happenings of one day and one score taken together: their weights and squared weights."""

    days: Days
    scores: Floats
    weights: Floats
    squares: Floats


def _cells(own: Sequence[Moment]) -> _Cells:
    import numpy as np

    sums: dict[tuple[int, float], tuple[float, float]] = {}
    for moment in own:
        key = (moment.day.toordinal(), moment.score)
        weight, square = sums.get(key, (0.0, 0.0))
        sums[key] = (weight + moment.weight, square + moment.weight**2)
    keys = sorted(key for key in sums if sums[key][0] > 0)
    return _Cells(
        np.array([day for day, _ in keys], dtype=np.int64),
        np.array([score for _, score in keys], dtype=np.float64),
        np.array([sums[key][0] for key in keys], dtype=np.float64),
        np.array([sums[key][1] for key in keys], dtype=np.float64),
    )


def _draws(cells: _Cells, settings: IndexRules) -> Floats:
    """The cells' weights in each draw: one exponential a happening, hence gamma for several."""
    import numpy as np

    shape = cells.weights**2 / cells.squares
    generator = np.random.default_rng(SEED)
    drawn = generator.standard_gamma(shape, size=(settings.draws, len(shape)))
    return np.asarray(drawn * (cells.squares / cells.weights), dtype=np.float64)


def _spread(cells: _Cells, settings: IndexRules) -> float:
    """The standard deviation of the pair's scores, drawn to the general one where few are known."""
    total = float(cells.weights.sum())
    mean = float(cells.weights @ cells.scores) / total
    squares = float(cells.weights @ (cells.scores - mean) ** 2)
    return math.sqrt((squares + settings.unseen_spread**2) / (total + 1))


class _State:
    """Decayed sums, of what was reported and of each draw, carried from day to day."""

    def __init__(self, draws: int) -> None:
        import numpy as np

        self.weight = self.plus = self.minus = 0.0
        self.weights = np.zeros(draws)
        self.sums = np.zeros(draws)

    def pass_days(self, days: int, decay: float) -> None:
        factor = math.exp(-decay * days)
        self.weight *= factor
        self.plus *= factor
        self.minus *= factor
        self.weights *= factor
        self.sums *= factor

    def add(self, cells: _Cells, draws: Floats, part: slice) -> None:
        weights, scores = cells.weights[part], cells.scores[part]
        self.weight += float(weights.sum())
        self.plus += float(weights @ scores.clip(min=0))
        self.minus += float(weights @ (-scores).clip(min=0))
        self.weights += draws[:, part].sum(axis=1)
        self.sums += draws[:, part] @ scores

    def level(
        self, noise: Floats, unseen: float, tails: tuple[float, float], weekly: float
    ) -> Level:
        import numpy as np

        if not self.weight:
            return None, None, None, 0.0, 0.0
        level = min(max((self.plus - self.minus) / self.weight, -10.0), 10.0)
        drawn = (self.sums + unseen * (level + noise)) / (self.weights + unseen)
        low, high = np.clip(np.quantile(drawn, tails), -10, 10)
        low, high = min(float(low), level), max(float(high), level)
        return level, low, high, self.plus * weekly, self.minus * weekly


def _places(own: Sequence[Moment], periods: Sequence[tuple[dt.date, dt.date]]) -> list[int]:
    """In which period each moment lies, -1 for none."""
    from bisect import bisect_right

    starts = [start for start, _ in periods]
    places = [bisect_right(starts, moment.day) - 1 for moment in own]
    return [
        at if at >= 0 and moment.day <= periods[at][1] else -1
        for at, moment in zip(places, own, strict=True)
    ]


def _families(own: Sequence[Moment], periods: Sequence[tuple[dt.date, dt.date]]) -> list[int]:
    counts = [0] * len(periods)
    for at, moment in zip(_places(own, periods), own, strict=True):
        if at >= 0:
            counts[at] += moment.families
    return counts


def _quads(
    own: Sequence[Moment], periods: Sequence[tuple[dt.date, dt.date]]
) -> list[tuple[int, int, int, int]]:
    counts = [[0, 0, 0, 0] for _ in periods]
    for at, moment in zip(_places(own, periods), own, strict=True):
        if at >= 0:
            counts[at][quad(moment.type) - 1] += 1
    return [(a, b, c, d) for a, b, c, d in counts]
