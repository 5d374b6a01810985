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
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from detente.knowledge.ontology import event_types, quad
from detente.relations.agenda import ENGAGING, agenda
from detente.relations.happening import Happening, known_on
from detente.relations.rules import ForecastRules, rules

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEATURES = ("slow", "fast", "reciprocity", "season", "agenda")
YEAR = 365
LEAST = 0.002  # no chance is said to be smaller, or nearer to 1


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
    history = _History.of(happenings, as_of)
    origins = _origins(history, as_of, days, settings)
    skill = _walk(history, origins, days, settings) if measured and len(origins) > 1 else None
    past = [_window(history, origin, days, settings) for origin in origins]
    now = _window(history, as_of, days, settings)
    weights = _fit(past, settings)
    chances = _chances(now, weights)
    return Forecast(
        as_of, days, chances, _engaged(history, as_of, days), skill, _warning(history, as_of)
    )


def backtest(happenings: Iterable[Happening], as_of: dt.date, days: int) -> Skill | None:
    """Walk forward over the windows of a pair's history; None where there are fewer than two."""
    settings = rules().forecast
    history = _History.of(happenings, as_of)
    origins = _origins(history, as_of, days, settings)
    return _walk(history, origins, days, settings) if len(origins) > 1 else None


def types() -> list[str]:
    """PLOVER's types in the manual's order: the order of every array here."""
    return list(event_types())


class _History(Struct, frozen=True):
    """A pair's done deeds (type by position, and day) and what was on its agenda."""

    days: Floats
    kinds: NDArray[np.int64]
    hostile: NDArray[np.bool_]
    plans: tuple[Happening, ...]
    count: int
    first: int

    @classmethod
    def of(cls, happenings: Iterable[Happening], as_of: dt.date) -> _History:
        import numpy as np

        known = known_on(happenings, as_of)
        position = {name: at for at, name in enumerate(types())}
        done = sorted(
            (h.day.toordinal(), position[h.type], quad(h.type) > 2)
            for h in known
            if h.done and h.day is not None and h.day <= as_of
        )
        return cls(
            np.array([d for d, _, _ in done], dtype=np.float64),
            np.array([k for _, k, _ in done], dtype=np.int64),
            np.array([q for _, _, q in done], dtype=np.bool_),
            tuple(h for h in known if h.act == ENGAGING and _was_plan(h)),
            len(done),
            done[0][0] if done else as_of.toordinal(),
        )


def _was_plan(h: Happening) -> bool:
    return bool(h.history) and h.history[0].status in ("planned", "possible", "postponed")


class _Window(Struct, frozen=True):
    """What was known of each type at an origin, and what came: one row a type.

    `base` is the log-odds of climatology, `features` has the columns of FEATURES, `came` is 1.0
    where the window that follows held such a deed, `last` where the one before it did.
    """

    base: Floats
    features: Floats
    came: Floats
    last: Floats


def _origins(
    history: _History, as_of: dt.date, days: int, settings: ForecastRules
) -> list[dt.date]:
    """The last days before past windows that do not overlap, oldest first."""
    back = (as_of.toordinal() - history.first - settings.least_days // 2) // days
    count = max(0, min(back, settings.origins))
    return [as_of - dt.timedelta(days * n) for n in range(count, 0, -1)]


def _window(history: _History, origin: dt.date, days: int, settings: ForecastRules) -> _Window:
    import numpy as np

    today = origin.toordinal()
    upto = int(np.searchsorted(history.days, today, side="right"))
    past, kinds = history.days[:upto], history.kinds[:upto]
    n = len(types())
    age = today - past
    length = max(1.0, today - history.first + 1)
    # Each type begins with its share of one deed in `prior_days`, so that none is impossible.
    climate = (np.bincount(kinds, minlength=n) + 1 / n) / (length + settings.prior_days)
    slow = _rate(kinds, age, climate, settings.slow, length, settings.prior_days)
    fast = _rate(kinds, age, climate, settings.fast, length, settings.prior_days)
    base = _logit(_chance(climate, days))
    columns = [
        _logit(_chance(slow, days)) - base,
        _logit(_chance(fast, days)) - base,
        _reciprocity(history, upto, today, settings),
        _season(kinds, past, today, days, climate, length),
        _on_agenda(history, origin, days),
    ]
    return _Window(
        base,
        np.column_stack(columns),
        _came(history, today, today + days),
        _came(history, today - days, today),
    )


def _rate(
    kinds: NDArray[np.int64],
    age: Floats,
    climate: Floats,
    half_life: float,
    length: float,
    prior: float,
) -> Floats:
    """The decayed rate of each type a day, begun with `prior` days of climatology."""
    import numpy as np

    decay = math.log(2) / half_life
    counts = np.bincount(kinds, weights=np.exp(-decay * age), minlength=len(climate))
    observed = (1 - math.exp(-decay * length)) / decay
    share = min(prior, half_life)
    return np.asarray((counts + climate * share) / (observed + share), dtype=np.float64)


def _reciprocity(history: _History, upto: int, today: int, settings: ForecastRules) -> Floats:
    """How hostile the last weeks were beside the long run, with the sign of each type's quad."""
    import numpy as np

    near = history.hostile[:upto][history.days[:upto] > today - settings.fast]
    usual = (history.hostile[:upto].sum() + 1) / (upto + 2)
    recent = (near.sum() + 4 * usual) / (len(near) + 4)
    tilt = float(recent - usual)
    return np.array([tilt if quad(name) > 2 else -tilt for name in types()])


def _season(
    kinds: NDArray[np.int64],
    past: Floats,
    today: int,
    days: int,
    climate: Floats,
    length: float,
) -> Floats:
    """Log of how much more each type came in these days of earlier years than usual."""
    import numpy as np

    years = int(length // YEAR)
    if years < 1:
        return np.zeros(len(climate))
    shift = today + days - past
    inside = (np.mod(shift, YEAR) < days) & (shift >= YEAR)
    counts = np.bincount(kinds[inside], minlength=len(climate))
    usual = climate * days * years
    return np.asarray(np.log((counts + 2) / (usual + 2)), dtype=np.float64)


def _on_agenda(history: _History, origin: dt.date, days: int) -> Floats:
    """For meeting and talking: how many plans for the days ahead stood at the origin; else 0."""
    import numpy as np

    found = np.zeros(len(types()))
    plans = [h for h in known_on(history.plans, origin) if not h.done]
    ahead = sum(_falls_within(h, origin, days) for h in plans)
    found[types().index(ENGAGING)] = math.log1p(ahead)
    return found


def _falls_within(h: Happening, origin: dt.date, days: int) -> bool:
    last = origin + dt.timedelta(days)
    return (
        h.status in ("planned", "possible")
        and h.start is not None
        and h.end is not None
        and h.end > origin
        and h.start <= last
    )


def _came(history: _History, after: int, until: int) -> Floats:
    import numpy as np

    inside = (history.days > after) & (history.days <= until)
    counts = np.bincount(history.kinds[inside], minlength=len(types()))
    return np.asarray(counts > 0, dtype=np.float64)


def _chance(rate: Floats, days: int) -> Floats:
    import numpy as np

    return np.clip(-np.expm1(-rate * days), LEAST, 1 - LEAST)


def _logit(chance: Floats) -> Floats:
    import numpy as np

    return np.asarray(np.log(chance / (1 - chance)), dtype=np.float64)


def _logistic(odds: Floats) -> Floats:
    import numpy as np

    return np.clip(1 / (1 + np.exp(-np.clip(odds, -30, 30))), LEAST, 1 - LEAST)


def _fit(past: Sequence[_Window], settings: ForecastRules) -> Floats:
    """Intercept and coefficients of FEATURES: ridge regression about the prior, by Newton steps."""
    import numpy as np

    prior = np.array([settings.prior["intercept"], *(settings.prior[name] for name in FEATURES)])
    if not past:
        return prior
    rows = np.vstack([_design(window) for window in past])
    base = np.concatenate([window.base for window in past])
    came = np.concatenate([window.came for window in past])
    weights = prior.copy()
    # A window holds one row a type: the ridge is in units of windows, not of rows.
    ridge = settings.ridge
    for _ in range(12):
        chance = _logistic(base + rows @ weights)
        gradient = rows.T @ (came - chance) - ridge * (weights - prior)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge * np.eye(len(prior))
        weights = weights + np.linalg.solve(curve, gradient)
    return np.asarray(weights, dtype=np.float64)


def _design(window: _Window) -> Floats:
    import numpy as np

    return np.column_stack([np.ones(len(window.base)), window.features])


def _chances(now: _Window, weights: Floats) -> tuple[Chance, ...]:
    """Each type's probability with its drivers, the likeliest first."""
    import numpy as np

    design = _design(now)
    odds = now.base + design @ weights
    chance, climate = _logistic(odds), _logistic(now.base)
    found = []
    for at, name in enumerate(types()):
        terms = design[at] * weights
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


def _engaged(history: _History, as_of: dt.date, days: int) -> tuple[Engaged, ...]:
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
        and _falls_within(item.happening, as_of, days)
    ]
    return tuple(found)


def _walk(
    history: _History, origins: Sequence[dt.date], days: int, settings: ForecastRules
) -> Skill:
    """Each window foretold from the windows before it."""
    import numpy as np

    windows = [_window(history, origin, days, settings) for origin in origins]
    told: list[Floats] = []
    for at, window in enumerate(windows):
        weights = _fit(windows[:at], settings)
        told.append(_logistic(window.base + _design(window) @ weights))
    came = np.concatenate([window.came for window in windows])
    climate = np.concatenate([_logistic(window.base) for window in windows])
    # 'Same as last period', softened so that its log score is finite.
    last = np.concatenate([np.where(window.last > 0, 0.95, 0.05) for window in windows])
    ours = np.concatenate(told)
    return Skill(
        len(windows),
        *(_brier(chance, came) for chance in (ours, climate, last)),
        *(_log(chance, came) for chance in (ours, climate, last)),
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


def _warning(history: _History, as_of: dt.date) -> str | None:
    settings = rules().forecast
    length = as_of.toordinal() - history.first + 1 if history.count else 0
    if length >= settings.least_days and history.count >= settings.least_happenings:
        return None
    return (
        f"too little history: {history.count} happenings in {length} days, where "
        f"{settings.least_happenings} in {settings.least_days} are the least; "
        "take these chances as guesses"
    )
