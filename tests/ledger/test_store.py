"""What goes into a ledger comes out, once, in whatever order it came; on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
import os
import pwd
import random
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.ledger import Ledger, open_ledger
from detente.ledger.care import problems
from detente.ledger.database import LedgerError
from detente.model import Actor, Coding, Document, Event, Passage, Sentence, Story, When

HOW = "no PostgreSQL server found; install your system's package (apt install postgresql)"


def _programs() -> Path | None:
    on_path = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if on_path:
        return Path(on_path).parent
    return installed[-1].parent if installed else None


def _user() -> str | None:
    """Whom the server runs as: root it refuses."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that is started for the tests."""
    pytest.importorskip("psycopg", reason="pip install 'detente[postgres]'")
    programs = _programs()
    if programs is None:
        pytest.skip(HOW)
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(command, user=user, check=True, cwd=folder, stdout=subprocess.DEVNULL)

    data = str(folder / "data")
    run(str(programs / "initdb"), "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "-N")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    log = str(folder / "log")
    run(str(programs / "pg_ctl"), "-D", data, "-w", "-l", log, "-o", options, "start")
    yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.sqlite")
    import psycopg

    address = str(request.getfixturevalue("server"))
    schema = f"s{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    return f"{address}?options=-csearch_path%3D{schema}"


OCTOBER = dt.date(2023, 10, 1)


def event(
    act: str, states: str, day: int | None, status: str = "occurred", reciprocal: bool = True
) -> Event:
    actors = tuple(Actor(code, 0, 3, code.title(), code, ("GOV",)) for code in states.split())
    when = When()
    if day is not None:
        stated = OCTOBER + dt.timedelta(day)
        when = When(stated, stated, "day")
    sentence = Passage(0, 40, f"{states} {act.lower()} on the day {day}.")
    return Event(
        0, act, None, act, "04", status, reciprocal,  # type: ignore[arg-type]
        actors if reciprocal else actors[:1], () if reciprocal else actors[1:],
        when, None, (), None, sentence, Passage(0, 3, "met"), 0.8, "test",
    )  # fmt: skip


def story(name: str, text: str, day: int, *events: Event) -> Coding:
    issued = OCTOBER + dt.timedelta(day)
    lines = text.split("|")
    sentences = tuple(Sentence(n, 0, len(s), s, n) for n, s in enumerate(lines))
    document = Document(text, name, issued)
    return Coding(document, Story(text, sentences, date=issued, language="en"), events=events)


LONG = (
    "Envoys of the two river states met at the old customs house on the bridge after dawn.|"
    "They spoke for five hours on fishing rights and the price of the ferry between the banks.|"
    "Neither side gave way on the question of who may dredge the northern channel in spring."
)
STORIES = [
    story("plan", "A plan is told of.", 2, event("CONSULT", "CHN USA", 9, "planned")),
    story("deed", "The deed is told of.", 9, event("CONSULT", "CHN USA", 9)),
    story("recall", "It is recalled.", 20, event("CONSULT", "CHN USA", 9)),
    story("next", "The next one.", 25, event("CONSULT", "CHN USA", 24)),
    story("copy1", LONG, 9, event("CONSULT", "FRA DEU", 8)),
    story("copy2", LONG + "|One line more stands here.", 10, event("CONSULT", "FRA DEU", 8)),
    story("copy3", LONG.rsplit("|", 1)[0], 11, event("CONSULT", "FRA DEU", 8)),
    story("three", "Three met.", 9, event("CONSULT", "DEU FRA POL", 8)),
    story("threat", "A threat.", 9, event("THREATEN", "IRN ISR", 8, reciprocal=False)),
    story("words", "The same words.", 9, event("THREATEN", "IRN ISR", 8, reciprocal=False)),
    story("other", "Later words.", 15, event("THREATEN", "IRN ISR", 14, reciprocal=False)),
]


def contents(ledger: Ledger) -> list[object]:
    return [list(ledger.incidents()), sorted(ledger.families(), key=lambda f: f.id)]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    with open_ledger(tmp_path_factory.mktemp("l") / "all.sqlite", create=True) as ledger:
        ledger.add_all(STORIES)
        ledger.derive()
        return contents(ledger)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(range(len(STORIES))), st.randoms(use_true_random=False))
def test_any_order_gives_the_same(
    expected: list[object],
    tmp_path_factory: pytest.TempPathFactory,
    order: list[int],
    chance: random.Random,
) -> None:
    with open_ledger(tmp_path_factory.mktemp("l") / "any.sqlite", create=True) as ledger:
        for at in [*order, order[0]]:
            ledger.add(STORIES[at])
            if chance.random() < 0.4:
                ledger.derive()
        ledger.derive()
        assert contents(ledger) == expected
        ledger.rebuild()
        assert contents(ledger) == expected


def test_plan_deed_and_memory_are_one_incident(place: str) -> None:
    with open_ledger(place, create=True) as ledger:
        ledger.add_all(STORIES[:4])
        ledger.derive()
        first, second = ledger.incidents(between=("USA", "CHN"))
        assert [turn.status for turn in first.history] == ["planned", "occurred"]
        assert [report.document for report in first.reports] == ["plan", "deed", "recall"]
        assert (first.status, first.families) == ("occurred", 3)
        assert first.confidence > second.confidence
        assert [report.document for report in second.reports] == ["next"]
        assert not problems(ledger)


def test_copies_are_one_family_and_one_voice(place: str) -> None:
    with open_ledger(place, create=True) as ledger:
        ledger.add_all(STORIES[4:7])
        ledger.derive()
        (family,) = ledger.families()
        assert (family.copies, family.best) == (3, "copy2")
        assert family.documents == ("copy1", "copy2", "copy3")
        (incident,) = ledger.incidents()
        assert incident.families == 1
        assert len(incident.reports) == 3


def test_the_same_is_kept_once_and_another_text_beside_it(place: str) -> None:
    with open_ledger(place, create=True) as ledger:
        assert ledger.add(STORIES[0]) == "new"
        assert ledger.add(STORIES[0]) == "known"
        assert ledger.holds(STORIES[0].document)
        assert ledger.add(story("plan", "Another text.", 2)) == "version"
        assert ledger.info().documents == 2
        assert [entry.document.text for entry in ledger.documents()] == [
            "A plan is told of.",
            "Another text.",
        ]


def test_questions_choose_incidents(place: str) -> None:
    with open_ledger(place, create=True) as ledger:
        ledger.add_all(STORIES)
        ledger.derive()
        since = OCTOBER + dt.timedelta(14)
        assert len(list(ledger.incidents(between=("ISR", "IRN")))) == 2
        assert len(list(ledger.incidents(between=("ISR", "IRN"), since=since))) == 1
        assert len(list(ledger.incidents(type="THREATEN", until=OCTOBER))) == 0
        assert not list(ledger.incidents(status="cancelled"))
        found = next(ledger.incidents())
        assert ledger.incident(found.id[:10]) == found
        with pytest.raises(LedgerError, match="no such incident"):
            ledger.incident("i0000nothing")


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no ledger at"):
        open_ledger(tmp_path / "none.sqlite")
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"this is no database at all, " * 100)
    with pytest.raises(LedgerError, match="another kind of file"):
        open_ledger(other)
    with pytest.raises(LedgerError, match="is a folder"):
        open_ledger(tmp_path, create=True)


def test_a_locked_ledger_says_so(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    with open_ledger(path, create=True) as one, Ledger(path, patience=0) as other:
        with (
            one.database.writing(),
            pytest.raises(LedgerError, match="another program is writing"),
        ):
            other.add(STORIES[0])
        assert other.add(STORIES[0]) == "new"
