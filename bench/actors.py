"""Actors against phrases, references and traps labelled by hand, and the time they take.

Usage: python -m bench.actors [--split dev|shut|all] [--errors] [--only phrases|references|traps]
The gold was written and labelled apart from the rules. Look at `dev` to improve; `shut` is only for
measuring, and `--errors` never shows it.

- `gold/phrases_*.jsonl`: a phrase is right in country, sector or office when it is for every actor
  that the label names, and no actor is too many.
- `gold/references_*.jsonl`: excerpts with marks `[[surface=Name/CODE+Name/CODE]]`; `?` is a word
  to be left alone. A mark without a link is missed, one with another link is wrong.
- `gold/traps.jsonl`: sentences with one marked name that is no actor, another, or (controls) what
  it looks like.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import structs

from bench.record import record
from detente.actors import find_actors, resolve_phrase
from detente.actors.build import build, shipped
from detente.model import Actor, Document, Sentence, Story
from detente.text.sentences import sentence_spans
from detente.text.story import read_story

GOLD = Path(__file__).parent / "gold"
STORIES = Path(__file__).parents[1] / "examples"
MARK = re.compile(r"\[\[([^\]=]+)(?:=([^\]]*))?\]\]")
ROUNDS = 3
# More actors than this in a phrase are compared in the order of the words only.
MOST_ORDERS = 5
POSSESSIVES = ("his", "her", "its", "their")
Labels = dict[str, Any]


def rows(pattern: str, split: str) -> Iterator[Labels]:
    """The labelled lines of one split."""
    for path in sorted(GOLD.glob(pattern)):
        for line in path.read_text("utf-8").splitlines():
            if line.strip() and (row := json.loads(line))["split"] == split:
                yield row


def story(text: str, date: str) -> Story:
    """An excerpt as a story of plain sentences."""
    sentences = tuple(
        Sentence(index, start, end, text[start:end], 0)
        for index, (start, end) in enumerate(sentence_spans(text, 0, len(text)))
    )
    return Story(text=text, sentences=sentences, date=dt.date.fromisoformat(date))


# --- phrases ---------------------------------------------------------------------------------


def canonical(office: str | None) -> str | None:
    """An office by the title that stands for all its forms."""
    return office and (shipped().title_of(office.replace("-", " ")) or office)


def is_office(office: str | None, wanted: Sequence[str | None]) -> bool:
    """Whether an office is one of the labelled; a body's name before it makes it no other office.

    'un secretary-general' is a 'secretary-general', 'deputy foreign minister' no foreign minister.
    """
    titles = [canonical(title) for title in wanted]
    if canonical(office) in titles:
        return True
    return office is not None and any(
        title and office.endswith(f" {title}") and resolve_phrase(office[: -len(title)].title())
        for title in titles
    )


def of_phrase(label: Labels, found: Sequence[Actor]) -> dict[str, bool]:
    """What is right of a phrase: the best way to lay the found actors beside the labelled."""
    wanted = label["actors"]
    if len(wanted) != len(found):
        return dict.fromkeys(("country", "sector", "office"), False)
    orders = itertools.permutations(found) if len(found) <= MOST_ORDERS else [tuple(found)]
    return max((_right(wanted, order) for order in orders), key=lambda right: sum(right.values()))


def _right(wanted: Sequence[Labels], found: Sequence[Actor]) -> dict[str, bool]:
    pairs = list(zip(wanted, found, strict=True))
    return {
        "country": all(actor.country in label["country"] for label, actor in pairs),
        "sector": all((actor.sectors or ("UNK",))[0] in label["sectors"] for label, actor in pairs),
        "office": all(is_office(actor.office, label["office"]) for label, actor in pairs),
    }


def phrases(split: str, errors: bool) -> dict[str, Any]:
    """Shares of phrases right in country, sector and office."""
    counts: Counter[str] = Counter()
    for label in rows("phrases_*.jsonl", split):
        found = resolve_phrase(
            label["text"], dt.date.fromisoformat(label["date"]), label.get("context")
        )
        right = of_phrase(label, found)
        counts.update(["all", *(key for key, value in right.items() if value)])
        if errors and not all(right.values()):
            print(label["id"], label["date"], repr(label["text"]), label.get("context", ""))
            print("   wrong:", [key for key, value in right.items() if not value])
            print("   label:", [(a["country"], a["sectors"], a["office"]) for a in label["actors"]])
            print("   found:", [(a.text, a.country, a.sectors, a.office, a.why) for a in found])
    return {
        **{key: share(counts[key], counts["all"]) for key in ("country", "sector", "office")},
        "phrases": counts["all"],
    }


# --- references ------------------------------------------------------------------------------


def unmarked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and each mark's span and label."""
    plain, marks, last = "", [], 0
    for match in MARK.finditer(text):
        plain += text[last : match.start()]
        marks.append((len(plain), len(plain) + len(match[1]), match[2] or ""))
        plain += match[1]
        last = match.end()
    return plain + text[last:], marks


def folded(name: str) -> list[str]:
    """The words of a name without accents and case."""
    bare = unicodedata.normalize("NFKD", name)
    return re.findall(r"[a-z]+", "".join(c for c in bare if not unicodedata.combining(c)).lower())


def is_link(wanted: str, actor: Actor) -> bool:
    """Whether an actor is the labelled antecedent: the same country, and no other's name."""
    name, slash, code = wanted.rpartition("/")
    if not slash and not (len(code) == 3 and code.isupper()):
        name, code = code, "-"
    same = bool(set(folded(name)) & set(folded(actor.name or "")))
    if same and actor.country is None:
        # Whose he is, no table and not the story say: the link is to the right person all the same.
        return True
    if code not in ("-", actor.country or "-"):
        return False
    if code == "-" and actor.country:
        return False
    if not name or not actor.name or "UNK" in actor.sectors:
        return True
    return same or actor.kind not in ("person", "office", "reference")


def links(surface: str, start: int, found: Sequence[Actor]) -> list[Actor]:
    """The actors over a mark as links to an antecedent.

    An actor without name and country ('the secretary', left open) is no link; nor is one over 'his'
    alone where 'his host' is marked. 'His army', read as one actor, links 'his' to its state.
    """
    kept = []
    for actor in found:
        known = actor.name or actor.country or "IGO" in actor.sectors
        if not (known or actor.kind == "reference"):
            continue
        size = actor.end - actor.start
        if actor.start == start and size < len(surface) and surface[:size].lower() in POSSESSIVES:
            continue
        if actor.start == start and surface.lower() in POSSESSIVES and size > len(surface):
            actor = structs.replace(actor, name=None)
        kept.append(actor)
    return kept


def of_mark(wanted: str, found: Sequence[Actor]) -> str:
    """'right', 'missed' or 'wrong' for one mark and the actors over it."""
    if wanted.strip() == "?":
        return "wrong" if found else "right"
    if not found:
        return "missed"
    names = wanted.split("+")
    met = all(any(is_link(name, actor) for actor in found) for name in names)
    none_else = all(any(is_link(name, actor) for name in names) for actor in found)
    return "right" if met and none_else else "wrong"


def references(split: str, errors: bool) -> dict[str, Any]:
    """Shares of marks with the right link, and with a wrong one."""
    counts: Counter[str] = Counter()
    for label in rows("references_*.jsonl", split):
        text, marks = unmarked(label["text"])
        actors = find_actors(story(text, label["date"]))
        for start, end, wanted in marks:
            found = [a for a in actors if a.start < end and start < a.end]
            verdict = of_mark(wanted, links(text[start:end], start, found))
            counts.update([verdict, "all"])
            if errors and verdict != "right":
                print(f"{verdict:7}{label['id']} {label['date']} [{text[start:end]}] = {wanted}")
                print("       ", label["text"])
                print("       ", [(a.text, a.name, a.country, a.kind) for a in found])
    return {
        "right": share(counts["right"], counts["all"]),
        "wrong": share(counts["wrong"], counts["all"]),
        "marks": counts["all"],
    }


# --- traps -----------------------------------------------------------------------------------


def is_caught(label: Labels, found: Sequence[Actor]) -> bool:
    """Whether the actors over a trap's name are none of those that it only looks like."""
    countries = {actor.country for actor in found}
    if label["not"] == ["*"] and not label.get("is"):
        return not found
    if countries & set(label["not"]):
        return False
    return not label.get("is") or bool(countries & set(label["is"]))


def traps(split: str, errors: bool) -> dict[str, Any]:
    """The share of traps and controls that were read wrongly."""
    counts: Counter[str] = Counter()
    for label in rows("traps.jsonl", split):
        text, marks = unmarked(label["text"])
        start, end, _ = marks[0]
        actors = find_actors(story(text, label["date"]))
        found = [a for a in actors if a.start < end and start < a.end]
        kind = "traps" if label["not"] else "controls"
        wrong = not is_caught(label, found)
        counts.update([kind] + [f"wrong {kind}"] * wrong)
        if errors and wrong:
            print(label["id"], label["date"], label["text"], label["not"], label.get("is"))
            print("       ", [(a.text, a.name, a.country, a.kind, a.why) for a in found])
    return {
        "wrong": share(counts["wrong traps"], counts["traps"]),
        "traps": counts["traps"],
        "wrong_controls": share(counts["wrong controls"], counts["controls"]),
        "controls": counts["controls"],
    }


# --- time ------------------------------------------------------------------------------------


def timing() -> dict[str, Any]:
    """Milliseconds for 400 words once loaded, and seconds to build the lexicon (best of three)."""
    begin = time.perf_counter()
    shipped()
    loads = [time.perf_counter() - begin]
    stories = [
        read_story(Document(path.read_text("utf-8"))) for path in sorted(STORIES.glob("*/*.txt"))
    ]
    words = sum(len(told.text.split()) for told in stories)
    rounds = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for told in stories:
            find_actors(told)
        rounds.append(time.perf_counter() - begin)
    begin = time.perf_counter()
    build()
    return {
        "ms_per_400_words": round(min(rounds) / words * 400 * 1000, 2),
        "load_s": round(loads[0], 3),
        "rebuild_s": round(time.perf_counter() - begin, 3),
    }


def share(part: int, whole: int) -> float:
    """A share, 0 of nothing."""
    return round(part / whole, 3) if whole else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=["dev", "shut", "all"], default="all")
    parser.add_argument("--only", choices=["phrases", "references", "traps"])
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    figures: dict[str, Any] = {"time": timing()}
    measures = {"phrases": phrases, "references": references, "traps": traps}
    chosen = {k: f for k, f in measures.items() if options.only in (None, k)}
    for split in ("dev", "shut") if options.split == "all" else (options.split,):
        for name, measure in chosen.items():
            figures[f"{name}_{split}"] = measure(split, options.errors and split == "dev")
    line = "; ".join(
        f"{name} " + ", ".join(f"{key} {value}" for key, value in part.items())
        for name, part in figures.items()
    )
    if options.only or options.split != "all":
        print(f"actors: {line}")
    else:
        record("actors", line, **figures)


if __name__ == "__main__":
    main()
