"""Reading one story: from a file, standard input, a page; and what cannot be read."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from website import STORY, Site

from detente.model import InputError
from detente.sources import files, parse_day, read_document

PLAIN = "Estonia recalled its ambassador from Minsk on Friday.\n"
HEADED = f"Date: 2023-02-03\nSource: The Strait Courier\n\n{PLAIN}"


def write(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def refused(where: str) -> str:
    with pytest.raises(InputError) as caught:
        read_document(where, stdin=io.BytesIO())
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_a_plain_file(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, "recall.v2.txt", PLAIN.encode()))
    assert (document.text, document.id, document.markup) == (PLAIN, "recall.v2", "plain")
    assert (document.date, document.title, document.source, document.url) == (None,) * 4


def test_a_head_is_read_and_stays_in_the_text(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, "recall.txt", HEADED.encode()))
    assert document.text == HEADED
    assert document.date == dt.date(2023, 2, 3)
    assert document.source == "The Strait Courier"


def test_a_head_may_name_the_story(tmp_path: Path) -> None:
    text = f"Id: recall-7\nTitle: A recall\nUrl: https://example.org/7\n\n{PLAIN}"
    document = read_document(write(tmp_path, "x.txt", text.encode()))
    assert (document.id, document.title) == ("recall-7", "A recall")
    assert document.url == "https://example.org/7"


def test_the_day_given_goes_before_the_head(tmp_path: Path) -> None:
    day = dt.date(2024, 2, 29)
    where = write(tmp_path, "a.txt", HEADED.replace("2023-02-03", "2023-02-30").encode())
    assert read_document(where, date=day).date == day
    assert "its date '2023-02-30' is not a day" in refused(where)


def test_a_page_in_a_file_is_told_by_its_content(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, "page.txt", STORY.encode()))
    assert (document.markup, document.text) == ("html", STORY)


def test_standard_input() -> None:
    document = read_document("-", stdin=io.BytesIO(HEADED.encode()))
    assert (document.id, document.text) == ("-", HEADED)
    assert document.date == dt.date(2023, 2, 3)


def test_standard_input_with_nothing_in_it() -> None:
    assert refused("-").startswith("standard input: is empty")


def test_a_page_of_the_web(site: Site) -> None:
    url = f"{site.base}/hop/2"
    document = read_document(url, allow_private=True, date=dt.date(2023, 6, 1))
    assert (document.id, document.url) == (url, f"{site.base}/page")
    assert (document.text, document.markup) == (STORY, "html")
    assert document.date == dt.date(2023, 6, 1)


def test_the_charset_a_server_declares(site: Site) -> None:
    assert (
        read_document(f"{site.base}/latin", allow_private=True).text == "Talks in Malmö and Århus."
    )


def test_a_page_on_this_machine_is_refused_unless_allowed(site: Site) -> None:
    assert "not a public address" in refused(f"{site.base}/page")


def test_a_pdf_under_a_false_type(site: Site) -> None:
    with pytest.raises(InputError, match="is a PDF, not text"):
        read_document(f"{site.base}/typed/text/html", allow_private=True)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "is empty; give a file with a story in it"),
        ("blank.txt", b" \r\n\t\n", "is empty"),
        ("paper.txt", b"%PDF-1.4\n1 0 obj", "is a PDF, not text; copy its text into a text file"),
        ("story.docx", b"PK\x03\x04\x14\x00word/document.xml", "an office document"),
        ("story.gz", b"\x1f\x8b\x08\x00abc", "is a gzip archive, not text; unpack it first"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n", "is a PNG image"),
        ("noise.txt", bytes(range(256)) * 4, "is binary data"),
    ],
)
def test_files_that_hold_no_text(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    where = write(tmp_path, name, data)
    line = refused(where)
    assert said in line
    assert name in line or len(where) > 100


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    line = refused(str(tmp_path / "gone.txt"))
    assert "no such file; check the path" in line


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder; give a file in it" in refused(str(tmp_path))


@pytest.mark.parametrize("where", ["", "a\0b.txt", "x" * 5000, "notafolder.py/x"])
def test_names_that_no_file_can_have(where: str) -> None:
    assert refused(where)


def test_a_name_with_control_signs_stays_on_one_line() -> None:
    assert "gone?now.txt: no such file" in refused("gone\nnow.txt")


@contextmanager
def nobody() -> Iterator[None]:
    """Act as a user without rights; the administrator could read every file."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    where = write(tmp_path, "closed.txt", PLAIN.encode())
    Path(where).chmod(0)
    with nobody():
        assert "may not be read; ask its owner for permission" in refused(where)


def test_twenty_megabytes_of_text_are_read(tmp_path: Path) -> None:
    data = (PLAIN * 400_000)[:20_000_000].encode()
    document = read_document(write(tmp_path, "long.txt", data))
    assert len(document.text) == 20_000_000


def test_a_file_past_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(files.MAX_FILE_BYTES + 1)
    assert "is larger than 64 MB" in refused(str(path))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of Unix systems")
def test_a_device_without_end_is_refused() -> None:
    assert "is larger than 64 MB" in refused("/dev/zero")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-02-28", dt.date(2023, 2, 28)),
        (" 2024-02-29 ", dt.date(2024, 2, 29)),
        ("2023-02-03T23:59:59Z", dt.date(2023, 2, 3)),
    ],
)
def test_days(text: str, day: dt.date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-30", "2023-13-01", "2023-2-3", "20230203", "2023-W05-5", "03/02/2023", "yesterday",
        "", "2023-02-03 or so", "٢٠٢٣-٠٢-٠٣", "0000-01-01", "2023-02-03\nx",
    ],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(InputError, match="is not a day; write year, month and day") as caught:
        parse_day(text)
    assert "\n" not in str(caught.value)
