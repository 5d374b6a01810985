"""One sentence with all that earlier steps found in it, and what the story as a whole is about.

The record that the steps of `events/` hand on: a step reads a Scene and returns new records.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from detente.events.places import PlaceMention, find_places
from detente.events.roles import ActorIndex
from detente.events.speech import Attribution, find_attributions
from detente.events.when import Calendar, Dated
from detente.knowledge.acts import Acts, senses_by_head
from detente.model import Actor, Sentence, Story
from detente.text.parse import Parse, Token

# A pair is what a story is about when each of the two has at least this share of its mentions.
PRINCIPAL_SHARE = 0.2


class Scene(Struct, frozen=True):
    """A parsed sentence with its actors, dates, places and speakers."""

    sentence: Sentence
    parse: Parse
    actors: ActorIndex
    attributions: list[Attribution]
    dated: list[Dated]
    places: list[PlaceMention]
    acts: Acts

    def token_at(self, start: int, end: int) -> Token | None:
        """The word of a stretch of text that governs the others, or None."""
        tokens = self.parse.within(start, end)
        inside = {token.i for token in tokens}
        for token in tokens:
            if token.head.i not in inside or token.is_root:
                return token
        return tokens[0] if tokens else None


class Principals(Struct, frozen=True):
    """The two states a story is mostly about, the more frequent first; else empty."""

    countries: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()

    def partner(self, country: str | None) -> Actor | None:
        """The other of the two, as first named, where `country` is one of them."""
        if len(self.countries) == 2 and country in self.countries:
            return self.actors[1 - self.countries.index(country)]
        return None


def actors_of(sentence: Sentence, actors: Sequence[Actor]) -> Sequence[Actor]:
    """The actors of a sentence, out of those of a story in the order of the text."""
    first = bisect_left(actors, sentence.start, key=lambda actor: actor.start)
    after = bisect_left(actors, sentence.end, lo=first, key=lambda actor: actor.start)
    return actors[first:after]


def make_scene(
    sentence: Sentence,
    parse: Parse,
    actors: Sequence[Actor],
    calendar: Calendar,
    acts: Acts | None = None,
) -> Scene:
    """Put together what is known of a sentence; `acts` is the shipped lexicon unless given."""
    places = find_places(sentence.text, sentence.start)
    index = ActorIndex(parse, actors, places)
    return Scene(
        sentence,
        parse,
        index,
        find_attributions(parse, index),
        calendar.of_sentence(sentence, parse),
        places,
        senses_by_head() if acts is None else acts,
    )


def principals(story: Story, actors: Sequence[Actor]) -> Principals:
    """The pair of states that a story is mostly about."""
    counts = Counter(actor.country for actor in actors if actor.country)
    total = sum(counts.values())
    leading = sorted(counts, key=lambda code: (-counts[code], code))[:2]
    if len(leading) < 2 or any(counts[code] < PRINCIPAL_SHARE * total for code in leading):
        return Principals()
    return Principals(tuple(leading), tuple(_first_named(code, actors) for code in leading))


def _first_named(code: str, actors: Sequence[Actor]) -> Actor:
    """The first mention of a state by its name; else of anyone who acts for it."""
    own = [actor for actor in actors if actor.country == code]
    return next((actor for actor in own if actor.kind == "state"), own[0])
