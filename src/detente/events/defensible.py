"""Which deeds are not written: those that a careful reader could not defend from the sentence.

Comes after `participants`; feeds `find`. Leaves the doubtful to `confidence`.
"""

from __future__ import annotations

from functools import cache

from detente.events.participants import Participants
from detente.events.plover import Coded
from detente.knowledge.acts import Sense
from detente.knowledge.tables import load_yaml
from detente.model import Actor


@cache
def _political() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(sectors) for name, sectors in load_yaml("political_sectors.yaml").items()
    }


def defensible(sense: Sense, coded: Coded, who: Participants) -> bool:
    """Whether these participants can have this deed between them."""
    if not _is_named(who.source) or (who.target and not _is_named(who.target)):
        return False
    if who.reciprocal:
        return len({_side(actor) for actor in who.source}) > 1
    if not who.target:
        return "noactor" in sense.flags and any(_acts_for_state(a) for a in who.source)
    if who.directness < 1 and not any(_acts_for_state(actor) for actor in who.source):
        return False
    return any(
        _pair_is_political(source, target, sense) for source in who.source for target in who.target
    )


def _side(actor: Actor) -> str:
    return actor.country or actor.name or actor.text.lower()


def _is_named(actors: tuple[Actor, ...]) -> bool:
    return any(actor.country or actor.name for actor in actors)


def _acts_for_state(actor: Actor) -> bool:
    return bool(set(actor.sectors) & _political()["actors"])


def _pair_is_political(source: Actor, target: Actor, sense: Sense) -> bool:
    """Across states nearly everything counts; inside one state only what politics does."""
    known = source.country is not None or target.country is not None
    if source.country != target.country and known:
        return bool((set(source.sectors) | set(target.sectors)) & _political()["actors"])
    if _is_whole_state(source) and _is_whole_state(target):
        return False
    kinds = _political()["actors"] | _political()["movements"]
    ordinary_justice = sense.mode in ("convict", "arrest", "investigate") or sense.type == "ACCUSE"
    if ordinary_justice:
        return bool(set(target.sectors) & _political()["persecuted"])
    return bool(set(source.sectors) & kinds) and set(source.sectors) != set(target.sectors)


def _is_whole_state(actor: Actor) -> bool:
    return actor.kind in ("state", "seat")
