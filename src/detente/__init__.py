"""Détente reads the news and keeps the record of relations between states.

>>> from detente import Coder, Document
>>> coding = Coder().code(Document("Peru thanked Chile for its help on Monday."))
>>> [(event.type, event.source[0].country, event.target[0].country) for event in coding.events]
[('SUPPORT', 'PER', 'CHL')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Coder", "Coding", "Document", "InputError", "__version__"]

if TYPE_CHECKING:
    from detente.coder import Coder
    from detente.model import Coding, Document, InputError


def __getattr__(name: str) -> Any:
    """Load the public names when they are first asked for: `detente --help` needs none."""
    if name == "Coder":
        from detente.coder import Coder

        return Coder
    if name in ("Coding", "Document", "InputError"):
        from detente import model

        return getattr(model, name)
    raise AttributeError(f"module 'detente' has no attribute '{name}'")
