from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.text.sentences import LONGEST, sentence_spans

# A row is a text with a bar where one sentence ends and the next begins.
ROWS = [
    "The U.S. Secretary of State met Gen. Mark Ode.| He left.",
    "They came to the U.S.| The next day they left.",
    "He lives in the U.S. and works for the U.N. Security Council.",
    "Lt. Col. J. K. Marsh spoke on Jan. 5 in St. Petersburg.| Nobody else did.",
    "Talks began at 10 a.m. EST on Friday.| They ended at 5 p.m.| Officials were tired.",
    "No. 10 declined to comment.| It cost 3.5 billion.",
    "“We will go.”| He left.",
    "“We will go,” he said.| “Why not?” she asked.| ‘Never.’| They laughed.",
    "“Why?” Novak asked.| Nobody knew.",
    'He said: "It is over."| "Fine," said Mr. Ortiz.',
    "Talks dragged on...| Then they stopped.| He went… and came back.",
    "Trade is thin.| Rarely level. .| Beijing said so.",
    "He fell ill.| Xi visited him.",
    "The firm Acme Inc. said it would sell to Baker Co. Ltd. of Leeds.",
    "The consulates opened.| it was not clear why.",
    "The talks ended.|The minister flew home.",
    "Prices rose 4.5 pct.| In Mass. Ave. no one cared.",
    "Was it war?| Yes!| It was.",
    "会议结束。|他离开了。",
    "Washington, D.C., is quiet.| So is Annapolis, Md.| The rest is not.",
    "Ms. Abu-Bakr vs. the State: the court ruled on Dec. 12.| Appeals follow.",
]


@pytest.mark.parametrize("row", ROWS)
def test_splits_where_the_bars_are(row: str) -> None:
    text = row.replace("|", "")
    spans = sentence_spans(text, 0, len(text))
    assert [text[a:b] for a, b in spans] == [part.strip() for part in row.split("|")]


@given(st.text(alphabet="aB1 .!?…\"”“\n\t()'U.S", max_size=400))
def test_spans_are_in_order_and_hold_every_word(text: str) -> None:
    end = 0
    for start, stop in sentence_spans(text, 0, len(text)):
        assert end <= start < stop <= len(text)
        assert text[end:start].strip() == ""
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert text[end:].strip() == ""


@pytest.mark.parametrize("word", ["a", "word ", "a. b "])
def test_long_sentences_are_cut(word: str) -> None:
    text = word * 9_000
    spans = list(sentence_spans(text, 0, len(text)))
    assert len(spans) > 1
    assert all(stop - start <= LONGEST for start, stop in spans)
    assert sum(stop - start for start, stop in spans) >= len(text.replace(" ", ""))


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, ". " * 300_000, '"' * 500_000, "U.S. " * 100_000]
)
def test_time_is_linear(text: str) -> None:
    begun = time.perf_counter()
    list(sentence_spans(text, 0, len(text)))
    assert time.perf_counter() - begun < 5
