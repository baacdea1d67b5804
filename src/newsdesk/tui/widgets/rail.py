"""A view that draws lines, with a scrollbar that is part of them.

Textual's own scrollbar is a widget that is painted anew after each layout: a second paint behind every
key, and another layout whenever it comes or goes.
"""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.scroll_view import ScrollView
from textual.strip import Strip

RAIL = 1
"""Columns of the scrollbar, at the right."""


class RailView(ScrollView, inherit_bindings=False):
    """A line-API view of `virtual_size.height` rows; its lines end with `rail`."""

    DEFAULT_CSS = """
    RailView { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 0; }
    """

    _grabbed = False

    @property
    def _bar(self) -> tuple[int, int]:
        """Where the bar begins on the screen and how long it is; no length where all rows fit."""
        rows, height = self.virtual_size.height, self.size.height
        if rows <= height or not height:
            return 0, 0
        length = max(1, round(height * height / rows))
        return round((height - length) * self.scroll_offset.y / (rows - height)), length

    def with_rail(self, strip: Strip, y: int, width: int) -> Strip:
        """A line of the screen, `width` columns of it, with its piece of the scrollbar."""
        base = self.visual_style
        begin, length = self._bar
        style = base + self._get_style("on $scrollbar") if begin <= y < begin + length else base
        line = strip.crop_extend(0, width - RAIL, base.rich_style)
        return Strip([*line, Segment(" " * RAIL, style.rich_style)], width)

    # ------------------------------------------------------------------ the mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        spot = event.get_content_offset(self)
        if spot is not None and spot.x >= self.size.width - RAIL and self._bar[1]:
            self._grabbed = True
            self.capture_mouse()
            self._roll_to(spot.y)
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._grabbed:
            self._roll_to(event.get_content_offset_capture(self).y)
            event.stop()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._grabbed:
            self._grabbed = False
            self.release_mouse()
            event.stop()

    def _roll_to(self, y: int) -> None:
        """Bring the middle of the bar to a line of the screen."""
        room = self.size.height - self._bar[1]
        share = (y - self._bar[1] / 2) / room if room > 0 else 0.0
        self.scroll_to(y=min(max(share, 0.0), 1.0) * self.max_scroll_y, animate=False, force=True)
