"""From the archive to the Entities screen: who and what is named, how often, and where."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from newsdesk.models.analysis import Figure
from newsdesk.models.archived import ArticleRef
from newsdesk.models.desk import EntityKind


class EntityView(Struct, frozen=True):
    """Which entities a list shows, by mentions."""

    kind: EntityKind | None = None
    """None: all kinds."""
    topics: frozenset[str] = frozenset()
    """Topic ids; not empty: what the newest passages of these topics name, counted in those."""
    words: str = ""
    """Narrow by words, each the beginning of a word of a name."""


class EntityRow(Struct, frozen=True):
    """An entity as a row of the list."""

    key: int
    """Its row in the archive."""
    id: str
    name: str
    kind: EntityKind
    mentions: int
    articles: int
    """Articles that mention it; like `mentions` those of the view's topics where it has any."""
    aliases: tuple[str, ...]
    trend: tuple[int, ...]
    """Mentions a day in UTC, in all topics, the last day's at the end."""
    last: datetime | None
    """The last day, in UTC, on which an article that mentions it was published."""


class DossierHit(Struct, frozen=True):
    """A passage that mentions an entity, or has a figure that it asserts."""

    article: ArticleRef
    passage: int
    topic: str | None
    text: str
    spans: tuple[tuple[int, int], ...]
    """Where it is named in `text`, ascending."""
    figures: tuple[Figure, ...]
    """The passage's claims of which it is the speaker."""
    key: int
    """Its place in the order: `before` of the next page is the last hit's key."""
