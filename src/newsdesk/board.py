"""The facade's part for the board: passages of a topic across the whole archive.

Beside `desk.py`, whose `Newsdesk` has these methods.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsdesk.models.board import BoardRow, Column
from newsdesk.opened import Opened


class Board(Opened):
    """Columns of passages, newest first."""

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
