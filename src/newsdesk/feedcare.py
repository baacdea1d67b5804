"""The facade's part for subscriptions: lists of other readers in and out, probes, discovery.

Beside `desk.py`, which opens an archive: nothing here writes to one.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, closing
from datetime import UTC, datetime

from msgspec import Struct, structs

from newsdesk.config import Settings
from newsdesk.errors import InputError, NewsdeskError, PartlyDone
from newsdesk.models import Feed, FeedCheck, FeedState, SubscriptionList

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


class Removal(Struct, frozen=True):
    """A removed subscription, and the config's text before and after, so that it can be put back."""

    feed: Feed
    before: str
    after: str


def remove(settings: Settings, url: str) -> Removal:
    """Unsubscribe; what was fetched stays. Raises UsageError, ConfigError."""
    from newsdesk import subscriptions

    file = settings.paths.config_file
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    feed = subscriptions.remove_feed(file, url)
    return Removal(feed, before, file.read_text(encoding="utf-8"))


def put_back(settings: Settings, removal: Removal) -> None:
    """Subscribe again to what was removed, where it stood. Raises ConfigError."""
    from newsdesk import subscriptions

    file = settings.paths.config_file
    subscriptions.put_back(file, removal.feed, removal.before, removal.after, settings.desk.id)


def change(settings: Settings, feed: Feed) -> None:
    """Write a subscription's new settings. Raises ConfigError, UsageError."""
    from newsdesk import subscriptions

    subscriptions.change_feed(settings.paths.config_file, feed)


def add(settings: Settings, feed: Feed) -> None:
    """Subscribe. Raises ConfigError."""
    from newsdesk import subscriptions

    subscriptions.add_feed(settings.paths.config_file, feed, settings.desk.id)


def take_suggested(settings: Settings) -> None:
    """Subscribe to the feeds that the open desk suggests. Raises ConfigError."""
    from newsdesk import subscriptions

    subscriptions.merge_feeds(settings.paths.config_file, settings.desk.feeds, (), settings.desk.id)


async def check(settings: Settings, feeds: Sequence[Feed]) -> AsyncGenerator[FeedCheck]:
    """Probe every feed once, each as it is done; nothing is stored. A server that asked for silence in an
    earlier refresh is not asked."""
    from newsdesk.update import checking

    now = datetime.now(UTC)
    work = checking.check(feeds, settings.config.fetch, now, _states(settings))
    async with aclosing(work) as found:
        async for one in found:
            yield one


async def discover(
    settings: Settings, url: str, *, allow_private: bool = False
) -> tuple[str, tuple[str, ...]]:
    """(the feed at an address, further ones that its page names). Raises PartlyDone where there is none."""
    from newsdesk.update import checking

    found = await checking.discover(url, settings.config.fetch, allow_private=allow_private)
    if not found.feed:
        raise PartlyDone(f"{url}: {found.error}", "nothing was changed")
    return found.feed, found.others


def _states(settings: Settings) -> dict[str, FeedState]:
    """What the archive as it is knows of the feeds; it is neither made nor changed."""
    from newsdesk.store.archive import open_archive

    if not settings.paths.archive.exists():
        return {}
    try:
        with closing(open_archive(settings.paths.archive, read_only=True)) as archive:
            return {state.url: state for state in archive.feed_states()}
    except NewsdeskError:
        return {}
