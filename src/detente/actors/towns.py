"""Reads towns and regions as what they are: parts of a state, maybe not the one they look like.

One of the rules of `namesakes`, after `segment`. 'Birmingham, Alabama' and 'West Bengal' become one
item each, of the state they are in and `local`: with a title or noun of local rank they say whose
it is ("New Mexico's governor"), alone they are no actor. Where several states have a place of the
name, the words of the story decide; where they do not, the name is nobody's.
"""

from __future__ import annotations

from ..knowledge.namesakes import word_set, words
from .evidence import only_country, region_countries, text_of, towns
from .segment import STATES
from .things import thing_of
from .town_words import HEADS, NAMES, OTHERS, PlaceReader

# A town smaller than this is not taken for a namesake of a capital.
SMALLEST = 50_000
# The kinds of items that may open the name of a place.
MAY_OPEN = NAMES | OTHERS | STATES | {"not"}


class TownReader(PlaceReader):
    """Joins the places of the lines of one story into local items."""

    def read(self) -> None:
        """Join what is a place in every line."""
        for number, line in enumerate(self.lines):
            self.number = number
            self.line = line
            self.items = line.items
            index = 0
            while index < len(line.items):
                if line.items[index].kind in MAY_OPEN:
                    self._at(index)
                index += 1

    def _at(self, index: int) -> None:
        item = self.items[index]
        if item.kind == "not":
            self._listed(index)
            return
        if item.kind in OTHERS and self._kind(index + 1) in NAMES | OTHERS | STATES:
            self._region(index)
            return
        if item.kind not in NAMES and item.kind not in STATES:
            return
        if not item.first.cap or item.first.joined or item.kind in ("adjective", "people"):
            return
        if self._dotted(index):
            item.kind = "name"
            return
        if self._with_region(index) or self._with_unit(index) or self._small_place(index):
            return
        if self._upon(index) or self._region(index):
            return
        if item.kind in ("capital", "country"):
            self._namesake(index)
        elif item.kind in ("name", "family"):
            self._town(index)

    # --- the patterns --------------------------------------------------------------------------

    def _dotted(self, index: int) -> bool:
        """'India.Arie', 'china.org': a full stop inside a name."""
        item = self.items[index]
        if item.kind not in STATES or index + 2 >= len(self.items):
            return False
        dot, after = self.items[index + 1], self.items[index + 2]
        return dot.first.bare == "." and dot.first.start == item.last.end and (
            after.first.word and after.first.start == dot.first.end
        )  # fmt: skip

    def _listed(self, index: int) -> None:
        """'New Mexico', 'London, Ontario': a phrase of not_actors.tsv that is a place."""
        item = self.items[index]
        tokens = self.line.tokens[item.i : item.j]
        comma = next((at for at, token in enumerate(tokens) if token.bare == ","), -1)
        names = [token.bare for token in tokens[comma + 1 :]]
        united = len(names) > 1 and names[-1].lower() in word_set("place_units")
        name = " ".join(names[:-1] if united else names)
        codes = region_countries(name, unit=comma > 0 or united)
        code = self._one_of(codes, item)
        if not code and (united or self._local_head(index + 1)):
            codes = tuple(dict.fromkeys(town.country or "" for town in towns(name)))
            code = self._within_after(index + 1) or self.evidence.choose(codes, self.number, item)
        if code:
            self._join(index, index + 1, code)

    def _within_after(self, at: int) -> str:
        """The state of the place that 'in' or a comma brings in: 'X County in Pennsylvania'."""
        if self._bare(at) not in (",", "in") or at + 1 >= len(self.items):
            return ""
        return self._place_code(at + 1)

    def _with_region(self, index: int) -> bool:
        """'Birmingham, Alabama', 'Tripoli, Lebanon': a town and, after a comma, where it is."""
        end = self._name_end(index)
        if end + 1 >= len(self.items) or self.items[end].first.bare != ",":
            return False
        if self.items[end - 1].last.poss or not self.items[end + 1].first.cap:
            return False
        name = text_of(self.line, index, end)
        known = bool(towns(name)) or self.items[index].kind in STATES
        before = self.items[index - 1].kind if index else ""
        if not known and not (before == "prep" and end == index + 1):
            return False
        last, codes = self._region_at(end + 1)
        if codes:
            if self._goes_on(last):
                return False
            code = codes[0] if len(codes) == 1 else self._of_town(name, codes)
        else:
            last, code = end + 2, self._other_state(index, name, end + 1)
        return bool(code) and self._join(index, last, code)

    def _other_state(self, index: int, name: str, at: int) -> str:
        """The state after the comma, where it has a town of the name that another's capital has."""
        item = self.items[at]
        if self.items[index].kind != "capital" or item.kind != "country" or item.last.poss:
            return ""
        if self._kind(at + 1) in ("conj", "adjective", "country", *HEADS):
            return ""
        code = str(item.of("country")[0].record.code)
        own = {entry.record.code for entry in self.items[index].of("capital")}
        return code if code not in own and any(t.country == code for t in towns(name)) else ""

    def _with_unit(self, index: int) -> bool:
        """'Luxembourg province', "Geneva's township board": a common noun makes another place."""
        item = self.items[index]
        end = self._name_end(index)
        if end >= len(self.items) or self.items[end].first.norm not in word_set("place_units"):
            return False
        unit = self.items[end]
        if unit.first.joined or self._plural_after(end):
            return False
        whole = end + (unit.j == unit.i + 1 and not item.last.poss)
        name = text_of(self.line, index, end)
        own = {e.record.code for e in item.entries if e.kind in STATES}
        codes = [code for code in region_countries(name, unit=True) if code not in own]
        code = self._one_of(codes, item)
        if code:
            return self._join(index, whole, code)
        if item.kind not in ("capital", "country") or end > index + 1:
            return False
        nearby = [code for code, _ in self.evidence.of_line(self.number, item).most_common()]
        others = [code for code in nearby if code not in own]
        if item.last.poss and item.kind == "capital" and len(others) == 1:
            return self._join(index, whole, others[0])
        if not item.last.poss and codes:
            item.kind = "name"
        return False

    def _small_place(self, index: int) -> bool:
        """'Egypt, a hamlet in Buckinghamshire': what the words after the comma say it is."""
        item = self.items[index]
        if item.kind not in ("capital", "country") or item.last.poss:
            return False
        at = index + 1
        if self._bare(at) != "," or self._kind(at + 1) != "article":
            return False
        at += 2
        while self._kind(at) in ("word", "modifier", "direction") and (
            self.items[at].first.norm not in word_set("small_places")
        ):
            at += 1
        if at + 2 >= len(self.items) or self.items[at].first.norm not in word_set("small_places"):
            return False
        if self._kind(at + 1) != "prep":
            return False
        first = at + 2 + (self._kind(at + 2) in ("article", "direction"))
        code = self._place_code(first)
        own = {entry.record.code for entry in item.entries if entry.kind in STATES}
        return bool(code) and code not in own and self._join(index, index + 1, code)

    def _upon(self, index: int) -> bool:
        """'Kingston upon Thames', 'Santiago de Compostela': a longer name of a town."""
        item = self.items[index]
        if item.kind != "capital" or item.last.poss or index + 2 >= len(self.items):
            return False
        at = index + 1
        while at < index + 3 and self.items[at].first.norm in word_set("town_links"):
            at += 1
        if at == index + 1 or at >= len(self.items):
            return False
        river = self.items[at].first
        if river.norm not in words()["river_names"] or not river.cap:
            return False
        return self._join(index, at + 1, words()["river_names"][river.norm])

    def _region(self, index: int) -> bool:
        """'Inner Mongolia', 'New Mexico', "Ohio's": a region that no other name covers."""
        before = self._kind(index - 1)
        if before in ("name", "honorific", "office", "family", "mononym") and not (
            self.items[index - 1].last.poss
        ):
            return False
        item = self.items[index]
        if before == "sector" and not self.items[index - 1].last.poss:
            # 'the aircraft carrier Shandong': what a ship is called.
            return False
        last, codes = self._region_at(index, unit=False)
        if item.kind == "family" and last == index + 1:
            return False
        own = {entry.record.code for entry in item.of("country")}
        if not codes and own and item.kind == "name":
            # The words of the story say that it is not the state: 'the governor of Georgia'.
            last = index + 1
            codes = region_countries(text_of(self.line, index, last), unit=True)
            codes = tuple(code for code in codes if code not in own)
        if not codes or not self._is_name(index, last):
            return False
        others = [town.country or "" for town in towns(text_of(self.line, index, last))]
        code = self._one_of(codes, item)
        if self._local_head(last):
            code = self.evidence.choose((*codes, *others), self.number, item) or code
        return bool(code) and self._join(index, last, code)

    def _namesake(self, index: int) -> None:
        """The gunmen of Tripoli in a story of Lebanon: the town of another state."""
        item = self.items[index]
        local = self._local_head(index + 1)
        if not local and not (item.kind == "capital" and self._deed_after(index + 1)):
            return
        own = {entry.record.code for entry in item.entries if entry.kind in STATES}
        if item.kind == "country" and not towns(text_of(self.line, index, index + 1)):
            return
        spoken = self.evidence.of_story(item)
        if any(spoken[code] for code in own):
            return
        codes = [
            town.country or ""
            for town in towns(text_of(self.line, index, index + 1))
            if town.country not in own and town.weight >= SMALLEST
        ]
        codes += region_countries(text_of(self.line, index, index + 1), unit=True)
        if local and (code := self._where(index + 1)) and code not in own:
            self._join(index, index + 1, code)
            return
        code = self.evidence.choose(codes, self.number, item)
        if code:
            self._join(index, index + 1, code)

    def _where(self, index: int) -> str:
        """The state of the region or state that 'in' brings in further on in the line."""
        for at in range(index, len(self.items) - 1):
            item = self.items[at]
            if item.kind in ("speech", "conj") or item.first.bare == ";":
                return ""
            if item.first.norm not in word_set("within_links"):
                continue
            after = self.items[at + 1]
            if after.kind == "country" and not after.last.poss:
                return str(after.of("country")[0].record.code)
            _, codes = self._region_at(at + 1)
            if len(codes) == 1:
                return codes[0]
        return ""

    def _deed_after(self, index: int) -> bool:
        """'Tripoli clashes', 'Athens riots': something that happened there."""
        item = self.items[index] if index < len(self.items) else None
        if item is None or item.kind != "word" or item.first.joined:
            return False
        thing, plural = thing_of(item.first.norm)
        return plural and thing is not None and thing.kind == "deed" and not thing.verb

    def _town(self, index: int) -> None:
        """'Salem prosecutors', "Hiroshima's mayor": a town before a title of local rank."""
        end = self._name_end(index)
        if not self._local_head(end) or not self._is_name(index, end):
            return
        name = text_of(self.line, index, end)
        if self._kind(index - 1) in ("name", "honorific", "office", "family", "sector"):
            return
        codes = list(dict.fromkeys(town.country or "" for town in towns(name)))
        where = self._where(end) if codes else ""
        if where:
            self._join(index, end, where)
            return
        code = only_country(name) if len(codes) < 2 else ""
        if self.items[index].kind == "family":
            code = ""
        code = code or self.evidence.choose(codes, self.number, self.items[index])
        code = code or (only_country(name) if self.items[index].kind == "name" else "")
        if code:
            self._join(index, end, code)
