"""Where stories come from: files, folders, archives, mailboxes, tables, feeds, pages of the web."""

from detente.sources.documents import documents, formats
from detente.sources.fetch import Page, fetch
from detente.sources.files import parse_day, read_document
from detente.sources.jsonl import BadLine, read_jsonl
from detente.sources.problem import Problem

__all__ = [
    "BadLine",
    "Page",
    "Problem",
    "documents",
    "fetch",
    "formats",
    "parse_day",
    "read_document",
    "read_jsonl",
]
