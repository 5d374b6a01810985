"""The dossier as one HTML page: no script, no request to anywhere, the story beside its record."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from detente.exports import phrases
from detente.model import Coding


@cache
def _template() -> Any:
    import jinja2

    source = resources.files("detente.exports").joinpath("dossier.html.j2").read_text("utf-8")
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source)


def dossier_page(coding: Coding) -> str:
    """The dossier of a story as a page of HTML, complete in itself."""
    return str(
        _template().render(
            coding=coding,
            story=coding.story,
            title=coding.story.title or coding.document.title or coding.document.id,
            phrases=phrases,
            happened=[e for e in coding.events if e.status in ("occurred", "ongoing", "denied")],
        )
    )
