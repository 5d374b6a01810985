"""Feeds and their watching, against a real server on this machine."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model import Document, InputError
from detente.sources import Problem, documents
from detente.sources.feeds import MAX_ITEMS, looks_like_feed, read_feed
from detente.sources.memory import Memory
from detente.sources.watch import Watched, poll, read_watch_list, watch
from detente.sources.web import Web

TODAY = dt.date(2023, 2, 8)
STORY = "Chile and Peru signed a treaty in Lima."


class Server(ThreadingHTTPServer):
    """Answers what `pages` says: status, headers, body. `asked` lists requests with conditions."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[str] = []

    def put(self, path: str, body: str, status: int = 200, **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, named, body.encode())
        return self.base + path


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status, headers, body = self.server.pages.get(self.path, (404, {}, b""))
        if "ETag" in headers and self.headers["If-None-Match"] == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield running
        running.shutdown()


def rss(*items: str) -> str:
    channel = f"<channel><title>Wire</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'


def item(number: int, link: str = "", day: str = "Mon, 06 Feb 2023 10:00:00 GMT") -> str:
    where = f"<link>{link}</link>" if link else ""
    date = f"<pubDate>{day}</pubDate>" if day else ""
    words = f"<description>{STORY}</description>"
    return f"<item><guid>n{number}</guid><title>T{number}</title>{where}{date}{words}</item>"


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>n1</id><title>T1</title>
<updated>2023-02-06T10:00:00Z</updated><content type="text">{STORY}</content></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Wire",
        "items": [
            {"id": "n1", "title": "T1", "content_text": STORY, "date_published": "2023-02-06"},
            "nonsense",
        ],
    }
)


@pytest.mark.parametrize("text", [rss(item(1)), ATOM, JSON_FEED], ids=["rss", "atom", "json"])
def test_three_kinds_of_feed_say_the_same(text: str) -> None:
    assert looks_like_feed(text.encode())
    feed = read_feed(text.encode(), "feed", TODAY)
    [found] = feed.items
    assert (feed.title, found.id, found.title, found.text) == ("Wire", "n1", "T1", STORY)
    assert found.day == dt.date(2023, 2, 6)


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><body>No feed</body></html>", b"Talks ended.", b"{", b'{"a": 1}', b"\0\1\2"],
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="is no feed"):
        read_feed(data, "feed")


def test_a_bomb_of_entities_does_not_go_off() -> None:
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "word " * 10}">' for n in range(10)
    )
    text = f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]>" + rss(item(1)).partition("?>")[2]
    feed = read_feed(text.replace(STORY, "&e9;").encode(), "feed")
    assert all(len(found.text) < 1_000 for found in feed.items)


def test_a_feed_of_very_many_items_is_cut_and_says_so(tmp_path: Path) -> None:
    text = rss(*(f"<item><guid>n{n}</guid><title>T</title></item>" for n in range(100_000)))
    feed = read_feed(text.encode(), "feed")
    assert (len(feed.items), feed.left) == (MAX_ITEMS, 100_000 - MAX_ITEMS)
    assert feed.items[-1].id == f"n{MAX_ITEMS - 1}"


@pytest.mark.parametrize("day", ["", "Tue, 01 Jan 2099 10:00:00 GMT", "some day", "99/99/9999"])
def test_no_day_rather_than_a_wrong_one(day: str) -> None:
    [found] = read_feed(rss(item(1, day=day)).encode(), "feed", TODAY).items
    assert found.day is None


@given(st.binary(max_size=200))
def test_no_bytes_break_a_feed(data: bytes) -> None:
    try:
        read_feed(rss(item(1)).encode().replace(b"T1", data), "feed", TODAY)
        read_feed(data, "feed", TODAY)
    except InputError as error:
        assert "\n" not in str(error)


def test_a_feed_as_a_file_and_at_an_address(tmp_path: Path, server: Server) -> None:
    path = tmp_path / "a.rss"
    path.write_text(rss(item(1)))
    whole = Document(text=STORY, id="n1", date=dt.date(2023, 2, 6), title="T1", source="Wire")
    assert list(documents(str(path))) == [whole]
    url = server.put("/feed", path.read_text(), Content_Type="application/rss+xml")
    assert list(documents(url, allow_private=True)) == [whole]


# Watching


def polled(server: Server, memory: Memory) -> list[Document | Problem]:
    web = Web(allow_private=True, pause=0)
    return list(poll(Watched(f"{server.base}/feed"), web, memory, TODAY))


def test_each_story_once_in_full_the_oldest_first(server: Server) -> None:
    links = [server.put(f"/{n}", f"<html><p>{STORY} Page {n}.</p></html>") for n in (1, 2)]
    server.put("/feed", rss(item(2, links[1]), item(1, links[0])), ETag='"a"')
    memory = Memory()
    first, second = polled(server, memory)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.id, first.source, first.url, first.markup) == ("n1", "Wire", links[0], "html")
    assert "Page 2" in second.text
    server.asked.clear()
    assert polled(server, memory) == []
    assert server.asked == ["/robots.txt", "/feed"]
    server.put("/feed", rss(item(2, links[1]).replace("T2", "New"), item(1, links[0])), ETag='"b"')
    [changed] = polled(server, memory)
    assert isinstance(changed, Document)
    assert (changed.id, changed.title) == ("n2", "New")


def test_a_site_that_says_no_is_not_read(server: Server) -> None:
    server.put("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    server.put("/feed", rss(item(1, server.put("/closed/1", "secret"))))
    [found] = polled(server, Memory())
    assert isinstance(found, Document)
    assert (found.text, "/closed/1" in server.asked) == (STORY, False)


def test_a_page_that_fails_now_is_tried_again(server: Server) -> None:
    server.put("/feed", rss(item(1, server.put("/1", "", 503, Retry_After="1"))), ETag='"a"')
    memory = Memory()
    [problem] = polled(server, memory)
    assert isinstance(problem, Problem)
    assert "503" in problem.reason
    server.put("/1", f"<html><p>{STORY}</p></html>")
    [found] = polled(server, memory)
    assert isinstance(found, Document)


def test_a_host_that_fails_is_left_alone(server: Server) -> None:
    url = server.put("/feed", "", 500, Retry_After="300")
    web, memory = Web(allow_private=True, pause=0.01), Memory()
    for said in ("500 Internal", "is left alone for"):
        [problem] = poll(Watched(url), web, memory, TODAY)
        assert isinstance(problem, Problem)
        assert said in problem.reason
    assert server.asked.count("/feed") == 1


def test_redirects_without_end_and_hosts_that_are_not_there(server: Server) -> None:
    server.put("/feed", "", 302, Location="/feed")
    [loop] = polled(server, Memory())
    assert isinstance(loop, Problem)
    assert "redirects more than" in loop.reason
    gone = Watched("http://127.0.0.1:9/feed")
    stop = threading.Event()
    entries = list(watch([gone], Web(allow_private=True), Memory(), stop, rounds=1))
    assert isinstance(entries[0], Problem)
    assert "no connection" in entries[0].reason


def test_private_addresses_are_closed_unless_asked_for(server: Server) -> None:
    [problem] = poll(Watched(f"{server.base}/feed"), Web(pause=0), Memory(), TODAY)
    assert isinstance(problem, Problem)
    assert "not a public address" in problem.reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no list of feeds"),
        ("feed = []", "names no feed"),
        ("[[feed]]\nurl = 3", "is no list of feeds"),
        ("[[feed]]\nurl = 'x'\nevery = 3", "unknown field"),
        ("[[feed]]\nurl = 'x'\nseconds = 0", "less than 1"),
        ("[[", "is no list of feeds"),
    ],
)
def test_a_list_that_makes_no_sense(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        read_watch_list(str(path))


def test_the_command_goes_on_where_it_stopped_and_ends_cleanly(
    tmp_path: Path, server: Server
) -> None:
    url = server.put("/feed", rss(item(1)))
    (tmp_path / "feeds.toml").write_text(f"[[feed]]\nurl = '{url}'\nseconds = 600\n")
    out = tmp_path / "out.jsonl"
    out.write_bytes(b'{"id": "half')
    command = [
        sys.executable, "-m", "detente", "watch", "feeds.toml", "-o", "out.jsonl",
        "--cache", "memory.sqlite", "--pause", "0", "--allow-private",
    ]  # fmt: skip
    done = subprocess.run([*command, "--rounds", "1"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stderr
    server.put("/feed", rss(item(2), item(1)))
    running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, env=os.environ)
    end = time.monotonic() + 15
    while out.read_bytes().count(b"\n") < 3 and time.monotonic() < end:
        time.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=10)
    assert running.returncode == 0
    assert b"1 stories written" in said
    lines = out.read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines[1:]] == ["n1", "n2"]
