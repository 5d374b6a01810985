"""Pictures of the index: a sparkline for the terminal, and a small SVG, both drawn by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape

from detente.relations.change_points import Change
from detente.relations.index import Reading

BARS = "▁▂▃▄▅▆▇█"
WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 36, 10, 28, 24
HIGHEST = 10  # of the scale of scores
TICK = 5
STYLE = (
    "text{font:11px sans-serif;fill:#444}.band{fill:#c9d8ea}.line{fill:none;stroke:#1f4e86;"
    "stroke-width:1.6}.zero{stroke:#888}.grid{stroke:#ddd}.change{stroke:#b3412e;"
    "stroke-dasharray:3 3}"
)


def sparkline(index: Sequence[Reading], most: int = 60) -> str:
    """The last levels as bars, -10 the lowest and +10 the highest; a dot where nothing is known."""
    return "".join(_bar(reading.level) for reading in index[-most:])


def _bar(level: float | None) -> str:
    if level is None:
        return "·"
    return BARS[min(int((level + HIGHEST) / (2 * HIGHEST) * len(BARS)), len(BARS) - 1)]


def index_svg(index: Sequence[Reading], changes: Sequence[Change] = (), title: str = "") -> str:
    """The index as a picture: the level, its interval as a band, change points as dashed lines.

    An SVG document of its own, ending in a newline; without readings it says that there are none.
    """
    return "\n".join(_svg(index, changes, title)) + "\n"


def _svg(index: Sequence[Reading], changes: Sequence[Change], title: str) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img">'
    )
    yield f"<title>{escape(title or 'Index of relations')}</title><style>{STYLE}</style>"
    yield f'<text x="{LEFT}" y="16">{escape(title)}</text>'
    known = [reading for reading in index if reading.level is not None]
    if known:
        yield from _drawing(index, known, changes)
    else:
        yield f'<text x="{LEFT}" y="{HEIGHT // 2}">no readings</text>'
    yield "</svg>"


def _drawing(
    index: Sequence[Reading], known: Sequence[Reading], changes: Sequence[Change]
) -> Iterator[str]:
    x, y = _across(index[0].end, index[-1].end), _upward
    yield from _grid(y)
    band = [(x(r.end), y(r.high or 0.0)) for r in known]
    band += [(x(r.end), y(r.low or 0.0)) for r in reversed(known)]
    yield f'<polygon class="band" points="{_points(band)}"/>'
    line = [(x(r.end), y(r.level or 0.0)) for r in known]
    yield f'<polyline class="line" points="{_points(line)}"/>'
    for change in changes:
        if index[0].end <= change.day <= index[-1].end:
            at = x(change.day)
            yield (
                f'<line class="change" x1="{at:.1f}" x2="{at:.1f}" y1="{TOP}" '
                f'y2="{HEIGHT - BOTTOM}"><title>{change.day}: {change.before:+.1f} to '
                f"{change.after:+.1f}</title></line>"
            )
    for day, anchor in ((index[0].end, "start"), (index[-1].end, "end")):
        yield f'<text x="{x(day):.1f}" y="{HEIGHT - 8}" text-anchor="{anchor}">{day}</text>'


def _grid(y: Callable[[float], float]) -> Iterator[str]:
    for level in range(-HIGHEST, HIGHEST + 1, TICK):
        kind = "grid" if level else "zero"
        yield f'<line class="{kind}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(level):.1f}" y2="{y(level):.1f}"/>'  # noqa: E501
        shown = f"{level:+d}" if level else "0"
        yield f'<text x="{LEFT - 4}" y="{y(level) + 4:.1f}" text-anchor="end">{shown}</text>'


def _across(first: dt.date, last: dt.date) -> Callable[[dt.date], float]:
    days = max((last - first).days, 1)
    return lambda day: LEFT + (day - first).days / days * (WIDTH - LEFT - RIGHT)


def _upward(level: float) -> float:
    return TOP + (HIGHEST - level) / (2 * HIGHEST) * (HEIGHT - TOP - BOTTOM)


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
