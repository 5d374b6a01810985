"""Finds the actors of a story, or of a phrase: the whole way through this folder.

1. `tokens` cuts each sentence, 2. `segment` finds what the tables know, 3. `namesakes` takes out
what only looks like an actor, 4. `phrase` reads drafts, 5. `settle` makes actors of them with what
the whole story says, 6. `reference` resolves what points back. Before it: a `Story`; after it:
`events/`. No parser is used here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from ..model import Actor, Sentence, Story
from .build import shipped
from .initials import join_initials
from .lexicon import Lexicon
from .namesakes import tell_apart
from .noun_phrase import one_phrase
from .phrase import Draft, Reader
from .reference import resolve
from .segment import Line, Setting, segment
from .settle import Memory, Mention, settle
from .tokens import Token, tokenise

# A headline with more than this share of its longer words capitalised is in title case.
TITLE_SHARE = 0.6
LONG_WORD = 4


def find_actors(story: Story, lexicon: Lexicon | None = None) -> tuple[Actor, ...]:
    """Find every mention of an actor in the sentences of a story.

    Offsets count in `story.text`; mentions are sorted by start and end. A phrase for two actors
    gives two with the same span, in the order of its words. Names are resolved as of
    `story.date`; without one, offices without a name stay so. `lexicon` is the shipped one
    unless given.
    """
    lexicon = lexicon or shipped()
    sentences = _told(story)
    cut = [tokenise(sentence.text, sentence.start) for sentence in sentences]
    words = frozenset(token.norm for tokens in cut for token in tokens)
    setting = Setting(date=story.date, words=words)
    lines = [
        segment(tokens, lexicon, setting, sentence.kind != "body" and _capitalised(tokens))
        for sentence, tokens in zip(sentences, cut, strict=True)
    ]
    for line in lines:
        join_initials(line, lexicon, story.date)
    tell_apart(lines, setting, lexicon)
    mentions = _read(lines, setting, lexicon)
    mentions = resolve(mentions, lines, sentences, story, lexicon)
    return _finished(mentions, story.text)


def resolve_phrase(
    text: str,
    date: dt.date | None = None,
    context: str | None = None,
    lexicon: Lexicon | None = None,
) -> tuple[Actor, ...]:
    """Resolve an actor phrase: one actor for each that it names, none where it names none.

    Offsets count in `text`. `date` is the day as of which offices are read; `context` a sentence
    or text about the phrase, from which a name alone may get its country and office.
    """
    lexicon = lexicon or shipped()
    tokens = tokenise(text)
    if not any(token.word for token in tokens):
        return ()
    if not any(token.cap for token in tokens):
        tokens = [_raised(token) for token in tokens]
    around = frozenset(token.norm for token in tokenise(context or ""))
    setting = Setting(date=date, words=around | {token.norm for token in tokens}, phrase=True)
    line = segment(tokens, lexicon, setting)
    join_initials(line, lexicon, date)
    tell_apart([line], setting, lexicon)
    found = _finished(one_phrase(_read([line], setting, lexicon), line), text)
    if context and not any(actor.country or "IGO" in actor.sectors for actor in found):
        return _in_context(text, date, context, lexicon) or found
    return found


def _told(story: Story) -> list[Sentence]:
    """The sentences of the story itself, not those in stretches that were removed."""
    gone = story.removed
    return [
        sentence
        for sentence in story.sentences
        if not any(part.start <= sentence.start and sentence.end <= part.end for part in gone)
    ]


def _capitalised(tokens: Sequence[Token]) -> bool:
    """Whether a headline has a capital on most of its words."""
    words = [token for token in tokens if token.word and len(token.bare) >= LONG_WORD]
    return sum(token.cap for token in words) > TITLE_SHARE * len(words)


def _raised(token: Token) -> Token:
    """The token with a capital, for a phrase typed without any; short acronyms stay as typed."""
    if token.word:
        token.bare = token.bare[:1].upper() + token.bare[1:]
        token.cap = not token.norm[0].isdigit()
    return token


def _read(lines: Sequence[Line], setting: Setting, lexicon: Lexicon) -> list[Mention]:
    drafts: list[Draft] = []
    for number, line in enumerate(lines):
        for draft in Reader(line, setting).drafts():
            draft.sentence = number
            drafts.append(draft)
    memory = Memory(drafts, lexicon, setting.date)
    return settle(drafts, memory, setting.phrase)


def _finished(mentions: Sequence[Mention], text: str) -> tuple[Actor, ...]:
    """Give the actors their text, each once; those of one phrase stay in the order of its words."""
    actors = dict.fromkeys(
        msgspec.structs.replace(m.actor, text=text[m.actor.start : m.actor.end]) for m in mentions
    )
    return tuple(sorted(actors, key=lambda actor: (actor.start, actor.end)))


def _in_context(
    text: str, date: dt.date | None, context: str, lexicon: Lexicon
) -> tuple[Actor, ...]:
    """The actors that the phrase has where it stands in its context."""
    at = context.find(text)
    if at < 0:
        return ()
    sentence = Sentence(0, 0, len(context), context, 0)
    story = Story(text=context, sentences=(sentence,), date=date)
    end = at + len(text)
    return tuple(
        msgspec.structs.replace(actor, start=start, end=stop, text=text[start:stop])
        for actor in find_actors(story, lexicon)
        if actor.start < end and actor.end > at
        for start, stop in [(max(actor.start, at) - at, min(actor.end, end) - at)]
    )
