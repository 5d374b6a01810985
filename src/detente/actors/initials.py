"""Joins the initials of a name to it: 'Corazon C. Aquino', 'V. Yanukovich', 'M. de Villepin'.

Comes between `segment` and `phrase`. An initial alone names nobody: in the middle of a known full
name it is passed over; before a family name it chooses among those who bear it, and where none of
them has it the name stays as it was.
"""

from __future__ import annotations

import datetime as dt

from .draft import words
from .lexicon import Entry, Lexicon
from .people import prominent
from .segment import Item, Line

NAMED = frozenset(("name", "family", "mononym"))
FAMILIES = frozenset(("name", "family"))
# From the start of an initial with its full stop and a blank to that of the next word.
WITH_STOP = 3


def join_initials(line: Line, lexicon: Lexicon, date: dt.date | None) -> None:
    """Make one person of the items of a name that is written with an initial."""
    at = 0
    while at < len(line.items):
        if _is_initial(line.items[at]):
            _middle(line, at, lexicon) or _leading(line, at, lexicon, date)
        at += 1


def _is_initial(item: Item) -> bool:
    bare = item.first.bare
    return len(bare) == 1 and bare.isupper() and item.j == item.i + 1


def _stopped(item: Item, after: Item) -> bool:
    """Whether a full stop stands after an initial: 'A. Doe', not 'A Doe'."""
    return after.first.start - item.first.start >= WITH_STOP


def _middle(line: Line, at: int, lexicon: Lexicon) -> bool:
    """'Jerome H. Powell': a full name that is known without its middle initial."""
    items = line.items
    if not at or at + 1 >= len(items):
        return False
    before, after = items[at - 1], items[at + 1]
    if before.kind not in NAMED or after.kind not in NAMED or before.last.poss:
        return False
    tokens = (*line.tokens[before.i : before.j], *line.tokens[after.i : after.j])
    form = " ".join(token.norm for token in tokens)
    entries = tuple(entry for entry in lexicon.meanings(form) if entry.kind == "person")
    if not entries:
        return False
    items[at - 1 : at + 2] = [Item("person", before.i, after.j, line.tokens, entries)]
    return True


def _leading(line: Line, at: int, lexicon: Lexicon, date: dt.date | None) -> bool:
    """'V. Yanukovich': the one bearer of the family name, in high office, with that initial."""
    items = line.items
    item = items[at]
    last = at + 1
    while last < len(items) and (items[last].first.bare == "." or _is_initial(items[last])):
        last += 1
    first = last
    while last < len(items) and items[last].kind == "particle":
        last += 1
    if last >= len(items) or items[last].kind not in FAMILIES or not _stopped(item, items[first]):
        return False
    family = items[last]
    letter = item.first.norm
    key = " ".join(token.norm for token in line.tokens[items[first].i : family.j])
    people = lexicon.families.get(key, [])
    if not people:
        return False
    person = prominent([p for p in people if p.name[:1].lower() == letter], date, lexicon)
    if person is not None:
        entries = (Entry("person", person),)
        items[at : last + 1] = [Item("person", item.i, family.j, line.tokens, entries)]
        return True
    if letter in words("honorific_initials"):
        item.kind = "honorific"
        entries = (Entry("family", key),)
        items[at + 1 : last + 1] = [Item("family", items[first].i, family.j, line.tokens, entries)]
        return True
    return False
