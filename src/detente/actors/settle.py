"""Makes actors of drafts, with what the whole story and the tables of people say.

Comes after `phrase` (all lines read), before `reference`. A family name is whose full name the
story has, else who is known by it on the day; an unlisted person is what the story says of him.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ..knowledge.actors import Country
from ..model import Actor, ActorKind
from .given import stands_as_name
from .lexicon import Lexicon, Person
from .memory import (
    Known,
    Memory,
    gender_of,
    has_role,
    holder_of,
    plain_role,
    title_of,
    titles_of,
    with_state,
)
from .people import UNKNOWN, Role, holder, prominent, rank, role
from .phrase import Draft, words
from .segment import STATES, valid_on

# How sure each way of finding is. Set by judgement on newspaper text; not yet calibrated.
SURE = {
    "state": 0.97,
    "adjective": 0.8,
    "people": 0.8,
    "seat": 0.88,
    "body": 0.93,
    "group": 0.85,
    "bare_group": 0.5,
    "office": 0.92,
    "bare_office": 0.5,
    "person": 0.96,
    "disputed": 0.85,
    "family": 0.93,
    "prominent": 0.85,
    "unlisted": 0.88,
    "unlisted_stateless": 0.6,
    "only_speech": 0.4,
}
# Ranks whose plural is still of titles ('the foreign ministers'); others are kinds ('lawmakers').
TITLES = frozenset(
    ("head_of_state", "head_of_government", "minister", "leader", "deputy", "ambassador")
)
# Ranks that one person at a time holds in a state.
SINGLE = frozenset(("head_of_state", "head_of_government", "minister", "leader", "deputy"))


class Mention(Struct, frozen=True):
    """An actor with what `reference` needs beside it: the draft, the gender, the person."""

    actor: Actor
    draft: Draft
    gender: str = ""


def settle(drafts: Sequence[Draft], memory: Memory, phrase: bool = False) -> list[Mention]:
    """Make the mentions; drafts that stand for nobody give none."""
    found = []
    for draft in drafts:
        if draft.holder_family:
            draft.holder = holder_of(draft, memory)
        mention = _person(draft, memory) if draft.named else _other(draft, memory, phrase)
        if mention is not None:
            found.append(mention)
    return found


def _mention(
    draft: Draft, kind: ActorKind, sure: str, role: Role, name: str | None, gender: str, *why: str
) -> Mention:
    actor = Actor(
        text="",
        start=draft.start,
        end=draft.end,
        name=name,
        country=role.country,
        sectors=role.sectors,
        office=role.office,
        kind=kind,
        confidence=SURE[sure],
        why=";".join(dict.fromkeys((*why, *draft.why))),
    )
    return Mention(actor, draft, gender)


def _person(draft: Draft, memory: Memory) -> Mention | None:
    if draft.person is not None:
        return _listed(draft, draft.person, memory, "person")
    if draft.family:
        return _by_family(draft, memory)
    key = draft.unlisted[-1].lower()
    if len(draft.unlisted) == 1 or not has_role(draft):
        others = memory.unlisted.get(key, [])
        name = " ".join(draft.unlisted)
        fitting = [p for p in others if len(draft.unlisted) == 1 or p.name == name]
        if len(fitting) == 1 and fitting[0].sectors:
            return _remembered(draft, fitting[0])
    if has_role(draft):
        plain = plain_role(draft)
        sure = "unlisted" if plain.country or draft.owner else "unlisted_stateless"
        name = " ".join(draft.unlisted)
        return _mention(draft, "person", sure, plain, name, gender_of(draft), "text:name")
    if draft.speech and 1 < len(draft.unlisted) < 5 and not draft.line.titled:
        plain = Role(None, ("UNK",), None)
        name = " ".join(draft.unlisted)
        return _mention(draft, "person", "only_speech", plain, name, gender_of(draft), "text:name")
    return None


def _remembered(draft: Draft, person: Known) -> Mention:
    own = plain_role(draft)
    plain = Role(
        own.country or person.country, own.sectors or person.sectors, own.office or person.office
    )
    sure = "unlisted" if plain.country else "unlisted_stateless"
    gender = gender_of(draft) or person.gender
    return _mention(draft, "person", sure, plain, person.name, gender, "text:name", *person.why)


def _listed(draft: Draft, person: Person, memory: Memory, sure: str) -> Mention:
    title = title_of(draft)
    titles = titles_of(draft, title, memory.lexicon) if title else ()
    found = role(person, memory.date, memory.lexicon, titles, draft.status)
    if title and found.sectors == UNKNOWN:
        found = plain_role(draft)
    if not found.certain and sure == "person":
        sure = "disputed"
    country = draft.country.code if draft.country else found.country
    sectors = with_state(found.sectors, memory.lexicon.codes.get(country or ""))
    if draft.nouns and not found.sectors:
        sectors = plain_role(draft).sectors
    settled = Role(country, sectors, found.office)
    gender = person.gender or gender_of(draft)
    return _mention(draft, "person", sure, settled, person.name, gender, f"people:{person.name}")


def _by_family(draft: Draft, memory: Memory) -> Mention | None:
    """Whose the family name is: the story's, else the prominent holder's on the day."""
    listed = memory.listed.get(draft.family, [])
    unlisted = [p for p in memory.unlisted.get(draft.family, []) if p.sectors]
    if len(listed) > 1:
        chosen = prominent(listed, memory.date, memory.lexicon)
        listed = [chosen] if chosen else []
    if listed:
        return _listed(draft, listed[0], memory, "family")
    if unlisted:
        return _remembered(draft, unlisted[0]) if len(unlisted) == 1 else None
    titled = bool(draft.office or draft.honorific or draft.country)
    is_word = draft.family in words("families_that_are_words")
    if is_word and not titled and not stands_as_name(draft):
        return _untabled(draft)
    people = memory.lexicon.families.get(draft.family, [])
    if draft.country:
        code = draft.country.code
        people = [p for p in people if any(term.country == code for term in p.terms)]
    person = prominent(people, memory.date, memory.lexicon)
    if person is None and draft.country and len(people) == 1:
        person = people[0]
    if person is None or (memory.date is None and not titled):
        return _untabled(draft) or _only_state(draft)
    return _listed(draft, person, memory, "prominent")


def _only_state(draft: Draft) -> Mention | None:
    """The state alone, where the name after it is nobody's that is known: "Ruritania's Doe"."""
    item = draft.line.items[draft.first]
    if draft.country is None or item.kind not in STATES:
        return None
    own = Draft(draft.line, draft.first, draft.first)
    own.sentence, own.country, own.why = draft.sentence, draft.country, draft.why
    own.shape = "state"
    role = Role(draft.country.code, with_state(("GOV",), draft.country), None)
    return _mention(own, "state", "state", role, draft.country.name, "")


def _untabled(draft: Draft) -> Mention | None:
    """A title and a family name that the tables do not join: known by the text alone."""
    if not (draft.office and has_role(draft)):
        return None
    plain = plain_role(draft)
    sure = "unlisted" if plain.country else "unlisted_stateless"
    return _mention(draft, "person", sure, plain, draft.family_text, gender_of(draft), "text:name")


def _other(draft: Draft, memory: Memory, phrase: bool) -> Mention | None:
    """States, bodies, groups and holders of offices without a name."""
    shape = draft.shape
    country = draft.country
    if shape in ("state", "seat", "people") and country is not None:
        return _state(draft, country, memory)
    plain = plain_role(draft)
    if shape == "office":
        return _office(draft, plain, memory)
    if shape == "group" and not draft.owner:
        if not plain.sectors:
            return None
        sure = "group" if plain.country else "bare_group"
        return _mention(draft, "group", sure, plain, None, gender_of(draft))
    if draft.owner is None:
        return None
    if shape == "group" and draft.nouns:
        return _mention(draft, "group", "group", plain, None, gender_of(draft))
    kind: ActorKind = "seat" if shape == "seat" else "group" if shape == "group" else "body"
    sure = "body" if plain.country or "IGO" in plain.sectors or shape != "body" else "bare_group"
    return _mention(draft, kind, sure, plain, body_name(draft), "")


def _state(draft: Draft, country: Country, memory: Memory) -> Mention | None:
    if draft.shape == "people":
        role = Role(country.code, with_state(("CVL",), country), None)
        return _mention(draft, "group", "people", role, None, "")
    if draft.shape == "seat" and memory.date and not valid_on(country, memory.date):
        return None
    role = Role(country.code, with_state(("GOV",), country), None)
    kind: ActorKind = "seat" if draft.shape == "seat" else "state"
    sure = "adjective" if draft.adjective else kind
    return _mention(draft, kind, sure, role, country.name, "")


def _office(draft: Draft, plain: Role, memory: Memory) -> Mention | None:
    """A title without a name: who held it on the day, where that is one person."""
    office = draft.office
    assert office is not None
    gender = gender_of(draft)
    if draft.plural or (office.level == "official" and not draft.deputy):
        title = plain.office if office.level in TITLES else None
        sure = "group" if plain.country or draft.owner else "bare_group"
        role = Role(plain.country, plain.sectors, title)
        kind: ActorKind = "office" if draft.plural and title else "group"
        return _mention(draft, kind, sure, role, None, gender)
    if not plain.country and not draft.owner and "IGO" not in plain.sectors:
        return _mention(draft, "office", "bare_office", plain, None, gender)
    name, why = None, ""
    if not draft.status:
        found = None
        for title in _single(draft, plain.office or "", memory.lexicon):
            found = found or holder(title, plain.country, memory.date, memory.lexicon)
        if found is not None:
            name, why = found[0].name, f"people:{found[0].name}"
            gender = gender or found[0].gender
    extra = (why,) if why else ()
    return _mention(draft, "office", "office", plain, name, gender, *extra)


def _single(draft: Draft, title: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The titles that one person at a time holds: of a body or post, else of high rank only."""
    titles = titles_of(draft, title, lexicon)
    if draft.owner is not None or draft.post:
        return titles[1:]
    office = lexicon.offices.get(title)
    return titles if office is not None and office.level in SINGLE else ()


def body_name(draft: Draft) -> str | None:
    """The canonical name of a body: its own, or the state's adjective and its kind of body."""
    body = draft.owner
    assert body is not None
    if draft.holder is not None and not body.country and draft.country is None:
        return None
    if body.country or draft.country is None:
        return body.name
    title = " ".join(word[:1].upper() + word[1:] for word in body.name.split())
    adjective = (draft.country.adjectives or (draft.country.name,))[0]
    return f"{adjective} {title}"


__all__ = ["Memory", "Mention", "gender_of", "rank", "settle", "title_of"]
