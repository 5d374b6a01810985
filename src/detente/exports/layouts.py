"""Event rows in the column layouts of ICEWS, POLECAT, GDELT 1.0 and PETRARCH, and as dyad-days.

Those data sets have one line for one source and one target: a row with several actors gives a line
for each pair, a reciprocal one a line in each direction. What did not come about (`left_out` in
`layouts.yaml`) is left out. Field by field: `docs/exports.md`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations, product
from typing import Any

from detente.exports.rows import Row
from detente.knowledge.ontology import event_types, quad, score
from detente.knowledge.tables import load_yaml

LAYOUTS = ("icews", "polecat", "gdelt", "petrarch")
_NOBODY: Row = {"text": "", "name": None, "country": None, "sectors": [], "office": None}

Line = dict[str, Any]
DyadDays = Counter[tuple[str, str, str, str]]


def columns(layout: str) -> list[str]:
    """The columns of a layout, in order."""
    found: list[str] = _facts()["columns"][layout]
    return found


def headed(layout: str) -> bool:
    """Whether files of the layout begin with the names of their columns."""
    return layout in _facts()["headed"]


def lines(layout: str, row: Row, number: int) -> list[Line]:
    """The lines of one event row; `number` is the id of the first. Empty fields are left out."""
    make = {"icews": _icews, "polecat": _polecat, "gdelt": _gdelt, "petrarch": _petrarch}[layout]
    return [make(row, *pair, at) for at, pair in enumerate(pairs(row), start=number)]


def pairs(row: Row) -> Iterator[tuple[Row, Row]]:
    """Each source with each target; for a reciprocal row each actor with each other."""
    if row["status"] in _facts()["left_out"]:
        return
    if row["reciprocal"] and len(row["source"]) > 1:
        yield from permutations(row["source"], 2)
    else:
        yield from product(row["source"] or [_NOBODY], row["target"] or [_NOBODY])


def goldstein(cameo: str) -> float:
    """Goldstein's score of a CAMEO code, by its root: -10 (conflict) to +10 (cooperation)."""
    return float(_facts()["goldstein"][cameo[:2]])


def quad_class(cameo: str) -> int:
    """GDELT's quad class of a CAMEO code, 1 to 4, by its root."""
    return next(int(number) for last, number in _facts()["quads"].items() if cameo[:2] <= last)


def actor_code(actor: Row) -> str:
    """An actor in CAMEO's manner: its country, then its sectors in threes."""
    return (actor["country"] or "") + "".join(_sector_codes(actor))


def count_dyads(row: Row, counts: DyadDays) -> None:
    """Count a row under its day, its pair of countries and its type.

    Only rows whose day is known to the day, and pairs of two different countries; several actors
    of one country count once.
    """
    if row["date_precision"] != "day":
        return
    found = {(source["country"], target["country"]) for source, target in pairs(row)}
    for source, target in found:
        if source and target and source != target:
            counts[row["date_start"], source, target, row["type"]] += 1


def dyad_columns() -> list[str]:
    """The columns of a file of dyad-days: the dyad, its four quadrants, its sixteen types."""
    return ["day", "source", "target", *(f"quad_{n}" for n in range(1, 5)), *event_types()]


def dyad_lines(counts: DyadDays) -> Iterator[Line]:
    """One line for each dyad and day with an event, in order."""
    table: dict[tuple[str, str, str], Line] = {}
    for (day, source, target, kind), number in sorted(counts.items()):
        empty = dict.fromkeys(dyad_columns(), 0) | {"day": day, "source": source, "target": target}
        line = table.setdefault((day, source, target), empty)
        line[kind] += number
        line[f"quad_{quad(kind)}"] += number
    yield from table.values()


def _icews(row: Row, source: Row, target: Row, number: int) -> Line:
    return {
        "Event ID": number,
        "Event Date": row["date_start"],
        **{f"Source {name}": value for name, value in _icews_actor(source).items()},
        "Event Text": event_types()[row["type"]].about,
        "CAMEO Code": row["cameo"],
        "Intensity": goldstein(row["cameo"]),
        **{f"Target {name}": value for name, value in _icews_actor(target).items()},
        "Story ID": row["document"],
        "Sentence Number": row["sentence"] + 1,
        **_icews_place(row["place"]),
    }


def _icews_actor(actor: Row) -> Line:
    return {
        "Name": actor["name"] or actor["text"],
        "Sectors": ",".join(actor["sectors"]),
        "Country": actor["country"],
    }


def _icews_place(place: Row | None) -> Line:
    if place is None:
        return {}
    return {
        "City": place["name"],
        "Country": place["country"],
        "Latitude": place["latitude"],
        "Longitude": place["longitude"],
    }


def _polecat(row: Row, source: Row, target: Row, number: int) -> Line:
    place = row["place"] or {}
    return {
        "Event ID": f"{row['document']}-{number}",
        "Event Date": row["date_start"],
        "Event Type": row["type"],
        "Event Mode": row["mode"],
        "Intensity": score(row["type"], row["mode"]),
        "Quad Code": quad(row["type"]),
        "Contexts": ";".join(row["contexts"]),
        **_polecat_actor("Actor", source),
        **_polecat_actor("Recipient", target),
        "Placename": place.get("name"),
        "Country": place.get("country"),
        "Latitude": place.get("latitude"),
        "Longitude": place.get("longitude"),
        "Raw Placename": place.get("name"),
        "Language": "eng",
    }


def _polecat_actor(role: str, actor: Row) -> Line:
    return {
        f"{role} Name": actor["name"],
        f"{role} Country": actor["country"],
        f"Primary {role} Sector": next(iter(actor["sectors"]), None),
        f"{role} Sectors": ";".join(actor["sectors"]),
        f"{role} Title": actor["office"],
        f"{role} Name Raw": actor["text"],
    }


def _gdelt(row: Row, source: Row, target: Row, number: int) -> Line:
    code, place = row["cameo"], row["place"] or {}
    return {
        "GLOBALEVENTID": number,
        **_gdelt_days(row["date_start"]),
        **_gdelt_actor(1, source),
        **_gdelt_actor(2, target),
        "IsRootEvent": int(row["sentence"] <= 1),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": quad_class(code),
        "GoldsteinScale": goldstein(code),
        "NumMentions": 1,
        "NumSources": 1,
        "NumArticles": 1,
        "ActionGeo_FullName": place.get("name"),
        "ActionGeo_Lat": place.get("latitude"),
        "ActionGeo_Long": place.get("longitude"),
    }


def _gdelt_days(day: str | None) -> Line:
    if day is None:
        return {}
    within = dt.date.fromisoformat(day)
    return {
        "SQLDATE": day.replace("-", ""),
        "MonthYear": day[:7].replace("-", ""),
        "Year": day[:4],
        "FractionDate": f"{within.year + (within.month * 30 + within.day) / 365:.4f}",
    }


def _gdelt_actor(place: int, actor: Row) -> Line:
    types = {f"Actor{place}Type{n}Code": code for n, code in enumerate(_sector_codes(actor)[:3], 1)}
    return {
        f"Actor{place}Code": actor_code(actor),
        f"Actor{place}Name": (actor["name"] or actor["text"]).upper(),
        f"Actor{place}CountryCode": actor["country"],
        **types,
    }


def _petrarch(row: Row, source: Row, target: Row, number: int) -> Line:
    return {
        "date": (row["date_start"] or "").replace("-", ""),
        "source": actor_code(source) or "---",
        "target": actor_code(target) or "---",
        "code": row["cameo"],
        "id": f"{row['document']}_{row['sentence']}",
    }


def _sector_codes(actor: Row) -> Sequence[str]:
    written = _facts()["sector_codes"]
    return [code for sector in actor["sectors"] if (code := written.get(sector, sector))]


@cache
def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = load_yaml("layouts.yaml")
    return facts
