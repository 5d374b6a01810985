"""The corpus the relation model learns from: sentences we wrote, two actors marked in each.

`corpus/*.tsv` holds one sentence a line: PLOVER type (or NONE), mode (or `-`), and the text with
its doer as `{S:...}` and the one it is done to as `{T:...}`. The examples of the act lexicon
(`src/detente/knowledge/acts/`) are added, coded by the lexicon itself. One line in ten, chosen by a
hash of its text so that it never moves, is kept out of training to measure on.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, structs

from detente.events.relation_model import NO_RELATION, Marked
from detente.knowledge.ontology import event_types

CORPUS = Path(__file__).parent / "corpus"
_MARK = re.compile(r"\{([ST]):([^{}]+)\}")
# Relations that hold in both directions: turned round they are the same.
MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})
# One in so many sentences is kept out of training.
HELD_OUT = 10


class Line(Struct, frozen=True):
    """A labelled sentence; `mode` is None where none applies."""

    marked: Marked
    type: str
    mode: str | None
    where: str


class CorpusError(ValueError):
    """A line that cannot be used: says which and why."""


def read_line(line: str, where: str) -> Line:
    """Read `type<TAB>mode<TAB>text with {S:..} and {T:..}`.

    Raises:
        CorpusError: not three cells, an unknown type, or not one S and one T.
    """
    cells = line.rstrip("\n").split("\t")
    if len(cells) != 3:
        raise CorpusError(f"{where}: {len(cells)} cells; give type, mode and text")
    type_, mode, text = cells
    if type_ not in (*event_types(), NO_RELATION):
        raise CorpusError(f"{where}: no PLOVER type '{type_}'")
    return Line(_marked(text, where), type_, None if mode in ("-", "") else mode, where)


def _marked(text: str, where: str) -> Marked:
    plain, spans, last = "", {}, 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        spans[match[1]] = (len(plain), len(plain) + len(match[2]))
        plain += match[2]
        last = match.end()
    if set(spans) != {"S", "T"} or len(_MARK.findall(text)) != 2:
        raise CorpusError(f"{where}: mark one {{S:...}} and one {{T:...}}")
    return Marked(plain + text[last:], spans["S"], spans["T"])


def written() -> Iterator[Line]:
    """The lines of `corpus/*.tsv`, comments and blank lines left out."""
    for path in sorted(CORPUS.glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if line.strip() and not line.startswith("#"):
                yield read_line(line, f"{path.name}:{number}")


def examples() -> Iterator[Line]:
    """The examples of the act lexicon whose own sense codes them with two actors apart."""
    from detente import Coder, Document
    from detente.knowledge.acts import all_senses

    coder = Coder()
    for sense in all_senses():
        for event in coder.code(Document(sense.example)).events:
            if not event.why.startswith(f"lexicon:{sense.id}"):
                continue
            source = event.source[0]
            target = event.target[0] if event.target else event.source[-1]
            spans = (source.start, source.end), (target.start, target.end)
            if spans[0][1] <= spans[1][0] or spans[1][1] <= spans[0][0]:
                yield Line(Marked(sense.example, *spans), event.type, event.mode, sense.id)
            break


def is_held_out(line: Line) -> bool:
    """Whether the sentence is for measuring; all pairs of one sentence go the same way."""
    digest = hashlib.sha256(line.marked.sentence.encode()).digest()
    return digest[0] % HELD_OUT == 0


def turned(line: Line) -> Line:
    """The same sentence asked the other way round."""
    back = structs.replace(line.marked, source=line.marked.target, target=line.marked.source)
    if line.type in MUTUAL:
        return structs.replace(line, marked=back)
    return structs.replace(line, marked=back, type=NO_RELATION, mode=None)


def renamed(line: Line, names: Sequence[str], chance: random.Random) -> Line:
    """The sentence with other names for its actors, so that no name stands for a type."""
    sentence = line.marked.sentence
    spans = {"S": line.marked.source, "T": line.marked.target}
    text, moved, last = "", {}, 0
    for key, (start, end) in sorted(spans.items(), key=lambda item: item[1]):
        name = chance.choice(names)
        text += sentence[last:start]
        moved[key] = (len(text), len(text) + len(name))
        text += name
        last = end
    return structs.replace(line, marked=Marked(text + sentence[last:], moved["S"], moved["T"]))
