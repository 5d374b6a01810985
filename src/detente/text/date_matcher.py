"""Finds the patterns of `text/date_grammar.py` in a text: tokens in, matches out.

Patterns are short (at most a dozen elements) and are tried only where their first word stands, so
the time is linear in the length of the text. What the matches mean, and which of those that
overlap is kept, is left to `text/dates.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from detente.text.date_grammar import Element, Grammar, Rule

YEARS = range(1900, 2101)
LONGEST_GAP = 3  # white space between two words of one expression, in characters

_TOKEN = re.compile(
    r"""(?P<numeric>(?<![\w.,/-])\d{1,4}([-/.])\d{1,2}\2\d{1,4}(?![\w/-]|[.,]\d)
        |(?<![\w.,/-])\d{4}-\d{2}-\d{2}(?=T\d))
      |(?P<number>\d+(?:,\d{3}(?!\d))*(?:\.\d{1,2}(?![\d.]))?(?:st|nd|rd|th|s)?)
      |(?P<word>[^\W\d_]+)
      |(?P<sign>[^\s])""",
    re.VERBOSE,
)
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\Z")
_SAME_SIGN = str.maketrans("‐‑‒–—−’‘ʼ", "------'''")


class DateToken(NamedTuple):
    """A word, number or sign. `lower` is its plain form: small letters, plain dash and quote."""

    start: int
    end: int
    text: str
    lower: str
    kind: str  # "numeric", "number", "word", "sign"
    gap: bool  # a paragraph or a wide space stands before it


class Match(NamedTuple):
    """A pattern found: tokens `first` to `last` (exclusive) and the values of its classes."""

    first: int
    last: int
    form: str
    kind: str | None
    values: Mapping[str, Any]


Bounds = tuple[int, int, int]  # where the pattern began, and the first and last of its brackets


def tokenize(text: str) -> list[DateToken]:
    """Cut a text into words, numbers and signs; all that is not white space belongs to one."""
    tokens: list[DateToken] = []
    end = 0
    for found in _TOKEN.finditer(text):
        start = found.start()
        word = found.group()
        between = text[end:start]
        gap = len(between) > LONGEST_GAP or between.count("\n") > 1
        end = found.end()
        kind = str(found.lastgroup)
        tokens.append(DateToken(start, end, word, word.lower().translate(_SAME_SIGN), kind, gap))
    return tokens


class Matcher:
    """The matching of one text: `matches` gives the longest at each place, overlaps and all."""

    def __init__(self, tokens: Sequence[DateToken], known: Grammar) -> None:
        self.tokens = tokens
        self.known = known
        self.classes: list[list[tuple[str, int, Any]]] = [
            self._classes(k) for k in range(len(tokens))
        ]
        # What stands anywhere in the text: a rule that needs what does not is never tried.
        self.present = {token.lower for token in tokens}
        self.present.update(name for found in self.classes for name, _, _ in found)
        self._verdicts: dict[int, bool] = {}

    def matches(self) -> Iterator[Match]:
        """Yield the longest match that begins at each token; of equals, the earlier rule's."""
        for k, token in enumerate(self.tokens):
            if token.kind == "numeric":
                yield Match(k, k + 1, "numeric", None, {"text": token.text})
                continue
            rules = [*self.known.by_word.get(token.lower, ())]
            for name in dict.fromkeys(name for name, _, _ in self.classes[k]):
                rules += self.known.by_class.get(name, ())
            best: Match | None = None
            for rule in rules:
                found = self._try(rule, k) if self._may_match(rule) else None
                if found and (best is None or found.last - found.first > best.last - best.first):
                    best = found
            if best:
                yield best

    def _may_match(self, rule: Rule) -> bool:
        """Whether the text holds, anywhere, what the rule needs."""
        verdict = self._verdicts.get(rule.number)
        if verdict is None:
            verdict = not any(self.present.isdisjoint(need) for need in rule.needs)
            self._verdicts[rule.number] = verdict
        return verdict

    def _classes(self, k: int) -> list[tuple[str, int, Any]]:
        """What token `k` can be: (class, tokens it takes, value)."""
        token = self.tokens[k]
        if token.kind == "number":
            return list(_number_classes(token.lower, self._before(k)))
        found = []
        for words, name, value in self.known.phrases.get(token.lower, ()):
            if not self._spells(k, words) or not self._cased(token):
                continue
            found.append((name, len(words), value))
            if token.lower in self.known.short_months and self._dotted(k):
                found.append((name, len(words) + 1, value))
        found.sort(key=lambda item: -item[1])
        return found

    def _before(self, k: int) -> str:
        """The sign or word that touches token `k`."""
        if k == 0 or self.tokens[k - 1].end < self.tokens[k].start:
            return ""
        return self.tokens[k - 1].lower

    def _dotted(self, k: int) -> bool:
        """Whether a full stop touches the word, as in 'Nov.' and 'Sept.'."""
        if k + 1 >= len(self.tokens):
            return False
        following = self.tokens[k + 1]
        return following.text == "." and following.start == self.tokens[k].end

    def _cased(self, token: DateToken) -> bool:
        return token.text[:1].isupper() or token.lower not in self.known.capital_only

    def _spells(self, k: int, words: Sequence[str]) -> bool:
        if len(words) == 1:
            return True
        if k + len(words) > len(self.tokens):
            return False
        return all(
            self.tokens[k + i].lower == word and not (i and self.tokens[k + i].gap)
            for i, word in enumerate(words)
        )

    def _try(self, rule: Rule, k: int) -> Match | None:
        found = self._walk(rule, 0, k, {}, (k, k, k))
        if found is None:
            return None
        values, (_, first, last) = found
        if not _rises(values):
            return None
        values.update(rule.fixed)
        if values.pop("capital", False) and not any(
            token.text[:1].isupper() for token in self.tokens[first:last]
        ):
            return None
        return Match(first, last, rule.form, rule.kind, values) if last > first else None

    def _walk(
        self, rule: Rule, i: int, k: int, values: dict[str, Any], span: Bounds
    ) -> tuple[dict[str, Any], Bounds] | None:
        """Match the elements from `i` at token `k`; the first way that fits, longest first."""
        if i == rule.open:
            span = (span[0], k, k)
        if i == rule.close:
            span = (span[0], span[1], k)
        if i == len(rule.elements):
            return values, span
        element = rule.elements[i]
        if element.negated:
            fits = next(self._takes(element, k, span[0]), None) is not None
            return None if fits else self._walk(rule, i + 1, k, values, span)
        if element.classes == ("STOP",):
            return self._walk(rule, i + 1, k, values, span) if self._stops(k) else None
        for size, name, value in self._takes(element, k, span[0]):
            kept = _with(values, name, value)
            found = self._walk(rule, i + 1, k + size, kept, span)
            if found:
                return found
        return self._walk(rule, i + 1, k, values, span) if element.optional else None

    def _takes(self, element: Element, k: int, origin: int) -> Iterator[tuple[int, str, Any]]:
        """The ways token `k` fits the element: (tokens taken, class or "", value)."""
        if k >= len(self.tokens) or (k > origin and self.tokens[k].gap):
            return
        for wanted in element.classes:
            for name, size, value in self.classes[k]:
                if name == wanted.removesuffix("NONE"):
                    yield size, "" if wanted.endswith("NONE") else name.lower(), value
        if self.tokens[k].lower in element.words:
            yield 1, "", None

    def _stops(self, k: int) -> bool:
        if k >= len(self.tokens):
            return True
        token = self.tokens[k]
        if token.gap or token.lower in self.known.stops:
            return True
        return token.kind == "sign" and token.lower != "'"


def _rises(values: Mapping[str, Any]) -> bool:
    """Whether a range runs forward: 'February 29 and 18 people' is none."""
    if "day2" in values and "month2" not in values and values["day2"] <= values["day"]:
        return False
    return "year2" not in values or values["year2"] >= values["year"]


def _with(values: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    if not name:
        return values
    name = "day" if name == "nth" else name
    key = name if name not in values else f"{name}2"
    return {**values, key: value}


def _number_classes(word: str, before: str) -> Iterator[tuple[str, int, Any]]:
    if before in ("$", "€", "£", "¥", ".", "#"):
        return
    ordinal = _ORDINAL.match(word)
    if ordinal:
        day = int(ordinal.group(1))
        if 1 <= day <= 31:
            yield from (("NTH", 1, day), ("DAY", 1, day))
        if day <= 4:
            yield "ORDINAL", 1, day
    elif word.isascii() and word.isdigit() and len(word) <= 4:
        value = int(word)
        if len(word) <= 2 and 1 <= value <= 31:
            yield "DAY", 1, value
        if value in YEARS:
            yield "YEAR", 1, value
        if value:
            yield "QTY", 1, value
    elif len(word) == 5 and word.endswith("0s") and word[:4].isdigit() and int(word[:4]) in YEARS:
        yield "DECADE", 1, int(word[:4])
