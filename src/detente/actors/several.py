"""Sets: 'both sides', 'the two leaders', 'the pair', 'each other', 'the three'.

Used by `reference` and `pronouns`. The set is what stands together nearest ('X and Y'), else a
sentence with just so many that fit, else those that stand out of the story.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..knowledge import actors as known
from .clauses import OBLIQUE, reference_words
from .history import History, Past

# Sentences that are looked at one by one, the nearest first.
SENTENCES = 3
Key = Callable[[Past], "str | None"]


def chains(here: Sequence[Past]) -> list[list[Past]]:
    """The mentions of a sentence that 'and' or commas join: 'Saudi Arabia, Egypt and Bahrain'."""
    found: list[list[Past]] = []
    chain: list[Past] = []
    closed = False
    for past in here:
        joint = _joint(chain[-1], past) if chain else ""
        if chain and joint and not (closed and joint == ","):
            chain.append(past)
            closed = closed or joint == "and"
            continue
        if len(chain) > 1 and closed:
            found.append(chain)
        chain, closed = [past], False
    if len(chain) > 1 and closed:
        found.append(chain)
    return [chain for chain in found if _is_even(chain)]


def _joint(one: Past, two: Past) -> str:
    """'and' or ',' where only that stands between two mentions of one span each; '' if more."""
    if one.first == two.first and one.last == two.last and one.sentence == two.sentence:
        return "and"
    items = two.mention.draft.line.items
    gap = [item for item in items[one.last + 1 : two.first] if item.kind != "article"]
    if any(item.norm in reference_words("possessives") for item in gap):
        gap = [item for item in gap if item.norm not in reference_words("possessives")]
    kinds = [item.kind for item in gap]
    if kinds == ["conj"] or (len(gap) == 2 and kinds == ["mark", "conj"]):
        return "and"
    return "," if len(gap) == 1 and gap[0].first.bare == "," else ""


def _is_even(chain: Sequence[Past]) -> bool:
    """Whether all are of one kind: persons, groups, or states and bodies."""
    if any(past.adjective for past in chain):
        return False
    sorts = {"person" if past.person else "group" if past.plural else "body" for past in chain}
    return len(sorts) == 1 or sorts == {"group", "body"}


class Several:
    """Finds the set that a phrase stands for."""

    def __init__(self, history: History) -> None:
        self.history = history

    def find(
        self, number: int, count: int, kind: str, gender: str = "", barred: object = None
    ) -> list[Past]:
        """The nearest set of so many, before a place in sentence `number`; none if unclear.

        `kind` is that of `set_nouns`: state, side, person or any; `barred` is the actor who does
        something to the set, and so is none of it.
        """

        def but(key: Key) -> Key:
            def fits(past: Past) -> str | None:
                agrees = not gender or past.gender in (gender, "")
                return key(past) if agrees and past.key != barred else None

            return fits

        if kind == "any":
            return self._any(number, count, (but(person_key), but(side_key)))
        if kind == "foe":
            for back in range(SENTENCES + 1):
                here = self.history.of(number - back)
                joined = self._chain(here, count, but(person_key))
                if joined or self._chain(here, count, but(side_key)):
                    return joined or self._chain(here, count, but(side_key))
            kind = "side"
        return self._find(number, count, but(_KEYS[kind]), kind)

    def _any(self, number: int, count: int, keys: Sequence[Key]) -> list[Past]:
        for back in range(SENTENCES + 1):
            here = self.history.of(number - back)
            if _unknown_chain(here, count):
                return []
            for key in keys:
                found = self._chain(here, count, key) or _exactly(here, count, key)
                if found:
                    return found
        return []

    def _find(self, number: int, count: int, key: Key, kind: str) -> list[Past]:
        for back in range(SENTENCES + 1):
            here = self.history.of(number - back)
            if kind == "person" and _unknown_chain(here, count):
                return []
            found = self._chain(here, count, key) or _exactly(here, count, key)
            if found:
                return found
        recent = self.history.since(number - SENTENCES)
        found = _exactly(recent, count, key)
        return found or self.history.leading(number, key, count) or []

    def _chain(self, here: Sequence[Past], count: int, key: Key) -> list[Past]:
        """The chain of so many: one that is a subject first, else the last."""
        fitting = []
        for chain in chains(here):
            distinct = {key(past): past for past in chain}
            if None not in distinct and len(distinct) == count:
                fitting.append(list(distinct.values()))
        subjects = [chain for chain in fitting if chain[0].subject]
        chosen = (subjects or fitting[-1:] or [[]])[0]
        return [] if any(past.silent for past in chosen) else chosen


def _unknown_chain(here: Sequence[Past], count: int) -> bool:
    """Whether so many stand together, of whom one is nobody that is known."""
    return any(
        len({past.key for past in chain}) == count and any(past.silent for past in chain)
        for chain in chains(here)
        if chain[0].person
    )


def _exactly(here: Sequence[Past], count: int, key: Key) -> list[Past]:
    """All that fit, where they are just so many."""
    distinct: dict[str, Past] = {}
    for past in here:
        name = key(past)
        if name is not None and not _is_apart(past):
            distinct[name] = past
    if len(distinct) != count or any(past.silent for past in distinct.values()):
        return []
    return list(distinct.values())


def _is_apart(past: Past) -> bool:
    """Whether a person only stands in a phrase: 'a letter from the president'."""
    if past.role != OBLIQUE or not past.person or past.first == 0:
        return False
    items = past.mention.draft.line.items
    at = past.first - 1
    while at > 0 and items[at].kind in ("article", "honorific"):
        at -= 1
    return items[at].norm not in reference_words("together")


def person_key(past: Past) -> str | None:
    """What makes a person one of a set: the name, or the office of a state."""
    if not past.person or not past.known:
        return None
    return past.actor.name or f"{past.actor.country} {past.actor.office}"


def state_key(past: Past) -> str | None:
    """The state of a mention, but of a place where something is, and of rebels, none."""
    actor = past.actor
    if not actor.country or past.silent or is_place(past):
        return None
    if past.kind in ("group", "body") and reference_words("fighter_sectors") & set(actor.sectors):
        return None
    return actor.country


def side_key(past: Past) -> str | None:
    """A state, or a named body or group of no government."""
    actor = past.actor
    if (
        past.kind in ("group", "body")
        and actor.name
        and not past.plural
        and (not actor.country or reference_words("fighter_sectors") & set(actor.sectors))
    ):
        return actor.name
    return state_key(past)


def is_place(past: Past) -> bool:
    """Whether the mention is only where something is: 'in Sweden'."""
    if past.kind not in ("state", "seat") or past.role != OBLIQUE or past.first == 0:
        return False
    items = past.mention.draft.line.items
    at = past.first - 1
    while at > 0 and items[at].kind in ("article", "direction"):
        at -= 1
    return items[at].norm in reference_words("places")


def body_key(past: Past) -> str | None:
    """A named body or group."""
    named = past.kind in ("group", "body") and not past.plural and not past.silent
    return past.actor.name if named else None


_KEYS: dict[str, Key] = {
    "body": body_key,
    "person": person_key,
    "state": state_key,
    "side": side_key,
}


def set_of(noun: str) -> str:
    """The kind of set that a noun is of: 'state', 'side', 'person', 'any' or ''."""
    table = known.references()["set_nouns"]
    return next((kind for kind, nouns in table.items() if noun in nouns), "")
