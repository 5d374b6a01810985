"""The ontology: PLOVER's types, modes, scores, contexts and sectors, and CAMEO both ways.

Everyone who writes, reads or converts rows asks here what a code means. The facts stand in
`plover.yaml` and `cameo.tsv`; this module only loads them. Left out: which words are which deed
(`acts.py`), and what a deed still to come is written as (`derived_types.tsv`).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct

from detente.knowledge.tables import KnowledgeError, load_yaml, rows, values


class Mode(Struct, frozen=True):
    """How a deed of some type is done. `score` runs from -10 (conflict) to +10 (cooperation)."""

    name: str
    score: float
    cameo: str


class EventType(Struct, frozen=True):
    """One of PLOVER's sixteen types. `quad` is 1 to 4; `score` as in `Mode`."""

    name: str
    quad: int
    score: float
    cameo: str
    about: str
    modes: tuple[Mode, ...]

    def mode(self, name: str) -> Mode:
        """The mode of that name.

        Raises:
            KnowledgeError: this type has no such mode.
        """
        for mode in self.modes:
            if mode.name == name:
                return mode
        known = ", ".join(mode.name for mode in self.modes) or "none"
        raise KnowledgeError(f"{self.name} has no mode '{name}'; its modes: {known}")


class CameoCode(Struct, frozen=True):
    """A CAMEO code and its meaning in PLOVER; `type` is None for mere statements (01x)."""

    code: str
    label: str
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]


@cache
def _plover() -> dict[str, Any]:
    plover: dict[str, Any] = load_yaml("plover.yaml")
    return plover


@cache
def event_types() -> dict[str, EventType]:
    """The sixteen types by name, in the manual's order."""
    return {name: _event_type(name, entry) for name, entry in _plover()["types"].items()}


def _event_type(name: str, entry: dict[str, Any]) -> EventType:
    modes = tuple(
        Mode(mode, float(facts["score"]), facts["cameo"]) for mode, facts in entry["modes"].items()
    )
    return EventType(
        name, entry["quad"], float(entry["score"]), entry["cameo"], entry["about"], modes
    )


def event_type(name: str) -> EventType:
    """The type of that name, e.g. `event_type("CONSULT")`.

    Raises:
        KnowledgeError: PLOVER has no such type.
    """
    found = event_types().get(name)
    if found is None:
        raise KnowledgeError(f"no event type '{name}'; the types: {', '.join(event_types())}")
    return found


def quad(type_: str) -> int:
    """The quadrant of a type: 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict."""
    return event_type(type_).quad


@cache
def quads() -> dict[int, str]:
    """The four quadrants and their names."""
    return {int(number): str(label) for number, label in _plover()["quads"].items()}


def score(type_: str, mode: str | None = None) -> float:
    """PLOVER's score of a type, or of its mode where one is given: -10 to +10."""
    found = event_type(type_)
    return found.score if mode is None else found.mode(mode).score


@cache
def contexts() -> tuple[str, ...]:
    """PLOVER's contexts, in the manual's order."""
    return tuple(_plover()["contexts"])


@cache
def sectors() -> dict[str, str]:
    """The sectors of actors and what each stands for."""
    return dict(_plover()["sectors"])


@cache
def cameo_codes() -> dict[str, CameoCode]:
    """All CAMEO codes of two to four digits, in order of the table."""
    return {row["code"]: _cameo_code(row) for row in rows("cameo.tsv")}


def _cameo_code(row: dict[str, str]) -> CameoCode:
    return CameoCode(
        row["code"],
        row["label"],
        row["type"] or None,
        row["mode"] or None,
        values(row["contexts"]),
    )


def cameo_to_plover(code: str) -> CameoCode:
    """What a CAMEO code is in PLOVER, by the project's own conversion (see `cameo.tsv`).

    Raises:
        KnowledgeError: CAMEO has no such code.
    """
    found = cameo_codes().get(code)
    if found is None:
        raise KnowledgeError(
            f"no CAMEO code '{code}'; codes have 2 to 4 digits, the first two from 01 to 20"
        )
    return found


def plover_to_cameo(type_: str, mode: str | None = None) -> str:
    """The CAMEO code closest to a type, or to its mode where one is given."""
    found = event_type(type_)
    return found.cameo if mode is None else found.mode(mode).cameo
