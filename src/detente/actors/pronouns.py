"""Whom a pronoun stands for: he and she, it, they, who; nobody where that is not clear.

Used by `reference`. `antecedents` weighs the candidates; here is what they must be, and which
words stand for nothing ('it rained', 'it is likely that').
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from ..knowledge import actors as known
from .antecedents import Antecedents, Candidate
from .clauses import OBJECT, is_verb, reference_words
from .draft import words
from .history import Past
from .segment import Item
from .several import chains

# What closes a noun phrase, so that 'her' before it is an object.
_CLOSES = frozenset(("mark", "prep", "conj", "article", "calendar", "function", "speech"))


_AMOUNTS = frozenset(("mark", "number", "quantity"))


class Pronouns:
    """Resolves the pronouns of a line against the antecedents in reach."""

    def __init__(self, antecedents: Antecedents) -> None:
        self.all = antecedents

    def is_person(self, index: int) -> bool:
        """Whether the pronoun is 'he' or 'she' in any form."""
        return known.grammar()["pronouns"][self.items[index].norm] in ("m", "f")

    def resolve(self, index: int, barred: AbstractSet[object] = frozenset()) -> list[Past]:
        """The antecedents of the pronoun at an item: one, several for 'they', or none.

        `barred` are the keys of those it cannot be: who speaks, where it stands in a quotation.
        """
        kind = known.grammar()["pronouns"][self.items[index].norm]
        if kind in ("m", "f"):
            found = self._person(index, kind, barred)
            return [found] if found else []
        if kind == "n":
            found = self._thing(index)
            return [found] if found else []
        return self._plural(index)

    def relative(self, index: int) -> list[Past]:
        """'who', 'whose', 'which': the mention right before."""
        head = self.all.head(index)
        if head is None or head.silent or head.adjective:
            return []
        must = known.references()["relatives"][self.items[index].norm]
        if must == "person" and not (head.person or head.plural or head.kind == "group"):
            return []
        if must == "thing" and (head.person or not head.thing):
            return []
        return [head] if self._is_known(head) else []

    @property
    def items(self) -> list[Item]:
        """The items of the line."""
        return self.all.items

    def is_possessive(self, index: int) -> bool:
        """Whether the pronoun is somebody's: 'his', 'their', 'her' before a noun."""
        word = self.items[index].norm
        if word == "her":
            after = self.items[index + 1] if index + 1 < len(self.items) else None
            return after is not None and after.kind not in _CLOSES
        return word in words("possessive_pronouns")

    def _is_object(self, index: int) -> bool:
        word = self.items[index].norm
        return word in words("object_pronouns") or (word == "her" and not self.is_possessive(index))

    def _barred(self, index: int) -> set[object]:
        """Who it cannot be: the subject of its own clause, the one of whom a clause tells."""
        barred: set[object] = set()
        start = self.all.clauses.start(index)
        bare_it = self.items[index].norm == "it" and not self._is_clause_subject(index)
        if self._is_object(index) or bare_it:
            own = self.all.controller(index) or self.all.subject_of(index)
            if own is not None and not self._is_among(index):
                barred.add(own.key)
        relative = self.all.clauses.is_relative(start)
        if relative and index == start + 1 and not self.is_possessive(index):
            head = self.all.head(start)
            if head is not None:
                barred.add(head.key)
        return barred

    def _is_among(self, index: int) -> bool:
        """'between them': also the subject's."""
        return (
            self.items[index].norm == "them"
            and index > 0
            and (self.items[index - 1].norm in ("between", "among"))
        )

    # --- he, she -----------------------------------------------------------------------------

    def _person(self, index: int, gender: str, quoted: AbstractSet[object]) -> Past | None:
        barred = self._barred(index) | quoted
        if self.items[index].norm in words("reflexive_pronouns"):
            own = self.all.subject_of(index)
            fits = own is not None and own.person and own.gender in (gender, "")
            return own if fits and self._is_known(own) else None

        def fits_gender(past: Past) -> bool:
            return past.person and past.gender in (gender, "") and past.key not in barred

        pasts = self.all.reach(fits_gender)
        if self._is_at_once(index, pasts):
            return None
        best = self.all.best([self._one(past, index) for past in pasts])
        return best.pasts[0] if best and self._is_known(best.pasts[0]) else None

    def _one(self, past: Past, index: int) -> Candidate:
        subject = not self.is_possessive(index) and not self._is_object(index)
        score = self.all.weigh(past, index, subject=subject, possessive=self.is_possessive(index))
        weights = self.all.weights
        if past.actor.name is None and past.kind == "group":
            score += weights["unnamed"]
        if past.gender and past.person:
            score += weights["woman_known" if past.gender == "f" else "gender_known"]
        if self._is_object(index) and past.role == OBJECT and past.sentence >= self.all.number - 1:
            score += weights["parallel_object"]
        if past.thing and past.kind in ("state", "seat"):
            score += weights["state"]
        return Candidate([past], score)

    def _is_at_once(self, index: int, pasts: Sequence[Past]) -> bool:
        """'X embraced Y as he left': two of the clause before fit equally."""
        start = self.all.clauses.start(index)
        if index != start + 1 or self.items[start].norm not in reference_words("at_once"):
            return False
        keys = {past.key for past in pasts if past.sentence == self.all.number}
        return start > 0 and len(keys) > 1

    def _is_known(self, past: Past | None) -> bool:
        return past is not None and past.known and not past.silent

    # --- it ----------------------------------------------------------------------------------

    def _thing(self, index: int) -> Past | None:
        word = self.items[index].norm
        if word in words("reflexive_pronouns"):
            own = self.all.subject_of(index)
            return own if own is not None and own.thing else None
        if word != "its" and not self._is_actor(index):
            return None
        barred = self._barred(index)
        governing = self.all.governing(index)
        if governing is not None and word == "it" and self._is_clause_subject(index):
            return governing if governing.thing and self._is_known(governing) else None
        pasts = self.all.reach(lambda past: past.thing and past.key not in barred)
        near = [past for past in pasts if past.sentence >= self.all.number - 1]
        if word == "it" and not self._is_clear(index, near):
            return None
        best = self.all.best([self._one(past, index) for past in near])
        return best.pasts[0] if best and self._is_known(best.pasts[0]) else None

    def _is_clear(self, index: int, near: Sequence[Past]) -> bool:
        """Whether 'it' has its antecedent as a subject just before, or the only one of all."""
        if not self._is_clause_subject(index):
            return True
        start = self.all.clauses.start(index)
        if start == 0:
            before = [p for p in self.all.history.of(self.all.number - 1) if p.subject]
            return bool(before) and before[0].thing
        subject = self.all._subject(self.all.clauses.before(start), start, 2)
        if subject is not None and subject.thing:
            return True
        return len({past.key for past in near if past.sentence == self.all.number}) == 1 and (
            self.items[start].norm in ("whether", "if", "what", "how")
        )  # fmt: skip

    def _is_clause_subject(self, index: int) -> bool:
        return index + 1 < len(self.items) and is_verb(self.items, self._verb_after(index))

    def _verb_after(self, index: int) -> int:
        at = index + 1
        while at < len(self.items) and self.items[at].norm in reference_words("between"):
            at += 1
        return at

    def _is_actor(self, index: int) -> bool:
        """Whether 'it' can be somebody here: not the weather, the hour or a fact."""
        before = self.items[index - 1] if index else None
        if before is not None and index and not self._is_clause_subject(index):
            word = before.norm
            if word in reference_words("actor_prepositions"):
                return True
            if word in reference_words("tie_prepositions") and index > 1:
                return self.items[index - 2].norm in reference_words("tie_nouns")
            return word in reference_words("actor_verbs")
        at = self._verb_after(index)
        auxiliary = False
        while at < len(self.items) and (
            self.items[at].norm in reference_words("auxiliaries")
            or self.items[at].norm in reference_words("between")
        ):
            auxiliary = True
            at += 1
        if at >= len(self.items) or self.items[at].kind in ("mark", "number", "quantity"):
            return False
        word = self.items[at].norm
        if word in reference_words("be"):
            return self._is_state_of_actor(at + 1)
        if word in reference_words("fact_verbs"):
            after = self.items[at + 1] if at + 1 < len(self.items) else None
            if word not in reference_words("doing_verbs") or after is None:
                return False
            governing = self.all.governing(index)
            if governing is not None and governing.thing and after.kind not in _AMOUNTS:
                return after.norm not in reference_words("time_nouns")
            return after.norm in reference_words("doing_objects")
        return auxiliary or is_verb(self.items, at)

    def _is_state_of_actor(self, at: int) -> bool:
        """What follows 'it is': 'ready', 'bound', a participle that is no statement of fact."""
        while at < len(self.items) and (
            self.items[at].norm in reference_words("between")
            or self.items[at].norm in reference_words("be")
        ):
            at += 1
        if at >= len(self.items):
            return False
        word = self.items[at].norm
        if word in reference_words("states_of_actors"):
            return True
        participle = self.items[at].kind in ("word", "speech") and (
            word.endswith("ed") or word in words("irregular_pasts")
        )
        return participle and word not in reference_words("fact_participles")

    # --- they --------------------------------------------------------------------------------

    def _plural(self, index: int) -> list[Past]:
        barred = self._barred(index)
        possessive = self.is_possessive(index)
        reflexive = self.items[index].norm in words("reflexive_pronouns")
        subject = not possessive and self.items[index].norm != "them"
        candidates = []
        joined = [
            chain
            for number in range(max(0, self.all.number - 2), self.all.number + 1)
            for chain in chains(self.all.history.of(number))
        ]
        inside = {id(past) for chain in joined for past in chain}
        for past in self.all.reach(lambda p: self._is_several(p) and p.key not in barred):
            if id(past) in inside:
                continue
            score = self.all.weigh(past, index, subject=subject, possessive=possessive)
            if past.sentence == self.all.number and self._is_addressee(past, index):
                score += self.all.weights["addressee"]
            candidates.append(Candidate([past], score))
        for chain in joined:
            if self.items[index].norm == "them" and chain[0].key in barred:
                continue
            score = self.all.weigh(chain[0], index, subject=subject, possessive=possessive)
            candidates.append(Candidate(chain, score))
        if reflexive:
            start = self.all.clauses.start(index)
            candidates = [
                c for c in candidates
                if c.pasts[0].sentence == self.all.number and c.pasts[-1].last >= start
            ]  # fmt: skip
        best = self.all.best(candidates, "margin_plural")
        if best is None:
            return [] if candidates else self._two(index)
        return best.pasts if all(self._is_known(past) for past in best.pasts) else []

    def _is_addressee(self, past: Past, index: int) -> bool:
        """'Xi told farmers that they': who is told, right before what is said."""
        start = self.all.clauses.start(index)
        return past.role == OBJECT and past.last == start - 1

    def _is_several(self, past: Past) -> bool:
        if past.kind == "group" and past.mention.draft.shape in ("group", "body"):
            owner = past.mention.draft.owner
            if owner is not None and not past.mention.draft.nouns:
                return True
        return past.plural

    def _two(self, index: int) -> list[Past]:
        """'They', after a sentence about two persons: both."""
        if self.all.clauses.start(index) != 0 and self.items[index].norm != "them":
            return []
        before = self.all.history.of(self.all.number - 1)
        persons = {past.key: past for past in before if past.person}
        if len(persons) != 2 or any(past.silent for past in persons.values()):
            return []
        return list(persons.values()) if next(iter(persons.values())).subject else []
