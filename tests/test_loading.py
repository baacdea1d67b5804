"""One article from outside: what is refused, in one line that names it and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.errors import InputError
from newsdesk.loading import from_bytes, from_text, is_address, load, read_file
from newsdesk.models import Limits

LIMITS = Limits()
AGENT = "newsdesk/test"


async def refused(source: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        await load(str(source), LIMITS, AGENT)
    line = caught.value.line()
    assert str(source) in line
    assert "\n" not in line
    return line


async def test_missing(tmp_path: Path) -> None:
    assert "no such file" in await refused(tmp_path / "nothing.txt")


async def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in await refused(tmp_path)


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
async def test_empty(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "empty.txt"
    file.write_bytes(content)
    assert "is empty" in await refused(file)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"text\x00more", bytes(range(256)) * 4]
)
async def test_binary(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "binary"
    file.write_bytes(content)
    assert "is binary" in await refused(file)


async def test_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    assert "is larger than 5 MB" in await refused(file)
    assert len(read_file(file, 60_000_000)) == 50_000_000


async def test_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes("Der Fluß stieg über die Ufer.".encode("latin-1"))
    line = await refused(file)
    assert "is not UTF-8" in line
    assert "iconv" in line


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
async def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "marked.txt"
    file.write_bytes("Über den Fluß.\nZweiter Absatz.".encode(encoding))
    loaded = await load(str(file), LIMITS, AGENT)
    assert [block.text for block in loaded.blocks] == ["Über den Fluß.", "Zweiter Absatz."]


async def test_html_is_told_by_its_bytes() -> None:
    page = b"""<!doctype html><html><head><title>The bridge</title></head><body><article>
    <h1>The bridge</h1><p>The bridge over the Orla was closed on Monday after a lorry struck its pier, the
    county said in a statement that gave no date for the opening.</p><h2>Detours</h2>
    <p>Drivers were sent by way of the northern ford, where queues of two hours were reported by the road
    office in the evening, and ferries ran until midnight.</p></article></body></html>"""
    loaded = await from_bytes(page, "page.html", LIMITS)
    texts = [block.text for block in loaded.blocks]
    assert any("closed on Monday" in text for text in texts)
    assert "Detours" in texts
    assert not any("<" in text for text in texts)
    assert loaded.info.title == "The bridge"


def test_controls_in_given_text_are_cleaned() -> None:
    loaded = from_text("Talks \x1b]52;c;ZXZpbA==\x07went on\u202e.", title="A\x1b[31m title")
    assert [block.text for block in loaded.blocks] == ["Talks went on."]
    assert loaded.info.title == "A title"


@pytest.mark.parametrize(
    ("source", "answer"), [("https://a.example/x", True), ("HTTP://a/", True), ("a.txt", False)]
)
def test_addresses_are_told_from_files(source: str, answer: bool) -> None:
    assert is_address(source) is answer
