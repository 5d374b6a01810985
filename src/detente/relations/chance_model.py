"""The regression of the forecast: from features to probabilities, and coefficients from the past.

Comes after `forecast_features`. Coefficients stay near a prior while windows are few.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.relations.forecast_features import FEATURES, LEAST, Window
from detente.relations.rules import ForecastRules

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def logistic(odds: Floats) -> Floats:
    """Probabilities of log-odds, never quite 0 or 1."""
    import numpy as np

    return np.clip(1 / (1 + np.exp(-np.clip(odds, -30, 30))), LEAST, 1 - LEAST)


def fit(past: Sequence[Window], settings: ForecastRules) -> Floats:
    """Intercept and coefficients of FEATURES: ridge regression about the prior, by Newton steps."""
    import numpy as np

    prior = np.array([settings.prior["intercept"], *(settings.prior[name] for name in FEATURES)])
    if not past:
        return prior
    rows = np.vstack([design(window) for window in past])
    base = np.concatenate([window.base for window in past])
    came = np.concatenate([window.came for window in past])
    weights = prior.copy()
    # A window holds one row a type: the ridge is in units of windows, not of rows.
    ridge = settings.ridge
    for _ in range(12):
        chance = logistic(base + rows @ weights)
        gradient = rows.T @ (came - chance) - ridge * (weights - prior)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge * np.eye(len(prior))
        weights = weights + np.linalg.solve(curve, gradient)
    return np.asarray(weights, dtype=np.float64)


def design(window: Window) -> Floats:
    """A window's features with a column of ones before them."""
    import numpy as np

    return np.column_stack([np.ones(len(window.base)), window.features])
