"""Finds the words of action in a parse and the sense of each that fits its construction.

Comes after `arguments`; feeds `roles`. A sense fits when all its conditions hold
(`knowledge/acts.py`); of several that fit, the most specific is taken, then the surest.
"""

from __future__ import annotations

from detente.events.arguments import (
    antecedent,
    is_verb,
    objects,
    prepositional,
    subjects,
    words,
)
from detente.events.roles import ActorIndex, carrying_verb
from detente.knowledge.acts import Acts, Need, Sense, senses_by_head
from detente.text.parse import Parse, Token

# Where a sense asks for a city, the name of one will do ('shelled Aleppo').
CITY = "city"
MODIFIERS = ("amod", "compound", "nmod", "nummod", "poss", "npadvmod", "advmod", "acl")


def find_senses(
    parse: Parse, actors: ActorIndex, acts: Acts | None = None
) -> list[tuple[Token, Sense]]:
    """The words of action of a sentence with their senses, in the order of the text.

    `acts` is the shipped lexicon unless given.
    """
    found = []
    for token in parse:
        sense = sense_of(token, actors, acts)
        if sense is not None:
            found.append((token, sense))
    return found


def sense_of(token: Token, actors: ActorIndex, acts: Acts | None = None) -> Sense | None:
    """The sense of one word in its construction, or None."""
    index = senses_by_head() if acts is None else acts
    for lemma, pos in lookup_keys(token):
        for sense in index.get((lemma, pos), ()):
            if all(holds(need, token, actors) for need in sense.needs):
                return sense
    return None


def lookup_keys(token: Token) -> list[tuple[str, str]]:
    """Under which (lemma, part of speech) a word stands in the lexicon."""
    if token.pos in ("PUNCT", "NUM", "DET", "SYM", "SPACE", "PRON", "ADP", "CCONJ"):
        return []
    pos = "v" if is_verb(token) else "a" if token.pos == "ADJ" else "n"
    keys = [(token.lemma, pos)]
    if pos == "n" and token.lower != token.lemma:
        keys.append((token.lower, pos))
    return keys


def holds(need: Need, head: Token, actors: ActorIndex) -> bool:
    """Whether a condition holds at this word."""
    return _positive(need, head, actors) != need.negated


def _positive(need: Need, head: Token, actors: ActorIndex) -> bool:
    match need.kind:
        case "noobj":
            return not _direct_objects(head)
        case "objactor":
            return any(
                actors.belonging(token) or actors.place_at(token) for token in _direct_objects(head)
            )
        case "comp":
            return bool(head.by_dep("ccomp"))
        case "poss":
            return bool(head.by_dep("poss"))
        case "prt":
            return any(t.lower in need.words for t in head.by_dep("prt", "advmod", "prep"))
        case "prep":
            return has_preposition(head, need.words)
        case "has":
            return any(t.lemma in need.words or t.lower in need.words for t in head.subtree())
        case "mod":
            return bool(modifiers(head) & need.words)
        case "obj":
            nouns = _direct_objects(head)
            is_town = CITY in need.words and any(actors.place_at(noun) for noun in nouns)
            return is_town or _any_lemma(nouns, need.words)
        case "subj":
            return _any_lemma(subjects(head) if is_verb(head) else [], need.words)
        case "xcomp":
            return _any_lemma(_open_complements(head), need.words)
        case "pobj":
            return _any_lemma(prepositional(head, (need.prep,)), need.words)


def modifiers(noun: Token) -> set[str]:
    """The words that modify a noun, lower case, as written and as lemmas; hyphen parts apart."""
    found: set[str] = set()
    stack = [child for child in noun.children if child.dep in MODIFIERS]
    for token in stack:
        found |= {token.lemma, token.lower, *token.lower.split("-")}
        stack += [t for t in token.children if t.dep in ("compound", "amod", "conj", "npadvmod")]
        if len(stack) > 40:
            break
    return found


def has_preposition(head: Token, preps: frozenset[str]) -> bool:
    """Whether one of these prepositions hangs from the word (or from its direct object)."""
    for child in head.children:
        fits = child.dep in ("prep", "agent", "dative", "prt", "advmod") and child.lower in preps
        if fits and not _tells_time(child):
            return True
    carrier = None if is_verb(head) else carrying_verb(head)
    around = head.by_dep("dobj") + ([carrier] if carrier is not None else [])
    return any(
        child.lower in preps and not _tells_time(child)
        for word in around
        for child in word.children
        if child.dep == "prep"
    )


def _tells_time(preposition: Token) -> bool:
    """Whether it stands before a day, month or hour: 'on Tuesday', 'at dawn'."""
    nouns = preposition.by_dep("pobj")
    return bool(nouns) and all(noun.lower in words("time_nouns") for noun in nouns)


def _direct_objects(head: Token) -> list[Token]:
    return objects(head) if is_verb(head) else []


def _open_complements(head: Token) -> list[Token]:
    found = head.by_dep("xcomp", "acl")
    # 'urged Iran to stop' is parsed as a full clause as often as not; 'said that' is no such thing.
    found += [c for c in head.by_dep("ccomp", "advcl") if any(t.tag == "TO" for t in c.children)]
    found += [verb for prep in head.by_dep("prep") for verb in prep.by_dep("pcomp")]
    return found


def _any_lemma(tokens: list[Token], lemmas: frozenset[str]) -> bool:
    """Whether one of these nouns (or what it is a number or kind of) has such a lemma."""
    if not lemmas:
        return bool(tokens)
    for token in tokens:
        noun = antecedent(token)
        if noun.lemma in lemmas or noun.lower in lemmas:
            return True
        if noun.lemma in words("transparent") and _any_lemma(prepositional(noun, ("of",)), lemmas):
            return True
        if any(m in lemmas and " " in m for m in _compounds(noun)):
            return True
    return False


def _compounds(noun: Token) -> list[str]:
    return [f"{child.lower} {noun.lower}" for child in noun.by_dep("compound", "amod")]
