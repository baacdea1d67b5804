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
    skip_hours: tuple[int, ...] = ()
    """Hours of the day in UTC, 0 to 23, in which the feed asks not to be polled (RSS skipHours)."""
    skip_days: tuple[int, ...] = ()
    """Days of the week, 0 for Monday, on which it asks not to be polled (RSS skipDays)."""
    language: str = ""
    """ISO 639 code of the language that it says it is in; empty where it says none."""


class Manners(Struct, frozen=True, omit_defaults=True):
    """What a feed's server asked for and how it behaved, beyond when the next poll is due."""

    status: int = 0
    """HTTP status of the last poll's answer; 0 where nothing answered."""
    validated: str = ""
    """The address that gave `etag` and `last_modified`: they are sent to no other. Empty: `url`."""
    address: str = ""
    """Where the feed is polled since it moved for good; empty: at `url`."""
    moved_to: str = ""
    """Where permanent redirects led at the last polls, while that is not believed yet."""
    moved_polls: int = 0
    """How many polls, a day apart, were led to `moved_to` and found a feed there."""
    moved_at: datetime | None = None
    """The last of these polls."""
    paused_until: datetime | None = None
    """The server asked with 429 or 503 for silence until then (Retry-After): not even `--force` breaks it."""
    asked_until: datetime | None = None
    """The publisher asks for the next poll not before this (max-age, Expires, ttl, skipHours), where that is
    later than the interval would be; None where nothing was asked."""
    fresh: int | None = None
    """Seconds that the last answer with Cache-Control or Expires said it stays fresh: a 304 without them
    changes nothing of it."""
    ttl: int | None = None
    """Minutes, as the feed's last body asks; `skip_hours` and `skip_days` are of it too."""
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    language: str = ""
    """Of the feed's last body: its language (ISO 639), a hint for articles that are too short to tell."""
    broken: int = 0
    """Polls in a row that brought broken XML which could be read in part."""


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
    manners: Manners = Manners()


class FeedStatus(Struct, frozen=True):
    """A line of `feeds list`: subscription, state, and counts."""

    feed: Feed
    state: FeedState
    articles: int
    unread: int


class FeedCheck(Struct, frozen=True):
    """What one probe of a feed found; `feeds check --json` prints it."""

    url: str
    state: Literal["ok", "note", "failed"]
    """`note`: it can be read, but something is to be known."""
    problem: str = ""
    """`moved`, `empty`, `old`, `page`, `format`, `missing`, `gone`, `refused`, `password`, `busy`, `server`,
    `private`, `dns`, `tls`, `timeout`, `unreachable`, `size` or `other`; empty where there is none."""
    says: str = ""
    """What is wrong, in one line."""
    remedy: str = ""
    """What to do about it."""
    title: str = ""
    entries: int = 0
    newest: datetime | None = None
    moved_to: str = ""
    feeds: tuple[str, ...] = ()
    """The feeds that it names, where it is a web page."""
    status: int = 0
    """HTTP status; 0 where nothing answered."""
    bytes: int = 0
    ms: int = 0


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
    page: str = ""
    """The address of its page, where that is still to be read for the full text."""
    extractor: str = ""
    """What took the text out of the page: name and version, or the feed's selector."""


class WantedPage(Struct, frozen=True):
    """A stored article whose page is still to be read."""

    article: int
    feed_url: str
    guid: str
    url: str
    title: str
    author: str
    published: datetime | None
    length: int
    """Characters of the text that the feed gave."""
    tries: int = 0
    """How often nothing answered."""


class HostState(Struct, frozen=True):
    """What is remembered of a host between polls."""

    host: str
    """Name without port."""
    paused_until: datetime | None = None
    """No request before this: several of its feeds were answered with 429 or 503."""
    pages_until: datetime | None = None
    """No article page before this: one was answered with 403, 429 or 503."""


class Robots(Struct, frozen=True):
    """A site's robots.txt as fetched."""

    origin: str
    """Scheme, host and port."""
    fetched: datetime
    status: int
    """HTTP status; 0 where nothing answered."""
    body: bytes = b""
    etag: str | None = None
    last_modified: str | None = None


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
    """Article pages fetched for one feed in one poll; the rest come with its next polls."""
    page_seconds: Annotated[float, Meta(gt=0)] = 5.0
    """Seconds that reading one page's text may take."""
