from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model import Document, Story
from detente.text import read_story, to_given
from detente.text.normal import clean

SAMPLES = Path(__file__).parent / "samples"
TEXTS = sorted(path.name for path in SAMPLES.glob("*.txt"))


def sample(name: str) -> Story:
    return read_story(Document(text=(SAMPLES / name).read_text("utf-8")))


def is_sound(story: Story) -> None:
    """Check what holds of every story: spans in order, texts at their offsets, nothing twice."""
    end = 0
    for index, sentence in enumerate(story.sentences):
        assert sentence.index == index
        assert end <= sentence.start < sentence.end
        assert story.text[sentence.start : sentence.end] == sentence.text
        end = sentence.end
    end = 0
    for removed in story.removed:
        assert end <= removed.start < removed.end <= len(story.text)
        end = removed.end
    taken = [(r.start, r.end) for r in story.removed] + [(s.start, s.end) for s in story.sentences]
    taken.sort()
    assert all(one[1] <= two[0] for one, two in pairwise(taken))


@pytest.mark.parametrize("name", TEXTS)
def test_samples_are_sound(name: str) -> None:
    text = (SAMPLES / name).read_text("utf-8")
    story = read_story(Document(text=text))
    is_sound(story)
    assert len(story.text) == len(text)
    assert story.offsets is None
    assert story.language == "en"
    assert read_story(Document(text=text)) == story


@pytest.mark.parametrize("name", [name for name in TEXTS if name.startswith("clean")])
def test_clean_copy_is_clean(name: str) -> None:
    story = sample(name)
    assert "machine_translated" not in story.quality.flags
    assert "truncated" not in story.quality.flags
    assert story.quality.score >= 0.95


@pytest.mark.parametrize("name", [name for name in TEXTS if name.startswith("copied")])
def test_translated_copy_is_known(name: str) -> None:
    assert "machine_translated" in sample(name).quality.flags


FACTS = [
    ("clean_reuters.txt", "Reuters", "Oslo", ("Kari Nygaard", "Pablo Rios"), dt.date(2023, 3, 14)),
    ("clean_ap.txt", "AP", "Prague", ("HELEN MARSH", "TOMAS VELKY"), None),
    ("clean_tass.txt", "TASS", "Moscow", (), None),
    ("clean_xinhua.txt", "Xinhua", "Vientiane", (), dt.date(2021, 5, 18)),
    ("clean_guardian.txt", None, None, ("Claire Duval",), dt.date(2022, 9, 6)),
    (
        "clean_update.txt",
        "Reuters",
        "Lusaka",
        ("Chris Zulu", "Joao Pinto", "Sam Roe"),
        dt.date(2022, 10, 4),
    ),
    ("clean_afp_paste.txt", "AFP", "Pristina", ("Arta Krasniqi",), dt.date(2020, 1, 12)),
    ("clean_yonhap.txt", "Yonhap", "Seoul", ("Choi Min-ho",), dt.date(2026, 3, 2)),
    ("clean_ani.txt", "ANI", "New Delhi [India]", (), None),
    ("wrapped.txt", None, "Tripoli", (), dt.date(2020, 2, 11)),
    ("pakistan.txt", None, "Islamabad", (), dt.date(2022, 10, 14)),
    ("webpage_paste.txt", None, "Addis Ababa", ("Mary Abebe",), dt.date(2021, 5, 3)),
]


@pytest.mark.parametrize(("name", "agency", "dateline", "bylines", "day"), FACTS)
def test_facts_of_samples(
    name: str, agency: str | None, dateline: str | None, bylines: tuple[str, ...], day: dt.date
) -> None:
    story = sample(name)
    assert (story.agency, story.dateline, story.bylines) == (agency, dateline, bylines)
    assert story.date == day


def test_a_pasted_page_keeps_its_story_and_nothing_else() -> None:
    story = sample("webpage_paste.txt")
    assert [sentence.text[:20] for sentence in story.sentences] == [
        "Ethiopia invites Egy",
        "Ethiopia has invited",
        "Cairo said it would ",
        "It has asked for a b",
        '"We do not want to h',
        "Reporting by Amnesty",
        "See also the maps th",
    ]


def test_wrapped_lines_make_paragraphs() -> None:
    story = sample("wrapped.txt")
    assert len(story.sentences) == 4
    assert "\n" not in "".join(sentence.text for sentence in story.sentences)
    assert story.removed[0].kind == "header"


@pytest.mark.parametrize(
    ("name", "flag"), [("transcript.txt", "transcript"), ("live.txt", "live_blog")]
)
def test_forms_are_flagged(name: str, flag: str) -> None:
    assert flag in sample(name).quality.flags


LINE = "The ministers met in Vienna on Friday and agreed to reopen the two consulates. "
FLAGS = [
    ("", "empty"),
    ("\0\0 \n", "empty"),
    (LINE.upper() * 3, "all_caps"),
    ("Les ministres se sont réunis vendredi à Vienne pour parler du traité.", "not_english"),
    (LINE + "The envoyâ€™s plan was read out.", "mojibake"),
    (LINE + "The envoy's plan was read out to the", "truncated"),
    (LINE + "The envoy's plan was read out to...", "truncated"),
    ("the ministers met and talked of trade " * 12, "no_punctuation"),
    ("Tne m1nister of f0reign affa1rs m3t the env0y of th| state on Fr1day.", "ocr_noise"),
    ("State\tTroops\tYear\nRome\t20\t1950\nParis\t30\t1951\nBonn\t40\t1952\n", "table"),
]


@pytest.mark.parametrize(("text", "flag"), FLAGS)
def test_flags(text: str, flag: str) -> None:
    quality = read_story(Document(text=text)).quality
    assert flag in quality.flags
    assert 0 <= quality.score < 1


@pytest.mark.parametrize(
    "text",
    [LINE, "Xi meets Biden in Bali.", "Putin calls Macron", "Blinken arrives", LINE * 3,
     "The G7 and the F-16 of the 2nd wing, 30km off, cost $5bn in COVID-19 times at 10am."],
)  # fmt: skip
def test_short_and_clean_texts_have_no_flags(text: str) -> None:
    story = read_story(Document(text=text))
    assert story.quality.flags == ()
    assert story.language in ("en", None)


@pytest.mark.parametrize(
    ("text", "code"),
    [("El ministro llegó a París el viernes para hablar del tratado.", "es"),
     ("Министр прибыл в Париж в пятницу для переговоров.", "ru"),
     ("外交部长星期五抵达巴黎参加会谈，并与法国总统就两国关系和贸易问题举行了会谈。", "zh"),
     ("MINISTERS MEET IN VIENNA FOR TALKS ON TRADE", "en"), ("Rome.", None)],
)  # fmt: skip
def test_language(text: str, code: str | None) -> None:
    assert read_story(Document(text=text)).language == code


@given(st.text(max_size=600))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_sound_story(text: str) -> None:
    story = read_story(Document(text=text))
    is_sound(story)
    assert len(story.text) == len(text)


WORDS = st.sampled_from(
    ["See also", "Reporting by", "Jane Doe", "ROME (AP) -", "By", "met.", "\n", "\n\n",
     "Leave a Reply", "(Read also: x)", "2021", "The U.S.", "said", "“No,”", "©", "Tags:", "Friday",
     "and agreed."]
)  # fmt: skip


@given(st.lists(WORDS, max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_mixture_of_signs_gives_a_sound_story(words: list[str]) -> None:
    is_sound(read_story(Document(text=" ".join(words))))


@given(st.text(max_size=300))
def test_cleaning_moves_nothing(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    for given_sign, sign in zip(text, cleaned, strict=True):
        assert sign == given_sign or sign in " \n\ufffd"


def test_cleaning_keeps_what_can_be_read() -> None:
    assert clean("“A”\u00a0b\0c\r\nd\u2028e\tfür") == "“A” b c \nd\ne\tfür"


HOSTILE = {
    "no space": "a" * 1_000_000,
    "controls": "\0" * 1_000_000,
    "blank lines": "\n" * 1_000_000,
    "short lines": "a b\n" * 20_000,
    "brackets": "(" * 500_000,
    "links": "(Read also: " * 50_000,
    "credits": "Reporting by A; " * 50_000,
    "bylines": "By A\n" * 20_000,
    "thanks": "Doe contributed to this report. " * 10_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_texts_cost_little(name: str) -> None:
    text = HOSTILE[name]
    begun = time.perf_counter()
    story = read_story(Document(text=text))
    assert time.perf_counter() - begun < 8
    assert len(story.text) == len(text)
    assert all(len(sentence.text) <= 5_000 for sentence in story.sentences)


def test_too_long_a_text_is_cut_between_paragraphs() -> None:
    text = (LINE + "\n\n") * 26_000
    begun = time.perf_counter()
    story = read_story(Document(text=text))
    assert time.perf_counter() - begun < 15
    assert "too_long" in story.quality.flags
    assert story.sentences[-1].text == LINE.strip()
    assert story.removed[-1].kind == "too_long"
    assert story.removed[-1].end == len(story.text) == len(text)


def test_plain_offsets_are_those_given() -> None:
    story = read_story(Document(text=LINE))
    assert (to_given(story, 3, 9).start, to_given(story, 3, 9).end) == (3, 9)
