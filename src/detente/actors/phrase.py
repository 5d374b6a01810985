"""Reads phrases: from items to drafts, one for each actor that a phrase stands for.

Comes after `segment`; `settle` makes actors of the drafts once the whole story is read. The
grammar is one pass from left to right: [number] [former, deputy, senior ...] [nationality]
[body] [title or noun] [name], then 'of', 'for' or 'from' whom, then an apposition between
commas. Words that point back are left to `reference`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..knowledge import actors as known
from ..knowledge.actors import Body, Country, Noun, Office
from .lexicon import Entry, Person
from .segment import STATES, Item, Line, Setting, is_organ, pick_country

HEADS = frozenset(("office", "institution", "sector"))
OWNERS = frozenset(("organisation", "group", "seat"))
PERSONS = frozenset(("person", "mononym", "family"))
MARKS = frozenset(("former", "acting", "deputy", "modifier", "direction"))
LONGEST_NAME = 5
LONGEST_COMPLEMENT = 3
LONGEST_TRAIL = 5


class Draft:
    """One actor to be: what the words of the phrase say, before the story has its say.

    `start` and `end` count characters. `person` is a known one; `family` a family name alone;
    `unlisted` a name no table has. `owner` is the body the actor belongs to or is; `holder` the
    person whose it is ("Biden's spokesman"); `generic` says that the owner is a kind of body that
    every state has; `post` where an envoy is sent.
    """

    __slots__ = (
        "adjective", "article", "country", "deputy", "end", "family", "family_text", "first", "generic", "holder",
        "holder_family", "honorific", "item", "line", "nouns", "office", "owner", "person", "plural", "post",
        "sentence", "shape", "speech", "start", "status", "unlisted", "why",
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
def _verb_endings() -> tuple[str, ...]:
    return tuple(known.grammar()["verb_endings"])


@cache
def _endings() -> tuple[str, ...]:
    return tuple(known.grammar()["adjective_endings"])


class Reader:
    """Reads the phrases of one line."""

    def __init__(self, line: Line, setting: Setting) -> None:
        self.line = line
        self.items = line.items
        self.size = len(line.items)
        self.setting = setting

    def drafts(self) -> list[Draft]:
        """All drafts of the line, in its order."""
        found: list[Draft] = []
        at = 0
        while at < self.size:
            kind = self.items[at].kind
            if kind in _STARTS:
                drafts, after = self._read(at)
                found.extend(drafts)
                at = max(after, at + 1)
            else:
                at += 1
        return found

    def _read(self, at: int) -> tuple[list[Draft], int]:
        """Read the phrase that begins at an item: its drafts (maybe none) and where it ends."""
        item = self.items[at]
        if item.kind in _NAMES:
            pieces = self._person(at)
        elif item.kind in STATES and self._is_cut(at):
            return [], at + 1
        else:
            pieces = self._pieces(at)
        if pieces is None or not (pieces.anything or pieces.named):
            return [], at + 1
        if self._describes(pieces):
            return [], pieces.end + 1
        self._complements(pieces)
        if pieces.offices and not pieces.named:
            self._name(pieces)
        drafts = self._build(pieces, at)
        after = pieces.end
        if len(drafts) == 1:
            after = self._appositive(drafts[0], after)
            after = self._shared_title(drafts, after)
        for draft in drafts:
            draft.speech = self._speaks(draft)
        return drafts, after

    def _describes(self, pieces: Pieces) -> bool:
        """'US ally Saudi Arabia': the first state is only a description."""
        if pieces.headed or pieces.owner or pieces.end + 1 >= self.size:
            return False
        noun, state = self.items[pieces.end], self.items[pieces.end + 1]
        return noun.first.norm in words("described_by") and state.kind in STATES

    def _is_cut(self, at: int) -> bool:
        """Whether a hyphen takes the state away: 'pro-Russian', 'Iran-backed'."""
        item = self.items[at]
        if item.first.joined and at:
            before = self.items[at - 1]
            if before.first.norm in words("dropped_before_hyphen"):
                return True
            if before.kind not in STATES and not before.first.cap and before.kind != "former":
                return True
        after = self._at(at + 1)
        if after is None or not after.first.joined or after.first.cap:
            return False
        return after.kind not in STATES and after.first.norm not in words("kept_after_hyphen")

    def _at(self, index: int) -> Item | None:
        return self.items[index] if 0 <= index < self.size else None

    def _kind(self, index: int) -> str:
        return self.items[index].kind if index < self.size else ""

    # --- [number] [marks] [nationality] [body] [title or noun] -------------------------------

    def _pieces(self, at: int, nested: bool = False) -> Pieces | None:
        pieces = Pieces(at)
        x = at
        while x < self.size:
            item = self.items[x]
            kind = item.kind
            if x > at and item.first.joined and kind not in HEADS | MARKS:
                if not self._is_status(x - 1):
                    break
            if kind in ("quantity", "number"):
                if pieces.anything:
                    break
                pieces.quantity = True
                link = self._at(x + 1)
                x += 2 if link and link.first.norm == known.grammar()["quantity_link"] else 1
            elif kind in MARKS:
                if pieces.headed and not self._head_follows(x + 1):
                    break
                self._mark(pieces, item)
                x += 1
            elif kind in STATES:
                if pieces.nats or pieces.owner or pieces.headed or self._is_cut(x):
                    break
                x = self._nationalities(pieces, x)
            elif kind in OWNERS:
                if pieces.owner or pieces.headed or pieces.body:
                    break
                pieces.owner = item
                x += 1
                pieces.end = x
            elif kind in HEADS:
                if not self._head(pieces, item, x):
                    break
                x += 1
                pieces.end = x
            elif kind == "name" and not self.line.titled:
                after = self._body(pieces, x)
                if not after:
                    break
                x = after
            elif kind == "word" and self._loose(pieces, x):
                x += 1
            else:
                break
            if pieces.end == x and pieces.headed and self._ends(x):
                break
        if not pieces.anything:
            return None
        if not nested and pieces.end:
            self._name(pieces)
        return pieces

    def _is_status(self, index: int) -> bool:
        return self.items[index].kind in ("former", "deputy", "acting")

    def _ends(self, x: int) -> bool:
        """Whether the phrase cannot go on: the last word was a possessive and no title follows."""
        return self.items[x - 1].last.poss and not self._head_follows(x)

    def _head_follows(self, x: int, limit: int = 4) -> bool:
        """Whether a title or noun comes, after nothing but marks and loose adjectives."""
        while limit and x < self.size:
            item = self.items[x]
            if item.kind in HEADS:
                return item.first.norm not in words("described_by")
            if item.kind not in MARKS and not (item.kind == "word" and self._adjectival(item)):
                return False
            x += 1
            limit -= 1
        return False

    def _mark(self, pieces: Pieces, item: Item) -> None:
        if item.kind == "deputy":
            pieces.deputy = item.first.norm
        elif item.kind in ("former", "acting"):
            pieces.status = item.kind

    def _adjectival(self, item: Item) -> bool:
        norm = item.first.norm
        return not item.first.cap and len(norm) > 4 and norm.endswith(_endings())

    def _loose(self, pieces: Pieces, x: int) -> bool:
        """An adjective of the open class, between a nationality and a noun."""
        if not (pieces.nats or pieces.owner or pieces.quantity) or pieces.headed:
            return False
        return self._adjectival(self.items[x]) and self._head_follows(x + 1)

    def _nationalities(self, pieces: Pieces, x: int) -> int:
        """Read one nationality, or several that share what follows: 'Turkish and Greek'."""
        item = self.items[x]
        pieces.nats = [item]
        pieces.end = x + 1
        nxt = self._at(x + 1)
        if item.first.joined or (nxt is not None and nxt.first.joined):
            return self.size
        more = [item]
        y = x + 1
        while y + 1 < self.size:
            comma = self.items[y].first.bare == ","
            step = y + 1 if comma or self.items[y].kind == "conj" else y
            if comma and self._kind(step) == "conj":
                step += 1
            if step == y or self._kind(step) not in STATES or not self._sharing(more[-1]):
                break
            more.append(self.items[step])
            y = step + 1
        if len(more) > 1 and self._sharing(more[-1]) and self._head_follows(y):
            pieces.nats = more
            pieces.end = y
            return y
        return x + 1

    def _sharing(self, item: Item) -> bool:
        return item.has("adjective") or item.last.poss

    def _head(self, pieces: Pieces, item: Item, x: int) -> bool:
        """Take a title or noun into the phrase. False where the phrase ends before it."""
        norm = item.first.norm
        if item.kind == "sector":
            if norm in words("described_by") and item.j == item.i + 1:
                return False
            quiet = norm in words("quiet_nouns") and item.j == item.i + 1
            if quiet and pieces.quantity and not pieces.nats:
                quiet = self.setting.phrase
            alone = not (pieces.nats or pieces.owner or pieces.headed)
            if quiet and alone and not self._owned_after(x):
                return self._head_follows(x + 1)
        if item.kind == "office" and self._unowned(pieces, item, x):
            return False
        if item.kind == "sector" and self._only_modifies(item, x):
            return False
        if pieces.offices and item.kind == "office" and not self.items[x - 1].last.poss:
            return False
        if pieces.headed and self._is_plural(pieces) and not self.items[x - 1].last.poss:
            return False
        (pieces.offices if item.kind == "office" else pieces.nouns).append(item)
        return True

    def _owned_after(self, x: int) -> bool:
        """'the people of Yemen': a quiet noun that a state after it makes an actor."""
        link = self._at(x + 1)
        if link is None or link.kind != "prep" or link.first.norm not in words("owner_links"):
            return False
        after = x + 2 + (self._kind(x + 2) == "article")
        return link.first.norm != known.grammar()["place_link"] and self._kind(after) in STATES

    def _only_modifies(self, item: Item, x: int) -> bool:
        """'spy balloon', 'student loans': a singular noun before another noun is no actor."""
        after = self._at(x + 1)
        if after is None or after.kind != "word" or item.last.poss or item.first.cap:
            return False
        if item.of("sector")[0].plural or after.first.joined:
            return False
        norm = after.first.norm
        return not norm.endswith(_verb_endings()) and norm not in words("irregular_pasts")

    def _unowned(self, pieces: Pieces, item: Item, x: int) -> bool:
        """'head', 'chief': no title unless a body or state is named beside it."""
        if item.first.norm not in known.grammar()["owned_titles"] or item.j > item.i + 1:
            return False
        if pieces.nats or pieces.owner or pieces.headed or pieces.body:
            return False
        after = self._at(x + 1)
        return after is None or after.first.norm != known.grammar()["name_link"]

    def _is_plural(self, pieces: Pieces) -> bool:
        """Whether the last noun is a plural, after which no other noun belongs to the phrase."""
        last = self.items[pieces.end - 1]
        entries = last.of(last.kind)
        return bool(entries) and last.kind == "sector" and entries[0].plural

    def _body(self, pieces: Pieces, x: int) -> int:
        """Capitalised words between the nationality and its title: 'US Seventh Fleet commander'.

        Gives the index after them, 0 where they are no part of the phrase.
        """
        if not (pieces.nats or pieces.owner) or pieces.headed or pieces.body:
            return 0
        y = x
        while y < min(x + 4, self.size) and self.items[y].kind in ("name", "direction"):
            y += 1
        last = self.items[y - 1].first.norm
        if is_organ(last) and pieces.nats:
            pieces.body = (x, y)
            pieces.end = y
            return y
        return y if self._kind(y) in HEADS and not self.items[y - 1].last.poss else 0

    # --- names -------------------------------------------------------------------------------

    def _name(self, pieces: Pieces) -> None:
        """Take the personal name that follows a title or a nationality into the phrase."""
        x = pieces.end
        if x >= self.size or (self.items[x - 1].last.poss and pieces.headed):
            return
        item = self.items[x]
        while item.kind in ("honorific", "office", "conj") and x + 1 < self.size:
            if item.kind == "conj" and not (pieces.offices and self._kind(x + 1) == "office"):
                return
            if item.kind == "office" and not item.first.cap and not pieces.offices:
                return
            if item.kind == "honorific":
                pieces.honorific = item.first.norm
            x += 1
            item = self.items[x]
        if item.first.joined:
            return
        if item.kind in PERSONS:
            self._listed_name(pieces, x)
        elif item.kind in ("name", "particle") and not self.line.titled:
            titled = pieces.offices or (pieces.nouns and not self._is_plural(pieces))
            if titled and pieces.nouns and not pieces.offices:
                titled = self.items[pieces.end - 1].kind == "sector"
            if titled and item.first.cap:
                self._unlisted_name(pieces, x)

    def _listed_name(self, pieces: Pieces, x: int) -> None:
        item = self.items[x]
        only_nat = bool(pieces.nats) and not pieces.headed and not pieces.owner
        if only_nat and item.kind == "family" and not self.items[x - 1].last.poss:
            return
        if pieces.owner and not pieces.headed and not pieces.nats:
            return
        nxt = self._at(x + 1)
        if item.kind == "family" and nxt is not None and not self.line.titled:
            if nxt.kind in ("name", "family") and not nxt.first.joined and not item.last.poss:
                self._unlisted_name(pieces, x)
                return
        pieces.person = item
        pieces.end = x + 1

    def _unlisted_name(self, pieces: Pieces, x: int) -> None:
        name, y = self._sequence(x)
        if name:
            pieces.unlisted = name
            pieces.end = y

    def _sequence(self, x: int) -> tuple[tuple[str, ...], int]:
        """The capitalised words of a name from an item on, and the index after them."""
        y = x
        while y < min(x + LONGEST_NAME, self.size):
            item = self.items[y]
            linked = y == x or not (self.items[y - 1].last.poss or self._parted(y))
            if not linked or item.kind not in ("name", "family", "particle", "mononym"):
                break
            y += 1
        while y > x and not self.items[y - 1].first.cap:
            y -= 1
        return tuple(item.first.bare if item.j == item.i + 1 else self._bare(item)
                     for item in self.items[x:y]), y  # fmt: skip

    def _parted(self, y: int) -> bool:
        """'Biden-Xi': a hyphen between two family names is no name."""
        pair = (self.items[y - 1].kind, self.items[y].kind)
        return self.items[y].first.joined and "family" in pair

    def _bare(self, item: Item) -> str:
        return " ".join(token.bare for token in self.line.tokens[item.i : item.j])

    def _person(self, at: int) -> Pieces | None:
        """Read a phrase that begins with a name or a form of address."""
        pieces = Pieces(at)
        x = at
        while self._kind(x) == "honorific":
            pieces.honorific = self.items[x].first.norm
            x += 1
        kind = self._kind(x)
        if kind in ("person", "mononym"):
            pieces.person = self.items[x]
            pieces.end = x + 1
            return self._household(pieces)
        if kind not in ("name", "family") or (kind == "name" and self.line.titled):
            return None
        if self.line.titled:
            pieces.person = self.items[x]
            pieces.end = x + 1
            return self._household(pieces)
        name, y = self._sequence(x)
        if len(name) == 1 and kind == "family":
            pieces.person = self.items[x]
        else:
            pieces.unlisted = name
        pieces.end = y
        return self._household(pieces) if name else None

    def _household(self, pieces: Pieces) -> Pieces:
        """'Biden's spokesman', 'the Trump administration': whose person or body it is."""
        x = pieces.end
        if pieces.person is None or x >= self.size or self.items[x].first.joined:
            return pieces
        if not (self.items[x - 1].last.poss or self._kind(x) == "institution"):
            return pieces
        inner = self._pieces(x, nested=False)
        if inner is None or not inner.headed or inner.nats or inner.owner:
            return pieces
        inner.start = pieces.start
        inner.holder = pieces.person
        return inner

    # --- of whom -----------------------------------------------------------------------------

    def _complements(self, pieces: Pieces) -> None:
        """Read 'of France', 'for the Chinese foreign ministry', 'at the X Institute'."""
        for _ in range(LONGEST_COMPLEMENT):
            if not (pieces.headed or pieces.named) or not self._complement(pieces):
                return

    def _complement(self, pieces: Pieces) -> bool:
        x = pieces.end
        if self._kind(x) != "prep" or self.items[x - 1].last.poss:
            return False
        link = self.items[x].first.norm
        grammar = known.grammar()
        post = link == grammar["post_link"] and self._is_envoy(pieces)
        if link not in words("owner_links") and not post:
            return False
        if not pieces.headed and link != grammar["name_link"]:
            return False
        x += 1
        if self._kind(x) == "article":
            x += 1
        inner = self._pieces(x, nested=True)
        if inner is None:
            return self._unknown_body(pieces, x, link)
        if post:
            pieces.end = inner.end
            pieces.post = inner.nats[0] if inner.nats else inner.owner
            self._name(pieces)
            return not pieces.named
        state = bool(inner.nats) and not (inner.headed or inner.owner or inner.body)
        if link == grammar["place_link"] and (state or not inner.owner):
            return False
        if not self._belongs(pieces, inner, state) or self._runs_on(inner):
            return False
        pieces.inner = pieces.inner or inner
        pieces.end = inner.end
        if state:
            pieces.extra = self._more_states(pieces, inner)
            if len(inner.nats) == 1 and not pieces.nats:
                pieces.nats = inner.nats + pieces.extra
        return True

    def _runs_on(self, inner: Pieces) -> bool:
        """'of China's exports', 'from Russian attacks': the state only owns what follows."""
        last = self.items[inner.end - 1]
        if inner.headed or inner.owner or inner.body:
            return False
        if last.last.poss:
            return True
        after = self._at(inner.end)
        if after is None or last.kind not in ("adjective", "people"):
            return False
        return after.kind in ("word", "name", "sector") and not last.has("country")

    def _is_envoy(self, pieces: Pieces) -> bool:
        return any(entry.record.level == "ambassador"
                   for item in pieces.offices for entry in item.of("office"))  # fmt: skip

    def _belongs(self, pieces: Pieces, inner: Pieces, state: bool) -> bool:
        """Whether what follows the link can own the phrase."""
        if inner.named:
            return False
        if pieces.named and not pieces.headed:
            return state and self.items[inner.end - 1].kind == "country"
        if state and pieces.nats:
            return False
        return not (inner.quantity and not inner.owner)

    def _more_states(self, pieces: Pieces, inner: Pieces) -> list[Item]:
        """'the presidents of Russia, Belarus and Kazakhstan': the other states."""
        last = (pieces.offices or pieces.nouns)[-1:] if pieces.headed else []
        if not last or not any(entry.plural for entry in last[0].of(last[0].kind)):
            return []
        found: list[Item] = []
        y = inner.end
        while y + 1 < self.size:
            step = y
            if self.items[step].first.bare == ",":
                step += 1
            if self._kind(step) == "conj":
                step += 1
            if self._kind(step) == "article":
                step += 1
            nxt = self._at(step)
            if step == y or nxt is None or nxt.kind not in ("country", "capital"):
                break
            if nxt.last.poss or self._head_follows(step + 1):
                break
            found.append(nxt)
            y = step + 1
        if found:
            pieces.end = y
        return found

    def _unknown_body(self, pieces: Pieces, x: int, link: str) -> bool:
        """'at the X Institute': a body of capitalised words that no table has."""
        y = x
        while y < min(x + 6, self.size):
            item = self.items[y]
            small = item.kind in ("prep", "conj") and self._kind(y + 1) in ("name", "country")
            if (item.kind in _CAPITALISED and item.first.cap) or (small and y > x):
                y += 1
            else:
                break
        if y == x or not pieces.headed:
            return False
        tokens = [self.items[index].last.norm for index in range(x, y)]
        if not any(token in known.grammar()["body_words"] for token in tokens):
            return False
        pieces.body = (x, y)
        pieces.end = y
        return True

    # --- drafts ------------------------------------------------------------------------------

    def _build(self, pieces: Pieces, at: int) -> list[Draft]:
        first = pieces.start
        if not (pieces.headed or pieces.named or pieces.body):
            first = self._significant(pieces)
        last = pieces.end - 1
        if not pieces.nats:
            return [self._draft(pieces, first, last, None)]
        countries = pieces.nats
        if pieces.named and not self._title_plural(pieces):
            countries = countries[:1]
        return [self._draft(pieces, first, last, item) for item in countries]

    def _title_plural(self, pieces: Pieces) -> bool:
        return any(entry.plural for item in pieces.offices for entry in item.of("office"))

    def _significant(self, pieces: Pieces) -> int:
        """Where a phrase without title or noun begins: at its state or body."""
        main = pieces.nats[0] if pieces.nats else pieces.owner
        first = next(i for i in range(pieces.start, pieces.end) if self.items[i] is main)
        people = pieces.nats and pieces.nats[0].kind != "country" and main and main.has("people")
        return pieces.start if pieces.quantity and people else first

    def _draft(self, pieces: Pieces, first: int, last: int, nat: Item | None) -> Draft:
        draft = Draft(self.line, first, last)
        before = self._at(first - 1)
        if before is not None and before.kind == "article":
            draft.article = before.first.norm
        self._countries(draft, pieces, nat)
        self._owner(draft, pieces)
        self._titles(draft, pieces)
        draft.status = pieces.status
        draft.deputy = pieces.deputy
        draft.honorific = pieces.honorific
        if pieces.holder is not None:
            self._held(draft, pieces.holder)
        if pieces.post is not None:
            record = pieces.post.entries[0].record
            draft.post = record.name.lower()
        self._who(draft, pieces)
        draft.shape = self._shape(draft, pieces, nat)
        return draft

    def _countries(self, draft: Draft, pieces: Pieces, nat: Item | None) -> None:
        if nat is None and pieces.inner and pieces.inner.nats:
            nat = pieces.inner.nats[0]
        if nat is None:
            return
        entries = [entry for entry in nat.entries if entry.kind in STATES]
        draft.country = pick_country(entries, self.setting.date)
        draft.adjective = nat.kind == "adjective"
        draft.why.append(f"countries:{draft.country.code}")

    def _owner(self, draft: Draft, pieces: Pieces) -> None:
        item = pieces.owner or (pieces.inner.owner if pieces.inner else None)
        nouns = [noun for noun in pieces.nouns if noun.kind == "institution"]
        if pieces.inner:
            nouns += [noun for noun in pieces.inner.nouns if noun.kind == "institution"]
        if item is not None:
            entry = _valid(item.of(item.kind), self.setting)
            draft.owner = entry.record
            draft.why.append(f"{_TABLES[item.kind]}:{entry.record.name}")
        elif nouns:
            entry = _own(nouns[-1].of("institution"), draft.country)
            draft.owner = entry.record
            draft.generic = not entry.record.country
            draft.why.append(f"institutions:{entry.record.name}")
        elif pieces.body or (pieces.inner and pieces.inner.body):
            draft.owner = self._made_body(pieces)
            draft.why.append("actor_grammar:body_words")

    def _made_body(self, pieces: Pieces) -> Body:
        """A body that no table has, from its capitalised name."""
        first, last = pieces.body or (pieces.inner.body if pieces.inner else None) or (0, 0)
        tokens = self.line.tokens[self.items[first].i : self.items[last - 1].j]
        table = known.grammar()["body_words"]
        sector = next((table[token.norm] for token in reversed(tokens) if token.norm in table), "")
        name = " ".join(token.bare for token in tokens)
        return Body(name=name, forms=(), country=None, sectors=(sector,) if sector else ())

    def _titles(self, draft: Draft, pieces: Pieces) -> None:
        inner = pieces.inner
        nouns = pieces.nouns + (inner.nouns if inner else [])
        draft.nouns = [noun.of("sector")[0].record for noun in nouns if noun.kind == "sector"]
        draft.why += [f"sectors:{noun.noun}" for noun in draft.nouns]
        heads = pieces.offices or pieces.nouns
        if heads:
            entries = heads[-1].of(heads[-1].kind)
            draft.plural = any(entry.plural for entry in entries)
        if pieces.offices:
            item = pieces.offices[-1]
            entry = _own(item.of("office"), draft.country)
            draft.office = entry.record
            draft.why.append(f"offices:{entry.record.office}")

    def _who(self, draft: Draft, pieces: Pieces) -> None:
        draft.unlisted = pieces.unlisted
        item = pieces.person
        if item is None:
            return
        if item.kind == "family":
            draft.family = item.of("family")[0].record
            draft.family_text = self._bare(item)
            return
        draft.person = _person_of(item, draft.country)

    def _held(self, draft: Draft, item: Item) -> None:
        """Whose the phrase is; for a family name alone, `settle` finds out who that is."""
        if item.kind == "family":
            draft.holder_family = item.of("family")[0].record
        else:
            draft.holder = _person_of(item, draft.country)

    def _shape(self, draft: Draft, pieces: Pieces, nat: Item | None) -> str:
        if draft.named:
            return "person"
        if draft.office:
            return "office"
        if pieces.nouns and pieces.nouns[-1].kind == "sector":
            return "group"
        if draft.owner is not None:
            if pieces.owner is not None and not pieces.headed:
                return {"seat": "seat", "group": "group"}.get(pieces.owner.kind, "body")
            return "body"
        if nat is None or pieces.headed:
            return "group"
        return self._state_shape(draft, pieces, nat)

    def _state_shape(self, draft: Draft, pieces: Pieces, nat: Item) -> str:
        if nat.kind == "capital":
            return "seat"
        counted = pieces.quantity or draft.article in ("a", "an", "another")
        after = self._at(pieces.end)
        closed = after is None or after.kind not in ("word", "name", "number", "modifier")
        if nat.kind == "people" or (nat.has("people") and counted and closed):
            return "people"
        return "state"

    # --- apposition --------------------------------------------------------------------------

    def _appositive(self, draft: Draft, after: int) -> int:
        """Join 'Ivanov, the Russian deputy foreign minister' into one actor; give its end."""
        if after + 1 >= self.size or self.items[after].first.bare != ",":
            return after
        if self.items[after - 1].last.poss or draft.plural:
            return after
        if draft.named:
            return self._role_after(draft, after)
        if draft.office is not None:
            return self._name_after(draft, after)
        return after

    def _role_after(self, draft: Draft, after: int) -> int:
        x = after + 1
        article = self._kind(x) == "article"
        x += article
        if self._kind(x) not in _STARTS or self._kind(x) in _NAMES:
            return after
        pieces = self._pieces(x, nested=True)
        if pieces is None or not pieces.headed:
            return after
        self._complements(pieces)
        self._trail(pieces)
        if pieces.named or len(pieces.nats) > 1 or not self._closes(pieces.end):
            return after
        role = self._draft(pieces, x, pieces.end - 1, pieces.nats[0] if pieces.nats else None)
        ends_in_body = not role.office and not role.nouns
        if role.plural or ends_in_body or not self._agree(draft, role):
            return after
        draft.country = draft.country or role.country
        draft.owner = draft.owner or role.owner
        draft.office = draft.office or role.office
        draft.deputy = draft.deputy or role.deputy
        draft.status = draft.status or role.status
        draft.nouns += role.nouns
        draft.why += role.why
        draft.end = role.end
        draft.item = pieces.end - 1
        return pieces.end

    def _trail(self, pieces: Pieces) -> None:
        """Go on over what the last body owns: "fellow in the X Fund's Asia programme"."""
        if not self.items[pieces.end - 1].last.poss:
            return
        for y in range(pieces.end, min(pieces.end + LONGEST_TRAIL, self.size)):
            if self.items[y].kind not in ("word", "name", "modifier", "direction", "sector"):
                return
            if self._closes(y + 1):
                pieces.end = y + 1
                return

    def _agree(self, draft: Draft, role: Draft) -> bool:
        """Whether a role can be the person's: a known person's country must be the role's."""
        if role.country is None:
            return True
        if draft.country is not None:
            return draft.country.code == role.country.code
        if draft.person is None:
            return True
        codes = {term.country for term in draft.person.terms}
        return role.country.code in codes

    def _name_after(self, draft: Draft, after: int) -> int:
        x = after + 1
        kind = self._kind(x)
        if kind in ("person", "mononym"):
            person = _person_of(self.items[x], draft.country)
            codes = {term.country for term in person.terms}
            if (draft.country and draft.country.code not in codes) or not self._closes(x + 1):
                return after
            draft.person = person
        elif kind in ("name", "family") and not self.line.titled:
            name, y = self._sequence(x)
            if len(name) < 2 or not self._closes(y):
                return after
            draft.unlisted = name
            x = y - 1
        else:
            return after
        draft.shape = "person"
        draft.end = self.items[x].last.end
        draft.item = x
        return x + 1

    def _closes(self, index: int) -> bool:
        """Whether an apposition can end before this item."""
        item = self._at(index)
        if item is None:
            return True
        return item.kind in ("mark", "speech") or (
            item.kind in ("conj", "function", "prep") and self.setting.phrase
        )

    def _shared_title(self, drafts: list[Draft], after: int) -> int:
        """'Presidents Biden and Xi': the second person has the title as well."""
        first = drafts[0]
        if not (first.office and first.plural and first.named):
            return after
        while after + 1 < self.size:
            step = after + (self.items[after].first.bare == ",")
            step += self._kind(step) == "conj"
            if step == after or self._kind(step) not in PERSONS:
                break
            pieces = Pieces(step)
            pieces.person = self.items[step]
            pieces.end = step + 1
            self._complements(pieces)
            second = self._build(pieces, step)[0]
            second.office = first.office
            second.why.append(f"offices:{first.office.office}")
            drafts.append(second)
            after = pieces.end
        return after

    def _speaks(self, draft: Draft) -> bool:
        """Whether a verb of speech stands right before or after."""
        after = draft.item + 1
        if self._kind(after) == "mark" and self.items[after].first.bare == ",":
            after += 1
        before = draft.first - 1
        if before >= 0 and self.items[before].kind == "article":
            before -= 1
        return self._kind(after) == "speech" or (before >= 0 and self._kind(before) == "speech")


_TABLES = {"organisation": "organisations", "group": "groups", "seat": "seats"}
_NAMES = frozenset(("name", "honorific", "family", "person", "mononym"))
_CAPITALISED = _NAMES | STATES | HEADS | OWNERS | {"direction", "modifier", "calendar", "function"}
_STARTS = _NAMES | STATES | HEADS | OWNERS | {"quantity", "number"} | MARKS


def _valid(entries: Sequence[Entry], setting: Setting) -> Entry:
    """The row of a body that held on the day: the Taliban before and after August 2021."""
    from .segment import valid_on

    if setting.date is None:
        return entries[-1]
    return next((entry for entry in entries if valid_on(entry.record, setting.date)), entries[-1])


def _own(entries: Sequence[Entry], country: Country | None) -> Entry:
    """The row of the actor's own state; else one of no state; else the first."""
    code = country.code if country else None
    same = [entry for entry in entries if entry.record.country == code]
    free = [entry for entry in entries if not entry.record.country]
    return (same or free or list(entries))[0]


def _person_of(item: Item, country: Country | None) -> Person:
    """The person of a full name; of namesakes, the one in the service of the country named."""
    people: list[Person] = [
        entry.record for entry in item.entries if entry.kind in ("person", "mononym")
    ]
    if country is not None:
        for person in people:
            if any(term.country == country.code for term in person.terms):
                return person
    return people[0]
