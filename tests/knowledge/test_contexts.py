from __future__ import annotations

from collections import Counter

import pytest

from detente.knowledge import ontology
from detente.knowledge.tables import load_yaml

CUES: dict[str, list[str]] = {
    str(context): [str(cue) for cue in cues] for context, cues in load_yaml("contexts.yaml").items()
}


def test_every_context_of_the_ontology_has_cues() -> None:
    assert set(CUES) == set(ontology.contexts())


@pytest.mark.parametrize("context", sorted(CUES))
def test_cues_are_lower_case_and_enough(context: str) -> None:
    assert 10 <= len(CUES[context]) <= 60
    assert all(cue == cue.lower().strip() and cue for cue in CUES[context])


def test_a_cue_belongs_to_one_context() -> None:
    count = Counter(cue for cues in CUES.values() for cue in cues)
    assert [cue for cue, times in count.items() if times > 1] == []
