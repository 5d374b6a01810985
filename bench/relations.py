"""The measures of relations on synthetic histories of which the truth is known.

Usage: python -m bench.relations [--histories 60]
Each history is 1,000 days of a pair whose mood is a mixture of PLOVER types; it turns on known days
(or never), after some turns it drifts back, and part of what happens is not reported: a share of
all, and whole stretches of days. Printed: the share of turns found within a week, changes found in
1,000 steady days, and how often the 90% interval of the index holds the level that the mood has.
Histories are seeded; the settings of knowledge/relations.yaml were chosen on seeds from 1,000,000,
and are measured on seeds from 0.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import random
import time
from collections.abc import Sequence

from msgspec import Struct

from bench.record import record
from detente.knowledge.ontology import event_types, quad, score
from detente.relations.change_points import changes
from detente.relations.dossier import dossier
from detente.relations.happening import Happening, Turn
from detente.relations.index import readings
from detente.relations.rules import rules

START = dt.date(2015, 1, 1)
DAYS = 1_000
NEAR = 7  # days within which a turn must be found
DRIFT = 90  # days after a turn that drifts back, in which a further change is no false alarm
WARM = 60  # days before the interval is asked for
TYPES = tuple(name for name in event_types() if name != "REQUEST")


class History(Struct, frozen=True):
    """What is told, the days of the turns (with the drifting ones apart), the true level by day."""

    happenings: tuple[Happening, ...]
    turns: tuple[int, ...]
    drifting: tuple[int, ...]
    levels: tuple[float, ...]


# Happenings a day before some go unreported: of a pair that is much written about, and of others.
RATES = {"busy": (1.5, 5.0), "quiet": (0.3, 1.0)}


def history(seed: int, rates: tuple[float, float], *, steady: bool = False) -> History:
    """One pair's history."""
    chance = random.Random(seed)
    turns = [] if steady else _turns(chance)
    drifting = tuple(day for day in turns if chance.random() < 0.3)
    moods = _moods(chance, turns, drifting)
    rate, told = chance.uniform(*rates), chance.uniform(0.5, 1.0)
    silent = {
        day
        for first in range(DAYS)
        if chance.random() < 1 / 120
        for day in range(first, first + chance.randint(2, 6))
    }
    happenings: list[Happening] = []
    for day, mood in enumerate(moods):
        for _ in range(_poisson(chance, rate * told) if day not in silent else 0):
            happenings.append(_deed(len(happenings), day, _type(chance, mood), chance))
    return History(tuple(happenings), tuple(turns), drifting, tuple(map(_level, moods)))


def _turns(chance: random.Random) -> list[int]:
    found, day = [], chance.randint(120, 250)
    while day < DAYS - 60:
        found.append(day)
        day += chance.randint(100, 300)
    return found


def _moods(chance: random.Random, turns: Sequence[int], drifting: Sequence[int]) -> list[float]:
    """The mood of each day, -1 to 1: level between turns, and on its way back where it drifts."""
    mood, base, moods, since = chance.uniform(-0.4, 0.4), 0.0, [], -1
    for day in range(DAYS):
        if day in turns:
            step = chance.uniform(0.5, 1.0)
            base, since = mood, day if day in drifting else -1
            mood += step if mood < 0 else -step
        if since >= 0 and day > since:
            mood += (base - mood) * 0.006
        moods.append(mood)
    return moods


def _weights(mood: float) -> list[float]:
    """How likely each type is in a mood; the types' scores lean the way of the mood."""
    return [math.exp(mood * score(name) / 4) / (2 + abs(score(name))) for name in TYPES]


def _level(mood: float) -> float:
    weights = _weights(mood)
    return sum(w * score(t) for w, t in zip(weights, TYPES, strict=True)) / sum(weights)


def _type(chance: random.Random, mood: float) -> str:
    return chance.choices(TYPES, _weights(mood))[0]


def _poisson(chance: random.Random, mean: float) -> int:
    count, product = 0, chance.random()
    while product > math.exp(-mean):
        count, product = count + 1, product * chance.random()
    return count


def _deed(number: int, day: int, type_: str, chance: random.Random) -> Happening:
    when = START + dt.timedelta(day)
    return Happening(
        id=f"{number:07}", type=type_, act=type_, mode=None, status="occurred", source=("USA",),
        target=("CHN",), reciprocal=False, start=when, end=when, precision="day",
        score=score(type_), quad=quad(type_), confidence=chance.uniform(0.6, 1.0),
        history=(Turn(when, "occurred", "a"),),
    )  # fmt: skip


class Found(Struct):
    """Counts over histories."""

    turns: int = 0
    near: int = 0
    false: int = 0
    steady_days: int = 0
    asked: int = 0
    held: int = 0


def measure(seeds: Sequence[int], rates: tuple[float, float]) -> Found:
    """Count what is found in a turning and a steady history of each seed."""
    found = Found()
    for seed in seeds:
        for steady in (False, True):
            told = history(seed, rates, steady=steady)
            _count_turns(told, found)
            _count_intervals(told, found)
    return found


def _count_turns(told: History, found: Found) -> None:
    days = [(change.day - START).days for change in changes(told.happenings)]
    found.turns += len(told.turns)
    found.near += sum(any(abs(day - turn) <= NEAR for day in days) for turn in told.turns)
    for day in days:
        excused = any(abs(day - turn) <= 4 * NEAR for turn in told.turns)
        drifted = any(0 <= day - turn <= DRIFT * 2 for turn in told.drifting)
        found.false += not excused and not drifted
    found.steady_days += DAYS - 2 * DRIFT * len(told.drifting)


def _count_intervals(told: History, found: Found) -> None:
    since, until = START + dt.timedelta(WARM), START + dt.timedelta(DAYS - 1)
    index = readings(told.happenings, ["USA"], ["CHN"], since=since, until=until, step="week")
    for reading in index:
        truth = decayed(told.levels, (reading.end - START).days)
        if reading.low is not None and reading.high is not None:
            found.asked += 1
            found.held += reading.low <= truth <= reading.high


def decayed(levels: Sequence[float], day: int) -> float:
    """The true level of a day as the index would have it with everything reported."""
    decay = math.log(2) / rules().index.half_life
    weights = [math.exp(-decay * (day - past)) for past in range(day + 1)]
    total = sum(w * level for w, level in zip(weights, levels, strict=False))
    return total / sum(weights)


def seconds_for(incidents: int) -> float:
    """Wall time of a dossier of one pair with so many incidents over ten years."""
    chance = random.Random(3)
    told = [_deed(n, chance.randrange(3_650), chance.choice(TYPES), chance)
            for n in range(incidents)]  # fmt: skip
    begin = time.perf_counter()
    dossier(told, ["USA"], ["CHN"], as_of=START + dt.timedelta(3_650))
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=60)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--incidents", type=int, default=20_000, help="of the timed dossier")
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.histories)
    figures = {kind: _figures(measure(seeds, rates)) for kind, rates in RATES.items()}
    spent = seconds_for(options.incidents)
    line = "; ".join(
        f"{kind} pairs: {f['recall']:.3f} of {f['turns']} turns found within {NEAR} days, "
        f"{f['false_per_1000_days']:.2f} false changes in 1,000 days, 90% intervals hold "
        f"{f['interval_coverage']:.3f} of {f['intervals']} levels"
        for kind, f in figures.items()
    )
    record(
        "relations",
        f"{line}; dossier of {options.incidents:,} incidents {spent:.2f} s",
        **figures,
        dossier_seconds=round(spent, 3),
        dossier_incidents=options.incidents,
    )


def _figures(found: Found) -> dict[str, float]:
    return {
        "recall": round(found.near / found.turns, 4),
        "turns": found.turns,
        "false_per_1000_days": round(found.false / found.steady_days * 1_000, 4),
        "steady_days": found.steady_days,
        "interval_coverage": round(found.held / found.asked, 4),
        "intervals": found.asked,
    }


if __name__ == "__main__":
    main()
