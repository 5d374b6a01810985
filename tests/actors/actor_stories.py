"""Makes stories of plain sentences for the tests of actors."""

from __future__ import annotations

import datetime as dt

from detente.model import Sentence, SentenceKind, Story


def story(*paragraphs: str, date: str | None = "2023-06-16", title: str | None = None) -> Story:
    """A story of paragraphs; ` | ` parts the sentences of a paragraph."""
    blocks = [title, *paragraphs] if title else list(paragraphs)
    sentences: list[Sentence] = []
    text = ""
    for number, block in enumerate(blocks):
        text += "\n\n" if text else ""
        for index, part in enumerate(block.split(" | ")):
            text += " " if index else ""
            kind: SentenceKind = "title" if title and number == 0 else "body"
            sentences.append(
                Sentence(len(sentences), len(text), len(text) + len(part), part, number, kind)
            )
            text += part
    day = dt.date.fromisoformat(date) if date else None
    return Story(text=text, sentences=tuple(sentences), date=day, title=title)
