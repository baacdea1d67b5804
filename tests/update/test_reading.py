"""Bytes to articles, as a worker does it: which text is the article's, and whether its page is wanted."""

from __future__ import annotations

import pytest

from feedtext import HARBOUR, MORNING, TALKS, Item, paragraphs, rss
from newsdesk.config import load_desk
from newsdesk.models import WantedPage
from newsdesk.paths import paths
from newsdesk.update.reading import Wanting, prepare, read_feed, read_page

URL = "https://wire.example/feed"
LINK = "https://wire.example/fog"
PAGE = (
    "<html><head><title>Fog</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Fog</h1>"
    f"{paragraphs(HARBOUR + chr(10) + TALKS)}</article></body></html>"
).encode()


@pytest.fixture(autouse=True)
def _prepared() -> None:
    prepare(load_desk(paths("nowhere"), "israel-hamas"))


@pytest.mark.parametrize(
    ("item", "full_text", "kind", "wanted"),
    [
        (Item("a", "Fog", HARBOUR, LINK, full=False), "short", "summary", True),
        (Item("a", "Fog", HARBOUR, LINK, full=False), "never", "summary", False),
        (Item("a", "Fog", HARBOUR, LINK), "short", "feed", True),
        (Item("a", "Fog", TALKS + "\n" + TALKS, LINK), "short", "feed", False),
        (Item("a", "Fog", TALKS + "\n" + TALKS, LINK), "always", "feed", True),
        (Item("a", "Fog", HARBOUR, "", full=False), "always", "summary", False),
        (Item("a", "Fog", HARBOUR, "ftp://wire.example/fog", full=False), "always", "summary", False),
    ],
)
def test_whether_a_page_is_wanted(item: Item, full_text: Wanting, kind: str, wanted: bool) -> None:
    (article,) = read_feed(rss([item]), URL, "", 10, full_text).articles
    assert (article.full_text, article.page) == (kind, LINK if wanted else "")


def test_a_feed_that_is_none_has_an_error_and_no_articles() -> None:
    read = read_feed(b"<html>log in</html>", URL, "text/html", 10, "short")
    assert "web page" in read.feed.error
    assert read.articles == ()


def test_a_title_alone_is_an_article() -> None:
    (article,) = read_feed(rss([Item("a", "Fog", "", full=True)]), URL, "", 10, "never").articles
    assert [passage.text for passage in article.passages] == ["Fog"]


@pytest.mark.parametrize(("share", "taken"), [(0.0, True), (0.5, True), (0.9, False), (2.0, False)])
def test_the_feeds_own_text_stays_where_it_is_nearly_the_pages(share: float, taken: bool) -> None:
    length = len("".join((HARBOUR + TALKS).splitlines()))
    wanted = WantedPage(1, URL, "a", LINK, "Fog", "A. Writer", MORNING, round(length * share))
    read = read_page(PAGE, LINK, wanted)
    assert (read.article is not None) == taken
    if read.article:
        assert (read.article.full_text, read.article.guid, read.article.title) == ("page", "a", "Fog")
        assert {passage.topic for passage in read.article.passages} > {"hostage-talks"}
        assert read.article.original == PAGE
