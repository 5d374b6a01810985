from __future__ import annotations

import pytest

from detente.knowledge import ontology
from detente.knowledge.tables import KnowledgeError

SIXTEEN = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]

# CAMEO has no code of its own for these; the closest one belongs to another type.
NO_WAY_BACK = {("RETREAT", "resign"), ("SANCTION", "convict")}


def pairs() -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    for name, entry in ontology.event_types().items():
        found += [(name, None), *((name, mode.name) for mode in entry.modes)]
    return found


def test_the_sixteen_types_stand_in_the_manuals_order() -> None:
    assert list(ontology.event_types()) == SIXTEEN


@pytest.mark.parametrize(("type_", "mode"), pairs())
def test_every_type_and_mode_has_a_cameo_code_that_leads_back(type_: str, mode: str | None) -> None:
    back = ontology.cameo_to_plover(ontology.plover_to_cameo(type_, mode))
    assert (back.type == type_) != ((type_, mode) in NO_WAY_BACK)


@pytest.mark.parametrize("code", list(ontology.cameo_codes().values()), ids=lambda c: str(c.code))
def test_every_cameo_code_is_well_formed(code: ontology.CameoCode) -> None:
    assert 2 <= len(code.code) <= 4
    assert code.code.isdigit()
    assert 1 <= int(code.code[:2]) <= 20
    assert code.label
    assert set(code.contexts) <= set(ontology.contexts())
    if code.type is None:
        assert code.code.startswith("01")
    elif code.mode is not None:
        assert ontology.event_type(code.type).mode(code.mode)


@pytest.mark.parametrize("code", list(ontology.cameo_codes()))
def test_every_longer_code_has_its_shorter_one(code: str) -> None:
    assert len(code) == 2 or code[:-1] in ontology.cameo_codes()


@pytest.mark.parametrize(("type_", "mode"), pairs())
def test_scores_agree_with_the_quadrant(type_: str, mode: str | None) -> None:
    score = ontology.score(type_, mode)
    assert -10 <= score <= 10
    if type_ != "REQUEST":  # the manual lets a request lean to either side
        assert (score > 0) == (ontology.quad(type_) in (1, 2))


@pytest.mark.parametrize(
    ("code", "type_", "mode"),
    [
        ("042", "CONSULT", "visit"),
        ("057", "SUPPORT", None),
        ("0813", "RETREAT", None),
        ("0831", "CONCEDE", None),
        ("0841", "RETREAT", "release"),
        ("0871", "RETREAT", "ceasefire"),
        ("114", "ACCUSE", "allege"),
        ("175", "ASSAULT", "crowd-control"),
        ("191", "COERCE", "restrict"),
        ("010", None, None),
    ],
)
def test_cameo_to_plover(code: str, type_: str | None, mode: str | None) -> None:
    found = ontology.cameo_to_plover(code)
    assert (found.type, found.mode) == (type_, mode)


@pytest.mark.parametrize(
    ("type_", "mode", "score"),
    [
        ("CONSULT", None, 2.5),
        ("CONSULT", "visit", 4.0),
        ("RETREAT", "disarm", 10.0),
        ("ACCUSE", None, -3.0),
        ("ASSAULT", "unconventional", -10.0),
    ],
)
def test_score(type_: str, mode: str | None, score: float) -> None:
    assert ontology.score(type_, mode) == score


@pytest.mark.parametrize("code", ["", "1", "21", "00", "0999", "CONSULT"])
def test_an_unknown_cameo_code_is_refused_with_a_reason(code: str) -> None:
    with pytest.raises(KnowledgeError, match="no CAMEO code"):
        ontology.cameo_to_plover(code)


def test_an_unknown_type_or_mode_is_refused_with_what_is_known() -> None:
    with pytest.raises(KnowledgeError, match="AGREE, CONSULT"):
        ontology.quad("YIELD")
    with pytest.raises(KnowledgeError, match="visit, third-party"):
        ontology.score("CONSULT", "handshake")


def test_quads_contexts_and_sectors_are_complete() -> None:
    assert set(ontology.quads()) == {1, 2, 3, 4}
    assert len(ontology.contexts()) == len(set(ontology.contexts())) == 37
    assert len(ontology.sectors()) == 27
