"""From a given document to clean, dated sentences."""

from detente.text.story import read_story, to_given

__all__ = ["read_story", "to_given"]
