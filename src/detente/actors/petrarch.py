"""Reads actor and agent dictionaries of the PETRARCH and TABARI programs.

Used by `dictionary`. An actor is a name in capitals, `_` for blanks, with lines of `+SYNONYM` below
it and codes in brackets, on its line or below; an agent is a noun with a code of roles, `[~MIL]`.
Every name is read or refused by itself. The format does not say what is a person: `_is_person`
judges that.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache

from msgspec.structs import replace

from ..knowledge import actors as known
from .cameo_codes import read_code
from .own import (
    Dictionary,
    Meaning,
    OwnEntry,
    OwnKind,
    Problem,
    RowError,
    Seen,
    check_days,
    check_form,
    shorten,
)
from .synsets import Synsets

# Years of two digits up to this one are of the 21st century, as in PETRARCH.
CENTURY_TURNS = 30
# Codes of one actor: that many offices in a life are a mistake.
CODES_MOST = 100
# A name of fewer words is a body's, where the dictionary does not say; of more, too.
PERSON_WORDS = (2, 5)
# Single words of up to this many letters stay in capitals: 'UN'.
ACRONYM = 3

_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_PLURAL = re.compile(r"\{([^{}]*)\}")
_COMMENT = re.compile(r"[;#]")


class _Actor:
    """An actor while its lines are read."""

    def __init__(self, line: int, name: str, plural: str | None) -> None:
        self.line = line
        self.names = [(line, name)]
        self.plural = plural
        self.codes: list[tuple[int, str]] = []


def looks_like_petrarch(line: str) -> bool:
    """Whether a line has the marks of the format: a code in brackets, a synonym, a set."""
    plain = _uncommented(line)
    return bool(_BRACKET.search(plain)) or plain.startswith(("+", "!"))


def read_petrarch(lines: Iterable[tuple[int, str]], file: str) -> Dictionary:
    """Read the lines of a dictionary; they come with their numbers."""
    return _Reader(file).read(lines)


def _uncommented(line: str) -> str:
    return _COMMENT.split(line, maxsplit=1)[0].strip()


class _Reader:
    """Reads one dictionary, line by line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.entries: list[OwnEntry] = []
        self.problems: list[Problem] = []
        self.synsets = Synsets()
        self.seen = Seen()
        self.actor: _Actor | None = None

    def read(self, lines: Iterable[tuple[int, str]]) -> Dictionary:
        """Read all lines."""
        for number, line in lines:
            plain = _uncommented(line)
            if not plain:
                continue
            try:
                self._line(number, plain)
            except RowError as error:
                self._complain(number, str(error))
        self._close()
        return Dictionary(tuple(self.entries), tuple(self.problems))

    def _complain(self, number: int, reason: str, outcome: str = "skipped") -> None:
        self.problems.append(Problem(self.file, number, reason, outcome))

    def _line(self, number: int, line: str) -> None:
        if line.startswith("!") and "=" in line:
            self._close()
            self.synsets.add(line)
            return
        if line.startswith("&"):
            self._close()
            raise RowError(f"{shorten(line)!r} is not a line of an actor or agent dictionary")
        codes = _BRACKET.findall(line)
        rest = _BRACKET.sub("", line).strip()
        if any(sign in rest for sign in "[]"):
            raise RowError(f"a bracket without its other half in {shorten(line)!r}")
        if rest.startswith("+"):
            if self.actor is None:
                raise RowError(f"synonym {shorten(rest)!r} without an actor above it")
            self.actor.names.append((number, rest[1:]))
        elif rest:
            self._close()
            plural = _PLURAL.search(rest)
            rest = _PLURAL.sub("", rest)
            self.actor = _Actor(number, rest, plural[1] if plural else None)
        elif self.actor is None:
            raise RowError(f"code {shorten(line)!r} without an actor above it")
        if self.actor is not None:
            self.actor.codes += [(number, code) for code in codes]

    def _close(self) -> None:
        """Make an entry of the actor whose lines have been read."""
        actor, self.actor = self.actor, None
        if actor is None:
            return
        if not actor.codes:
            others = len(actor.names) - 1
            more = f" and its {others} synonyms have" if others else " has"
            self._complain(actor.line, f"{shorten(actor.names[0][1])!r}{more} no code")
            return
        if all(code.startswith("~") for _, code in actor.codes):
            self._agent(actor)
        else:
            self._actor(actor)

    def _actor(self, actor: _Actor) -> None:
        if len(actor.codes) > CODES_MOST:
            self._complain(actor.line, f"{len(actor.codes)} codes for one actor",
                           f"only the first {CODES_MOST} read")  # fmt: skip
        found = []
        for number, text in actor.codes[:CODES_MOST]:
            try:
                found.append(self._meaning(number, text))
            except RowError as error:
                self._complain(number, str(error))
        forms = self._forms(actor, raised=True) if found else []
        if forms:
            person = _is_person(forms[0], found)
            meanings = tuple(_named(meaning, forms[0], person) for meaning in found)
            self.entries.append(OwnEntry(tuple(forms), meanings, actor.line))

    def _meaning(self, number: int, text: str) -> Meaning:
        words = text.split(maxsplit=1)
        if not words:
            raise RowError("no code between the brackets")
        start, end = _days(words[1]) if len(words) > 1 else (None, None)
        code = read_code(words[0])
        if code.unread:
            self._complain(number, f"no such CAMEO code as {', '.join(map(repr, code.unread))} in "
                                   f"{shorten(words[0])!r}", "read without it")  # fmt: skip
        kind: OwnKind = "none" if code.nothing else "state" if code.state else "body"
        return Meaning(kind, "", code.country, code.sectors, None, start, end)

    def _agent(self, actor: _Actor) -> None:
        nouns = self._forms(actor, raised=False)
        number, text = actor.codes[0]
        if not nouns:
            return
        try:
            code = read_code(text[1:].split(" ")[0])
            if code.country or code.state:
                raise RowError(f"agent code {shorten(text)!r} has a country")
        except RowError as error:
            self._complain(number, str(error))
            return
        noun = Meaning("noun", nouns[0], None, code.sectors)
        meaning = Meaning("none") if code.nothing else noun
        plural = (actor.plural or "").strip()
        forms = nouns + ([_spaced(plural).lower()] if plural else [])
        regular = actor.plural is None
        self.entries.append(OwnEntry(tuple(dict.fromkeys(forms)), (meaning,), actor.line, regular))

    def _forms(self, actor: _Actor, raised: bool) -> list[str]:
        """The written forms of an actor's names, its sets of words put in."""
        forms: dict[str, None] = {}
        for number, name in actor.names:
            try:
                for each in self.synsets.expand(name):
                    plain = check_form(_spaced(each))
                    if plain.casefold() not in forms:
                        self.seen.add(plain, None, None, number)
                    forms[_written(plain) if raised else plain.lower()] = None
            except RowError as error:
                self._complain(number, str(error))
        return list(forms)


def _spaced(name: str) -> str:
    return name.replace("_", " ").strip()


@cache
def _small_words() -> frozenset[str]:
    """Words that are small within a name: 'of', 'the', 'and'."""
    classes = known.grammar()["classes"]
    return frozenset(word for name in ("article", "prep", "conj", "particle")
                     for word in classes.get(name, ()))  # fmt: skip


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for words in known.grammar()["classes"].values() for word in words)


def _written(form: str) -> str:
    """A form as the press writes it, for one that is all in capitals: 'Front of the East'.

    A single short word, or one that is a common word as well ('WHO'), stays in capitals.
    """
    if form != form.upper():
        return form
    words = form.split(" ")
    if len(words) == 1 and (len(form) <= ACRONYM or form.lower() in _function_words()):
        return form
    small = _small_words()
    return " ".join(
        word.lower() if index and word.lower() in small else word.title() if len(word) > 1 else word
        for index, word in enumerate(words)
    )


def _named(meaning: Meaning, name: str, person: bool) -> Meaning:
    """A meaning with its name, as a person's where the actor is one."""
    kind: OwnKind = "person" if person and meaning.kind == "body" else meaning.kind
    return replace(meaning, kind=kind, name=name)


def _is_person(name: str, found: list[Meaning]) -> bool:
    """Whether codes and name are a person's: in office for a time, or out of it.

    The format does not say; a body of a known kind ('... Front') is none.
    """
    words = name.lower().split(" ")
    if not PERSON_WORDS[0] <= len(words) <= PERSON_WORDS[1]:
        return False
    if any(word in known.grammar()["body_words"] or word in _small_words() for word in words):
        return False
    return any(
        meaning.start or meaning.end or "ELI" in meaning.sectors
        for meaning in found
        if meaning.kind == "body"
    )


def _days(text: str) -> tuple[dt.date | None, dt.date | None]:
    """Read the days of a code: `<951231`, `>20030101`, `010101-030405`, both ends included.

    Raises:
        RowError: they cannot be read, or there is no such day.
    """
    plain = text.replace(" ", "")
    if plain.startswith("<"):
        return None, _day(plain[1:])
    if plain.startswith(">"):
        return _day(plain[1:]), None
    first, dash, last = plain.partition("-")
    if not dash:
        raise RowError(f"cannot read the days {shorten(text)!r}")
    start, end = _day(first), _day(last)
    check_days(start, end)
    return start, end


def _day(digits: str) -> dt.date:
    if digits.isascii() and digits.isdigit() and len(digits) == 6:
        century = "20" if int(digits[:2]) <= CENTURY_TURNS else "19"
        digits = century + digits
    if not (digits.isascii() and digits.isdigit() and len(digits) == 8):
        raise RowError(f"no such day as {shorten(digits)!r} (YYMMDD or YYYYMMDD)")
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise RowError(f"no such day as {shorten(digits)!r}") from None
