"""The dossier for a terminal: what one story says, in 80 columns.

Colour only where the console has it; without, the same words stand.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from detente.exports import phrases
from detente.model import Coding, Engagement, Event, Passage, Statement

WIDTH = 80
# Words of evidence and statements shown before they are cut, in characters.
LONGEST_EVIDENCE = 180
LONGEST_STATEMENT = 220
HAPPENED = ("occurred", "ongoing", "denied")
STYLES = {"cooperation": "green", "conflict": "red", "request": "yellow"}
STATUS_STYLES = {"planned": "cyan", "possible": "blue", "postponed": "yellow", "cancelled": "red"}


def print_dossier(coding: Coding, file: IO[str], *, colour: bool | None = None) -> None:
    """Print the dossier of a story. `colour`: None decides by the file being a terminal."""
    file.write(dossier_text(coding, colour=file.isatty() if colour is None else colour))
    file.flush()


def dossier_text(coding: Coding, *, colour: bool = False) -> str:
    """The dossier of a story as text of at most 80 columns; with colour, escape codes in it."""
    page = io.StringIO()
    console = Console(
        file=page,
        width=WIDTH,
        highlight=False,
        no_color=not colour,
        force_terminal=colour,
        legacy_windows=False,
        emoji=False,
        markup=False,
    )
    _dossier(console, coding)
    return "\n".join(line.rstrip() for line in page.getvalue().split("\n"))


def _dossier(console: Console, coding: Coding) -> None:
    _header(console, coding)
    happened = [event for event in coding.events if event.status in HAPPENED]
    _section(console, "happened", len(happened))
    for event in sorted(happened, key=_day_of):
        _event(console, event)
    _section(console, "planned", len(coding.agenda))
    _calendar(console, coding)
    _section(console, "said", len(coding.statements))
    _statements(console, coding.statements)
    _section(console, "disputed", len(coding.issues))
    for issue in coding.issues:
        sentences = len(issue.evidence)
        _line(console, issue.name, f"{' '.join(issue.parties)}  ({_count(sentences, 'sentence')})")
    _section(console, "channels", len(coding.channels))
    for channel in coding.channels:
        _line(console, f"{channel.kind}, {'-'.join(channel.parties)}", channel.state)
        _evidence(console, channel.evidence)
    _section(console, "outlook", len(coding.outlook))
    for item in coding.outlook:
        holder = phrases.actor(item.holder) if item.holder else "the story"
        _line(console, f"{phrases.odds(item)} ({item.words})", holder)
        _paragraph(console, item.claim)


def _day_of(event: Event) -> tuple[dt.date, int]:
    return (event.when.start or dt.date.max, event.sentence)


def _header(console: Console, coding: Coding) -> None:
    story = coding.story
    title = story.title or coding.document.title or coding.document.id
    console.print(Text(title, style="bold"))
    facts = [
        ("published", _published(coding)),
        ("agency", story.agency),
        ("dateline", story.dateline),
        ("by", ", ".join(story.bylines)),
        ("text", _soundness(coding)),
    ]
    grid = Table.grid(padding=(0, 2))
    for name, value in facts:
        if value:
            grid.add_row(Text(name, style="dim"), Text(value))
    console.print(grid)
    flags = set(story.quality.flags)
    if story.language not in ("en", None) or "not_english" in flags:
        console.print(Text("This story is not in English and was not coded.", style="yellow"))


def _published(coding: Coding) -> str:
    story = coding.story
    if story.date is None:
        return "unknown (give it with --date)"
    return f"{phrases.day(story.date)}, {phrases.label('date_sources', story.date_source)}"


def _soundness(coding: Coding) -> str:
    quality = coding.story.quality
    flags = ", ".join(phrases.label("flags", flag) for flag in quality.flags)
    share = f"{phrases.quality(quality.score)} ({quality.score:.2f})"
    count = _count(len(coding.story.sentences), "sentence")
    return "; ".join(part for part in (share, flags, count) if part)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _section(console: Console, name: str, size: int) -> None:
    console.print()
    title = f"{phrases.label('sections', name)} ({size})" if size else ""
    title = title or f"{phrases.label('sections', name)}: nothing found"
    console.print(Rule(Text(title, style="bold"), align="left", characters="─", style="dim"))


def _event(console: Console, event: Event) -> None:
    style = STYLES.get(phrases.label("quads", event.type), "")
    line = Text()
    line.append(f"{phrases.when(event.when):<13} ", style="dim")
    line.append(phrases.deed(event), style=style)
    line.append(f"  {phrases.parties(event)}")
    if event.status != "occurred":
        line.append(f"  [{phrases.label('statuses', event.status)}]", style="cyan")
    if event.speaker is not None:
        line.append(f"  (says {phrases.actor(event.speaker)})", style="dim")
    console.print(Padding(line, (0, 0, 0, 0)))
    _evidence(console, event.evidence, event.trigger)


def _evidence(console: Console, evidence: Passage, trigger: Passage | None = None) -> None:
    text = Text(" ".join(_cut(evidence, trigger).split()), style="dim italic")
    if trigger is not None:
        text.highlight_words([" ".join(trigger.text.split())], style="not dim bold")
    console.print(Padding(text, (0, 0, 0, 4)))


def _cut(evidence: Passage, trigger: Passage | None) -> str:
    """The evidence around its trigger, at most LONGEST_EVIDENCE characters, cut at spaces."""
    text = evidence.text
    if len(text) <= LONGEST_EVIDENCE:
        return text
    centre = (trigger.start + trigger.end) // 2 - evidence.start if trigger else 0
    first = max(0, min(centre - LONGEST_EVIDENCE // 2, len(text) - LONGEST_EVIDENCE))
    last = first + LONGEST_EVIDENCE
    first = text.find(" ", first) + 1 if first else 0
    last = text.rfind(" ", first, last) if last < len(text) else len(text)
    return ("… " if first else "") + text[first:last] + (" …" if last < len(text) else "")


def _calendar(console: Console, coding: Coding) -> None:
    def order(item: Engagement) -> tuple[dt.date, int]:
        return (item.when.start or dt.date.max, item.sentence)

    for item in sorted(coding.agenda, key=order):
        line = Text()
        line.append(f"{phrases.when(item.when):<20} ", style="bold" if item.when.start else "dim")
        line.append(f"{item.status:<10} ", style=STATUS_STYLES.get(item.status, ""))
        line.append(phrases.engagement(item))
        console.print(line)


def _statements(console: Console, statements: Sequence[Statement]) -> None:
    previous = None
    for statement in statements:
        name = phrases.actor(statement.speaker) if statement.speaker else "unknown"
        if name != previous:
            to = f" to {phrases.actor(statement.addressee)}" if statement.addressee else ""
            console.print(Text(f"{name}{to}", style="bold"))
        previous = name
        words = " ".join(statement.text.split())
        if len(words) > LONGEST_STATEMENT:
            words = words[: words.rfind(" ", 0, LONGEST_STATEMENT)] + " …"
        _paragraph(console, f"“{words}”" if statement.direct else words)


def _paragraph(console: Console, words: str) -> None:
    console.print(Padding(Text(" ".join(words.split())), (0, 0, 0, 4)))


def _line(console: Console, name: str, rest: str | Iterable[str]) -> None:
    text = Text(f"{name:<34} ")
    text.append(rest if isinstance(rest, str) else " ".join(rest), style="dim")
    console.print(text)
