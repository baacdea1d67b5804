"""The list of articles: a line-API list over windows of the archive, the same at any length.

Every row is as high as the others: three lines, or two. The cursor belongs to an article, not to a row: when
rows come or go the cursor stays on its article and the row on its place of the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar, Protocol, cast

import msgspec
from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.css.styles import RulesMap
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.visual import RenderOptions

from newsdesk.models import Headline, View
from newsdesk.tui import present
from newsdesk.tui.widgets.rail import RAIL, RailView

ROOMY, COMPACT = 3, 2
"""Lines of a row, by the config's spacing."""
WINDOW = 64
"""Rows that one query of the archive brings."""


class Source(Protocol):
    """Where headlines come from: the facade."""

    def headlines(self, view: View, start: int, limit: int) -> tuple[Headline, ...]: ...
    def headline_count(self, view: View) -> int: ...
    def headline_index(self, view: View, article_id: int) -> int | None: ...


class HeadlineList(RailView, can_focus=True, inherit_bindings=False):
    """The articles of a `View`, newest first, with a cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "headline-list--row",
        "headline-list--cursor",
        "headline-list--mark",
    }

    class Moved(Message):
        """The cursor is on another article; None: the list is empty."""

        def __init__(self, article_id: int | None) -> None:
            super().__init__()
            self.article_id = article_id

    class Opened(Message):
        """The article under the cursor was clicked."""

    def __init__(
        self,
        source: Source,
        topics: present.Topics,
        *,
        row_height: int = ROOMY,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.row_height = row_height
        self._source = source
        self._topics = topics
        self._now = now
        self.view = View()
        self.count = 0
        self.cursor = 0
        self.selected: int | None = None
        self._windows: LRUCache[int, tuple[Headline, ...]] = LRUCache(24)
        self._strips: LRUCache[tuple[object, ...], list[Strip]] = LRUCache(256)
        self._changed: dict[int, Headline] = {}

    # ------------------------------------------------------------------ what is shown

    def show(self, view: View, *, top: bool = False) -> None:
        """Show a view, or what has become of it. The cursor stays on its article and the article on its
        place of the screen; where the view has it no more, the cursor takes the row of the same number
        (the first one under another filter). `top` puts it on the newest article instead. A reader who has
        scrolled away from the cursor stays there."""
        same_filter = _filter(view) == _filter(self.view)
        was, offset = self.selected, self.cursor * self.row_height - self.scroll_offset.y
        follow = not self.size.height or 0 <= offset < self.size.height
        self.view = view
        self._windows.clear()
        self._changed.clear()
        self.count = self._source.headline_count(view)
        place = None if was is None or top else self._source.headline_index(view, was)
        if place is None:
            place = min(self.cursor, max(self.count - 1, 0)) if same_filter and not top else 0
            offset = min(offset, place * self.row_height)
            follow = True
        row = self.row(place)
        self.cursor, self.selected = place, row.id if row else None
        self.virtual_size = Size(0, self.count * self.row_height)
        self.scroll_to(y=max(0, place * self.row_height - offset), animate=False, force=True)
        if follow:
            self._scroll_to_cursor()
        self.refresh()
        if self.selected != was:
            self.post_message(self.Moved(self.selected))

    def row(self, place: int) -> Headline | None:
        """The row at a place, from the cache of windows or the archive."""
        if not 0 <= place < self.count:
            return None
        number, inside = divmod(place, WINDOW)
        window = self._windows.get(number)
        if window is None:
            window = self._source.headlines(self.view, number * WINDOW, WINDOW)
            self._windows[number] = window
        if inside >= len(window):
            return None
        return self._changed.get(window[inside].id, window[inside])

    @property
    def current(self) -> Headline | None:
        """The row under the cursor."""
        return self.row(self.cursor)

    def change(self, article_id: int, *, unread: int | None = None, starred: bool | None = None) -> None:
        """Show a mark at once, before the archive has it."""
        place = next(
            (
                number * WINDOW + inside
                for number in list(self._windows.keys())
                for inside, row in enumerate(self._windows.get(number) or ())
                if row.id == article_id
            ),
            None,
        )
        row = self.row(place) if place is not None else None
        if place is None or row is None:
            return
        self._changed[article_id] = msgspec.structs.replace(
            row,
            unread=row.unread if unread is None else unread,
            starred=row.starred if starred is None else starred,
        )
        self._refresh_row(place)

    # ------------------------------------------------------------------ the cursor

    def move(self, rows: int) -> None:
        """Move the cursor by so many rows, as far as there are any."""
        self.go_to(self.cursor + rows)

    def go_to(self, place: int) -> None:
        """Put the cursor on a row, the nearest there is."""
        place = max(0, min(place, self.count - 1))
        row = self.row(place)
        if row is None or row.id == self.selected:
            return
        before, self.cursor, self.selected = self.cursor, place, row.id
        self._refresh_row(before)
        self._refresh_row(place)
        self._scroll_to_cursor()
        self.post_message(self.Moved(row.id))

    def select(self, article_id: int) -> bool:
        """Put the cursor on an article; False where the view does not have it."""
        place = self._source.headline_index(self.view, article_id)
        if place is None:
            return False
        self.go_to(place)
        return True

    @property
    def page(self) -> int:
        """Rows that half a page holds."""
        return max(1, self.size.height // self.row_height // 2)

    def _scroll_to_cursor(self) -> None:
        self.scroll_to_region(
            Region(0, self.cursor * self.row_height, 1, self.row_height),
            animate=False,
            force=True,
            x_axis=False,
        )

    def _refresh_row(self, place: int) -> None:
        self.refresh_lines(place * self.row_height, self.row_height)

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        place, part = divmod(y + self.scroll_offset.y, self.row_height)
        width = self.size.width
        row = self.row(place)
        strip = Strip([]) if row is None else self._row_strips(row, width - RAIL, place == self.cursor)[part]
        return self.with_rail(strip, y, width)

    def _row_strips(self, row: Headline, width: int, is_cursor: bool) -> list[Strip]:
        now = self._now()
        key = (row, width, is_cursor, now.date())
        strips = self._strips.get(key)
        if strips is None:
            strips = self._draw(row, width, is_cursor, now)
            self._strips[key] = strips
        return strips

    def _draw(self, row: Headline, width: int, is_cursor: bool, now: datetime) -> list[Strip]:
        style = self.get_visual_style("headline-list--cursor" if is_cursor else "headline-list--row")
        options = RenderOptions(self._get_style, cast(RulesMap, self.styles))
        mark_style = self.get_component_rich_style("headline-list--mark")
        strips = []
        for content in present.headline(row, self._topics, width, now, self.row_height):
            drawn = content.render_strips(width, 1, style, options) or [Strip.blank(width)]
            body = drawn[0].crop(1).adjust_cell_length(width - 1, style.rich_style)
            lead = Segment("▌", mark_style) if is_cursor else Segment(" ", style.rich_style)
            strips.append(Strip.join([Strip([lead], 1), body]))
        return strips

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        self._strips.clear()
        self._scroll_to_cursor()

    # ------------------------------------------------------------------ the mouse

    def on_click(self, event: events.Click) -> None:
        if event.x >= self.size.width - RAIL:
            return
        place = (event.y + self.scroll_offset.y) // self.row_height
        if self.row(place) is not None:
            self.go_to(place)
            self.post_message(self.Opened())


def _filter(view: View) -> tuple[object, ...]:
    """What a reader chose of a view; the rest is bookkeeping."""
    return view.topics, view.unread, view.words, view.query
