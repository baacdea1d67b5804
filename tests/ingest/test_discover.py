"""Feeds found from a site's page."""

from __future__ import annotations

import pytest

from newsdesk.ingest.discover import FeedLink, feed_links, usual_places

PAGE = """<html><head><base href="/news/">
<link rel="stylesheet" type="text/css" href="a.css">
<link rel="alternate" type="application/rss+xml" title="Post » Comments" href="/comments/feed/">
<link rel="alternate" type="application/feed+json" href="/feed.json">
<link REL="Alternate nofollow" type="application/rss+xml; charset=utf-8" title="Post &amp; News"
 href="rss.xml">
<link rel="alternate" hreflang="fr" href="https://post.example/fr/">
<link rel="alternate" type="application/atom+xml" href="javascript:alert(1)">
<link rel="alternate" type="application/atom+xml" title="\x1b]0;x\x07Atom" href="//post.example/atom">
</head><body><p>Words</p></body></html>"""


def test_the_sites_feed_comes_first_and_comments_last() -> None:
    assert feed_links(PAGE.encode(), "https://post.example/world/") == (
        FeedLink("https://post.example/news/rss.xml", "Post & News"),
        FeedLink("https://post.example/atom", "Atom"),
        FeedLink("https://post.example/feed.json", ""),
        FeedLink("https://post.example/comments/feed/", "Post » Comments"),
    )


@pytest.mark.parametrize(
    "page", [b"", b" \n", b"<html></html>", b"plain words", b"\xff\xfe\x00", b"<!-- -->"]
)
def test_a_page_without_feeds_names_none(page: bytes) -> None:
    assert feed_links(page, "https://post.example/") == ()


def test_usual_places_are_on_the_same_host() -> None:
    places = usual_places("https://post.example:8443/blog/?page=2")
    assert places[0] == "https://post.example:8443/blog/feed/"
    assert "https://post.example:8443/rss.xml" in places
    assert all(place.startswith("https://post.example:8443/") for place in places)
