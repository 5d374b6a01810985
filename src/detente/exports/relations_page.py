"""The dossier of a pair as one page of HTML: the picture of the index and the tables; no script."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from detente.exports.plot import index_svg
from detente.exports.relations_text import headline, sections, title
from detente.relations.dossier import Dossier


@cache
def _template() -> Any:
    import jinja2

    source = resources.files("detente.exports").joinpath("relations.html.j2").read_text("utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        source
    )


def relations_page(found: Dossier) -> str:
    """The dossier as HTML, complete in itself."""
    picture = index_svg(found.index, found.changes)
    return str(
        _template().render(
            title=title(found),
            headline=headline(found),
            picture=picture,
            sections=list(sections(found)),
        )
    )
