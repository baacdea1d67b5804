from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsdesk.ingest.extract import PageInfo, is_html, page_blocks, page_info, page_title
from newsdesk.models import Block

URL = "https://harbour.example/a/1"
PARAGRAPHS = (
    "The ferry company and its crews went back to the table on Monday, two weeks after the last "
    "meeting ended without a result for anyone involved.",
    "About 120 crew members want shorter shifts, the union said, and the company says that it "
    "cannot pay for them without raising the fares of island residents.",
    "A second meeting is planned for Thursday in the harbour office, according to the mayor, who "
    "offered to mediate between the two sides again.",
)
ITEMS = ("Shifts of eight hours for all crews on the line", "A rest day after six days of work in season")
QUOTE = "We will not sign what we cannot keep, the company's director told islanders on Sunday evening."
MENU = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(12))
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Ferry talks resume | The Harbour</title>
<meta name="author" content="Ann Writer"><meta property="og:site_name" content="The Harbour">
<meta property="article:published_time" content="2026-03-02T08:30:00Z"><script>var a = "hidden";</script>
</head><body><header><nav><ul>{MENU}</ul></nav></header><main><article><h1>Ferry talks resume</h1>
<p>{PARAGRAPHS[0]}</p><h2>What is at stake</h2><p>{PARAGRAPHS[1]}</p>
<ul><li>{ITEMS[0]}</li><li>{ITEMS[1]}</li></ul>
<blockquote><p>{QUOTE}</p></blockquote><h2>Nothing under this</h2><h2>Next steps</h2><p>{PARAGRAPHS[2]}</p>
<h3>Read more</h3></article></main><footer><ul>{MENU}</ul><p>The Harbour</p></footer></body></html>"""
BLOCKS = (
    Block("paragraph", PARAGRAPHS[0]),
    Block("heading", "What is at stake"),
    Block("paragraph", PARAGRAPHS[1]),
    Block("item", ITEMS[0]),
    Block("item", ITEMS[1]),
    Block("quote", QUOTE),
    Block("heading", "Next steps"),
    Block("paragraph", PARAGRAPHS[2]),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_article_without_the_page_around_it(encoding: str) -> None:
    assert page_blocks(PAGE.encode(encoding), URL) == BLOCKS


def test_the_pages_own_charset() -> None:
    page = PAGE.replace("utf-8", "iso-8859-2").replace("anyone involved", "Łódź involved")
    assert "Łódź involved" in page_blocks(page.encode("iso-8859-2"), URL)[0].text
    unknown = PAGE.replace("utf-8", "no-such-charset").replace("anyone involved", "Zürich involved")
    assert "Zürich involved" in page_blocks(unknown.encode("cp1252"), URL)[0].text


def test_tables_and_line_breaks() -> None:
    table = (
        "<table><tr><th>Island</th><th>Trips</th></tr><tr><td>North <b>Isle</b></td><td>12</td></tr></table>"
    )
    lines = f"<p>{PARAGRAPHS[0]}<br><br>Two lines<br>of one.</p>"
    page = PAGE.replace("<blockquote>", f"{table}{lines}<blockquote>")
    texts = [block.text for block in page_blocks(page.encode(), URL)]
    at = texts.index("Island | Trips")
    assert texts[at + 1 : at + 4] == ["North Isle | 12", PARAGRAPHS[0], "Two lines of one."]


def test_a_heading_over_a_deeper_heading_stays() -> None:
    page = PAGE.replace("<h2>Nothing under this</h2><h2>Next steps</h2>", "<h2>Next</h2><h3>Steps</h3>")
    texts = [block.text for block in page_blocks(page.encode(), URL) if block.kind == "heading"]
    assert texts == ["What is at stake", "Next", "Steps"]


def test_hostile_text_in_a_page_is_cleaned() -> None:
    page = PAGE.replace("anyone involved", "&#x202e;anyone\u200b in\u2060volved\x9b31m")
    assert page_blocks(page.encode(), URL)[0].text == PARAGRAPHS[0]


def test_a_page_with_very_many_tags_is_read_another_way() -> None:
    page = PAGE.replace("<footer>", "<footer>" + "<b>x</b>" * 10_000)
    texts = [block.text for block in page_blocks(page.encode(), URL)]
    assert [text for text in texts if text in PARAGRAPHS] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "page", [b"", b" ", b"%PDF-1.7", bytes(range(256)), b"<html></html>", b"<html", b"words"]
)
def test_pages_without_an_article(page: bytes) -> None:
    assert page_blocks(page, URL) == ()


def test_what_a_page_says_of_itself() -> None:
    info = page_info(PAGE.encode(), URL)
    assert info == PageInfo(
        "Ferry talks resume", "Ann Writer", "The Harbour", datetime(2026, 3, 2, tzinfo=UTC)
    )
    assert page_info(b"<html><body><p>x</p></body></html>", "") == PageInfo()


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (b"<html><head><title>\n A &amp; B\x1b[31m </title></head></html>", "A & B"),
        ("<TITLE lang=en>Zürich</TITLE>".encode(), "Zürich"),
        ("<title>Zürich</title>".encode("cp1252"), "Zürich"),
        (b"<html></html>", ""),
        (b"<title>", ""),
    ],
)
def test_page_titles(page: bytes, title: str) -> None:
    assert page_title(page) == title


@pytest.mark.parametrize(
    "start",
    [b"<!DOCTYPE html>", b"\xef\xbb\xbf <html lang=en>", b"<!-- a --><HTML>", b"<p>x", b"<h1>x",
     b"<?xml version='1.0'?>\n<html>", b"<div class=a>", "<html>".encode("utf-16"), b"\n<body>"],
)  # fmt: skip
def test_html(start: bytes) -> None:
    assert is_html(start)


@pytest.mark.parametrize(
    "start",
    [b"", b"<rss>", b"<?xml version='1.0'?><feed>", b"<rdf:RDF>", b"plain <p>", b"<3 this", b"<pre", b"{}",
     b"<broken> x", "words".encode("utf-16"), b"<!-- never closed"],
)  # fmt: skip
def test_no_html(start: bytes) -> None:
    assert not is_html(start)
