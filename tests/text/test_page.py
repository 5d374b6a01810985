from __future__ import annotations

import re
import time
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model import Document, Story
from detente.text import read_story, to_given
from detente.text.html import read_blocks

PAGE = (Path(__file__).parent / "samples" / "page.html").read_text("utf-8")
BODY = (
    "<p>The two ministers met in Vienna on Friday and agreed to reopen the consulates that were "
    "closed four years ago, officials said.</p>"
)


def read(source: str, url: str | None = None) -> Story:
    return read_story(Document(text=source, markup="html", url=url))


def visible(source: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", source)).split())


def test_the_story_of_a_page() -> None:
    story = read(PAGE)
    assert [sentence.text[:22] for sentence in story.sentences] == [
        "Brazil and Guyana open",
        "Brazil and Guyana open",
        "“The road will be buil",
        "Guyana’s government we",
        "A road through the for",
        "The road, which would ",
        "It would link Boa Vist",
        "Environmental groups h",
    ]
    kinds = ["title", "body", "body", "body", "heading", "body", "body", "body"]
    assert [sentence.kind for sentence in story.sentences] == kinds


def test_what_a_page_says_of_itself() -> None:
    story = read(PAGE)
    assert story.title == "Brazil and Guyana open border talks"
    assert (str(story.date), story.date_source) == ("2022-11-08", "metadata")
    assert (story.agency, story.dateline) == ("AP", "Boa Vista")
    assert story.bylines == ("Lucia Prado",)
    assert "machine_translated" not in story.quality.flags


def test_what_is_not_the_story_of_a_page() -> None:
    story = read(PAGE)
    removed = {story.text[r.start : r.end]: r.kind for r in story.removed}
    assert removed["Sport"] == "navigation"
    assert removed["See also Suriname seeks loan for new port"] == "related_link"
    assert removed["The two ministers in Boa Vista. Ana Reis/AFP via Getty Images"] == "caption"
    assert removed["BOA VISTA (AP) — "] == "dateline"
    hidden = ("not a story", "Secret words", "a comment", "color: red", "The River Post</title>")
    assert not any(words in story.text for words in hidden)


def test_spans_go_back_to_the_source() -> None:
    story = read(PAGE)
    assert story.offsets is not None
    assert len(story.offsets) == len(story.text)
    assert all(a <= b for a, b in pairwise(story.offsets))
    for sentence in story.sentences:
        span = to_given(story, sentence.start, sentence.end)
        assert visible(PAGE[span.start : span.end]) == sentence.text
    for removed in story.removed:
        span = to_given(story, removed.start, removed.end)
        words = visible(PAGE[span.start : span.end])
        assert words == story.text[removed.start : removed.end].strip()


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("<p>One<p>two", ["One", "two"]),
        ("a &lt;b&gt; &amp; c&nbsp;d", ["a <b> & c d"]),
        ("1 < 2 and <b>3</b> > 2", ["1 < 2 and 3 > 2"]),
        ("<p>a<br><br>b</p>", ["a", "b"]),
        ("<p title='x > y'>a</p>", ["a"]),
        ("<p class=it's>a</p><p>b</p>", ["a", "b"]),
        ("<script>if (a < b) { x('<p>no</p>') }</script><p>yes</p>", ["yes"]),
        ("<!-- <p>no</p> --><p>yes</p>", ["yes"]),
        ("<div style='display:none'><p>no</p></div><p>yes</p>", ["yes"]),
        ("<html><head><title>no</title><body><p>yes</p>", ["yes"]),
        ("</p></div>yes", ["yes"]),
        ("<p>a <em>b</em>\n\n c</p>", ["a b c"]),
        ("<pre>one\n\ntwo</pre>", ["one", "two"]),
        ("plain words", ["plain words"]),
        ("<p>unfinished <a href='x", ["unfinished"]),
        ("", []),
    ],
)
def test_blocks(source: str, lines: list[str]) -> None:
    page = read_blocks(source)
    assert [page.text[block.start : block.end] for block in page.blocks] == lines
    assert len(page.offsets) == len(page.text)


@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<b>", "<div hidden>", "</div>", "&amp;", "&", "<", ">", '"', "'", "<!--",
     "-->", "word ", "The end.", "<script>", "</script>", "<br>", "=", "\n", "<h1>", "<li>",
     "é", "&rdquo;"]
), max_size=40))  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_offsets_of_any_markup(parts: list[str]) -> None:
    source = "".join(parts)
    page = read_blocks(source)
    assert len(page.offsets) == len(page.text)
    for sign, offset in zip(page.text, page.offsets, strict=True):
        assert 0 <= offset <= len(source)
        assert sign in " \n" or source[offset] in (sign, "&")


HOSTILE = {
    "deep": "<div>" * 10_000 + BODY * 3 + "</div>" * 10_000,
    "open quotes": '<a "' * 100_000,
    "smaller": "<" * 300_000,
    "values": "<p class='x" * 50_000,
    "comments": "<!--" * 100_000,
    "entities": "&" * 300_000,
    "bold": "<b>" * 100_000 + "x",
    "scripts": "<script>" * 50_000,
    "closings": "</div>" * 100_000,
    "attributes": "<p " + 'a="b" ' * 100_000 + ">x</p>" + BODY,
    "breaks": "<br>" * 100_000 + BODY,
    "nothing": "",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_pages_cost_little(name: str) -> None:
    begun = time.perf_counter()
    story = read(HOSTILE[name])
    assert time.perf_counter() - begun < 8
    assert BODY not in HOSTILE[name] or story.sentences
