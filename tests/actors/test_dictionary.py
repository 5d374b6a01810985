"""Users' own actors: both formats, what wins, and what is skipped with a reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from detente.actors import resolve_phrase
from detente.actors.build import build
from detente.actors.dictionary import read_dictionary
from detente.model import InputError

TABLE = (
    "form\tname\tcountry\tsectors\tkind\tfrom\tuntil\n"
    "Amber Bloc|the Bloc\tAmber Bloc\tCZE\tPTY\tgroup\t\t\n"
    "Blue Dove\t\tXXQ\tPTY\tgroup\t\t\n"
    "Kremlin\t\t\t\tnone\t\t\n"
    "Old Guardhouse\t\tPOL\tGOV\tbody\t2023-02-30\t\n"
)
PETRARCH = "JON_EXAMPLE_ [CZEGOV <20000101]\n\t[CZEELI >20000101]\n+J_EXAMPLE_\nMOOK_ [~MIL]\n"


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "own.txt"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_a_table_wins_over_ours(tmp_path: Path, encoding: str) -> None:
    lexicon = build(read_dictionary(written(tmp_path, TABLE, encoding)).entries)
    (bloc,) = resolve_phrase("Amber Bloc", lexicon=lexicon)
    assert (bloc.name, bloc.country, bloc.sectors) == ("Amber Bloc", "CZE", ("PTY",))
    assert resolve_phrase("the Kremlin", lexicon=lexicon) == ()
    assert resolve_phrase("the Kremlin") != ()


def test_bad_lines_are_named_and_skipped(tmp_path: Path) -> None:
    dictionary = read_dictionary(written(tmp_path, TABLE))
    assert [problem.line for problem in dictionary.problems] == [3, 5]
    assert len(dictionary.entries) >= 2


@pytest.mark.parametrize(
    ("phrase", "day", "sector"),
    [
        ("Jon Example", "1995-06-01", "GOV"),
        ("Jon Example", "2005-06-01", "ELI"),
        ("J Example", "2005-06-01", "ELI"),
        ("a Czech mook", "2005-06-01", "MIL"),
    ],
)
def test_petrarch_entries_obey_their_days(
    tmp_path: Path, phrase: str, day: str, sector: str
) -> None:
    lexicon = build(read_dictionary(written(tmp_path, PETRARCH)).entries)
    (actor,) = resolve_phrase(phrase, dt.date.fromisoformat(day), lexicon=lexicon)
    assert (actor.country, actor.sectors[0]) == ("CZE", sector)


@pytest.mark.parametrize("text", ["", "# nothing\n", "just some words\n"])
def test_a_file_without_entries_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        read_dictionary(written(tmp_path, text))
