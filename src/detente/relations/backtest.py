"""How well the forecast did: each past window foretold from the windows before it, and scored.

Brier and log scores stand beside those of climatology (the long-run rate) and of 'same as last
period', so that a reader sees at once whether the forecast is worth anything for this pair.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from detente.relations.chance_model import design, fit, logistic
from detente.relations.forecast_features import History, origins, window
from detente.relations.happening import Happening
from detente.relations.rules import ForecastRules, rules

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# The chances that 'same as last period' gives to what came then and to what did not.
SOFT = (0.95, 0.05)


class Skill(Struct, frozen=True):
    """How past forecasts of this kind did: mean scores, the lower the better.

    `brier` is the mean squared error, `log` the mean negative natural logarithm of the probability
    of what came; of the forecast, of climatology and of 'same as last period'. `bins` is the table
    of calibration: mean probability, share that came, number.
    """

    windows: int
    brier: float
    brier_climatology: float
    brier_last: float
    log: float
    log_climatology: float
    log_last: float
    bins: tuple[tuple[float, float, int], ...]

    @property
    def skill(self) -> float:
        """Brier skill over climatology: 1 is perfect, 0 no better, below 0 worse."""
        return 1 - self.brier / self.brier_climatology if self.brier_climatology else 0.0


def backtest(happenings: Iterable[Happening], as_of: dt.date, days: int) -> Skill | None:
    """Walk forward over the windows of a pair's history; None where there are fewer than two."""
    settings = rules().forecast
    history = History.of(happenings, as_of)
    starts = origins(history, as_of, days, settings)
    return walk(history, starts, days, settings) if len(starts) > 1 else None


def walk(history: History, starts: Sequence[dt.date], days: int, settings: ForecastRules) -> Skill:
    """Foretell the windows after `starts` (in order of days) each from those before it."""
    import numpy as np

    windows = [window(history, start, days, settings) for start in starts]
    told = [
        logistic(now.base + design(now) @ fit(windows[:at], settings))
        for at, now in enumerate(windows)
    ]
    ours = np.concatenate(told)
    came = np.concatenate([now.came for now in windows])
    climate = np.concatenate([logistic(now.base) for now in windows])
    # 'Same as last period', softened so that its log score is finite.
    last = np.concatenate([np.where(now.last > 0, *SOFT) for now in windows])
    return Skill(
        windows=len(windows),
        brier=_brier(ours, came),
        brier_climatology=_brier(climate, came),
        brier_last=_brier(last, came),
        log=_log(ours, came),
        log_climatology=_log(climate, came),
        log_last=_log(last, came),
        bins=_bins(ours, came, settings.bins),
    )


def _brier(chance: Floats, came: Floats) -> float:
    return float(((chance - came) ** 2).mean())


def _log(chance: Floats, came: Floats) -> float:
    import numpy as np

    return float(-np.log(np.where(came > 0, chance, 1 - chance)).mean())


def _bins(chance: Floats, came: Floats, count: int) -> tuple[tuple[float, float, int], ...]:
    import numpy as np

    places = np.minimum((chance * count).astype(int), count - 1)
    return tuple(
        (float(chance[places == at].mean()), float(came[places == at].mean()), int(n))
        for at in range(count)
        if (n := (places == at).sum())
    )
