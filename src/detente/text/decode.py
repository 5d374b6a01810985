"""Turns the bytes of a file or a page into text, or says why they are not text.

Comes first of all: what it returns is the document's text *as given*, the text in which every
offset counts, so nothing is cleaned here (line ends, mojibake and stray NULs stay; the text layer
deals with them). Only a byte order mark is dropped. What it leaves out: guessing between the
single-byte sets of other alphabets. Such a page that declares no set is read as Windows-1252, and
its language is then found not to be English.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from detente.knowledge.tables import load_yaml, rows, values
from detente.model import InputError

# A text may hold this share of control bytes (random bytes have 0.105); a short one this many, if
# they are no more than a quarter of it.
CONTROL_SHARE = 0.06
CONTROL_FEW = 3
CONTROL_QUARTER = 0.25
# UTF-16 without a mark: English has a NUL in nearly every second byte, and none in the others.
UTF16_LANE_FULL = 0.5
UTF16_LANE_EMPTY = 0.05
# A browser looks for the declared set in the first 1,024 bytes; pages in the wild put it later.
META_BYTES = 4_096
HTML_HEAD_CHARACTERS = 100_000
PDF_BYTES = 1_024
SHOWN_CHARACTERS = 120

_CONTROLS = bytes(sorted((set(range(32)) - set(b"\t\n\x0b\x0c\r\x1a\x1b")) | {127}))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""",
    re.IGNORECASE,
)


def decode(data: bytes, *, where: str, declared: str | None = None) -> str:
    """Decode the bytes of a story.

    In this order: a byte order mark; UTF-16 told by its NULs; bytes beyond ASCII that are valid
    UTF-8 (they are hardly ever anything else, whatever is declared); the declared set; the set
    that the page's own head declares; UTF-8 with a few broken signs; Windows-1252.

    Args:
        data: the bytes as read.
        where: the file or address, for errors.
        declared: the character set a server declared, if any; an unknown name is ignored.

    Raises:
        InputError: nothing in it, or not text (a PDF, an archive, an image, other binary data).
    """
    if not data.strip():
        raise InputError(f"{shown(where)}: is empty; give a file with a story in it")
    text = _with_mark(data, where)
    if text is None:
        text = _unmarked(data, where, declared)
    if not text.strip("\ufeff\0 \t\r\n"):
        raise InputError(f"{shown(where)}: holds nothing but blanks; give a file with a story")
    return text


def shown(where: str) -> str:
    """Make a file name or an address fit for one line of a message: printable and not too long."""
    line = "".join(sign if sign.isprintable() else "?" for sign in where)
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[: SHOWN_CHARACTERS - 3]}..."


def refuse_signature(data: bytes, where: str) -> None:
    """Refuse data that begins like a file which is not text (`file_signatures.tsv`).

    Raises:
        InputError: a known signature; the message names the kind and says what to do.
    """
    head = data[:PDF_BYTES]
    for offset, sign, kind, advice in _signatures():
        found = sign in head if offset is None else head.startswith(sign, offset)
        if found:
            raise InputError(f"{shown(where)}: is {kind}, not text; {advice}")


def looks_like_html(text: str) -> bool:
    """Tell whether a text is a web page or a piece of one (`html_tags.yaml`).

    A page begins with its doctype or its first element; a piece has a block element that is opened
    and closed, or several line breaks. A story that merely mentions a tag is plain text.
    """
    page, tags, voids = _html_patterns()
    head = text[:HTML_HEAD_CHARACTERS]
    if page.match(_after_comments(head)):
        return True
    found = {(slash, name.lower()) for slash, name in tags.findall(head)}
    closed = {name for slash, name in found if slash}
    return any(not slash and name in closed for slash, name in found) or (
        len(voids.findall(head)) > 1
    )


def _with_mark(data: bytes, where: str) -> str | None:
    for mark, codec in _BOMS:
        if not data.startswith(mark):
            continue
        if codec.startswith("utf-32") and len(data) % 4:
            continue
        return _wide(data[len(mark) :], codec, where)
    return None


def _unmarked(data: bytes, where: str, declared: str | None) -> str:
    refuse_signature(data, where)
    if codec := _utf16_without_mark(data):
        return _wide(data, codec, where)
    _refuse_binary(data, where)
    if data.isascii():
        return data.decode("ascii")
    for name in ("utf-8", _decoder(declared), _decoder(_meta_charset(data))):
        text_or_none = _strict(data, name)
        if text_or_none is not None:
            return text_or_none
    return _damaged_utf8(data) or data.decode("cp1252", "replace")


def _wide(data: bytes, codec: str, where: str) -> str:
    text = data.decode(codec, "replace")
    _refuse_binary(text.encode("utf-8", "replace"), where, text.count("\ufffd"))
    return text


def _refuse_binary(data: bytes, where: str, broken: int = 0) -> None:
    bad = broken + len(data) - len(data.translate(None, _CONTROLS))
    few = min(CONTROL_FEW, CONTROL_QUARTER * len(data))
    if bad > max(few, CONTROL_SHARE * len(data)):
        raise InputError(f"{shown(where)}: is binary data, not text; give a text or HTML file")


def _utf16_without_mark(data: bytes) -> str | None:
    half = len(data) // 2
    if not half:
        return None
    even, odd = data[0::2].count(0) / half, data[1::2].count(0) / half
    if odd >= UTF16_LANE_FULL and even <= UTF16_LANE_EMPTY:
        return "utf-16-le"
    if even >= UTF16_LANE_FULL and odd <= UTF16_LANE_EMPTY:
        return "utf-16-be"
    return None


def _strict(data: bytes, codec: str | None) -> str | None:
    # Bytes that reach this are no UTF-16: a declaration of it is a mistake.
    if codec is None or codec.startswith("utf-16"):
        return None
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _damaged_utf8(data: bytes) -> str | None:
    """Read as UTF-8 text that was cut or pasted together, if its sound signs outnumber the bad."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    sound = sum(1 for sign in text if sign > "\x7f") - bad
    return text if sound > bad else None


def _meta_charset(data: bytes) -> str | None:
    found = _META.search(data[:META_BYTES])
    return found[1].decode("ascii", "replace") if found else None


def _decoder(label: str | None) -> str | None:
    return _charsets().get(label.strip().strip("\"'").lower()) if label else None


def _after_comments(head: str) -> str:
    rest = head.lstrip("\ufeff \t\r\n")
    while rest.startswith(("<!--", "<?")):
        _, found, rest = rest.partition("-->" if rest.startswith("<!--") else ">")
        if not found:
            return ""
        rest = rest.lstrip()
    return rest


@cache
def _signatures() -> tuple[tuple[int | None, bytes, str, str], ...]:
    return tuple(
        (
            None if row["offset"] == "any" else int(row["offset"]),
            bytes.fromhex(row["sign"]),
            row["kind"],
            row["advice"],
        )
        for row in rows("file_signatures.tsv")
    )


@cache
def _charsets() -> dict[str, str]:
    return {
        label: row["decoder"] for row in rows("charsets.tsv") for label in values(row["labels"])
    }


@cache
def _html_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = load_yaml("html_tags.yaml")
    page, block, void = (
        "|".join(re.escape(name) for name in names[key]) for key in ("page", "block", "void")
    )
    return (
        re.compile(rf"<(?:{page})(?=[\s/>])", re.IGNORECASE),
        re.compile(rf"<(/?)({block})(?:\s[^<>]{{0,500}})?>", re.IGNORECASE),
        re.compile(rf"<(?:{void})\s{{0,9}}/?>", re.IGNORECASE),
    )
