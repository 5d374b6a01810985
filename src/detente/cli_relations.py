"""`detente relation`, `agenda`, `expectations`, `forecast`: what is made of the ledger.

The part of the command line for those who follow two states; `cli.py` takes the commands in.
Each reads a ledger, or incidents as JSON Lines. Exit status 2 for what cannot be read, with one
line that says what and what to do.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from detente.relations.from_ledger import Record
    from detente.relations.happening import Happening


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    from detente.model import InputError
    from detente.sources import parse_day

    try:
        return parse_day(value) if value is not None else None
    except InputError as error:
        raise click.BadParameter(str(error), ctx, param) from None


def _source(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what is read, and as of when."""
    for option in (
        click.option("--as-of", metavar="DAY", callback=_day,
                     help="Use only what was known on this day. Default: the last report's."),
        click.option("--incidents", "lines", metavar="FILE",
                     help="Read incidents as JSON Lines (- for stdin), not a ledger."),
        click.option("--ledger", metavar="PATH|URL", envvar="DETENTE_LEDGER",
                     help="The ledger; also $DETENTE_LEDGER."),
    ):  # fmt: skip
        command = option(command)
    return command


def _format(*shapes: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--format",
        "shape",
        type=click.Choice(shapes),
        default="text",
        show_default=True,
        help="What it is written as.",
    )


@click.command()
@click.argument("states", metavar="COUNTRY [COUNTRY]", nargs=-1)
@click.option("--group", "group_name", metavar="NAME", help="A group as the second side: G7, NATO.")
@click.option("--since", metavar="DAY", callback=_day, help="Begin the index here.")
@click.option(
    "--by",
    "step",
    type=click.Choice(["day", "week", "month"]),
    default="week",
    show_default=True,
    help="The periods of the index.",
)
@click.option("--plot", metavar="FILE.svg", help="Draw the index into this file, too.")
@_format("text", "md", "html", "json")
@_source
def relation(
    states: tuple[str, ...],
    group_name: str | None,
    since: dt.date | None,
    step: Any,
    plot: str | None,
    shape: str,
    as_of: dt.date | None,
    lines: str | None,
    ledger: str | None,
) -> None:
    """Tell where two states stand, since when, why, and what comes next.

    One COUNTRY is told with all others; with --group, with the members of the group. A country is
    a name, an adjective or an ISO 3166-1 code.

    \b
    detente relation USA CHN
    detente relation Japan "South Korea" --as-of 2023-03-16 --format md
    detente relation China --group G7 --plot g7.svg
    """
    from detente.relations.dossier import dossier

    ours, theirs = _sides(states, group_name)
    if plot is not None and not plot.endswith(".svg"):
        raise click.UsageError(f"cannot draw {plot}: only SVG is drawn; name a file .svg")
    record = _record(lines, ledger)
    found = dossier(
        record.happenings, ours, theirs, as_of=as_of, since=since, step=step, said=record.said
    )
    if plot is not None:
        from detente.exports.plot import index_svg
        from detente.exports.relations_text import title

        _write(plot, index_svg(found.index, found.changes, title(found)).encode())
    _tell_dossier(found, shape)


def _tell_dossier(found: Any, shape: str) -> None:
    if shape == "json":
        from detente.exports.relations_rows import dossier_row
        from detente.exports.rows import json_line

        click.echo(json_line(dossier_row(found)))
    elif shape == "html":
        from detente.exports.relations_page import relations_page

        click.echo(relations_page(found))
    else:
        from detente.exports.relations_text import dossier_md, dossier_text

        click.echo(dossier_md(found) if shape == "md" else dossier_text(found), nl=False)


@click.command()
@click.option("--between", nargs=2, metavar="COUNTRY COUNTRY", help="Only between these two.")
@click.option("--ahead", is_flag=True, help="Only what may still come.")
@click.option("--ics", metavar="FILE", help="Write the dated ones as a calendar, too.")
@_format("text", "md", "jsonl")
@_source
def agenda(
    between: tuple[str, str] | None,
    ahead: bool,
    ics: str | None,
    shape: str,
    as_of: dt.date | None,
    lines: str | None,
    ledger: str | None,
) -> None:
    """List engagements with their lives: proposed, planned, confirmed, postponed, held.

    What was called off fell through; what nobody reported as held when its day passed is overdue.

    \b
    detente agenda --between USA CHN
    detente agenda --ahead --ics agenda.ics
    """
    from detente.relations import agenda as life

    own, day = _own(_record(lines, ledger), between, as_of)
    items = [item for item in life.agenda(own, day) if item.ahead or not ahead]
    if ics is not None:
        from detente.exports.calendar import agenda_ics

        _write(ics, agenda_ics(items, day))
    if shape == "jsonl":
        from detente.exports.relations_rows import item_row

        _jsonl([item_row(item) for item in items])
    else:
        from detente.exports.relations_text import agenda_section

        _tables([agenda_section(items)], shape)


@click.command()
@click.option("--between", nargs=2, metavar="COUNTRY COUNTRY", help="Only of these two.")
@click.option("--holder", metavar="TEXT", help="Only whose name holds this.")
@click.option(
    "--state",
    type=click.Choice(["kept", "broken", "overdue", "open"]),
    help="Only those that are so.",
)
@_format("text", "md", "jsonl")
@_source
def expectations(
    between: tuple[str, str] | None,
    holder: str | None,
    state: str | None,
    shape: str,
    as_of: dt.date | None,
    lines: str | None,
    ledger: str | None,
) -> None:
    """List what was expected and whether it came true; score holders and words.

    The scores are Brier's (0 is best, 0.25 is a coin's); the table of words sets what was said
    ('may', 'likely') beside what came of it. JSON Lines hold the expectations alone.

    \b
    detente expectations --between USA CHN
    detente expectations --holder "State Department" --state broken
    """
    from detente.relations.expectations import by_holder, by_words, claims_of_plans, resolve

    record = _record(lines, ledger)
    own, day = _own(record, between, as_of)
    wanted = set(_pair(between)) if between else set()
    claims = [c for c in record.said.claims if wanted <= set(c.states)]
    found = [
        r
        for r in resolve([*claims_of_plans(own), *claims], own, day)
        if holder is None or holder.casefold() in r.claim.holder.casefold()
    ]
    shown = [r for r in found if state in (None, r.state)]
    if shape == "jsonl":
        from detente.exports.relations_rows import resolution_row

        _jsonl([resolution_row(r) for r in shown])
        return
    from detente.exports.relations_text import expectations_section, records_section

    _tables(
        [
            expectations_section(shown),
            records_section("holder", by_holder(found)),
            records_section("words", by_words(found)),
        ],
        shape,
    )


@click.command()
@click.argument("states", metavar="COUNTRY COUNTRY", nargs=-1)
@click.option("--days", type=click.IntRange(1, 365), default=30, show_default=True,
              help="How far ahead.")  # fmt: skip
@_format("text", "json")
@_source
def forecast(
    states: tuple[str, ...],
    days: int,
    shape: str,
    as_of: dt.date | None,
    lines: str | None,
    ledger: str | None,
) -> None:
    """Foretell how likely each type of act is between two states, and say what drives it.

    Beside the chances stands how such forecasts did on this pair's past: Brier and log scores
    against the usual rate and 'same as last period'. Too little history is said.

    \b
    detente forecast USA CHN --days 30
    detente forecast India Pakistan --as-of 2024-06-30 --format json
    """
    from detente.relations import forecast as foretelling

    between = _pair(states)
    own, day = _own(_record(lines, ledger), between, as_of)
    told = foretelling.forecast(own, day, days)
    if shape == "json":
        from detente.exports.relations_rows import forecast_row
        from detente.exports.rows import json_line

        click.echo(json_line(forecast_row(told, between)))
    else:
        from detente.exports.relations_text import forecast_text

        click.echo(forecast_text(told, between), nl=False)


def _pair(states: Sequence[str]) -> tuple[str, str]:
    from detente.relations.pairs import pair

    return pair(states)


def _sides(
    states: Sequence[str], group_name: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    from detente.relations.pairs import group, state

    if group_name is None:
        if len(states) == 1:
            return (state(states[0]),), ()
        one, other = _pair(states)
        return (one,), (other,)
    members = group(group_name)
    if not states:
        return members, ()
    if len(states) > 1:
        raise click.UsageError("give one COUNTRY with --group, or two countries without it")
    one = state(states[0])
    return (one,), tuple(code for code in members if code != one)


def _record(lines: str | None, ledger: str | None) -> Record:
    from detente.relations.from_ledger import record_of, record_of_lines

    if lines is not None:
        return record_of_lines(_bytes(lines).splitlines(), lines)
    from detente.cli_ledger import default_place
    from detente.ledger import open_ledger

    where = ledger or click.get_current_context().find_root().obj or default_place()
    with open_ledger(where) as opened:
        opened.derive()
        return record_of(opened)


def _bytes(where: str) -> bytes:
    from detente.model import InputError

    if where == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(where).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {where}: {error.strerror}; give a JSON Lines file") from None


def _own(
    record: Record, between: Sequence[str] | None, as_of: dt.date | None
) -> tuple[list[Happening], dt.date]:
    """The happenings of a pair (or all) as known on the day, and the day."""
    from detente.model import InputError
    from detente.relations import happening
    from detente.relations.dossier import last_known

    one, other = _pair(between) if between else (None, None)
    day = as_of or last_known(record.happenings)
    known = happening.known_on(record.happenings, day)
    if not known:
        first = min(h.first for h in record.happenings if h.first)
        raise InputError(
            f"nothing was known on {day}: the first report is of {first}; take a later day"
        )
    return happening.between(known, [one], [other]) if one and other else known, day


def _jsonl(rows: Sequence[dict[str, Any]]) -> None:
    from detente.exports.rows import json_line

    for row in rows:
        click.echo(json_line(row))


def _tables(sections: Sequence[Any], shape: str) -> None:
    from detente.exports.relations_text import table_md, table_text

    if shape == "md":
        for section in sections:
            click.echo("\n".join([f"## {section.title}", "", *table_md(section), ""]))
    else:
        click.echo("\n".join(table_text(section) for section in sections), nl=False)


def _write(where: str, data: bytes) -> None:
    from detente.model import InputError

    try:
        Path(where).write_bytes(data)
    except OSError as error:
        raise InputError(f"cannot write {where}: {error.strerror}; choose another file") from None


COMMANDS = (relation, agenda, expectations, forecast)
