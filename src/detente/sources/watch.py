"""Watches feeds: polls each in its rhythm and gives every story once, read in full from its page.

`watch` is the iterator behind `detente watch`. It ends only when told to, and outlives a network
that goes away: what cannot be had now is tried again with the next poll. A story counts as given
when the taker asks for the next one, so that none is lost if the program is killed.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from detente.model import Document, InputError
from detente.sources.feeds import Feed, Item, item_document, read_feed
from detente.sources.fetch import FetchError
from detente.sources.files import document_of
from detente.sources.memory import Memory
from detente.sources.opening import readable
from detente.sources.problem import Problem
from detente.sources.web import Web
from detente.text.decode import decode, shown

# New items that are read of one feed in one poll; the others wait for the next.
MOST_NEW = 200
# Stories in a row that cannot be had now, after which the poll is given up.
MOST_FAILURES = 3
LEAST_SECONDS = 1.0


class Watched(Struct, frozen=True, forbid_unknown_fields=True):
    """A feed to watch: polled every `seconds`; with `full_text` each story's page is read."""

    url: str
    name: str | None = None
    seconds: float = 900.0
    full_text: bool = True


class _List(Struct, forbid_unknown_fields=True):
    feed: list[Watched]


def read_watch_list(where: str) -> tuple[Watched, ...]:
    """Read a TOML file with one `[[feed]]` table for each feed.

    Raises:
        InputError: it cannot be read, or names no feed.
    """
    try:
        with readable(where):
            text = Path(where).read_text("utf-8")
        found = msgspec.convert(tomllib.loads(text), _List).feed
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        reason = shown(str(error))
        raise InputError(
            f"{shown(where)}: is no list of feeds ({reason}); docs/sources.md"
        ) from error
    if not found:
        raise InputError(f"{shown(where)}: names no feed; add one under [[feed]]")
    low = next((feed for feed in found if feed.seconds < LEAST_SECONDS), None)
    if low is not None:
        raise InputError(f"{shown(where)}: {shown(low.url)}: 'seconds' is less than 1")
    return tuple(found)


def watch(
    feeds: Sequence[Watched],
    web: Web,
    memory: Memory,
    stop: threading.Event,
    *,
    rounds: int | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Document | Problem]:
    """Poll feeds until `stop` is set, or each `rounds` times; `tell` hears a line for each poll."""
    due = dict.fromkeys(range(len(feeds)), 0.0)
    polls = dict.fromkeys(due, 0)
    while due and not stop.is_set():
        number = min(due, key=lambda key: (due[key], key))
        if stop.wait(max(0.0, due[number] - time.monotonic())):
            return
        feed = feeds[number]
        new, failed = 0, 0
        for entry in poll(feed, web, memory, dt.date.today()):
            new, failed = new + isinstance(entry, Document), failed + isinstance(entry, Problem)
            yield entry
            if stop.is_set():
                return
        tell(f"{feed.name or feed.url}: {new} new" + (f", {failed} problems" if failed else ""))
        polls[number] += 1
        due[number] = time.monotonic() + feed.seconds
        if polls[number] == rounds:
            del due[number]


def poll(
    watched: Watched, web: Web, memory: Memory, today: dt.date
) -> Iterator[Document | Problem]:
    """Read what is new in one feed, the oldest first; nothing is raised."""
    try:
        answer = web.get(watched.url, memory.conditions(watched.url))
        if answer.page is None:
            return
        feed = read_feed(answer.page.body, watched.url, today)
    except InputError as error:
        yield _problem(watched.url, error)
        return
    new = [item for item in feed.items if not memory.knows(watched.url, item.id, item.stamp)]
    missed = max(0, len(new) - MOST_NEW)
    row = 0
    for item in reversed(new[:MOST_NEW]):
        try:
            yield _story(item, feed, watched, web)
        except FetchError as error:
            missed, row = missed + 1, row + 1
            yield _problem(item.url or item.id, error)
            if row == MOST_FAILURES:
                return
            continue
        row = 0
        memory.learn(watched.url, item.id, item.stamp)
    if not missed:
        memory.keep(watched.url, answer.etag, answer.modified)


def _story(item: Item, feed: Feed, watched: Watched, web: Web) -> Document | Problem:
    """The story of an item: its page, or what the feed holds where there is no page to be had.

    Raises:
        FetchError: the page cannot be had now; it may be later.
    """
    own = msgspec.structs.replace(feed, title=watched.name or feed.title)
    reason = "the feed holds no text of this story"
    if watched.full_text and item.url:
        try:
            return _read_page(item, own, web)
        except FetchError as error:
            if error.temporary:
                raise
            reason = str(error)
        except InputError as error:
            reason = str(error)
    if item.text.strip():
        return item_document(item, own)
    return _problem(item.url or item.id, InputError(reason))


def _read_page(item: Item, feed: Feed, web: Web) -> Document:
    url = item.url or ""
    page = web.get(url).page
    if page is None:
        raise FetchError(f"{shown(url)}: the server sent nothing", temporary=True)
    text = decode(page.body, where=url, declared=page.charset)
    found = document_of(text, url, item.id, item.day, page.url)
    return msgspec.structs.replace(found, id=item.id, title=item.title, source=feed.title)


def _problem(where: str, error: InputError) -> Problem:
    return Problem(shown(where), str(error).removeprefix(f"{shown(where)}: "))
