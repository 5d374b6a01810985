"""Relations as rows for programs: plain dictionaries that become JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.relations.agenda import Item
from detente.relations.change_points import Change
from detente.relations.channels_over_time import LineHistory
from detente.relations.dossier import Dossier
from detente.relations.expectations import Record, Resolution
from detente.relations.forecast import Forecast
from detente.relations.happening import Happening
from detente.relations.index import Reading
from detente.relations.issues_over_time import IssueHistory

Row = dict[str, Any]


def dossier_row(found: Dossier) -> Row:
    """A dossier as one object."""
    return {
        "ours": list(found.ours),
        "theirs": list(found.theirs),
        "as_of": found.as_of.isoformat(),
        "now": reading_row(found.now) if found.now else None,
        "trend": _rounded(found.trend),
        "index": [reading_row(reading) for reading in found.index],
        "changes": [change_row(change) for change in found.changes],
        "last": [happening_row(h) for h in found.last],
        "agenda": [item_row(item) for item in found.agenda],
        "issues": [issue_row(issue) for issue in found.issues],
        "channels": [line_row(line) for line in found.lines],
        "expectations": [resolution_row(r) for r in found.expectations],
        "third_parties": [{"country": code, "happenings": n} for code, n in found.third],
        "conflicting": list(found.conflicts),
    }


def happening_row(h: Happening) -> Row:
    """A happening, by its incident's id."""
    return {
        "incident": h.id,
        "type": h.type,
        "mode": h.mode,
        "act": h.act,
        "status": h.status,
        "source": list(h.source),
        "target": list(h.target),
        "reciprocal": h.reciprocal,
        "date_start": h.start.isoformat() if h.start else None,
        "date_end": h.end.isoformat() if h.end else None,
        "place": h.place,
        "score": h.score,
        "families": h.families,
        "confidence": _rounded(h.confidence),
        "words": h.words,
    }


def reading_row(reading: Reading) -> Row:
    """One period of the index."""
    return {
        "start": reading.start.isoformat(),
        "end": reading.end.isoformat(),
        "level": _rounded(reading.level),
        "low": _rounded(reading.low),
        "high": _rounded(reading.high),
        "cooperation": _rounded(reading.cooperation),
        "conflict": _rounded(reading.conflict),
        "quads": list(reading.quads),
        "share": _rounded(reading.share, 4),
    }


def change_row(change: Change) -> Row:
    """A change point with the incidents that moved the index."""
    return {
        "day": change.day.isoformat(),
        "before": _rounded(change.before),
        "after": _rounded(change.after),
        "moved_by": [
            {"date": m.day.isoformat(), "then": m.status, **happening_row(m.happening)}
            for m in change.movers
        ],
    }


def item_row(item: Item) -> Row:
    """An engagement with its life."""
    return happening_row(item.happening) | {
        "stage": item.stage,
        "life": [
            {"stage": step.stage, "date": step.day.isoformat(), "document": step.document or None}
            for step in item.life
        ],
    }


def issue_row(issue: IssueHistory) -> Row:
    """An issue with who raised it and each side's last words."""
    return {
        "name": issue.issue,
        "first": issue.first.isoformat(),
        "last": issue.last.isoformat(),
        "raised": issue.raised,
        "by": [{"country": code, "times": n} for code, n in issue.by],
        "acts": [{"type": act, "times": n} for act, n in issue.acts],
        "positions": [
            {"country": p.country, "date": p.day.isoformat(), "text": p.words,
             "document": p.document}
            for p in issue.positions
        ],
    }  # fmt: skip


def line_row(line: LineHistory) -> Row:
    """A line of communication with its states."""
    return {
        "kind": line.kind,
        "parties": list(line.parties),
        "state": line.state,
        "history": [
            {"state": turn.state, "date": turn.day.isoformat(), "text": turn.words,
             "document": turn.document, "against": list(turn.against)}
            for turn in line.turns
        ],
    }  # fmt: skip


def resolution_row(found: Resolution) -> Row:
    """An expectation and what came of it."""
    claim = found.claim
    return {
        "made": claim.made.isoformat(),
        "holder": claim.holder,
        "claim": claim.claim,
        "words": claim.words,
        "low": claim.low,
        "high": claim.high,
        "act": claim.act,
        "states": list(claim.states),
        "due": claim.due.isoformat(),
        "state": found.state,
        "came": found.came,
        "brier": _rounded(found.brier, 4),
        "incident": found.by.id if found.by else claim.happening,
        "document": claim.document,
    }


def record_row(record: Record) -> Row:
    """How a holder's claims, or those of a wording, turned out."""
    return {
        "name": record.name,
        "claims": record.claims,
        "resolved": record.resolved,
        "expected": _rounded(record.expected),
        "came": _rounded(record.came),
        "low": _rounded(record.low),
        "high": _rounded(record.high),
        "brier": _rounded(record.brier, 4),
    }


def forecast_row(told: Forecast, pair: Sequence[str]) -> Row:
    """A forecast with its drivers and its record."""
    return {
        "pair": list(pair),
        "as_of": told.as_of.isoformat(),
        "days": told.days,
        "chances": [
            {
                "type": chance.type,
                "probability": _rounded(chance.probability, 4),
                "climatology": _rounded(chance.climatology, 4),
                "drivers": [
                    {"name": driver.name, "points": _rounded(driver.points, 4)}
                    for driver in chance.drivers
                ],
            }
            for chance in told.chances
        ],
        "engagements": [
            happening_row(e.happening) | {"probability": _rounded(e.probability, 4)}
            for e in told.engagements
        ],
        "skill": _skill_row(told),
        "warning": told.warning,
    }


def _skill_row(told: Forecast) -> Row | None:
    skill = told.skill
    if skill is None:
        return None
    names = ("brier", "brier_climatology", "brier_last", "log", "log_climatology", "log_last")
    return {
        "windows": skill.windows,
        "skill": _rounded(skill.skill, 4),
        **{name: _rounded(getattr(skill, name), 4) for name in names},
        "calibration": [
            {"expected": _rounded(mean), "came": _rounded(came), "n": n}
            for mean, came, n in skill.bins
        ],
    }


def _rounded(value: float | None, digits: int = 3) -> float | None:
    return None if value is None else round(value, digits)
