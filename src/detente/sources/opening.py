"""Opens files for all readers of `sources/`, packed or not, and says in one line what went wrong.

Packed files (gzip, bzip2, xz) are told by their first bytes and unpacked as they are read. A small
file that unpacks without end is stopped: text never shrinks to less than `RATIO` parts of itself.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from detente.model import InputError
from detente.text.decode import shown

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STANDARD_INPUT = "-"
# News in JSON shrinks to a sixth with gzip, to a tenth with xz; a bomb to a thousandth or less.
RATIO = 200
# So much may come of any file before the ratio is looked at, in bytes.
FREE_BYTES = 16_000_000
_BUFFER = 1 << 20

_Packed = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
_PACKINGS: tuple[tuple[bytes, Callable[[BinaryIO], _Packed]], ...] = (
    (b"\x1f\x8b", lambda raw: gzip.GzipFile(fileobj=raw)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\x00", lzma.LZMAFile),
)


@contextmanager
def open_source(where: str, stdin: BinaryIO | None = None) -> Iterator[io.BufferedReader]:
    """Open a file, or for `-` standard input, as a stream of unpacked bytes that can be peeked.

    Raises:
        InputError: it cannot be opened, or (while it is read) is broken or unpacks without end.
    """
    if where == STANDARD_INPUT:
        stream = stdin or getattr(sys.stdin, "buffer", None)
        if stream is None:
            raise InputError("standard input: is closed; give a file or pipe stories into it")
        yield unpacked(stream, "standard input")
        return
    with readable(where), Path(where).open("rb") as stream:
        yield unpacked(stream, where)


@contextmanager
def readable(where: str) -> Iterator[None]:
    """Turn what may go wrong with a file into one line for a person."""
    try:
        yield
    except FileNotFoundError as error:
        hint = "check the path (an address on the web begins with https://)"
        raise InputError(f"{shown(where)}: no such file; {hint}") from error
    except IsADirectoryError as error:
        raise InputError(f"{shown(where)}: is a folder; give a file in it") from error
    except PermissionError as error:
        text = f"{shown(where)}: may not be read; ask its owner for permission"
        raise InputError(text) from error
    except InputError:
        raise
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
        text = f"{shown(where)}: cannot be read ({shown(str(reason))}); check the path"
        raise InputError(text) from error


def unpacked(stream: BinaryIO, where: str) -> io.BufferedReader:
    """Wrap a stream so that it reads as unpacked bytes, whatever it is packed with."""
    counted = _Counted(stream)
    raw = io.BufferedReader(counted, _BUFFER)
    head = raw.peek(8)[:8]
    for sign, unpack in _PACKINGS:
        if head.startswith(sign):
            inner = unpack(cast(BinaryIO, raw))
            return io.BufferedReader(_Unpacked(inner, counted, where), _BUFFER)
    return cast(io.BufferedReader, raw)


class _Counted(io.RawIOBase):
    """A stream that counts the bytes taken from it, and is not closed with its readers."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._inner.read(len(view))
        view[: len(piece)] = piece
        self.taken += len(piece)
        return len(piece)


class _Unpacked(io.RawIOBase):
    """What a packed stream holds; stops at one that grows out of all proportion."""

    def __init__(self, inner: _Packed, packed: _Counted, where: str) -> None:
        self._inner = inner
        self._packed = packed
        self._where = where
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._read(len(view))
        view[: len(piece)] = piece
        self._given += len(piece)
        if self._given > FREE_BYTES and self._given > RATIO * self._packed.taken:
            raise InputError(
                f"{shown(self._where)}: unpacks to more than {RATIO} times its size; "
                "this is no archive of stories"
            )
        return len(piece)

    def _read(self, size: int) -> bytes:
        try:
            # What there is at once, so that of a file cut off the end costs nothing before it.
            return self._inner.read1(size)
        except EOFError as error:
            text = f"{shown(self._where)}: the packed file ends in the middle; get it again"
            raise InputError(text) from error
        except (gzip.BadGzipFile, zlib.error, lzma.LZMAError, OSError) as error:
            reason = shown(str(error))
            text = f"{shown(self._where)}: the packed file is broken ({reason}); get it again"
            raise InputError(text) from error
