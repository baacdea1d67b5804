"""The facade's part for subscriptions: lists of other readers in and out.

Beside `desk.py`, which opens an archive: nothing here needs one.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from newsdesk.config import Settings
from newsdesk.errors import InputError
from newsdesk.models import Feed, SubscriptionList

LIST_BYTES = 10_000_000
"""A list of feeds is smaller."""


class Import(Struct, frozen=True):
    """What an import would do, or did."""

    new: tuple[Feed, ...]
    tagged: tuple[Feed, ...]
    """Subscribed already; they get the tags that the list has besides their own."""
    known: tuple[Feed, ...]
    """Subscribed already, nothing changes."""
    skipped: tuple[str, ...]
    """A line each, with the reason."""


def read_list(data: bytes, name: str) -> SubscriptionList:
    """OPML or newsboat's `urls`, told apart by content. Raises InputError where it has no feed in it."""
    from newsdesk.ingest import newsboat, opml

    if len(data) > LIST_BYTES:
        raise InputError(f"{name}: is larger than {LIST_BYTES // 1_000_000} MB", "a list of feeds is wanted")
    start = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        return opml.read(data, name)
    if b"\0" in data:
        raise InputError(f"{name}: is no text", "an OPML file or newsboat's urls file is wanted")
    return newsboat.read(data.decode("utf-8-sig", "replace"))


def compare(found: SubscriptionList, subscribed: Sequence[Feed]) -> Import:
    """What of a list is new beside the subscriptions."""
    from newsdesk.ingest.clean import clean_url

    mine = {clean_url(feed.url) or feed.url: feed for feed in subscribed}
    new, tagged, known = [], [], []
    for feed in found.feeds:
        own = mine.get(feed.url)
        if own is None:
            new.append(feed)
            continue
        tags = tuple(dict.fromkeys(own.tags + feed.tags))
        if tags == own.tags:
            known.append(own)
        else:
            tagged.append(structs.replace(own, tags=tags))
    return Import(tuple(new), tuple(tagged), tuple(known), found.skipped)


def take(settings: Settings, chosen: Import) -> None:
    """Write what an import brings into the config, at once or not at all. Raises ConfigError."""
    from newsdesk import subscriptions

    if chosen.new or chosen.tagged:
        subscriptions.merge_feeds(settings.paths.config_file, chosen.new, chosen.tagged, settings.desk.id)


def as_opml(feeds: Sequence[Feed]) -> bytes:
    """Subscriptions as an OPML 2.0 document in UTF-8."""
    from newsdesk.ingest import opml

    return opml.write(feeds, "newsdesk subscriptions")
