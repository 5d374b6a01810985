"""Reads one CAMEO code of an actor: `UKRGOVMIL` is Ukraine, government and military.

Used by `petrarch`. The lists are in knowledge/cameo_actors.yaml. A code says nothing of what the
actor is called or whether it is a person; `petrarch` judges that.
"""

from __future__ import annotations

from msgspec import Struct

from ..knowledge.cameo_actors import cameo_actors
from .own import UNKNOWN, RowError, countries, shorten

# Sectors that stand after the others.
SECOND = frozenset(("OPP", "PRE"))


class Code(Struct, frozen=True):
    """What a code says. `unread` are the parts no list has; `abroad`: a body of no one state.

    `state` is True for a state itself, with nothing said of who in it.
    """

    country: str | None = None
    sectors: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    abroad: bool = False
    state: bool = False
    nothing: bool = False


def read_code(text: str) -> Code:
    """Read a code such as `USAGOV`, `NGOFRA`, `IGOUNO`; for agents without country: `GOVMIL`.

    Raises:
        RowError: no part of it says who is meant, or its first part is in no list.
    """
    code = text.upper()
    facts = cameo_actors()
    if code == facts.no_actor:
        return Code(nothing=True)
    if not code:
        raise RowError("no code between the brackets")
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    country, rest = _leading_country(parts)
    abroad = bool(rest) and country is None and rest[0] in facts.international
    if abroad and rest[0] in facts.of_a_state and len(rest) > 1:
        country = _country(rest[1])
        rest = [rest[0], *rest[2:]] if country else rest
    place = not country and not abroad and rest[0] in facts.regions
    roles = [part for part in rest if part in facts.roles]
    unread = tuple(part for part in rest if not abroad and not _is_listed(part))
    sectors = _sectors(rest, roles)
    if unread and not roles:
        raise RowError(f"no such CAMEO code as {shorten(unread[0])!r} in {shorten(code)!r}")
    if not (country or sectors or place):
        raise RowError(f"CAMEO code {shorten(code)!r} says neither a country nor a sector")
    state = bool(country) and not sectors and not abroad
    return Code(country, sectors or (() if state else UNKNOWN), unread, abroad, state)


def _country(part: str) -> str | None:
    """A state's code; a religion's where the two are the same, after the first place."""
    code = cameo_actors().countries.get(part, part)
    return code if code in countries() and not _is_listed(part) else None


def _leading_country(parts: list[str]) -> tuple[str | None, list[str]]:
    """The state that a code begins with, of two (state and its territory) the second."""
    facts = cameo_actors()
    first = facts.countries.get(parts[0], parts[0])
    if first not in countries():
        return None, parts
    inner = _country(parts[1]) if len(parts) > 1 else None
    return (inner, parts[2:]) if inner else (first, parts[1:])


def _is_listed(part: str) -> bool:
    facts = cameo_actors()
    return (
        part in facts.roles or part in facts.international or part in facts.religions
        or part in facts.attributes or part in facts.regions
    )  # fmt: skip


def _sectors(rest: list[str], roles: list[str]) -> tuple[str, ...]:
    """Sectors of the roles; of a body of no one state its own, of UNK ones those beside.

    A field of work counts only where no organ of state stands beside it.
    """
    facts = cameo_actors()
    if rest and rest[0] in facts.international:
        own = facts.international[rest[0]]
        if own != UNKNOWN or not roles:
            return own
    organ = any(role in facts.field_of for role in roles)
    found: list[str] = []
    for role in roles:
        if not (organ and role in facts.fields):
            found += facts.roles[role]
    if not found and any(part in facts.religions for part in rest):
        found = ["REL"]
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda sector: sector in SECOND))
