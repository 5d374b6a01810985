"""Every kind of file gives its stories, and what is broken costs nothing that is whole."""

from __future__ import annotations

import bz2
import csv
import datetime as dt
import gzip
import io
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.model import Document, InputError
from detente.sources import Problem, documents
from detente.sources.documents import format_of, formats

STORY = "Chile and Peru signed a treaty in Lima on Monday."
OTHER = "Ghana's president received his counterpart from Togo."
LINE = json.dumps({"id": "a", "text": STORY}) + "\n"


def texts(path: Path | str, form: str | None = None) -> list[str]:
    """The texts of a source; a problem as its reason."""
    found = documents(str(path), form=form)
    return [entry.reason if isinstance(entry, Problem) else entry.text for entry in found]


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.jsonl", "jsonl"),
        ("a.CSV", "csv"),
        ("a.b.csv.gz", "csv"),
        ("a.warc.gz", "warc"),
        ("a.txt.xz", "text"),
        ("a.gz", None),
        ("a", None),
        (".csv", None),
        ("a.docx", None),
    ],
)
def test_a_name_says_the_format(name: str, form: str | None) -> None:
    assert format_of(name) == form
    assert form is None or form in formats()


@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, bz2.compress, lzma.compress], ids=["plain", "gz", "bz2", "xz"]
)
def test_packed_files_are_unpacked_whatever_they_are_called(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    assert texts(saved(tmp_path, "stories.jsonl", pack(LINE.encode()))) == [STORY]


def test_standard_input_is_told_by_its_first_bytes() -> None:
    mail = f"From a@example.org Mon Feb  6 10:00:00 2023\nSubject: x\n\n{STORY}\n".encode()
    for data in (LINE.encode(), gzip.compress(LINE.encode()), mail, warc(page("http://a/", STORY))):
        [found] = documents("-", stdin=io.BytesIO(data))
        assert isinstance(found, Document)
        assert STORY in found.text
    with pytest.raises(InputError, match="Parquet cannot be read from a pipe"):
        list(documents("-", stdin=io.BytesIO(b"PAR1....")))


def test_a_folder_is_read_in_the_order_of_names_with_all_within(tmp_path: Path) -> None:
    saved(tmp_path, "b.txt", STORY)
    saved(tmp_path, "a/c.jsonl", LINE)
    saved(tmp_path, "a/broken.jsonl.gz", gzip.compress(LINE.encode() * 1000)[:-30])
    saved(tmp_path, "z.html", f"<html><body><p>{OTHER}</p></body></html>")
    saved(tmp_path, "empty.txt", "")
    saved(tmp_path, "notes.docx", b"PK\3\4")
    saved(tmp_path, ".hidden.txt", STORY)
    saved(tmp_path, ".git/config.txt", STORY)
    entries = list(documents(str(tmp_path)))
    assert [entry.id for entry in entries if isinstance(entry, Document)][-3:] == [
        "a",
        "b.txt",
        "z.html",
    ]
    problems = [str(entry) for entry in entries if isinstance(entry, Problem)]
    assert len(problems) == 3
    assert "broken.jsonl.gz: the packed file ends in the middle" in problems[0]
    assert "empty.txt: " in problems[1]
    assert "notes.docx: its ending names no format" in problems[2]


def test_what_is_missing_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file; check the path"):
        texts(tmp_path / "none.csv")
    with pytest.raises(InputError, match="no such file; check the path"):
        texts(tmp_path / "none.parquet")
    assert texts(tmp_path) == []


def test_a_bomb_is_stopped_before_it_fills_the_memory(tmp_path: Path) -> None:
    bomb = saved(tmp_path, "bomb.jsonl.gz", gzip.compress(bytes(300_000_000), 9))
    with pytest.raises(InputError, match="unpacks to more than 200 times its size"):
        texts(bomb)


def test_a_packed_file_that_is_damaged(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(LINE.encode() * 50, 0))
    data[60] ^= 255
    with pytest.raises(InputError, match="the packed file is broken"):
        texts(saved(tmp_path, "a.jsonl.gz", bytes(data)))


# Tables


def table(rows: list[list[str]], **options: str) -> str:
    text = io.StringIO()
    csv.writer(text, **options).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def test_a_table_names_its_columns_as_it_likes(tmp_path: Path) -> None:
    rows = [
        ["Document ID", "Headline", "Published_At", "Body", "URL", "Outlet"],
        ["n1", "A treaty", "2023-02-06T10:00:00Z", f'{STORY}\n"Yes," they said.', "http://a/", "P"],
    ]
    whole = Document(
        text=f'{STORY}\n"Yes," they said.',
        id="n1",
        date=dt.date(2023, 2, 6),
        title="A treaty",
        source="P",
        url="http://a/",
    )
    for separator in ",;|\t":
        path = saved(tmp_path, "stories.csv", table(rows, delimiter=separator))
        assert list(documents(str(path))) == [whole]
    wide = table(rows).encode("utf-16")
    assert list(documents(str(saved(tmp_path, "wide.csv", wide)))) == [whole]


def test_a_bad_row_costs_no_other(tmp_path: Path) -> None:
    lines = [
        b"id,text,date",
        b"1," + STORY.encode() + b",2023-02-06",
        b"2,,2023-02-06",
        b"3,Talks ended.,2023-02-31",
        b"4,Bogot\xe1 agreed.,2023-02-06",
        b"5",
        b"",
        b"6,Chad\0 agreed.,2023-02-06",
        b"7," + OTHER.encode() + b",",
    ]
    entries = list(documents(str(saved(tmp_path, "a.csv", b"\n".join(lines)))))
    assert [entry.id for entry in entries if isinstance(entry, Document)] == ["1", "6", "7"]
    problems = [str(entry).rpartition("a.csv:")[2] for entry in entries if type(entry) is Problem]
    assert problems == [
        "3: 'text' is missing" if "missing" in problems[0] else "3: 'text' is blank",
        "4: 'date' is '2023-02-31', not a day; write it as in \"2023-02-28\"",
        "5: it is not UTF-8; save the table as UTF-8",
        "6: 'text' is missing",
    ]


def test_rows_without_an_id_are_called_by_their_line(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.tsv", f"text\n{STORY}\n\n{OTHER}\n")
    assert [entry.id for entry in documents(str(path)) if isinstance(entry, Document)] == ["2", "4"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty; give a table with a line of column names"),
        (b"a,b,c\n1,2,3\n", r"no column holds the stories' text \(columns: a, b, c\)"),
        (b"\0\0\0\0\n\0", "no column holds"),
        (b"%PDF-1.7", "is a PDF"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        texts(saved(tmp_path, "a.csv", content))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_break_a_table(tmp_path: Path, data: bytes) -> None:
    path = saved(tmp_path, "a.csv", b"id,text\n1,x\n" + data)
    first = next(documents(str(path)))
    assert isinstance(first, Document)
    for entry in documents(str(path)):
        assert isinstance(entry, Document | Problem)


def test_parquet_rows(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = {
        "id": [1, 2, 3],
        "text": [STORY, None, OTHER],
        "date": [dt.date(2023, 2, 6), None, None],
    }
    pq.write_table(pa.table(rows), tmp_path / "a.parquet")
    first, second, third = documents(str(tmp_path / "a.parquet"))
    assert first == Document(text=STORY, id="1", date=dt.date(2023, 2, 6))
    assert isinstance(second, Problem)
    assert (second.where.endswith("a.parquet:2"), second.reason) == (True, "'text' is missing")
    assert isinstance(third, Document)
    data = (tmp_path / "a.parquet").read_bytes()
    with pytest.raises(InputError, match="is no sound Parquet file"):
        texts(saved(tmp_path, "cut.parquet", data[:-40]))
    pq.write_table(pa.table({"n": [1]}), tmp_path / "b.parquet")
    with pytest.raises(InputError, match="no column holds the stories' text"):
        texts(tmp_path / "b.parquet")


# Archives


def page(url: str, text: str, kind: str = "text/html", status: str = "200 OK") -> bytes:
    body = f"<html><body><p>{text}</p></body></html>" if kind == "text/html" else text
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{body}".encode()
    return record("response", url, "application/http; msgtype=response", answer)


def record(kind: str, url: str, media: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2023-02-06T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(*records: bytes) -> bytes:
    return record("warcinfo", "x", "application/warc-fields", b"software: y\r\n") + b"".join(
        records
    )


def test_an_archive_gives_its_pages_and_nothing_else(tmp_path: Path) -> None:
    data = warc(
        page("http://a/1", STORY),
        page("http://a/2", "gone", status="404 Not Found"),
        page("http://a/3", "body { }", kind="text/css"),
        record("request", "http://a/1", "application/http", b"GET / HTTP/1.1\r\n\r\n"),
        page("http://a/4", OTHER, kind="text/plain"),
    )
    packed = b"".join(gzip.compress(part) for part in (data, warc(page("http://a/5", STORY))))
    for path in (saved(tmp_path, "a.warc", data), saved(tmp_path, "b.warc.gz", packed)):
        entries = [entry for entry in documents(str(path)) if isinstance(entry, Document)]
        assert [entry.url for entry in entries][:2] == ["http://a/1", "http://a/4"]
        assert [entry.markup for entry in entries][:2] == ["html", "plain"]
        assert entries[1].text == OTHER
    assert entries[2].id == "http://a/5"


def test_plain_texts_of_an_archive(tmp_path: Path) -> None:
    data = record("conversion", "http://a/1", "text/plain", STORY.encode())
    [found] = documents(str(saved(tmp_path, "a.wet", data)))
    assert found == Document(text=STORY, id="http://a/1", url="http://a/1")


@pytest.mark.parametrize("lost", [10, 60, 200, 330])
@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_cut_in_the_middle_gives_what_is_whole(
    tmp_path: Path, lost: int, packed: bool
) -> None:
    import random

    noise = random.Random(1).randbytes(300).hex()
    parts = [page("http://a/1", STORY), page("http://a/2", f"{OTHER} {noise}")]
    data = b"".join(gzip.compress(part) if packed else part for part in parts)[:-lost]
    first, *rest = documents(str(saved(tmp_path, "a.warc", data)))
    assert isinstance(first, Document)
    assert STORY in first.text
    assert isinstance(rest[-1], Problem)
    # Where only the packing is cut, not what it holds, the second page is whole as well.
    assert [type(entry) for entry in rest[:-1]] in ([], [Document])
    assert all("Ghana" in entry.text for entry in rest[:-1] if isinstance(entry, Document))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no WARC archive"):
        texts(saved(tmp_path, "a.warc", STORY))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.integers(0, 700))
def test_no_bytes_break_an_archive(tmp_path: Path, data: bytes, at: int) -> None:
    whole = warc(page("http://a/1", STORY))
    path = saved(tmp_path, "a.warc", b"WARC/" + whole[5:at] + data + whole[at:])
    for entry in documents(str(path)):
        assert isinstance(entry, Document | Problem)


# Mail


MESSAGE = """\
From desk@example.org Mon Feb  6 10:00:00 2023
From: The Strait Courier <desk@example.org>
Date: Mon, 06 Feb 2023 10:00:00 +0000
Subject: =?utf-8?q?A_treaty_in_Bogot=C3=A1?=
Message-ID: <n1@example.org>
Content-Type: text/plain; charset=utf-8

Chile and Peru signed a treaty.
>From now on they trade freely.

"""


def test_a_mailbox(tmp_path: Path) -> None:
    html = MESSAGE.replace("text/plain", "text/html").replace("Chile", "<p>Chile</p>")
    empty = "From x Mon Feb  6 10:00:00 2023\nSubject: nothing\n\n\n"
    first, second, third = documents(str(saved(tmp_path, "a.mbox", MESSAGE + empty + html)))
    assert first == Document(
        text="Chile and Peru signed a treaty.\nFrom now on they trade freely.\n\n",
        id="n1@example.org",
        date=dt.date(2023, 2, 6),
        title="A treaty in Bogotá",
        source="The Strait Courier",
    )
    assert isinstance(second, Problem)
    assert second.reason == "the message holds no text"
    assert isinstance(third, Document)
    assert third.markup == "html"


def test_one_message(tmp_path: Path) -> None:
    [found] = documents(str(saved(tmp_path, "a.eml", MESSAGE.partition("\n")[2])))
    assert isinstance(found, Document)
    assert found.id == "n1@example.org"


def test_what_is_no_mailbox_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no mailbox"):
        texts(saved(tmp_path, "a.mbox", STORY))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_no_bytes_break_a_mailbox(tmp_path: Path, data: bytes) -> None:
    path = saved(tmp_path, "a.mbox", MESSAGE.encode() + b"\nFrom x\n" + data)
    entries = list(documents(str(path)))
    assert isinstance(entries[0], Document)
    assert len(entries) >= 2
