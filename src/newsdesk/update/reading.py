"""Bytes to articles, in a worker process: parse a feed or a page, split into passages, label by words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from newsdesk.analysis.pipeline import instant
from newsdesk.analysis.topics import Labeller
from newsdesk.ingest import feeds
from newsdesk.models import Block, Desk, Entry, FullText, IncomingArticle, ParsedFeed, WantedPage
from newsdesk.store.packing import PackedArticle, packed_article

SHORT_TEXT = 500
"""Characters below which a feed's own text is taken for a summary, where `full_text` is "short"."""
OWN_ENOUGH = 0.8
"""A feed's text of this share of the page's is the article: it has no page furniture in it."""

WALLS = {
    "paywall": "its page is behind a paywall",
    "consent": "its page asks for consent to cookies first",
    "captcha": "its page asks for a proof that no robot reads it",
}
"""Why a page's text was not taken (`ingest.walls`)."""

Wanting = Literal["always", "never", "short"]


class ReadFeed(Struct, frozen=True):
    """A feed's body as it is stored: `feed` without its entries, and these as articles."""

    feed: ParsedFeed
    articles: tuple[IncomingArticle, ...]


class PackedFeed(Struct, frozen=True):
    """A feed's body in the form that is stored: the process that writes has nothing to compress."""

    feed: ParsedFeed
    articles: tuple[PackedArticle, ...]


_labeller: Labeller | None = None


def prepare(desk: Desk) -> None:
    """Called once in every worker: the desk's words are made ready for all its work."""
    global _labeller
    _labeller = Labeller(desk)


def read_feed(body: bytes, url: str, content_type: str, keep: int, full_text: Wanting) -> ReadFeed:
    """A feed's bytes as articles; what is wrong with them stands in `feed`."""
    parsed = feeds.parse(body, url, content_type, keep)
    articles = tuple(_from_entry(entry, full_text) for entry in parsed.entries)
    return ReadFeed(replace(parsed, entries=()), articles)


def read_packed(body: bytes, url: str, content_type: str, keep: int, full_text: Wanting) -> PackedFeed:
    """`read_feed`, its articles packed for the archive."""
    read = read_feed(body, url, content_type, keep, full_text)
    return PackedFeed(read.feed, tuple(packed_article(article) for article in read.articles))


class ReadPage(Struct, frozen=True):
    """What an article's page gave."""

    article: IncomingArticle | None = None
    """The article with its page's text; None where the feed's own text is the better one."""
    note: str = ""
    """Why it is, in a few words."""


def read_page(html: bytes, url: str, wanted: WantedPage, selector: str = "", quick: bool = False) -> ReadPage:
    """An article with its page's text, where that is the article and more of it than the feed gave.

    `selector` names the elements that hold the text; `quick` leaves the slow extractor out.
    """
    from newsdesk.ingest import extract

    found = extract.page_text(html, url, selector, quick=quick)
    if found.wall:
        return ReadPage(note=WALLS[found.wall])
    if not found.blocks:
        return ReadPage(note="no article was found in its page")
    if wanted.length >= OWN_ENOUGH * _length(found.blocks):
        return ReadPage(note="the feed has nearly all of its page's text")
    article = _article(
        wanted.guid, wanted.url, wanted.title, wanted.author, wanted.published, found.blocks, "page", html
    )
    return ReadPage(replace(article, extractor=found.by))


def _from_entry(entry: Entry, full_text: Wanting) -> IncomingArticle:
    kind: FullText = "feed" if entry.content else "summary"
    # A title alone is still an article with one passage.
    blocks = entry.content or entry.summary or (Block("paragraph", entry.title),)
    article = _article(
        entry.guid, entry.url, entry.title, entry.author, entry.published, blocks, kind, entry.original
    )
    return replace(article, page=entry.url if _wants_page(entry, full_text) else "")


def _article(
    guid: str,
    url: str,
    title: str,
    author: str,
    published: datetime | None,
    blocks: Sequence[Block],
    kind: FullText,
    original: bytes,
) -> IncomingArticle:
    assert _labeller is not None, "a worker is prepared before its first work"
    passages = instant(blocks, _labeller)
    content = "\n".join([title, *(passage.text for passage in passages)])
    return IncomingArticle(
        guid=guid,
        url=url,
        title=title,
        author=author,
        published=published,
        passages=passages,
        full_text=kind,
        content_hash=hashlib.sha256(content.encode("utf-8", "replace")).hexdigest(),
        original=original,
    )


def _wants_page(entry: Entry, full_text: Wanting) -> bool:
    if not entry.url.startswith(("http://", "https://")) or full_text == "never":
        return False
    return full_text == "always" or _length(entry.content) < SHORT_TEXT


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)
