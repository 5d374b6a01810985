"""Fetches one page of the web, carefully: the address may come from anybody.

Feeds `files.read_document`, which decodes the page. Refused, each with one line: what is not http
or https, hosts that are not public, more than five redirects, pages too large (counted as
unpacked, so a small archive cannot grow without end), too slow, answered with an error, or not
text. What it leaves out: log-ins, scripts, proxies; robots.txt and patience with a host, which one
page for one reader needs not (`web` has them, for many pages).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from msgspec import Struct

from detente import __version__
from detente.knowledge.tables import rows
from detente.model import InputError
from detente.text.decode import shown

if TYPE_CHECKING:
    import httpx2

SECONDS = 30.0
# Longest wait for one connection or one read; the whole fetch has `SECONDS`.
PAUSE = 15.0
MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
SCHEMES = ("http", "https")
# Only what the client unpacks piece by piece, so that the limit stops it in time.
PACKINGS = "gzip, deflate"


class FetchError(InputError):
    """An address that could not be read.

    `temporary`: it may go better later (no network, too slow, a server's own failure). `wait`: the
    seconds that the server asked to be left alone, or None.
    """

    def __init__(self, message: str, *, temporary: bool = False, wait: float | None = None) -> None:
        super().__init__(message)
        self.temporary = temporary
        self.wait = wait


class Page(Struct, frozen=True):
    """A page as it came: `url` is where it was found after redirects, `body` is unpacked.

    `content_type` is the media type in lower case, `charset` the declared set; None if not said.
    """

    url: str
    body: bytes
    content_type: str | None
    charset: str | None


class Answer(Struct, frozen=True):
    """What a server answered to a request with conditions: `page` is None for 'not modified'.

    `etag` and `modified` are to be sent back with the next request for the same address.
    """

    page: Page | None
    etag: str | None
    modified: str | None


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    timeout: float = SECONDS,
    max_bytes: int = MAX_BYTES,
) -> Page:
    """Fetch a page.

    Args:
        url: an http or https address.
        allow_private: also read from hosts that are not public (this machine, the local network).
        timeout: seconds for the whole of it: names, redirects, reading.
        max_bytes: the largest page, unpacked.

    Raises:
        InputError: one line: what, where, what to do.
    """
    from detente.sources.guard import anywhere, is_public

    permits = anywhere if allow_private else is_public
    return fetch_where(permits, url, timeout=timeout, max_bytes=max_bytes)


def fetch_where(
    permits: Callable[[str], bool], url: str, *, timeout: float, max_bytes: int
) -> Page:
    """Fetch a page as `fetch` does, from hosts whose every address `permits` lets pass."""
    page = ask(permits, url, {}, timeout=timeout, max_bytes=max_bytes).page
    if page is None:
        raise FetchError(f"{shown(url)}: the server sent nothing; try again later", temporary=True)
    refuse_type(page.content_type, url)
    return page


def ask(
    permits: Callable[[str], bool],
    url: str,
    headers: Mapping[str, str],
    *,
    timeout: float = SECONDS,
    max_bytes: int = MAX_BYTES,
) -> Answer:
    """Request an address with headers of one's own; any media type is taken.

    Raises:
        FetchError: one line: what, where, what to do.
    """
    with _explained(url, timeout), _client(timeout, permits) as client:
        address = _address(url, url)
        for _ in range(MAX_REDIRECTS + 1):
            with client.stream("GET", address, headers=dict(headers)) as response:
                if not response.has_redirect_location:
                    return _answer(response, url, max_bytes)
                address = _address(address.join(response.headers["location"]), url)
    raise FetchError(f"{shown(url)}: redirects more than {MAX_REDIRECTS} times; check the address")


def is_address(where: str) -> bool:
    """Tell whether a name is meant as an address of the web or another net, not as a file."""
    scheme, found, _ = where.strip().partition("://")
    return bool(found) and scheme.isascii() and scheme.replace("+", "").isalnum()


def _client(timeout: float, permits: Callable[[str], bool]) -> httpx2.Client:
    import httpx2

    from detente.sources.guard import GuardedTransport

    return httpx2.Client(
        transport=GuardedTransport(timeout, permits),
        headers={"User-Agent": f"detente/{__version__}", "Accept-Encoding": PACKINGS},
        timeout=httpx2.Timeout(PAUSE),
        follow_redirects=False,
        trust_env=False,
    )


def _address(target: str | httpx2.URL, url: str) -> httpx2.URL:
    """Check an address, given or redirected to, before anything is sent."""
    import httpx2

    address = httpx2.URL(target.strip() if isinstance(target, str) else target)
    if address.scheme not in SCHEMES:
        raise FetchError(
            f"{shown(url)}: leads to '{shown(address.scheme)}:', which is not read; "
            "give an http or https address, or a file"
        )
    if not address.host:
        raise FetchError(f"{shown(url)}: names no host; check the address")
    if address.userinfo:
        raise FetchError(f"{shown(address.host)}: holds a user name; give the address without it")
    return address


def _answer(response: httpx2.Response, url: str, max_bytes: int) -> Answer:
    status = response.status_code
    etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
    if status == HTTPStatus.NOT_MODIFIED:
        return Answer(None, etag, modified)
    if status != HTTPStatus.OK:
        temporary = status >= 500 or status in (408, 425, 429)
        wait = _wait(response.headers.get("retry-after"))
        raise FetchError(f"{shown(url)}: {_refusal(status)}", temporary=temporary, wait=wait)
    declared = response.headers.get("content-type", "")
    kind = declared.partition(";")[0].strip().lower() or None
    body = _body(response, url, max_bytes)
    return Answer(Page(str(response.url), body, kind, response.charset_encoding), etag, modified)


def _wait(asked: str | None) -> float | None:
    """The seconds of a `Retry-After`, which is a number of them or a moment."""
    if not asked:
        return None
    if asked.strip().isdecimal():
        return float(asked.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _body(response: httpx2.Response, url: str, max_bytes: int) -> bytes:
    announced = response.headers.get("content-length", "")
    body = bytearray()
    if not (announced.isdecimal() and int(announced[:20]) > max_bytes):
        for piece in response.iter_bytes():
            body += piece
            if len(body) > max_bytes:
                break
        else:
            return bytes(body)
    raise FetchError(
        f"{shown(url)}: is larger than {max_bytes / 1e6:g} MB; save the story as a file and read it"
    )


def _refusal(status: int) -> str:
    phrase = next((known.phrase for known in HTTPStatus if known == status), "")
    answer = f"the server answered {status} {phrase}".rstrip()
    if status in (401, 402, 403, 407, 451):
        return f"{answer}; save the page from your browser and read the file"
    if status in (404, 410):
        return f"{answer}; check the address"
    return f"{answer}; try again later"


def refuse_type(kind: str | None, url: str) -> None:
    """Refuse a media type from which no story can be read (`content_types.tsv`)."""
    if kind is None:
        return
    family = f"{kind.partition('/')[0]}/*"
    unreadable = _unreadable()
    if name := unreadable.get(kind) or unreadable.get(family):
        raise FetchError(f"{shown(url)}: is {name}, not a page of text; give the story's page")


@cache
def _unreadable() -> dict[str, str]:
    return {row["type"]: row["kind"] for row in rows("content_types.tsv") if row["read"] == "no"}


@contextmanager
def _explained(url: str, timeout: float) -> Iterator[None]:
    """Turn what may go wrong on the way into one line for a person."""
    import httpcore2
    import httpx2

    from detente.sources.guard import ClosedAddressError, NoHostError, OutOfTimeError

    where = shown(url)
    try:
        yield
    except (OutOfTimeError, httpcore2.TimeoutException) as error:
        text = f"{where}: did not answer in full within {timeout:g} seconds; try again later"
        raise FetchError(text, temporary=True) from error
    except ClosedAddressError as error:
        text = f"{where}: leads to {error}, which is not a public address; add --allow-private"
        raise FetchError(f"{text} if you mean it") from error
    except NoHostError as error:
        text = f"{where}: no host '{shown(str(error))}' is known; check the address and the network"
        raise FetchError(text, temporary=True) from error
    except httpcore2.ConnectError as error:
        text = f"{where}: no connection ({shown(str(error))}); check the address and the network"
        raise FetchError(text, temporary=True) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.DecodingError) as error:
        text = f"{where}: the server broke off or sent a broken answer; try again later"
        raise FetchError(text, temporary=True) from error
    except httpx2.InvalidURL as error:
        text = f"{where}: is not a valid address ({shown(str(error))}); check it"
        raise FetchError(text) from error
