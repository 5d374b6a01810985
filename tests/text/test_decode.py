"""From bytes to text: every way a story may be encoded, and what is no text."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model import InputError
from detente.text.decode import decode, looks_like_html, shown

STORY = "“We agreed on nothing,” said Turkey’s envoy in São Tomé – and left for Łódź."
WESTERN = "“We agreed on nothing,” said Turkey’s envoy in São Tomé – and left for Málaga."
ASCII = "The envoys of Ghana and Togo met on Monday.\r\nThey agreed on a border.\n"


def read(data: bytes, declared: str | None = None) -> str:
    return decode(data, where="story.txt", declared=declared)


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(data)
    line = str(caught.value)
    assert line.startswith("story.txt: ")
    assert "\n" not in line
    return line


@pytest.mark.parametrize(
    "data",
    [
        STORY.encode(),
        STORY.encode("utf-8-sig"),
        STORY.encode("utf-16"),
        STORY.encode("utf-16-le"),
        STORY.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"),
        STORY.encode("utf-32"),
        codecs.BOM_UTF32_BE + STORY.encode("utf-32-be"),
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "utf-16", "no-such-set"])
def test_unicode_in_all_its_forms_whatever_is_declared(data: bytes, declared: str | None) -> None:
    assert read(data, declared) == STORY


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (WESTERN, "cp1252", None),
        (WESTERN, "cp1252", "windows-1252"),
        (WESTERN, "cp1252", " ISO-8859-1 "),
        (WESTERN, "cp1252", "utf-8"),
        (WESTERN, "cp1252", "utf-7"),
        (WESTERN, "cp1252", "unicode_escape"),
        ("Talks in Malmö and Århus.", "latin-1", None),
        ("Talks in Łódź.", "cp1250", "windows-1250"),
        ("Talks in Łódź.", "iso8859-2", '"latin2"'),
        ("Talks in Киев.", "cp1251", "windows-1251"),
        ("Talks in 北京.", "gb18030", "gbk"),
        ("Talks in 東京.", "shift_jis", "Shift_JIS"),
        ("Talks in 서울.", "euc_kr", "euc-kr"),
    ],
)
def test_older_sets(text: str, codec: str, declared: str | None) -> None:
    assert read(text.encode(codec), declared) == text


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=windows-1251 />",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
    ],
)
def test_the_set_that_a_page_declares(head: str) -> None:
    page = f"<html>{head}<p>Talks in Киев.</p>"
    assert read(page.encode("cp1251")) == page
    assert read(page.encode("utf-8")) == page


def test_what_the_server_declares_goes_before_the_page() -> None:
    page = '<meta charset="windows-1251"><p>Talks in Łódź.</p>'
    assert read(page.encode("iso8859-2"), "iso-8859-2") == page


def test_ascii_comes_back_as_it_was_line_ends_and_all() -> None:
    assert read(ASCII.encode(), "shift_jis") == ASCII


def test_mojibake_is_left_to_the_text_layer() -> None:
    broken = WESTERN.encode().decode("cp1252", "ignore")
    assert read(broken.encode()) == broken


def test_a_broken_sign_in_utf8_costs_only_itself() -> None:
    data = (STORY * 3).encode()
    assert read(data + b"\xe9 and more") == STORY * 3 + "� and more"
    assert read(data + b" cut \xe2\x80") == STORY * 3 + " cut �"


def test_utf16_that_was_cut_in_the_middle_of_a_sign() -> None:
    assert read(STORY.encode("utf-16")[:-1]) == STORY[:-1] + "�"


@pytest.mark.parametrize("nuls", ["\0", "\0\0\0"])
def test_a_few_nuls_are_kept(nuls: str) -> None:
    text = f"The envoys{nuls} of Ghana met."
    assert read(text.encode()) == text


def test_many_nuls_in_a_long_text_are_kept() -> None:
    text = ("The envoys of Ghana and Togo met on Monday." + "\0") * 100
    assert read(text.encode()) == text


@pytest.mark.parametrize(
    "data", [b"", b" ", b"\r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe \0\n\0"]
)
def test_nothing_in_it(data: bytes) -> None:
    line = refused(data)
    assert "is empty" in line or "nothing but blanks" in line


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "is a PDF, not text; copy its text into a text file"),
        (b"\r\n  %PDF-1.3 and then text", "is a PDF"),
        (b"PK\x03\x04" + ASCII.encode(), "is a zip archive or an office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old office document"),
        (b"{\\rtf1 The envoys met.}", "is an RTF document, not text; save it as plain text"),
        (b"\x1f\x8b\x08\x00\x00", "is a gzip archive, not text; unpack it first"),
        (b"BZh91AY&SY\x00", "is a bzip2 archive"),
        (b"\xfd7zXZ\x00\x00", "is an xz archive"),
        (b"7z\xbc\xaf\x27\x1c", "is a 7z archive"),
        (b"\x28\xb5\x2f\xfd\x00", "is a zstd archive"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\0", "is a tar archive"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG image"),
        (b"\xff\xd8\xff\xe0", "is a JPEG image"),
        (b"GIF89a", "is a GIF image"),
        (b"RIFF\x00\x01\x02\x03WEBPVP8 ", "is a WebP image"),
        (b"\x00\x00\x00\x18ftypmp42", "is a video or audio recording"),
        (b"ID3\x04\x00", "is an MP3 recording"),
        (b"\x7fELF\x02\x01", "is a program"),
        (b"SQLite format 3\x00", "is an SQLite database"),
        (bytes(range(256)), "is binary data, not text; give a text or HTML file"),
        (b"\x00\x01\x02\x03", "is binary data"),
        (b"\0\0", "is binary data"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" * 9, "is binary data"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00\x00\x00(\x00" * 9, "is binary data"),
        (b"\xff\xfe" + b"\x00\xd8" * 50, "is binary data"),
    ],
)
def test_what_is_no_text(data: bytes, said: str) -> None:
    assert said in refused(data)


@pytest.mark.parametrize(
    "text", ["BMW opened a plant in Hungary.", "MZ Wallace spoke.", "7z is an archive, he said."]
)
def test_a_story_may_begin_like_a_file_of_another_kind(text: str) -> None:
    assert read(text.encode()) == text


def test_twenty_megabytes_take_a_moment() -> None:
    text = (STORY * 300_000)[:20_000_000]
    began = time.process_time()
    assert read(text.encode()) == text
    assert read(text.encode("utf-16-le")) == text
    assert time.process_time() - began < 5


@given(st.text(min_size=1))
def test_utf8_comes_back_as_it_was_or_is_refused(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        found = read(data)
    except InputError:
        return
    if data.startswith((codecs.BOM_UTF8, b"\0")) or "\0" in text:
        return
    assert found.encode() == data or "�" in found


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_line(data: bytes) -> None:
    try:
        assert decode(data, where="x\ny").encode("utf-8")
    except InputError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<!DOCTYPE html><html>", True),
        ("\ufeff\n <HTML lang=en>", True),
        ("<?xml version='1.0'?>\n<!-- saved --><html>", True),
        ("<body class=x>Chile and Peru met.", True),
        ("<p>Chile and Peru met.</p>", True),
        ("Chile <DIV class='a'>and Peru</DIV> met.", True),
        ("Chile and Peru met.<br>They signed.<br/>", True),
        ("Chile and Peru met.", False),
        ("", False),
        ("<Reuters> Chile and Peru met.", False),
        ("Exports were <5% and imports >7% of GDP.", False),
        ("The ministry's site showed a stray <p> in its statement.", False),
        ("Chile <b>and</b> Peru met.", False),
        ("<!-- never closed", False),
        ("a < b and c > d", False),
    ],
)
def test_pages_are_told_from_plain_text(text: str, html: bool) -> None:
    assert looks_like_html(text) is html


@pytest.mark.parametrize("piece", ["<p ", "<", "<br", "<!-- ", "<meta charset", "</p"])
def test_hostile_text_takes_no_longer(piece: str) -> None:
    text = piece * 400_000
    began = time.process_time()
    looks_like_html(text)
    read(text.encode())
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("where", "line"), [("a.txt", "a.txt"), ("a\n\x1b[31mb", "a??[31mb"), ("é", "é")]
)
def test_names_are_fit_for_one_line(where: str, line: str) -> None:
    assert shown(where) == line
    assert len(shown(where * 500)) <= 120
