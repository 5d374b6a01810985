"""The commands of the ledger: `add`, `incidents`, `show`, `families` and `ledger ...`.

`cli.py` takes them in, and gives the place of the ledger (`--ledger`) as the context's object.
"""

from __future__ import annotations

import contextlib
import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    import datetime as dt

    from detente.ledger import Incident, Ledger
    from detente.model import Coding, Document

Command = TypeVar("Command", bound=Callable[..., None])
LINES = (".jsonl", ".ndjson")
STORIES = (*LINES, ".txt", ".html", ".htm")
_COUNTRY = re.compile(r"[A-Za-z]{3}")
COLUMNS = (
    "id", "type", "act", "mode", "status", "source", "source_country", "target", "target_country",
    "reciprocal", "date_start", "date_end", "date_precision", "place", "place_country", "latitude",
    "longitude", "families", "reports", "confidence", "first", "last",
)  # fmt: skip


def default_place() -> str:
    """Where the ledger is when nobody says: in the user's data folder."""
    from platformdirs import user_data_path

    return str(user_data_path("detente", appauthor=False) / "ledger.sqlite")


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    from detente.model import InputError
    from detente.sources import parse_day

    if value is None:
        return None
    try:
        return parse_day(value)
    except InputError as error:
        raise click.BadParameter(str(error), ctx, param) from None


def _countries(
    ctx: click.Context, param: click.Parameter, value: tuple[str, str] | None
) -> tuple[str, str] | None:
    for code in value or ():
        if not _COUNTRY.fullmatch(code):
            raise click.BadParameter(
                f"'{code}' is no country code; three letters, as in USA", ctx, param
            )
    return (value[0].upper(), value[1].upper()) if value else None


def _shape(*shapes: str) -> Callable[[Command], Command]:
    return click.option(
        "--format",
        "shape",
        type=click.Choice(list(shapes)),
        default=shapes[0],
        show_default=True,
        help="What is written.",
    )


def _place(ctx: click.Context) -> str:
    return str(ctx.obj or default_place())


@contextlib.contextmanager
def _opened(ctx: click.Context, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger, with its incidents up to date as far as it may be written."""
    from detente.ledger import open_ledger
    from detente.model import InputError

    with open_ledger(_place(ctx), create=create) as ledger:
        try:
            ledger.derive()
        except InputError as error:
            click.echo(f"detente: the last documents are not counted in: {error}", err=True)
        yield ledger


@click.command()
@click.argument("files", metavar="[FILE|FOLDER|-]...", nargs=-1)
@click.option("--actors", "dictionaries", metavar="FILE", multiple=True, help="Your own actors.")
@click.option("--processes", type=click.IntRange(min=1), help="Documents coded at the same time.")
@click.option("--verbose", "-v", is_flag=True, help="Name each document once it is safely kept.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary.")
@click.pass_context
def add(
    ctx: click.Context,
    files: tuple[str, ...],
    dictionaries: tuple[str, ...],
    processes: int | None,
    verbose: bool,
    quiet: bool,
) -> None:
    """Code documents and keep them: what happened is counted once, however often it is told.

    JSON Lines as for `code`, texts, pages, and folders of these; standard input without FILE, or
    with -. A document that is there already is passed over; one with the same id but another
    content is kept beside it. Broken off, the same command goes on where it stopped.

    \b
    detente add stories.jsonl
    detente --ledger team.sqlite add 2023/
    detente --ledger postgresql://user@host/name add - < stories.jsonl
    """
    from detente.parallel import Workers
    from detente.progress import Tally, progress

    tally = Tally()
    counts = {"new": 0, "known": 0, "version": 0}
    work = CodeWhole(dictionaries)
    with _opened(ctx, create=True) as ledger:
        fresh = _unknown(ledger, _documents(files or ("-",), tally), counts)
        with Workers(work, processes, work.load) as workers, progress(not quiet) as advance:
            for coding in workers.results(fresh):
                if coding.story.language not in ("en", None):
                    reason = f"not English but '{coding.story.language}'"
                    tally.refuse(reason)
                    _complain(f"document {coding.document.id}: {reason}; not kept")
                else:
                    done = ledger.add(coding)
                    counts[done] += 1
                    if done == "version":
                        _complain(
                            f"document {coding.document.id}: there is one with this id and another "
                            "content; both are kept"
                        )
                    if done != "known":
                        tally.count(len(coding.events))
                    if verbose:
                        click.echo(f"kept {coding.document.id}")
                advance()
        ledger.derive()
    if not quiet:
        click.echo(f"{tally.summary()}; {counts['known']} there already", err=True)


@click.command()
@click.option("--between", nargs=2, metavar="A B", callback=_countries, help="Two country codes.")
@click.option("--since", metavar="DAY", callback=_day, help="None that ended before this day.")
@click.option("--until", metavar="DAY", callback=_day, help="None that began after this day.")
@click.option("--type", "kind", metavar="TYPE", help="Only this PLOVER type, or act.")
@click.option("--status", help="Only those with this status now: occurred, planned ...")
@_shape("text", "jsonl", "csv")
@click.pass_context
def incidents(
    ctx: click.Context,
    between: tuple[str, str] | None,
    since: dt.date | None,
    until: dt.date | None,
    kind: str | None,
    status: str | None,
    shape: str,
) -> None:
    """List what happened, each happening once, in the order of its days.

    \b
    detente incidents --between USA CHN --since 2023-01-01
    detente incidents --type CONSULT --status planned --format jsonl
    """
    with _opened(ctx) as ledger:
        found = ledger.incidents(
            between=between,
            since=since,
            until=until,
            type=kind.upper() if kind else None,
            status=status,
        )
        if shape == "csv":
            _write_csv(found)
        else:
            for incident in found:
                click.echo(_json(incident) if shape == "jsonl" else _line(incident))


@click.command()
@click.argument("incident")
@_shape("text", "json")
@click.pass_context
def show(ctx: click.Context, incident: str, shape: str) -> None:
    """Show an INCIDENT whole: its history, what is disputed, each report with its sentence.

    INCIDENT is an id as `detente incidents` lists it; its beginning is enough.

    \b
    detente show i11e9be49
    """
    with _opened(ctx) as ledger:
        found = ledger.incident(incident)
        click.echo(_json(found) if shape == "json" else _whole(found))


@click.command()
@click.option("--least", type=click.IntRange(min=1), default=2, show_default=True,
              help="Only families of so many copies.")  # fmt: skip
@_shape("text", "jsonl")
@click.pass_context
def families(ctx: click.Context, least: int, shape: str) -> None:
    """List families of copies: documents that hold one text, cut, reworded or translated.

    \b
    detente families
    detente families --least 1 --format jsonl
    """
    with _opened(ctx) as ledger:
        for family in ledger.families(least=least):
            if shape == "jsonl":
                click.echo(_json(family))
            else:
                origin = f", from {family.agency}" if family.agency else ""
                click.echo(
                    f"{family.id}  {family.first or 'no day'}  {family.copies} copies, best "
                    f"{family.best}{origin}: {' '.join(family.documents)}"
                )


@click.group()
def ledger() -> None:
    """Look after the ledger: info, check, rebuild, export, vacuum.

    \b
    detente ledger info
    detente --ledger team.sqlite ledger check
    """


@ledger.command()
@_shape("text", "json")
@click.pass_context
def info(ctx: click.Context, shape: str) -> None:
    """Say where the ledger is and what is in it."""
    with _opened(ctx) as opened:
        found = opened.info()
    if shape == "json":
        click.echo(_json(found))
        return
    click.echo(f"{found.where}: {found.documents:,} documents in {found.families:,} families, "
               f"{found.reports:,} reports of {found.incidents:,} incidents")  # fmt: skip
    if found.first:
        click.echo(f"published {found.first} to {found.last}")


@ledger.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Check that the ledger is whole. Exit status 1 where it is not."""
    from detente.ledger import open_ledger
    from detente.ledger.care import problems

    with open_ledger(_place(ctx)) as opened:
        found = problems(opened)
    for line in found:
        click.echo(line)
    if found:
        sys.exit(1)
    click.echo("nothing wrong found", err=True)


@ledger.command()
@click.pass_context
def rebuild(ctx: click.Context) -> None:
    """Make families and incidents anew; after a change in families.yaml or incidents.yaml."""
    from detente.ledger import open_ledger

    with open_ledger(_place(ctx)) as opened:
        opened.rebuild()


@ledger.command()
@click.pass_context
def vacuum(ctx: click.Context) -> None:
    """Give space that is no longer used back to the disk."""
    from detente.ledger import open_ledger
    from detente.ledger.care import vacuum as give_back

    with open_ledger(_place(ctx)) as opened:
        give_back(opened)


@ledger.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write here, not to stdout.")
@click.pass_context
def export(ctx: click.Context, output: str | None) -> None:
    """Write all documents as JSON Lines, as they were given: `detente add` takes them again.

    \b
    detente ledger export -o all.jsonl
    """
    import msgspec

    from detente.ledger import open_ledger

    with (
        open_ledger(_place(ctx)) as opened,
        click.open_file(output or "-", "wb", atomic=output is not None) as stream,
    ):
        for entry in opened.documents():
            given = msgspec.structs.asdict(entry.document)
            del given["markup"]
            kept = {name: value for name, value in given.items() if value is not None}
            stream.write(msgspec.json.encode(kept) + b"\n")


class CodeWhole:
    """Gives a document's Coding; another process gets the settings and loads its own coder."""

    def __init__(self, dictionaries: tuple[str, ...] = ()) -> None:
        from detente.actors import load_lexicon
        from detente.coder import Coder

        self._dictionaries = dictionaries
        self._coder = Coder(load_lexicon(dictionaries, _complain) if dictionaries else None)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self._dictionaries,)

    def load(self) -> None:
        """Load all that coding needs, now rather than with the first document."""
        from detente.cli_code import FIRST
        from detente.model import Document

        self._coder.code(Document(FIRST))

    def __call__(self, document: Document) -> Coding:
        """Code one document."""
        return self._coder.code(document)


def _unknown(
    opened: Ledger, found: Iterable[Document], counts: dict[str, int]
) -> Iterator[Document]:
    """The documents that are not there yet; the others are counted and not coded again."""
    for document in found:
        if opened.holds(document):
            counts["known"] += 1
        else:
            yield document


def _documents(files: tuple[str, ...], tally: Any) -> Iterator[Document]:
    from detente.model import InputError
    from detente.sources import read_document

    for name in _files(files):
        if name == "-" or name.endswith(LINES):
            yield from _lines(name, tally)
            continue
        try:
            yield read_document(name)
        except InputError as error:
            tally.refuse("cannot be read")
            _complain(str(error))


def _files(files: tuple[str, ...]) -> list[str]:
    """The files, those of folders in alphabetical order.

    Raises:
        InputError: one that was named is not there.
    """
    from detente.model import InputError

    found: list[str] = []
    for name in files:
        path = Path(name)
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in STORIES)
            found += [str(p) for p in inside if p.is_file()]
        elif name == "-" or "://" in name or path.exists():
            found.append(name)
        else:
            raise InputError(f"cannot read {name}: no such file; give files, folders or -")
    return found


def _lines(name: str, tally: Any) -> Iterator[Document]:
    from detente.model import InputError
    from detente.sources import BadLine, read_jsonl

    try:
        with contextlib.ExitStack() as stack:
            stream = sys.stdin.buffer if name == "-" else stack.enter_context(Path(name).open("rb"))
            for entry in read_jsonl(stream, name):
                if isinstance(entry, BadLine):
                    tally.refuse(entry.reason)
                    _complain(f"{name}:{entry.line}: {entry.reason}")
                else:
                    yield entry
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror}; give another file") from None


def _complain(message: str) -> None:
    click.echo(f"detente: {message}", err=True)


def _json(record: Any) -> str:
    import msgspec

    return msgspec.json.encode(record).decode()


def _parties(incident: Incident) -> str:
    source, target = (
        ", ".join(dict.fromkeys(p.name or p.text for p in side))
        for side in (incident.source, incident.target)
    )
    return f"{source} > {target}" if target else source


def _days(incident: Incident) -> str:
    if incident.date_start is None:
        return f"(told {incident.first})" if incident.first else "(no day)"
    if incident.date_start == incident.date_end:
        return str(incident.date_start)
    return f"{incident.date_start} to {incident.date_end}"


def _line(incident: Incident) -> str:
    place = f", {incident.place.name}" if incident.place else ""
    return (
        f"{incident.id}  {_days(incident)}  {incident.act} {incident.status}  "
        f"{_parties(incident)}{place}  [{incident.families} independent, "
        f"{incident.confidence:.2f}]"
    )


def _whole(incident: Incident) -> str:
    lines = [_line(incident), "history:"]
    lines += [f"  {t.date or 'no day'}  {t.status}  ({t.document})" for t in incident.history]
    if len(incident.days) > 1:
        lines.append("days as told:")
        lines += [f"  {d.date_start} to {d.date_end}: {d.families} independent"
                  for d in incident.days]  # fmt: skip
    if incident.tolls:
        lines.append("tolls as told:")
        lines += [f"  {t.kind} {t.number}: {t.families} independent" for t in incident.tolls]
    lines.append(f"reports: {len(incident.reports)}")
    lines += [
        f"  {r.date or 'no day'}  {r.document}, sentence {r.sentence}, {r.status}: "
        + " ".join(r.evidence.text.split())
        for r in incident.reports
    ]
    return "\n".join(lines)


def _write_csv(found: Iterable[Incident]) -> None:
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for incident in found:
        writer.writerow(_flat(incident))


def _flat(incident: Incident) -> dict[str, Any]:
    place = incident.place
    own = {name: getattr(incident, name) for name in COLUMNS if hasattr(incident, name)}
    return own | {
        "source": "|".join(p.name or p.text for p in incident.source),
        "source_country": "|".join(p.country or "" for p in incident.source),
        "target": "|".join(p.name or p.text for p in incident.target),
        "target_country": "|".join(p.country or "" for p in incident.target),
        "place": place.name if place else None,
        "place_country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "reports": len(incident.reports),
    }


COMMANDS = (add, incidents, show, families, ledger)
