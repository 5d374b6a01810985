"""The web server of `website`, on a free port of the loopback interface."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from website import Site


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Serve until the last test is done."""
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
