"""The links of an article: its page, its feed, what its text links to, addresses that the text spells out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from msgspec import Struct

from newsdesk.models import StoredArticle

MOST = 200
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”‘’]+", re.IGNORECASE)


class Link(Struct, frozen=True):
    """An address of the web, and what it is called where it stands."""

    name: str
    url: str


def links(article: StoredArticle, original: str = "") -> tuple[Link, ...]:
    """An article's links, each address once; `original` is the markup that its text was read from.

    Of the markup only those links count whose words stand in the article's text: menus are none of it.
    """
    texts = [" ".join(passage.text.split()) for passage in article.passages]
    found = [Link("this article", article.url), *_of_markup(original, article.url, texts)]
    found += (Link("in the text", url.rstrip(".,;:!?)]")) for text in texts for url in _ADDRESS.findall(text))
    found.append(Link("its feed", article.feed_url))
    once: dict[str, Link] = {}
    for link in found:
        if _is_web(link.url):
            once.setdefault(urldefrag(link.url).url, link)
    return tuple(once.values())[:MOST]


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and url.isprintable()


def _of_markup(original: str, base: str, texts: list[str]) -> Iterator[Link]:
    reader = _Anchors()
    reader.feed(original)
    for name, href in reader.found:
        if name and any(name in text for text in texts):
            try:
                yield Link(name, urljoin(base, href.strip()))
            except ValueError:
                continue


class _Anchors(HTMLParser):
    """The words and the address of every link."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._href = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._words = dict(attrs).get("href") or "", []

    def handle_data(self, data: str) -> None:
        if self._href:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.found.append((" ".join("".join(self._words).split()), self._href))
            self._href = ""
