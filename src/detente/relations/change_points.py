"""Change points: the days from which two states stood otherwise, and what moved them.

Optimal partitioning (B. Jackson et al., IEEE Signal Processing Letters 12(2), 2005): of all ways
to cut the days into segments of one mean score each, the one with the least squared error plus a
penalty for each cut. The variance of a score is estimated from neighbours, so that a change does
not hide itself. Undecayed scores are cut: decay would smear the day.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from detente.relations.happening import Happening, Moment, moments
from detente.relations.rules import ChangeRules, rules

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# Scores lie between -10 and +10; no noise is estimated below this variance.
LEAST_VARIANCE = 0.25


class Change(Struct, frozen=True):
    """From `day` on the mean score was `after` and no longer `before` (-10 to +10).

    `movers` are what near the day most drew the mean that way (deeds, plans made or put off), the
    strongest first, one a happening.
    """

    day: dt.date
    before: float
    after: float
    movers: tuple[Moment, ...] = ()

    @property
    def better(self) -> bool:
        """Whether relations improved."""
        return self.after > self.before


def changes(happenings: Iterable[Happening], *, most_movers: int = 3) -> list[Change]:
    """The change points of a pair's happenings, in order; `most_movers` happenings for each."""
    own = moments(happenings)
    if not own:
        return []
    settings = rules().change_points
    days = [moment.day.toordinal() for moment in own]
    points = cuts(days, [m.score for m in own], [m.weight for m in own], settings)
    found = []
    for day, before, after in points:
        when = dt.date.fromordinal(day)
        movers = _movers(own, when, before, after, settings)[:most_movers]
        found.append(Change(when, before, after, movers))
    return found


def cuts(
    days: Sequence[int],
    scores: Sequence[float],
    weights: Sequence[float],
    settings: ChangeRules | None = None,
) -> list[tuple[int, float, float]]:
    """The first day of each new segment with the mean before it and after it.

    `days` are ordinals in ascending order, one for each score; weights are at least 0.
    """
    settings = settings or rules().change_points
    series = _Series.of(days, scores, weights)
    if series is None:
        return []
    bounds = _partition(series, settings)
    means = [series.mean(a, b) for a, b in pairwise(bounds)]
    return [
        (int(series.days[at]), before, after)
        for at, before, after in zip(bounds[1:-1], means, means[1:], strict=False)
        if abs(after - before) >= settings.smallest
    ]


class _Series(Struct, frozen=True):
    """Days on which something happened, with running sums of weights, scores and squares."""

    days: Floats
    weight: Floats
    total: Floats
    square: Floats
    variance: float

    @classmethod
    def of(
        cls, days: Sequence[int], scores: Sequence[float], weights: Sequence[float]
    ) -> _Series | None:
        import numpy as np

        kept = np.asarray(weights, dtype=np.float64) > 0
        if kept.sum() < 2:
            return None
        day, score = np.asarray(days)[kept], np.asarray(scores, dtype=np.float64)[kept]
        weight = np.asarray(weights, dtype=np.float64)[kept]
        distinct, start = np.unique(day, return_index=True)
        sums = [
            np.add.reduceat(part, start) for part in (weight, weight * score, weight * score**2)
        ]
        running = [np.concatenate(([0.0], np.cumsum(part))) for part in sums]
        variance = _variance(score, weight)
        return cls(distinct.astype(np.float64), running[0], running[1], running[2], variance)

    def mean(self, start: int, end: int) -> float:
        return float(
            (self.total[end] - self.total[start]) / (self.weight[end] - self.weight[start])
        )


def _variance(score: Floats, weight: Floats) -> float:
    """Of one score of weight 1: half the mean squared difference of neighbours, outliers cut."""
    import numpy as np

    steps = np.diff(score) ** 2 / 2
    pairs = 2 / (1 / weight[1:] + 1 / weight[:-1])
    middle = float((steps * pairs).sum() / pairs.sum()) * float(pairs.mean())
    return max(middle, LEAST_VARIANCE)


def _partition(series: _Series, settings: ChangeRules) -> list[int]:
    """The bounds of the best segments, 0 and the number of days included."""
    import numpy as np

    days, n = series.days, len(series.days)
    span = days[-1] - days[0] + 1
    penalty = settings.penalty * series.variance * math.log(max(span, 2))
    best = np.full(n + 1, np.inf)
    best[0] = -penalty
    previous = np.zeros(n + 1, dtype=np.int64)
    ends = np.append(days[1:], days[-1] + settings.shortest)
    for end in range(1, n + 1):
        upto = int(np.searchsorted(days, ends[end - 1] - settings.shortest, side="right"))
        starts = np.arange(min(upto, end))
        if not len(starts):
            continue
        weight = series.weight[end] - series.weight[starts]
        total = series.total[end] - series.total[starts]
        square = series.square[end] - series.square[starts]
        cost = best[starts] + square - total**2 / weight + penalty
        cost[(weight < settings.fewest) & (starts > 0)] = np.inf
        if end == n and len(starts) > 1:
            last = days[-1] - days[starts] + 1 < settings.shortest
            cost[last & (starts > 0)] = np.inf
        choice = int(np.argmin(cost))
        best[end], previous[end] = cost[choice], starts[choice]
    bounds = [n]
    while bounds[-1] > 0:
        bounds.append(int(previous[bounds[-1]]))
    return bounds[::-1]


def _movers(
    own: Sequence[Moment], day: dt.date, before: float, after: float, settings: ChangeRules
) -> tuple[Moment, ...]:
    """The moments near a change by how much they drew the mean that way, told and near."""
    first, last = day - dt.timedelta(settings.before), day + dt.timedelta(settings.after)
    sign = 1 if after > before else -1
    pulls = [
        (sign * (m.score - before) * m.weight * _notice(m, day, settings), m)
        for m in own
        if first <= m.day <= last
    ]
    pulls = sorted(
        (p for p in pulls if p[0] > 0), key=lambda p: (-p[0], p[1].day, p[1].happening.id)
    )
    seen: dict[str, Moment] = {}
    for _, moment in pulls:
        seen.setdefault(moment.happening.id, moment)
    return tuple(seen.values())


def _notice(moment: Moment, day: dt.date, settings: ChangeRules) -> float:
    """How much a moment counts for a change: the more widely told and the nearer, the more."""
    near = math.exp(-math.log(2) * abs((moment.day - day).days) / settings.near)
    return (1 + math.log(moment.families)) * near
