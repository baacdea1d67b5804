"""The list of feeds: three lines a feed, only those on the screen are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar, cast

from rich.segment import Segment
from textual import events
from textual.css.styles import RulesMap
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.visual import RenderOptions

from newsdesk.models import FeedStatus
from newsdesk.tui import present_feeds
from newsdesk.tui.widgets.rail import RAIL, RailView

ROW_HEIGHT = 3


class FeedList(RailView, can_focus=True, inherit_bindings=False):
    """The subscriptions in the config's order, with a cursor that stays on its feed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"feed-list--row", "feed-list--cursor", "feed-list--mark"}

    class Opened(Message):
        """The feed under the cursor was clicked once more."""

    def __init__(self, *, offline: bool, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offline = offline
        self.rows: Sequence[FeedStatus] = ()
        self.cursor = 0

    def show(self, rows: Sequence[FeedStatus]) -> None:
        """Show the feeds as they are now."""
        url = self.current.feed.url if self.current else None
        self.rows = rows
        place = next((place for place, row in enumerate(rows) if row.feed.url == url), self.cursor)
        self.cursor = max(0, min(place, len(rows) - 1))
        self.virtual_size = Size(0, len(rows) * ROW_HEIGHT)
        self._scroll_to_cursor()
        self.refresh()

    @property
    def current(self) -> FeedStatus | None:
        """The feed under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def page(self) -> int:
        """Rows that half a page holds."""
        return max(1, self.size.height // ROW_HEIGHT // 2)

    def go_to(self, place: int) -> None:
        """Put the cursor on a row, the nearest there is."""
        self.cursor = max(0, min(place, len(self.rows) - 1))
        self._scroll_to_cursor()
        self.refresh()

    def select(self, url: str) -> None:
        """Put the cursor on a feed, if it is there."""
        place = next((place for place, row in enumerate(self.rows) if row.feed.url == url), None)
        if place is not None:
            self.go_to(place)

    def _scroll_to_cursor(self) -> None:
        region = Region(0, self.cursor * ROW_HEIGHT, 1, ROW_HEIGHT)
        self.scroll_to_region(region, animate=False, force=True, x_axis=False)

    def on_resize(self) -> None:
        self._scroll_to_cursor()

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        place, part = divmod(y + self.scroll_offset.y, ROW_HEIGHT)
        width = self.size.width
        if place >= len(self.rows):
            return self.with_rail(Strip([]), y, width)
        is_cursor = place == self.cursor
        style = self.get_visual_style("feed-list--cursor" if is_cursor else "feed-list--row")
        content = present_feeds.row(self.rows[place], width - RAIL, datetime.now(UTC), self._offline)[part]
        options = RenderOptions(self._get_style, cast(RulesMap, self.styles))
        drawn = content.render_strips(width - RAIL, 1, style, options) or [Strip.blank(width)]
        body = drawn[0].crop(1).adjust_cell_length(width - RAIL - 1, style.rich_style)
        mark = self.get_component_rich_style("feed-list--mark")
        lead = Segment("▌", mark) if is_cursor else Segment(" ", style.rich_style)
        return self.with_rail(Strip.join([Strip([lead], 1), body]), y, width)

    def on_click(self, event: events.Click) -> None:
        place = (event.y + self.scroll_offset.y) // ROW_HEIGHT
        if event.x >= self.size.width - RAIL or place >= len(self.rows):
            return
        if place == self.cursor:
            self.post_message(self.Opened())
        else:
            self.go_to(place)
