"""Where a site's feeds are: what its page names, and where feeds usually lie."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from newsdesk.ingest.clean import clean_line, clean_url
from newsdesk.ingest.sniff import decoded

_TYPES: Final = {
    "application/rss+xml": 0,
    "application/atom+xml": 0,
    "application/feed+json": 1,
    "application/rdf+xml": 2,
    "application/xml": 3,
    "text/xml": 3,
}
"""Media types of feeds by how surely they are one. `application/json` names APIs far more often."""
_PATHS: Final = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/index.xml", "/feed.json")
"""Where the common publishing systems put a feed, the most common first."""
_COMMENTS: Final = ("comment", "kommentar", "commentaire", "comentario")
_MOST: Final = 20


class FeedLink(Struct, frozen=True):
    """A feed that a page names; the feed's own title is known only when it was fetched."""

    url: str
    title: str


def feed_links(page: bytes, url: str) -> tuple[FeedLink, ...]:
    """The feeds that a page names (`<link rel="alternate">`), the site's main one first, comments last.

    `url` is the page's address, for relative links (a `<base>` counts). Empty where none is named.
    """
    from lxml import etree

    text = decoded(page)
    root = etree.HTML(text, etree.HTMLParser(huge_tree=True)) if text.strip() else None
    if root is None:
        return ()
    base = next((str(node.get("href")) for node in root.iter("base") if node.get("href")), "")
    base = urljoin(url, base)
    ranked: list[tuple[tuple[bool, int, int], FeedLink]] = []
    for place, node in enumerate(root.iter("link")):
        kind = str(node.get("type", "")).partition(";")[0].strip().lower()
        relations = str(node.get("rel", "")).lower().split()
        address = clean_url(str(node.get("href", "")), base)
        if kind not in _TYPES or "alternate" not in relations or not address:
            continue
        title = clean_line(str(node.get("title", "")), 200)
        of_comments = any(word in f"{title} {address}".lower() for word in _COMMENTS)
        ranked.append(((of_comments, _TYPES[kind], place), FeedLink(address, title)))
    found = {link.url: link for _, link in sorted(ranked, key=lambda one: one[0])}
    return tuple(found.values())[:_MOST]


def usual_places(url: str) -> tuple[str, ...]:
    """Addresses on the page's host to try where the page names no feed; each is one request."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}"
    section = parts.path.rstrip("/")
    below = (f"{root}{section}/feed/",) if section else ()
    return (*below, *(root + path for path in _PATHS))
