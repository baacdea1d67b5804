"""The strips below the text: the article's figures with their speakers, its entities; each with a cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.style import Style

from newsdesk.models import Entity, Figure
from newsdesk.tui import present, present_strips
from newsdesk.tui.widgets.rail import RAIL, RailView


class StripBox(RailView, can_focus=False, inherit_bindings=False):
    """A titled box of rows with a cursor; `alive` while the keys go to it."""

    DEFAULT_CSS: ClassVar[str] = """
    StripBox {
        width: 3fr;
        height: 1fr;
        background: $background;
        color: $prose;
        border-top: solid $faint;
        border-title-align: left;
        border-title-background: $background;
    }
    StripBox.-alive { border-top: solid $cursor; }
    """

    class Clicked(Message):
        """An item was clicked, or clicked once more."""

        def __init__(self, box: StripBox, place: int) -> None:
            super().__init__()
            self.box = box
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.alive = False

    def set_alive(self, alive: bool) -> None:
        """Light the cursor, or not."""
        if alive != self.alive:
            self.alive = alive
            self.set_class(alive, "-alive")
            self.refresh()

    @property
    def count(self) -> int:
        """How many items there are."""
        raise NotImplementedError

    def region_of(self, place: int) -> Region:
        """The rows of an item."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Make the rows for the width that there is."""
        raise NotImplementedError

    def begin(self) -> None:
        """Other items: from the top."""
        self.cursor = 0
        self.lay_out()
        self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    def go_to(self, place: int) -> bool:
        """Put the cursor on an item, the nearest there is; whether it was another one."""
        place = max(0, min(place, self.count - 1))
        moved, self.cursor = place != self.cursor, place
        self.reveal()
        self.refresh()
        return moved

    def reveal(self) -> None:
        """Bring the cursor into sight."""
        if self.count and self.size.height:
            self.scroll_to_region(self.region_of(self.cursor), animate=False, force=True, x_axis=False)

    def on_resize(self) -> None:
        self.lay_out()
        self.reveal()

    @property
    def room(self) -> int:
        """Columns for words."""
        return max(1, self.size.width - RAIL - present_strips.GAP)

    def strip(self, content: Content, base: Style) -> Strip:
        """A line of words as it is drawn."""
        segments = [
            Segment(text, (base + style).rich_style)
            for text, style in content.render(base, end="", parse_style=self._get_style)
        ]
        return Strip(segments, content.cell_length)

    def lead(self, *, here: bool, base: Style) -> Strip:
        """The column before an item, with the cursor where it is here."""
        lit = here and self.alive
        style = base + self._get_style("$cursor") if lit else base
        return Strip([Segment("▌" if lit else " ", style.rich_style)], present_strips.GAP)

    def base(self, *, here: bool) -> Style:
        """What is below an item's words."""
        style = self.visual_style
        return style + self._get_style("on $cursor-back") if here and self.alive else style

    def place_at(self, x: int, y: int) -> int | None:
        """The item at a place of all the rows."""
        raise NotImplementedError

    def on_click(self, event: events.Click) -> None:
        spot = event.get_content_offset(self)
        if spot is None or spot.x >= self.size.width - RAIL:
            return
        place = self.place_at(spot.x, spot.y + self.scroll_offset.y)
        if place is not None:
            self.post_message(self.Clicked(self, place))


class FigureStrip(StripBox):
    """The claims, each with who says so."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.claims: tuple[Figure, ...] = ()
        self._publisher = ""
        self._after: tuple[Content, ...] = ()
        self._rows: list[tuple[int | None, Content]] = []

    def show(self, claims: Sequence[Figure], publisher: str, after: Sequence[Content]) -> None:
        """Show claims of an article that this outlet printed; `after` stands below them."""
        if (tuple(claims), publisher) == (self.claims, self._publisher):
            self._after = tuple(after)
            self.lay_out()
            self.refresh()
            return
        self.claims, self._publisher, self._after = tuple(claims), publisher, tuple(after)
        self.begin()

    @property
    def count(self) -> int:
        return len(self.claims)

    @property
    def current(self) -> Figure | None:
        """The claim under the cursor."""
        return self.claims[self.cursor] if self.cursor < len(self.claims) else None

    def lay_out(self) -> None:
        self._rows = [
            (place, row)
            for place, rows in enumerate(present.figure_rows(self.claims, self._publisher, self.room))
            for row in rows
        ]
        for content in self._after:
            self._rows += [(None, row) for row in content.wrap(self.room)]
        self.virtual_size = Size(0, len(self._rows))

    def region_of(self, place: int) -> Region:
        rows = [number for number, (one, _) in enumerate(self._rows) if one == place]
        return Region(0, rows[0], 1, len(rows)) if rows else Region(0, 0, 1, 1)

    def place_at(self, x: int, y: int) -> int | None:
        return self._rows[y][0] if y < len(self._rows) else None

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        strip = Strip([])
        if row < len(self._rows):
            place, content = self._rows[row]
            here = place is not None and place == self.cursor
            base = self.base(here=here)
            words = self.strip(content, base).extend_cell_length(self.room, base.rich_style)
            strip = Strip.join([self.lead(here=here, base=base), words])
        return self.with_rail(strip, y, self.size.width)


class EntityStrip(StripBox):
    """Who and what the article names, in columns by kind and mentions."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.entities: tuple[Entity, ...] = ()
        self.grid = present_strips.grid((), 1)

    def show(self, entities: Sequence[Entity]) -> None:
        """Show an article's entities."""
        if tuple(entities) != self.entities:
            self.entities = tuple(entities)
            self.begin()

    @property
    def count(self) -> int:
        return len(self.entities)

    @property
    def current(self) -> Entity | None:
        """The entity under the cursor."""
        return self.grid.entities[self.cursor] if self.cursor < len(self.grid.entities) else None

    def step(self, columns: int) -> bool:
        """Move the cursor by columns; False where there is none."""
        place = self.cursor + columns * self.grid.height
        if columns > 0 and self.count <= place < self.grid.height * -(
            -self.count // max(1, self.grid.height)
        ):
            place = self.count - 1  # the last column is shorter
        if not 0 <= place < self.count:
            return False
        self.go_to(place)
        return True

    def lay_out(self) -> None:
        self.grid = present_strips.grid(self.entities, max(1, self.size.width - RAIL))
        self.virtual_size = Size(0, self.grid.height)

    def region_of(self, place: int) -> Region:
        return Region(0, place % max(1, self.grid.height), 1, 1)

    def place_at(self, x: int, y: int) -> int | None:
        place = x // self.grid.room * self.grid.height + y
        return place if y < self.grid.height and place < self.count else None

    def render_line(self, y: int) -> Strip:
        row, parts = y + self.scroll_offset.y, []
        if row < self.grid.height:
            for place in range(row, self.count, self.grid.height):
                here = place == self.cursor
                base = self.base(here=here)
                cell = self.strip(self.grid.cell(place), base)
                parts += [self.lead(here=here, base=base), cell]
                room = self.grid.room - present_strips.GAP - cell.cell_length
                parts.append(Strip.blank(room, self.visual_style.rich_style))
        return self.with_rail(Strip.join(parts) if parts else Strip([]), y, self.size.width)
