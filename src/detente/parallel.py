"""The same work on many items, on all processors, with the results in the order of the items.

Used by `detente code` and `detente add`. Work that is small is done in this very process. Workers
are forked where that is safe, so that what was loaded before stands in memory once.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from detente.model import InputError

Item = TypeVar("Item")
Result = TypeVar("Result")

# Fewer items than this are not worth starting a process for.
FEWEST = 24
# Items that go to a worker at once, and how many such parcels wait for each worker: enough that no
# worker is ever idle, few enough that memory stays flat.
PARCEL, WAITING = 4, 4


class Workers(Generic[Item, Result]):
    """Processes that do `work` on items; a context manager.

    `work` and its results must be picklable. `processes` is at least 1; None means one for each
    processor that this process may use. `load`, if given, is called once before the processes
    part, so that they share what it loads.
    """

    def __init__(
        self,
        work: Callable[[Item], Result],
        processes: int | None = None,
        load: Callable[[], object] | None = None,
    ) -> None:
        self._work = work
        self._processes = processes or usable_processors()
        self._load = load
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers[Item, Result]:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._pool is not None:
            if kind is not None:
                _stop(self._pool)
            self._pool.shutdown(wait=True, cancel_futures=True)

    def results(self, items: Iterable[Item]) -> Iterator[Result]:
        """The result of each item, in order; items are taken as they are needed.

        Raises:
            InputError: a worker was killed from outside, most likely for want of memory.
        """
        if self._processes == 1:
            yield from map(self._work, items)
            return
        rest = iter(items)
        first = list(islice(rest, FEWEST))
        if len(first) < FEWEST:
            yield from map(self._work, first)
            return
        try:
            yield from self._spread(chain(first, rest))
        except BrokenProcessPool:
            raise InputError(
                "a worker process was killed, most likely for want of memory; "
                "give --processes 1, or smaller documents"
            ) from None

    def _spread(self, items: Iterator[Item]) -> Iterator[Result]:
        pool = self._started()
        waiting: deque[Future[list[Result]]] = deque()
        while parcel := list(islice(items, PARCEL)):
            waiting.append(pool.submit(_on_all, parcel))
            if len(waiting) >= WAITING * self._processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            if self._load is not None:
                self._load()
            forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
            self._pool = ProcessPoolExecutor(
                self._processes,
                mp_context=multiprocessing.get_context("fork" if forks else "spawn"),
                initializer=_begin,
                initargs=(self._work,),
            )
        return self._pool


def usable_processors() -> int:
    """How many processors this process may use, at least 1."""
    with contextlib.suppress(AttributeError):  # not on every system
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


# The work of this process, where it is a worker.
_work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    """Make this process a good worker: deaf to Ctrl-C, and gone with its parent."""
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent: Any = multiprocessing.parent_process()
    threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _on_all(items: list[Any]) -> list[Any]:
    return [_work(item) for item in items]


def _follow(parent: int) -> None:
    """End this process when its parent ends, however that came."""
    wait([parent])
    os._exit(1)


def _stop(pool: ProcessPoolExecutor) -> None:
    """Do not wait for what is being worked on: nobody wants it any more."""
    for process in list((pool._processes or {}).values()):
        process.terminate()


__all__ = ["Workers", "usable_processors"]
