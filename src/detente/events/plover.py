"""PLOVER's rules for deeds not (yet) done: what a deed and its reality are written as.

'The minister will visit Oslo' is a visit (`act` CONSULT) and written AGREE; 'refused to meet' is
REJECT. The table is `knowledge/derived_types.tsv`.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from detente.events.status import Reality
from detente.knowledge.acts import Sense
from detente.knowledge.tables import rows
from detente.model import Status

FUTURE: tuple[Status, ...] = ("planned", "possible", "hypothetical")


class Coded(Struct, frozen=True):
    """What is written of a deed: PLOVER type and mode, the deed itself, CAMEO code, status."""

    type: str
    mode: str | None
    act: str
    cameo: str
    status: Status


@cache
def _table() -> dict[tuple[str, str], tuple[str, str, str]]:
    return {
        (row["act"], row["case"]): (row["type"], row["mode"], row["cameo"])
        for row in rows("derived_types.tsv")
    }


def derive(sense: Sense, real: Reality) -> Coded | None:
    """What to write of a deed, or None where it is not to be written."""
    status = real.status
    if status is None:
        return None
    if real.effect is not None:
        return _by_operator(sense, real.effect, status)
    if status in FUTURE and not real.alleged:
        return _derived(sense, "future", sense.type, status)
    if status == "cancelled":
        return _derived(sense, "cancelled", sense.type, status)
    return Coded(sense.type, sense.mode, sense.type, sense.cameo, status)


def _by_operator(sense: Sense, effect: str, status: Status) -> Coded | None:
    """'agreed to', 'refused to', 'threatened to': the governing word is the deed."""
    coded = _derived(sense, effect, "", status)
    if coded is None:
        return None
    if coded.type == sense.type and effect == "agree":
        return Coded(coded.type, coded.mode, sense.type, coded.cameo, status)
    return Coded(coded.type, coded.mode, coded.type, coded.cameo, status)


def _derived(sense: Sense, case: str, act: str, status: Status) -> Coded | None:
    found = _table().get((sense.type, case)) or _table().get(("*", case))
    if found is None:
        return None
    type_, mode, cameo = found
    return Coded(
        sense.type if type_ == "=" else type_,
        sense.mode if mode == "=" else mode or None,
        act,
        sense.cameo if cameo == "=" else cameo,
        status,
    )
