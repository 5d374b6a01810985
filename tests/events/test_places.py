"""Places in a text: which names are found, which place they mean, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.events.places import PlaceMention, find_places
from detente.knowledge.places import gazetteer, not_places, place_words, straight
from detente.knowledge.tables import rows, values

KINDS = {"country", "capital", "city", "region", "sea", "island", "strait", "site"}

# Sentence, and the mentions: (words, name, country, kind, preposition).
FOUND: list[tuple[str, list[tuple[str, str, str | None, str, str]]]] = [
    ("Envoys met in Geneva.", [("Geneva", "Geneva", "CHE", "city", "in")]),
    ("They signed at Camp David.", [("Camp David", "Camp David", "USA", "site", "at")]),
    ("Drones fell near Kursk.", [("Kursk", "Kursk", "RUS", "city", "near")]),
    ("Jets flew off Taiwan.", [("Taiwan", "Taiwan", "TWN", "country", "off")]),
    ("Guns fired across the Gaza Strip.",
     [("Gaza Strip", "Gaza Strip", "PSE", "region", "across")]),
    ("Rockets rose from Gaza.", [("Gaza", "Gaza Strip", "PSE", "region", "from")]),
    ("Talks opened in Kiev.", [("Kiev", "Kyiv", "UKR", "capital", "in")]),
    ("Pilgrims went to Mecca.", [("Mecca", "Mecca", "SAU", "city", "to")]),
    ("Ships met in the South China Sea.",
     [("South China Sea", "South China Sea", None, "sea", "in")]),
    ("A cutter sailed near Scarborough Shoal.",
     [("Scarborough Shoal", "Scarborough Shoal", None, "island", "near")]),
    ("They hold the Diaoyu Islands.",
     [("Diaoyu Islands", "Senkaku Islands", None, "island", "")]),
    ("It passed through the Strait of Hormuz.",
     [("Strait of Hormuz", "Strait of Hormuz", None, "strait", "through")]),
    ("Inspectors reached Yongbyon.", [("Yongbyon", "Yongbyon", "PRK", "site", "reached")]),
    ("Shells hit the northern city of Homs.", [("Homs", "Homs", "SYR", "city", "")]),
    ("Shells fell in the northern city of Homs.", [("Homs", "Homs", "SYR", "city", "in")]),
    ("They met in Sharm el-Sheikh’s halls.",
     [("Sharm el-Sheikh", "Sharm el-Sheikh", "EGY", "city", "in")]),
    # Names that several places share.
    ("Riots broke out in Birmingham.", [("Birmingham", "Birmingham", "GBR", "city", "in")]),
    ("A march was held in Birmingham, Alabama.",
     [("Birmingham, Alabama", "Birmingham", "USA", "city", "in")]),
    ("Militias fought in Tripoli.", [("Tripoli", "Tripoli", "LBY", "capital", "in")]),
    ("Militias fought in Tripoli, Lebanon.",
     [("Tripoli, Lebanon", "Tripoli", "LBN", "city", "in")]),
    ("Militias fought in the Lebanese city of Tripoli.",
     [("Tripoli", "Tripoli", "LBN", "city", "in")]),
    ("Militias fought in Lebanon's Tripoli.",
     [("Lebanon", "Lebanon", "LBN", "country", "in"),
      ("Tripoli", "Tripoli", "LBN", "city", "in")]),
    ("Ministers met in San José, Costa Rica.",
     [("San José, Costa Rica", "San José", "CRI", "capital", "in")]),
    ("They met in Paris, Texas.", [("Paris, Texas", "Paris", "USA", "city", "in")]),
    ("They met in Atlanta, Georgia.",
     [("Atlanta, Georgia", "Atlanta", "USA", "city", "in")]),
    ("They met in Tbilisi (Georgia).",
     [("Tbilisi (Georgia)", "Tbilisi", "GEO", "capital", "in")]),
    ("He flew to Nur-Sultan.", [("Nur-Sultan", "Astana", "KAZ", "capital", "to")]),
    # Traps.
    ("They met in Nice.", [("Nice", "Nice", "FRA", "city", "in")]),
    ("Talks were held in Austin.", [("Austin", "Austin", "USA", "city", "in")]),
    ("They met in Orange, California.",
     [("Orange, California", "Orange", "USA", "city", "in")]),
    ("The Geneva Convention was cited in Bern.", [("Bern", "Bern", "CHE", "capital", "in")]),
    ("Georgia said on Friday that Georgian troops left.",
     [("Georgia", "Georgia", "GEO", "country", "")]),
]  # fmt: skip

NONE = [
    "It was a nice reading of the split.",
    "Nice weather held.",
    "President Lincoln spoke first.",
    "General Lloyd Austin arrived.",
    "The strikes were ordered by David.",
    "The newspaper said Paris Hilton had come.",
    "Moscow-backed fighters left.",
    "A pro-Beijing lawmaker resigned.",
    "Of the two, one fell; the Same was said.",
    "The Geneva Conventions apply.",
    "The Paris Agreement was signed.",
    "They fear for Latin America and South America.",
    "Write to press@geneva.example or @Geneva.",
    "Georgians and Romans met Parisians.",
    "geneva and beijing",
    "",
]


def shape(mention: PlaceMention) -> tuple[str, str, str | None, str, str]:
    return (
        mention.text, mention.place.name, mention.place.country, mention.kind, mention.lead
    )  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), FOUND)
def test_finds(sentence: str, expected: list[tuple[str, str, str | None, str, str]]) -> None:
    assert [shape(mention) for mention in find_places(sentence)] == expected


@pytest.mark.parametrize("sentence", NONE)
def test_is_no_place(sentence: str) -> None:
    assert find_places(sentence) == []


def test_home_decides_between_namesakes_of_a_size() -> None:
    assert find_places("in Birmingham", home="USA")[0].place.country == "USA"
    assert find_places("in London", home="CAN")[0].place.country == "GBR"  # far smaller


def test_datelines_in_capitals() -> None:
    text = "GENEVA - TALKS OPENED IN KYIV"
    assert find_places(text) == []
    found = find_places(text, casefold=True)
    assert [(m.text, m.place.name) for m in found] == [("GENEVA", "Geneva"), ("KYIV", "Kyiv")]


def test_a_town_known_by_its_state_alone_has_no_coordinates() -> None:
    (mention,) = find_places("in Paris, Texas")
    assert mention.place.latitude is None and mention.place.longitude is None


@given(st.lists(st.sampled_from([sentence for sentence, _ in FOUND] + NONE)), st.integers(0, 99))
def test_offsets_return_the_text(sentences: list[str], offset: int) -> None:
    text = " ".join(sentences)
    end = offset
    for mention in find_places(text, offset, casefold=True):
        assert text[mention.start - offset : mention.end - offset] == mention.text
        assert mention.start >= end
        end = mention.end


@given(st.text() | st.text("GenvaParisTx, .()'-\n"))
def test_never_raises(text: str) -> None:
    for mention in find_places(text, casefold=True):
        assert text[mention.start : mention.end] == mention.text
        assert mention.kind in KINDS


@pytest.mark.parametrize("piece", ["Geneva ", "San", "New York, ", "of "])
def test_time_is_linear(piece: str) -> None:
    find_places("Geneva", casefold=True)

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.process_time()
        find_places(text, casefold=True)
        return time.process_time() - begin

    small = max(seconds(20_000), 0.002)
    assert seconds(80_000) < 12 * small  # four times the text; quadratic would be sixteen


# ── The tables ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", ["places.tsv", "places_extra.tsv"])
def test_rows_are_sound(table: str) -> None:
    countries = {row["code"] for row in rows("countries.tsv")}
    seen = set()
    for row in rows(table):
        where = f"{table}: {row['name']}"
        assert row["country"] in countries | {""}, where
        assert row["kind"] in KINDS - {"country"}, where
        assert abs(float(row["latitude"])) <= 90 and abs(float(row["longitude"])) <= 180, where
        assert int(row["population"] or 1) > 0, where
        assert all(straight(form) == form for form in (row["name"], *values(row["aliases"]))), where
        key = (row["name"], row["country"], row["latitude"], row["longitude"])
        assert key not in seen, where
        seen.add(key)


def test_there_are_enough_places_by_hand() -> None:
    kinds = [row["kind"] for row in rows("places_extra.tsv")]
    assert sum(kind not in ("city", "capital") for kind in kinds) >= 300
    assert kinds.count("sea") >= 40 and kinds.count("strait") >= 30


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("Beijing", "CHN", 39.9, 116.4),
        ("Quito", "ECU", -0.2, -78.5),
        ("Suva", "FJI", -18.1, 178.4),
        ("Grozny", "RUS", 43.3, 45.7),
        ("Maiduguri", "NGA", 11.8, 13.2),
        ("Khan Younis", "PSE", 31.3, 34.3),
        ("Natanz", "IRN", 33.7, 51.7),
        ("Panmunjom", None, 38.0, 126.7),
        ("Davos", "CHE", 46.8, 9.8),
        ("Pristina", "XKX", 42.7, 21.2),
        ("Valletta", "MLT", 35.9, 14.5),
        ("Chengdu", "CHN", 30.7, 104.1),
    ],
)
def test_a_sample_of_the_table(
    name: str, country: str | None, latitude: float, longitude: float
) -> None:
    entry = gazetteer().get(name)[0]
    assert entry.country == country
    assert entry.latitude == pytest.approx(latitude, abs=0.15)
    assert entry.longitude == pytest.approx(longitude, abs=0.15)


def test_every_country_and_capital_is_a_place() -> None:
    for row in rows("countries.tsv"):
        assert any(entry.country == row["code"] for entry in gazetteer().get(straight(row["name"])))
        if row["capital"] and not row["until"]:
            capital = straight(values(row["capital"])[0])
            assert any(e.country == row["code"] for e in gazetteer().get(capital)), capital


def test_traps_are_well_formed() -> None:
    assert set(not_places().values()) <= {"", "country", "in", "alone"}
    names = [row["name"] for row in rows("not_places.tsv")]
    assert len(names) == len(set(names))
    assert all(isinstance(word, str) for words in place_words() for word in words)
    assert place_words().firm_prepositions <= place_words().prepositions
