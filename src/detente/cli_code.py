"""What `detente code` does with one document, in whichever process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from detente.coder import Coder
from detente.exports.rows import event_rows
from detente.knowledge.own_ontology import Ontology, read_ontology
from detente.model import Document

ENGLISH = ("en", None)
# Any sentence with a row in it: to code it loads all that coding needs.
FIRST = "Peru's president met Chile's foreign minister in Lima on Monday."


class Coded(Struct, frozen=True):
    """The rows of a document, or why it has none."""

    document: str
    rows: list[dict[str, Any]]
    refused: str = ""


class CodeDocument:
    """Gives a document's rows; another process gets the settings and loads its own coder.

    `dictionaries` and `ontology_file` are the user's own; rows less sure than `min_confidence` (0
    to 1) are left out. Lines of a dictionary that cannot be used are told to `complain`.

    Raises:
        InputError: a dictionary or the ontology cannot be used.
    """

    def __init__(
        self,
        dictionaries: tuple[str, ...] = (),
        ontology_file: str | None = None,
        min_confidence: float = 0.0,
        complain: Callable[[str], None] = lambda _: None,
    ) -> None:
        from detente.actors import load_lexicon

        self._settings = (dictionaries, ontology_file, min_confidence)
        self.ontology: Ontology | None = read_ontology(ontology_file) if ontology_file else None
        own = load_lexicon(dictionaries, complain) if dictionaries else None
        self._coder = Coder(own, self.ontology)
        self._least = min_confidence

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), self._settings

    def load(self) -> None:
        """Load all that coding needs, now rather than with the first document."""
        self._coder.code(Document(FIRST))

    def __call__(self, document: Document) -> Coded:
        """Code one document; one that is not English is refused."""
        coding = self._coder.code(document)
        language = coding.story.language
        if language not in ENGLISH:
            return Coded(document.id, [], f"not English but '{language}'")
        rows = event_rows(coding, self.ontology)
        return Coded(document.id, [row for row in rows if row["confidence"] >= self._least])
