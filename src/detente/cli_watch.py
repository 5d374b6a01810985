"""`detente watch`: polls feeds and writes each new story as a line of JSON Lines."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from detente.model import Document


@click.command()
@click.argument("feeds", metavar="FEEDS.toml")
@click.option("-o", "--output", metavar="FILE", help="Append stories here; default: stdout.")
@click.option("--rounds", type=click.IntRange(min=1), help="Stop after so many polls of each feed.")
@click.option("--cache", metavar="FILE", help="Where to remember what was read.")
@click.option("--pause", type=click.FloatRange(0, 3600), default=2.0, show_default=True,
              help="Seconds between two requests to one host.")  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Fetch from this machine's own network, too.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing of polls that went well.")
def watch(
    feeds: str,
    output: str | None,
    rounds: int | None,
    cache: str | None,
    pause: float,
    allow_private: bool,
    quiet: bool,
) -> None:
    """Watch feeds: read each new story once, for ever.

    FEEDS.toml names the feeds (docs/sources.md). Stories come out as JSON Lines, as `detente code`
    takes them. Ctrl-C stops it after the request that is under way.

    \b
    detente watch feeds.toml -o stories.jsonl
    detente watch feeds.toml --rounds 1 | detente code
    """
    import platformdirs

    from detente.sources.memory import Memory
    from detente.sources.problem import Problem
    from detente.sources.watch import read_watch_list
    from detente.sources.watch import watch as watched
    from detente.sources.web import Web

    listed = read_watch_list(feeds)
    path = Path(cache) if cache else Path(platformdirs.user_cache_dir("detente")) / "watch.sqlite"
    stop = threading.Event()
    _stop_on_signals(stop)
    memory = Memory(path)
    web = Web(allow_private=allow_private, pause=pause, stop=stop)
    tell = (lambda line: None) if quiet else _say
    written = 0
    with _appending(output) as stream, contextlib.closing(memory):
        for entry in watched(listed, web, memory, stop, rounds=rounds, tell=tell):
            if isinstance(entry, Problem):
                _say(str(entry))
            else:
                stream.write(_line(entry) + b"\n")
                stream.flush()
                written += 1
    _say(f"{written} stories written")


def _stop_on_signals(stop: threading.Event) -> None:
    """Set `stop` on the first Ctrl-C or SIGTERM; a second one ends the program at once."""

    def handle(number: int, frame: Any) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handle)


@contextlib.contextmanager
def _appending(output: str | None) -> Iterator[IO[bytes]]:
    """The end of a file; a line that a killed run left half is closed first."""
    if output is None:
        yield sys.stdout.buffer
        return
    with Path(output).open("a+b") as stream:
        if stream.tell():
            stream.seek(-1, 2)
            if stream.read(1) != b"\n":
                stream.write(b"\n")
        yield stream


def _line(document: Document) -> bytes:
    import msgspec

    fields = msgspec.structs.asdict(document)
    del fields["markup"]
    return msgspec.json.encode({name: value for name, value in fields.items() if value is not None})


def _say(line: str) -> None:
    click.echo(f"detente: {line}", err=True)
