"""Reads feeds: RSS, Atom and JSON Feed, as their items and as documents of what they hold.

Feeds are often broken, so the reader is the forgiving feedparser; it drops a document type with its
entities, so that none can grow without end. Of a feed of very many items the first `MAX_ITEMS` are
read. A day that is still to come is no publication day and is left out. What it leaves out:
fetching (`web`), and the stories' own pages (`watch`).
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from detente.model import Document, InputError
from detente.sources.fetch import is_address
from detente.sources.problem import Problem
from detente.text.decode import looks_like_html, shown
from detente.text.header import iso_day

MAX_ITEMS = 2_000
_JSON_FEED = b"jsonfeed.org/version"
_HEAD_BYTES = 4_096
_XML_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_ITEM_ENDS = (b"</item>", b"</entry>")


class Item(Struct, frozen=True):
    """One item: `id` is the feed's own, else its address; `text` what the feed holds of it.

    `stamp` is what changes when the publisher changes the item, `day` that of publication.
    """

    id: str
    url: str | None
    title: str | None
    day: dt.date | None
    text: str
    stamp: str


class Feed(Struct, frozen=True):
    """A feed's title and items, in its own order; `left` counts those that were too many."""

    title: str | None
    items: tuple[Item, ...]
    left: int = 0


def looks_like_feed(data: bytes) -> bool:
    """Tell whether a page is a feed, by its first bytes."""
    head = data[:_HEAD_BYTES]
    return _JSON_FEED in head or bool(_XML_FEED.search(head) and b"<html" not in head.lower())


def read_feed(data: bytes, where: str, today: dt.date | None = None) -> Feed:
    """Read a feed.

    Args:
        data: the bytes as they came.
        where: the file or address, for messages.
        today: days after the one that follows it are left out; None keeps all.

    Raises:
        InputError: it is no feed.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, where, today)
    import feedparser

    data, left = _shortened(data)
    # As a stream: bytes might be taken for the name of a file.
    try:
        parsed = feedparser.parse(
            io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # Its forgiving parser still trips over some nonsense.
        raise _no_feed(where) from error
    if not parsed.get("version") and not parsed.entries:
        raise _no_feed(where)
    items = tuple(item for entry in parsed.entries if (item := _item(entry, today)))
    return Feed(_clean(parsed.feed.get("title")), items[:MAX_ITEMS], left)


def feed_documents(
    data: bytes, where: str, today: dt.date | None = None
) -> Iterator[Document | Problem]:
    """The stories of a feed as far as it holds them itself; items without words are Problems.

    Raises:
        InputError: it is no feed.
    """
    feed = read_feed(data, where, today)
    for item in feed.items:
        if item.text.strip():
            yield item_document(item, feed)
        else:
            yield Problem(f"{where}: {shown(item.id)}", "the feed holds no text of this story")
    if feed.left:
        yield Problem(where, f"{feed.left} items beyond the first {MAX_ITEMS} are not read")


def item_document(item: Item, feed: Feed) -> Document:
    """An item as a document of the text that the feed holds."""
    return Document(
        text=item.text,
        id=item.id,
        date=item.day,
        title=item.title,
        source=feed.title,
        url=item.url,
        markup="html" if looks_like_html(item.text) else "plain",
    )


def _no_feed(where: str) -> InputError:
    return InputError(f"{shown(where)}: is no feed (RSS, Atom or JSON Feed); check the address")


def _shortened(data: bytes) -> tuple[bytes, int]:
    """The feed without the items beyond `MAX_ITEMS`, still well-formed, and their number."""
    sign = next((end for end in _ITEM_ENDS if data.count(end) > MAX_ITEMS), None)
    if sign is None:
        return data, 0
    cut = 0
    for _ in range(MAX_ITEMS):
        cut = data.index(sign, cut) + len(sign)
    last = data.rindex(sign) + len(sign)
    return data[:cut] + data[last:], data.count(sign) - MAX_ITEMS


def _item(entry: Any, today: dt.date | None) -> Item | None:
    # An id that is no address stands in for the link where there is none.
    link = _clean(entry.get("link"))
    url = link if link and is_address(link) else None
    id_ = _clean(entry.get("id")) or url
    title = _clean(entry.get("title"))
    whole = [str(part.get("value") or "") for part in entry.get("content") or []]
    text = max([*whole, str(entry.get("summary") or "")], key=len)
    if id_ is None and title is None:
        return None
    # By the plain dictionary: feedparser's own look-up mixes the two stamps up, with a warning.
    moment = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    stamp = dict.get(entry, "updated") or dict.get(entry, "published") or ""
    return Item(id_ or title or "", url, title, _day(moment, today), text, f"{stamp}|{title}")


def _day(moment: Any, today: dt.date | None) -> dt.date | None:
    try:
        day = dt.date(*moment[:3]) if moment else None
    except (ValueError, TypeError, OverflowError):
        return None
    return _past(day, today)


def _past(day: dt.date | None, today: dt.date | None) -> dt.date | None:
    """The day, unless it is still to come; a day ahead may be another zone's today."""
    ahead = day is not None and today is not None and day > today + dt.timedelta(days=1)
    return None if ahead else day


def _clean(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _json_feed(data: bytes, where: str, today: dt.date | None) -> Feed:
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _no_feed(where) from error
    entries = found.get("items")
    if not isinstance(entries, list):
        raise _no_feed(where)
    items = [_json_item(entry, today) for entry in entries[:MAX_ITEMS] if isinstance(entry, dict)]
    known = tuple(item for item in items if item is not None)
    return Feed(_clean(found.get("title")), known, max(0, len(entries) - MAX_ITEMS))


def _json_item(entry: dict[str, Any], today: dt.date | None) -> Item | None:
    url = _clean(entry.get("url"))
    raw = entry.get("id")
    id_ = str(raw) if isinstance(raw, int | float) else _clean(raw) or url
    if id_ is None:
        return None
    title = _clean(entry.get("title"))
    fields = ("content_html", "content_text", "summary")
    text = next((entry[name] for name in fields if isinstance(entry.get(name), str)), "")
    published = _clean(entry.get("date_published")) or ""
    stamp = _clean(entry.get("date_modified")) or published
    return Item(id_, url, title, _past(iso_day(published), today), text, f"{stamp}|{title}")
