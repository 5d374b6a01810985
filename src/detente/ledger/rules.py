"""What `knowledge/families.yaml`, `incidents.yaml` and `tolls.yaml` say, as typed records.

Read by every step of the ledger that has to decide; loaded once.
"""

from __future__ import annotations

from functools import cache

import msgspec
from msgspec import Struct

from detente.knowledge.tables import load_yaml


class Bands(Struct, frozen=True):
    """How a MinHash is cut into keys: `bands` keys of `rows` values each."""

    rows: int
    bands: int


class KeyDays(Struct, frozen=True):
    """Days between two copies, at most, by the kind of key they share; 0 for any number."""

    shingles: int
    sentences: int
    salient: int


class Reworded(Struct, frozen=True):
    """What a reworded or machine-translated copy has in common with the other, at least."""

    stems: float
    names: float
    figures: float
    together: float
    length: float
    least_names: int


class FamilyRules(Struct, frozen=True):
    """When two documents are copies of one text."""

    shingle: int
    sentence: int
    quote: int
    stem: int
    shingle_bands: Bands
    salient_bands: Bands
    sentences: int
    days: KeyDays
    copied: float
    form_figures: float
    form_least: int
    least_shingles: int
    reworded: Reworded


class Window(Struct, frozen=True):
    """How deeds of one class stand in time, in days."""

    acts: tuple[str, ...]
    slip: int
    lag: int
    recall: int
    ahead: int
    redate: int


class Weights(Struct, frozen=True):
    """What speaks for two reports' being one happening, and how loudly."""

    same_day: float
    day_apart: float
    within: float
    same_issue: float
    near_issue: float
    recalled: float
    fulfils: float
    dated_plan: float
    redated: float
    person: float
    body: float
    town: float
    toll: float
    words: float
    mode: float


class IncidentRules(Struct, frozen=True):
    """When two reports tell of one happening."""

    classes: dict[str, Window]
    undirected: frozenset[str]
    phases: dict[str, frozenset[str]]
    stated_days: int
    weights: Weights
    enough: float
    apart: float
    further_family: float
    most: float
    subset: float

    def window(self, act: str) -> Window:
        """The window of an act; that of measures for an act of the user's own."""
        return next((w for w in self.classes.values() if act in w.acts), self.classes["done"])


class TollRules(Struct, frozen=True):
    """Words that count the dead and wounded."""

    killed: tuple[str, ...]
    wounded: tuple[str, ...]
    detained: tuple[str, ...]
    missing: tuple[str, ...]
    reach: int
    numbers: dict[str, int]
    units: frozenset[str]


@cache
def family_rules() -> FamilyRules:
    """What `knowledge/families.yaml` says."""
    return msgspec.convert(load_yaml("families.yaml"), FamilyRules)


@cache
def incident_rules() -> IncidentRules:
    """What `knowledge/incidents.yaml` says."""
    return msgspec.convert(load_yaml("incidents.yaml"), IncidentRules)


@cache
def toll_rules() -> TollRules:
    """What `knowledge/tolls.yaml` says."""
    return msgspec.convert(load_yaml("tolls.yaml"), TollRules)
