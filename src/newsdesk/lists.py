"""The facade's part for what the screens list, straight from the archive, in milliseconds.

Beside `desk.py`, whose `Newsdesk` has these methods.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from newsdesk.analysis.sections import sections
from newsdesk.models import (
    Counts,
    EntityHit,
    FeedStatus,
    FigureHit,
    Headline,
    Hit,
    Matches,
    StoredArticle,
    View,
)
from newsdesk.models.desk import EntityKind
from newsdesk.models.entities import DossierHit, EntityRow, EntityView
from newsdesk.opened import Opened


class Lists(Opened):
    """Headlines, articles, search, figures, entities, feeds."""

    def counts(self) -> Counts:
        return self._open_archive.counts()

    def headlines(self, view: View, start: int, limit: int) -> tuple[Headline, ...]:
        """Rows `start` to `start + limit` of the view, newest first."""
        return self._open_archive.headlines(view, start, limit)

    def headline_count(self, view: View) -> int:
        return self._open_archive.headline_count(view)

    def headline_index(self, view: View, article_id: int) -> int | None:
        """The row that an article has in the view."""
        return self._open_archive.headline_index(view, article_id)

    def article(self, article_id: int) -> StoredArticle | None:
        """An article with its sections."""
        found = self._open_archive.article(article_id)
        if found is None:
            return None
        return msgspec.structs.replace(found, sections=sections(found.passages, self.desk))

    def foreign_language(self, article: StoredArticle) -> str:
        """The name of the language that an article is in; "" for English, the one that is read deeply."""
        if article.language == "en":
            return ""
        from newsdesk.analysis.tongue import name_of

        return name_of(article.language)

    def next_unread(
        self, view: View, after: tuple[int, int] | None, *, forward: bool = True
    ) -> tuple[int, int] | None:
        """(article, passage) of the next unread passage of the view's topics."""
        return self._open_archive.next_unread(view, after, forward=forward)

    def search(self, query: str, *, limit: int = 50, before: int | None = None) -> tuple[Hit, ...]:
        """Passages that a query finds, newest first. Raises QueryError."""
        return self._open_archive.search(query, limit=limit, before=before)

    def hits(self, keys: Sequence[int], matches: Matches) -> tuple[Hit, ...]:
        """The passages with these keys, in this order, their words marked; without those that are gone."""
        return self._open_archive.hits(keys, matches)

    def marked(self, text: str, matches: Matches) -> tuple[tuple[int, int], ...]:
        """Where the words of what was found stand in a text, as code points."""
        return self._open_archive.marked(text, matches)

    def take_found(self, query: str, articles: Sequence[int]) -> None:
        """Views with this query list these articles, which `LiveSearch.articles` found."""
        self._open_archive.take_found(query, articles)

    def figures(
        self, query: str = "", *, limit: int = 50, after: tuple[int, int, int] | None = None
    ) -> tuple[FigureHit, ...]:
        """Claims, the newest first; with a query, those that it finds. Raises QueryError."""
        return self._open_archive.figures(query, limit, after)

    def entities(
        self, query: str = "", *, limit: int = 50, after: tuple[int, int] | None = None
    ) -> tuple[EntityHit, ...]:
        """Entities by mentions; with a query, by those in passages that it finds. Raises QueryError."""
        return self._open_archive.entities(query, limit, after)

    def entity_page(
        self, view: EntityView, limit: int, after: EntityRow | None = None, *, now: datetime | None = None
    ) -> tuple[EntityRow, ...]:
        """Entities by mentions: the `limit` rows after a row, or the first ones."""
        return self._open_archive.entity_page(view, limit, after, now or datetime.now(UTC))

    def entity_counts(self, view: EntityView) -> dict[EntityKind, int]:
        """How many entities a view has, by kind, whatever the view's kind."""
        return self._open_archive.entity_counts(view)

    def entity(self, id: str, *, now: datetime | None = None) -> EntityRow | None:
        """The entity with this id (kind/slug), as articles name it."""
        return self._open_archive.entity(id, now or datetime.now(UTC))

    def dossier_keys(
        self, entity: EntityRow, limit: int, before: int | None = None, after: int | None = None
    ) -> tuple[int, ...]:
        """Keys of every passage that has it under any name, or a figure of it, newest first."""
        return self._open_archive.dossier_keys(entity, limit, before, after)

    def dossier(self, entity: EntityRow, keys: Sequence[int]) -> tuple[DossierHit, ...]:
        """The passages with these keys."""
        return self._open_archive.dossier(entity, keys)

    def feeds(self) -> tuple[FeedStatus, ...]:
        """The subscriptions with their state, in the config's order."""
        return self._open_archive.feed_statuses()

    def data_version(self) -> int:
        """Another number whenever another process stored something."""
        return self._open_archive.data_version()
