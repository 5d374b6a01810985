"""The forecast: how likely is each type of deed between two sides within the next N days.

For each type the chance of at least one deed is a logistic regression on few, readable features:
the climatology (the pair's long-run rate), a slowly and a fast decayed rate, the other side's
recent conflict or cooperation (reciprocity), the season, and what the agenda holds. Coefficients
begin at a prior by which the decayed rates share what the climatology does not know, and are
learnt from the pair's own past windows, with a ridge that keeps them near the prior while these
are few. `backtest` walks forward: each window is foretold from what was known before it only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from detente.relations.agenda import agenda
from detente.relations.backtest import Skill, backtest, walk
from detente.relations.chance_model import design, fit, logistic
from detente.relations.forecast_features import (
    FEATURES,
    History,
    Window,
    falls_within,
    origins,
    types,
    window,
)
from detente.relations.happening import Happening
from detente.relations.rules import rules

if TYPE_CHECKING:
    from detente.relations.forecast_features import Floats

__all__ = ["Chance", "Driver", "Engaged", "Forecast", "Skill", "backtest", "forecast"]


class Driver(Struct, frozen=True):
    """What moved a chance: a feature, and by how many points of probability (-1 to 1)."""

    name: str
    points: float


class Chance(Struct, frozen=True):
    """The probability (0 to 1) of at least one deed of `type` within the forecast's days.

    `climatology` is that of the long-run rate alone. `drivers` lead from there, strongest first.
    """

    type: str
    probability: float
    climatology: float
    drivers: tuple[Driver, ...]


class Engaged(Struct, frozen=True):
    """An engagement of the agenda within the days ahead, and its probability to be held."""

    happening: Happening
    probability: float


class Forecast(Struct, frozen=True):
    """The chances of the days `as_of` + 1 to `as_of` + `days`.

    `warning` says plainly where the history is too little to trust them. `skill` is None where
    there is no past window to try the forecast on.
    """

    as_of: dt.date
    days: int
    chances: tuple[Chance, ...]
    engagements: tuple[Engaged, ...]
    skill: Skill | None
    warning: str | None


def forecast(
    happenings: Iterable[Happening], as_of: dt.date, days: int, *, measured: bool = True
) -> Forecast:
    """Foretell a pair's next days; `happenings` are those of the pair.

    `measured=False` leaves out the back-test, which takes most of the time. `days` is at least 1.
    """
    settings = rules().forecast
    history = History.of(happenings, as_of)
    starts = origins(history, as_of, days, settings)
    skill = walk(history, starts, days, settings) if measured and len(starts) > 1 else None
    past = [window(history, start, days, settings) for start in starts]
    now = window(history, as_of, days, settings)
    weights = fit(past, settings)
    chances = _chances(now, weights)
    return Forecast(
        as_of, days, chances, _engaged(history, as_of, days), skill, _warning(history, as_of)
    )


def _chances(now: Window, weights: Floats) -> tuple[Chance, ...]:
    """Each type's probability with its drivers, the likeliest first."""
    import numpy as np

    rows = design(now)
    odds = now.base + rows @ weights
    chance, climate = logistic(odds), logistic(now.base)
    found = []
    for at, name in enumerate(types()):
        terms = rows[at] * weights
        total = float(np.abs(terms).sum())
        moved = float(chance[at] - climate[at])
        net = float(terms.sum())
        scale = moved / net if abs(net) > 1e-9 else 0.0
        drivers = [
            Driver(label, float(term) * scale)
            for label, term in zip(("calibration", *FEATURES), terms, strict=True)
            if total and abs(term) > 0.05 * total
        ]
        drivers.sort(key=lambda driver: (-abs(driver.points), driver.name))
        found.append(Chance(name, float(chance[at]), float(climate[at]), tuple(drivers)))
    return tuple(sorted(found, key=lambda item: (-item.probability, item.type)))


def _engaged(history: History, as_of: dt.date, days: int) -> tuple[Engaged, ...]:
    """The agenda's engagements of the days ahead: as likely as the pair kept its plans so far.

    The share of plans kept begins at even odds with the weight of two plans; a mere possibility
    counts half.
    """
    items = agenda(history.plans, as_of)
    settled = [item.stage for item in items if item.stage in ("held", "fell through", "overdue")]
    kept = (settled.count("held") + 1) / (len(settled) + 2)
    found = [
        Engaged(item.happening, kept / 2 if item.stage == "proposed" else kept)
        for item in items
        if item.stage in ("proposed", "planned", "confirmed")
        and falls_within(item.happening, as_of, days)
    ]
    return tuple(found)


def _warning(history: History, as_of: dt.date) -> str | None:
    settings = rules().forecast
    length = as_of.toordinal() - history.first + 1 if history.count else 0
    if length >= settings.least_days and history.count >= settings.least_happenings:
        return None
    return (
        f"too little history: {history.count} happenings in {length} days, where "
        f"{settings.least_happenings} in {settings.least_days} are the least; "
        "take these chances as guesses"
    )
