"""A web server on this machine that misbehaves in every way a page can."""

from __future__ import annotations

import gzip
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STORY = (
    "<!DOCTYPE html><html><head><title>Ministers meet</title></head>"
    "<body><p>The foreign ministers of Norway and Finland met in Oslo on Monday – briefly.</p>"
    "</body></html>"
)
CHUNK = b"x" * 65_536
# No answer of the server lasts longer, so that no thread outlives the tests.
PATIENCE = 5.0


class Site(ThreadingHTTPServer):
    """`base` is its address; `hits` counts the requests for each path."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.hits: Counter[str] = Counter()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing when the reader hangs up: that is what is tested."""


class Handler(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.hits[self.path] += 1
        route, _, argument = self.path.lstrip("/").partition("/")
        ROUTES[route](self, argument)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""

    def answer(self, body: bytes, kind: str | None = "text/html; charset=utf-8") -> None:
        self.send_response(200)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def page(handler: Handler, argument: str) -> None:
    handler.answer(STORY.encode())


def bare(handler: Handler, argument: str) -> None:
    handler.answer(STORY.encode(), None)


def agent(handler: Handler, argument: str) -> None:
    handler.answer((handler.headers["User-Agent"] or "").encode(), "text/plain")


def latin(handler: Handler, argument: str) -> None:
    handler.answer("Talks in Malmö and Århus.".encode("latin-1"), "text/plain; charset=latin1")


def typed(handler: Handler, argument: str) -> None:
    handler.answer(b"%PDF-1.7 and so on", argument)


def status(handler: Handler, argument: str) -> None:
    handler.send_error(int(argument))


def hop(handler: Handler, argument: str) -> None:
    """Redirect `argument` times, then to the page; 'x' redirects for ever."""
    left = argument if argument == "x" else str(int(argument) - 1)
    redirect(handler, "/page" if left == "0" else f"/hop/{left}")


def to(handler: Handler, argument: str) -> None:
    redirect(handler, argument)


def redirect(handler: Handler, target: str) -> None:
    handler.send_response(302)
    handler.send_header("Location", target)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def silent(handler: Handler, argument: str) -> None:
    time.sleep(PATIENCE)


def slow_head(handler: Handler, argument: str) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    drip(handler, b"X-Wait: yes\r\n")


def slow_body(handler: Handler, argument: str) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    drip(handler, b"word ")


def drip(handler: Handler, piece: bytes) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        handler.wfile.write(piece)
        handler.wfile.flush()
        time.sleep(0.05)


def endless(handler: Handler, argument: str) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        handler.wfile.write(CHUNK)


def announced(handler: Handler, argument: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", argument)
    handler.end_headers()


def bomb(handler: Handler, argument: str) -> None:
    packed = gzip.compress(bytes(50_000_000), 6)
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(packed)))
    handler.end_headers()
    handler.wfile.write(packed)


def packed(handler: Handler, argument: str) -> None:
    body = gzip.compress(STORY.encode())
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body if not argument else b"\x1f\x8bnonsense".ljust(len(body)))


def cut(handler: Handler, argument: str) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nThe talks")


def nonsense(handler: Handler, argument: str) -> None:
    handler.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")


ROUTES: dict[str, Callable[[Handler, str], None]] = {
    route.__name__: route
    for route in (
        page, bare, agent, latin, typed, status, hop, to, silent, slow_head, slow_body, endless,
        announced, bomb, packed, cut, nonsense,
    )
}  # fmt: skip
