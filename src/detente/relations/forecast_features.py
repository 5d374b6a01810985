"""What a forecast looks at: a pair's history seen from the end of one day, type by type.

First step of `forecast`. Everything is an array with one entry for each of PLOVER's types, in the
manual's order. Nothing after the origin is looked at but `came`, which is what is foretold.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from detente.knowledge.ontology import event_types, quad
from detente.relations.agenda import ENGAGING
from detente.relations.happening import Happening, is_recalled, known_on
from detente.relations.rules import ForecastRules

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEATURES = ("slow", "fast", "reciprocity", "season", "agenda")
YEAR = 365
LEAST = 0.002  # no chance is said to be smaller, or nearer to 1


def types() -> list[str]:
    """PLOVER's types in the manual's order: the order of every array here."""
    return list(event_types())


class History(Struct, frozen=True):
    """A pair's done deeds (type by position, and day) and what was on its agenda."""

    days: Floats
    kinds: NDArray[np.int64]
    hostile: NDArray[np.bool_]
    plans: tuple[Happening, ...]
    count: int
    first: int

    @classmethod
    def of(cls, happenings: Iterable[Happening], as_of: dt.date) -> History:
        """What was known of a pair at the end of a day."""
        import numpy as np

        known = known_on(happenings, as_of)
        position = {name: at for at, name in enumerate(types())}
        done = sorted(
            (h.day.toordinal(), position[h.type], quad(h.type) > 2)
            for h in known
            if h.done and h.day is not None and h.day <= as_of and not is_recalled(h)
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


class Window(Struct, frozen=True):
    """What was known of each type at an origin, and what came: one row a type.

    `base` is the log-odds of climatology, `features` has the columns of FEATURES, `came` is 1.0
    where the window that follows held such a deed, `last` where the one before it did.
    """

    base: Floats
    features: Floats
    came: Floats
    last: Floats


def origins(history: History, as_of: dt.date, days: int, settings: ForecastRules) -> list[dt.date]:
    """The last days before past windows that do not overlap, oldest first."""
    back = (as_of.toordinal() - history.first - settings.least_days // 2) // days
    count = max(0, min(back, settings.origins))
    return [as_of - dt.timedelta(days * n) for n in range(count, 0, -1)]


def window(history: History, origin: dt.date, days: int, settings: ForecastRules) -> Window:
    """What was known of each type at the end of `origin`, and what the next days brought."""
    import numpy as np

    today = origin.toordinal()
    upto = int(np.searchsorted(history.days, today, side="right"))
    past, kinds = history.days[:upto], history.kinds[:upto]
    n = len(types())
    age = today - past
    length = max(1.0, today - history.first + 1)
    # Each type begins with its share of one deed in `prior_days`, so that none is impossible.
    counts = np.bincount(kinds, minlength=n).astype(np.float64)
    climate: Floats = (counts + 1 / n) / (length + settings.prior_days)
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
    return Window(
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


def _reciprocity(history: History, upto: int, today: int, settings: ForecastRules) -> Floats:
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


def _on_agenda(history: History, origin: dt.date, days: int) -> Floats:
    """For meeting and talking: how many plans for the days ahead stood at the origin; else 0."""
    import numpy as np

    found = np.zeros(len(types()))
    plans = [h for h in known_on(history.plans, origin) if not h.done]
    ahead = sum(falls_within(h, origin, days) for h in plans)
    found[types().index(ENGAGING)] = math.log1p(ahead)
    return found


def falls_within(h: Happening, origin: dt.date, days: int) -> bool:
    """Whether a plan stands whose stated days touch the `days` after `origin`."""
    last = origin + dt.timedelta(days)
    return (
        h.status in ("planned", "possible")
        and h.start is not None
        and h.end is not None
        and h.end > origin
        and h.start <= last
    )


def _came(history: History, after: int, until: int) -> Floats:
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
