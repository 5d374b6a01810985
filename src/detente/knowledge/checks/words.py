"""Checks of the small tables of codes and words, beyond their cells."""

from __future__ import annotations

from collections.abc import Iterator

from detente.knowledge.checks.finding import Finding
from detente.knowledge.checks.library import Library
from detente.knowledge.checks.schema import USERS


def check_probabilities(library: Library) -> Iterator[Finding]:
    """Yield ranges whose lower end is above the upper one."""
    for row in library.rows("probability.tsv"):
        try:
            upside_down = float(row["low"]) > float(row["high"])
        except ValueError:
            continue  # check_cells has said so
        if upside_down:
            yield row.finding("bad-number", f"low {row['low']} is above high {row['high']}")


def check_cameo(library: Library) -> Iterator[Finding]:
    """Yield CAMEO codes that are none, that lack the shorter code above, and that have no type.

    Only mere statements (01x) have no type in PLOVER.
    """
    rows = library.rows("cameo.tsv")
    codes = {row["code"] for row in rows}
    for row in rows:
        code = row["code"]
        if not (code.isdecimal() and 2 <= len(code) <= 4 and 1 <= int(code[:2]) <= 20):
            yield row.finding("bad-form", f"code: '{code}' is not 2 to 4 digits from 01 to 20")
        elif len(code) > 2 and code[:-1] not in codes:
            yield row.finding("unknown-value", f"code: {code} has no shorter code {code[:-1]}")
        if not row["type"] and not code.startswith("01"):
            yield row.finding("blank", f"no type for {code}")


def check_own(library: Library) -> Iterator[Finding]:
    """Yield rows of a user's own actors that say too little, or too much of a noun."""
    for row in library.rows(USERS):
        if not any(row[column] for column in ("country", "sectors", "office", "kind")):
            yield row.finding("blank", "neither country, sectors, office nor kind", row["form"])
        if row["kind"] == "noun" and not row["sectors"]:
            yield row.finding("blank", "a noun needs a sector", row["form"])
        if row["kind"] == "noun" and row["country"]:
            told = "a noun has no country: use the kind group"
            yield row.finding("contradiction", told, row["form"])
