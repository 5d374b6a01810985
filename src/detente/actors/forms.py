"""Collects written forms for the lexicon: each with what case it needs, and plurals.

Used by `build` for the shipped tables and by `merge` for a user's entries. It knows how a form is
written, not what it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from ..knowledge import actors as known
from .lexicon import Entry
from .tokens import Token, tokenise

# Acronyms of up to this many letters must be written in capitals ('WHO'); longer ones may be
# written as words ('Nato').
SHORT_ACRONYM = 3
_PLAIN = re.compile(r"[A-Za-z ]+\Z")


def needs(words: Sequence[Token]) -> tuple[str, ...]:
    """What case the words of a form ask of a text, from how the table writes them."""
    found = []
    for word in words:
        bare = word.bare
        if bare == word.norm or bare[0] == word.norm[0]:
            found.append("")
        elif len(bare) > 1 and bare != bare.capitalize() and len(bare) <= SHORT_ACRONYM:
            found.append(bare)
        else:
            found.append("^")
    return tuple(found)


class Forms:
    """Collects forms while the lexicon is built."""

    def __init__(self) -> None:
        self.table: dict[str, list[Entry]] = {}
        self._articles = frozenset(known.grammar()["classes"]["article"])

    def add(self, form: str, kind: str, record: Any, plural: bool = False, need: str = "") -> None:
        """Add a form; `need` is asked of it where it is a single word of lower case."""
        if _PLAIN.match(form):
            lower = form.lower()
            norms = lower.split()
            plain = lower == form
            fits = ("",) * len(norms) if plain else tuple(map(_need, form.split(), norms))
            prefix = False
        else:
            prefix = form.endswith("-")
            words = tokenise(form.strip("-"))
            norms = [word.norm for word in words]
            fits = needs(words)
        if not norms:
            return
        if len(norms) > 1 and kind not in ("pair", "reciprocal") and norms[0] in self._articles:
            norms, fits = norms[1:], fits[1:]
        if need and fits == ("",):
            fits = (need,)
        key = " ".join(norms)
        found = self.table.get(key)
        if found is None:
            self.table[key] = [Entry(kind, record, fits, plural, prefix)]
        elif not any(entry.kind == kind and entry.record is record for entry in found):
            found.append(Entry(kind, record, fits, plural, prefix))


def _need(bare: str, norm: str) -> str:
    if bare[0] == norm[0]:
        return ""
    if 1 < len(bare) <= SHORT_ACRONYM and bare[1:] != norm[1:]:
        return bare
    return "^"


@cache
def _plural_words() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    grammar = known.grammar()
    return (
        grammar["plurals"],
        frozenset(grammar["title_links"]),
        frozenset(grammar["title_tails"]),
    )


def _plural_word(word: str) -> str:
    irregular = _plural_words()[0]
    for ending, plural in irregular.items():
        if word.endswith(ending):
            return word[: -len(ending)] + plural
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"


def plural_of(title: str) -> str:
    """The plural of a title: 'ministers of defence', 'attorneys general', 'spokesmen'."""
    _, links, tails = _plural_words()
    words = title.split(" ")
    head = len(words) - 1
    for index, word in enumerate(words):
        if index and (word in links or word in tails):
            head = index - 1
            break
    words[head] = _plural_word(words[head])
    return " ".join(words)


def is_plural(form: str) -> bool:
    """Whether a noun has the ending of a plural."""
    irregular = _plural_words()[0].values()
    return form.endswith(tuple(irregular)) or (
        form.endswith("s") and not form.endswith(("ss", "us", "is"))
    )


def is_plural_title(title: str) -> bool:
    """'ministers of defence', 'spokesmen': a plural that the table itself gives."""
    links = _plural_words()[1]
    words = title.split(" ")
    head = next((i - 1 for i, word in enumerate(words) if i and word in links), len(words) - 1)
    return is_plural(words[head])


def norm_of(form: str) -> str:
    """A form as the lexicon keeps it: lower case, no accents, single blanks."""
    if form.isascii() and form.isalpha():
        return form.lower()
    return " ".join(word.norm for word in tokenise(form))
