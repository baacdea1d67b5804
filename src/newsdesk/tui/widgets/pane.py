"""One topic's passages, drawn line by line: a pane is one widget, however long the article is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from newsdesk.models import UNSORTED, LabelledPassage, Section, StoredArticle
from newsdesk.tui import present, wrapping
from newsdesk.tui.present_strips import Picked
from newsdesk.tui.widgets.rail import RAIL, RailView

MARK = 1
"""Columns before the words, for the cursor and the sign of an unread passage."""
Lit = Callable[[str], Sequence[tuple[int, int]]]
"""Which words of a passage's text are lit: (start, end) of each."""
BELOW = 1 << 20
"""References stand below everything else of their pane."""
BESIDE = "  "
"""Between a passage's words and its further topics."""


class Line:
    """A line of a passage: words, where they begin in their paragraph, and how they look when drawn."""

    __slots__ = ("content", "paragraph", "start", "strips")

    def __init__(self, content: Content, start: int, paragraph: int) -> None:
        self.content = content
        self.start = start
        self.paragraph = paragraph
        self.strips: dict[bool, Strip] = {}
        """By whether the cursor is on the passage."""


class Look(NamedTuple):
    """What the look of a passage depends on."""

    article: StoredArticle
    topics: present.Topics
    highlights: present.Highlights
    lit: Lit | None


class Entry:
    """A passage in a pane, or the line that refers to it; the cursor stands on entries."""

    def __init__(self, passage: LabelledPassage, section: Section, *, refers: bool) -> None:
        self.passage = passage
        self.section = section
        self.refers = refers
        self.in_full = not refers
        """Whether the words stand here: always where the passage has its place."""
        self.above: str | None = None
        """The sub-heading that it stands under, where the heading itself is in another pane."""
        self._look: Look | None = None
        self._paragraphs: tuple[Content, ...] | None = None
        self._width = 0
        self._lines: list[Line] = []

    @property
    def index(self) -> int:
        return self.passage.index

    @property
    def place(self) -> tuple[bool, int]:
        """Where it stands in its pane: text before references, each in reading order."""
        return not self.in_full, self.index

    @property
    def shift(self) -> int:
        """Columns before the passage's own text."""
        return len(present.BULLET) if self.passage.kind == "item" else 0

    def draw(
        self,
        article: StoredArticle,
        topics: present.Topics,
        highlights: present.Highlights,
        lit: Lit | None = None,
    ) -> None:
        """Have the words, or the line that refers to them, look so from now on; `lit` says which are lit."""
        self._look = Look(article, topics, highlights, lit)
        self._paragraphs = None
        self._width = 0

    @property
    def paragraphs(self) -> tuple[Content, ...]:
        """What stands here, made when it is first asked for: most of a long article never is."""
        if self._paragraphs is None:
            self._paragraphs = self._drawn(self._look) if self._look is not None else ()
        return self._paragraphs

    def _drawn(self, look: Look) -> tuple[Content, ...]:
        if not self.in_full:
            return (present.reference(self.passage, look.topics),)
        marks = look.lit(self.passage.text) if look.lit is not None else ()
        article = look.article
        content = present.passage(self.passage, article.entities, article.figures, look.highlights, marks)
        further = self._further(look)
        if further:
            content = content + Content(BESIDE) + further
        above = (present.under_heading(self.above),) if self.above else ()
        return (*above, content)

    def _further(self, look: Look) -> Content:
        """The passage's further topics; they stand where it has its place."""
        told = not self.refers and (len(self.passage.topics) > 1 or self.passage.manual)
        return present.also(self.passage, look.topics) if told else Content("")

    def height(self, width: int) -> int:
        """How many lines `lines` has, without making them."""
        if width == self._width:
            return len(self._lines)
        if not self.in_full:
            return 1
        further = self._further(self._look).plain if self._look is not None else ""
        text = present.passage_text(self.passage) + (BESIDE + further if further else "")
        above = wrapping.height(present.under_heading(self.above).plain, width) if self.above else 0
        return above + wrapping.height(text, width)

    def lines(self, width: int) -> list[Line]:
        """The words wrapped to a width; a reference is one line."""
        if width != self._width:
            self._width = width
            first = 2 * self.index + (0 if self.in_full else BELOW)
            self._lines = [
                line
                for number, content in enumerate(self.paragraphs, first)
                for line in (
                    _wrapped(content, width, number)
                    if self.in_full
                    else [Line(content.truncate(width, ellipsis=True), 0, number)]
                )
            ]
        return self._lines

    def forget_looks(self) -> None:
        """Draw the lines anew: the theme is another."""
        for line in self._lines:
            line.strips.clear()


def _wrapped(content: Content, width: int, paragraph: int) -> list[Line]:
    text, start = content.plain, 0
    lines = []
    for part in content.wrap(width):
        start = text.find(part.plain, start)
        lines.append(Line(part, start, paragraph))
        start += len(part.plain)
    return lines


class Pane(RailView, can_focus=False, inherit_bindings=False):
    """The passages of one topic."""

    DEFAULT_CSS = """
    Pane {
        background: $background;
        color: $prose;
        border-top: solid $faint;
        border-title-align: left;
        border-title-background: $background;
    }
    """

    class Clicked(Message):
        """A passage was clicked."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, measure: int) -> None:
        """`measure` is the most columns that a line of words may have."""
        super().__init__()
        self._measure = measure
        self._section: Section | None = None
        self.entries: tuple[Entry, ...] = ()
        self.current: Entry | None = None
        self.unread: frozenset[int] = frozenset()
        """Passages with the mark of unread ones."""
        self.picked: Mapping[int, Sequence[Picked]] = {}
        """By passage: words that are lit while something is selected that speaks of them."""
        self.alive = False
        """Whether the keys go to the panes: the cursor is lit."""
        self._stale = True
        self._width = 0
        self._starts: list[int] = []
        """The row that each entry begins at ..."""
        self._first: dict[Entry, int] = {}
        """... and by the entry."""
        self._height = 0

    # ------------------------------------------------------------------ what is shown

    def show(self, section: Section, entries: Sequence[Entry], topics: present.Topics) -> None:
        """Show another topic or article, from the top."""
        self._section = section
        self.entries = tuple(entries)
        self.current = None
        self.border_title = present.pane_title(section, [entry.passage for entry in entries], topics)
        self.scroll_to(y=0, animate=False, force=True)
        self.changed()

    def changed(self) -> None:
        """Lay the entries out anew, with the next layout: their order, or what they say, is another."""
        self._stale = True
        # The pane's own request: one of its parent would find the parent's arrangement still in the cache.
        self.refresh(layout=True)

    @property
    def topic(self) -> str:
        return (self._section and self._section.topic) or UNSORTED

    @property
    def section(self) -> Section:
        assert self._section is not None, "shows nothing yet"
        return self._section

    @property
    def stops(self) -> list[Entry]:
        """Where the cursor can stand, in reading order; sub-headings carry no mark."""
        return [entry for entry in self.entries if entry.in_full and entry.passage.kind != "heading"]

    def order(self) -> list[Entry]:
        """Put what stands here in full first, in reading order, and the references below it.

        Returns the entries that now stand under another sub-heading than they say.
        """
        self.entries = tuple(sorted(self.entries, key=lambda entry: entry.place))
        changed = []
        under: str | None = None
        for entry in self.entries:
            if not entry.in_full:
                continue
            is_heading, heading = entry.passage.kind == "heading", entry.passage.heading
            above = heading if heading != under and not is_heading else None
            under = entry.passage.text if is_heading else heading
            if above != entry.above:
                entry.above = above
                changed.append(entry)
        return changed

    def region_of(self, entry: Entry) -> Region:
        """The rows of an entry, in the pane's own coordinates."""
        return Region(0, self._first.get(entry, 0), 1, entry.height(self._room))

    def region_at(self, entry: Entry, at: int) -> Region:
        """The row of an entry that has this code point of its text."""
        text = 2 * entry.index + len(entry.paragraphs) - 1
        rows = [
            row
            for row, line in enumerate(entry.lines(self._room))
            if line.paragraph == text and line.start <= at + entry.shift
        ]
        return Region(0, self._first.get(entry, 0) + (rows[-1] if rows else 0), 1, 1)

    def redraw(self, entry: Entry) -> None:
        """Draw an entry's rows once more: its mark is another."""
        region = self.region_of(entry)
        self.refresh_lines(region.y, region.height)

    # ------------------------------------------------------------------ layout

    @property
    def _room(self) -> int:
        """Columns for words."""
        return max(min(self._measure, self._width - RAIL) - MARK, 1)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows at a width in columns, the scrollbar's included."""
        if self._stale or width != self._width:
            self._stale, self._width = False, width
            self._starts, self._first, row = [], {}, 0
            for entry in self.entries:
                self._first[entry] = row
                self._starts.append(row)
                row += entry.height(self._room) + entry.in_full
            self._height = row
        return self._height

    def _at(self, row: int) -> tuple[Entry, Line] | None:
        """The entry and its line in a row; None between two entries, and below the last."""
        place = bisect_right(self._starts, row) - 1
        if place < 0 or place >= len(self.entries):
            return None
        entry = self.entries[place]
        lines, line = entry.lines(self._room), row - self._starts[place]
        return (entry, lines[line]) if line < len(lines) else None

    def settle(self) -> None:
        """Take on the size that the layout has just asked for; within its pass, so without another one."""
        self.set_reactive(Widget.virtual_size, Size(0, self._height))

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        base, row = self.visual_style, y + self.scroll_offset.y
        strip = Strip([])
        if (found := self._at(row)) is not None:
            strip = Strip.join([self._mark(found[0], base), self._words(*found, base)])
        return self.with_rail(strip, y, self.size.width)

    def _mark(self, entry: Entry, base: Style) -> Strip:
        sign, hue = " ", ""
        if entry is self.current:
            sign, hue = "▌", "$cursor" if self.alive else "$quiet"
        elif entry.in_full and entry.index in self.unread:
            sign, hue = "▏", "$quiet"
        return Strip([Segment(sign, (base + self._get_style(hue)).rich_style)], MARK)

    def _words(self, entry: Entry, line: Line, base: Style) -> Strip:
        """The words of a line, each with its place in its paragraph, as the mouse's selection wants it."""
        is_current = entry is self.current
        span = self.text_selection.get_span(line.paragraph) if self.text_selection else None
        picked = self._picked_on(entry, line)
        if span is None and not picked and is_current in line.strips:
            return line.strips[is_current]
        content = line.content
        for first, last, look in picked:
            content = content.stylize(look, first, last)
        if span is not None:
            start, end = span[0] - line.start, len(content) if span[1] == -1 else span[1] - line.start
            if start < end and end > 0:
                content = content.stylize(self._selected, max(start, 0), end)
        if is_current:
            base = base + self._get_style("$strong")
        elif entry.passage.kind == "furniture":
            base = base + self._get_style("$quiet")
        segments, place = [], line.start
        for text, style in content.render(base, end="", parse_style=self._get_style):
            drawn = (base + style).rich_style_with_offset(place, line.paragraph)
            segments.append(Segment(text, drawn))
            place += len(text)
        strip = Strip(segments, content.cell_length)
        if span is None and not picked:
            line.strips[is_current] = strip
        return strip

    def _picked_on(self, entry: Entry, line: Line) -> list[tuple[int, int, str]]:
        """What is lit of a line: (start, end, style) in its own columns."""
        marks = self.picked.get(entry.index)
        if not marks or not entry.in_full or line.paragraph != 2 * entry.index + len(entry.paragraphs) - 1:
            return []
        begin = line.start - entry.shift
        found = ((one.start - begin, one.end - begin, one.style) for one in marks)
        last = len(line.content)
        return [
            (max(start, 0), min(end, last), style) for start, end, style in found if start < last and end > 0
        ]

    def pick(self, picked: Mapping[int, Sequence[Picked]]) -> None:
        """Light these words, and no others."""
        before, self.picked = self.picked, picked
        for entry in self.entries:
            if entry.in_full and before.get(entry.index) != picked.get(entry.index):
                self.redraw(entry)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        for entry in self.entries:
            entry.forget_looks()

    # ------------------------------------------------------------------ the mouse

    @property
    def _selected(self) -> Style:
        """How selected words look."""
        return Style.from_styles(self.screen.get_component_styles("screen--selection"))

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The selected words, a line a paragraph, wherever they were wrapped."""
        parts: list[str] = []
        for entry in self.entries:
            first = 2 * entry.index + (0 if entry.in_full else BELOW)
            for number, content in enumerate(entry.paragraphs, first):
                if (span := selection.get_span(number)) is not None:
                    parts.append(content.plain[span[0] : None if span[1] == -1 else span[1]])
        return "\n".join(parts), "\n"

    def on_click(self, event: events.Click) -> None:
        spot = event.get_content_offset(self)
        if spot is None or spot.x >= self.size.width - RAIL:
            return
        row = spot.y + self.scroll_offset.y
        found = self._at(row)
        if found is not None:
            self.post_message(self.Clicked(found[0]))
