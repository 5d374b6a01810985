"""Relations told to a person: the dossier of a pair as lines of text or as Markdown, the forecast.

Both faces come from the same sections (`Section`): a heading, columns and rows of cells. Words are
in `knowledge/labels.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from detente.exports.markdown import escape
from detente.exports.phrases import day, label
from detente.exports.plot import sparkline
from detente.relations.agenda import Item
from detente.relations.dossier import Dossier
from detente.relations.expectations import Record, Resolution
from detente.relations.forecast import Chance, Forecast
from detente.relations.happening import DONE, Happening, Moment
from detente.relations.pairs import name_of

SHOWN = 12  # rows of a section in the dossier
WORDS = 90  # characters of a sentence that are shown
EVEN = 0.3  # points of score below which relations are steady


class Section(Struct, frozen=True):
    """A heading and a table."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def dossier_text(found: Dossier) -> str:
    """The dossier for a terminal, ending in a newline."""
    lines = [title(found), *headline(found)]
    for section in sections(found):
        lines += ["", section.title.upper(), *_aligned(section)]
    return "\n".join(lines) + "\n"


def dossier_md(found: Dossier) -> str:
    """The dossier as Markdown, ending in a newline."""
    lines = [f"# {escape(title(found))}", "", *(f"- {escape(line)}" for line in headline(found))]
    for section in sections(found):
        lines += ["", f"## {section.title}", "", *table_md(section)]
    return "\n".join(lines) + "\n"


def table_md(section: Section) -> list[str]:
    """A section's table in Markdown."""
    if not section.rows:
        return ["Nothing found."]
    head = ["| " + " | ".join(section.columns) + " |", "|" + " --- |" * len(section.columns)]
    return head + ["| " + " | ".join(map(escape, cells)) + " |" for cells in section.rows]


def table_text(section: Section) -> str:
    """A section as aligned lines under its heading, ending in a newline."""
    return "\n".join([section.title.upper(), *_aligned(section)]) + "\n"


def title(found: Dossier) -> str:
    """Who and when: `United States and China, 17 Jun 2023`."""
    ours = ", ".join(map(name_of, found.ours))
    theirs = ", ".join(map(name_of, found.theirs)) or "others"
    return f"{ours} and {theirs}, {day(found.as_of)}"


def headline(found: Dossier) -> list[str]:
    """Where they stand, in two or three lines."""
    now = found.now
    if now is None or now.level is None or now.low is None or now.high is None:
        return ["nothing between them is known yet"]
    lines = [
        f"index {now.level:+.1f} (90% interval {now.low:+.1f} to {now.high:+.1f}; -10 conflict, "
        f"+10 cooperation), {_direction(found.trend)}",
        f"cooperation {now.cooperation:.1f}, conflict {now.conflict:.1f} points a week",
        sparkline(found.index),
    ]
    return lines + [f"! {line}" for line in found.conflicts]


def _direction(trend: float | None) -> str:
    if trend is None:
        return "no level a month ago to compare with"
    if abs(trend) < EVEN:
        return f"steady in the last month ({trend:+.1f})"
    return f"{'better' if trend > 0 else 'worse'} in the last month ({trend:+.1f})"


def sections(found: Dossier) -> Iterator[Section]:
    """The parts of a dossier, in the order in which they are read."""
    yield Section(
        "What moved it",
        ("From", "Level", "By"),
        tuple(
            (day(c.day), f"{c.before:+.1f} to {c.after:+.1f}",
             "; ".join(map(moved, c.movers)))
            for c in found.changes[::-1][:SHOWN]
        ),
    )  # fmt: skip
    yield Section(
        "Last happenings",
        ("Day", "What", "Words"),
        tuple((_day(h), told(h, with_day=False), short(h.words)) for h in found.last),
    )
    yield agenda_section([item for item in found.agenda if item.ahead][:SHOWN])
    yield Section(
        "Issues",
        ("Issue", "Raised", "Last", "Positions"),
        tuple(
            (i.issue, f"{i.raised} times", day(i.last),
             "; ".join(f"{p.country}: {short(p.words)}" for p in i.positions))
            for i in found.issues[:SHOWN]
        ),
    )  # fmt: skip
    yield Section(
        "Lines of communication",
        ("Line", "Parties", "State", "Since", "Words"),
        tuple(
            (line.kind, " ".join(line.parties), line.state, day(line.turns[-1].day),
             short(line.turns[-1].words))
            for line in found.lines[:SHOWN]
        ),
    )  # fmt: skip
    yield expectations_section(
        [r for r in found.expectations if r.state in ("open", "overdue")][-SHOWN:]
    )
    yield Section(
        "Third parties drawn in",
        ("Country", "Happenings"),
        tuple((name_of(code), str(n)) for code, n in found.third[:SHOWN]),
    )


def agenda_section(items: Sequence[Item]) -> Section:
    """Engagements with their lives."""
    return Section(
        "Agenda",
        ("Day", "Stage", "Who", "Life", "Words"),
        tuple(
            (
                _day(item.happening),
                item.stage,
                _parties(item.happening),
                ", ".join(f"{step.stage} {day(step.day)}" for step in item.life),
                short(item.happening.words),
            )
            for item in items
        ),
    )


def expectations_section(found: Sequence[Resolution]) -> Section:
    """Expectations and what came of them."""
    return Section(
        "Expectations",
        ("Made", "Holder", "Chance", "Until", "State", "What"),
        tuple(
            (
                day(r.claim.made),
                r.claim.holder,
                f"{r.claim.low * 100:.0f}-{r.claim.high * 100:.0f}% ({r.claim.words})",
                day(r.claim.due),
                r.state,
                short(r.claim.claim),
            )
            for r in found
        ),
    )


def records_section(name: str, records: Sequence[Record]) -> Section:
    """How holders' or wordings' expectations turned out."""
    return Section(
        f"By {name}",
        (name.capitalize(), "Made", "Resolved", "Expected", "Came", "95% interval", "Brier"),
        tuple(
            (
                record.name,
                str(record.claims),
                str(record.resolved),
                _percent(record.expected),
                _percent(record.came),
                f"{_percent(record.low)} to {_percent(record.high)}" if record.resolved else "-",
                "-" if record.brier is None else f"{record.brier:.3f}",
            )
            for record in records
        ),
    )


def forecast_text(told_of: Forecast, pair: Sequence[str]) -> str:
    """A forecast for a terminal, ending in a newline."""
    names = " and ".join(map(name_of, pair))
    lines = [f"{names}: the {told_of.days} days after {day(told_of.as_of)}"]
    if told_of.warning:
        lines.append(f"! {told_of.warning}")
    lines += ["", *_aligned(chances_section(told_of))]
    if told_of.engagements:
        rows = tuple(
            (f"{e.probability * 100:.0f}%", _day(e.happening), short(e.happening.words))
            for e in told_of.engagements
        )
        lines += ["", "AGENDA", *_aligned(Section("Agenda", ("Chance", "Day", "What"), rows))]
    return "\n".join([*lines, "", *_record(told_of)]) + "\n"


def chances_section(told_of: Forecast) -> Section:
    """The chance of each type with what drives it."""
    return Section(
        "Chances",
        ("Type", "Chance", "Usual", "Why"),
        tuple(
            (c.type, f"{c.probability * 100:.0f}%", f"{c.climatology * 100:.0f}%", _drivers(c))
            for c in told_of.chances
        ),
    )


def _drivers(chance: Chance) -> str:
    parts = [
        f"{label('drivers', driver.name)} {driver.points * 100:+.0f}"
        for driver in chance.drivers
        if abs(driver.points) >= 0.005
    ]
    return ", ".join(parts) or "as usual"


def _record(told_of: Forecast) -> list[str]:
    skill = told_of.skill
    if skill is None:
        return ["never tried: no past period of this length"]
    return [
        f"tried on {skill.windows} past periods: Brier {skill.brier:.3f} (climatology "
        f"{skill.brier_climatology:.3f}, same as last period {skill.brier_last:.3f}), skill "
        f"{skill.skill * 100:+.0f}%",
        f"log score {skill.log:.3f} (climatology {skill.log_climatology:.3f}, same as last period "
        f"{skill.log_last:.3f})",
    ]


def told(h: Happening, *, with_day: bool = True, with_status: bool = True) -> str:
    """A happening in a few words: `SANCTION USA -> CHN, 7 Oct 2022`."""
    mode = f" ({h.mode})" if h.mode else ""
    status = "" if h.done or not with_status else f", {label('statuses', h.status)}"
    when = f", {_day(h)}" if with_day else ""
    return f"{h.act}{mode} {_parties(h)}{status}{when}"


def moved(m: Moment) -> str:
    """What moved the index: `CONSULT USA -> CHN postponed, 3 Feb 2023`."""
    then = "" if m.status in DONE else f" {label('statuses', m.status)}"
    return f"{told(m.happening, with_day=False, with_status=False)}{then}, {day(m.day)}"


def short(words: str) -> str:
    """A sentence cut at a word."""
    if len(words) <= WORDS:
        return words
    return words[:WORDS].rsplit(" ", 1)[0] + " ..."


def _parties(h: Happening) -> str:
    source, target = " ".join(h.source), " ".join(h.target)
    return f"{source} -> {target}" if target and not h.reciprocal else source


def _day(h: Happening) -> str:
    if h.start is None or h.end is None or h.start == h.end:
        return day(h.start) if h.start else "undated"
    return f"{day(h.start, year=h.start.year != h.end.year)} - {day(h.end)}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value * 100:.0f}%"


def _aligned(section: Section) -> list[str]:
    if not section.rows:
        return ["  nothing found"]
    cells = [section.columns, *section.rows]
    widths = [max(len(row[at]) for row in cells) for at in range(len(section.columns) - 1)]
    return [
        "  " + "  ".join([*(c.ljust(w) for c, w in zip(row, widths, strict=False)), row[-1]])
        for row in cells
    ]
