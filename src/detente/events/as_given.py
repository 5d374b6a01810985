"""Moves every offset of a Coding from the reading text back into the text as it was given.

The last step of `coder.py`. Plain text is read as given, so nothing moves; in a page of HTML a
sentence lies among tags.
"""

from __future__ import annotations

from typing import Any

import msgspec

from detente.model import Coding, Document, Story
from detente.text import to_given


def as_given(coding: Coding) -> Coding:
    """The same Coding with offsets into `Document.text`."""
    story = coding.story
    if story.offsets is None:
        return coding
    return Coding(
        document=coding.document,
        story=_moved_story(story),
        **{
            name: _moved(getattr(coding, name), story)
            for name in coding.__struct_fields__
            if name not in ("document", "story")
        },
    )


def _moved_story(story: Story) -> Story:
    return msgspec.structs.replace(
        story,
        sentences=_moved(story.sentences, story),
        removed=_moved(story.removed, story),
    )


def _moved(value: Any, story: Story) -> Any:
    """A copy of a record (or a tuple of records) in which every `start` and `end` is moved."""
    if isinstance(value, tuple):
        return tuple(_moved(item, story) for item in value)
    if not isinstance(value, msgspec.Struct) or isinstance(value, Document | Story):
        return value
    changes = {name: _moved(getattr(value, name), story) for name in value.__struct_fields__}
    start, end = changes.get("start"), changes.get("end")
    if isinstance(start, int) and isinstance(end, int):
        span = to_given(story, start, end)
        changes |= {"start": span.start, "end": span.end}
    return msgspec.structs.replace(value, **changes)
