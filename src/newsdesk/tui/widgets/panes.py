"""The chosen article in topic panes: one pane a topic that has passages, and a cursor on one passage.

A passage stands once, in the pane of its primary topic; under its further topics a line refers to it.
Where the primary topic's pane is not shown, the first shown pane of a further topic has the passage in
full, so that no choice of topics hides words that belong to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.layout import Layout
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from newsdesk.models import Section, StoredArticle
from newsdesk.tui import present, words
from newsdesk.tui.present_strips import Picked
from newsdesk.tui.widgets.pane import Entry, Lit, Pane
from newsdesk.tui.widgets.pane_layout import PaneLayout


class Panes(Widget, can_focus=True, can_focus_children=False, inherit_bindings=False):
    """All panes of an article, with a cursor on one passage."""

    DEFAULT_CSS = """
    Panes { height: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    Panes.-side-by-side { overflow-y: hidden; }
    """

    side_by_side: reactive[bool] = reactive(False, layout=True)
    """Panes in columns that scroll one by one, or one reading column."""

    class PassageMoved(Message):
        """The cursor is on another passage."""

    def __init__(
        self,
        topics: present.Topics,
        highlights: present.Highlights,
        measure: int,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._topics = topics
        self._measure = measure
        self._arranged = PaneLayout()
        self._made: list[Pane] = []
        """Every pane that an article has needed so far; they are used again."""
        self.highlights = highlights
        self.article: StoredArticle | None = None
        self.panes: tuple[Pane, ...] = ()
        self.current: Entry | None = None
        self.read: frozenset[int] = frozenset()
        self.picked: tuple[Picked, ...] = ()
        """Words that are lit while something is selected that speaks of them."""
        self._lit: tuple[int, Lit] | None = None

    def render(self) -> Content:
        return Content("")

    # ------------------------------------------------------------------ what is shown

    def show(
        self, article: StoredArticle | None, topics: Collection[str], *, keep: int | None = None
    ) -> None:
        """Show an article's panes of these topics (none: all), the cursor on the passage `keep`."""
        if self.article is None or article is None or article.id != self.article.id:
            self.picked = ()
        self.article = article
        self.current = None
        sections = article.sections if article is not None else ()
        new = [Pane(self._measure) for _ in sections[len(self._made) :]]
        self._made += new
        self.panes = tuple(self._made[: len(sections)])
        for pane in self._made[len(sections) :]:
            pane.display = False
        if article is not None:
            self.read = article.read
            for pane, section in zip(self.panes, sections, strict=True):
                pane.show(section, _entries(article, section), self._topics)
                pane.alive = self.has_focus
            self._mark_read()
            self._redraw(self.entries)
            self.pick(self.picked)
            self.choose(topics)
        if new:
            self.mount(*new)
        self.scroll_home(animate=False, force=True)
        if keep is not None:
            self.go_to(keep)

    def choose(self, topics: Collection[str], only: Pane | None = None) -> None:
        """Show the panes of these topics (none: all), or `only` one."""
        if self.article is None:
            return
        for pane in self.panes:
            pane.display = pane is only if only else not topics or pane.topic in topics
        shown = {place for pane in self.shown for place in pane.section.passages}
        changed = []
        for pane in self.panes:
            for entry in pane.entries:
                if not entry.refers:
                    continue
                in_full = pane.display and entry.index not in shown
                if in_full:
                    shown.add(entry.index)
                if in_full != entry.in_full:
                    entry.in_full = in_full
                    changed.append(entry)
        self._redraw(changed)
        for pane in self.panes:
            self._redraw(pane.order())
            pane.changed()
        self.refresh(layout=True)
        if self.current is not None and self.current not in self.stops and not self.go_to(self.current.index):
            self.start()

    def cycle_highlights(self) -> present.Highlights:
        """Take the next way of highlighting."""
        place = present.HIGHLIGHTS.index(self.highlights)
        self.highlights = present.HIGHLIGHTS[(place + 1) % len(present.HIGHLIGHTS)]
        self._lit = None
        self._redraw(self.entries)
        for pane in self.panes:
            pane.changed()
        self.refresh(layout=True)
        return self.highlights

    def light(self, article_id: int, lit: Lit | None) -> None:
        """Light words of an article, until others are lit; None: no more."""
        self._lit = (article_id, lit) if lit is not None else None
        self._redraw(self.entries)
        for pane in self.panes:
            pane.changed()
        self.refresh(layout=True)

    def pick(self, picked: Sequence[Picked]) -> None:
        """Light these words of the article, and no others, until it is shown anew."""
        self.picked = tuple(picked)
        by_passage: dict[int, list[Picked]] = {}
        for one in self.picked:
            by_passage.setdefault(one.passage, []).append(one)
        for pane in self.panes:
            pane.pick(by_passage)

    def mark(self, read: frozenset[int]) -> None:
        """Show these passages as read, the others as unread."""
        self.read = read
        self._mark_read()

    @property
    def layout(self) -> Layout:
        return self._arranged

    def watch_side_by_side(self, side_by_side: bool) -> None:
        self._arranged.side_by_side = side_by_side
        self.set_class(side_by_side, "-side-by-side")
        self._show_current_soon()

    def _redraw(self, entries: Iterable[Entry]) -> None:
        if self.article is not None:
            lit = self._lit[1] if self._lit is not None and self._lit[0] == self.article.id else None
            for entry in entries:
                entry.draw(self.article, self._topics, self.highlights, lit)

    def _mark_read(self) -> None:
        """Sub-headings and furniture carry no mark."""
        passages = words.counted(self.article.passages) if self.article is not None else ()
        unread = frozenset(passage.index for passage in passages) - self.read
        for pane in self.panes:
            if pane.unread != unread:
                pane.unread = unread
                pane.refresh()

    # ------------------------------------------------------------------ the passage cursor

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for pane in self.panes for entry in pane.entries)

    @property
    def shown(self) -> tuple[Pane, ...]:
        """The panes on the screen."""
        return tuple(pane for pane in self.panes if pane.display)

    @property
    def stops(self) -> tuple[Entry, ...]:
        """Where the cursor can stand, pane by pane in reading order."""
        return tuple(entry for pane in self.shown for entry in pane.stops)

    @property
    def pane(self) -> Pane | None:
        """The pane with the cursor, else the first."""
        for pane in self.shown:
            if self.current in pane.entries:
                return pane
        return self.shown[0] if self.shown else None

    def go_to(self, index: int) -> bool:
        """Put the cursor on a passage; False where no shown pane has it."""
        entry = next((entry for entry in self.stops if entry.index == index), None)
        self._set_current(entry)
        return entry is not None

    def start(self) -> None:
        """Put the cursor on the first unread passage, else on the first, unless it stands somewhere."""
        if self.current is None and (stops := self.stops):
            self._set_current(next((entry for entry in stops if entry.index not in self.read), stops[0]))

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

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        event.stop()
        if event.entry.passage.kind != "heading":
            self.go_to(event.entry.index)

    def _set_current(self, entry: Entry | None) -> None:
        self.current = entry
        for pane in self.panes:
            here = entry if entry is not None and entry in pane.entries else None
            if pane.current is not here:
                before, pane.current = pane.current, here
                for touched in (before, here):
                    if touched is not None:
                        pane.redraw(touched)
        self._show_current_soon()
        self.post_message(self.PassageMoved())

    def _show_current_soon(self) -> None:
        """Bring the cursor into sight: now, or where the panes are laid out anew, after that."""
        if self._layout_required or not self.is_mounted:
            self.call_after_refresh(self._show_current)
        else:
            self._show_current()

    def _show_current(self) -> None:
        pane, entry = self.pane, self.current
        if pane is not None and entry is not None:
            self._scroll_pane(pane, pane.region_of(entry))

    def _scroll_pane(self, pane: Pane, region: Region) -> None:
        """Bring rows of a pane into sight."""
        if self.side_by_side:
            pane.scroll_to_region(region, animate=False, force=True, x_axis=False)
        else:
            top = pane.virtual_region.y + pane.styles.gutter.top
            region = Region(0, top + region.y, 1, region.height)
            self.scroll_to_region(region, animate=False, force=True, x_axis=False)

    def reveal(self) -> None:
        """Bring the cursor into sight again."""
        self._show_current_soon()

    def peek(self, index: int, at: int) -> bool:
        """Bring a code point of a passage into sight, the cursor left where it is; False where no shown pane
        has the passage."""
        found = [
            (pane, entry)
            for pane in self.shown
            for entry in pane.entries
            if entry.index == index and entry.in_full
        ]
        for pane, entry in found[:1]:
            self.call_after_refresh(self._peek, pane, entry, at)
        return bool(found)

    def _peek(self, pane: Pane, entry: Entry, at: int) -> None:
        self._scroll_pane(pane, pane.region_at(entry, at))

    def watch_has_focus(self, focus: bool) -> None:
        super().watch_has_focus(focus)
        for pane in self.panes:
            pane.alive = focus
            if pane.current is not None:
                pane.redraw(pane.current)

    def on_resize(self, event: events.Resize) -> None:
        self._show_current_soon()


def _entries(article: StoredArticle, section: Section) -> list[Entry]:
    """What stands in the pane of a section."""
    passages = {passage.index: passage for passage in article.passages}
    return [
        Entry(passages[place], section, refers=place not in section.passages)
        for place in sorted({*section.passages, *section.also})
    ]
