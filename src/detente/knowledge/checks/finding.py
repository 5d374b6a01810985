"""What a check reports, and the rules it can report: the words stand in `checks.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec
from msgspec import Struct

from detente.knowledge.tables import load_yaml

Level = Literal["error", "warning"]


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule: how serious it is to break it, and what it asks, in one line."""

    level: Level
    about: str


class Accepted(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding that is right as it stands: rival governments, namesakes."""

    rule: str
    what: str
    why: str


class Facts(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `checks.yaml`."""

    rules: dict[str, Rule]
    single_levels: frozenset[str]
    single_offices: frozenset[str]
    shared_offices: frozenset[str]
    accepted: tuple[Accepted, ...]
    act_flags: frozenset[str]
    irregular_forms: dict[str, str]


class Finding(Struct, frozen=True, order=True):
    """One thing that is wrong. `line` counts from 1; `subject` names what it is about, if known."""

    file: str
    line: int
    rule: str
    message: str
    subject: str = ""

    @property
    def level(self) -> Level:
        """Error or warning, as `checks.yaml` has it."""
        return rules()[self.rule].level


@cache
def facts() -> Facts:
    """Load `checks.yaml`."""
    return msgspec.convert(load_yaml("checks.yaml"), Facts)


def rules() -> dict[str, Rule]:
    """The rules by name, in the order of `checks.yaml`."""
    return facts().rules


def is_accepted(finding: Finding) -> bool:
    """Whether `checks.yaml` says that this one is right as it stands."""
    return any(
        entry.rule == finding.rule and entry.what == finding.subject for entry in facts().accepted
    )
