"""Passages of the whole archive as rows of the board and of the changes."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from newsdesk.models.analysis import Figure, PassageKind
from newsdesk.models.desk import EntityKind


class Column(Struct, frozen=True):
    """Which passages a column of the board has: those with the topic as primary one, newest first."""

    topic: str
    """Topic id or UNSORTED."""
    unread: bool = False
    up_to: int | None = None
    """Only of articles with an id up to this: what arrives later waits until it is let in."""
    kept: frozenset[int] = frozenset()
    """Passages that stay in an unread column though they have been read since it was opened."""


class BoardRow(Struct, frozen=True):
    """A passage as it stands in a column."""

    key: int
    """Its place in the archive's order: a higher one is newer, or earlier in the same article."""
    article: int
    passage: int
    """Its index in the article."""
    publisher: str
    published: datetime
    title: str
    url: str
    starred: bool
    unread: bool
    kind: PassageKind
    text: str
    topic: str
    """Topic id or UNSORTED."""
    further: tuple[str, ...] = ()
    """Its other topics, in the desk's order."""
    mentions: tuple[tuple[int, int, EntityKind], ...] = ()
    """(start, end, kind) of the entities in it."""
    figures: tuple[Figure, ...] = ()
    """The claims and other numbers in it."""
