"""What could not be read, in words for a person. Every reader of `sources/` hands these on."""

from __future__ import annotations

from msgspec import Struct


class Problem(Struct, frozen=True):
    """Something that is no document: `where` it stands (`stories.csv:12`) and why, in one line."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"
