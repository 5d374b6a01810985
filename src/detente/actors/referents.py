"""What sets and descriptions stand for: 'the two leaders', 'each other', 'its neighbour'.

Used by `reference`, which finds such words (`pointing`) and keeps what they stand for.
"""

from __future__ import annotations

from collections.abc import Sequence

from .antecedents import Antecedents
from .clauses import SUBJECT, Clauses
from .descriptions import Descriptions
from .history import History, Past
from .pointing import Pointer
from .pronouns import Pronouns
from .segment import Item
from .several import Several, chains


class Referents:
    """Resolves the pointers of a line that are no pronouns. `enter` begins a line."""

    def __init__(
        self, history: History, antecedents: Antecedents, descriptions: Descriptions
    ) -> None:
        self.history = history
        self.antecedents = antecedents
        self.descriptions = descriptions
        self.pronouns = Pronouns(antecedents)
        self.several = Several(history)
        self.number = 0

    def enter(self, number: int, clauses: Clauses) -> None:
        """Begin a line."""
        self.number = number
        self.clauses = clauses
        self.items: list[Item] = clauses.items

    def of(self, pointer: Pointer, upcoming: Sequence[Past]) -> list[Past]:
        """The antecedents of a pointer that is no pronoun; none where that is not clear.

        `upcoming` are the mentions of its line, those after it too.
        """
        index = pointer.first
        if pointer.kind == "relative":
            return self.pronouns.relative(index)
        if pointer.kind == "set":
            return self._set(pointer, upcoming)
        if pointer.kind == "reciprocal":
            return self._each_other(index)
        if pointer.kind in ("other", "own"):
            return self._other(pointer)
        past: Past | None
        if pointer.kind == "latter":
            past = self._latter(index)
        elif pointer.kind == "state":
            past = self.descriptions.state(self.number, pointer.sort)
        elif pointer.kind == "body":
            past = self.descriptions.body(self.number, pointer.noun)
        else:
            past = self.descriptions.epithet(self.items[index].of("epithet")[0].record)
        return [past] if past else []

    def _set(self, pointer: Pointer, upcoming: Sequence[Past]) -> list[Past]:
        """'the two leaders': who stand beside it in commas, else the set that was named last."""
        after = self._beside(pointer, upcoming)
        role = self.clauses.role(pointer.first, pointer.last)
        own = self.antecedents.subject_of(pointer.first) if role != SUBJECT else None
        found = after or self.several.find(
            self.number, pointer.count, pointer.sort, pointer.gender, own.key if own else None
        )
        if len(found) < pointer.count or any(past.silent for past in found):
            return []
        whole = pointer.sort == "foe" and all(past.person for past in found)
        return (
            found if whole or pointer.sort in ("person", "any", "body") else self._as_states(found)
        )

    def _as_states(self, pasts: Sequence[Past]) -> list[Past]:
        found = []
        for past in pasts:
            rebels = past.kind in ("group", "body") and past.actor.name and not past.plural
            state = past if rebels else self.descriptions.as_state(past)
            if state is not None:
                found.append(state)
        return found

    def _beside(self, pointer: Pointer, upcoming: Sequence[Past]) -> list[Past]:
        """'the two ministers, X and Y': the persons right after the comma."""
        after = pointer.last + 1
        if after >= len(self.items) or self.items[after].first.bare != ",":
            return []
        for chain in chains([past for past in upcoming if past.first > pointer.last]):
            if chain[0].first == after + 1 and len(chain) == pointer.count:
                return chain
        return []

    def _each_other(self, index: int) -> list[Past]:
        """'each other': those who do it to each other."""
        here = self.antecedents.here
        start = self.clauses.start(index)
        own = self.antecedents.subject_of(index)
        if own is not None:
            same = [past for past in here if (past.first, past.last) == (own.first, own.last)]
            if len(same) == 2:
                return same
        for chain in reversed(chains(here)):
            if len(chain) == 2 and chain[0].subject and chain[-1].last >= start:
                return chain
        if own is not None:
            return next((c for c in chains(here) if own in c and len(c) == 2), [])
        return []

    def _other(self, pointer: Pointer) -> list[Past]:
        """'its neighbour', 'his host': of the two that stand out, the one it is not."""
        here = [past for past in self.antecedents.here if past.last == pointer.count]
        if not here or here[0].silent:
            return []
        own = here[0]
        if pointer.kind == "own":
            return self._as_states(here)
        if pointer.sort == "state":
            other = self.descriptions.other_state(self.number, own.actor.country or "")
            return [other] if other else []
        near = self.history.since(self.number - 1)
        persons = {past.key: past for past in near if past.person}
        persons.pop(own.key, None)
        found = list(persons.values())
        return found if len(found) == 1 and found[0].known and not found[0].silent else []

    def _latter(self, index: int) -> Past | None:
        """'the latter': of the two last, the later; not the subject of its own clause."""
        here = [past for past in self.history.since(self.number - 1) if not past.silent]
        if not here:
            return None
        last = here[-1]
        own = self.antecedents.subject_of(index)
        if own is not None and own.key == last.key:
            others = [past for past in here if past.key != last.key and past.kind == last.kind]
            return others[-1] if others else None
        return last
