"""The head of a text file: `Date: 2023-02-03` and the like, before the story."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.text.header import Header, iso_day, read_header

BODY = "Estonia recalled its ambassador: a first.\n"


def test_all_that_a_head_may_say() -> None:
    head = (
        "Date: 2023-02-03\nSource: The Strait Courier\nTitle: A recall: the first\n"
        "Url: https://example.org/1\nId: r1\nAuthor: A. Tamm\n\n"
    )
    assert read_header(head + BODY) == Header(
        date=dt.date(2023, 2, 3),
        title="A recall: the first",
        source="The Strait Courier",
        url="https://example.org/1",
        id="r1",
        day="2023-02-03",
        end=len(head),
    )


@pytest.mark.parametrize(
    "head",
    [
        "Date: 2023-02-03\n\n",
        "date:2023-02-03\n\n",
        "\ufeffDATE:\t2023-02-03  \n",
        "Date: 2023-02-03\r\n\r\n",
        "Date: 2023-02-03\n \n\n",
        "Date: 2023-02-03\nDate: 1999-01-01\n\n",
        "Source:\nDate: 2023-02-03T08:00:00+01:00\n\n",
    ],
)
def test_ways_to_write_it(head: str) -> None:
    found = read_header(head + BODY)
    assert found.date == dt.date(2023, 2, 3)
    assert (head + BODY)[found.end :] == BODY


@pytest.mark.parametrize(
    "text",
    [
        "",
        BODY,
        "\nDate: 2023-02-03\n\nThe talks.",
        "Author: A. Tamm\nDate: 2023-02-03\n\nThe talks.",
        "Dated: 2023-02-03\n\nThe talks.",
        "The date: 2023-02-03\n\nThe talks.",
        "Beijing: the talks ended.\n",
    ],
)
def test_texts_without_a_head(text: str) -> None:
    assert read_header(text) == Header()


@pytest.mark.parametrize("day", ["2023-02-30", "3 February 2023", "soon"])
def test_a_day_that_is_none_is_handed_on_as_written(day: str) -> None:
    found = read_header(f"Date: {day}\n\n{BODY}")
    assert (found.date, found.day) == (None, day)


def test_a_head_without_a_story() -> None:
    text = "Date: 2023-02-03"
    assert read_header(text).end == len(text)


@given(st.dates())
def test_every_day_of_the_calendar(day: dt.date) -> None:
    assert iso_day(day.isoformat()) == day


@given(st.text(), st.sampled_from(["Date: ", "Title: a\n", "Id: x\n\n", ""]))
def test_any_text_has_its_story_inside_it(text: str, head: str) -> None:
    assert 0 <= read_header(head + text).end <= len(head + text)
