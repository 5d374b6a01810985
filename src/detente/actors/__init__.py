"""Who: finds the actors of a story and resolves them to states, offices and persons."""

from .find import find_actors, resolve_phrase
from .lexicon import Lexicon

__all__ = ["Lexicon", "find_actors", "resolve_phrase"]
