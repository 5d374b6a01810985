"""How time and rows grow with odd input: per word they must not.

Usage: python -m bench.robust [--doublings 5]

Each kind of text is coded at sizes that double; the seconds for a thousand words at the largest
size over those at the smallest is the growth (1 is linear). A text without full stops is parsed in
pieces of one size, which small texts do not fill: its growth levels off. Rows are counted, too:
noise must give fewer rows than the plain text it was made of.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections.abc import Callable

from bench.record import record
from detente import Coder, Document

PUBLISHED = dt.date(2019, 5, 16)
SEED = 11
# Words of the smallest text.
SMALLEST = 200
PLAIN = [
    "Peru's foreign minister met his Bolivian counterpart in La Paz on Tuesday.",
    "He accused Chile of moving troops to the border and demanded that it withdraw them.",
    "Chile's defence ministry rejected the charge, saying that its men were on a yearly drill.",
    "The three presidents are to hold talks in Lima next week, two officials said.",
    "Brazil offered to host the meeting and sent medicine to the border towns.",
]


def plain(words: int) -> str:
    """Sentences of a wire story."""
    return " ".join(_filled(PLAIN, words))


def one_sentence(words: int) -> str:
    """A story that is one sentence."""
    parts = [sentence.rstrip(".") for sentence in _filled(PLAIN, words)]
    return ", and ".join(parts) + "."


def no_stops(words: int) -> str:
    """No punctuation at all."""
    return "".join(sign for sign in plain(words) if sign.isalnum() or sign == " ")


def capitals(words: int) -> str:
    """All in capitals."""
    return plain(words).upper()


def scanned(words: int) -> str:
    """One letter in twenty read wrongly."""
    chance = random.Random(SEED)
    return "".join(
        chance.choice("1l0O|;rnm ") if sign.isalpha() and chance.random() < 0.05 else sign
        for sign in plain(words)
    )


def table(words: int) -> str:
    """A table of results."""
    rows = ["Peru\t3\t1\t2\t7", "Bolivia\t2\t2\t1\t8", "Chile\t1\t3\t1\t6"]
    return "\n".join(_filled(rows, words))


def transcript(words: int) -> str:
    """Questions and answers."""
    turns = ["Q: Will Peru meet Bolivia this week?", "MR. ROJAS: We have said that we will see."]
    return "\n".join(_filled(turns, words))


def live_blog(words: int) -> str:
    """Short entries with the time of day."""
    return "\n\n".join(f"10:{n % 60:02} GMT - {s}" for n, s in enumerate(_filled(PLAIN, words)))


def names(words: int) -> str:
    """Nothing but names."""
    return " ".join(_filled(["Peru Bolivia Chile Brazil Lima La Paz Evo Morales"], words))


def quotations(words: int) -> str:
    """Speech within speech."""
    sides = ['"Peru said that Bolivia said that Chile had said,', "he said, that Brazil accused it"]
    return " ".join(_filled(sides, words))


KINDS: tuple[Callable[[int], str], ...] = (
    plain, one_sentence, no_stops, capitals, scanned, table, transcript, live_blog, names,
    quotations,
)  # fmt: skip


def _filled(parts: list[str], words: int) -> list[str]:
    found: list[str] = []
    count = 0
    while count < words:
        found.append(parts[len(found) % len(parts)])
        count += len(found[-1].split())
    return found


def main() -> None:
    """Measure and record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--doublings", type=int, default=5)
    sizes = [SMALLEST * 2**n for n in range(parser.parse_args().doublings + 1)]
    coder = Coder()
    coder.code(Document(plain(SMALLEST)))
    curves = {}
    for kind in KINDS:
        curve = [_measured(coder, kind(size), size) for size in sizes]
        curves[kind.__name__] = curve
    growth = {name: round(c[-1]["seconds"] / c[0]["seconds"], 2) for name, c in curves.items()}
    worst = max(growth, key=lambda name: growth[name])
    record(
        "robust",
        f"{sizes[0]} to {sizes[-1]} words: seconds a thousand words grow at most "
        f"{growth[worst]:.2f}-fold ({worst})",
        growth=growth, curves=curves,
    )  # fmt: skip
    for name, curve in curves.items():
        figures = ", ".join(f"{c['words']}: {c['seconds']:.3f} s, {c['rows']} rows" for c in curve)
        print(f"  {name} (for 1,000 words): {figures}")


def _measured(coder: Coder, text: str, words: int) -> dict[str, float]:
    """Seconds and rows for a thousand words; small texts are coded several times."""
    times = max(1, 1600 // words)
    begin = time.perf_counter()
    for _ in range(times):
        rows = len(coder.code(Document(text, date=PUBLISHED)).events)
    seconds = (time.perf_counter() - begin) / times
    thousands = len(text.split()) / 1000
    return {
        "words": words,
        "seconds": round(seconds / thousands, 4),
        "rows": round(rows / thousands, 1),
    }


if __name__ == "__main__":
    main()
