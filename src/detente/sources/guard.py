"""Lets a fetch reach public addresses only, and for a limited time.

Serves `fetch`. The guard sits under the HTTP client, where a connection is made: it resolves the
name once, checks every address, and connects to a checked one. So a name that answers differently
the second time (DNS rebinding) gains nothing, and certificates are still checked against the name.
The clock of the whole fetch runs here too: a server that sends one byte a second cannot stretch it.
What it leaves out: proxies. The environment's are not used, as the guard could not see past them.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import httpcore2
import httpx2

from detente.knowledge.tables import rows

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class ClosedAddressError(Exception):
    """A host with an address that is not permitted; the message is that address."""


class NoHostError(Exception):
    """A host name that does not resolve."""


class OutOfTimeError(Exception):
    """The time for the whole fetch has run out."""


class Deadline:
    """The moment, on the monotonic clock, by which a fetch must be over."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def left(self, timeout: float | None = None) -> float:
        """Return the seconds left, at most `timeout`.

        Raises:
            OutOfTimeError: none are left.
        """
        left = self.at - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        return left if timeout is None else min(left, timeout)


class GuardedTransport(httpx2.BaseTransport):
    """Carries the requests of one fetch over guarded connections."""

    def __init__(self, seconds: float, permits: Callable[[str], bool]) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(),
            network_backend=GuardedBackend(Deadline(seconds), permits),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request; the answer's body is read by whoever asked."""
        response = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class GuardedBackend(httpcore2.NetworkBackend):
    """Makes the connections of one fetch: to checked addresses, within its time."""

    def __init__(self, deadline: Deadline, permits: Callable[[str], bool]) -> None:
        self._deadline = deadline
        self._permits = permits
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Resolve, check, and connect to the first address that answers.

        Raises:
            NoHostError: the name has no address.
            ClosedAddressError: one of its addresses is not permitted.
            OutOfTimeError: no time left.
        """
        addresses = resolve(host, port, self._deadline)
        if closed := [address for address in addresses if not self._permits(address)]:
            raise ClosedAddressError(closed[0])
        failure: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return GuardedStream(stream, self._deadline)
        raise failure or NoHostError(host)


class GuardedStream(httpcore2.NetworkStream):
    """A connection on which no read or write outlasts the fetch."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come, waiting no longer than the fetch has time."""
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all, waiting no longer than the fetch has time."""
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Begin TLS; the certificate is checked against the host's name, not its address."""
        limit = self._deadline.left(timeout)
        inner = self._inner.start_tls(ssl_context, server_hostname, limit)
        return GuardedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Pass on what the connection knows of itself."""
        return self._inner.get_extra_info(info)


def resolve(host: str, port: int, deadline: Deadline) -> list[str]:
    """Return the addresses of a host, in the system's order, each once.

    The system's resolver knows no time limit of ours, so it is asked in a thread of its own.

    Raises:
        NoHostError: the name has no address.
        OutOfTimeError: the resolver took too long.
    """
    answers: list[list[str]] = []
    asking = threading.Thread(target=_ask, args=(host, port, answers), daemon=True)
    asking.start()
    asking.join(deadline.left())
    if asking.is_alive():
        raise OutOfTimeError
    if not answers or not answers[0]:
        raise NoHostError(host)
    return answers[0]


def anywhere(address: str) -> bool:
    """Let every address pass."""
    return bool(address)


def is_public(address: str) -> bool:
    """Tell whether an address belongs to the public Internet, also one wrapped in another."""
    ip = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    closed = any(
        ip.version == net.version and ip in net for net, embeds in _networks() if not embeds
    )
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not closed


def _ask(host: str, port: int, answers: list[list[str]]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    answers.append(list(dict.fromkeys(str(entry[4][0]) for entry in found)))


def _unwrapped(ip: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for (mapped, 6to4, NAT64), else itself."""
    if ip.version == 4:
        return ip
    if inner := ip.ipv4_mapped or ip.sixtofour:
        return inner
    if any(embeds and ip in net for net, embeds in _networks() if net.version == 6):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


@cache
def _networks() -> tuple[tuple[Network, bool], ...]:
    return tuple(
        (ipaddress.ip_network(row["network"]), row["embeds"] == "ipv4")
        for row in rows("closed_networks.tsv")
    )
