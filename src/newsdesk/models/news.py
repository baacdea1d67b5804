"""What is new since a reader last looked, topic by topic."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from newsdesk.models.archived import FigureHit


class Watermark(Struct, frozen=True):
    """How far a topic was looked at."""

    revision: int
    """The newest revision of any article then, by the order in which revisions were stored."""
    deep: int
    """How many texts the deep pass had read by then, in its own order."""
    looked: datetime


class ChangedArticle(Struct, frozen=True):
    """An article whose text was replaced since; `before` is the number of the revision looked at."""

    article: int
    title: str
    publisher: str
    before: int
    passages: frozenset[int]
    """Indexes of the passages with this topic as primary one that the earlier text did not have."""


class TopicNews(Struct, frozen=True):
    """A topic's news. Passages and figures are the newest ones, as far as they are shown at once."""

    topic: str
    """Topic id or UNSORTED."""
    looked: datetime | None
    """None: never yet, so everything is new."""
    changed: tuple[ChangedArticle, ...]
    figures: tuple[FigureHit, ...]
    """Claims in new passages, and those that the deep pass has found since in older ones."""
    passages: tuple[int, ...]
    """Keys (`models.board`) of passages of new articles, the newest first."""
    more: int
    """New passages beyond these."""


class News(Struct, frozen=True):
    """All that is new, and the mark that a reader who has looked at it moves the topics to."""

    topics: tuple[TopicNews, ...]
    """In the desk's order, UNSORTED last; topics without news too."""
    revision: int
    deep: int
    cut: bool
    """Whether older news were left out, because there are very many."""
