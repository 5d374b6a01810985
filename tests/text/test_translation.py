from __future__ import annotations

import pytest

from detente.knowledge.press import agencies, boilerplate, quality_words
from detente.model import Document
from detente.text import read_story
from detente.text.quality import judge
from detente.text.translation import _TESTS, is_enough

LEAD = "The two ministers met in Vienna on Friday and agreed to reopen both consulates.\n\n"

# Stories as machine translation leaves them, written for this test.
TRANSLATED = [
    # A link's text swallowed, and a stop doubled.
    "Kenya pointed out See the border post that it closed last year. Trade is weak. .",
    # Credits in the words of another desk, and one name in two spellings.
    "Envoy Marwan Haddad left for Doha, and Marvan Haddad did not speak.\n\n"
    "(Drafting by Sana Khoury; Revision by Adel Nasr)",
    # Grammar of another language.
    "The sides was near to a agreement. They has asked for an respite of the the fire.",
    "This article was translated automatically. The minister went to Rome.",
    "The envoy went out. he left a important letter, it is worth mentioning, for an minister.",
]

CLEAN = [
    "“Beijing agreed to (Lee's) visit,” said the analyst. “(It) is a start.”",
    "Prices fell. Talks stalled. Envoys left. Nothing moved.",
    "Vice Premier He Feng met the envoy. He said that the talks had had little effect.",
    "An hour later a European official and a Ukrainian envoy signed a one-year accord.",
    "The minister told The Guardian that the magazine This Week had it wrong. Staffan de Mistura "
    "left. de Mistura later returned.",
    "Karim Aziz and his brother Kamal Aziz were freed. Their lawyer, Ms. Aziz, was not.",
    "North Korea and South Korea met. Foreign Minister Ri and Foreign Ministry aides came.",
    "The U.S. and the U.K. agreed. It was the first such deal vs. the earlier ones, i.e. none.",
    "What he said that that day meant: no deal.\n\n(Compiled by Ann Lee; Edited by Bo Ek)",
]


@pytest.mark.parametrize("text", TRANSLATED)
def test_translated_stories_are_flagged(text: str) -> None:
    story = read_story(Document(text=LEAD + text))
    assert "machine_translated" in story.quality.flags


@pytest.mark.parametrize("text", CLEAN)
def test_clean_stories_are_not(text: str) -> None:
    story = read_story(Document(text=LEAD + text))
    assert "machine_translated" not in story.quality.flags


def test_one_weak_sign_is_not_enough() -> None:
    weights = quality_words().translation.weights
    least = quality_words().translation.least
    assert not any(is_enough([sign]) for sign in weights if weights[sign] < least)
    assert is_enough(["odd_credit", "doubled_stop"])
    assert not is_enough([])


def test_every_sign_has_a_weight_and_a_test() -> None:
    assert set(_TESTS) == set(quality_words().translation.weights)
    assert judge.__doc__


def test_agencies_are_told_apart() -> None:
    forms = [form for agency in agencies() for form in dict.fromkeys(agency.forms)]
    sites = [site for agency in agencies() for site in agency.sites]
    assert len(agencies()) >= 60
    assert sorted(forms) == sorted(set(forms))
    assert sorted(sites) == sorted(set(sites))
    assert all(set(agency.short) <= set(agency.forms) for agency in agencies())


def test_no_phrase_of_boilerplate_has_two_kinds() -> None:
    whole = [phrase for cues in boilerplate().kinds.values() for phrase in cues.whole]
    assert sorted(phrase for phrase in set(whole) if whole.count(phrase) > 1) == []
