"""JSON Lines: good lines, bad lines, and that a bad one costs no good one."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model import Document, InputError
from detente.sources import BadLine, jsonl, read_jsonl

GOOD = b'{"id": "a", "text": "Chile and Peru signed a treaty."}'


def read(data: bytes) -> list[Document | BadLine]:
    return list(read_jsonl(io.BytesIO(data), "stories.jsonl"))


def test_all_fields() -> None:
    line = {
        "id": "a1", "text": "Chile and Peru signed a treaty.", "date": "2023-02-28",
        "title": "A treaty", "source": "The Courier", "url": "https://example.org/1", "more": [1],
    }  # fmt: skip
    assert read(json.dumps(line).encode()) == [
        Document(
            text="Chile and Peru signed a treaty.",
            id="a1",
            date=dt.date(2023, 2, 28),
            title="A treaty",
            source="The Courier",
            url="https://example.org/1",
        )
    ]


@pytest.mark.parametrize(
    "line",
    [
        GOOD,
        GOOD + b"\n",
        GOOD + b"\r\n",
        b"\xef\xbb\xbf" + GOOD,
        b"\n \r\n\t\n" + GOOD,
        b"  " + GOOD + b"  ",
        GOOD[:-1] + b', "date": null, "title": null}',
        GOOD[:-1] + b', "date": ""}',
    ],
)
def test_ways_to_write_the_same_line(line: bytes) -> None:
    assert read(line) == [Document(text="Chile and Peru signed a treaty.", id="a")]


def test_a_time_stamp_gives_its_day() -> None:
    [document] = read(GOOD[:-1] + b', "date": "2023-02-03T10:15:00Z"}')
    assert isinstance(document, Document)
    assert document.date == dt.date(2023, 2, 3)


def test_a_page_is_told_from_plain_text() -> None:
    [document] = read(b'{"id": "a", "text": "<p>Chile and Peru signed.</p>"}')
    assert isinstance(document, Document)
    assert document.markup == "html"


def test_ids_may_repeat() -> None:
    assert len(read(GOOD + b"\n" + GOOD)) == 2


def test_a_nul_written_as_an_escape_is_text() -> None:
    [document] = read(rb'{"id": "a", "text": "Chile\u0000 signed."}')
    assert isinstance(document, Document)
    assert document.text == "Chile\0 signed."


BAD = [
    (b"{", "it is not valid JSON"),
    (b'{"id": "a", "text": "x"} {"id": "b"}', "it is not valid JSON"),
    (b'{"id": "a", "text": "x",}', "it is not valid JSON"),
    (b'{"id": "a", "text": "cut he', "it is not valid JSON"),
    (b"Chile and Peru signed.", "it is not valid JSON"),
    (b'{"id": "a", "text": "Chile\x00Peru"}', "it holds a NUL byte"),
    (b"\x00\x00\x00", "it holds a NUL byte"),
    (rb'{"id": "a", "text": "half a pair \ud83d here"}', "it is not valid JSON"),
    (b'{"id": "a", "text": "Bogot\xe1"}', "it is not UTF-8"),
    (b'["a", "b"]', "it is a list, not an object"),
    (b'"a"', "it is a string, not an object"),
    (b"17", "it is a number, not an object"),
    (b"null", "it is null, not an object"),
    (b'{"id": "a"}', "'text' is missing"),
    (b'{"id": "a", "text": null}', "'text' is missing"),
    (b'{"id": "a", "text": ""}', "'text' is blank"),
    (b'{"id": "a", "text": " \\n\\u0000"}', "'text' is blank"),
    (b'{"id": "a", "text": 7}', "'text' is a number"),
    (b'{"id": "a", "text": ["x"]}', "'text' is a list"),
    (b'{"text": "x"}', "'id' is missing"),
    (b'{"id": " ", "text": "x"}', "'id' is blank"),
    (b'{"id": 5, "text": "x"}', "'id' is a number"),
    (b'{"id": "a", "text": "x", "date": "2023-02-30"}', "'date' is '2023-02-30', not a day"),
    (b'{"id": "a", "text": "x", "date": "3 Feb 2023"}', "'date' is '3 Feb 2023', not a day"),
    (b'{"id": "a", "text": "x", "date": 20230203}', "'date' is a number"),
    (b'{"id": "a", "text": "x", "date": true}', "'date' is true or false"),
    (b'{"id": "a", "text": "x", "title": {}}', "'title' is an object"),
    (b'{"id": "a", "text": "x", "url": 1}', "'url' is a number"),
    (b"[" * 200_000, "nested too deep"),
    (b'{"id": "a", "text": "x", "n": 1e999}', "it is not valid JSON"),
]


@pytest.mark.parametrize(("line", "reason"), BAD)
def test_a_bad_line_says_why_and_costs_no_other(line: bytes, reason: str) -> None:
    before, bad, after = read(GOOD + b"\n\n" + line + b"\n" + GOOD)
    assert before == after == Document(text="Chile and Peru signed a treaty.", id="a")
    assert isinstance(bad, BadLine)
    assert bad.line == 3
    assert reason in bad.reason
    assert "\n" not in bad.reason


class Long(io.RawIOBase):
    """A file with one line of `size` bytes, made as it is read, then a good line."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.tail = io.BytesIO(b"\n" + GOOD + b"\n")
        self.largest = 0

    def readline(self, limit: int | None = -1, /) -> bytes:
        limit = -1 if limit is None else limit
        assert limit > 0
        self.largest = max(self.largest, limit)
        if not self.left:
            return self.tail.readline(limit)
        size = min(limit, self.left)
        self.left -= size
        return b"x" * size


def test_a_line_that_is_too_long_is_passed_over_without_being_held() -> None:
    stream = Long(3 * jsonl.MAX_LINE_BYTES)
    bad, good = read_jsonl(stream, "long.jsonl")  # type: ignore[arg-type]
    assert isinstance(bad, BadLine)
    assert (bad.line, "longer than 64 MB" in bad.reason) == (1, True)
    assert isinstance(good, Document)
    assert stream.largest == jsonl.MAX_LINE_BYTES + 1


class Counting(io.BytesIO):
    """Counts the lines taken from it."""

    taken = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.taken += 1
        return super().readline(size)


def test_lines_are_read_as_they_are_asked_for() -> None:
    stream = Counting((GOOD + b"\n") * 1000)
    lines: Iterator[Document | BadLine] = read_jsonl(stream, "many.jsonl")
    next(lines)
    next(lines)
    assert stream.taken == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (GOOD.decode().encode("utf-16"), "is UTF-16; JSON Lines is UTF-8"),
        (b"\x1f\x8b\x08\x00", "is a gzip archive, not text; unpack it first"),
        (b"PAR1\x15\x04", "is a Parquet table, not text; export its stories as JSON Lines"),
        (b"%PDF-1.7\n", "is a PDF"),
    ],
)
def test_a_file_that_is_something_else(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(data)


def test_an_empty_file_has_no_lines() -> None:
    assert read(b"") == read(b"\n\n") == []


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_what_is_written_is_read_back(texts: list[str]) -> None:
    lines = [{"id": str(n), "text": text} for n, text in enumerate(texts)]
    found = read(b"\n".join(msgspec.json.encode(line) for line in lines))
    assert len(found) == len(texts)
    for text, line in zip(texts, found, strict=True):
        assert isinstance(line, BadLine) or line.text == text


@given(st.binary(max_size=300))
def test_no_bytes_break_it(data: bytes) -> None:
    good = read(b"\n" + data.replace(b"\n", b" ") + b"\n" + GOOD)
    assert isinstance(good[-1], Document)
