"""From the net to the archive: blocks, entries, a feed's state; and the limits given to the fetcher."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from newsdesk.models.analysis import LabelledPassage, PassageKind
from newsdesk.models.desk import Feed

FullText = Literal["feed", "page", "summary"]
"""Which text of an article won: the feed's own content, the fetched page, or the summary only."""


class Block(Struct, frozen=True):
    """One block of an extracted page or plain text, in reading order."""

    kind: PassageKind
    text: str


class Entry(Struct, frozen=True):
    """One entry of a feed, cleaned. `guid` is never empty: id, else link, else a hash of the text."""

    guid: str
    url: str
    title: str
    author: str
    published: datetime | None
    summary: tuple[Block, ...]
    content: tuple[Block, ...]
    """The feed's own full text; empty where it gives a summary only."""
    original: bytes = b""
    """The markup that the blocks were read from, UTF-8."""


class ParsedFeed(Struct, frozen=True):
    """A feed's body, read. `error` is set where the body is no feed; then `entries` is empty."""

    title: str
    site: str
    entries: tuple[Entry, ...]
    ttl: int | None = None
    """Minutes, as the feed itself asks (RSS ttl, sy:updatePeriod)."""
    dropped: int = 0
    """Entries beyond the newest that are kept."""
    error: str = ""
    notice: str = ""
    """What is wrong with a body that could be read in part, such as broken XML: its entries count."""
    cut: bool = False
    """The body ends before the feed does, so that entries may be missing."""


class FeedState(Struct, frozen=True):
    """What is remembered of a feed between polls; validators are kept exactly as received."""

    url: str
    title: str = ""
    site: str = ""
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    last_poll: datetime | None = None
    last_success: datetime | None = None
    next_due: datetime | None = None
    failures: int = 0
    error: str = ""
    """The last poll's error in one line, or empty."""
    gone: bool = False
    """410: polled no more."""


class FeedStatus(Struct, frozen=True):
    """A line of `feeds list`: subscription, state, and counts."""

    feed: Feed
    state: FeedState
    articles: int
    unread: int


class IncomingArticle(Struct, frozen=True):
    """An article ready for the archive: split into passages, topics labelled by words."""

    guid: str
    url: str
    title: str
    author: str
    published: datetime | None
    passages: tuple[LabelledPassage, ...]
    full_text: FullText
    content_hash: str
    """Of title and passages' texts: another hash makes a new revision."""
    original: bytes = b""


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """`[fetch]` of the config: how often, how much at once, how large, how long.

    Sources of the defaults: docs/fetching.md.
    """

    interval: Annotated[int, Meta(ge=15)] = 60
    """Minutes between polls of a feed; never below 15."""
    concurrency: Annotated[int, Meta(ge=1, le=64)] = 16
    """Requests under way at once, in all."""
    per_host: Annotated[int, Meta(ge=1, le=64)] = 2
    """Requests under way at once to one host."""
    spacing: Annotated[float, Meta(ge=0)] = 1.0
    """Seconds between the starts of two requests to one host."""
    connect_timeout: Annotated[float, Meta(gt=0)] = 5.0
    read_timeout: Annotated[float, Meta(gt=0)] = 10.0
    total_timeout: Annotated[float, Meta(gt=0)] = 30.0
    """Seconds; a feed that is not there by then is an error on that feed."""
    feed_bytes: Annotated[int, Meta(gt=0)] = 10_000_000
    """Decompressed bytes of a feed at most."""
    page_bytes: Annotated[int, Meta(gt=0)] = 5_000_000
    entries: Annotated[int, Meta(ge=1)] = 500
    """The newest entries of a feed that are kept."""
    pages: Annotated[int, Meta(ge=0)] = 20
    """Article pages fetched for one feed in one poll; the rest keep the feed's summary."""
    page_seconds: Annotated[float, Meta(gt=0)] = 5.0
    """Seconds that reading one page's text may take."""
