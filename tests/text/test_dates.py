"""Date expressions: what is found, what it means, and what is none."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge.tables import load_yaml
from detente.model import When
from detente.text.date_grammar import grammar
from detente.text.date_ranges import easter_sunday
from detente.text.date_resolve import RESOLVERS
from detente.text.dates import Direction, explicit_dates, find_dates, resolve

# Sentence, publication day, direction, the words found, and "start..end precision".
RESOLVED: list[tuple[str, str, Direction, str, str]] = [
    # Days of the week. 14 March 2018 is a Wednesday.
    ("The envoys spoke on Monday.", "2018-03-14", "past", "Monday", "2018-03-12 day"),
    ("The envoys spoke on Wednesday.", "2018-03-14", "past", "Wednesday", "2018-03-14 day"),
    ("They will speak on Wednesday.", "2018-03-14", "future", "Wednesday", "2018-03-14 day"),
    ("The envoys spoke on Thursday.", "2018-03-14", "past", "Thursday", "2018-03-08 day"),
    ("The two will speak on Thursday.", "2018-03-14", "future", "Thursday", "2018-03-15 day"),
    ("Talks broke up late Tuesday.", "2018-03-14", "past", "Tuesday", "2018-03-13 day"),
    ("Shells fell Tuesday night.", "2018-03-14", "past", "Tuesday night", "2018-03-13 day"),
    ("He left on Sunday morning.", "2018-03-14", "past", "Sunday morning", "2018-03-11 day"),
    ("They met last Friday in Oslo.", "2018-03-14", "past", "last Friday", "2018-03-09 day"),
    ("They met last Wednesday.", "2018-03-14", "past", "last Wednesday", "2018-03-07 day"),
    ("He flies in next Tuesday.", "2018-03-14", "future", "next Tuesday", "2018-03-20 day"),
    ("He flies in next Wednesday.", "2018-03-14", "future", "next Wednesday", "2018-03-21 day"),
    ("They vote this Friday.", "2018-03-14", "future", "this Friday", "2018-03-16 day"),
    ("Friday's raid killed four.", "2018-03-14", "past", "Friday", "2018-03-09 day"),
    ("MONDAY: Talks resume", "2018-03-14", "past", "MONDAY", "2018-03-12 day"),
    ("It was signed on Friday last week.", "2018-03-14", "past", "Friday last week",
     "2018-03-09 day"),
    ("They meet on Tuesday of next week.", "2018-03-14", "future", "Tuesday of next week",
     "2018-03-20 day"),
    ("Monday to Wednesday the port was shut.", "2018-03-14", "past", "Monday to Wednesday",
     "2018-03-12..2018-03-14 day"),
    ("Saturday and Sunday saw shelling.", "2018-03-14", "past", "Saturday and Sunday",
     "2018-03-10..2018-03-11 day"),
    # Days counted from publication.
    ("The minister resigned yesterday.", "2018-03-01", "past", "yesterday", "2018-02-28 day"),
    ("The court sits today.", "2018-03-01", "past", "today", "2018-03-01 day"),
    ("The court sits tomorrow morning.", "2018-03-01", "future", "tomorrow morning",
     "2018-03-02 day"),
    ("Jets were heard last night.", "2018-03-01", "past", "last night", "2018-02-28 day"),
    ("She speaks tonight.", "2018-03-01", "future", "tonight", "2018-03-01 day"),
    ("Police arrived this morning.", "2018-03-01", "past", "this morning", "2018-03-01 day"),
    ("They fled the day before yesterday.", "2018-03-01", "past", "the day before yesterday",
     "2018-02-27 day"),
    ("Drones struck overnight.", "2018-03-01", "past", "overnight", "2018-02-28..2018-03-01 day"),
    ("Earlier in the day he met envoys.", "2018-03-01", "past", "Earlier in the day",
     "2018-03-01 day"),
    # Weeks and weekends.
    ("He travels this weekend.", "2018-03-14", "future", "this weekend",
     "2018-03-17..2018-03-18 week"),
    ("They clashed last weekend.", "2018-03-14", "past", "last weekend",
     "2018-03-10..2018-03-11 week"),
    ("They clashed over the weekend.", "2018-03-12", "past", "the weekend",
     "2018-03-10..2018-03-11 week"),
    ("They vote next weekend.", "2018-03-14", "future", "next weekend",
     "2018-03-24..2018-03-25 week"),
    ("He was there this week.", "2018-03-14", "past", "this week", "2018-03-12..2018-03-18 week"),
    ("He was there last week.", "2018-03-14", "past", "last week", "2018-03-05..2018-03-11 week"),
    ("She goes there next week.", "2018-03-14", "future", "next week",
     "2018-03-19..2018-03-25 week"),
    ("Talks start early next week.", "2018-03-14", "future", "early next week",
     "2018-03-19..2018-03-21 day"),
    ("He quit earlier this week.", "2018-03-14", "past", "earlier this week",
     "2018-03-12..2018-03-14 week"),
    ("He goes later this week.", "2018-03-14", "future", "later this week",
     "2018-03-14..2018-03-18 week"),
    # Days of the calendar.
    ("The text was signed on June 18, 2023.", "2024-01-01", "past", "June 18, 2023",
     "2023-06-18 day"),
    ("It was signed on 18 June 2023.", "2024-01-01", "past", "18 June 2023", "2023-06-18 day"),
    ("It was signed on the 18th of June, 2023.", "2024-01-01", "past",
     "the 18th of June, 2023", "2023-06-18 day"),
    ("Signed 2023-06-18 in Paris.", "2024-01-01", "past", "2023-06-18", "2023-06-18 day"),
    ("Posted 2023-06-18T09:30 by staff.", "2024-01-01", "past", "2023-06-18", "2023-06-18 day"),
    ("Updated 18/06/2023 by staff.", "2024-01-01", "past", "18/06/2023", "2023-06-18 day"),
    ("Updated 06/18/2023 by staff.", "2024-01-01", "past", "06/18/2023", "2023-06-18 day"),
    ("Updated 03/04/2023 by staff.", "2024-01-01", "past", "03/04/2023", "unknown"),
    ("Updated 04/04/2023 by staff.", "2024-01-01", "past", "04/04/2023", "2023-04-04 day"),
    ("Stand 18.06.2023 um neun.", "2024-01-01", "past", "18.06.2023", "2023-06-18 day"),
    ("On Tuesday, June 20, 2023, it began.", "2024-01-01", "past", "Tuesday, June 20, 2023",
     "2023-06-20 day"),
    ("He said on Friday (June 16) that", "2023-06-17", "past", "Friday (June 16)",
     "2023-06-16 day"),
    ("Sat., 17 June 2023", "2024-01-01", "past", "Sat., 17 June 2023", "2023-06-17 day"),
    ("It was hit on Aug. 4, 1964 at sea.", "2024-01-01", "past", "Aug. 4, 1964",
     "1964-08-04 day"),
    ("They met on Saturday, Oct. 1, in Rome.", "2022-09-14", "past", "Saturday, Oct. 1",
     "2022-10-01 day"),
    ("They fled after last June 18.", "2023-07-01", "past", "last June 18", "2023-06-18 day"),
    ("They were killed in the mid-1990s.", "2023-07-01", "past", "the mid-1990s",
     "1994-01-01..1996-12-31 year"),
    ("Troops leave by year-end.", "2023-07-01", "future", "year-end",
     "2023-12-01..2023-12-31 month"),
    ("The ship sailed on June 18.", "2023-07-01", "past", "June 18", "2023-06-18 day"),
    ("The ship sailed on June 18.", "2023-06-01", "past", "June 18", "2022-06-18 day"),
    ("The ship will sail on 18 June.", "2023-06-01", "future", "18 June", "2023-06-18 day"),
    ("The ship will sail on 18 June.", "2023-07-01", "future", "18 June", "2024-06-18 day"),
    ("It fell on June 18 last year.", "2023-07-01", "past", "June 18 last year",
     "2022-06-18 day"),
    ("The last was on February 29.", "2023-07-01", "past", "February 29", "2020-02-29 day"),
    ("It was dated February 30, 2023.", "2023-07-01", "past", "February 30, 2023", "unknown"),
    ("It was dated last February 30.", "2023-07-01", "past", "last February 30", "unknown"),
    ("It is due next February 30.", "2023-07-01", "future", "next February 30", "unknown"),
    ("They meet on the 18th of next month.", "2023-07-01", "future", "the 18th of next month",
     "2023-08-18 day"),
    # Ranges of days.
    ("He will visit on June 18-19.", "2023-06-16", "future", "June 18-19",
     "2023-06-18..2023-06-19 day"),
    ("He will visit June 18 to 19.", "2023-06-16", "future", "June 18 to 19",
     "2023-06-18..2023-06-19 day"),
    ("The visit of 18–19 June 2023 ended.", "2024-01-01", "past", "18–19 June 2023",
     "2023-06-18..2023-06-19 day"),
    ("They meet between 3 and 5 May.", "2023-04-16", "future", "between 3 and 5 May",
     "2023-05-03..2023-05-05 day"),
    ("It runs from May 3 to June 2.", "2023-04-16", "future", "from May 3 to June 2",
     "2023-05-03..2023-06-02 month"),
    ("The drill ran May 30-June 2, 2021.", "2023-04-16", "past", "May 30-June 2, 2021",
     "2021-05-30..2021-06-02 week"),
    ("The siege of Dec 30 to Jan 2, 1995, failed.", "1999-04-16", "past",
     "Dec 30 to Jan 2, 1995", "1994-12-30..1995-01-02 week"),
    ("It ran from 1 May 2019 to 3 April 2020.", "2023-04-16", "past",
     "from 1 May 2019 to 3 April 2020", "2019-05-01..2020-04-03 year"),
    ("The summit of May 19, 20 and 21 agreed", "2023-06-16", "past", "May 19, 20 and 21",
     "2023-05-19..2023-05-21 day"),
    # Months.
    ("They met in November in Lima.", "2023-06-16", "past", "November",
     "2022-11-01..2022-11-30 month"),
    ("They will meet in November.", "2023-06-16", "future", "November",
     "2023-11-01..2023-11-30 month"),
    ("They met in June.", "2023-06-16", "past", "June", "2023-06-01..2023-06-30 month"),
    ("They met last November.", "2023-11-16", "past", "last November",
     "2022-11-01..2022-11-30 month"),
    ("They meet next June.", "2023-06-16", "future", "next June", "2024-06-01..2024-06-30 month"),
    ("They met in November last year.", "2023-12-16", "past", "November last year",
     "2022-11-01..2022-11-30 month"),
    ("They met in Sept. 1998.", "2023-12-16", "past", "Sept. 1998",
     "1998-09-01..1998-09-30 month"),
    ("They met in May of 1998.", "2023-12-16", "past", "May of 1998",
     "1998-05-01..1998-05-31 month"),
    ("The war of January–March 1991 ended.", "2023-12-16", "past", "January–March 1991",
     "1991-01-01..1991-03-31 season"),
    ("Talks are due in mid-May.", "2023-04-16", "future", "mid-May", "2023-05-11..2023-05-20 week"),
    ("They met in early March 2014.", "2023-04-16", "past", "early March 2014",
     "2014-03-01..2014-03-10 week"),
    ("It fell at the end of February 2024.", "2024-06-01", "past", "the end of February 2024",
     "2024-02-21..2024-02-29 week"),
    ("It fell in the second week of May 2024.", "2024-06-01", "past",
     "the second week of May 2024", "2024-05-08..2024-05-14 week"),
    ("They clashed this month.", "2023-06-16", "past", "this month",
     "2023-06-01..2023-06-30 month"),
    ("They clashed last month.", "2023-01-16", "past", "last month",
     "2022-12-01..2022-12-31 month"),
    ("They meet next month.", "2023-12-16", "future", "next month", "2024-01-01..2024-01-31 month"),
    ("He was snubbed earlier this month.", "2023-06-16", "past", "earlier this month",
     "2023-06-01..2023-06-16 month"),
    ("They split late last month.", "2023-06-16", "past", "late last month",
     "2023-05-21..2023-05-31 month"),
    # Seasons, quarters, years.
    ("It began in the spring of 1998.", "2023-06-16", "past", "the spring of 1998",
     "1998-03-01..1998-05-31 season"),
    ("It began in winter 1941.", "2023-06-16", "past", "winter 1941",
     "1941-12-01..1942-02-28 season"),
    ("It began last summer.", "2023-07-16", "past", "last summer", "2022-06-01..2022-08-31 season"),
    ("It is due this fall.", "2023-07-16", "future", "this fall", "2023-09-01..2023-11-30 season"),
    ("It is due in the fall.", "2023-07-16", "future", "the fall", "2023-09-01..2023-11-30 season"),
    ("Exports fell in the third quarter of 2022.", "2023-07-16", "past",
     "the third quarter of 2022", "2022-07-01..2022-09-30 season"),
    ("They met in 1998 in Rambouillet.", "2023-07-16", "past", "1998",
     "1998-01-01..1998-12-31 year"),
    ("The war of 1973 ended there.", "2023-07-16", "past", "1973", "1973-01-01..1973-12-31 year"),
    ("It was seized in early 2014.", "2023-07-16", "past", "early 2014",
     "2014-01-01..2014-04-30 season"),
    ("Talks broke down in late 2019.", "2023-07-16", "past", "late 2019",
     "2019-09-01..2019-12-31 season"),
    ("The wars of the 1990s ended.", "2023-07-16", "past", "the 1990s",
     "1990-01-01..1999-12-31 year"),
    ("It lasted from 1998 to 2003.", "2023-07-16", "past", "from 1998 to 2003",
     "1998-01-01..2003-12-31 year"),
    ("They clashed last year.", "2023-07-16", "past", "last year", "2022-01-01..2022-12-31 year"),
    ("They clashed earlier this year.", "2023-07-16", "past", "earlier this year",
     "2023-01-01..2023-07-16 year"),
    ("They meet later this year.", "2023-07-16", "future", "later this year",
     "2023-07-16..2023-12-31 year"),
    ("They meet later in the year.", "2023-07-16", "future", "later in the year",
     "2023-07-16..2023-12-31 year"),
    ("They meet early next year.", "2023-07-16", "future", "early next year",
     "2024-01-01..2024-04-30 season"),
    ("Rebels took it in January 2038.", "2040-07-16", "past", "January 2038",
     "2038-01-01..2038-01-31 month"),
    # Counted lengths.
    ("The truce began two weeks ago.", "2018-03-14", "past", "two weeks ago",
     "2018-02-26..2018-03-04 week"),
    ("The truce began three days ago.", "2018-03-14", "past", "three days ago", "2018-03-11 day"),
    ("The truce began a month ago.", "2018-03-31", "past", "a month ago",
     "2018-02-01..2018-02-28 month"),
    ("The war began five years ago.", "2018-03-14", "past", "five years ago",
     "2013-01-01..2013-12-31 year"),
    ("It ended a decade ago.", "2018-03-14", "past", "a decade ago",
     "2008-01-01..2008-12-31 year"),
    ("Months ago he had quit.", "2018-03-14", "past", "Months ago", "unknown"),
    ("He flies out in two days.", "2018-03-14", "future", "in two days", "2018-03-16 day"),
    ("They took the town in two days.", "2018-03-14", "past", "in two days", "unknown"),
    ("They must leave within 48 hours.", "2018-03-14", "future", "within 48 hours",
     "2018-03-14..2018-03-16 day"),
    ("They clashed in the past two weeks.", "2018-03-14", "past", "in the past two weeks",
     "2018-02-28..2018-03-14 week"),
    ("Trips follow in the coming months.", "2018-03-14", "future", "the coming months",
     "2018-03-14..2018-06-14 month"),
    ("Trips follow in coming weeks.", "2018-03-14", "future", "coming weeks",
     "2018-03-14..2018-04-11 week"),
    ("Ties have soured in recent months.", "2018-03-14", "past", "recent months",
     "2017-12-14..2018-03-14 month"),
    # Named days.
    ("They met on Christmas Eve.", "2018-03-14", "past", "Christmas Eve", "2017-12-24 day"),
    ("He spoke on New Year's Day 1986.", "2018-03-14", "past", "New Year's Day 1986",
     "1986-01-01 day"),
    ("A truce for Easter Sunday 2022 failed.", "2023-03-14", "past", "Easter Sunday 2022",
     "2022-04-17 day"),
    ("The September 11 attacks changed it.", "2018-03-14", "past", "September 11",
     "2001-09-11 day"),
    ("It has been so since 9/11.", "2018-03-14", "past", "9/11", "2001-09-11 day"),
    ("The Oct. 7 attack by Hamas followed.", "2024-03-14", "past", "Oct. 7", "2023-10-07 day"),
    ("The Oct. 7 attack on the post failed.", "2018-03-14", "past", "Oct. 7", "2017-10-07 day"),
]  # fmt: skip

KINDS: list[tuple[str, str, str]] = [
    ("He has led it since January 2021.", "January 2021", "since"),
    ("It has been shut ever since Monday.", "Monday", "since"),
    ("It stays shut until March.", "March", "until"),
    ("Forces leave by March.", "March", "deadline"),
    ("Forces leave by the end of the year.", "the end of the year", "deadline"),
    ("Forces leave by Friday.", "Friday", "deadline"),
    ("They want a deal before Christmas.", "Christmas", "before"),
    ("Ties froze after June 4, 1989.", "June 4, 1989", "after"),
    ("They talked for three days.", "for three days", "duration"),
    ("They talked for more than two weeks.", "for more than two weeks", "duration"),
    ("A two-day visit ended.", "two-day", "duration"),
    ("It is the first visit in five years.", "in five years", "duration"),
    ("It was the worst attack there in two decades.", "in two decades", "duration"),
    ("They met on Friday.", "Friday", "on"),
]

NONE: list[str] = [
    "The two leaders may meet Xi.",
    "May he live long, the crowd sang.",
    "Troops march on the capital.",
    "The march drew thousands.",
    "Mrs May said the vote would stand.",
    "The plan was backed by Theresa May in public.",
    "Talks with June Carter went on.",
    "The Sun reported the story.",
    "The envoy sat with the second delegation.",
    "In 2000 villages there is no water.",
    "He spoke of 1950 prisoners held there.",
    "Every Friday they pray there.",
    "The Good Friday Agreement holds.",
    "They spring from one root and fall with it.",
    "The fall of the city shocked them.",
    "It cost $2000 and weighs 1998.5 kg.",
    "The 2015 nuclear deal is dead.",
    "Room 2023 is on floor 18.",
    "The Sunday Times wrote so.",
    "",
]


@pytest.mark.parametrize(("sentence", "publication", "direction", "words", "expected"), RESOLVED)
def test_resolves(
    sentence: str, publication: str, direction: Direction, words: str, expected: str
) -> None:
    found = find_dates(sentence)
    assert [expression.text for expression in found] == [words]
    when = resolve(found[0], dt.date.fromisoformat(publication), direction)
    assert _written(when) == expected


@pytest.mark.parametrize(("sentence", "words", "kind"), KINDS)
def test_kind(sentence: str, words: str, kind: str) -> None:
    assert [(e.text, e.kind) for e in find_dates(sentence)] == [(words, kind)]


@pytest.mark.parametrize("sentence", NONE)
def test_is_no_date(sentence: str) -> None:
    assert find_dates(sentence) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Three days earlier, he had quit.", "2018-03-07 day"),
        ("The next day it rained.", "2018-03-13 day"),
        ("The previous day they spoke.", "2018-03-09 day"),
        ("The following week they met.", "2018-03-19..2018-03-25 week"),
        ("Two years later, war came.", "2020-01-01..2020-12-31 year"),
        ("Earlier in the day they spoke.", "2018-03-10..2018-03-12 day"),
        ("In that month ties froze.", "2018-03-01..2018-03-31 month"),
    ],
)
def test_counts_from_the_anchor(words: str, expected: str) -> None:
    anchor = When(dt.date(2018, 3, 10), dt.date(2018, 3, 12), "day")
    (expression,) = find_dates(words)
    assert _written(resolve(expression, dt.date(2023, 1, 1), anchor=anchor)) == expected
    assert find_dates(words)[0].form == "same_day" or resolve(expression, None) == When()


def test_without_publication_only_full_dates_resolve() -> None:
    text = "On Friday, in May and on June 3 they spoke of 4 July 1999 and of last year."
    whens = [resolve(expression, None) for expression in find_dates(text)]
    assert [_written(when) for when in whens] == [*["unknown"] * 3, "1999-07-04 day", "unknown"]


def test_deadlines_look_ahead_and_since_looks_back() -> None:
    publication = dt.date(2018, 3, 14)
    (deadline,) = find_dates("They must leave by Friday.")
    (since,) = find_dates("They have waited since Friday.")
    assert resolve(deadline, publication, "past").start == dt.date(2018, 3, 16)
    assert resolve(since, publication, "future").start == dt.date(2018, 3, 9)


def test_longest_wins_and_nothing_overlaps() -> None:
    text = "From May 3 to June 2, 2021, and again on Tuesday night last week, they fought."
    found = find_dates(text)
    assert [e.text for e in found] == ["From May 3 to June 2, 2021", "Tuesday night last week"]


def test_a_paragraph_ends_an_expression() -> None:
    assert [e.text for e in find_dates("They met in June\n\n18 people died.")] == ["June"]


def test_explicit_dates_are_the_full_ones() -> None:
    text = "WARSAW, 3 May 2019 - It was 30 February 2019, Friday, June 4, or 2019-05-02."
    days = [(text[start:end], day) for start, end, day in explicit_dates(text)]
    assert days == [("3 May 2019", dt.date(2019, 5, 3)), ("2019-05-02", dt.date(2019, 5, 2))]


@pytest.mark.parametrize(("year", "day"), [(1999, "04-04"), (2008, "03-23"), (2038, "04-25")])
def test_easter(year: int, day: str) -> None:
    assert easter_sunday(year).isoformat() == f"{year}-{day}"


def test_every_form_can_be_resolved_and_every_class_is_known() -> None:
    known = grammar()
    made = {"DAY", "NTH", "YEAR", "DECADE", "QTY", "STOP"}
    classes = {*load_yaml("dates.yaml")["words"], *made}
    for rule in known.rules:
        assert rule.form in RESOLVERS or rule.form in ("none", "duration")
        for element in rule.elements:
            assert {name.removesuffix("NONE") for name in element.classes} <= classes


def test_no_word_of_the_tables_is_read_as_true_or_false() -> None:
    """YAML takes a bare `on` or `off` for a boolean."""
    known = grammar()
    words = [*known.stops, *known.lead_fillers, *known.not_after, *known.length_cues]
    assert all(isinstance(word, str) for word in words)
    assert "on" in known.stops


STYLES = ["%B %-d, %Y", "%-d %B %Y", "%Y-%m-%d", "%b %d, %Y", "%A, %B %-d, %Y", "%d %b %Y",
          "the %-dth of %B %Y", "%d.%m.%Y"]  # fmt: skip
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
WORDS = [phrase.split("[")[0] for _, _, _, phrase, _ in RESOLVED]


@given(day=DAYS, style=st.sampled_from(STYLES), publication=st.none() | DAYS)
def test_a_full_date_is_itself(day: dt.date, style: str, publication: dt.date | None) -> None:
    text = f"It was signed on {day.strftime(style)} in the capital."
    (expression,) = find_dates(text)
    assert resolve(expression, publication) == When(day, day, "day")
    assert [found for _, _, found in explicit_dates(text)] == [day]


@given(publication=DAYS, day=st.integers(0, 6), which=st.sampled_from(["", "last ", "next "]),
       direction=st.sampled_from(["past", "future"]))  # fmt: skip
def test_a_weekday_is_near(
    publication: dt.date, day: int, which: str, direction: Direction
) -> None:
    name = dt.date(2018, 1, 1 + day).strftime("%A")
    when = resolve(find_dates(f"They met {which}{name}.")[0], publication, direction)
    assert when.start is not None and when.start == when.end
    assert when.start.weekday() == day
    assert abs((when.start - publication).days) <= 7


@settings(max_examples=200)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
       glue=st.sampled_from([" and ", ", ", "; in ", " "]), publication=DAYS,
       direction=st.sampled_from(["past", "future"]), offset=st.integers(0, 1000))  # fmt: skip
def test_ranges_run_forward_and_offsets_return_the_text(
    words: list[str], glue: str, publication: dt.date, direction: Direction, offset: int
) -> None:
    text = glue.join(words)
    end = offset
    for expression in find_dates(text, offset):
        assert text[expression.start - offset : expression.end - offset] == expression.text
        assert expression.start >= end
        end = expression.end
        when = resolve(expression, publication, direction)
        assert (when.start is None) == (when.end is None) == (when.precision == "unknown")
        assert when.start is None or when.end is None or when.start <= when.end


@settings(max_examples=200)
@given(text=st.text() | st.text("0123456789-/.,: ' MayinoftheJun\n"), publication=st.dates())
def test_never_raises(text: str, publication: dt.date) -> None:
    for expression in find_dates(text):
        assert text[expression.start : expression.end] == expression.text
        resolve(expression, publication)
        resolve(expression, publication, "future", When(publication, publication, "day"))


def _once(text: str) -> float:
    begin = time.process_time()
    find_dates(text)
    return time.process_time() - begin


@pytest.mark.parametrize("piece", ["1", "May ", "from May 3 to ", "the next few ", "1-", "12/"])
def test_time_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        return min(_once(text) for _ in range(3))

    small = max(seconds(10_000), 0.002)
    assert seconds(40_000) < 12 * small  # four times the text; quadratic would be sixteen


def _written(when: When) -> str:
    if when.start is None or when.end is None:
        return when.precision
    days = f"{when.start}" if when.start == when.end else f"{when.start}..{when.end}"
    return f"{days} {when.precision}"
