"""The agenda: the life of each engagement, from the first word of it to the day it was held.

An engagement is a happening whose act is to meet or talk. Its stages follow from the statuses of
its history: proposed (possible), planned, confirmed (planned, and told again by another document
later), postponed, held, fell through (cancelled or denied); overdue where its days passed and
nobody reported that it was held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from detente.relations.happening import Happening, Turn
from detente.relations.rules import rules

Stage = Literal["proposed", "planned", "confirmed", "postponed", "held", "fell through", "overdue"]
ENGAGING = "CONSULT"
AHEAD: tuple[Stage, ...] = ("proposed", "planned", "confirmed", "postponed", "overdue")


class Step(Struct, frozen=True, order=True):
    """On `day` the engagement came to this stage, by `document` (empty: by the passing of days)."""

    day: dt.date
    stage: Stage
    document: str = ""


class Item(Struct, frozen=True):
    """An engagement with its life; `life` is in order of days, its last stage is `stage`."""

    happening: Happening
    stage: Stage
    life: tuple[Step, ...]

    @property
    def ahead(self) -> bool:
        """Whether it may still come."""
        return self.stage in AHEAD


def agenda(happenings: Iterable[Happening], as_of: dt.date) -> list[Item]:
    """The engagements that were spoken of before they were held, by their days.

    `happenings` are as known on `as_of` (see `happening.known_on`). What was only reported when it
    was over never was on the agenda and is left out.
    """
    items = [engagement(h, as_of) for h in happenings if h.act == ENGAGING and h.history]
    kept = [item for item in items if item.life and _was_ahead(item)]
    return sorted(kept, key=lambda item: (item.happening.day or as_of, item.happening.id))


def _was_ahead(item: Item) -> bool:
    """Whether it was spoken of before it was held, and not first when its days had passed."""
    due = due_day(item.happening)
    first = item.life[0]
    return first.stage != "held" and (item.stage == "held" or due is None or first.day <= due)


def engagement(h: Happening, as_of: dt.date) -> Item:
    """The life of one engagement until a day."""
    life: list[Step] = []
    for turn in h.history:
        stage = _stage(turn, life)
        if stage is not None and (not life or life[-1].stage != stage):
            life.append(Step(turn.day, stage, turn.document))
    due = due_day(h)
    if life and life[-1].stage in AHEAD and life[-1].stage != "postponed":
        late = due + dt.timedelta(1) if due is not None else None
        if late is not None and late <= as_of:
            life.append(Step(max(late, life[-1].day), "overdue"))
    return Item(h, life[-1].stage if life else "fell through", tuple(life))


def due_day(h: Happening) -> dt.date | None:
    """The last day on which an engagement could be held without being overdue.

    None where neither its day nor any report's is known.
    """
    settings = rules().agenda
    if h.end is not None and h.precision != "unknown":
        return h.end + dt.timedelta(settings.grace)
    return h.first + dt.timedelta(settings.undated) if h.first else None


def _stage(turn: Turn, life: list[Step]) -> Stage | None:
    """The stage that a turn brings; None where it changes nothing."""
    before = life[-1].stage if life else None
    if before == "held":
        return None
    if turn.status in ("occurred", "ongoing"):
        return "held"
    if turn.status in ("cancelled", "denied"):
        return "fell through" if life else None
    if turn.status == "postponed":
        return "postponed"
    if turn.status == "planned":
        return _planned(turn, life)
    return "proposed" if before is None else None


def _planned(turn: Turn, life: list[Step]) -> Stage | None:
    before = life[-1] if life else None
    if before is None or before.stage in ("proposed", "postponed", "fell through"):
        return "planned"
    other = turn.document != before.document and turn.day > before.day
    return "confirmed" if before.stage == "planned" and other else None
