"""Work in several processes: the order, the laziness, the ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.model import InputError
from detente.parallel import FEWEST, PARCEL, WAITING, Workers, usable_processors


def squared(number: int) -> tuple[int, int]:
    if number == -1:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number, os.getpid()


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("number", [0, 1, FEWEST - 1, FEWEST, 200])
def test_results_come_in_the_order_of_the_items(processes: int, number: int) -> None:
    with Workers(squared, processes) as workers:
        assert [square for square, _ in workers.results(range(number))] == [
            n * n for n in range(number)
        ]


def test_little_work_and_one_process_stay_here() -> None:
    with Workers(squared, 2) as workers:
        assert {who for _, who in workers.results(range(FEWEST - 1))} == {os.getpid()}
    with Workers(squared, 1) as workers:
        assert {who for _, who in workers.results(range(100))} == {os.getpid()}
    with Workers(squared, 2) as workers:
        assert os.getpid() not in {who for _, who in workers.results(range(100))}


def test_items_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    with Workers(squared, 2) as workers:
        results = workers.results(endless())
        for _ in range(50):
            next(results)
        assert taken <= 50 + PARCEL * WAITING * 2 + FEWEST


def test_what_is_shared_is_loaded_once_and_only_for_processes() -> None:
    loaded: list[int] = []
    with Workers(squared, 2, lambda: loaded.append(1)) as workers:
        list(workers.results(range(3)))
        assert loaded == []
        list(workers.results(range(100)))
        list(workers.results(range(100)))
    assert loaded == [1]


def test_a_worker_that_is_killed_is_said_in_one_line() -> None:
    items = [*range(60), -1, *range(60)]
    with (
        pytest.raises(InputError, match="worker process was killed"),
        Workers(squared, 2) as workers,
    ):
        list(workers.results(items))


def test_there_is_a_processor() -> None:
    assert 1 <= usable_processors() <= (os.cpu_count() or 1)


SCRIPT = """
import os, sys, time
from detente.parallel import Workers

def slow(n):
    print(os.getpid(), flush=True)
    time.sleep(60)

with Workers(slow, 2) as workers:
    list(workers.results(range(100)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    script = tmp_path / "slow.py"
    script.write_text(SCRIPT, encoding="utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.kill()
        parent.wait()
        deadline = time.monotonic() + 20
        while any(_lives(worker) for worker in workers) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(_lives(worker) for worker in workers)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not (state.exists() and state.read_text("utf-8").split(")")[-1].split()[0] == "Z")
