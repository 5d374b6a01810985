"""Whether a deed happened: from tense, modals, negation and the words that govern it.

Comes after `arguments`; feeds `find`. Climbs from the word of action towards the top of the
sentence and collects *marks*, innermost first ('agreed to consider postponing a visit' gives
postponed, possible, agree). `weigh` makes one status of them. Dates are not looked at here:
`events/when.py` sets the status right where a date contradicts the tense.
"""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

from detente.events.arguments import carries, is_passive, is_verb, negated, words
from detente.knowledge.operators import Effect, effect, phrasal_effect
from detente.knowledge.speech import speech_verbs
from detente.model import Status
from detente.text.parse import Token

MAX_CLIMB = 10
INHERITED_TAGS = ("VB", "VBN", "VBG")

# Which mark wins when several apply: a denied plan is denied, a possible visit is not planned.
RANK: dict[str, int] = {
    "negated": 9,
    "denied": 8,
    "hypothetical": 7,
    "cancelled": 6,
    "postponed": 6,
    "alleged": 5,
    "possible": 4,
    "planned": 3,
    "ongoing": 2,
    "occurred": 1,
}


class Mark(Struct, frozen=True):
    """One word's say on whether the deed happened."""

    effect: Effect | Literal["ongoing", "presupposed"]
    token: Token


class Reality(Struct, frozen=True):
    """How real a deed is.

    `status` is None where it did not take place and is not to be written. `operator` is the word
    that is itself the deed ('refused', 'agreed', 'threatened') with its `effect`. `presupposed` is
    true where only the noun itself says that it happened, `alleged` where it is somebody's charge.
    `marks` are the words that decided.
    """

    status: Status | None
    operator: Token | None = None
    effect: Effect | None = None
    presupposed: bool = False
    alleged: bool = False
    tense: Literal["past", "present", "future", "none"] = "none"
    marks: tuple[Mark, ...] = ()


def reality(head: Token) -> Reality:
    """How real the deed is that this word of action (a verb, noun or adjective) names."""
    marks = collect(head)
    tense = _tense_of(head)
    for position, mark in enumerate(marks):
        if mark.effect == "request":
            return Reality(None, marks=tuple(marks))
        if mark.effect in ("refuse", "agree", "threaten"):
            outer = weigh(marks[position + 1 :])
            dropped = weigh(marks[:position]) == "negated"
            return Reality(
                None if outer == "negated" or dropped else outer,
                mark.token,
                mark.effect,
                tense=tense,
                marks=tuple(marks),
            )
    status = weigh(marks)
    return Reality(
        None if status == "negated" else status,
        presupposed=bool(marks) and all(mark.effect == "presupposed" for mark in marks),
        alleged=any(mark.effect == "alleged" for mark in marks),
        tense=tense,
        marks=tuple(marks),
    )


def weigh(marks: list[Mark]) -> Status | Literal["negated"]:
    """One status from the marks, innermost first."""
    effects = [mark.effect for mark in marks if mark.effect in RANK]
    if not effects:
        return "occurred"
    for inner in ("cancelled", "postponed"):
        if inner in effects:
            outer = effects[effects.index(inner) + 1 :]
            if "negated" in outer or "refuse" in outer:
                return "planned"
            if "possible" in outer or "hypothetical" in outer:
                return "possible"
            return inner
    worst = max(effects, key=lambda name: RANK[name])
    return "possible" if worst == "alleged" else worst  # type: ignore[return-value]


def collect(head: Token) -> list[Mark]:
    """The marks on a word of action and on all that governs it, innermost first."""
    marks: list[Mark] = []
    node: Token | None = head
    for _ in range(MAX_CLIMB):
        if node is None:
            break
        if is_verb(node):
            marks += clause_marks(node)
            node = _above_verb(node, marks)
        else:
            marks += noun_marks(node)
            node = _above_noun(node, marks)
    return marks


def clause_marks(verb: Token) -> list[Mark]:
    """What a verb's own auxiliaries, negation and conjunction say."""
    marks = []
    if negated(verb):
        marks.append(Mark("negated", verb))
    for child in verb.children:
        if child.dep == "aux" and child.tag == "MD":
            _add(marks, _of_modal(child, verb), child)
        elif child.dep == "mark":
            _add(marks, effect(child.lower, "c"), child)
        elif child.dep in ("aux", "auxpass", "advmod") and child.lower != "to":
            found = effect(child.lower, "a") if child.dep == "advmod" else None
            _add(marks, found, child)
        elif child.dep in ("nsubj", "nsubjpass") and negated(child):
            marks.append(Mark("negated", child))
    if _is_open(verb):
        marks.append(Mark("hypothetical", verb))
    if _is_progressive(verb):
        marks.append(Mark("ongoing", verb))
    if any(t.lower in ("be", "is", "are", "was", "were") for t in verb.by_dep("aux")) and any(
        t.lower == "to" for t in verb.by_dep("aux")
    ):
        marks.append(Mark("planned", verb))
    return marks


def _is_open(verb: Token) -> bool:
    """Whether an auxiliary before the subject leaves the deed open: 'did they?', 'had they met'.

    'Why did they meet?' takes the deed for granted, and 'nor did they meet' is no question.
    """
    auxiliary = next(iter(verb.by_dep("aux", "auxpass")), None)
    subject = next(iter(verb.by_dep("nsubj", "nsubjpass", "expl")), None)
    if auxiliary is None or subject is None or auxiliary.i > subject.i:
        return False
    if verb.dep == "advcl":
        return not verb.by_dep("mark")
    top = next((t for t in verb.ancestors() if t.is_root), verb)
    words_of = top.subtree()
    asked = any(t.text == "?" and t.i > verb.i for t in words_of)
    return asked and not any(t.tag.startswith("W") and t.i < auxiliary.i for t in verb.subtree())


def _of_modal(modal: Token, verb: Token) -> Effect | None:
    """What a modal says; 'would' in reported speech is a past 'will', elsewhere a supposition."""
    reported = verb.dep in ("ccomp", "acl", "relcl", "conj") and _tense_of(verb.head) == "past"
    supposed = any(effect(t.lower, "c") for clause in verb.by_dep("advcl") for t in
                   clause.by_dep("mark"))  # fmt: skip
    if modal.lower in ("would", "'d", "’d") and reported and not supposed:
        return "planned"
    return effect(modal.lower, "m")


def effect_of(verb: Token) -> Effect | None:
    """What a verb does to the deed it governs; 'put off' is not 'put'."""
    return phrasal_effect(verb.lemma, [t.lower for t in verb.by_dep("prt", "advmod")])


def noun_marks(noun: Token) -> list[Mark]:
    """What stands before a noun says: 'a planned visit', 'no talks', 'alleged attacks'."""
    marks = []
    if negated(noun):
        marks.append(Mark("negated", noun))
    for child in noun.children:
        if child.dep in ("amod", "compound", "nmod", "advmod", "acl"):
            kind: Literal["a", "v"] = "v" if child.dep == "acl" else "a"
            if child.dep == "acl" and (child.tag != "VBN" or _has_purpose(child)):
                continue
            found = effect(child.lemma if kind == "v" else child.lower, kind)
            _add(marks, found if found in RANK else None, child)
    return marks


def _has_purpose(participle: Token) -> bool:
    """'talks aimed at ending the war' says what they are for, not when they are."""
    if participle.by_dep("xcomp", "ccomp"):
        return True
    return any(prep.by_dep("pcomp") for prep in participle.by_dep("prep"))


def _add(marks: list[Mark], found: Effect | None, token: Token) -> None:
    if found is not None and found != "occurred":
        marks.append(Mark(found, token))


def _is_progressive(verb: Token) -> bool:
    return verb.tag == "VBG" and any(
        child.lemma == "be" and child.tag in ("VBZ", "VBP") for child in verb.by_dep("aux")
    )


def _tense_of(head: Token) -> Literal["past", "present", "future", "none"]:
    node = head
    for _ in range(MAX_CLIMB):
        if is_verb(node):
            auxiliaries = node.by_dep("aux", "auxpass")
            if any(t.tag == "MD" for t in auxiliaries):
                return "future"
            tags = {t.tag for t in [node, *auxiliaries]}
            if tags & {"VBD"} or any(t.lower in ("has", "have", "had") for t in auxiliaries):
                return "past"
            if tags & {"VBZ", "VBP"}:
                return "present"
        if node.head is node:
            break
        node = node.head
    return "none"


# --- climbing from a verb ------------------------------------------------------------------------


def _above_verb(verb: Token, marks: list[Mark]) -> Token | None:
    governor = verb.head
    if governor is verb:
        return None
    match verb.dep:
        case "xcomp" | "ccomp":
            return _complement_of(verb, governor, marks)
        case "acl" | "relcl":
            return _attached_to_noun(verb, governor, marks)
        case "advcl":
            return _adverbial(verb, governor, marks)
        case "pcomp":
            return _gerund(governor, marks)
        case "conj":
            return _conjunct(verb, governor, marks)
    return None


def _complement_of(verb: Token, governor: Token, marks: list[Mark]) -> Token | None:
    if governor.pos == "ADJ" and not is_verb(governor):
        _add(marks, effect(governor.lemma, "a"), governor)
        return governor.head if governor.dep == "acomp" else None
    if not is_verb(governor):
        _add(marks, effect(governor.lemma, "n"), governor)
        return governor
    if governor.lemma == "be" and _is_infinitive(verb):
        marks.append(Mark("planned", governor))  # 'is to hold talks'
        return governor
    found = effect_of(governor)
    finite = verb.dep == "ccomp" and not _is_infinitive(verb)
    if finite and governor.lemma in speech_verbs() and found in (None, "alleged", "threaten",
                                                                 "agree", "request"):  # fmt: skip
        if negated(governor):
            marks.append(Mark("negated", governor))
        elif found == "request" and not _is_past(verb) and not verb.by_dep("aux"):
            marks.append(Mark("request", governor))  # 'demanded that China provide'
        return None
    if finite and found in ("possible", "planned") and _is_past(verb):
        return None
    if governor.lemma in words("implicative") and _tense_of(governor) == "past":
        return governor  # 'led him to resign': he did
    _add(marks, found, governor)
    if found is None and _is_infinitive(verb) and governor.lemma not in words("light"):
        marks.append(Mark("possible", governor))
    return governor


def _attached_to_noun(verb: Token, noun: Token, marks: list[Mark]) -> Token | None:
    found = effect(noun.lemma, "n")
    if not _is_infinitive(verb):
        # 'expressed hope that he would come': the noun governs a clause of its own.
        if verb.dep == "acl" and verb.by_dep("mark"):
            _add(marks, found, noun)
        return None
    if found is None and noun.dep == "attr":
        return noun.head  # 'will be the first to visit', 'was the first to visit'
    marks.append(Mark(found or "possible", noun))
    return noun if found else None


def _adverbial(verb: Token, governor: Token, marks: list[Mark]) -> Token | None:
    if _is_infinitive(verb):
        marks.append(Mark("planned", verb))
        return governor if is_verb(governor) else None
    mark = next((effect(t.lower, "c") for t in verb.by_dep("mark", "advmod")), None)
    if mark is None and verb.tag in ("VBG", "VBN") and not verb.by_dep("nsubj"):
        return governor if is_verb(governor) and _tense_of(governor) == "future" else None
    return None


def _gerund(preposition: Token, marks: list[Mark]) -> Token | None:
    governor = preposition.head
    by_preposition = effect(preposition.lower, "p")
    if by_preposition and by_preposition != "occurred":
        marks.append(Mark(by_preposition, preposition))
        return None
    if is_verb(governor):
        found = effect_of(governor)
        if preposition.lower in ("of", "from", "on", "to", "about", "in", "for", "against"):
            only = ("alleged", "request") if preposition.lower == "for" else get_args(Effect)
            if found in only:
                _add(marks, found, governor)
        return governor if found != "alleged" else None
    if governor.pos == "ADJ":
        _add(marks, effect(governor.lemma, "a"), governor)
        return governor.head if governor.dep == "acomp" else None
    _add(marks, effect(governor.lemma, "n"), governor)
    return governor if effect(governor.lemma, "n") else None


def _conjunct(verb: Token, first: Token, marks: list[Mark]) -> Token | None:
    if not is_verb(first):
        return None
    if any(t.dep == "cc" and t.lower in words("negation") for t in first.children):
        marks.append(Mark("negated", first))  # 'neither condemned nor praised'
    own_auxiliary = any(t.tag == "MD" or t.lower == "to" for t in verb.by_dep("aux"))
    if verb.tag == first.tag or (verb.tag in INHERITED_TAGS and not own_auxiliary):
        if not own_auxiliary:
            marks += [mark for mark in clause_marks(first) if mark.effect != "negated"]
        return _above_verb(first, marks)
    return _above_verb(first, marks) if verb.tag == "VB" else None


def _is_infinitive(verb: Token) -> bool:
    return any(t.tag == "TO" for t in verb.by_dep("aux")) or (
        verb.tag == "VB" and not verb.by_dep("aux") and verb.dep in ("xcomp", "ccomp")
    )


def _is_past(verb: Token) -> bool:
    return verb.tag == "VBD" or any(t.tag == "VBD" for t in verb.by_dep("aux", "auxpass"))


# --- climbing from a noun ------------------------------------------------------------------------


def _above_noun(noun: Token, marks: list[Mark]) -> Token | None:
    governor = noun.head
    if governor is noun:
        marks.append(Mark("presupposed", noun))
        return None
    match noun.dep:
        case "dobj" | "nsubjpass" | "attr" | "oprd" | "nsubj" | "dative":
            return _noun_of_verb(noun, governor, marks)
        case "pobj" | "pcomp":
            return _noun_of_preposition(noun, governor, marks)
        case "conj" | "appos":
            return governor
        case "compound" | "poss" | "amod" | "nmod":
            found = effect(governor.lemma, "n")
            _add(marks, found, governor)
            return governor if found else None
        case "acomp" | "prep" | "npadvmod":
            return governor if is_verb(governor) else None
    marks.append(Mark("presupposed", noun))
    return None


def _noun_of_verb(noun: Token, verb: Token, marks: list[Mark]) -> Token | None:
    if not is_verb(verb):
        return None
    found = effect_of(verb)
    if noun.dep == "nsubj":
        if found in ("cancelled", "postponed", "negated", "planned") and not verb.by_dep("dobj"):
            marks.append(Mark(found, verb))
        elif verb.lemma not in words("takes_place") and _tense_of(verb) != "future":
            marks.append(Mark("presupposed", noun))
        return verb
    if carries(verb) and found not in ("postponed", "cancelled"):
        return verb
    if found is None or found == "occurred":
        marks.append(Mark("presupposed", noun))
        return verb if found == "occurred" and is_passive(verb) else None
    marks.append(Mark(found, verb))
    return verb


def _noun_of_preposition(noun: Token, preposition: Token, marks: list[Mark]) -> Token | None:
    governor = preposition.head
    said = effect(preposition.lower, "p")
    if preposition.lower == "of" and governor.lemma in words("transparent"):
        return governor
    if not is_verb(governor):
        kind: Literal["a", "n"] = "a" if governor.pos == "ADJ" else "n"
        found = effect(governor.lemma, kind)
        if found and found != "occurred":
            marks.append(Mark(found, governor))
            return governor
        if preposition.lower in ("including", "like") or governor.pos == "ADP":
            return governor if governor.pos != "ADP" else _noun_of_outer(governor, marks)
        if said and said != "occurred":
            marks.append(Mark(said, preposition))
            return None
        marks.append(Mark("presupposed", noun))
        return None
    found = effect_of(governor)
    if preposition.lower in ("for", "to", "on", "of", "in", "from", "at", "with", "into", "about"):
        if carries(governor) and preposition.lower in ("in", "to", "with", "on", "into"):
            return governor
        if found and found != "occurred" and preposition.lower not in ("at", "in"):
            marks.append(Mark(found, governor))
            return governor
    if said and said != "occurred":
        marks.append(Mark(said, preposition))
        return None
    if preposition.lower == "for":
        marks.append(Mark("planned", preposition))
        return None
    if said is None:
        marks.append(Mark("presupposed", noun))
    return governor if _tense_of(governor) == "future" else None


def _noun_of_outer(preposition: Token, marks: list[Mark]) -> Token | None:
    """'ahead of talks', 'because of the raid': the outer preposition decides."""
    said = effect(preposition.lower, "p")
    _add(marks, said, preposition)
    return None
