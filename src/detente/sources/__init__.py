"""Where stories come from: files, standard input, pages of the web, JSON Lines."""

from detente.sources.fetch import Page, fetch
from detente.sources.files import parse_day, read_document
from detente.sources.jsonl import BadLine, read_jsonl

__all__ = ["BadLine", "Page", "fetch", "parse_day", "read_document", "read_jsonl"]
