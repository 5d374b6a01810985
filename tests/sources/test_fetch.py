"""Fetching pages: what is read, and every way of refusing."""

from __future__ import annotations

import socket
import time

import pytest
from website import STORY, Site

from detente import __version__
from detente.model import InputError
from detente.sources import fetch
from detente.sources.fetch import fetch_where, is_address
from detente.sources.guard import Deadline, NoHostError, anywhere, is_public, resolve


def refused(url: str, timeout: float = 3.0, max_bytes: int = 1_000_000) -> str:
    """The one line with which a fetch from this machine is refused."""
    with pytest.raises(InputError) as caught:
        fetch(url, allow_private=True, timeout=timeout, max_bytes=max_bytes)
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 400
    return line


def test_a_page_comes_with_its_type_and_charset(site: Site) -> None:
    page = fetch(f"{site.base}/page", allow_private=True)
    assert page.body.decode() == STORY
    assert (page.content_type, page.charset) == ("text/html", "utf-8")
    assert page.url == f"{site.base}/page"


@pytest.mark.parametrize("path", ["bare", "packed", "hop/1", "hop/5", "to//page"])
def test_ways_to_the_same_page(site: Site, path: str) -> None:
    assert fetch(f"{site.base}/{path}", allow_private=True).body.decode() == STORY


def test_the_address_is_the_one_redirected_to(site: Site) -> None:
    assert fetch(f"{site.base}/hop/2", allow_private=True).url == f"{site.base}/page"


def test_it_says_who_asks(site: Site) -> None:
    page = fetch(f"{site.base}/agent", allow_private=True)
    assert page.body.decode() == f"detente/{__version__}"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("status/404", "404 Not Found; check the address"),
        ("status/410", "410 Gone; check the address"),
        ("status/403", "403 Forbidden; save the page from your browser"),
        ("status/429", "429 Too Many Requests; try again later"),
        ("status/500", "500 Internal Server Error; try again later"),
        ("status/503", "503 Service Unavailable; try again later"),
        ("typed/application/pdf", "is a PDF, not a page of text"),
        ("typed/image/png", "is an image, not a page of text"),
        ("typed/IMAGE/JPEG;%20q=1", "is an image, not a page of text"),
        ("typed/application/json", "is JSON data, not a page of text"),
        ("hop/6", "redirects more than 5 times"),
        ("hop/x", "redirects more than 5 times"),
        ("to/file:///etc/hostname", "leads to 'file:', which is not read"),
        ("to/ftp://127.0.0.1/x", "leads to 'ftp:', which is not read"),
        ("to/http://[::1", "is not a valid address"),
        ("to/http://u:p@127.0.0.1/", "holds a user name"),
        ("endless", "is larger than 1 MB"),
        ("announced/20000000000", "is larger than 1 MB"),
        ("bomb", "is larger than 1 MB"),
        ("packed/broken", "broke off or sent a broken answer"),
        ("cut", "broke off or sent a broken answer"),
        ("nonsense", "broke off or sent a broken answer"),
    ],
)
def test_refusals(site: Site, path: str, said: str) -> None:
    line = refused(f"{site.base}/{path}")
    assert said in line


@pytest.mark.parametrize("path", ["silent", "slow_head", "slow_body"])
def test_the_time_is_for_the_whole_fetch(site: Site, path: str) -> None:
    began = time.monotonic()
    line = refused(f"{site.base}/{path}", timeout=0.4)
    assert "did not answer in full within 0.4 seconds; try again later" in line
    assert time.monotonic() - began < 2


def test_a_port_where_nothing_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "no connection" in refused(f"http://127.0.0.1:{port}/")


def test_https_from_a_server_that_does_not_speak_it(site: Site) -> None:
    assert "no connection" in refused(site.base.replace("http:", "https:"))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/story", "leads to 'ftp:', which is not read"),
        ("file:///etc/hostname", "leads to 'file:', which is not read"),
        ("gopher://example.org", "leads to 'gopher:', which is not read"),
        ("https://", "names no host"),
        ("https:///story", "names no host"),
        ("http://reader:secret@127.0.0.1/", "holds a user name"),
        ("http://[::1", "is not a valid address"),
        ("http://a\nb.example/", "is not a valid address"),
        ("http://no..host/", "no host 'no..host' is known"),
    ],
)
def test_addresses_that_are_none(url: str, said: str) -> None:
    line = refused(url)
    assert said in line
    assert "secret" not in line


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"])
def test_a_host_that_is_not_public_is_refused_before_it_is_asked(site: Site, host: str) -> None:
    path = f"/page?{host}"
    with pytest.raises(InputError, match="which is not a public address"):
        fetch(f"http://{host}:{site.server_port}{path}")
    assert site.hits[path] == 0


def test_a_redirect_to_a_host_that_is_not_permitted(site: Site) -> None:
    inner = f"http://127.0.0.2:{site.server_port}/page?secret"
    with pytest.raises(InputError, match=r"leads to 127\.0\.0\.2, which is not a public address"):
        fetch_where(
            lambda address: address == "127.0.0.1",
            f"{site.base}/to/{inner}",
            timeout=3,
            max_bytes=1_000_000,
        )
    assert site.hits["/page?secret"] == 0


def test_a_host_is_asked_for_its_address_once_and_that_one_is_reached(site: Site) -> None:
    """A name that changes its answer after the check (DNS rebinding) has no second chance."""
    checked: list[str] = []

    def note(address: str) -> bool:
        checked.append(address)
        return True

    url = f"http://localhost:{site.server_port}/page"
    assert fetch_where(note, url, timeout=3, max_bytes=1_000_000).body.decode() == STORY
    assert checked == list(dict.fromkeys(checked)) == resolve("localhost", 80, Deadline(3))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::5db8:d822", True),
        ("2002:5db8:d822::1", True),
        ("127.0.0.1", False),
        ("127.9.9.9", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("168.63.129.16", False),
        ("100.100.100.200", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::7f00:1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fd00:ec2::254", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::1", False),
        ("2002:a00:1::1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public
    assert anywhere(address)


def test_a_name_without_an_address() -> None:
    with pytest.raises(NoHostError):
        resolve("no..host", 80, Deadline(3))


@pytest.mark.parametrize(
    ("where", "address"),
    [
        ("https://example.org/a", True),
        ("ftp://example.org", True),
        ("stories/day.txt", False),
        ("www.example.org", False),
        ("a b://c", False),
        ("://", False),
        ("-", False),
    ],
)
def test_what_is_meant_as_an_address(where: str, address: bool) -> None:
    assert is_address(where) is address
