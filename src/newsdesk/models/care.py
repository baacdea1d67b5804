"""What is told of an archive as a whole: its state, its copies, faults, what a pruning takes."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class ArchiveInfo(Struct, frozen=True):
    """An archive at a glance; counts are the maintained ones."""

    path: str
    articles: int
    unread_articles: int
    passages: int
    revisions: int
    figures: int
    entities: int
    feeds: int
    """Subscribed ones."""
    starred: int
    corrections: int
    pruned: int
    """Entries that were pruned and do not come back."""
    oldest: datetime | None
    newest: datetime | None
    index_pending: int
    """Articles that no search finds yet."""
    deep_pending: int
    pages_pending: int
    bytes: int
    """Of the file and its write-ahead log."""
    free_bytes: int
    """Of these, what holds nothing and is used next."""
    schema_version: int
    sqlite_version: str
    backups: tuple[BackupCopy, ...]


class BackupCopy(Struct, frozen=True):
    """A copy in the backups folder."""

    path: str
    made: datetime
    occasion: str
    """weekly, migration, prune, repair, or asked (by a person)."""
    bytes: int


class Finding(Struct, frozen=True):
    """One thing that a check looked at."""

    name: str
    fault: str = ""
    """Empty: all is well."""
    repaired: bool = False


class Pruning(Struct, frozen=True):
    """What a pruning takes, or took, and what it leaves although it is old enough."""

    articles: tuple[int, ...]
    by_feed: tuple[tuple[str, int], ...]
    """(feed's address, articles), the most first."""
    starred: int
    corrected: int
    with_figures: int
    """Kept: articles with a star; else with a correction; else with figures."""
