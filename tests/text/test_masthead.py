from __future__ import annotations

import datetime as dt

import pytest

from detente.model import Document
from detente.text import read_story
from detente.text.dateline import agency_named, read_dateline, title_case

LEAD = "The foreign minister said on Friday that talks with the neighbours would resume soon."
MORE = "He gave no day for the talks. Officials in both capitals said that nothing was settled yet."

DATELINES = [
    ("WASHINGTON (Reuters) – ", "Washington", "Reuters", None),
    ("BEIJING, June 17 (Xinhua) -- ", "Beijing", "Xinhua", (6, 17)),
    ("MOSCOW. March 3. /TASS/. ", "Moscow", "TASS", (3, 3)),
    ("GENEVA — ", "Geneva", None, None),
    ("Seoul, 5 March (Yonhap) -- ", "Seoul", "Yonhap", (3, 5)),
    ("LONDON/PARIS (Reuters) - ", "London/Paris", "Reuters", None),
    ("TEL AVIV, Israel (AP) — ", "Tel Aviv, Israel", "AP", None),
    ("WASHINGTON, DC – ", "Washington, DC", None, None),
    ("New Delhi [India], March 3 (ANI): ", "New Delhi [India]", "ANI", (3, 3)),
    ("ISLAMABAD: ", "Islamabad", None, None),
    ("(Reuters) - ", None, "Reuters", None),
    ("June 17 (Reuters) - ", None, "Reuters", (6, 17)),
    ("ASTANA. KAZINFORM - ", "Astana", "Kazinform", None),
    ("Damascus, SANA- ", "Damascus", "SANA", None),
    ("RIO DE JANEIRO, Nov. 3, 2021 (AFP) - ", "Rio de Janeiro", "AFP", (11, 3)),
    ("RAMALLAH, Tuesday, March 7, 2023 (WAFA) - ", "Ramallah", "WAFA", (3, 7)),
    ("N'DJAMENA (Reuters) - ", "N'Djamena", "Reuters", None),
    ("Kyiv – ", "Kyiv", None, None),
]

NO_DATELINES = [
    "BREAKING — " + LEAD,
    "Paris – the city of light – hosted the talks on Friday, officials said in the evening.",
    "Xi Jinping — who has ruled since then — met the envoy in the great hall on Friday evening.",
    "China - US talks resume",
    "In Geneva, the two ministers met on Friday for the first time in more than four years.",
    "The U.S. (and its allies) said that talks would resume soon after the summer, officials said.",
    "NATO — " + LEAD,
]


@pytest.mark.parametrize(("prefix", "place", "agency", "day"), DATELINES)
def test_datelines(
    prefix: str, place: str | None, agency: str | None, day: tuple[int, int] | None
) -> None:
    found = read_dateline(prefix + LEAD)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert ((found.month, found.day) if found.month else None) == day
    assert (prefix + LEAD)[found.end :] == LEAD


@pytest.mark.parametrize("paragraph", NO_DATELINES)
def test_no_datelines(paragraph: str) -> None:
    assert read_dateline(paragraph) is None


@pytest.mark.parametrize(("prefix", "place", "agency", "day"), DATELINES)
def test_the_first_sentence_begins_after_the_dateline(
    prefix: str, place: str | None, agency: str | None, day: object
) -> None:
    story = read_story(Document(text=f"Talks to resume\n\n{prefix}{LEAD}\n\n{MORE}"))
    assert story.dateline == place
    assert story.agency == agency
    assert story.sentences[1].text == LEAD
    assert [removed.kind for removed in story.removed] == ["dateline"]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("By Ana Reis and Tom de Witt", ["Ana Reis", "Tom de Witt"]),
        ("By HELEN MARSH, Associated Press", ["HELEN MARSH"]),
        ("By Jane Doe, Diplomatic Editor", ["Jane Doe"]),
        ("By Jane Doe in Moscow", ["Jane Doe"]),
        ("By Jane Doe | Reuters", ["Jane Doe"]),
        ("By Reuters Staff", []),
        ("By The Associated Press", []),
    ],
)
def test_bylines(byline: str, names: list[str]) -> None:
    story = read_story(Document(text=f"Talks to resume\n\n{byline}\n\n{LEAD}\n\n{MORE}"))
    assert list(story.bylines) == names
    assert [removed.kind for removed in story.removed] == ["byline"]


@pytest.mark.parametrize(
    "line",
    ["By Friday the talks had ended without result.", "By Tuesday, all had left",
     "By contrast, Rome said little"],
)  # fmt: skip
def test_no_bylines(line: str) -> None:
    story = read_story(Document(text=f"Talks to resume\n\n{line}\n\n{LEAD}\n\n{MORE}"))
    assert story.bylines == ()
    assert any(sentence.text == line for sentence in story.sentences)


@pytest.mark.parametrize(
    ("credits", "names"),
    [
        ("(Reporting by Jane Doe; Editing by Tom Ek)", ["Jane Doe"]),
        ("(Covering by Jane Doe)", ["Jane Doe"]),
        (
            "Reporting by Jane Doe in Rome and Li Wei in New York; additional reporting by "
            "Omar Said; writing by Ann Lee; editing by Bo Ek and Cy Dahl",
            ["Jane Doe", "Li Wei", "Omar Said", "Ann Lee"],
        ),
        ("Coverage by Jane Doe; Edited by Tom Ek", ["Jane Doe"]),
    ],
)
def test_reporters_are_named_and_editors_are_not(credits: str, names: list[str]) -> None:
    story = read_story(Document(text=f"Talks to resume\n\n{LEAD}\n\n{MORE}\n\n{credits}"))
    assert list(story.bylines) == names
    assert [removed.kind for removed in story.removed] == ["credits"]


@pytest.mark.parametrize(
    ("fields", "agency"),
    [
        ({"source": "Xinhua News Agency"}, "Xinhua"),
        ({"url": "https://www.reuters.com/world/x"}, "Reuters"),
        ({"url": "https://en.yna.co.kr/view/1"}, "Yonhap"),
        ({"source": "www.bbc.co.uk"}, "BBC"),
        ({"source": "The Strait Courier", "url": "https://courier.example/a"}, None),
        ({"url": "http://[broken"}, None),
    ],
)
def test_agency_from_the_source(fields: dict[str, str], agency: str | None) -> None:
    document = Document(
        text=f"{LEAD}\n\n{MORE}", source=fields.get("source"), url=fields.get("url")
    )
    assert read_story(document).agency == agency


def test_titles() -> None:
    story = read_story(Document(text=f"Talks to resume after four years\n\n{LEAD}\n\n{MORE}"))
    assert story.title == "Talks to resume after four years"
    assert [sentence.kind for sentence in story.sentences][:2] == ["title", "body"]
    for alone in ("Talks to resume after four years", LEAD):
        only = read_story(Document(text=alone))
        assert [sentence.kind for sentence in only.sentences] == ["body"]
        assert only.title is None
    body = read_story(Document(text=f"{LEAD}\n\n{MORE}"))
    assert {sentence.kind for sentence in body.sentences} == {"body"}
    named = read_story(Document(text=f"Rome talks\n\n{LEAD}\n\n{MORE}", title="A title given"))
    assert named.title == "A title given"


def test_headings() -> None:
    text = f"Talks to resume\n\n{LEAD}\n\nA Long Quarrel\n\n{MORE}\n\nHe then left for"
    kinds = {s.text: s.kind for s in read_story(Document(text=text)).sentences}
    assert kinds["A Long Quarrel"] == "heading"
    assert kinds["He then left for"] == "body"


@pytest.mark.parametrize(
    ("written", "usual"),
    [("PORT OF SPAIN", "Port of Spain"), ("WASHINGTON, DC", "Washington, DC"),
     ("Tel Aviv", "Tel Aviv"), ("LONDON/PARIS", "London/Paris")],
)  # fmt: skip
def test_title_case(written: str, usual: str) -> None:
    assert title_case(written) == usual


def test_agencies_are_known_by_their_forms() -> None:
    assert agency_named("Agence France-Presse") == "AFP"
    assert agency_named("(XINHUA)") == "Xinhua"
    assert agency_named("Nobody News") is None


DAYS = [
    ({"date": dt.date(2023, 5, 1)}, "Published: 3 May 2021\n\n" + LEAD, "2023-05-01", "given"),
    ({}, "Published: 3 May 2021\n\n" + LEAD, "2021-05-03", "metadata"),
    ({}, "Updated 4 May 2021 | Published 3 May 2021\n\n" + LEAD, "2021-05-04", "metadata"),
    ({}, "June 17, 2023 10:15 GMT\n\n" + LEAD, "2023-06-17", "metadata"),
    ({}, "ROME, June 17 (ANSA) - Italy has waited since 2019. Now, in 2022, it has its road.",
     "2022-06-17", "inferred"),
    ({}, "ROME, March 14 (ANSA) - Italy said on Tuesday that its road, begun in 2022, was open.",
     "2023-03-14", "inferred"),
    ({}, "ROME, March 14, 2023 (ANSA) - " + LEAD, "2023-03-14", "inferred"),
    ({"url": "https://x.example/2023/06/17/talks"}, LEAD, "2023-06-17", "inferred"),
    ({"url": "https://x.example/2023/jun/17/talks"}, LEAD, "2023-06-17", "inferred"),
    ({}, "The two met on Saturday, June 17, 2023, in Rome.", "2023-06-17", "inferred"),
    ({}, "The two met on Monday, June 17, 2023, in Rome.", None, "unknown"),
    ({}, "ROME, June 17 (ANSA) - " + LEAD, None, "unknown"),
    ({}, "ROME, May 5 (ANSA) - Talks resume on Monday. They broke off in 1998.", None, "unknown"),
    ({}, "ROME, June 17 (ANSA) - Italy will have its road by 2035, the minister told us.",
     None, "unknown"),
    ({}, "Published: 30 February 2023\n\n" + LEAD, None, "unknown"),
    ({"url": "https://x.example/2023/02/30/talks"}, LEAD, None, "unknown"),
    ({}, "The war ended in 1945. Talks were held on May 4, 1946.", None, "unknown"),
    ({}, LEAD, None, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "text", "day", "source"), DAYS)
def test_the_day_of_publication(
    fields: dict[str, object], text: str, day: str | None, source: str
) -> None:
    document = Document(text=f"{text}\n\n{MORE}", **fields)  # type: ignore[arg-type]
    story = read_story(document)
    assert (story.date.isoformat() if story.date else None, story.date_source) == (day, source)
