"""Makes a given text readable without moving a character.

First step of plain text. Every change puts one character in the place of one, so that an offset in
the reading text is the offset in the text as given. Curly quotation marks, dashes and letters stay.
What it leaves out: repairing mojibake (it would change lengths; `quality` flags it), and soft
hyphens or zero-width joiners inside a word, which no single character can stand for.
"""

from __future__ import annotations

import re
import unicodedata

# Ends of lines other than "\n": vertical tab, form feed, next line, line and paragraph separator.
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
# Written without a sign of their own: controls, spaces of other widths, marks of direction.
_BLANKS = "".join(
    sign
    for sign in map(chr, range(0x3001))
    if sign not in "\n\t \r"
    and sign not in _LINE_ENDS
    and unicodedata.category(sign) in ("Cc", "Zs", "Zl", "Zp")
)
_INVISIBLE = re.compile("(?<!\\w)[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_INVISIBLE_AFTER = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff](?!\\w)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    r"""Return a text of the same length with blanks for what cannot be read.

    Line ends become "\n" ("\r\n" becomes " \n"), controls and odd spaces become " ", lone
    surrogates U+FFFD. Tabs stay: they tell tables.
    """
    text = text.replace("\r", " " if "\n" in text else "\n")
    for sign in _LINE_ENDS:
        text = text.replace(sign, "\n")
    if text.isascii():
        blanks = [sign for sign in _BLANKS if sign < "\x80"]
    else:
        blanks = [*_BLANKS]
        text = _INVISIBLE_AFTER.sub(" ", _INVISIBLE.sub(" ", text))
        text = _SURROGATE.sub("\ufffd", text)
    for sign in blanks:
        text = text.replace(sign, " ")
    return text


_QUOTES = str.maketrans("“”„«»‘’‚‛`´", "\"\"\"\"\"''''''")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Return a key to compare phrases by: small letters, straight quotes, single spaces."""
    return _SPACES.sub(" ", text.translate(_QUOTES).casefold()).strip()


def letters_only(text: str) -> str:
    """Return a key to compare lines by: letters and figures alone, in small letters."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
