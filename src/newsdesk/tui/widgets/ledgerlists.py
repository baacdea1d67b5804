"""The two lists of the ledger: series, and the reports of one of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import UTC, datetime
from typing import ClassVar

from textual.content import Content

from newsdesk.models.ledger import Report, Series
from newsdesk.tui import present_ledger
from newsdesk.tui.widgets.rows import RowList


class SeriesList(RowList[Series]):
    """Series, two lines each."""

    @property
    def unfinished(self) -> bool:
        """Whether there are more than have been brought so far."""
        return self._more is not None

    ROW_HEIGHT: ClassVar[int] = 2

    def draw(self, row: Series, width: int) -> Sequence[Content]:
        return present_ledger.series_row(row, width)

    def identity(self, row: Series) -> Hashable:
        return row.id


class ReportList(RowList[Report]):
    """The figures of a series, then what stands beside it, a line each."""

    table: present_ledger.Table | None = None

    @property
    def unfinished(self) -> bool:
        """Whether there are more than have been brought so far."""
        return self._more is not None

    def draw(self, row: Report, width: int) -> Sequence[Content]:
        if self.table is None:
            return ()
        return (present_ledger.report_row(row, self.table, width, datetime.now(UTC)),)

    def identity(self, row: Report) -> Hashable:
        return row.hit.key
