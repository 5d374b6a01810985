"""A shallow reading of clauses: where each begins, and what part a mention plays in its own.

Used by `reference` and what stands beside it. No parser: clauses open at marks, at words such as
'that' and 'who', after a verb of report, and where 'and' joins a new subject with its verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..knowledge import actors as known
from .draft import words
from .segment import Item, Line

SUBJECT, OBJECT, OBLIQUE, POSSESSOR = "subject", "object", "oblique", "possessor"
# Items that may stand between what governs a noun and the noun.
_BEFORE_NOUN = frozenset(("article", "honorific", "quantity", "number", "modifier", "direction",
                          "former", "acting", "adjective", "deputy"))  # fmt: skip
# Pronouns that are always the subject of a clause of their own.
_SUBJECTS = frozenset(("he", "she", "they"))
# A subject before its verb has at most so many items.
LONGEST_SUBJECT = 8
_NOT_VERBS = frozenset(("article", "prep", "mark", "conj", "calendar", "number", "quantity"))


@cache
def reference_words(key: str) -> frozenset[str]:
    """A list (or the keys of a mapping) of references.yaml, as a set."""
    return frozenset(known.references()[key])


@cache
def _verb_tail() -> str:
    return str(known.grammar()["verb_endings"][0])


def is_verb(items: Sequence[Item], index: int) -> bool:
    """Whether an item looks like a finite verb or an auxiliary."""
    if not 0 <= index < len(items):
        return False
    item = items[index]
    word = item.norm
    if item.kind == "speech":
        return True
    if word in reference_words("be") or word in reference_words("auxiliaries"):
        return True
    if item.kind not in ("word", "function") or item.first.cap or item.first.joined:
        return False
    if item.kind == "function":
        return False
    if word in words("irregular_pasts") or word in reference_words("fact_verbs"):
        return True
    return len(word) > 3 and (word.endswith(_verb_tail()) or _is_present(items, index))


def _is_present(items: Sequence[Item], index: int) -> bool:
    """'China claims', 'he wants': a word in -s right after a name or pronoun."""
    word = items[index].norm
    if not word.endswith("s") or word.endswith("ss") or index == 0:
        return False
    before = items[index - 1]
    if before.last.poss:
        return False
    named = ("country", "capital", "seat", "person", "family", "name", "organisation", "group")
    return before.kind in named or before.norm in ("he", "she", "it", "who", "which")


class Clauses:
    """The clauses of one line. `starts[i]` is the item that opens the clause of item `i`."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.items = line.items
        self.starts = _starts(line.items)

    def start(self, index: int) -> int:
        """Where the clause of an item begins."""
        return self.starts[index] if index < len(self.starts) else index

    def before(self, start: int) -> int:
        """The first item of the clause that ends before this clause's start; -1 if none."""
        index = start - 1
        while index >= 0 and self.items[index].kind in ("mark", "conj"):
            index -= 1
        return self.starts[index] if index >= 0 else -1

    def head_index(self, start: int) -> int:
        """The item before a relative clause that the relative word stands for; -1 if none."""
        index = start - 1
        if index >= 0 and self.items[index].kind == "prep":
            index -= 1
        if index >= 0 and self.items[index].first.bare == ",":
            index -= 1
        return index

    def is_relative(self, start: int) -> bool:
        """Whether a clause begins with 'who', 'which', 'whose' or 'whom'."""
        return start < len(self.items) and self.items[start].norm in reference_words("relatives")

    def role(self, first: int, last: int) -> str:
        """The part that the phrase from item `first` to `last` plays in its clause."""
        items = self.items
        if items[last].last.poss:
            return POSSESSOR
        index = first - 1
        while index >= 0 and (
            items[index].kind in _BEFORE_NOUN or items[index].norm in reference_words("possessives")
        ):
            index -= 1
        if index < 0:
            return SUBJECT
        before = items[index]
        if before.kind == "conj" and index:
            return self._joined(index, last)
        if before.kind == "prep":
            opens = index == 0 or before.norm in reference_words("openers")
            return SUBJECT if opens and is_verb(items, last + 1) and index else OBLIQUE
        if before.kind == "mark":
            return OBLIQUE if before.first.bare in "(’'" else SUBJECT
        if before.kind == "speech":
            object_too = before.norm in words("speech_with_object")
            return OBJECT if object_too and not is_verb(items, last + 1) else SUBJECT
        if before.kind in ("function", "calendar"):
            return SUBJECT
        if self._leads_in(first, last):
            return SUBJECT
        if before.norm in reference_words("openers") | reference_words("report"):
            return SUBJECT if is_verb(items, last + 1) or before.kind != "word" else OBJECT
        return SUBJECT if self.starts[first] >= index + 1 else OBJECT

    def _leads_in(self, first: int, last: int) -> bool:
        """'Under the treaty the two sides will': no verb before, and one after."""
        start = self.starts[first]
        if self.items[start].kind != "prep" or not is_verb(self.items, last + 1):
            return False
        return not any(is_verb(self.items, at) for at in range(start, first))

    def _joined(self, conj: int, last: int) -> str:
        """What follows 'and': a new subject, or one more of what stands before it."""
        if self.starts[last] > conj or is_verb(self.items, last + 1):
            fresh = self.starts[last] > conj
            if fresh:
                return SUBJECT
        end = conj - 1
        if self.items[end].first.bare == ",":
            end -= 1
        if end < 0:
            return SUBJECT
        first = end
        named = ("name", "family", "particle")
        while first and self.items[end].kind in named and self.items[first - 1].kind in named:
            first -= 1
        return self.role(first, end) if first else SUBJECT


def _starts(items: Sequence[Item]) -> list[int]:
    """For each item, the first item of its clause."""
    starts: list[int] = []
    start = 0
    for index, item in enumerate(items):
        before = items[index - 1] if index else None
        if before is not None and (
            (before.kind == "mark" and before.first.bare not in "’'.")
            or _opens_clause(items, index)
            or (item.norm in _SUBJECTS and before.kind != "prep" and start != index - 1)
            or _after_report(items, index)
            or (before.kind == "conj" and _new_subject(items, index, start))
        ):
            start = index
        if item.norm in reference_words("relatives") and before is not None:
            start = index
        starts.append(start)
    return starts


def _after_report(items: Sequence[Item], index: int) -> bool:
    """Whether the item opens what is reported: 'Iran said | it would'."""
    before = items[index - 1]
    report = before.kind == "speech" or before.norm in reference_words("report")
    if not report or items[index].kind in ("prep", "mark", "conj", "calendar"):
        return False
    if items[index].norm == "it":
        return is_verb(items, index + 1)
    return is_verb(items, _noun_end(items, index) + 1)


def _opens_clause(items: Sequence[Item], index: int) -> bool:
    """'that', 'while'; 'after' and 'until' where a verb follows: not 'look after his country'."""
    if items[index].norm not in reference_words("openers"):
        return False
    if items[index].kind != "prep":
        return True
    for at in range(index + 1, min(index + LONGEST_SUBJECT, len(items))):
        if items[at].kind == "mark":
            return False
        if is_verb(items, at):
            return True
    return False


def _new_subject(items: Sequence[Item], index: int, start: int) -> bool:
    """Whether a noun phrase with a verb of its own begins here."""
    if items[index].norm == "it":
        return index + 1 < len(items) and items[index + 1].kind not in ("mark", "prep")
    if is_verb(items, index):
        return False
    before = index - 2
    named = before >= 0 and items[before].kind in _NAMED and items[index].kind in _NAMED
    if named and not any(is_verb(items, at) for at in range(start, before)):
        # 'Xi and Putin met': both are the subject.
        return False
    return is_verb(items, _noun_end(items, index) + 1)


_NAMED = frozenset(("country", "capital", "seat", "person", "family", "name", "organisation",
                    "group", "mononym", "office"))  # fmt: skip


def _noun_end(items: Sequence[Item], index: int) -> int:
    """The last item of the noun phrase that begins at an item, roughly: at most six items."""
    end = index
    limit = min(len(items), index + 6)
    while end + 1 < limit:
        after = items[end + 1]
        if after.kind in _NOT_VERBS or is_verb(items, end + 1):
            break
        if after.kind in ("function", "pronoun"):
            break
        end += 1
    return end
