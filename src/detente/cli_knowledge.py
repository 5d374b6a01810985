"""`detente knowledge`: check the files of knowledge, and find the rows that know a term.

The part of the command line for those who correct what the program knows; `cli.py` takes the group
in. The checks themselves are in `knowledge/checks/`. Exit status: 0 nothing found, 1 something
found, 2 a file that cannot be read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from detente.knowledge.checks import Finding


@click.group()
def knowledge() -> None:
    """Check and look up what the program knows: names, offices, people, words of action.

    \b
    detente knowledge check                      all files that came with the program
    detente knowledge check my_actors.tsv        your own, or a changed copy of one of ours
    detente knowledge show "Downing Street"      where a term stands
    """


def _files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


@knowledge.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, shell_complete=_files)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="How findings are written.",
)
def check(files: tuple[str, ...], shape: str) -> None:
    """Check files of knowledge for what the program would trip over.

    Unknown codes, rows that stand twice, one phrase with two meanings, terms that overlap, an
    office with two holders on one day, and more: docs/knowledge.md explains each rule. Without
    FILE, all files that came with the program. A FILE is a table of your own actors or a changed
    copy of one of ours, told by its columns; it is checked in the place of ours, and only what is
    wrong with it is said. Exit status 1 where anything was found.

    \b
    detente knowledge check
    detente knowledge check my_actors.tsv
    detente knowledge check people.tsv --format jsonl
    """
    from detente.knowledge.checks import check_files, check_shipped

    found = check_files(files) if files else check_shipped()
    for finding in found:
        click.echo(_text(finding) if shape == "text" else _json_line(finding))
    click.echo(_summary(found, len(set(files))), err=True)
    sys.exit(1 if found else 0)


@knowledge.command()
@click.argument("term")
def show(term: str) -> None:
    """Show the rows that know TERM, with file and line.

    Rows and lines that have the term as a value, whatever its capitals; where there are none,
    rows that hold its words. Exit status 1 where there are none of these either.

    \b
    detente knowledge show Kremlin
    detente knowledge show "foreign minister"
    """
    from detente.knowledge.checks import rows_with

    found = rows_with(term)
    for sighting in found:
        click.echo(f"{sighting.file}:{sighting.line}: {sighting.text}")
    if not found:
        click.echo(f"detente: no file of knowledge has '{term}'", err=True)
        sys.exit(1)


def _text(finding: Finding) -> str:
    level = "" if finding.level == "error" else f"{finding.level}: "
    return f"{finding.file}:{finding.line}: {finding.rule}: {level}{finding.message}"


def _json_line(finding: Finding) -> str:
    import msgspec

    row = {
        "file": finding.file,
        "line": finding.line,
        "rule": finding.rule,
        "level": finding.level,
        "message": finding.message,
    }
    return msgspec.json.encode(row).decode()


def _summary(found: Iterable[Finding], files: int) -> str:
    levels = [finding.level for finding in found]
    where = f"{files} file{'s' if files != 1 else ''}" if files else "all files of knowledge"
    if not levels:
        return f"detente: {where}: nothing wrong found"
    errors, warnings = levels.count("error"), levels.count("warning")
    return f"detente: {where}: errors {errors}, warnings {warnings}"
