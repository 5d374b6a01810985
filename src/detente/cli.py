"""The command line: `detente read`, `code`, `relate`, `who`, `explain`, `completion`.

Rows go to standard output and everything else to standard error. Exit status 0; 2 for input or
arguments that cannot be used, with one line that says what, where and what to do; 130 after
Ctrl-C. Imports of anything slow stand inside the command that needs them.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from detente import __version__
from detente.cli_knowledge import knowledge
from detente.cli_ledger import COMMANDS as LEDGER_COMMANDS
from detente.cli_relations import COMMANDS as RELATIONS_COMMANDS
from detente.cli_watch import watch

if TYPE_CHECKING:
    import datetime as dt

    from detente.actors import Lexicon
    from detente.knowledge.own_ontology import Ontology
    from detente.model import Document

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day in ISO 8601."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Read a day; a day that there is not is refused."""
        from detente.model import InputError
        from detente.sources import parse_day

        try:
            return parse_day(value)
        except InputError as error:
            self.fail(str(error), param, ctx)


def _own_actors(command: Callable[..., None]) -> Callable[..., None]:
    """The option --actors, for every command that finds actors."""
    return click.option(
        "--actors",
        "dictionaries",
        metavar="FILE",
        multiple=True,
        shell_complete=lambda c, p, i: _paths(i),
        help="Your own actors, a table or a PETRARCH dictionary; may be given several times.",
    )(command)


def _own_ontology(command: Callable[..., None]) -> Callable[..., None]:
    """The option --ontology, for the commands that find events."""
    return click.option(
        "--ontology",
        "ontology_file",
        metavar="FILE",
        shell_complete=lambda c, p, i: _paths(i),
        help="Your own codes and acts, a YAML file (docs/ontologies.md).",
    )(command)


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="detente")
@click.option(
    "--ledger",
    metavar="PATH|URL",
    envvar="DETENTE_LEDGER",
    help="The ledger: a file, or postgresql://...  [default: one in your data folder]",
)
@click.pass_context
def cli(ctx: click.Context, ledger: str | None) -> None:
    """Détente reads the news and keeps the record of relations between states.

    \b
    detente read story.txt --date 2023-06-17     one story, for a person
    detente code stories.jsonl -o events.jsonl   many stories, for a program
    detente who "Chinese Foreign Minister Qin Gang" --date 2023-06-16
    detente explain story.txt 3                  why the third row is there
    detente knowledge check                      what is wrong in the files of knowledge
    detente add stories.jsonl                    keep stories; then: incidents, show, families
    detente relation USA CHN --ledger my.sqlite  where two states stand, and what comes next
    """
    ctx.obj = ledger


cli.add_command(knowledge)
cli.add_command(watch)
for _command in (*LEDGER_COMMANDS, *RELATIONS_COMMANDS):
    cli.add_command(_command)


@cli.command()
@click.argument("where", metavar="FILE|URL|-", shell_complete=lambda c, p, i: _paths(i))
@click.option("--date", type=Day(), help="The publication day, where the file does not say.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "md", "html"]),
    default="text",
    show_default=True,
    help="What the dossier is written as.",
)
@click.option("--allow-private", is_flag=True, help="Fetch from this machine's own network, too.")
@click.option("--color/--no-color", "colour", default=None, help="Default: on a terminal only.")
@_own_actors
@_own_ontology
def read(
    where: str,
    date: dt.date | None,
    shape: str,
    allow_private: bool,
    colour: bool | None,
    dictionaries: tuple[str, ...],
    ontology_file: str | None,
) -> None:
    """Read one story and print its dossier.

    What happened, what is planned, who said what, what is in dispute, which lines of
    communication are open, what is expected.

    \b
    detente read story.txt --date 2023-06-17
    detente read https://example.org/news/1 --format md > story.md
    curl -s https://example.org/news/1 | detente read - --format json
    """
    from detente.coder import Coder
    from detente.sources import read_document

    document = read_document(where, date=date, allow_private=allow_private)
    coding = Coder(_lexicon(dictionaries), _ontology(ontology_file)).code(document)
    if shape == "json":
        from detente.exports.rows import dossier, json_line

        click.echo(json_line(dossier(coding)))
    elif shape == "md":
        from detente.exports.markdown import dossier_markdown

        click.echo(dossier_markdown(coding), nl=False)
    elif shape == "html":
        from detente.exports.page import dossier_page

        click.echo(dossier_page(coding))
    else:
        from detente.exports.terminal import print_dossier

        print_dossier(coding, sys.stdout, colour=_colour(colour))


@cli.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, shell_complete=lambda c, p, i: _paths(i))
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write here, not to stdout.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(
        ["jsonl", "csv", "parquet", "icews", "polecat", "gdelt", "petrarch", "dyad-day"]
    ),
    default="jsonl",
    show_default=True,
    help="What rows are written as (docs/exports.md). Parquet needs -o and the extra 'parquet'.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out rows less sure than this.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    help="Documents coded at the same time.  [default: one for each processor]",
)
@click.option(
    "--input-format",
    metavar="FORMAT",
    callback=lambda c, p, value: _input_format(value),
    shell_complete=lambda c, p, i: _input_formats(i),
    help="What the input is (jsonl, csv, warc ...), where its name does not say.",
)
@click.option("--allow-private", is_flag=True, help="Fetch from this machine's own network, too.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary.")
@_own_actors
@_own_ontology
def code(
    files: tuple[str, ...],
    output: str | None,
    shape: str,
    min_confidence: float,
    processes: int | None,
    input_format: str | None,
    allow_private: bool,
    quiet: bool,
    dictionaries: tuple[str, ...],
    ontology_file: str | None,
) -> None:
    """Code documents: stories in, one event a line out.

    FILE is JSON Lines (on each line an object with `id` and `text`, and if known `date`, `title`,
    `source`, `url`), a table (CSV, Parquet), an archive of the web (WARC, WET), a mailbox, a plain
    text or page, any of them packed, an address, or a folder of these. Without FILE, or with -,
    standard input is read. What cannot be used is named on standard error and costs nothing else.

    \b
    detente code stories.jsonl -o events.jsonl
    detente code news/ archive.warc.gz stories.csv -o events.jsonl
    detente code 2023/*.jsonl --format csv --min-confidence 0.8 > events.csv
    detente code stories.jsonl --ontology my-codes.yaml > coded.jsonl
    """
    from detente.cli_code import CodeDocument
    from detente.exports.writers import open_writer
    from detente.parallel import Workers
    from detente.progress import Tally, progress

    tally = Tally()
    work = CodeDocument(dictionaries, ontology_file, min_confidence, _complain)
    extra = ("code",) if work.ontology else ()
    documents = _documents(files or ("-",), input_format, allow_private, tally)
    with (
        open_writer(shape, output, extra) as write,
        Workers(work, processes, work.load) as workers,
        progress(not quiet) as advance,
    ):
        for coded in workers.results(documents):
            if coded.refused:
                tally.refuse(coded.refused)
                _complain(f"document {coded.document}: {coded.refused}; not coded")
            else:
                write(coded.rows)
                tally.count(len(coded.rows))
            advance()
    if not quiet:
        click.echo(tally.summary(), err=True)


@cli.command()
@click.argument("file", default="-", metavar="[FILE]", shell_complete=lambda c, p, i: _paths(i))
def relate(file: str) -> None:
    """Name the relation of two given actors in a sentence: JSON Lines in and out.

    Each line of input is an object with `sentence`, `source` and `target` (strings that occur in
    the sentence), and if known `id`, `source_start`, `target_start`.

    \b
    echo '{"sentence": "Peru thanked Chile.", "source": "Peru", "target": "Chile"}' | detente relate
    """
    from detente.exports.rows import json_line
    from detente.relating import relation_rows

    with _binary(file) as stream:
        for row in relation_rows(stream, file, _complain):
            click.echo(json_line(row))


@cli.command()
@click.argument("phrases", metavar="[PHRASE]...", nargs=-1)
@click.option("--date", type=Day(), help="The day at which offices are looked up.")
@click.option("--context", help="The sentence that the phrase stands in.")
@click.option("--jsonl", metavar="FILE", help="Read JSON Lines (text, date, context); - for stdin.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "jsonl"]),
    default=None,
    help="Default: text on a terminal, else jsonl.",
)
@_own_actors
def who(
    phrases: tuple[str, ...],
    date: dt.date | None,
    context: str | None,
    jsonl: str | None,
    shape: str | None,
    dictionaries: tuple[str, ...],
) -> None:
    """Resolve actors: which state, which sector, which office, at a date.

    \b
    detente who "Chinese Foreign Minister Qin Gang" --date 2023-06-16
    detente who "the Turkish and Greek foreign ministers" "Hezbollah"
    detente who --jsonl phrases.jsonl
    """
    from detente.actors import resolve_phrase
    from detente.exports.rows import json_line, resolved_row

    if not phrases and jsonl is None:
        raise click.UsageError("nothing to resolve; give a PHRASE, or --jsonl FILE (- for stdin)")
    as_text = shape == "text" or (shape is None and jsonl is None and sys.stdout.isatty())
    lexicon = _lexicon(dictionaries)
    for phrase in phrases:
        rows = [resolved_row(actor) for actor in resolve_phrase(phrase, date, context, lexicon)]
        click.echo(_who_text(phrase, rows) if as_text else json_line({"actors": rows}))
    if jsonl is not None:
        from detente.relating import resolution_rows

        with _binary(jsonl) as stream:
            for row in resolution_rows(stream, jsonl, date, _complain, lexicon):
                click.echo(json_line(row))


@cli.command()
@click.argument("where", metavar="FILE|URL|-", shell_complete=lambda c, p, i: _paths(i))
@click.argument("number", type=click.IntRange(min=1), required=False)
@click.option("--date", type=Day(), help="The publication day, where the file does not say.")
@click.option("--allow-private", is_flag=True, help="Fetch from this machine's own network, too.")
@_own_actors
@_own_ontology
def explain(
    where: str,
    number: int | None,
    date: dt.date | None,
    allow_private: bool,
    dictionaries: tuple[str, ...],
    ontology_file: str | None,
) -> None:
    """Explain why a story has the rows it has: all of them, or the row NUMBER.

    The sentence with its words marked, the entry of the lexicon that decided, and what would have
    changed it. Rows are numbered from 1 in the order of `detente code`.

    \b
    detente explain story.txt
    detente explain story.txt 3 --date 2023-06-17
    """
    from detente.coder import Coder
    from detente.exports.explain import explain as explained
    from detente.model import InputError
    from detente.sources import read_document

    document = read_document(where, date=date, allow_private=allow_private)
    ontology = _ontology(ontology_file)
    events = Coder(_lexicon(dictionaries), ontology).code(document).events
    if number is not None and number > len(events):
        raise InputError(f"{where} has {len(events)} rows, no row {number}; give a smaller number")
    for position, event in enumerate(events, start=1):
        if number in (None, position):
            click.echo(f"row {position} of {len(events)}")
            click.echo(explained(event, ontology))


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that teaches a shell to complete detente's commands.

    \b
    detente completion bash >> ~/.bashrc
    detente completion zsh >> ~/.zshrc
    detente completion fish > ~/.config/fish/completions/detente.fish
    """
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    if maker is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(maker(cli, {}, "detente", "_DETENTE_COMPLETE").source())


def main() -> None:
    """Run the command line; the only place where errors become exit statuses."""
    from detente.model import InputError

    # The matrices are small: threads would only wait for one another. Read when numpy loads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        cli.main(prog_name="detente", standalone_mode=False)
    except InputError as error:
        _fail(str(error))
    except click.UsageError as error:
        hint = f" ({error.ctx.command_path} --help)" if error.ctx and error.ctx.parent else ""
        _fail(f"{error.format_message()}{hint}")
    except click.ClickException as error:
        _fail(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # The reader has gone away ('| head'): not an error. Keep Python from saying so at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _fail(f"cannot write {error.filename or 'the output'}: {error.strerror or error}")


def _fail(message: str) -> None:
    click.echo(f"detente: {' '.join(message.split())}", err=True)
    sys.exit(2)


def _complain(message: str) -> None:
    click.echo(f"detente: {message}", err=True)


def _paths(incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def _input_format(value: str | None) -> str | None:
    from detente.sources import formats

    if value is not None and value not in formats():
        raise click.BadParameter(f"'{value}' is not one of {', '.join(formats())}")
    return value


def _input_formats(incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    from detente.sources import formats

    return [CompletionItem(form) for form in formats() if form.startswith(incomplete)]


def _lexicon(dictionaries: tuple[str, ...]) -> Lexicon | None:
    """The lexicon with the user's own actors; None (the shipped one) where there are none.

    Raises:
        InputError: a dictionary cannot be read, or nothing in it can.
    """
    if not dictionaries:
        return None
    from detente.actors import load_lexicon

    return load_lexicon(dictionaries, _complain)


def _ontology(file: str | None) -> Ontology | None:
    """The user's ontology, or None where there is none.

    Raises:
        InputError: it cannot be read, or makes no sense.
    """
    if file is None:
        return None
    from detente.knowledge.own_ontology import read_ontology

    return read_ontology(file)


def _colour(wanted: bool | None) -> bool | None:
    return False if wanted is None and os.environ.get("NO_COLOR") else wanted


@contextlib.contextmanager
def _binary(where: str) -> Iterator[BinaryIO]:
    """A file or, for -, standard input, as bytes.

    Raises:
        InputError: it cannot be opened.
    """
    from detente.model import InputError

    if where == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(where).open("rb") as stream:
            yield stream
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        raise InputError(f"cannot read {where}: {error.strerror}; give a JSON Lines file") from None


def _documents(
    files: tuple[str, ...], form: str | None, allow_private: bool, tally: Any
) -> Iterator[Document]:
    from detente.sources import Problem, documents

    for file in files:
        for entry in documents(file, form=form, allow_private=allow_private):
            if isinstance(entry, Problem):
                tally.refuse(entry.reason)
                _complain(str(entry))
            else:
                yield entry


def _who_text(phrase: str, rows: list[dict[str, Any]]) -> str:
    if not rows:
        return f"{phrase}: no actor"
    parts = [
        f"{row['name'] or row['text']}: {row['country'] or '-'}, {'/'.join(row['sectors']) or '-'}"
        + (f", {row['office']}" if row["office"] else "")
        + f" ({row['confidence']:.2f})"
        for row in rows
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    main()
