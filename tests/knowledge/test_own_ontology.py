import json
import subprocess
import sys
from pathlib import Path

import pytest

from detente import Coder, Document
from detente.exports.explain import explain
from detente.exports.rows import event_rows
from detente.knowledge.own_ontology import Ontology, parse_ontology, read_ontology
from detente.model import InputError

CODES = {
    "codes": [
        {"code": "CALL", "type": "CONSULT", "mode": "phone"},
        {"code": "MEET", "type": "CONSULT"},
        {"code": "BLAME", "cameo": ["11"]},
    ]
}
GHERAO = {
    "acts": [
        {
            "head": "gherao",
            "type": "PROTEST",
            "mode": "obstruct",
            "code": "SIT-IN",
            "example": "Mill hands gheraoed the Nepalese consul.",
        }
    ]
}


def codes_of(text: str, ontology: Ontology) -> list[str | None]:
    coding = Coder(ontology=ontology).code(Document(text))
    return [row["code"] for row in event_rows(coding, ontology)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Norway's president telephoned Kenya's on Monday.", ["CALL"]),
        ("Norway's president met Kenya's in Oslo.", ["MEET"]),
        ("Serbia criticised Croatia over the trial.", ["BLAME"]),
        ("Cuba thanked Angola.", [None]),
    ],
)
def test_the_first_rule_that_fits_gives_the_code(text: str, codes: list[str | None]) -> None:
    assert codes_of(text, parse_ontology(CODES, "codes.yaml")) == codes


def test_rows_without_a_code_may_be_dropped() -> None:
    ontology = parse_ontology({**CODES, "unmatched": "drop"}, "codes.yaml")
    assert codes_of("Cuba thanked Angola. Cuba phoned Angola's president.", ontology) == ["CALL"]


@pytest.mark.parametrize(
    "text",
    [
        "Indian workers gheraoed the Nepalese consul.",
        "Indian workers are gheraoing the Nepalese consul.",
        "The Nepalese consul was gheraoed by Indian workers.",
    ],
)
def test_a_word_we_do_not_know_becomes_an_act_in_all_its_forms(text: str) -> None:
    ontology = parse_ontology(GHERAO, "acts.yaml")
    (event,) = Coder(ontology=ontology).code(Document(text)).events
    assert (event.type, event.mode, ontology.code(event)) == ("PROTEST", "obstruct", "SIT-IN")
    assert event.source[0].country == "IND"
    assert event.target[0].country == "NPL"
    assert "SIT-IN" in explain(event, ontology)
    assert "gherao" in explain(event, ontology)


def test_the_users_act_wins_over_ours() -> None:
    ours = Coder().code(Document("Serbia criticised Croatia.")).events
    acts = [{"head": "criticise", "type": "THREATEN", "example": "Serbia criticised Croatia."}]
    theirs = Coder(ontology=parse_ontology({"acts": acts}, "x")).code(
        Document("Serbia criticised Croatia.")
    )
    assert [event.type for event in ours] == ["ACCUSE"]
    assert [event.type for event in theirs.events] == ["THREATEN"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "no 'codes' and no 'acts'"),
        ([], "no 'codes' and no 'acts'"),
        ({"codes": {"code": "X"}}, "'codes' is no list"),
        ({"codes": ["X"]}, "codes, entry 1: not a table"),
        ({"codes": [{"type": "CONSULT"}]}, "entry 1: no 'code'"),
        ({"codes": [{"code": 1, "type": "MEET"}]}, "no event type 'MEET'"),
        ({"codes": [{"code": 1, "kind": "MEET"}]}, "no field 'kind'"),
        ({"codes": [{"code": 1}], "unmatched": "lose"}, "give keep or drop"),
        ({"codes": [{"code": 1}], "rules": []}, "no part 'rules'"),
        ({"acts": [{"head": "gherao", "type": "PROTEST"}]}, "no 'example'"),
        ({"acts": [{"head": "a", "type": "PROTEST", "mode": "x", "example": "b"}]}, "no mode 'x'"),
        ({"acts": [{"head": "a", "type": "PROTEST", "pos": "q", "example": "b"}]}, "pos is 'q'"),
        (
            {"acts": [{"head": "a", "type": "AID", "needs": "shape=@x", "example": "b"}]},
            "no condition 'shape'",
        ),
    ],
)
def test_what_makes_no_sense_is_named(given: object, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse_ontology(given, "mine.yaml")


@pytest.mark.parametrize("content", [b"codes: [", b"\xff\xfe\x00", b"", b"a: " + b"[" * 5000])
def test_a_file_that_is_no_yaml_costs_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_ontology(str(path))
    assert "bad.yaml" in str(error.value)
    assert "\n" not in str(error.value)


def test_the_command_writes_the_codes(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("codes:\n  - {code: TALK, type: CONSULT}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "detente", "code", "-q", "--ontology", str(path)],
        input='{"id": "1", "text": "Norway\'s president met Kenya\'s in Oslo."}\n',
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["code"] == "TALK"
