"""Moves every offset of a Coding from the reading text back into the text as it was given.

The last step of `coder.py`. In plain text nothing moves, but the words are given back as they
stand there, line breaks and control signs included; in a page of HTML a sentence lies among tags,
and its words are those that a reader sees.
"""

from __future__ import annotations

from typing import Any

import msgspec

from detente.model import Coding, Document, Story
from detente.text import to_given


def as_given(coding: Coding) -> Coding:
    """The same Coding with offsets into `Document.text`."""
    story = coding.story
    given = coding.document.text
    if story.offsets is None and story.text == given:
        return coding
    return Coding(
        document=coding.document,
        story=_moved_story(story, given),
        **{
            name: _moved(getattr(coding, name), story, given)
            for name in coding.__struct_fields__
            if name not in ("document", "story")
        },
    )


def _moved_story(story: Story, given: str) -> Story:
    return msgspec.structs.replace(
        story,
        sentences=_moved(story.sentences, story, given),
        removed=_moved(story.removed, story, given),
    )


def _moved(value: Any, story: Story, given: str) -> Any:
    """A copy of a record (or a tuple of records) in which every `start` and `end` is moved."""
    if isinstance(value, tuple):
        return tuple(_moved(item, story, given) for item in value)
    if not isinstance(value, msgspec.Struct) or isinstance(value, Document | Story):
        return value
    changes = {name: _moved(getattr(value, name), story, given) for name in value.__struct_fields__}
    start, end = changes.get("start"), changes.get("end")
    if isinstance(start, int) and isinstance(end, int):
        span = to_given(story, start, end)
        changes |= {"start": span.start, "end": span.end}
        if story.offsets is None and "text" in changes:
            changes["text"] = given[span.start : span.end]
    return msgspec.structs.replace(value, **changes)
