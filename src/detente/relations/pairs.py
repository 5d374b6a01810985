"""Which states a user means: names, adjectives, codes and groups, with 'did you mean'."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from functools import cache

from detente.knowledge.places import nationalities, straight
from detente.knowledge.tables import load_yaml, rows
from detente.model import InputError

CLOSE = 0.7


@cache
def codes() -> dict[str, str]:
    """ISO 3166-1 alpha-3 codes to names; of a code with several rows, the last one's name."""
    return {row["code"]: row["name"] for row in rows("countries.tsv")}


@cache
def _forms() -> dict[str, str]:
    """Every name, adjective and code in lower case, to the code."""
    forms = {form.casefold(): code for form, code in nationalities().items()}
    return forms | {code.casefold(): code for code in codes()}


@cache
def groups() -> Mapping[str, tuple[str, ...]]:
    """The groups of `knowledge/state_groups.yaml`, by name in lower case, to their members."""
    raw = load_yaml("state_groups.yaml")
    return {str(name).casefold(): tuple(members) for name, members in raw.items()}


def state(text: str) -> str:
    """The code of a state given as code, name or adjective: `state("China") == "CHN"`.

    Raises:
        InputError: no state is called so; the nearest names are proposed.
    """
    form = straight(" ".join(text.split())).casefold()
    found = _forms().get(form)
    if found is None:
        raise InputError(f"no country '{text}'; {_proposal(form, list(_forms()))}")
    return found


def group(text: str) -> tuple[str, ...]:
    """The codes of the members of a group of states, e.g. `group("G7")`.

    Raises:
        InputError: no group is called so.
    """
    form = " ".join(text.split()).casefold()
    found = groups().get(form)
    if found is None:
        raise InputError(f"no group '{text}'; {_proposal(form, list(groups()))}")
    return found


def pair(texts: Sequence[str]) -> tuple[str, str]:
    """The codes of two different states.

    Raises:
        InputError: an unknown state, the same one twice, or not two of them.
    """
    if len(texts) != 2:
        raise InputError(f"a pair is two countries and not {len(texts)}; give two, as USA CHN")
    one, other = state(texts[0]), state(texts[1])
    if one == other:
        raise InputError(f"'{texts[0]}' and '{texts[1]}' are the same state ({one}); give two")
    return one, other


def name_of(code: str) -> str:
    """The name of a state, or the code itself where it has none."""
    return codes().get(code, code)


def _proposal(form: str, known: list[str]) -> str:
    near = difflib.get_close_matches(form, known, n=3, cutoff=CLOSE)
    named = list(dict.fromkeys(_shown(match) for match in near))
    if not named:
        return "give a name or an ISO 3166-1 code of three letters, as CHN"
    return f"did you mean {' or '.join(named)}?"


def _shown(form: str) -> str:
    code = _forms().get(form)
    return f"{name_of(code)} ({code})" if code else form.upper()
