"""The settings of the measures, from `knowledge/relations.yaml`: typed, and loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec
from msgspec import Struct

from detente.knowledge.tables import load_yaml


class IndexRules(Struct, frozen=True):
    """How scores become an index; days, points of score, shares from 0 to 1."""

    half_life: float
    horizon: float
    draws: int
    interval: float
    unseen_weight: float
    unseen_spread: float


class ChangeRules(Struct, frozen=True):
    """When a change of the index is one."""

    penalty: float
    shortest: int
    fewest: float
    smallest: float
    before: int
    after: int
    near: float


class AgendaRules(Struct, frozen=True):
    """When an engagement is overdue, in days."""

    grace: int
    undated: int


class ExpectationRules(Struct, frozen=True):
    """When what was expected is kept or broken; days, and a probability."""

    horizon: int
    grace: int
    even: float


class ForecastRules(Struct, frozen=True):
    """What a forecast is made of."""

    slow: float
    fast: float
    prior_days: float
    least_days: int
    least_happenings: int
    ridge: float
    origins: int
    prior: Mapping[str, float]
    bins: int


class Rules(Struct, frozen=True):
    """All settings."""

    counts_as: Mapping[str, str]
    recalled: int
    index: IndexRules
    change_points: ChangeRules
    agenda: AgendaRules
    expectations: ExpectationRules
    forecast: ForecastRules


@cache
def rules() -> Rules:
    """The settings, loaded once."""
    return msgspec.convert(load_yaml("relations.yaml"), Rules)
