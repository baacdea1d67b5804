"""The Changes: what is new since the reader last looked, topic by topic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.content import Content

from newsdesk.errors import NewsdeskError
from newsdesk.models import Counts, TopicCount
from newsdesk.models.news import News, TopicNews
from newsdesk.tui import newsitems, present, present_news, words
from newsdesk.tui.choice import Choice
from newsdesk.tui.newsitems import ChangedItem, FigureItem, PassageItem
from newsdesk.tui.screens.choosing import ChoosingScreen
from newsdesk.tui.screens.desk_view import DeskView
from newsdesk.tui.screens.frame import MEDIUM, FrameScreen
from newsdesk.tui.screens.over import OverScreen
from newsdesk.tui.widgets.lines import TopicBar
from newsdesk.tui.widgets.newslist import NewsList

if TYPE_CHECKING:
    from newsdesk.desk import Newsdesk


class NewsScreen(ChoosingScreen, OverScreen):
    """Looking marks nothing; `m` and `c` do."""

    CSS_PATH = "news.tcss"
    REGISTRY = "changes"
    NAME = "changes"
    AUTO_FOCUS = "#news"

    def __init__(
        self,
        newsdesk: Newsdesk,
        background: Callable[[], Content],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(newsdesk, background)
        self.topics = present.Topics.of(newsdesk.desk)
        self.choice = Choice()
        self.counts: Counts
        self.news = News((), 0, 0, cut=False)
        self._now = now
        self._bar = TopicBar(self.topics, id="topics")
        ui = newsdesk.settings.config.ui
        self.list = NewsList(
            newsdesk, self.topics, self._lesson, self.key("board"), max(20, ui.measure), now, id="news"
        )
        self.list.highlights = ui.highlights

    def body(self) -> ComposeResult:
        yield self._bar
        yield self.list

    # ------------------------------------------------------------------ showing

    def look(self) -> None:
        self.counts = self.newsdesk.counts()
        self.news = self.newsdesk.news()
        self._show()

    def _show(self) -> None:
        self.list.show(newsitems.items(self.news, self.choice.topics))

    def show_edges(self) -> None:
        super().show_edges()
        fresh = tuple(TopicCount(one.topic, sum(newsitems.totals([one])), 0) for one in self.news.topics)
        self._bar.show_topics(replace(self.counts, topics=fresh), self.choice.topics, Content(""))

    @property
    def shown(self) -> list[TopicNews]:
        """The news of the chosen topics."""
        return [one for one in self.news.topics if not self.choice.topics or one.topic in self.choice.topics]

    def summary(self) -> Content:
        cut = "of the newest articles only" if self.news.cut else ""
        narrow = self.app.size.width < MEDIUM
        return present.plain("" if narrow or self.said else cut, present.QUIET)

    def where(self) -> Content:
        if self.app.size.width < MEDIUM:
            return present.plain(f"{sum(newsitems.totals(self.shown)):,} new ", present.QUIET)
        return present.plain(f"{present_news.summed(self.shown)} ", present.QUIET)

    def _lesson(self, width: int) -> Content:
        ways = [(self.key("refresh-all"), "asks all feeds for news")]
        if self.choice.topics:
            ways.append((self.key("all-topics"), "shows all topics"))
        ways.append((self.key("close"), "goes back to the desk"))
        return present_news.nothing(self.news, self.topics, ways, width, self._now())

    # ------------------------------------------------------------------ moving

    def move(self, rows: int) -> None:
        self.list.move(rows)

    @property
    def page(self) -> int:
        return self.list.page

    @property
    def rows(self) -> int:
        return self.list.total

    def action_next_pane(self) -> None:
        self.list.move_topic(1)

    def action_previous_pane(self) -> None:
        self.list.move_topic(-1)

    # ------------------------------------------------------------------ topics

    def choose(self, choice: Choice) -> None:
        self.choice = choice
        self._show()
        self.show_edges()

    # ------------------------------------------------------------------ reading

    @property
    def _place(self) -> tuple[int, int] | None:
        """The (article, passage) under the cursor."""
        item = self.list.item
        if isinstance(item, PassageItem):
            row = self.list.row(self.list.cursor)
            return (row.article, row.passage) if row else None
        if isinstance(item, FigureItem):
            return item.hit.article.id, item.hit.figure.passage
        if isinstance(item, ChangedItem):
            return item.article.article, min(item.article.passages, default=0)
        return None

    @on(NewsList.Opened)
    def action_open(self) -> None:
        if self._place is not None:
            self.leave_for(*self._place)
        elif self.list.item is not None:
            self._moved(1)

    def action_copy(self) -> None:
        place = self._place
        article = self.newsdesk.article(place[0]) if place is not None else None
        if place is not None and article is not None:
            self.app.copy_to_clipboard(words.clip(article, article.passages[place[1]]))
            self.say("copied the passage with its source")

    def action_highlights(self) -> None:
        modes = present.HIGHLIGHTS
        self.list.highlights = modes[(modes.index(self.list.highlights) + 1) % len(modes)]
        self.list.redraw()
        self.say(f"highlights: {self.list.highlights}")

    def action_refresh_all(self) -> None:
        if self.newsdesk.offline:
            self.say("offline: nothing is fetched")
        else:
            self.post_message(DeskView.RefreshWanted(None))
            self.say("asking for news")

    # ------------------------------------------------------------------ looked at

    @work(group="looked")
    async def action_looked_at(self) -> None:
        item = self.list.item
        if item is not None and await self._mark([item.topic]):
            self.look_again()
            said = f"{self.topics.title(item.topic)} is marked as looked at"
            self.say(f"{said} · {self.key('undo')} undoes it")

    @work(group="looked")
    async def action_all_looked_at(self) -> None:
        topics = [one.topic for one in self.shown]
        if not await self._mark(topics):
            return
        desk = self.app.screen_stack[0]
        self.action_close()
        if isinstance(desk, FrameScreen):
            marked = f"{words.count(len(topics), 'topic')} marked as looked at"
            desk.say(f"{marked} · {self.key('undo')} undoes it")

    async def _mark(self, topics: list[str]) -> bool:
        """Mark what is shown now; what has come since stays new."""
        try:
            await self.newsdesk.mark_looked(topics, self.news)
        except NewsdeskError as error:
            self.refused(error)
            return False
        return True
