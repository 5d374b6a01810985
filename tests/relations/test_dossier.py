"""The dossier of a pair, as it was known on a day, and its faces."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ElementTree

import pytest

from detente.exports.plot import index_svg, sparkline
from detente.exports.relations_rows import dossier_row, forecast_row
from detente.exports.relations_text import dossier_md, dossier_text, forecast_text
from detente.knowledge.ontology import quad, score
from detente.model import InputError, Status
from detente.relations.channels_over_time import Sighting
from detente.relations.dossier import Dossier, Said, dossier
from detente.relations.expectations import Claim
from detente.relations.forecast import forecast
from detente.relations.happening import Happening, Turn
from detente.relations.issues_over_time import Raising

START = dt.date(2023, 1, 1)
PAIR = ("CHN", "USA")


def day(number: int) -> dt.date:
    return START + dt.timedelta(number)


def deed(
    number: int,
    type_: str,
    *turns: tuple[int, Status],
    name: str = "",
    third: tuple[str, ...] = (),
    act: str | None = None,
) -> Happening:
    told: tuple[tuple[int, Status], ...] = turns or ((number, "occurred"),)
    return Happening(
        id=name or f"{type_}{number}", type=type_, act=act or type_, mode=None,
        status=told[-1][1], source=("USA",), target=("CHN", *third), reciprocal=False,
        start=day(number), end=day(number), precision="day", score=score(type_), quad=quad(type_),
        history=tuple(Turn(day(n), status, f"d{n}") for n, status in told),
        words=f"What {type_} did | on day {number}.",
    )  # fmt: skip


BALLOON = deed(34, "COERCE", name="balloon")
TRIP = deed(169, "CONSULT", (18, "planned"), (33, "postponed"), (160, "planned"), (170, "occurred"),
            name="trip")  # fmt: skip
CALL = deed(210, "AGREE", (190, "planned"), name="call", act="CONSULT")
STORY = [
    *(deed(n, "CONSULT") for n in range(0, 32, 2)),
    BALLOON,
    TRIP,
    CALL,
    *(deed(n, "ACCUSE") for n in range(36, 160, 4)),
    *(deed(n, "CONSULT") for n in range(171, 200, 2)),
    deed(60, "MOBILIZE", third=("TWN",), name="drill"),
]
SAID = Said(
    raisings=(Raising(day(60), "Taiwan", PAIR, "CHN", "ACCUSE", "A red line.", "d60"),),
    sightings=(Sighting(day(40), "military", PAIR, "suspended", "Calls go unanswered.", "d40"),),
    claims=(
        Claim(day(165), "an analyst", "they may meet", "may", 0.25, 0.6, "CONSULT", PAIR, day(180)),
    ),
)


def told(as_of: int, theirs: tuple[str, ...] = ("CHN",)) -> Dossier:
    return dossier(STORY, ["USA"], theirs, as_of=day(as_of), said=SAID)


def test_it_uses_only_what_was_known_on_the_day() -> None:
    early = told(32)
    assert [h.id for h in early.last][:1] == ["CONSULT30"]
    (trip,) = early.agenda
    assert (trip.stage, trip.happening.type) == ("planned", "AGREE")
    assert not early.issues
    assert not early.lines
    later = told(50)
    assert later.agenda[0].stage == "postponed"
    assert [line.state for line in later.lines] == ["suspended"]


def test_relations_fall_with_the_balloon_and_rise_with_the_visits() -> None:
    found = told(205)
    down, up = found.changes
    assert not down.better
    assert up.better
    assert down.movers[0].happening == BALLOON
    assert {"balloon", "trip"} <= {m.happening.id for m in down.movers}
    assert found.trend is not None
    assert found.trend > 1
    before = told(100)
    assert before.now is not None
    assert before.now.level is not None
    assert before.now.level < 0


def test_expectations_are_resolved() -> None:
    states = [(r.claim.holder, r.state) for r in told(205).expectations]
    assert ("an analyst", "kept") in states
    assert ("reports", "open") in states


def test_third_parties_and_one_sided() -> None:
    assert told(205).third == (("TWN", 1),)
    alone = told(205, ())
    assert len(alone.last) == 10
    assert alone.theirs == ()


def test_before_all_data_and_without_any_it_says_so() -> None:
    with pytest.raises(InputError, match="nothing was known on 2022-12-12: the first report is of"):
        told(-20)
    with pytest.raises(InputError, match="no dated happening"):
        dossier([], ["USA"], ["CHN"])


def test_a_pair_with_nothing_is_told_plainly() -> None:
    found = dossier(STORY, ["USA"], ["FRA"], as_of=day(205))
    assert "nothing between them is known yet" in dossier_text(found)


def test_reports_that_disagree_are_named() -> None:
    odd = deed(9, "CONSULT", (9, "occurred"), (9, "denied"), name="odd")
    found = dossier([odd], ["USA"], ["CHN"])
    assert found.conflicts == ("reports of 2023-01-10 disagree on odd: denied, occurred",)
    assert "! reports of 2023-01-10 disagree" in dossier_text(found)


def test_the_faces_tell_the_same() -> None:
    found = told(205)
    text, markdown = dossier_text(found), dossier_md(found)
    row = json.loads(json.dumps(dossier_row(found)))
    assert text.startswith("United States and China, 25 Jul 2023\nindex ")
    for part in ("Taiwan", "military", "suspended", "WHAT MOVED IT", "planned 10 Jul 2023"):
        assert part in text
    assert "## What moved it" in markdown
    assert "did \\| on day" in markdown
    assert row["now"] == row["index"][-1]
    assert row["changes"][0]["moved_by"][0]["incident"] == "balloon"
    assert row["channels"][0]["history"][0]["text"] == "Calls go unanswered."
    assert text == dossier_text(told(205))


def test_the_picture_is_sound_xml_with_its_changes() -> None:
    found = told(205)
    tree = ElementTree.fromstring(index_svg(found.index, found.changes, "A & B <index>"))
    lines = [e for e in tree.iter() if e.get("class") == "change"]
    assert len(lines) == 2
    assert "A & B <index>" in [e.text for e in tree.iter()]
    assert "no readings" in index_svg([])


def test_the_sparkline_rises_with_the_level() -> None:
    line = sparkline(told(205).index)
    assert len(line) == len(told(205).index)
    assert line[-1] > line[15]


def test_the_forecast_is_told_with_its_reasons_and_record() -> None:
    foretold = forecast(STORY, day(205), 14)
    text = forecast_text(foretold, PAIR)
    assert text.startswith("China and United States: the 14 days after 25 Jul 2023\n")
    assert "rate of the last weeks +" in text
    assert "Brier" in text
    assert "AGENDA" in text
    row = json.loads(json.dumps(forecast_row(foretold, PAIR)))
    assert len(row["chances"]) == 16
    assert [e["incident"] for e in row["engagements"]] == ["call"]
    empty = forecast_text(forecast([], day(205), 14), PAIR)
    assert "too little history" in empty
    assert "never tried" in empty
