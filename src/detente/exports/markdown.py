"""The dossier as Markdown: for notes, issues and pipes into other programs."""

from __future__ import annotations

from collections.abc import Iterator

from detente.exports import phrases
from detente.model import Coding

# Characters that Markdown would read as its own.
SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|#"})


def dossier_markdown(coding: Coding) -> str:
    """The dossier of a story as Markdown, ending in a newline."""
    return "\n".join(_lines(coding)) + "\n"


def escape(text: str) -> str:
    """Text in one line that Markdown shows as it is."""
    return " ".join(text.split()).translate(SPECIAL)


def _lines(coding: Coding) -> Iterator[str]:
    story = coding.story
    yield f"# {escape(story.title or coding.document.title or coding.document.id)}"
    yield ""
    yield from _facts(coding)
    yield from _table(
        "happened",
        ("Day", "Who", "What", "Status", "Words"),
        [
            (
                phrases.when(e.when),
                phrases.parties(e),
                phrases.deed(e),
                phrases.label("statuses", e.status),
                e.trigger.text,
            )
            for e in coding.events
            if e.status in ("occurred", "ongoing", "denied")
        ],
    )
    yield from _table(
        "planned",
        ("Day", "Status", "What"),
        [(phrases.when(i.when), i.status, phrases.engagement(i)) for i in coding.agenda],
    )
    yield from _table(
        "said",
        ("Who", "Words"),
        [(phrases.actor(s.speaker) if s.speaker else "", s.text) for s in coding.statements],
    )
    yield from _table(
        "disputed", ("Issue", "Parties"), [(i.name, " ".join(i.parties)) for i in coding.issues]
    )
    yield from _table(
        "channels",
        ("Line", "Parties", "State"),
        [(c.kind, " ".join(c.parties), c.state) for c in coding.channels],
    )
    yield from _table(
        "outlook",
        ("Chance", "Who says", "What"),
        [
            (phrases.odds(o), phrases.actor(o.holder) if o.holder else "", o.claim)
            for o in coding.outlook
        ],
    )


def _facts(coding: Coding) -> Iterator[str]:
    story = coding.story
    published = phrases.day(story.date) if story.date else "unknown"
    yield f"- published: {published} ({phrases.label('date_sources', story.date_source)})"
    for name, value in (("agency", story.agency), ("dateline", story.dateline)):
        if value:
            yield f"- {name}: {escape(value)}"
    if story.bylines:
        yield f"- by: {escape(', '.join(story.bylines))}"
    flags = ", ".join(phrases.label("flags", flag) for flag in story.quality.flags)
    sound = f"{phrases.quality(story.quality.score)} ({story.quality.score:.2f})"
    yield f"- text: {sound}{', ' + flags if flags else ''}"


def _table(section: str, columns: tuple[str, ...], body: list[tuple[str, ...]]) -> Iterator[str]:
    yield ""
    yield f"## {phrases.label('sections', section)}"
    yield ""
    if not body:
        yield "Nothing found."
        return
    yield "| " + " | ".join(columns) + " |"
    yield "|" + " --- |" * len(columns)
    for cells in body:
        yield "| " + " | ".join(escape(cell) for cell in cells) + " |"
