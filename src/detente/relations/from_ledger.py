"""From the ledger to what the measures read: happenings, issues raised, lines seen, judgements.

The one module of this folder that knows the ledger. A judgement is tied to the incident of its own
sentence; one whose sentence tells of no deed to come cannot be resolved and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from detente.model import Actor, InputError, Statement
from detente.relations.channels_over_time import Sighting
from detente.relations.dossier import Said
from detente.relations.expectations import Claim
from detente.relations.happening import Happening, Turn, from_incident
from detente.relations.issues_over_time import Raising

if TYPE_CHECKING:
    from detente.ledger import Entry, Ledger

AHEAD = ("planned", "possible", "hypothetical", "postponed")
# Sentences of incidents by document and where they begin, to the incidents they tell of.
Tellers = dict[tuple[str, int], list[str]]


class Record(Struct, frozen=True):
    """All that the measures read of a ledger."""

    happenings: tuple[Happening, ...]
    said: Said


def record_of(ledger: Ledger) -> Record:
    """Read a whole ledger, in an order that depends on its content alone."""
    happenings, tellers = [], Tellers()
    for incident in ledger.incidents():
        made = from_incident(msgspec.to_builtins(incident))
        happenings.append(_with_days(made, ledger) if was_ahead(made) else made)
        for told in incident.reports:
            tellers.setdefault((told.document, told.evidence.start), []).append(incident.id)
    by_id = {h.id: h for h in happenings}
    raisings: list[Raising] = []
    sightings: list[Sighting] = []
    claims: list[Claim] = []
    for entry in ledger.documents():
        raisings += _raisings(entry)
        sightings += _sightings(entry)
        claims += _claims(entry, tellers, by_id)
    said = Said(tuple(sorted(set(raisings), key=repr)), tuple(sorted(sightings)), tuple(claims))
    return Record(tuple(happenings), said)


def was_ahead(h: Happening) -> bool:
    """Whether a happening was ever spoken of as still to come."""
    return any(turn.status in AHEAD for turn in h.history)


def _with_days(h: Happening, ledger: Ledger) -> Happening:
    """A happening whose history tells the days that each report named."""
    history = tuple(
        Turn(day, event.status, document, event.when.start, event.when.end)
        for document, day, event in ledger.events_of(h.id)
        if day is not None
    )
    return msgspec.structs.replace(h, history=history) if history else h


def record_of_lines(lines: Iterable[bytes], name: str) -> Record:
    """Read incidents as `detente incidents --format jsonl` writes them; `name` is for errors.

    Raises:
        InputError: a line is no incident.
    """
    happenings = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row: Any = msgspec.json.decode(line)
            if not isinstance(row, dict):
                raise InputError("not a JSON object; give one incident a line")
            happenings.append(from_incident(row))
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise InputError(f"{name}:{number}: not JSON; give one incident a line") from None
        except InputError as error:
            raise InputError(f"{name}:{number}: {error}") from None
    return Record(tuple(happenings), Said())


def _raisings(entry: Entry) -> Iterator[Raising]:
    day = entry.kept.day
    if day is None:
        return
    parties = {issue.name: issue.parties for issue in entry.kept.issues}
    spoken = set()
    for statement in entry.kept.statements:
        raiser = _country(statement.speaker)
        for issue in statement.issues:
            spoken.add((issue, statement.evidence.start))
            yield Raising(
                day, issue, parties.get(issue) or _two(statement), raiser,
                _act(entry, statement, raiser), _line(statement.evidence.text), entry.document.id,
            )  # fmt: skip
    for matter in entry.kept.issues:
        for passage in matter.evidence:
            if (matter.name, passage.start) not in spoken:
                yield Raising(
                    day, matter.name, matter.parties, None, None, _line(passage.text),
                    entry.document.id,
                )  # fmt: skip


def _act(entry: Entry, statement: Statement, raiser: str | None) -> str | None:
    """The type of what the speaker did in the sentence of the statement."""
    for event in entry.events:
        if event.evidence.start == statement.evidence.start and raiser in map(
            _country, event.source
        ):
            return event.type
    return None


def _two(statement: Statement) -> tuple[str, ...]:
    codes = (_country(statement.speaker), _country(statement.addressee))
    return tuple(sorted({code for code in codes if code}))


def _sightings(entry: Entry) -> Iterator[Sighting]:
    if entry.kept.day is None:
        return
    for channel in entry.kept.channels:
        yield Sighting(
            entry.kept.day, channel.kind, tuple(sorted(channel.parties)), channel.state,
            _line(channel.evidence.text), entry.document.id,
        )  # fmt: skip


def _claims(entry: Entry, tellers: Tellers, by_id: dict[str, Happening]) -> Iterator[Claim]:
    if entry.kept.day is None:
        return
    for outlook in entry.kept.outlook:
        at = outlook.evidence.start
        ahead = [e for e in entry.events if e.evidence.start == at and e.status in AHEAD]
        told = [by_id[i] for i in tellers.get((entry.document.id, at), ()) if i in by_id]
        tied = [h for h in told if any(e.act == h.act for e in ahead)]
        if not tied:
            continue
        h = tied[0]
        holder = outlook.holder
        yield Claim(
            entry.kept.day, (holder.name or holder.text) if holder else entry.document.id,
            outlook.claim, outlook.words, outlook.low, outlook.high, h.act, h.states,
            outlook.horizon_end, h.id, entry.document.id,
        )  # fmt: skip


def _country(actor: Actor | None) -> str | None:
    return actor.country if actor else None


def _line(text: str) -> str:
    return " ".join(text.split())
