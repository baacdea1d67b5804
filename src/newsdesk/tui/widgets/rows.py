"""A list of rows of the same height, drawn by lines: as fast with a hundred thousand rows as with ten.

Rows come page by page: the first ones with `show`, those after the last one when the cursor or the scroll
comes near it. The cursor belongs to a row, not to a place: when rows come or go it stays on its row.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, Generic, TypeVar, cast

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.visual import RenderOptions

from newsdesk.tui.widgets.rail import RAIL, RailView

Row = TypeVar("Row")

AHEAD = 40
"""Rows that are there beyond the last one asked for, as long as there are more."""


class RowList(RailView, Generic[Row], can_focus=True, inherit_bindings=False):
    """Rows with a cursor. A subclass has `draw`, how a row looks, and `identity`, what makes it itself."""

    ROW_HEIGHT: ClassVar[int] = 1
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--row", "row-list--cursor", "row-list--mark"}
    DEFAULT_CSS = """
    RowList { height: 1fr; background: $background; color: $prose; }
    RowList > .row-list--row { background: $background; }
    RowList > .row-list--cursor { background: $bar; }
    RowList:focus > .row-list--cursor { background: $cursor-back; }
    RowList > .row-list--mark { color: $cursor; background: $cursor-back; }
    """

    class Moved(Message):
        """The cursor is on another row, or on none."""

        def __init__(self, rows: RowList[object]) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> RowList[object]:
            return self.rows

    class Opened(Moved):
        """The row under the cursor was clicked once more."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[Row] = []
        """The rows that have been brought so far."""
        self.cursor = 0
        self._more: Callable[[Row], Sequence[Row]] | None = None
        self._drawn: LRUCache[tuple[object, ...], list[Strip]] = LRUCache(256)

    # ------------------------------------------------------------------ what a list says itself

    def draw(self, row: Row, width: int) -> Sequence[Content]:
        """The lines of a row, `ROW_HEIGHT` at most, for `width` columns."""
        raise NotImplementedError

    def identity(self, row: Row) -> Hashable:
        """What stays the same when the row is brought again."""
        raise NotImplementedError

    # ------------------------------------------------------------------ rows

    def show(
        self, rows: Sequence[Row], more: Callable[[Row], Sequence[Row]] | None = None, *, top: bool = False
    ) -> None:
        """Show rows; `more` brings those after a row, none where it is the last. The cursor stays on its row
        and the row on its place of the screen, unless `top` puts it on the first.
        """
        was = self.identity(self.current) if self.current is not None else None
        offset = self.cursor * self.ROW_HEIGHT - self.scroll_offset.y
        following = not self.size.height or 0 <= offset < self.size.height
        known = 0 if top else len(self.rows)
        self.rows, self._more = list(rows), more
        self._drawn.clear()
        while len(self.rows) < known and self._bring():
            pass
        place = next((n for n, row in enumerate(self.rows) if not top and self.identity(row) == was), None)
        if place is None:
            place = 0 if top else max(0, min(self.cursor, len(self.rows) - 1))
        self.cursor = place
        self._measure()
        if following or top:
            self.scroll_to(
                y=max(0, place * self.ROW_HEIGHT - (0 if top else offset)), animate=False, force=True
            )
            self._scroll_to_cursor()
        self.refresh()
        if (self.identity(self.current) if self.current is not None else None) != was:
            self.post_message(self.Moved(cast("RowList[object]", self)))

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.row(self.cursor)

    def row(self, place: int) -> Row | None:
        """The row at a place; rows after it are brought where they are wanted soon."""
        while place + AHEAD >= len(self.rows) and self._bring():
            self._measure()
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def _bring(self) -> bool:
        """Bring the next page; False where there is none."""
        if self._more is None or not self.rows:
            return False
        further = self._more(self.rows[-1])
        if not further:
            self._more = None
        self.rows += further
        return bool(further)

    def _measure(self) -> None:
        self.virtual_size = Size(0, len(self.rows) * self.ROW_HEIGHT)

    def redraw(self) -> None:
        """Draw anew what is on the screen: rows look otherwise now."""
        self._drawn.clear()
        self.refresh()

    # ------------------------------------------------------------------ the cursor

    def move(self, rows: int) -> None:
        """Move the cursor by so many rows, as far as there are any."""
        self.go_to(self.cursor + rows)

    def go_to(self, place: int) -> None:
        """Put the cursor on a row, the nearest there is."""
        self.row(place)
        place = max(0, min(place, len(self.rows) - 1))
        moved, self.cursor = place != self.cursor, place
        self._scroll_to_cursor()
        self.refresh()
        if moved:
            self.post_message(self.Moved(cast("RowList[object]", self)))

    def select(self, identity: Hashable) -> bool:
        """Put the cursor on a row that has been brought; False where it is not there."""
        place = next((n for n, row in enumerate(self.rows) if self.identity(row) == identity), None)
        if place is not None:
            self.go_to(place)
        return place is not None

    @property
    def page(self) -> int:
        """Rows that half a page holds."""
        return max(1, self.size.height // self.ROW_HEIGHT // 2)

    def _scroll_to_cursor(self) -> None:
        region = Region(0, self.cursor * self.ROW_HEIGHT, 1, self.ROW_HEIGHT)
        self.scroll_to_region(region, animate=False, force=True, x_axis=False)

    def on_resize(self) -> None:
        self._drawn.clear()
        self._scroll_to_cursor()

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        place, part = divmod(y + self.scroll_offset.y, self.ROW_HEIGHT)
        width = self.size.width
        row = self.row(place)
        lines = [] if row is None else self._lines(row, width - RAIL, place == self.cursor)
        return self.with_rail(lines[part] if part < len(lines) else Strip([]), y, width)

    def _lines(self, row: Row, width: int, is_cursor: bool) -> list[Strip]:
        key = (self.identity(row), width, is_cursor, self.has_focus)
        lines = self._drawn.get(key)
        if lines is None:
            lines = self._drawn[key] = self._draw(row, width, is_cursor)
        return lines

    def _draw(self, row: Row, width: int, is_cursor: bool) -> list[Strip]:
        style = self.get_visual_style("row-list--cursor" if is_cursor else "row-list--row")
        options = RenderOptions(self._get_style, cast(RulesMap, self.styles))
        mark = self.get_component_rich_style("row-list--mark")
        lead = Strip([Segment("▌", mark) if is_cursor else Segment(" ", style.rich_style)], 1)
        contents = [*self.draw(row, width), *([Content("")] * self.ROW_HEIGHT)][: self.ROW_HEIGHT]
        strips = []
        for content in contents:
            drawn = content.render_strips(width, 1, style, options) or [Strip.blank(width, style.rich_style)]
            strips.append(
                Strip.join([lead, drawn[0].crop(1).adjust_cell_length(width - 1, style.rich_style)])
            )
        return strips

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._drawn.clear()

    # ------------------------------------------------------------------ the mouse

    def on_click(self, event: events.Click) -> None:
        place = (event.y + self.scroll_offset.y) // self.ROW_HEIGHT
        if event.x >= self.size.width - RAIL or place >= len(self.rows):
            return
        if place == self.cursor:
            self.post_message(self.Opened(cast("RowList[object]", self)))
        else:
            self.go_to(place)
