"""The facade's part for the ledger: figures in series, straight from the archive, in milliseconds.

Beside `desk.py`, whose `Newsdesk` has these methods.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from newsdesk.models.ledger import Narrowing, Report, Series, SeriesKind
from newsdesk.opened import Opened


class Ledgers(Opened):
    """Series of figures, their reports, and what stands beside them."""

    def series(
        self, kind: SeriesKind = "listed", *, limit: int = 50, after: tuple[int, int] | None = None
    ) -> tuple[Series, ...]:
        """Series with their newest figure, the newest first."""
        return self._open_archive.series(kind, limit, after)

    def narrow_series(self, query: str, topics: Collection[str] = ()) -> Narrowing:
        """The newest figures that a query finds, in passages of any of the topics, by series.

        Raises QueryError.
        """
        words = query.strip()
        if not topics:
            return self._open_archive.narrowed(words)
        if words:
            self._open_archive.narrowed(words)  # says what is wrong by the words' own columns
            words = f"({words}) "
        return self._open_archive.narrowed(
            f"{words}({' or '.join(f'topic:{one}' for one in sorted(topics))})"
        )

    def narrowed_series(self, found: Narrowing, start: int, limit: int) -> tuple[Series, ...]:
        """Series of a narrowing, the newest first."""
        return self._open_archive.narrowed_page(found, start, limit)

    def reports(
        self, series_id: int, *, limit: int = 100, after: tuple[int, int, int] | None = None
    ) -> tuple[Report, ...]:
        """The figures of a series, newest first."""
        return self._open_archive.reports(series_id, limit, after)

    def reports_at(self, series_id: int, places: Sequence[tuple[int, int]]) -> tuple[Report, ...]:
        """The figures at these (article, position)."""
        return self._open_archive.reports_at(series_id, places)

    def series_of(self, article: int, position: int) -> tuple[int, SeriesKind] | None:
        """The series of an article's figure, and the list that has it; None where it is in none."""
        return self._open_archive.series_of(article, position)

    def beside(self, series_id: int) -> tuple[Report, ...]:
        """What is said of the same category and place with another scope or population."""
        return self._open_archive.beside(series_id)

    def export_series(self, title: str, reports: Sequence[Report]) -> Path:
        """The reports as CSV in a new file of the folder `exports` beside the archive. Raises UsageError."""
        from newsdesk.export import file_name, free_file
        from newsdesk.export.series import as_series_csv

        tail = str(reports[0].series) if reports else ""
        folder = self.settings.paths.data_dir / "exports"
        return free_file(folder, file_name(title, tail, "csv"), as_series_csv(title, reports))
