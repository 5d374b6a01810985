"""The linter of the act lexicon: what a row must hold before anyone codes with it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable

import pytest

from detente.knowledge import ontology
from detente.knowledge.acts import parse_sense, word_classes
from detente.knowledge.tables import KnowledgeError, folder, rows

Row = dict[str, str]

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
    "pay": "paid", "say": "said", "lay": "laid", "lie": "lay", "tie": "tied",
    "make": "made", "see": "saw",
}  # fmt: skip

FILES = folder("acts")
ROWS = [row for name in FILES for row in rows(name)]


def identity(row: Row) -> bool:
    return (
        list(row) == COLUMNS
        and row["pos"] in ("v", "n", "a")
        and re.fullmatch(r"[a-z0-9][a-z0-9é'-]*", row["head"]) is not None
        and row["id"].startswith(f"{row['head']}-{row['pos']}")
        and 0 < float(row["sure"]) <= 1
    )


def meaning(row: Row) -> bool:
    """Type, mode and code are known to the ontology (which raises for those that are not)."""
    kind = ontology.event_type(row["type"])
    known = not row["mode"] or kind.mode(row["mode"]) is not None
    return known and len(ontology.cameo_to_plover(row["cameo"]).code) in (3, 4)


def conditions(row: Row) -> bool:
    needs = [need.strip() for need in row["needs"].split(";") if need]
    roles = [role for cell in ("source", "target") for role in row[cell].split(",") if role]
    return (
        all(NEED.fullmatch(need) for need in needs)
        and all(ROLE.fullmatch(role.strip()) for role in roles)
        and parse_sense(row, "acts").id == row["id"]
    )


def no_condition_excludes_another(row: Row) -> bool:
    needs = {need.strip() for need in row["needs"].split(";") if need}
    kinds = {need.partition("=")[0] for need in needs}
    if "noobj" in kinds and kinds & {"obj", "objactor"}:
        return False
    return not {f"!{need}" for need in needs} & needs


def flags(row: Row) -> bool:
    """Known ones; `weak` (needs both actors) and `noactor` (does without) exclude each other."""
    given = set(re.split(r"[|, ]+", row["flags"])) - {""}
    return given <= FLAGS and not given >= {"weak", "noactor"}


def example(row: Row) -> bool:
    text = row["example"]
    words = re.findall(r"[^\s.,;:!?\"]+", text)
    words += [part for word in words for part in word.split("-") if part]
    sentence = text[:1].isupper() and text[-1:] in tuple(".!?\"'")
    fits = 3 <= len(text.split()) <= 30
    return sentence and fits and any(_is_form(word.lower(), row["head"]) for word in words)


def _is_form(word: str, head: str) -> bool:
    if word.startswith(head[: max(3, len(head) - 2)]) or word == IRREGULAR.get(head):
        return True
    return _skeleton(word)[:2] == _skeleton(head)[:2] and word[0] == head[0]


def _skeleton(word: str) -> str:
    return re.sub(r"[aeiouy]|(.)(?=\1)", "", word)


CHECKS = [identity, meaning, conditions, no_condition_excludes_another, flags, example]


def holds(check: Callable[[Row], bool], row: Row) -> bool:
    try:
        return check(row)
    except (KnowledgeError, ValueError):
        return False


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.__name__))
@pytest.mark.parametrize("name", FILES)
def test_every_row_is_sound(name: str, check: Callable[[Row], bool]) -> None:
    assert [row["id"] for row in rows(name) if not holds(check, row)] == []


@pytest.mark.parametrize(
    ("check", "change"),
    [
        (identity, {"head": "Two Words"}),
        (identity, {"sure": "1.5"}),
        (identity, {"id": "other-v"}),
        (meaning, {"type": "YIELD"}),
        (meaning, {"mode": "handshake"}),
        (meaning, {"cameo": "999"}),
        (conditions, {"needs": "object=ship"}),
        (conditions, {"needs": "obj=@no_such_class"}),
        (conditions, {"target": "with"}),
        (no_condition_excludes_another, {"needs": "noobj;objactor"}),
        (no_condition_excludes_another, {"needs": "prep=to;!prep=to"}),
        (flags, {"flags": "weak|noactor"}),
        (flags, {"flags": "maybe"}),
        (example, {"example": "Nothing of the kind took place."}),
        (example, {"example": "met in Oslo"}),
    ],
)
def test_the_linter_finds_what_is_wrong(check: Callable[[Row], bool], change: Row) -> None:
    cells = ["meet-v", "meet", "v", "objactor", "", "obj", "CONSULT", "", "040", "weak", "0.9"]
    sound = dict(zip(COLUMNS, [*cells, "Norway met Chile in Oslo."], strict=True))
    assert holds(check, sound)
    assert not holds(check, sound | change)


def test_ids_are_unique_across_files() -> None:
    count = Counter(row["id"] for row in ROWS)
    assert [id_ for id_, times in count.items() if times > 1] == []


def test_examples_are_unique() -> None:
    count = Counter(row["example"] for row in ROWS)
    assert [text for text, times in count.items() if times > 1] == []


def test_no_construction_has_two_meanings() -> None:
    meanings: dict[tuple[str, str, frozenset[str]], list[str]] = defaultdict(list)
    for row in ROWS:
        meanings[row["head"], row["pos"], frozenset(row["needs"].split(";"))].append(row["id"])
    assert [ids for ids in meanings.values() if len(ids) > 1] == []


@pytest.mark.parametrize("name", sorted(word_classes()))
def test_a_word_class_holds_words(name: str) -> None:
    words = word_classes()[name]
    assert len(words) >= 3
    assert [word for word in words if word != word.strip()] == []


def test_the_lexicon_has_every_type() -> None:
    assert {row["type"] for row in ROWS} == set(ontology.event_types())
