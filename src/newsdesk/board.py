"""The facade's part for the board and the changes: passages of a topic across the whole archive.

Beside `desk.py`, whose `Newsdesk` has these methods.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsdesk.models import Edition
from newsdesk.models.board import BoardRow, Column
from newsdesk.models.news import News
from newsdesk.opened import Opened


class Board(Opened):
    """Columns of passages, newest first; what is new since a topic was looked at."""

    def board_keys(
        self, column: Column, limit: int, *, before: int | None = None, after: int | None = None
    ) -> tuple[int, ...]:
        """The next passages of a column, newest first: below a key, or the nearest ones above one."""
        return self._open_archive.board_keys(column, limit, before=before, after=after)

    def board_oldest(self, column: Column, limit: int) -> tuple[int, ...]:
        """The last passages of a column, the newest of them first."""
        return self._open_archive.board_oldest(column, limit)

    def board_rows(self, keys: Sequence[int]) -> tuple[BoardRow, ...]:
        """The passages with these keys, as far as they are there."""
        return self._open_archive.board_rows(keys)

    def board_waiting(self, up_to: int, *, unread: bool = False) -> dict[str, int]:
        """By topic: passages of articles that were stored after this one."""
        return self._open_archive.board_waiting(up_to, unread=unread)

    # ------------------------------------------------------------------ since the reader last looked

    def news(self) -> News:
        """What each topic of the desk has beyond its watermark."""
        return self._open_archive.news()

    async def mark_looked(self, topics: Sequence[str], shown: News) -> None:
        """Mark topics as looked at, up to the news that were shown. Raises ArchiveError."""
        await self._write(lambda archive: archive.look(topics, shown.revision, shown.deep))

    def editions_since(self, article_id: int, number: int) -> tuple[Edition, ...]:
        """A version of an article and the current one."""
        return self._open_archive.editions_since(article_id, number)
