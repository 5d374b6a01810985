"""Merges reports into incidents: which of them tell of one happening.

Comes after `alike`. Reports are taken block by block (one act, the same countries) in the order of
publication; each joins the incident that most speaks for, or begins a new one. So a plan stands
before the deed and the deed before what is recalled of it, and the result is a function of the set
of reports alone: neither the order in which they came to the ledger nor copies change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.ledger.alike import Draft, likeness
from detente.ledger.reports import MANY, Report, Telling, block_of, in_order, order_of, telling
from detente.ledger.rules import incident_rules

# Drafts are looked up by stretches of so many days.
_STRETCH = 32


def merge(reports: Iterable[Report]) -> list[list[Report]]:
    """Merge reports of any acts and countries: each incident's reports in order.

    The ledger does the same block by block in its database; this is for a collection in memory.
    """
    blocks: dict[str, list[Report]] = {}
    for report in reports:
        blocks.setdefault(block_of(report.event), []).append(report)
    strands = {block: merge_block(blocks[block]) for block in sorted(blocks)}
    merged = _with_subsets(strands)
    return sorted(merged, key=lambda strand: order_of(strand[0]))


def merge_block(reports: Iterable[Report]) -> list[list[Report]]:
    """Merge the reports of one block."""
    shelf = _Shelf()
    for report in in_order(reports):
        told = telling(report)
        best: Draft | None = None
        most = incident_rules().enough
        for draft in shelf.near(told):
            weight = likeness(told, draft)
            if weight is not None and (weight > most or (best is None and weight == most)):
                best, most = draft, weight
        if best is None:
            shelf.put(Draft.of(told))
        else:
            shelf.move(best, told)
    return [[told.report for told in draft.tellings] for draft in shelf.all]


class _Shelf:
    """Drafts by the days they can mean, in the order in which they were begun."""

    def __init__(self) -> None:
        self.all: list[Draft] = []
        self._by_days: dict[int, list[int]] = {}
        self._places: dict[int, int] = {}

    def put(self, draft: Draft) -> None:
        self._places[id(draft)] = len(self.all)
        self.all.append(draft)
        self._file(draft, draft.tellings[0])

    def move(self, draft: Draft, told: Telling) -> None:
        draft.take(told)
        self._file(draft, told)

    def near(self, told: Telling) -> Iterator[Draft]:
        """The drafts that can be meant, oldest first."""
        places = {place for at in self._stretches(told) for place in self._by_days.get(at, ())}
        return (self.all[place] for place in sorted(places))

    def _file(self, draft: Draft, told: Telling) -> None:
        place = self._places[id(draft)]
        for at in self._stretches(told):
            shelved = self._by_days.setdefault(at, [])
            if not shelved or (shelved[-1] != place and place not in shelved):
                shelved.append(place)

    @staticmethod
    def _stretches(told: Telling) -> range:
        """Where a telling is filed and looked for: its days, and as far as its window reaches."""
        window = told.window
        low = high = told.low
        if told.low:
            high = told.high + window.redate
            low = told.low - window.redate
        if told.phase != "done":
            high = max(high, told.issued + window.ahead)
        elif not told.dated:
            low -= window.recall
        return range(low // _STRETCH, high // _STRETCH + 1)


def _with_subsets(strands: dict[str, list[list[Report]]]) -> list[list[Report]]:
    """Join to gatherings of three states or more what was told of some of them."""
    hubs = [s for block, found in strands.items() if block.endswith(MANY) for s in found]
    others = [s for block, found in strands.items() if not block.endswith(MANY) for s in found]
    extended: dict[int, list[Report]] = {at: list(hub) for at, hub in enumerate(hubs)}
    merged = []
    for strand in others:
        at = best_hub(strand, hubs)
        if at is None:
            merged.append(strand)
        else:
            extended[at] += strand
    return merged + [in_order(strand) for strand in extended.values()]


def best_hub(strand: Sequence[Report], hubs: Sequence[Sequence[Report]]) -> int | None:
    """The gathering that a strand of two states' reports is part of, by position; None for none.

    Both must be of one act on one stated day, share enough of their states, and name no other
    people or town.
    """
    rules = incident_rules()
    ours = [telling(report) for report in strand]
    best: tuple[float, int] | None = None
    for at, hub in enumerate(hubs):
        if hub[0].event.act != strand[0].event.act:
            continue
        draft = _draft([telling(report) for report in hub])
        share = _shared_states(ours, draft.tellings)
        if share < rules.subset or not _same_days(ours, draft):
            continue
        weights = [likeness(told, draft) for told in ours]
        if None in weights:
            continue
        weight = max(w for w in weights if w is not None) + share
        if weight >= rules.enough and (best is None or weight > best[0]):
            best = (weight, at)
    return best[1] if best else None


def _draft(tellings: Sequence[Telling]) -> Draft:
    draft = Draft.of(tellings[0])
    for told in tellings[1:]:
        draft.take(told)
    return draft


def _shared_states(ours: Sequence[Telling], theirs: Sequence[Telling]) -> float:
    one = frozenset[str]().union(*(told.countries for told in ours))
    other = frozenset[str]().union(*(told.countries for told in theirs))
    return len(one & other) / len(one | other)


def _same_days(ours: Sequence[Telling], draft: Draft) -> bool:
    days = {(told.low, told.high) for told in ours if told.stated}
    return any(a <= d and c <= b for a, b in days for c, d in draft.days)
