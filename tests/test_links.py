"""Links of an article: out of its markup and its text, the web's only, each once."""

from __future__ import annotations

from pathlib import Path

from newsdesk.links import links
from newsdesk.models import Block, StoredArticle
from tui import archive


def article(home: Path, text: str) -> StoredArticle:
    settings = archive.settings(home)
    story = archive.Story("Talks", (Block("paragraph", text),), url="https://wire.example/a/1")
    [id] = archive.fill(settings.paths, settings, [story])
    newsdesk = archive.opened(settings)
    found = newsdesk.article(id)
    newsdesk.close()
    assert found is not None
    return found


def test_page_text_and_feed(tmp_path: Path) -> None:
    text = "The report (https://un.example/r.pdf) says so, see https://wire.example/a/1#top."
    found = links(article(tmp_path, text))
    assert [(link.name, link.url) for link in found] == [
        ("this article", "https://wire.example/a/1"),
        ("in the text", "https://un.example/r.pdf"),
        ("its feed", archive.WIRE.url),
    ]


def test_links_of_the_markup_whose_words_stand_in_the_text(tmp_path: Path) -> None:
    markup = """<a href="/menu">Home</a><p>Envoys read <a href="../b?x=1&amp;y=2">the
      <b>draft</b> text</a> again <a href="javascript:alert(1)">again</a><a href="file:///etc">text</a>
      <a href="http://[bad">draft</a><a>read</a><a href="https://un.example/\u202ex">Envoys</a>"""
    found = links(article(tmp_path, "Envoys read the draft text again"), markup)
    assert [(link.name, link.url) for link in found[1:-1]] == [
        ("the draft text", "https://wire.example/b?x=1&y=2")
    ]


def test_broken_markup_breaks_nothing(tmp_path: Path) -> None:
    one = article(tmp_path, "Envoys read")
    for markup in (
        "<a href=",
        "<a href='x'>Envoys",
        "<![CDATA[",
        "</a>",
        "<a href='&#1114112;'>Envoys</a>" * 3,
    ):
        assert links(one, markup)[0].name == "this article"
