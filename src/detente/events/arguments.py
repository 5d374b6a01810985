"""Who stands where around a word of action: subjects, objects and prepositions of a parse.

Comes after `text/parse` and `actors/`; feeds `senses` and `roles`. Everything is *deep*: the
subject of a passive is an object, the antecedent of 'which' stands for 'which', the subject of
'agreed to stop' is also that of 'stop'. Leaves out ellipsis ('France did, too').
"""

from __future__ import annotations

from functools import cache

from detente.knowledge.tables import load_yaml
from detente.text.parse import Token

# A tree is at most this deep for us: parses of damaged text can chain without end.
MAX_CLIMB = 12

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
VERBS = ("VERB", "AUX")


@cache
def words(name: str) -> frozenset[str]:
    """One of the sets of `knowledge/syntax.yaml`."""
    return frozenset(str(word) for word in load_yaml("syntax.yaml")[name])


def is_verb(token: Token) -> bool:
    """Whether the token is used as a verb (participles and gerunds included)."""
    return token.pos in VERBS or (token.tag.startswith("VB") and token.pos != "ADJ")


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive: 'was seized', 'a ship seized by', not 'had seized'."""
    if verb.by_dep("auxpass", *PASSIVE_SUBJECTS):
        return True
    if verb.tag == "VBN" and verb.by_dep("agent") and not verb.by_dep("dobj"):
        return True
    if verb.tag != "VBN" or verb.by_dep("aux"):
        return False
    return verb.dep == "acl" and not verb.by_dep("dobj")


def with_conjuncts(token: Token) -> list[Token]:
    """A noun and those joined to it: 'Russia, China and Iran'; and its appositions."""
    found = [token]
    for head in found:
        if len(found) > MAX_CLIMB * 4:
            break
        found += [child for child in head.children if child.dep in ("conj", "appos")]
    return found


def antecedent(token: Token) -> Token:
    """The noun a relative pronoun stands for; any other token stands for itself."""
    if token.tag not in ("WDT", "WP", "WP$") and token.lower not in words("relative_pronouns"):
        return token
    for ancestor in [token, *_climb(token)]:
        if ancestor.dep == "relcl":
            return ancestor.head
    return token


def subjects(verb: Token) -> list[Token]:
    """Who does it: deep subjects of a verb, conjuncts included, nearest construction first."""
    return _expand(_subject_heads(verb, 0))


def objects(verb: Token) -> list[Token]:
    """To whom or what: deep objects of a verb, conjuncts included."""
    return _expand(_object_heads(verb))


def prepositional(head: Token, preps: frozenset[str] | tuple[str, ...]) -> list[Token]:
    """The nouns after these prepositions at a verb or noun, conjuncts included.

    'ahead of X' and 'out of X' are found under their last preposition and under their whole.
    """
    found: list[Token] = []
    for child in head.children:
        if child.dep in ("prep", "agent", "dative") and child.children:
            found += _objects_of(child, child.lower, preps, 0)
        elif child.dep in ("advmod", "prt"):
            for inner in child.by_dep("prep"):
                found += _objects_of(inner, inner.lower, preps, 0)
        elif child.dep == "dative" and "to" in preps:
            found.append(child)
    return _expand(found)


def complements(verb: Token) -> list[Token]:
    """The verbs of the clauses that complete this one: 'said that ...', 'agreed to ...'."""
    return verb.by_dep("ccomp", "xcomp")


def negated(token: Token) -> bool:
    """Whether the word itself is denied: 'did not meet', 'no talks', 'never visited'."""
    for child in token.children:
        if child.dep == "neg" or (child.dep in ("det", "preconj", "advmod") and _denies(child)):
            return True
    return False


def carries(verb: Token) -> bool:
    """Whether the verb is light: the noun it governs is the deed ('held talks')."""
    return verb.lemma in words("light") or verb.lemma == "be"


def _denies(token: Token) -> bool:
    return token.lower in words("negation")


def _climb(token: Token) -> list[Token]:
    return list(token.ancestors())[:MAX_CLIMB]


def _expand(heads: list[Token]) -> list[Token]:
    found: list[Token] = []
    for head in heads:
        for token in with_conjuncts(antecedent(head)):
            if token not in found:
                found.append(token)
    return found


def _subject_heads(verb: Token, depth: int) -> list[Token]:
    if depth > MAX_CLIMB:
        return []
    if is_passive(verb):
        return [noun for by in verb.by_dep("agent") for noun in by.by_dep("pobj")] or _by_phrase(
            verb
        )
    own = verb.by_dep(*SUBJECTS)
    if own:
        return own
    return _inherited_subject(verb, depth)


def _by_phrase(verb: Token) -> list[Token]:
    return [
        noun
        for by in verb.by_dep("prep")
        if by.lower == "by"
        for noun in by.by_dep("pobj")
        if noun.pos in ("NOUN", "PROPN", "PRON")
    ]


def _inherited_subject(verb: Token, depth: int) -> list[Token]:
    """The subject that a verb without one takes from what governs it."""
    governor = verb.head
    if governor is verb:
        return []
    if verb.dep in ("xcomp", "ccomp"):
        return _controller(governor, depth)
    if verb.dep == "conj" and is_verb(governor):
        return _shared_with_conjunct(verb, governor, depth)
    if verb.dep == "acl" and not is_verb(governor):
        return [governor] if verb.tag == "VBG" else _noun_possessor(governor, depth)
    if verb.dep == "pcomp":
        return _controller_of_gerund(governor, depth)
    if verb.dep in ("advcl", "parataxis", "dep"):
        return _subject_or_patient(governor, depth)
    if verb.dep == "relcl":
        return [governor]
    return []


def _shared_with_conjunct(verb: Token, governor: Token, depth: int) -> list[Token]:
    # 'said that A will speak and said that B': parsers hang the second 'said' from 'speak', but a
    # past tense is no equal of 'will speak'; it is one of the verb above.
    above = governor.head
    if verb.tag == "VBD" and governor.tag == "VB" and governor.dep == "ccomp" and is_verb(above):
        return _subject_heads(above, depth + 1)
    if is_passive(governor) and governor.by_dep(*PASSIVE_SUBJECTS):
        return governor.by_dep(*PASSIVE_SUBJECTS)
    return _subject_heads(governor, depth + 1)


def _controller(governor: Token, depth: int) -> list[Token]:
    """Who does what the complement says: 'urged Iran to stop' Iran, 'vowed to stop' the vower."""
    if is_verb(governor) and governor.lemma in words("object_control"):
        patient = governor.by_dep("dobj", "dative", *PASSIVE_SUBJECTS)
        if patient:
            return patient
        called = [n for p in governor.by_dep("prep") if p.lower in ("on", "to") for n in
                  p.by_dep("pobj")]  # fmt: skip
        if called:
            return called
    if is_verb(governor):
        return _subject_or_patient(governor, depth)
    if governor.pos == "ADJ":
        return _subject_heads(governor.head, depth + 1) if governor.dep in ("acomp",) else []
    return _noun_possessor(governor, depth)


def _controller_of_gerund(preposition: Token, depth: int) -> list[Token]:
    """Who does the gerund: 'accused Russia of shelling' Russia, 'left after meeting' who left."""
    governor = preposition.head
    if not is_verb(governor):
        return _noun_possessor(governor, depth)
    if preposition.lower in ("of", "for", "from", "into"):
        patient = governor.by_dep("dobj", *PASSIVE_SUBJECTS)
        if patient:
            return patient
    return _subject_or_patient(governor, depth)


def _subject_or_patient(verb: Token, depth: int) -> list[Token]:
    """The surface subject, whatever the voice: who the sentence is about."""
    if not is_verb(verb):
        return _noun_possessor(verb, depth)
    surface = verb.by_dep(*SUBJECTS, *PASSIVE_SUBJECTS)
    return surface or _inherited_or_own(verb, depth)


def _inherited_or_own(verb: Token, depth: int) -> list[Token]:
    return [] if depth > MAX_CLIMB else _inherited_subject(verb, depth + 1)


def _noun_possessor(noun: Token, depth: int) -> list[Token]:
    """Who a noun's infinitive belongs to: 'Iran's decision to enrich', 'made a pledge to help'."""
    own = noun.by_dep("poss")
    if own:
        return own
    if noun.dep in ("dobj", "pobj", "attr", "nsubjpass"):
        verb = noun.head if is_verb(noun.head) else noun.head.head
        if is_verb(verb) and depth <= MAX_CLIMB:
            return _subject_heads(verb, depth + 1)
    return []


def _object_heads(verb: Token) -> list[Token]:
    if is_passive(verb):
        own = verb.by_dep(*PASSIVE_SUBJECTS)
        if own:
            return own
        if verb.dep in ("acl", "relcl"):
            return [verb.head]
        if verb.dep == "conj" and is_verb(verb.head):
            return verb.head.by_dep(*PASSIVE_SUBJECTS)
        if verb.dep == "xcomp" and is_verb(verb.head):
            return _subject_or_patient(verb.head, 1)
        return []
    own = verb.by_dep("dobj", "dative", "oprd") or []
    own = [token for token in own if token.dep != "dative" or token.pos != "ADP"]
    if own:
        return own
    if verb.dep == "relcl" and verb.by_dep(*SUBJECTS):
        return [verb.head]
    if verb.dep == "conj" and is_verb(verb.head) and not verb.by_dep("prep", *SUBJECTS):
        return []
    return []


def _objects_of(
    preposition: Token, name: str, preps: frozenset[str] | tuple[str, ...], depth: int
) -> list[Token]:
    """Objects of a preposition, or of one that hangs from it ('ahead of', 'out of')."""
    found: list[Token] = []
    if name in preps or preposition.lower in preps:
        found += preposition.by_dep("pobj", "pcomp")
    if depth < 2:
        for inner in preposition.by_dep("prep"):
            found += _objects_of(inner, f"{name} {inner.lower}", preps, depth + 1)
    return found
