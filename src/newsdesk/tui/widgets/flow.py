"""Items of different heights, one below the other: only those on the screen are brought, wrapped and drawn.

The archive gives keys a page at a time; where the list stands is an item and a line of it, not a number of
lines from the top. So nothing above has to be measured, and what arrives there moves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar, Literal, cast

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.visual import RenderOptions
from textual.widget import Widget

PAGE = 64
"""Keys that one query brings."""
RAIL = 1
"""Columns of the scrollbar, at the right."""
MARK = 1
"""Columns of the cursor, at the left."""
WHEEL = 3
"""Lines that a turn of the wheel scrolls."""
NEAR = 2_000
"""So many items are brought for a way to one; for what is further, those around it."""
MOST = 10_000
"""So many items may come above the cursor before the way from the top is lost."""
FAR = 90_000
"""A move by so many items goes to the end."""

Direction = Literal["above", "below"]


class Flow(Widget, can_focus=True, inherit_bindings=False):
    """Items with a cursor. A subclass has `bring`, the keys beyond one, and `draw`, an item's lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"flow--row", "flow--cursor", "flow--mark", "flow--dim-mark"}
    DEFAULT_CSS = """
    Flow { height: 1fr; background: $background; color: $prose; }
    Flow > .flow--row { background: $background; }
    Flow > .flow--cursor { background: $background; color: $strong; }
    Flow > .flow--mark { color: $cursor; }
    Flow > .flow--dim-mark { color: $quiet; }
    """

    class Moved(Message):
        """The cursor is on another item, or on none."""

        def __init__(self, flow: Flow) -> None:
            super().__init__()
            self.flow = flow

        @property
        def control(self) -> Flow:
            return self.flow

    class Opened(Moved):
        """The item under the cursor was clicked once more."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.keys: list[int] = []
        """The keys brought so far, without a gap."""
        self.cursor = 0
        self._first = 0
        """The item that the screen begins with."""
        self._skip = 0
        """Lines of it that are above the screen."""
        self.above: int | None = 0
        """Items above the first key brought; None where nobody counted them."""
        self._at_top, self._at_end = True, False
        """Whether there is nothing more above the keys brought, and below."""
        self._strips: LRUCache[tuple[int, int, bool, object, str], list[Strip]] = LRUCache(256)
        self._on_screen: list[tuple[int, int]] = []
        self._screen: list[Strip] = []

    # ------------------------------------------------------------------ what a list says itself

    def bring(self, way: Direction, key: int | None, limit: int) -> Sequence[int]:
        """The nearest keys above or below one, in the list's order, in which they fall; where key is None,
        those at its top (below) or at its end (above)."""
        raise NotImplementedError

    def draw(self, place: int, width: int) -> Sequence[Content]:
        """The lines of an item, for so many columns."""
        raise NotImplementedError

    @property
    def total(self) -> int:
        """How many items there are in all."""
        raise NotImplementedError

    def nothing(self, width: int) -> Sequence[Content]:
        """The lines of an empty list."""
        return ()

    # ------------------------------------------------------------------ items

    def begin(self) -> None:
        """From the top."""
        self.keys, self.cursor, self._first, self._skip = [], 0, 0, 0
        self.above, self._at_top, self._at_end = 0, True, False
        self._on_screen = []
        self._strips.clear()
        self._reach(0)
        self.refresh()
        self.post_message(self.Moved(self))

    @property
    def seen(self) -> list[int]:
        """The keys on the screen."""
        places = dict.fromkeys(place for place, _ in self._on_screen if place < len(self.keys))
        return [self.keys[place] for place in places]

    def renew(self) -> None:
        """Bring the keys once more: cursor and scroll stay on their items, or go to the next one."""
        if not self.keys or self.cursor >= len(self.keys):
            self.begin()
            return
        old, at, first = self.keys, self.keys[self.cursor], self.keys[self._first]
        self.keys = []
        if not self._at_top:
            self.keys = list(self.bring("below", old[0] + 1, PAGE))
            self.above = None
        self._at_end = False
        while self._reach(len(self.keys)) and self.keys[-1] > min(at, first) and len(self.keys) < MOST:
            pass
        if not self.keys:
            self.begin()
            return
        if self.keys[-1] > min(at, first) and not self._at_end:  # too much has come above it
            self._around(at)
        place = {key: number for number, key in enumerate(self.keys)}
        self.cursor = _nearest(old, at, place)
        self._skip = self._skip if first in place else 0
        self._first = _nearest(old, first, place)
        self.refresh()
        if self.current != at:
            self.post_message(self.Moved(self))

    def _around(self, key: int) -> None:
        """Keep only what stands around a key; nobody counts what is above."""
        self.keys = [*self.bring("above", key, PAGE), *self.bring("below", key + 1, PAGE)]
        self._at_top, self._at_end, self.above = False, False, None

    def hold(self, keys: Sequence[int]) -> None:
        """Take other keys, all that there are: cursor and scroll stay on their items, or go to the next."""
        old, at, first = self.keys, self.current, self._first
        self.keys, self.above, self._at_top, self._at_end = list(keys), 0, True, True
        place = {key: number for number, key in enumerate(self.keys)}
        self.cursor = _nearest(old, at, place) if at is not None else 0
        self._skip = self._skip if old and old[first] in place else 0
        self._first = _nearest(old, old[first], place) if old else 0
        self.redraw()
        self.reveal()
        if self.current != at:
            self.post_message(self.Moved(self))

    def redraw(self) -> None:
        """Draw what is seen once more: what the items say is another."""
        self._strips.clear()
        self.refresh()

    @property
    def current(self) -> int | None:
        """The key under the cursor."""
        return self.keys[self.cursor] if self.cursor < len(self.keys) else None

    @property
    def place(self) -> int | None:
        """The cursor's row in the whole list, from 0; None where nobody counted it."""
        return None if self.above is None else self.above + self.cursor

    def _reach(self, place: int) -> bool:
        """Bring keys until there is one at a place; False where the list ends before."""
        while place >= len(self.keys) and not self._at_end:
            found = self.bring("below", self.keys[-1] if self.keys else None, PAGE)
            self._at_end = len(found) < PAGE
            self.keys += found
        return place < len(self.keys)

    def _reach_up(self, items: int) -> None:
        """Bring keys until so many stand above the cursor and above what is seen."""
        while min(self.cursor, self._first) < items and not self._at_top:
            found = list(self.bring("above", self.keys[0] if self.keys else None, PAGE))
            is_whole = len(found) < PAGE
            self._at_top = is_whole
            self.keys = found + self.keys
            self.cursor += len(found)
            self._first += len(found)
            if is_whole:
                self.above = 0
            elif self.above is not None:
                self.above = max(0, self.above - len(found))

    # ------------------------------------------------------------------ the cursor

    def move(self, items: int) -> None:
        """Move the cursor by so many items, as far as there are any."""
        was = self.current
        if items <= -FAR:
            self._to_top()
        elif items >= FAR:
            self._to_end()
        elif items < 0:
            self._reach_up(-items)
            self.cursor = max(0, self.cursor + items)
        else:
            self._reach(self.cursor + items)
            self.cursor = max(0, min(self.cursor + items, len(self.keys) - 1))
        self.reveal()
        if self.current != was:
            self.post_message(self.Moved(self))

    def go_to_key(self, key: int) -> bool:
        """Put the cursor on an item that was brought, or that is near; False where it is not there."""
        while self.keys and self.keys[-1] > key and len(self.keys) < NEAR and self._reach(len(self.keys)):
            pass
        if key not in self.keys:
            kept = self.keys, self._at_top, self._at_end, self.above
            self._around(key)
            if key not in self.keys:
                self.keys, self._at_top, self._at_end, self.above = kept
                return False
            self._first, self._skip = self.keys.index(key), 0
        self.cursor = self.keys.index(key)
        self.reveal()
        self.post_message(self.Moved(self))
        return True

    def _to_top(self) -> None:
        if self._at_top:
            self.cursor = self._first = self._skip = 0
        else:
            self.begin()

    def _to_end(self) -> None:
        if not self._at_end:
            self.keys = list(self.bring("above", None, PAGE))
            self._at_top, self._at_end = len(self.keys) < PAGE, True
            self.above = max(0, self.total - len(self.keys))
            self._first = max(0, len(self.keys) - 1)
        self.cursor = max(0, len(self.keys) - 1)

    def reveal(self) -> None:
        """Scroll as little as it takes for the cursor's item to be seen."""
        if not self.size.height or not self.keys:
            return
        if self.cursor < self._first or (self.cursor == self._first and self._skip):
            self._first, self._skip = self.cursor, 0
        elif self._below_screen(self.cursor):
            self._first, self._skip = self._up_from(self.cursor, self.size.height)
        self.refresh()

    def to_top(self) -> None:
        """Scroll until the cursor's item is the first on the screen, as far as there is enough below it."""
        self._first, self._skip = self.cursor, 0
        self.scroll_lines(0)

    def _below_screen(self, place: int) -> bool:
        lines = -self._skip
        for item in range(self._first, place + 1):
            lines += self._height(item)
            if lines > self.size.height:
                return True
        return False

    def _up_from(self, place: int, height: int) -> tuple[int, int]:
        """Where a screen begins that ends with an item; with its own first line where it is taller."""
        left = height - self._height(place)
        while left > 0 and place > 0:
            place -= 1
            left -= self._height(place)
        return (place, -left) if left < 0 and self._height(place) <= height else (place, 0)

    @property
    def page(self) -> int:
        """Items that half a page holds, by those on the screen."""
        seen = {place for place, _ in self._shown()}
        return max(1, len(seen) // 2)

    def scroll_lines(self, lines: int) -> None:
        """Scroll without the cursor."""
        if not self.keys:
            return
        if lines < 0:
            self._reach_up(-lines)
        self._skip += lines
        while self._skip < 0 and self._first > 0:
            self._first -= 1
            self._skip += self._height(self._first)
        while self._skip >= self._height(self._first) and self._reach(self._first + 1):
            self._skip -= self._height(self._first)
            self._first += 1
        self._skip = max(0, min(self._skip, self._height(self._first) - 1))
        if self._ends_on_screen():
            last = len(self.keys) - 1
            first, skip = self._up_from(last, self.size.height)
            if (first, skip) < (self._first, self._skip):
                self._first, self._skip = first, skip
        self.refresh()

    def _ends_on_screen(self) -> bool:
        if self._reach(self._first + self.size.height):
            return False
        return not self._below_screen(len(self.keys) - 1)

    # ------------------------------------------------------------------ drawing

    @property
    def room(self) -> int:
        """Columns for an item's lines."""
        return max(1, self.size.width - RAIL - MARK)

    def _height(self, place: int) -> int:
        return len(self._lines(place)) if self._reach(place) else 0

    @property
    def stamp(self) -> object:
        """What else an item's lines depend on, such as the minute for times told from now."""
        return None

    def keep_drawn(self, keys: Collection[int]) -> None:
        """Draw all other items anew: what these say is what they said."""
        for drawn in list(self._strips.keys()):
            if drawn[0] not in keys:
                self._strips.discard(drawn)

    def _lines(self, place: int) -> list[Strip]:
        is_cursor, room = place == self.cursor, self.room
        # By the theme, because the style also changes with the focus, and that changes nothing in here.
        key = (self.keys[place], room, is_cursor, self.stamp, self.app.theme)
        strips = self._strips.get(key)
        if strips is None:
            strips = self._drawn(self.draw(place, room), room, is_cursor=is_cursor)
            self._strips[key] = strips
        return strips

    def _drawn(self, lines: Sequence[Content], room: int, *, is_cursor: bool) -> list[Strip]:
        style = self.get_visual_style("flow--cursor" if is_cursor else "flow--row")
        options = RenderOptions(self._get_style, cast(RulesMap, self.styles))
        strips = []
        for content in lines:
            drawn = content.render_strips(room, 1, style, options) or [Strip.blank(room)]
            strips.append(drawn[0].adjust_cell_length(room, style.rich_style))
        return strips

    def _shown(self) -> list[tuple[int, int]]:
        """(item, line of it) of each line of the screen that has one."""
        shown: list[tuple[int, int]] = []
        place, line, height = self._first, self._skip, self.size.height
        while len(shown) < height and self._reach(place):
            for number in range(line, len(self._lines(place))):
                shown.append((place, number))
            place, line = place + 1, 0
        return shown[:height]

    def render_lines(self, crop: Region) -> list[Strip]:
        self._on_screen = self._shown()
        self._screen = self._painted()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        if y < len(self._screen):
            return self._screen[y]
        return Strip.blank(self.size.width, self.visual_style.rich_style)

    def _painted(self) -> list[Strip]:
        """The lines of the screen, with the cursor's mark and the scrollbar."""
        width, height, base = self.size.width, self.size.height, self.visual_style
        if not self.keys:
            return self._drawn(self.nothing(self.room), self.room, is_cursor=False)[:height]
        ground = base.rich_style
        mark = self.get_component_rich_style("flow--mark" if self.has_focus else "flow--dim-mark")
        rail = [
            Segment(" " * RAIL, ground),
            Segment(" " * RAIL, (base + self._get_style("on $scrollbar")).rich_style),
        ]
        bar = self._bar()
        painted = []
        for y in range(height):
            end = rail[y in bar]
            if y >= len(self._on_screen):
                painted.append(Strip([Segment(" " * (width - RAIL), ground), end], width))
                continue
            place, number = self._on_screen[y]
            strip = self._lines(place)[number]
            marked = place == self.cursor and bool(strip.text.strip())
            lead = Segment("▌", mark) if marked else Segment(" ", ground)
            painted.append(Strip([lead, *strip, end], width))
        return painted

    def _bar(self) -> range:
        """The lines of the screen that the scrollbar takes, by items."""
        seen = len({place for place, _ in self._on_screen})
        height, total = self.size.height, self.total
        if seen >= total or not seen:
            return range(0)
        length = max(1, round(height * seen / total))
        above = (self.above or 0) + self._first
        begin = round((height - length) * min(1.0, above / max(1, total - seen)))
        return range(begin, begin + length)

    def on_resize(self) -> None:
        self.reveal()

    # ------------------------------------------------------------------ the mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.scroll_lines(WHEEL)
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.scroll_lines(-WHEEL)
        event.stop()

    def on_click(self, event: events.Click) -> None:
        spot = event.get_content_offset(self)
        if spot is None or not self.keys:
            return
        if spot.x >= self.size.width - RAIL:
            self.scroll_lines(self.size.height // (2 if spot.y * 2 >= self.size.height else -2))
            return
        if spot.y >= len(self._on_screen):
            return
        place = self._on_screen[spot.y][0]
        if place == self.cursor:
            self.post_message(self.Opened(self))
        else:
            self.cursor = place
            self.reveal()
            self.post_message(self.Moved(self))


def _nearest(old: Sequence[int], key: int, place: dict[int, int]) -> int:
    """Where a key is now; where it is gone, the next one of the old list that is there."""
    at = old.index(key)
    for one in [*old[at:], *reversed(old[:at])]:
        if one in place:
            return place[one]
    return 0
