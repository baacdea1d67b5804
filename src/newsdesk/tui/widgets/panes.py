"""The chosen article in topic panes: one pane a topic that has passages, one widget a passage.

A passage stands once, in the pane of its primary topic; under its further topics a line refers to it.
Where the primary topic's pane is not shown, the first shown pane of a further topic has the passage in
full, so that no choice of topics hides words that belong to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.layout import Layout
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from newsdesk.models import UNSORTED, LabelledPassage, Section, StoredArticle
from newsdesk.tui import present, words
from newsdesk.tui.widgets.pane_layout import PaneLayout

CHUNK = 60
"""Passages that are mounted at once in a pane; the rest of a long article follows."""


class PassageBox(Static, inherit_bindings=False):
    """One passage in a pane, or a line that refers to it."""

    class Clicked(Message):
        """The passage was clicked."""

        def __init__(self, box: PassageBox) -> None:
            super().__init__()
            self.box = box

    def __init__(self, passage: LabelledPassage, section: Section, *, refers: bool, read: bool) -> None:
        # All at once: a class that is added later costs a pass through the style sheet.
        classes = [f"-{passage.kind}"]
        if refers:
            classes += ["-reference", "-line"]
        if _is_unread(passage, read):
            classes.append("-unread")
        super().__init__(classes=" ".join(classes))
        self.passage = passage
        self.section = section
        self.refers = refers
        self.in_full = not refers
        """Whether the words stand here: always where the passage has its place."""
        self.above: str | None = None
        """The sub-heading that it stands under, where the heading itself is in another pane."""

    @property
    def index(self) -> int:
        return self.passage.index

    def draw(self, article: StoredArticle, topics: present.Topics, highlights: present.Highlights) -> None:
        """Show the words, or the line that refers to them."""
        self.set_class(not self.in_full, "-line")
        if not self.in_full:
            self.update(present.reference(self.passage, topics))
            return
        content = present.passage(self.passage, article.entities, article.figures, highlights)
        further = present.also(self.passage, topics)
        if further and not self.refers:
            content = content + Content("  ") + further
        if self.above:
            content = present.under_heading(self.above) + Content("\n") + content
        self.update(content)

    def on_click(self) -> None:
        self.post_message(self.Clicked(self))


class Pane(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The passages of one topic."""

    def __init__(self, section: Section, boxes: Sequence[PassageBox], topics: present.Topics) -> None:
        self.section = section
        self.boxes = tuple(sorted(boxes, key=_place))
        super().__init__()
        self.border_title = present.pane_title(section, [box.passage for box in boxes], topics)

    def compose(self) -> ComposeResult:
        yield from self.boxes[:CHUNK]

    @property
    def topic(self) -> str:
        return self.section.topic or UNSORTED

    @property
    def stops(self) -> list[PassageBox]:
        """Where the cursor can stand, in reading order; sub-headings carry no mark."""
        return [box for box in self.boxes if box.in_full and box.passage.kind != "heading"]

    def order(self) -> list[PassageBox]:
        """Put what stands here in full first, in reading order, and the references below it.

        Returns the boxes that now stand under another sub-heading than they say.
        """
        self.boxes = tuple(sorted(self.boxes, key=_place))
        if len(self.children) > 1:
            self.sort_children(key=_place)
        changed = []
        under: str | None = None
        for box in self.boxes:
            if not box.in_full:
                continue
            is_heading, heading = box.passage.kind == "heading", box.passage.heading
            above = heading if heading != under and not is_heading else None
            under = box.passage.text if is_heading else heading
            if above != box.above:
                box.above = above
                changed.append(box)
        return changed

    async def mount_rest(self) -> None:
        """Mount what did not fit into the first paint, a chunk at a time."""
        rest = [box for box in self.boxes if not box.is_attached]
        for start in range(0, len(rest), CHUNK):
            await self.mount(*rest[start : start + CHUNK])
            await asyncio.sleep(0)
        if rest:
            self.order()


def _is_unread(passage: LabelledPassage, read: bool) -> bool:
    """Sub-headings and furniture carry no mark."""
    return not read and passage.kind not in words.SILENT


def _place(box: Widget) -> tuple[bool, int]:
    """Where a box of a pane stands: text before references, each in reading order."""
    return (not box.in_full, box.index) if isinstance(box, PassageBox) else (False, -1)


class Panes(Widget, can_focus=True, can_focus_children=False, inherit_bindings=False):
    """All panes of an article, with a cursor on one passage."""

    DEFAULT_CSS = """
    Panes { width: 1fr; height: 1fr; scrollbar-size-vertical: 1; }
    Panes.-side-by-side { overflow: hidden hidden; }
    Panes { overflow-x: hidden; overflow-y: auto; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    side_by_side: reactive[bool] = reactive(False)
    """Panes in columns that scroll one by one, or one reading column."""

    class PassageMoved(Message):
        """The cursor is on another passage."""

    def __init__(self, topics: present.Topics, highlights: present.Highlights, id: str | None = None) -> None:
        super().__init__(id=id)
        self._topics = topics
        self._columns = PaneLayout()
        self.highlights = highlights
        self.article: StoredArticle | None = None
        self.panes: tuple[Pane, ...] = ()
        self.current: PassageBox | None = None
        self.read: frozenset[int] = frozenset()

    def render(self) -> Content:
        return Content("")

    # ------------------------------------------------------------------ what is shown

    async def show(
        self, article: StoredArticle | None, topics: Collection[str], *, keep: int | None = None
    ) -> None:
        """Show an article's panes of these topics (none: all), the cursor on the passage `keep`."""
        self.article = article
        self.current = None
        panes: tuple[Pane, ...] = ()
        if article is not None:
            self.read = article.read
            panes = tuple(self._build(article))
        self.panes = panes
        with self.app.batch_update():
            await self.remove_children()
            self._redraw(self.boxes)
            self.choose(topics)
            if panes:
                await self.mount(*panes)
            self.scroll_home(animate=False, force=True)
        if keep is not None:
            self.go_to(keep)
        for pane in panes:
            await pane.mount_rest()

    def _build(self, article: StoredArticle) -> Iterable[Pane]:
        passages = {passage.index: passage for passage in article.passages}
        for section in article.sections:
            places = sorted({*section.passages, *section.also})
            boxes = [
                PassageBox(
                    passages[place], section, refers=place not in section.passages, read=place in article.read
                )
                for place in places
            ]
            if boxes:
                yield Pane(section, boxes, self._topics)

    def choose(self, topics: Collection[str], only: Pane | None = None) -> None:
        """Show the panes of these topics (none: all), or `only` one."""
        if self.article is None:
            return
        for pane in self.panes:
            pane.display = pane is only if only else not topics or pane.topic in topics
        shown = {place for pane in self.shown for place in pane.section.passages}
        changed = []
        for pane in self.panes:
            for box in pane.boxes:
                if not box.refers:
                    continue
                in_full = pane.display and box.index not in shown
                if in_full:
                    shown.add(box.index)
                if in_full != box.in_full:
                    box.in_full = in_full
                    changed.append(box)
        self._redraw(changed)
        for pane in self.panes:
            self._redraw(pane.order())
        if self.current is not None and self.current not in self.stops:
            self.go_to(self.current.index)

    def cycle_highlights(self) -> present.Highlights:
        """Take the next way of highlighting."""
        place = present.HIGHLIGHTS.index(self.highlights)
        self.highlights = present.HIGHLIGHTS[(place + 1) % len(present.HIGHLIGHTS)]
        self._redraw(self.boxes)
        return self.highlights

    def mark(self, read: frozenset[int]) -> None:
        """Show these passages as read, the others as unread."""
        self.read = read
        self._mark_read()

    @property
    def layout(self) -> Layout:
        return self._columns if self.side_by_side else super().layout

    def watch_side_by_side(self, side_by_side: bool) -> None:
        self.set_class(side_by_side, "-side-by-side")
        self.refresh(layout=True)
        if self.current is not None:
            self.call_after_refresh(self._show_current)

    def _redraw(self, boxes: Iterable[PassageBox]) -> None:
        if self.article is not None:
            for box in boxes:
                box.draw(self.article, self._topics, self.highlights)

    def _mark_read(self) -> None:
        for box in self.boxes:
            box.set_class(_is_unread(box.passage, box.index in self.read), "-unread")

    # ------------------------------------------------------------------ the passage cursor

    @property
    def boxes(self) -> tuple[PassageBox, ...]:
        return tuple(box for pane in self.panes for box in pane.boxes)

    @property
    def shown(self) -> tuple[Pane, ...]:
        """The panes on the screen."""
        return tuple(pane for pane in self.panes if pane.display)

    @property
    def stops(self) -> tuple[PassageBox, ...]:
        """Where the cursor can stand, pane by pane in reading order."""
        return tuple(box for pane in self.shown for box in pane.stops)

    @property
    def pane(self) -> Pane | None:
        """The pane with the cursor, else the first."""
        for pane in self.shown:
            if self.current in pane.boxes:
                return pane
        return self.shown[0] if self.shown else None

    def go_to(self, index: int) -> bool:
        """Put the cursor on a passage; False where no shown pane has it."""
        box = next((box for box in self.stops if box.index == index), None)
        self._set_current(box)
        return box is not None

    def start(self) -> None:
        """Put the cursor on the first unread passage, else on the first, unless it stands somewhere."""
        if self.current is None and (stops := self.stops):
            self._set_current(next((box for box in stops if box.index not in self.read), stops[0]))

    def leave(self) -> None:
        """Take the cursor away."""
        self._set_current(None)

    def move(self, steps: int) -> None:
        """Move the cursor by so many passages, as far as there are any."""
        stops = self.stops
        if not stops:
            return
        if self.current not in stops:
            self.start()
            return
        place = stops.index(self.current) + steps
        self._set_current(stops[max(0, min(place, len(stops) - 1))])

    def move_pane(self, step: int) -> bool:
        """Move the cursor into the next pane; False where there is none."""
        panes = [pane for pane in self.shown if pane.stops]
        here = self.pane
        if here not in panes:
            return False
        place = panes.index(here) + step
        if not 0 <= place < len(panes):
            return False
        self._set_current(panes[place].stops[0])
        return True

    def on_passage_box_clicked(self, event: PassageBox.Clicked) -> None:
        event.stop()
        if event.box.in_full:
            self._set_current(event.box)
        else:
            self.go_to(event.box.index)

    def _set_current(self, box: PassageBox | None) -> None:
        if self.current is not None:
            self.current.remove_class("-current")
        self.current = box
        if box is not None:
            box.add_class("-current")
            if box.is_attached:
                self.call_after_refresh(self._show_current)
        self.post_message(self.PassageMoved())

    def _show_current(self) -> None:
        if self.current is not None and self.current.is_attached:
            self.current.scroll_visible(animate=False, force=True)

    def on_resize(self, event: events.Resize) -> None:
        if self.current is not None:
            self.call_after_refresh(self._show_current)
