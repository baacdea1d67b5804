"""A column of the board: one topic's passages across the archive, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from msgspec.structs import replace
from textual.content import Content

from newsdesk.models import TopicCount
from newsdesk.models.board import BoardRow, Column
from newsdesk.tui import present, present_board
from newsdesk.tui.widgets.flow import Direction, Flow

BATCH = 12
"""Passages whose words one query brings."""
KEPT_ROWS = 300


class Source(Protocol):
    """Where passages come from: the facade."""

    def board_keys(
        self, column: Column, limit: int, *, before: int | None = None, after: int | None = None
    ) -> tuple[int, ...]: ...
    def board_oldest(self, column: Column, limit: int) -> tuple[int, ...]: ...
    def board_rows(self, keys: Sequence[int]) -> tuple[BoardRow, ...]: ...


class BoardColumn(Flow, inherit_bindings=False):
    """The passages of a topic. What arrives later waits until `let_in`."""

    DEFAULT_CSS = """
    BoardColumn {
        width: 1fr;
        border-top: solid $faint;
        border-title-align: left;
        border-title-background: $background;
    }
    BoardColumn:focus { border-top: heavy $cursor; }
    """

    def __init__(
        self,
        source: Source,
        column: Column,
        topics: present.Topics,
        lesson: Callable[[int], Content],
        measure: int,
        now: Callable[[], datetime],
    ) -> None:
        """`lesson` says for a width what to do where the column is empty; `measure` is the most columns that
        a line of words may have."""
        super().__init__()
        self.column = column
        self.highlights: present.Highlights = "all"
        self.waiting = 0
        self._source = source
        self._topics = topics
        self._lesson = lesson
        self._measure = measure
        self._now = now
        self._count = TopicCount(column.topic, 0, 0)
        self._rows: dict[int, BoardRow] = {}
        self.begun = False

    @property
    def topic(self) -> str:
        return self.column.topic

    # ------------------------------------------------------------------ what is shown

    def bring(self, way: Direction, key: int | None, limit: int) -> Sequence[int]:
        if way == "below":
            return self._source.board_keys(self.column, limit, before=key)
        if key is None:
            return self._source.board_oldest(self.column, limit)
        return self._source.board_keys(self.column, limit, after=key)

    @property
    def total(self) -> int:
        """Passages of the column, without those that wait."""
        if not self.column.unread:
            return max(0, self._count.passages - self.waiting)
        read = sum(key in self._rows and not self._rows[key].unread for key in self.column.kept)
        return max(0, self._count.unread - self.waiting + read)

    def begin(self) -> None:
        self._rows.clear()
        self.begun = True
        super().begin()

    def show(self, count: TopicCount, waiting: int) -> None:
        """Show what the archive has by now, and how many passages wait."""
        self._count, self.waiting = count, waiting
        if self.begun:
            was, self._rows = self._rows, {row.key: row for row in self._source.board_rows(self.seen)}
            self.keep_drawn({key for key, row in self._rows.items() if was.get(key) == row})
            self.renew()
        else:
            self.begin()
        self.show_title()

    @property
    def stamp(self) -> object:
        """Times are told from now, to the minute."""
        return self._now().replace(second=0, microsecond=0)

    def show_title(self) -> None:
        self.border_title = present_board.column_title(
            self.topic, self._topics, self.total, self.waiting, unread=self.column.unread
        )

    def set_unread(self, unread: bool) -> None:
        """Only unread passages, or all; the cursor stays on its passage where that is shown."""
        at = self.row
        self.column = replace(self.column, unread=unread, kept=frozenset())
        self.begin()
        if at is not None and (at.unread or not unread):
            self.go_to_key(at.key)

    def let_in(self, up_to: int) -> None:
        """Let what has arrived into the column, up to an article; cursor and scroll stay."""
        self.column = replace(self.column, up_to=up_to)
        self.waiting = 0
        self.renew()
        self.show_title()

    # ------------------------------------------------------------------ passages

    @property
    def row(self) -> BoardRow | None:
        """The passage under the cursor."""
        return self._row(self.cursor) if self.current is not None else None

    def _row(self, place: int) -> BoardRow | None:
        key = self.keys[place]
        if key not in self._rows:
            if len(self._rows) > KEPT_ROWS:
                self._rows.clear()
            around = self.keys[max(0, place - 1) : place + BATCH]
            wanted = [one for one in around if one not in self._rows]
            self._rows |= {row.key: row for row in self._source.board_rows(wanted)}
        return self._rows.get(key)

    def change(self, article: int, *, passage: int | None = None, **marks: bool) -> None:
        """Show a mark (`unread`, `starred`) at once, before the archive has it."""
        for key, row in self._rows.items():
            if row.article == article and passage in (None, row.passage):
                self._rows[key] = replace(row, **marks)
                if self.column.unread and passage is not None:
                    self.column = replace(self.column, kept=self.column.kept | {key})
        self.redraw()

    def next_unread(self, *, forward: bool = True) -> bool:
        """Put the cursor on the next unread passage, down the column or up; False where there is none."""
        unread = replace(self.column, unread=True, kept=frozenset())
        at = self.current
        if forward:
            found = self._source.board_keys(unread, BATCH, before=at)
        else:
            found = self._source.board_keys(unread, BATCH, after=at)[::-1]
        return self._go_to_first(found)

    def first_unread(self) -> bool:
        """Put the cursor on the newest unread passage; False where there is none."""
        unread = replace(self.column, unread=True, kept=frozenset())
        return self._go_to_first(self._source.board_keys(unread, BATCH))

    def _go_to_first(self, found: Sequence[int]) -> bool:
        """To the first of these that is unread: one just read may still stand otherwise in the archive."""
        fresh = (key for key in found if key not in self._rows or self._rows[key].unread)
        key = next(fresh, None)
        return key is not None and self.go_to_key(key)

    # ------------------------------------------------------------------ drawing

    def draw(self, place: int, width: int) -> Sequence[Content]:
        row = self._row(place)
        if row is None:
            return [Content.styled("  taken out of the archive meanwhile", present.QUIET), Content("")]
        room = min(width, self._measure)
        return present_board.row(row, self._topics, self.highlights, room, self._now())

    def nothing(self, width: int) -> Sequence[Content]:
        return self._lesson(width).split("\n")
