"""Borders that can be moved: between list and text, and above figures and entities; by mouse and by key."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace
from textual import events
from textual.geometry import Offset

from newsdesk.tui.screens.desk_view import DeskView
from newsdesk.tui.sizes import Sizes, keep, list_width, read, side_height

Border = Literal["list", "side"]
STEP = 4
"""Columns that a key moves the list's border by; rows half as many."""
SIDE_HEIGHT = 9
"""Rows of figures and entities where nobody has moved their border."""


class SizingScreen(DeskView):
    """The home screen's borders; where they stand is remembered."""

    _moving: Border | None = None
    _sizes: Sizes | None = None

    @property
    def sizes(self) -> Sizes:
        """The reader's sizes."""
        if self._sizes is None:
            self._sizes = read(self.newsdesk.settings.paths)
        return self._sizes

    def resized(self) -> None:
        """Give list and strips the room that they have been given."""
        body = self.query_one("#body")
        columns, rows = self.size.width, body.size.height or self.size.height
        wide, medium = self.has_class("-wide"), self.has_class("-medium")
        wanted = self.sizes.wide_list if wide else self.sizes.medium_list
        styles = body.styles
        if wanted is not None and (wide or medium):
            styles.grid_columns = f"{list_width(wanted, columns)} 1fr"
        else:
            styles.clear_rule("grid_columns")
        if self.sizes.side is not None and wide:
            styles.grid_rows = f"1fr {side_height(self.sizes.side, rows)}"
        else:
            styles.clear_rule("grid_rows")
        # The request of a child: one of the body itself would find its arrangement still in the cache.
        self.headlines.refresh(layout=True)

    def on_resize(self, event: events.Resize) -> None:
        if self.sizes != Sizes():
            self.call_after_refresh(self.resized)

    def _take(self, changed: Sizes) -> None:
        if changed != self.sizes:
            self._sizes = changed
            self.resized()

    def _give_list(self, columns: int) -> None:
        columns = list_width(columns, self.size.width)
        if self.has_class("-wide"):
            self._take(replace(self.sizes, wide_list=columns))
        elif self.has_class("-medium"):
            self._take(replace(self.sizes, medium_list=columns))

    def _give_side(self, rows: int) -> None:
        if self.has_class("-wide"):
            height = side_height(rows, self.query_one("#body").size.height)
            self._take(replace(self.sizes, side=height))

    # ------------------------------------------------------------------ the mouse

    def _border_at(self, place: Offset) -> Border | None:
        """The border under the mouse."""
        if self.has_class("-zoomed") or self.has_class("-narrow") or not self.panes.is_attached:
            return None
        if self.has_class("-wide") and place.y == self.side.region.y:
            return "side"
        region = self.headlines.region
        return "list" if place.x == region.right and region.y <= place.y < region.bottom else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._moving = self._border_at(event.screen_offset)
        if self._moving is not None:
            self.capture_mouse()
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._moving == "list":
            self._give_list(event.screen_offset.x)
        elif self._moving == "side":
            self._give_side(self.query_one("#body").region.bottom - event.screen_offset.y)

    def on_mouse_up(self) -> None:
        if self._moving is not None:
            self._moving = None
            self.release_mouse()
            keep(self.newsdesk.settings.paths, self.sizes)

    # ------------------------------------------------------------------ keys

    def _kept(self, said: str) -> None:
        keep(self.newsdesk.settings.paths, self.sizes)
        self.say(said)

    def action_wider_list(self, columns: int = STEP) -> None:
        if self.has_class("-narrow"):
            self.say("the list has the whole width here")
            return
        self._give_list(self.headlines.region.width + columns)
        width = self.sizes.wide_list if self.has_class("-wide") else self.sizes.medium_list
        self._kept(f"list: {width} columns")

    def action_narrower_list(self) -> None:
        self.action_wider_list(-STEP)

    def action_higher_strips(self, rows: int = STEP // 2) -> None:
        if not self.has_class("-wide"):
            self.say("figures and entities have the text's place here")
            return
        self._give_side((self.sizes.side or SIDE_HEIGHT) + rows)
        self._kept(f"figures and entities: {self.sizes.side} rows")

    def action_lower_strips(self) -> None:
        self.action_higher_strips(-(STEP // 2))

    def action_usual_sizes(self) -> None:
        self._take(Sizes())
        self._kept("all borders where they were at first")
