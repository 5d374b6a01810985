"""The linter of the act lexicon: what a row must hold before anyone codes with it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from detente.knowledge import ontology
from detente.knowledge.acts import parse_sense, word_classes
from detente.knowledge.tables import folder, rows

COLUMNS = ["id", "head", "pos", "needs", "source", "target"]
COLUMNS += ["type", "mode", "cameo", "flags", "sure", "example"]
FLAGS = {"reciprocal", "speech", "weak", "noactor"}
NEED = re.compile(
    r"!?(?:(?:noobj|objactor|comp|poss)"
    r"|(?:prt|prep|obj|subj|mod|xcomp|has)(?:=[^=;:]+)?"
    r"|pobj(?::[a-z ]+)?(?:=[^=;:]+)?)"
)
ROLE = re.compile(r"subj|obj|comp|none|of|poss|prep:[a-z |]+")
# Forms whose consonants do not show the head.
IRREGULAR = {
    "buy": "bought", "go": "went", "leave": "left", "seek": "sought", "beseech": "besought",
    "pay": "paid", "say": "said", "lay": "laid", "lie": "lay", "tie": "tied", "make": "made", "see": "saw",
}  # fmt: skip


def _all_rows() -> Iterator[tuple[str, dict[str, str]]]:
    for name in folder("acts"):
        for row in rows(name):
            yield name, row


ROWS = list(_all_rows())
SENSES = [pytest.param(name, row, id=row["id"]) for name, row in ROWS]


@pytest.mark.parametrize(("name", "row"), SENSES)
def test_a_row_says_what_it_is(name: str, row: dict[str, str]) -> None:
    assert list(row) == COLUMNS
    assert row["pos"] in ("v", "n", "a")
    assert re.fullmatch(r"[a-z0-9][a-z0-9é'-]*", row["head"]), "one lemma, lower case"
    assert row["id"].startswith(f"{row['head']}-{row['pos']}")
    assert 0 < float(row["sure"]) <= 1


@pytest.mark.parametrize(("name", "row"), SENSES)
def test_type_mode_and_cameo_are_known(name: str, row: dict[str, str]) -> None:
    kind = ontology.event_type(row["type"])
    if row["mode"]:
        assert kind.mode(row["mode"])
    assert ontology.cameo_to_plover(row["cameo"])
    assert len(row["cameo"]) in (3, 4)


@pytest.mark.parametrize(("name", "row"), SENSES)
def test_conditions_and_roles_can_be_read(name: str, row: dict[str, str]) -> None:
    needs = [need for need in row["needs"].split(";") if need]
    assert [need for need in needs if not NEED.fullmatch(need.strip())] == []
    roles = [role for cell in ("source", "target") for role in row[cell].split(",") if role]
    assert [role for role in roles if not ROLE.fullmatch(role.strip())] == []
    assert parse_sense(row, name).needs is not None


@pytest.mark.parametrize(("name", "row"), SENSES)
def test_conditions_do_not_exclude_each_other(name: str, row: dict[str, str]) -> None:
    needs = {need.partition("=")[0].strip() for need in row["needs"].split(";") if need}
    assert not ("noobj" in needs and needs & {"obj", "objactor"})
    whole = {need.strip() for need in row["needs"].split(";") if need}
    assert not {f"!{need}" for need in whole} & whole


@pytest.mark.parametrize(("name", "row"), SENSES)
def test_flags_are_known_and_agree(name: str, row: dict[str, str]) -> None:
    flags = set(re.split(r"[|, ]+", row["flags"])) - {""}
    assert flags <= FLAGS
    assert not flags >= {"weak", "noactor"}, "weak needs both actors, noactor does without"


@pytest.mark.parametrize(("name", "row"), SENSES)
def test_the_example_is_a_sentence_with_the_word(name: str, row: dict[str, str]) -> None:
    example = row["example"]
    assert example[0].isupper()
    assert example[-1] in ".!?\"'"
    assert 3 <= len(example.split()) <= 30
    assert any(_is_form(word, row["head"]) for word in re.findall(r"[^\s.,;:!?\"]+", example))


def _is_form(word: str, head: str) -> bool:
    word = word.lower()
    if word.startswith(head[: max(3, len(head) - 2)]) or word == IRREGULAR.get(head):
        return True
    return _skeleton(word)[:2] == _skeleton(head)[:2] and word[0] == head[0]


def _skeleton(word: str) -> str:
    return re.sub(r"[aeiouy]|(.)(?=\1)", "", word)


def test_ids_are_unique_across_files() -> None:
    count = Counter(row["id"] for _, row in ROWS)
    assert [id_ for id_, times in count.items() if times > 1] == []


def test_examples_are_unique() -> None:
    count = Counter(row["example"] for _, row in ROWS)
    assert [example for example, times in count.items() if times > 1] == []


def test_no_construction_has_two_meanings() -> None:
    meanings: dict[tuple[str, str, frozenset[str]], list[str]] = defaultdict(list)
    for _, row in ROWS:
        key = row["head"], row["pos"], frozenset(row["needs"].split(";"))
        meanings[key].append(row["id"])
    assert [ids for ids in meanings.values() if len(ids) > 1] == []


@pytest.mark.parametrize("name", sorted(word_classes()))
def test_a_word_class_holds_lemmas_in_lower_case(name: str) -> None:
    words = word_classes()[name]
    assert len(words) >= 3
    assert [word for word in words if word != word.strip()] == []


def test_the_lexicon_has_every_type() -> None:
    assert {row["type"] for _, row in ROWS} == set(ontology.event_types())
