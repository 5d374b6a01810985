"""Who: finds the actors of a story and resolves them to states, offices and persons."""

from .dictionary import load_lexicon, read_dictionary
from .find import find_actors, resolve_phrase
from .lexicon import Lexicon

__all__ = ["Lexicon", "find_actors", "load_lexicon", "read_dictionary", "resolve_phrase"]
