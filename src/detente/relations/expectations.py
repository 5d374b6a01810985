"""Expectations resolved: what was said would come, and whether it did.

Every outlook and every planned or possible engagement is a claim: somebody held, on a day, with a
range of probability, that a deed would come about until another day. Later happenings resolve it.
How well words and holders did is told by Brier scores (G. W. Brier, Monthly Weather Review 78(1),
1950) of the middle of the range, and by a table of words beside what came of them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec import Struct

from detente.knowledge.tables import rows
from detente.relations.agenda import ENGAGING
from detente.relations.happening import Happening
from detente.relations.rules import rules

State = Literal["kept", "broken", "overdue", "open"]
SURE = 1.96  # standard deviations of a 95% interval


class Claim(Struct, frozen=True):
    """What somebody expected.

    `low` and `high` bound the probability of the deed (0 to 1). `act` and `states` say which deed
    would fulfil it, `happening` is the incident it speaks of where that is known, `horizon` the
    last day (None: the usual one of `relations.yaml`).
    """

    made: dt.date
    holder: str
    claim: str
    words: str
    low: float
    high: float
    act: str
    states: tuple[str, ...]
    horizon: dt.date | None = None
    happening: str | None = None
    document: str = ""

    @property
    def probability(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2

    @property
    def due(self) -> dt.date:
        """The last day on which the deed would fulfil the claim."""
        return self.horizon or self.made + dt.timedelta(rules().expectations.horizon)


class Resolution(Struct, frozen=True):
    """A claim and what came of it.

    `came` is whether the deed came about: None while nobody can say. `by` resolved it.
    """

    claim: Claim
    state: State
    came: bool | None
    by: Happening | None = None

    @property
    def brier(self) -> float | None:
        """The squared error of the probability, 0 (best) to 1; None while nobody can say."""
        return None if self.came is None else (self.claim.probability - self.came) ** 2


class Record(Struct, frozen=True):
    """How claims that have a holder or words in common turned out.

    `expected` is their mean probability, `came` the share whose deed came about, with the 95%
    interval `low` to `high` (Wilson); all are None while nothing is resolved.
    """

    name: str
    claims: int
    resolved: int
    expected: float | None
    came: float | None
    low: float | None
    high: float | None
    brier: float | None


def claims_of_plans(happenings: Iterable[Happening]) -> list[Claim]:
    """The claims that plans make: one for each engagement and status (planned, possible).

    The holder is 'reports'; a plan counts as likely as 'expect', what
    is possible as 'possible' (`probability.tsv`).
    """
    words = {"planned": ("expect", "v"), "possible": ("possible", "a")}
    found = []
    for h in happenings:
        if h.act != ENGAGING:
            continue
        said: set[str] = set()
        for turn in h.history:
            if turn.status in words and turn.status not in said:
                said.add(turn.status)
                low, high = _range(*words[turn.status])
                horizon = h.end if h.end is not None and h.end >= turn.day else None
                found.append(
                    Claim(turn.day, "reports", h.words, turn.status, low, high, h.act, h.states,
                          horizon, h.id, turn.document)
                )  # fmt: skip
    return sorted(found, key=_claim_key)


def _range(lemma: str, pos: str) -> tuple[float, float]:
    row = next(
        row
        for row in rows("probability.tsv")
        if (row["lemma"], row["pos"], row["negated"]) == (lemma, pos, "")
    )
    return float(row["low"]), float(row["high"])


def resolve(
    claims: Iterable[Claim], happenings: Iterable[Happening], as_of: dt.date
) -> list[Resolution]:
    """What came of claims until a day, in the order in which they were made.

    `happenings` are as known on `as_of`. A deed resolves a claim when it is the incident that the
    claim speaks of, or, where the claim names none, one of the same act among the same states,
    between the day of the claim and its horizon. Without such a deed a claim is open until its
    horizon, overdue for a while, and then taken as not come about; a word that it was called off
    settles it before.
    """
    by_id, by_deed = _shelves(happenings)
    found = []
    for claim in sorted((c for c in claims if c.made <= as_of), key=_claim_key):
        one = by_id.get(claim.happening) if claim.happening else None
        candidates = [one] if one else by_deed.get((claim.act, frozenset(claim.states)), ())
        found.append(_resolution(claim, candidates, as_of))
    return found


def _shelves(
    happenings: Iterable[Happening],
) -> tuple[dict[str, Happening], dict[tuple[str, frozenset[str]], list[Happening]]]:
    by_id: dict[str, Happening] = {}
    by_deed: dict[tuple[str, frozenset[str]], list[Happening]] = {}
    for h in happenings:
        by_id[h.id] = h
        by_deed.setdefault((h.act, frozenset(h.states)), []).append(h)
    return by_id, by_deed


def _resolution(claim: Claim, candidates: Sequence[Happening], as_of: dt.date) -> Resolution:
    settings = rules().expectations
    unlikely = claim.high < settings.even
    grace = dt.timedelta(settings.grace if claim.happening else 0)
    for h in sorted(candidates, key=lambda h: (h.day or as_of, h.id)):
        if h.done and h.day is not None and claim.made <= h.day <= claim.due + grace:
            return Resolution(claim, "broken" if unlikely else "kept", True, h)
    gone = next((h for h in candidates if claim.happening and _called_off(h, claim)), None)
    if gone is not None:
        return Resolution(claim, "kept" if unlikely else "broken", False, gone)
    if as_of <= claim.due:
        return Resolution(claim, "open", None)
    if as_of <= claim.due + dt.timedelta(settings.grace) and not unlikely:
        return Resolution(claim, "overdue", None)
    return Resolution(claim, "kept" if unlikely else "broken", False)


def _called_off(h: Happening, claim: Claim) -> bool:
    """Whether a later word within the horizon put the deed off or called it off."""
    return any(
        turn.status in ("cancelled", "postponed", "denied") and claim.made < turn.day <= claim.due
        for turn in h.history
    )


def by_holder(resolutions: Iterable[Resolution]) -> list[Record]:
    """How each holder's claims turned out, those with most resolved claims first."""
    return _records(resolutions, lambda resolution: resolution.claim.holder)


def by_words(resolutions: Iterable[Resolution]) -> list[Record]:
    """The table of reliability: how each wording turned out ('may', 'likely', 'not expected')."""
    return _records(resolutions, lambda resolution: resolution.claim.words.casefold())


def _records(resolutions: Iterable[Resolution], name: Callable[[Resolution], str]) -> list[Record]:
    groups: dict[str, list[Resolution]] = {}
    for resolution in resolutions:
        groups.setdefault(name(resolution), []).append(resolution)
    found = [_record(key, group) for key, group in groups.items()]
    return sorted(found, key=lambda record: (-record.resolved, record.name))


def _record(name: str, group: Sequence[Resolution]) -> Record:
    known = [r for r in group if r.came is not None]
    if not known:
        return Record(name, len(group), 0, None, None, None, None, None)
    n = len(known)
    came = sum(bool(r.came) for r in known) / n
    low, high = wilson(came, n)
    brier = sum(r.brier or 0.0 for r in known) / n
    expected = sum(r.claim.probability for r in known) / n
    return Record(name, len(group), n, expected, came, low, high, brier)


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 95% interval of a share of `n` cases (E. B. Wilson, JASA 22(158), 1927); n at least 1."""
    middle = (share + SURE**2 / (2 * n)) / (1 + SURE**2 / n)
    half = SURE / (1 + SURE**2 / n) * math.sqrt(share * (1 - share) / n + SURE**2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def _claim_key(claim: Claim) -> tuple[dt.date, str, str, str, str]:
    return claim.made, claim.document, claim.holder, claim.claim, claim.words
