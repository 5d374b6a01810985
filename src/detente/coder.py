"""The whole way from a Document to its Coding: the first file to read.

    1. clean       the story's sentences, its masthead, how sound it is         (`text/`)
    2. who         every mention of an actor, references resolved               (`actors/`)
    3. choose      the sentences worth parsing: an actor and a word of action   (`events/worth`)
    4. parse       those, and only those                                        (`text/parse`)
    5. what        events, sentence by sentence                                 (`events/find`)
    6. said        statements, and what a speaker does by them         (`statements`, `claims`)
    7. derived     agenda, issues, channels, outlook
    8. as given    every offset moved back into the text as it was given        (`text/story`)

A Coding is a pure function of the Document and the knowledge: no clock, no network.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.actors import Lexicon, find_actors
from detente.events.agenda import find_agenda
from detente.events.as_given import as_given
from detente.events.channels import find_channels
from detente.events.claims import find_claims
from detente.events.find import find_events, without_echoes
from detente.events.issues import find_issues
from detente.events.offtopic import is_off_topic
from detente.events.outlook import find_outlook
from detente.events.scene import Principals, Scene, actors_of, make_scene, principals
from detente.events.statements import find_statements
from detente.events.when import Calendar
from detente.events.worth import worth_parsing
from detente.knowledge.acts import Acts, with_own
from detente.knowledge.own_ontology import Ontology
from detente.model import Actor, Coding, Document, Event, Sentence, Story
from detente.text import read_story
from detente.text.parse import parse_sentences


class Coder:
    """Reads documents. Holds no state between them; the models load on first need.

    >>> coding = Coder().code(Document("France's president met Kenya's in Nairobi on Monday."))
    >>> [event.type for event in coding.events]
    ['CONSULT']

    `lexicon` is the shipped one unless given (`detente.actors.load_lexicon` reads your own);
    `ontology` adds acts of your own (`detente.knowledge.own_ontology.read_ontology`).
    """

    def __init__(self, lexicon: Lexicon | None = None, ontology: Ontology | None = None) -> None:
        self._lexicon = lexicon
        self._acts = with_own(ontology.senses if ontology else ())

    def code(self, document: Document) -> Coding:
        """Code one document.

        A document that is not English, or not of public affairs, gives a Coding without events
        whose `story.quality.flags` say so. Never raises for odd text.
        """
        story = read_story(document)  # 1
        if story.language not in ("en", None):
            return as_given(Coding(document, story))
        actors = find_actors(story, self._lexicon)  # 2
        chosen = worth_parsing(story, actors)  # 3
        about = principals(story, actors)
        calendar = Calendar(story.date)
        scenes = _scenes(story, actors, chosen, calendar, self._acts)  # 4
        events = [] if is_off_topic(story) else _events(scenes, calendar, about)  # 5
        statements = find_statements(scenes, story.sentences, actors)  # 6
        if not is_off_topic(story):
            events = _in_order(events + find_claims(scenes, statements, events, calendar))
        return as_given(  # 7, 8
            Coding(
                document,
                story,
                actors=actors,
                events=tuple(events),
                statements=tuple(statements),
                agenda=tuple(find_agenda(events)),
                issues=tuple(find_issues(story.sentences, actors, about.countries)),
                channels=tuple(find_channels(scenes, events, about)),
                outlook=tuple(find_outlook(scenes, calendar)),
            )
        )


def _scenes(
    story: Story,
    actors: Sequence[Actor],
    chosen: Sequence[Sentence],
    calendar: Calendar,
    acts: Acts,
) -> list[Scene | None]:
    """A scene for each sentence of the story that was chosen, None for the others."""
    parses = parse_sentences([s.text for s in chosen], [s.start for s in chosen])
    scenes: dict[int, Scene] = {}
    for sentence, parse in zip(chosen, parses, strict=True):
        own = actors_of(sentence, actors)
        scenes[sentence.index] = make_scene(sentence, parse, own, calendar, acts)
    return [scenes.get(sentence.index) for sentence in story.sentences]


def _events(scenes: Sequence[Scene | None], calendar: Calendar, about: Principals) -> list[Event]:
    events = []
    for scene in scenes:
        if scene is not None and scene.sentence.kind == "body":
            events += find_events(scene, calendar, about)
            calendar.remember(scene.sentence, scene.parse, scene.dated)
    return without_echoes(events)


def _in_order(events: list[Event]) -> list[Event]:
    return sorted(events, key=lambda e: (e.sentence, e.trigger, e.type, e.confidence))
