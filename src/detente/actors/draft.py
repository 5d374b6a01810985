"""The records of reading: what a phrase holds while it is read, and the draft it becomes.

Used by `pieces`, `names`, `owners`, `compose` and `phrase`, which read a line from left to right,
and by `settle`, which makes actors of the drafts. No rules are kept here.
"""

from __future__ import annotations

from functools import cache

from ..knowledge import actors as known
from ..knowledge.actors import Body, Country, Noun, Office
from .lexicon import Person
from .segment import STATES, Item, Line

HEADS = frozenset(("office", "institution", "sector"))
OWNERS = frozenset(("organisation", "group", "seat"))
PERSONS = frozenset(("person", "mononym", "family"))
MARKS = frozenset(("former", "acting", "deputy", "modifier", "direction"))
NAMES = frozenset(("name", "honorific", "family", "person", "mononym"))
STARTS = NAMES | STATES | HEADS | OWNERS | {"quantity", "number"} | MARKS


class Draft:
    """One actor to be: what the words of the phrase say, before the story has its say.

    `start` and `end` count characters. `person` is a known one; `family` a family name alone;
    `unlisted` a name no table has. `owner` is the body the actor belongs to or is; `holder` the
    person whose it is ("Biden's spokesman"); `generic` says that the owner is a kind of body that
    every state has; `post` where an envoy is sent.
    """

    __slots__ = (
        "adjective", "article", "country", "deputy", "end", "family", "family_text", "first",
        "generic", "holder", "holder_family", "honorific", "item", "line", "nouns", "office",
        "owner", "person", "plural", "post", "sentence", "shape", "speech", "start", "status",
        "unlisted", "why",
    )  # fmt: skip

    def __init__(self, line: Line, first: int, last: int) -> None:
        self.line = line
        self.first = first
        self.item = last
        self.start = line.items[first].first.start
        self.end = line.items[last].last.end
        self.shape = "group"
        self.country: Country | None = None
        self.owner: Body | None = None
        self.generic = False
        self.office: Office | None = None
        self.deputy = ""
        self.nouns: list[Noun] = []
        self.person: Person | None = None
        self.holder: Person | None = None
        self.holder_family = ""
        self.family = ""
        self.family_text = ""
        self.post = ""
        self.unlisted: tuple[str, ...] = ()
        self.status = ""
        self.plural = False
        self.article = ""
        self.honorific = ""
        self.adjective = False
        self.speech = False
        self.sentence = 0
        self.why: list[str] = []

    @property
    def named(self) -> bool:
        """Whether it has a personal name of any kind."""
        return bool(self.person or self.family or self.unlisted)

    @property
    def bare(self) -> bool:
        """Whether it is a title or noun of nobody in particular: 'the minister'."""
        held = self.holder or self.holder_family
        owned = self.owner is not None and not self.generic
        own = self.office is not None and (self.office.country or "IGO" in self.office.sectors)
        return not (self.named or self.country or owned or held or own)


class Pieces:
    """What a phrase was found to hold while it is read. Indices count items."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.nats: list[Item] = []
        self.owner: Item | None = None
        self.body: tuple[int, int] | None = None
        self.offices: list[Item] = []
        self.nouns: list[Item] = []
        self.status = ""
        self.deputy = ""
        self.quantity = False
        self.person: Item | None = None
        self.unlisted: tuple[str, ...] = ()
        self.honorific = ""
        self.inner: Pieces | None = None
        self.holder: Item | None = None
        self.post: Item | None = None
        self.extra: list[Item] = []
        self.place = ""

    @property
    def headed(self) -> bool:
        """Whether a title or noun was found."""
        return bool(self.offices or self.nouns)

    @property
    def anything(self) -> bool:
        """Whether it stands for an actor at all."""
        return bool(self.nats or self.owner or self.body or self.headed or self.person)

    @property
    def named(self) -> bool:
        """Whether it names a person."""
        return bool(self.person or self.unlisted)


@cache
def words(key: str) -> frozenset[str]:
    """A list of the grammar file, as a set."""
    return frozenset(known.grammar()[key])


@cache
def verb_endings() -> tuple[str, ...]:
    """Endings of verbs, that of the past first."""
    return tuple(known.grammar()["verb_endings"])


@cache
def endings() -> tuple[str, ...]:
    """Endings of adjectives."""
    return tuple(known.grammar()["adjective_endings"])
