"""Loads CAMEO's codes of actors (`cameo_actors.yaml`): states, roles, bodies of no one state.

Used by `actors/cameo_codes.py`, which reads whole codes with it. It leaves out the codes of events
(`ontology.py`).
"""

from __future__ import annotations

from functools import cache

import msgspec
from msgspec import Struct

from .tables import load_yaml


class CameoActors(Struct, frozen=True):
    """The lists of the file, under its own names; sectors are PLOVER's, countries alpha-3."""

    no_actor: str
    countries: dict[str, str]
    regions: frozenset[str]
    international: dict[str, tuple[str, ...]]
    of_a_state: frozenset[str]
    roles: dict[str, tuple[str, ...]]
    fields: frozenset[str]
    field_of: frozenset[str]
    religions: frozenset[str]
    attributes: frozenset[str]


@cache
def cameo_actors() -> CameoActors:
    """Load cameo_actors.yaml."""
    return msgspec.convert(load_yaml("cameo_actors.yaml"), CameoActors)
