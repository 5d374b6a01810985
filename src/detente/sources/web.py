"""Fetches many pages politely: robots.txt, a pause between requests to a host, patience.

Serves `watch`. One request at a time; a host that fails or asks for rest is left alone for a time
that doubles with each failure, or as long as its `Retry-After` says. What it leaves out: fetching
itself (`fetch`, with all its guards).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from detente.sources.fetch import Answer, FetchError, ask
from detente.sources.guard import anywhere, is_public
from detente.text.decode import shown

AGENT = "detente"
# Seconds: between two requests to a host, at most what robots.txt may ask, the longest rest.
PAUSE, LONGEST_PAUSE, LONGEST_REST = 2.0, 60.0, 3_600.0
ROBOTS_SECONDS = 3_600.0


class Web:
    """The web, asked with manners. `pause` is in seconds; `stop` ends every wait when set."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        pause: float = PAUSE,
        stop: threading.Event | None = None,
    ) -> None:
        self._permits = anywhere if allow_private else is_public
        self._pause = pause
        self._stop = stop or threading.Event()
        self._robots: dict[str, tuple[float, Any]] = {}
        self._free: dict[str, float] = {}
        self._failures: dict[str, int] = {}

    def get(self, url: str, conditions: Mapping[str, str] | None = None) -> Answer:
        """Fetch an address when its host may be asked again.

        Raises:
            FetchError: it cannot be had, its host rests, or its robots.txt forbids it.
        """
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        rules = self._rules(host)
        if rules is not None and not rules.can_fetch(url, AGENT):
            raise FetchError(f"{shown(url)}: the site's robots.txt asks programs not to read it")
        asked = float(rules.crawl_delay(AGENT) or 0) if rules is not None else 0.0
        return self._ask(host, url, conditions or {}, min(asked, LONGEST_PAUSE))

    def _rules(self, host: str) -> Any:
        """The host's robots.txt, None where there is none; asked for anew every hour."""
        from protego import Protego

        until, rules = self._robots.get(host, (0.0, None))
        if time.monotonic() < until:
            return rules
        rules = None
        try:
            page = self._ask(host, f"{host}/robots.txt", {}, 0.0).page
            rules = Protego.parse(page.body.decode("utf-8", "replace")) if page else None
        except FetchError as error:
            # None there: all may be read. No answer: whether it may is not known.
            if error.temporary:
                raise
        self._robots[host] = (time.monotonic() + ROBOTS_SECONDS, rules)
        return rules

    def _ask(self, host: str, url: str, conditions: Mapping[str, str], pause: float) -> Answer:
        rest = self._free.get(host, 0.0) - time.monotonic()
        if self._failures.get(host) and rest > 0:
            text = f"{shown(url)}: its host is left alone for {rest:.0f} more seconds"
            raise FetchError(text, temporary=True, wait=rest)
        if rest > 0 and self._stop.wait(rest):
            raise FetchError(f"{shown(url)}: not read, as the program stops", temporary=True)
        try:
            answer = ask(self._permits, url, conditions)
        except FetchError as error:
            self._free[host] = time.monotonic() + self._rest(host, error)
            raise
        self._failures[host] = 0
        self._free[host] = time.monotonic() + max(self._pause, pause)
        return answer

    def _rest(self, host: str, error: FetchError) -> float:
        if not error.temporary:
            self._failures[host] = 0
            return self._pause
        self._failures[host] = min(self._failures.get(host, 0) + 1, 20)
        patience = self._pause * 2.0 ** self._failures[host]
        return min(max(patience, error.wait or 0.0), LONGEST_REST)
