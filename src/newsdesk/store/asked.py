"""The archive's part for the screens beside the desk: board, changes, ledger, entities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from newsdesk.models import Edition
from newsdesk.models.board import BoardRow, Column
from newsdesk.models.desk import EntityKind
from newsdesk.models.entities import DossierHit, EntityRow, EntityView
from newsdesk.models.ledger import Narrowing, Report, Series, SeriesKind
from newsdesk.models.news import News
from newsdesk.store import board, dossier, ledger, news, revisions, series, undo
from newsdesk.store.handle import Handle


class Asked(Handle):
    """Windows over passages, figures and entities across the archive."""

    # ------------------------------------------------------------------ the board

    def board_keys(
        self, column: Column, limit: int, *, before: int | None = None, after: int | None = None
    ) -> tuple[int, ...]:
        """The next passages of a column, newest first: below a key, or the nearest ones above one."""
        return board.keys(self._database, self._desk, column, limit, before, after)

    def board_oldest(self, column: Column, limit: int) -> tuple[int, ...]:
        """The last passages of a column, the newest of them first."""
        return board.oldest(self._database, self._desk, column, limit)

    def board_rows(self, keys: Sequence[int]) -> tuple[BoardRow, ...]:
        """The passages with these keys, as far as they are there."""
        return board.rows(self._database, self._desk, keys)

    def board_waiting(self, up_to: int, *, unread: bool = False) -> dict[str, int]:
        """By topic: passages of articles that were stored after this one."""
        return board.waiting(self._database, self._desk, up_to, unread=unread)

    # ------------------------------------------------------------------ since the reader last looked

    def news(self) -> News:
        """What each topic of the open desk has beyond its watermark."""
        return news.news(self._database, self._desk)

    def look(self, topics: Sequence[str], revision: int, deep: int) -> None:
        """Mark topics as looked at, up to what `news` said is the newest; a step of the journal."""
        undo.look(self._database, self._desk, topics, revision, deep)

    def editions_since(self, article_id: int, number: int) -> tuple[Edition, ...]:
        """A version of an article and the current one."""
        return revisions.since(self._database, article_id, number)

    # ------------------------------------------------------------------ the ledger

    def series(
        self, kind: SeriesKind = "listed", limit: int = 50, after: tuple[int, int] | None = None
    ) -> tuple[Series, ...]:
        """Series of figures, the one with the newest report first."""
        return ledger.page(self._database, kind, limit, after)

    def narrowed(self, query: str) -> Narrowing:
        """The newest figures that a query finds, by series. Raises QueryError."""
        return ledger.narrowed(self._database, self._desk, query, saved=self._queries)

    def narrowed_page(self, found: Narrowing, start: int, limit: int) -> tuple[Series, ...]:
        """Series of a narrowing, with what it found in them."""
        return ledger.narrowed_page(self._database, found, start, limit)

    def reports(
        self, series_id: int, limit: int = 100, after: tuple[int, int, int] | None = None
    ) -> tuple[Report, ...]:
        """The figures of a series, newest first."""
        return ledger.reports(self._database, series_id, limit, after)

    def reports_at(self, series_id: int, places: Sequence[tuple[int, int]]) -> tuple[Report, ...]:
        """The figures of a series at these (article, position)."""
        return ledger.reports_at(self._database, series_id, places)

    def series_of(self, article: int, position: int) -> tuple[int, SeriesKind] | None:
        """The series of an article's figure, and the list that has it; None where it is in none."""
        return ledger.series_of(self._database, article, position)

    def beside(self, series_id: int) -> tuple[Report, ...]:
        """What is said of a series' category and place and cannot be compared with it."""
        return ledger.beside(self._database, series_id)

    def assign_series(self) -> int:
        """Put some figures that an earlier version stored into series; how many there were."""
        return series.assign(self._database)

    # ------------------------------------------------------------------ entities

    def entity_page(
        self, view: EntityView, limit: int, after: EntityRow | None, now: datetime
    ) -> tuple[EntityRow, ...]:
        """Entities by mentions: the `limit` rows after a row, or the first ones; trends end at `now`."""
        return self._entities.page(self._desk, view, limit, after, now)

    def entity_counts(self, view: EntityView) -> dict[EntityKind, int]:
        """How many entities a view has, by kind, whatever the view's kind."""
        return self._entities.count(self._desk, view)

    def entity(self, id: str, now: datetime) -> EntityRow | None:
        """The entity with this id (kind/slug)."""
        return self._entities.one(id, now)

    def dossier_keys(
        self, entity: EntityRow, limit: int, before: int | None = None, after: int | None = None
    ) -> tuple[int, ...]:
        """Keys of every passage that has it under any name, or a figure of it, newest first."""
        return dossier.keys(self._database, entity, limit, before, after)

    def dossier(self, entity: EntityRow, keys: Sequence[int]) -> tuple[DossierHit, ...]:
        """The passages with these keys."""
        return dossier.hits(self._database, self._desk, entity, keys)
