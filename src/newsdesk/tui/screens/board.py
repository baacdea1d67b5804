"""The Board: one column a topic across the whole archive, newest passages first, live."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from newsdesk.errors import NewsdeskError, UsageError
from newsdesk.models import Counts, TopicCount
from newsdesk.models.board import BoardRow, Column
from newsdesk.tui import browser, present, present_board, words
from newsdesk.tui.choice import Choice
from newsdesk.tui.screens.choosing import ChoosingScreen
from newsdesk.tui.screens.desk_view import DeskView
from newsdesk.tui.screens.frame import MEDIUM, WIDE
from newsdesk.tui.screens.over import OverScreen
from newsdesk.tui.screens.popup import Popup
from newsdesk.tui.widgets.column import BoardColumn
from newsdesk.tui.widgets.flow import FAR
from newsdesk.tui.widgets.lines import TopicBar

if TYPE_CHECKING:
    from newsdesk.desk import Newsdesk

LEAST = 36
"""Cells of a column at least, where several stand side by side."""


class BoardPlace(Struct, frozen=True):
    """Where the board stood when it was left."""

    choice: Choice = Choice()
    topic: str = ""
    """The column with the cursor; empty: the first."""
    columns: tuple[tuple[str, int | None, int | None], ...] = ()
    """By topic: the passage under the cursor, and the article up to which the column was let in."""


class BoardScreen(ChoosingScreen, OverScreen):
    """Topics side by side; the focused column has the cursor."""

    CSS_PATH = "board.tcss"
    REGISTRY = "board"
    NAME = "board"
    AUTO_FOCUS = ""

    def __init__(
        self,
        newsdesk: Newsdesk,
        background: Callable[[], Content],
        place: BoardPlace | None,
        leave: Callable[[BoardPlace], None],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`place` is where it stood before; `leave` is told where it stands in the end."""
        super().__init__(newsdesk, background)
        place = place or BoardPlace()
        self._leave = leave
        self._now = now
        self._minute = now().minute
        self.topics = present.Topics.of(newsdesk.desk)
        self.choice = place.choice
        self.counts: Counts = newsdesk.counts()
        self._newest = {topic: up_to for topic, _, up_to in place.columns}
        self._cursors = {topic: key for topic, key, _ in place.columns if key is not None}
        self._highlights: present.Highlights = newsdesk.settings.config.ui.highlights
        self._bar = TopicBar(self.topics, id="topics")
        self._writing = 0
        self._leftmost = 0
        measure = max(20, newsdesk.settings.config.ui.measure)
        self.columns = {
            topic: BoardColumn(
                newsdesk, self._column(topic), self.topics, partial(self._lesson, topic), measure, now
            )
            for topic in self.topics.order
        }
        self._filled = self._with_passages()
        self._focused = place.topic if place.topic in self._chosen else self._chosen[0]

    def _column(self, topic: str) -> Column:
        return Column(topic, self.choice.unread, self._newest.get(topic, self.counts.newest_id or None))

    def body(self) -> ComposeResult:
        yield self._bar
        yield Horizontal(*self.columns.values(), id="columns")

    # ------------------------------------------------------------------ which columns

    @property
    def column(self) -> BoardColumn:
        """The column with the cursor."""
        return self.columns[self._focused]

    @property
    def shown(self) -> list[BoardColumn]:
        """The columns on the screen, from the left."""
        order = self._chosen
        return [self.columns[topic] for topic in order[self._leftmost : self._leftmost + self._fitting]]

    @property
    def _chosen(self) -> list[str]:
        """Topics with a column, in the desk's order: those chosen; of all, those that have passages."""
        wanted = self.choice.topics or self._filled
        return [topic for topic in self.topics.order if topic in wanted]

    def _with_passages(self) -> frozenset[str]:
        """Topics that have passages now: the columns of the choice of all topics. Others give their place
        away until the next choice, so that nothing jumps when a passage arrives; the topic bar counts it."""
        filled = frozenset(count.topic for count in self.counts.topics if count.passages)
        return filled or frozenset((self.topics.order[-1],))

    @property
    def _fitting(self) -> int:
        width = self.app.size.width
        most = max(1, width // LEAST) if width >= WIDE else 2 if width >= MEDIUM else 1
        return min(most, len(self._chosen))

    def _arrange(self, *, anew: bool = False) -> None:
        """Show the columns around the focused one, and fill those come into sight, or all `anew`."""
        order = self._chosen
        if self._focused not in order:
            self._focused = order[0]
        place, fitting = order.index(self._focused), self._fitting
        self._leftmost = max(place - fitting + 1, min(self._leftmost, place, len(order) - fitting), 0)
        shown = self.shown
        fresh = [column for column in shown if anew or not (column.begun and column.display)]
        for column in self.columns.values():
            column.display = column in shown
        self._fill(fresh)
        self.column.focus()
        self.show_edges()

    def _fill(self, columns: list[BoardColumn]) -> None:
        counts = {count.topic: count for count in self.counts.topics}
        waiting: dict[int | None, dict[str, int]] = {None: {}}
        for column in columns:
            up_to = column.column.up_to
            if up_to is not None and up_to not in waiting:
                waiting[up_to] = (
                    self.newsdesk.board_waiting(up_to, unread=self.choice.unread)
                    if up_to < self.counts.newest_id
                    else {}
                )
            topic = column.topic
            count = counts.get(topic, TopicCount(topic, 0, 0))
            first = not column.begun
            column.highlights = self._highlights
            column.show(count, waiting[up_to].get(topic, 0))
            if not column.keys and column.waiting:
                column.let_in(self.counts.newest_id)  # nothing can jump
            if first and topic in self._cursors:
                column.go_to_key(self._cursors[topic])

    # ------------------------------------------------------------------ showing

    def on_mount(self) -> None:
        super().on_mount()
        self._arrange()

    def look(self) -> None:
        if self._writing:
            return  # it is looked at when the marks are there
        self.counts = self.newsdesk.counts()
        for column in self.columns.values():
            if column.column.up_to is None and self.counts.newest_id:
                column.column = self._column(column.topic)
        self._fill([column for column in self.shown if column.begun])
        filled = self._with_passages()
        if filled != self._filled and not any(column.keys for column in self.shown):
            self._filled = filled  # nothing is there that could jump
            self._arrange()

    def show_edges(self) -> None:
        super().show_edges()
        minute = self._now().minute
        if minute != self._minute:  # times are told from now
            self._minute = minute
            for column in self.shown:
                column.refresh()
        order, shown = self._chosen, self.shown
        everything = len(order) == len(shown)
        alone = frozenset((self._focused,)) if len(shown) == 1 else self.choice.topics
        unread = "unread" if self.choice.unread else ""
        first = self._leftmost + 1
        last = first + len(shown) - 1
        which = f"{first}" if first == last else f"{first}–{last}"
        where = f"{which} of {len(order)}" + (" ›" if last < len(order) else "")
        if self.app.size.width >= MEDIUM:
            where = f"column {where}"
        columns = "" if everything else where
        right = present.join([present.plain(unread, "$figure-name"), present.plain(columns, present.QUIET)])
        self._bar.show_topics(self.counts, self.choice.topics if everything else alone, right)

    def summary(self) -> Content:
        narrow = self.app.size.width < MEDIUM
        return present.plain("" if narrow or self.said else "newest passages first", present.QUIET)

    def where(self) -> Content:
        column = self.column
        waiting = sum(one.waiting for one in self.shown)
        place = column.place
        number = "" if place is None else f"{place + 1:,} of "
        passage = f"passage {number}{column.total:,} " if column.keys else ""
        news = present.plain(f"{waiting:,} new" if waiting else "", "$cursor")
        return present.join([news, present.plain(passage, present.QUIET)])

    def _lesson(self, topic: str, width: int) -> Content:
        if self.choice.unread and any(
            count.topic == topic and count.passages > count.unread for count in self.counts.topics
        ):
            ways = [(self.key("unread-only"), "shows what has been read, too")]
        elif self.counts.articles:
            ways = [(self.key("all-topics"), "shows all topics")] if self.choice.topics else []
            ways.append((self.key("close"), "goes back to the desk"))
        else:
            ways = [(self.key("close"), "goes back to the desk, which says how to get articles")]
        return present_board.no_passages(topic, self.topics, ways, width)

    def on_resize(self, event: events.Resize) -> None:
        if self.column.is_attached:
            self._arrange()

    def on_unmount(self) -> None:
        self._leave(self.place)

    @property
    def place(self) -> BoardPlace:
        """Where the board stands now."""
        columns = [
            (topic, column.current if column.begun else self._cursors.get(topic), column.column.up_to)
            for topic, column in self.columns.items()
        ]
        return BoardPlace(self.choice, self._focused, tuple(columns))

    # ------------------------------------------------------------------ moving

    def move(self, rows: int) -> None:
        column = self.column
        if column.waiting and (rows <= -FAR or (rows < 0 and column.place == 0)):
            column.let_in(self.counts.newest_id)
        column.move(rows)

    @property
    def page(self) -> int:
        return self.column.page

    @property
    def rows(self) -> int:
        return self.column.total

    def go_to(self, row: int) -> None:
        if row + 1 >= self.rows > 1:
            self.move(FAR)
        else:
            super().go_to(row)

    def action_left(self) -> None:
        self._step(-1)

    def action_right(self) -> None:
        self._step(1)

    def action_next_pane(self) -> None:
        self._step(1, around=True)

    def action_previous_pane(self) -> None:
        self._step(-1, around=True)

    def _step(self, columns: int, *, around: bool = False) -> None:
        order = self._chosen
        place = order.index(self._focused) + columns
        if around or 0 <= place < len(order):
            self._focused = order[place % len(order)]
            self._arrange()

    @on(BoardColumn.Moved)
    def _moved_in_column(self, event: BoardColumn.Moved) -> None:
        self.show_edges()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click has put the cursor into another column."""
        if isinstance(event.widget, BoardColumn) and event.widget.topic != self._focused:
            self._focused = event.widget.topic
            self.show_edges()

    # ------------------------------------------------------------------ topics

    def choose(self, choice: Choice) -> None:
        unread = choice.unread != self.choice.unread
        self.choice = choice
        self._filled = self._with_passages()
        if unread:
            for column in self.columns.values():
                if column.begun:
                    column.set_unread(choice.unread)
                else:
                    column.column = self._column(column.topic)
        self._arrange(anew=unread)

    def action_unread_only(self) -> None:
        self.choose(self.choice.toggled_unread())

    def action_refresh_all(self) -> None:
        if self.newsdesk.offline:
            self.say("offline: nothing is fetched")
        else:
            self.post_message(DeskView.RefreshWanted(None))
            self.say("asking for news")

    # ------------------------------------------------------------------ reading

    @on(BoardColumn.Opened)
    def action_open(self) -> None:
        if (row := self.column.row) is not None:
            self.leave_for(row.article, row.passage)

    def action_next_unread(self) -> None:
        """Let in what waits, and go to the newest of it; else mark this passage read and go on."""
        column = self.column
        if column.waiting:
            column.let_in(self.counts.newest_id)
            found = column.first_unread()
        else:
            if (row := column.row) is not None and row.unread:
                self._mark(row, read=True)
            found = column.next_unread() or column.first_unread()
        if not found and not self._unread_elsewhere():
            self.say("no unread passage on the board")
        self.show_edges()

    def _unread_elsewhere(self) -> bool:
        """Go to the next column that has an unread passage."""
        order = self._chosen
        at = order.index(self._focused)
        for topic in order[at + 1 :] + order[:at]:
            if any(count.topic == topic and count.unread for count in self.counts.topics):
                self._focused = topic
                self._arrange()
                if self.column.waiting:
                    self.column.let_in(self.counts.newest_id)
                if self.column.first_unread():
                    return True
        self._focused = order[at]
        self._arrange()
        return False

    def action_previous_unread(self) -> None:
        if not self.column.next_unread(forward=False):
            self.say("no unread passage above this one")

    def action_toggle_read(self) -> None:
        if (row := self.column.row) is not None:
            self._mark(row, read=row.unread)

    def _mark(self, row: BoardRow, *, read: bool) -> None:
        self.column.change(row.article, passage=row.passage, unread=not read)
        self._write(self.newsdesk.mark_read(row.article, [row.passage], read=read))

    def action_star(self) -> None:
        if (row := self.column.row) is not None:
            for column in self.columns.values():
                column.change(row.article, starred=not row.starred)
            self._write(self.newsdesk.star(row.article, not row.starred))

    def _write(self, change: Coroutine[None, None, None]) -> None:
        """Write marks to the archive; what they change is on the screen already."""
        self._writing += 1
        self.run_worker(self._written(change), group="marks")

    async def _written(self, change: Coroutine[None, None, None]) -> None:
        try:
            await change
        except NewsdeskError as error:
            self.refused(error)
        finally:
            self._writing -= 1
        if not self._writing:
            self.look_again()

    def action_highlights(self) -> None:
        modes = present.HIGHLIGHTS
        self._highlights = modes[(modes.index(self._highlights) + 1) % len(modes)]
        for column in self.columns.values():
            column.highlights = self._highlights
            column.redraw()
        self.say(f"highlights: {self._highlights}")

    def action_copy(self) -> None:
        row = self.column.row
        article = self.newsdesk.article(row.article) if row is not None else None
        if row is not None and article is not None:
            self.app.copy_to_clipboard(words.clip(article, article.passages[row.passage]))
            self.say("copied the passage with its source")

    def action_why(self) -> None:
        row = self.column.row
        article = self.newsdesk.article(row.article) if row is not None else None
        if row is not None and article is not None:
            passage, threshold = article.passages[row.passage], self.newsdesk.desk.threshold
            body = partial(present.why, passage, self.topics, threshold)
            title = present.line("Why is this passage here", present.STRONG)
            self.app.push_screen(Popup(title, body, self.keys))

    @work(group="browser")
    async def action_browser(self) -> None:
        row = self.column.row
        if row is None:
            return
        if self.newsdesk.offline:
            self.say("offline: the page is not opened; y copies the address with the passage")
            return
        try:
            opened = await browser.open_page(row.url)
        except UsageError as error:
            self.say(error.line())
            return
        address = f"opened {words.clean_line(row.url)}"
        self.say(address if opened else "no browser here; y copies the address with the passage")
