"""Forecasts on a public event set in the layout of the temporal-graph literature (ICEWS14 ...).

Usage: python -m bench.forecast [--data FOLDER]
FOLDER (else shared/icews14 beside the checkout) holds `train.txt`, `valid.txt` and `test.txt`, one
event a line: subject, relation, object and time, numbers or names between tabs; where
`relation2id.txt` names the relations by CAMEO, the forecast of relations is back-tested too.
Printed: MRR and hits at 1, 3 and 10 of the recurrency baseline (J. Gastinger et al., "History
Repeats Itself: A Baseline for Temporal Knowledge Graph Forecasting", IJCAI 2024; 37.4 published on
ICEWS14) in both directions, single step, time-aware filter, ties at their mean rank; and the Brier
skill of `relations/forecast.py` over climatology on the pairs with most events.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

from msgspec import Struct

from bench.record import SHARED, record, skipped
from detente.knowledge.ontology import cameo_codes, quad, score
from detente.model import InputError
from detente.relations.backtest import backtest
from detente.relations.happening import Happening, Turn

PARTS = ("train.txt", "valid.txt", "test.txt")
HITS = (1, 3, 10)
PAIRS = 20
START = dt.date(2014, 1, 1)
# Of the baseline: how fast a repetition loses weight a step, and the share of strict repetition.
LAMBDA = 0.1
ALPHA = 0.999


class Quadruple(Struct, frozen=True, order=True):
    """One event: at `time` (a step of the data set) `subject` did `relation` to `object`."""

    time: int
    subject: str
    relation: str
    object: str


class Ranks(Struct, frozen=True):
    """Link prediction: mean reciprocal rank and hits, 0 to 1, over `queries`."""

    queries: int
    mrr: float
    hits: dict[int, float]


def read_quadruples(path: Path) -> list[Quadruple]:
    """Read one file of events; further columns are ignored.

    Times may be numbers or ISO days; numbers with a common step (24 in ICEWS) count in steps.

    Raises:
        InputError: a line is no event.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if not line.strip():
            continue
        try:
            found.append(Quadruple(_time(cells[3]), cells[0], cells[1], cells[2]))
        except (IndexError, ValueError):
            raise InputError(
                f"{path.name}:{number}: no event; give subject, relation, object, time between tabs"
            ) from None
    return found


def _time(cell: str) -> int:
    cell = cell.strip()
    return int(cell) if cell.isdigit() else dt.date.fromisoformat(cell).toordinal()


def in_steps(parts: Sequence[Sequence[Quadruple]]) -> list[list[Quadruple]]:
    """Times counted from 0 in steps of the data set's unit (24 hours are one step)."""
    times = sorted({event.time for part in parts for event in part})
    gaps = [b - a for a, b in pairwise(times)]
    unit, first = min(gaps, default=1), times[0] if times else 0
    return [
        [Quadruple((e.time - first) // unit, e.subject, e.relation, e.object) for e in part]
        for part in parts
    ]


class Recurrency:
    """The baseline: what was repeated lately will be, else what is usual for the relation."""

    def __init__(self, decay: float = LAMBDA, alpha: float = ALPHA) -> None:
        self.decay, self.alpha = decay, alpha
        self._last: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._usual: dict[str, Counter[str]] = defaultdict(Counter)

    def learn(self, events: Iterable[Quadruple]) -> None:
        """Take in events of one or more times that have passed."""
        for event in events:
            self._last[event.subject, event.relation][event.object] = event.time
            self._usual[event.relation][event.object] += 1

    def scores(self, subject: str, relation: str, time: int) -> dict[str, float]:
        """What may follow, with its score above 0; all other objects score 0."""
        usual = self._usual.get(relation, Counter())
        total = sum(usual.values())
        found = {name: (1 - self.alpha) * count / total for name, count in usual.items()}
        for name, last in self._last.get((subject, relation), {}).items():
            strict = 2.0 ** (-self.decay * (time - last))
            found[name] = found.get(name, 0.0) + self.alpha * strict
        return found


def both_ways(events: Iterable[Quadruple]) -> Iterator[Quadruple]:
    """Events and their inverses, so that subjects are asked for as well as objects."""
    for e in events:
        yield e
        yield Quadruple(e.time, e.object, f"{e.relation}~", e.subject)


def link_prediction(known: Iterable[Quadruple], test: Iterable[Quadruple], entities: int) -> Ranks:
    """Rank the true object of each test event among all entities, step by step in time.

    Time-aware filter: other true objects of the same subject, relation and time are not counted.
    Events of a step are learnt once all of the step have been asked for.
    """
    model = Recurrency()
    model.learn(both_ways(sorted(known)))
    ranks: list[float] = []
    for _, step in groupby(sorted(test), key=lambda event: event.time):
        events = list(both_ways(step))
        true: dict[tuple[str, str], set[str]] = defaultdict(set)
        for event in events:
            true[event.subject, event.relation].add(event.object)
        for event in events:
            scores = model.scores(event.subject, event.relation, event.time)
            others = true[event.subject, event.relation] - {event.object}
            ranks.append(_rank(scores, event.object, others, entities))
        model.learn(events)
    count = max(len(ranks), 1)
    return Ranks(
        len(ranks),
        sum(1 / rank for rank in ranks) / count,
        {n: sum(rank <= n for rank in ranks) / count for n in HITS},
    )


def _rank(scores: dict[str, float], truth: str, others: set[str], entities: int) -> float:
    """The rank of the truth among the entities that are not filtered; ties at their mean."""
    own = scores.get(truth, 0.0)
    rivals = [value for name, value in scores.items() if name != truth and name not in others]
    above = sum(value > own for value in rivals)
    ties = sum(value == own for value in rivals)
    if own == 0.0:
        ties += entities - 1 - len(rivals) - len(others - scores.keys())
    return 1 + above + max(ties, 0) / 2


def happenings_of(events: Iterable[Quadruple], relations: dict[str, str]) -> list[Happening]:
    """Events as happenings, where the relation's CAMEO label has a PLOVER type; one a day."""
    labels = {code.label.casefold(): code for code in cameo_codes().values()}
    found = {}
    for e in sorted(set(events)):
        code = labels.get(relations.get(e.relation, e.relation).casefold())
        if code is None or code.type is None:
            continue
        when = START + dt.timedelta(e.time)
        name = f"{e.time}-{e.subject}-{e.object}-{code.type}"
        found[name] = Happening(
            id=name, type=code.type, act=code.type, mode=None, status="occurred",
            source=(e.subject,), target=(e.object,), reciprocal=False, start=when, end=when,
            precision="day", score=score(code.type), quad=quad(code.type),
            history=(Turn(when, "occurred", "data"),),
        )  # fmt: skip
    return list(found.values())


def brier_skill(happenings: Sequence[Happening], days: int = 7) -> tuple[float, int] | None:
    """Skill over climatology on the pairs with most happenings, and how many pairs were tried."""
    pairs: dict[tuple[str, ...], list[Happening]] = defaultdict(list)
    for h in happenings:
        pairs[h.states].append(h)
    fullest = sorted(pairs, key=lambda pair: (-len(pairs[pair]), pair))[:PAIRS]
    last = max((h.start for h in happenings if h.start), default=START)
    tried = [skill for pair in fullest if (skill := backtest(pairs[pair], last, days))]
    if not tried:
        return None
    ours = sum(skill.brier * skill.windows for skill in tried)
    usual = sum(skill.brier_climatology * skill.windows for skill in tried)
    return 1 - ours / usual, len(tried)


def relation_names(folder: Path) -> dict[str, str]:
    """Numbers of relations to their names, where the folder tells them."""
    path = folder / "relation2id.txt"
    if not path.exists():
        return {}
    cells = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    return {row[1].strip(): row[0].strip() for row in cells if len(row) > 1}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED / "icews14")
    folder = parser.parse_args().data
    missing = [part for part in PARTS if not (folder / part).exists()]
    if missing:
        skipped("forecast", folder / missing[0])
        return
    train, valid, test = in_steps([read_quadruples(folder / part) for part in PARTS])
    entities = {name for e in (*train, *valid, *test) for name in (e.subject, e.object)}
    ranks = link_prediction([*train, *valid], test, len(entities))
    line = f"recurrency baseline MRR {ranks.mrr:.3f} on {ranks.queries} queries"
    skill = brier_skill(happenings_of([*train, *valid, *test], relation_names(folder)))
    line += f"; Brier skill {skill[0]:+.3f} on {skill[1]} pairs" if skill else "; no CAMEO names"
    record(
        "forecast", line, mrr=round(ranks.mrr, 4), queries=ranks.queries,
        hits={str(n): round(share, 4) for n, share in ranks.hits.items()},
        brier_skill=round(skill[0], 4) if skill else None, data=folder.name,
    )  # fmt: skip


if __name__ == "__main__":
    main()
