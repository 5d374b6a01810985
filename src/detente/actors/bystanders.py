"""Who and what else a sentence names: rivals of the actors for being what a pronoun stands for.

Names that nothing is known of, and plain plural nouns ('three missiles'). They are no actors, and
a pronoun that may be theirs is left alone. Used by `reference` as it goes through the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from ..knowledge import actors as known
from ..model import Actor
from .clauses import is_verb, reference_words
from .draft import Draft
from .segment import Item, Line, opens
from .settle import Mention

_NAMED = frozenset(("name", "family", "particle"))
_PLURALS = frozenset(("word", "sector"))
_PERSONS = frozenset(("name", "family", "person"))
_BEFORE_PLURAL = frozenset(("article", "quantity", "number", "modifier", "prep", "adjective"))


class Bystanders:
    """Finds the bystanders of each line, and remembers their names over the story."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def find(self, line: Line, taken: Iterable[tuple[int, int]]) -> list[Mention]:
        """The bystanders of a line, outside the stretches (in characters) that are taken."""
        spans = list(taken)
        found: list[Mention] = []
        at, items = 0, line.items
        irregular = irregular_plurals()
        while at < len(items):
            item = items[at]
            named = item.kind in _NAMED
            if not named and (
                item.kind not in _PLURALS or (item.norm[-1] != "s" and item.norm not in irregular)
            ):
                at += 1
                continue
            if any(a <= item.first.start < b for a, b in spans):
                at += 1
                continue
            end = _name_end(items, at, spans)
            mention = self._name(line, at, end) if end > at else None
            if mention is not None:
                found.append(mention)
            elif end == at and _is_plural_noun(line, at):
                found.append(_bystander(line, at, at, None, "", True))
            at = max(end, at + 1)
        return found

    def _name(self, line: Line, start: int, end: int) -> Mention | None:
        """A personal name: of two words, or one that the story gave in full before."""
        parts = [token.bare for token in line.tokens[line.items[start].i : line.items[end - 1].j]]
        last = parts[-1].lower()
        gender = gender_of_name(parts[0])
        if len(parts) == 1:
            full = self.names.get(last)
            if not full:
                return None
            return _bystander(line, start, end - 1, full, gender_of_name(full))
        if opens(line, start) and line.items[start].first.cls:
            return None
        person = bool(gender) or _acts(line, start, end)
        if not person:
            return None
        name = " ".join(parts)
        self.names[last] = name
        return _bystander(line, start, end - 1, name, gender)


def gender_of_name(name: str) -> str:
    """'m' or 'f' by the given name, which stands first; '' where it does not tell."""
    return known.given_names().get(name.split(" ")[0].lower(), "")


def _acts(line: Line, start: int, end: int) -> bool:
    """Whether what is named is somebody: it has a verb, and nothing before it says 'place'."""
    before = line.items[start - 1] if start else None
    if before is not None and (
        before.norm in reference_words("places") or before.kind == "article"
    ):
        return False
    after = line.items[end : end + 2]
    joined = len(after) == 2 and after[0].kind == "conj" and after[1].kind in _PERSONS
    return joined or is_verb(line.items, end)


def _name_end(items: Sequence[Item], at: int, spans: Sequence[tuple[int, int]]) -> int:
    end = at
    while end < len(items) and items[end].kind in _NAMED:
        if items[end].kind == "particle" and end == at:
            return at
        if any(a <= items[end].first.start < b for a, b in spans):
            break
        end += 1
        if items[end - 1].last.poss:
            break
    return end


def _is_plural_noun(line: Line, at: int) -> bool:
    """'three missiles', 'crowds': a plain noun in the plural, by its ending and what is before."""
    items = line.items
    item = items[at]
    word = item.norm
    if word in irregular_plurals() and item.kind in ("word", "sector"):
        return True
    if item.kind != "word" and not (item.kind == "name" and opens(line, at)):
        return False
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return False
    if word in reference_words("be") or is_verb(items, at) or item.last.poss:
        return False
    if at == 0 or opens(line, at):
        return True
    before = items[at - 1]
    if before.kind in _BEFORE_PLURAL or before.norm in reference_words("possessives"):
        return True
    return is_verb(items, at - 1)


@cache
def irregular_plurals() -> frozenset[str]:
    """'women', 'people', 'children'."""
    return frozenset(known.grammar()["plurals"].values()) | reference_words("more_plurals")


def _bystander(
    line: Line, first: int, last: int, name: str | None, gender: str, plural: bool = False
) -> Mention:
    draft = Draft(line, first, last)
    draft.plural = plural
    draft.shape = "bystander"
    kind = "person" if name else "group"
    actor = Actor(text="", start=draft.start, end=draft.end, name=name, kind=kind)  # type: ignore[arg-type]
    return Mention(actor, draft, gender)
