"""The Feeds screen: every feed's state, last error, next refresh and counts; edit, retry, remove, add."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from newsdesk import feedcare
from newsdesk.config import Settings
from newsdesk.errors import NewsdeskError
from newsdesk.models import AnyStep, Feed, Removed
from newsdesk.tui import lessons, present, present_feeds
from newsdesk.tui.screens.desk_view import DeskView
from newsdesk.tui.screens.feed_form import FeedForm
from newsdesk.tui.screens.over import OverScreen
from newsdesk.tui.widgets.feedlist import FeedList

if TYPE_CHECKING:
    from newsdesk.desk import Newsdesk


class FeedsScreen(OverScreen):
    """The subscriptions."""

    CSS_PATH = "feeds.tcss"
    REGISTRY = "feeds"
    NAME = "feeds"
    AUTO_FOCUS = "#feeds"

    def __init__(self, newsdesk: Newsdesk, background: Callable[[], Content]) -> None:
        super().__init__(newsdesk, background)
        self.feeds = FeedList(offline=newsdesk.offline, id="feeds")
        self._lesson = Static(lessons.no_feeds(self.key("add-feed")), id="lesson")

    def body(self) -> ComposeResult:
        yield self.feeds
        yield self._lesson

    # ------------------------------------------------------------------ showing

    def look(self) -> None:
        self.feeds.show(self.newsdesk.feeds())
        self.set_class(not self.feeds.rows, "-nothing")

    def summary(self) -> Content:
        return present_feeds.summary(self.feeds.rows)

    def where(self) -> Content:
        place = f"feed {self.feeds.cursor + 1} of {self.rows} " if self.rows else ""
        return present.plain(place, present.QUIET)

    # ------------------------------------------------------------------ moving

    def move(self, rows: int) -> None:
        self.feeds.go_to(self.feeds.cursor + rows)

    @property
    def page(self) -> int:
        return self.feeds.page

    @property
    def rows(self) -> int:
        return len(self.feeds.rows)

    # ------------------------------------------------------------------ feeds

    def action_retry(self) -> None:
        if current := self.feeds.current:
            self._refresh((current.feed.url,))

    def action_refresh_all(self) -> None:
        self._refresh(None)

    def _refresh(self, urls: tuple[str, ...] | None) -> None:
        if self.newsdesk.offline:
            self.say("offline: nothing is fetched")
        elif self.feeds.rows:
            self.post_message(DeskView.RefreshWanted(urls))
            self.say("asking for news")

    @on(FeedList.Opened)
    def action_edit_feed(self) -> None:
        if current := self.feeds.current:
            form = FeedForm(current.feed, current.state.title, self.keys)
            self.app.push_screen(form, partial(self._edited, current.feed))

    def _edited(self, before: Feed, feed: Feed | None) -> None:
        if feed is not None and feed != before:
            self._write(lambda settings: feedcare.change(settings, feed), "saved", feed.url)

    def action_add_feed(self) -> None:
        self.app.push_screen(FeedForm(None, "", self.keys), self._added)

    def _added(self, feed: Feed | None) -> None:
        if feed is not None:
            self._write(lambda settings: feedcare.add(settings, feed), "added", feed.url, fetch=True)

    @work(group="subscriptions")
    async def action_remove_feed(self) -> None:
        if not (current := self.feeds.current):
            return
        url = current.feed.url
        try:
            gone = await self.newsdesk.edit_feeds(lambda one: feedcare.remove(one, url))
            await self.newsdesk.remember(Removed(gone.feed, gone.before, gone.after))
        except NewsdeskError as error:
            self.refused(error)
            return
        self.look_again()
        self.say(f"removed {present_feeds.name(current)}; its articles stay · {self.key('undo')} undoes it")

    def stepped(self, step: AnyStep, *, back: bool) -> None:
        """A feed that is back is under the cursor."""
        if isinstance(step, Removed) and back:
            self.feeds.select(step.feed.url)

    @work(group="subscriptions")
    async def _write(
        self, edit: Callable[[Settings], None], done: str, url: str, *, fetch: bool = False
    ) -> None:
        """Edit the config, then show what it has; what is wrong is said, and nothing is changed."""
        try:
            await self.newsdesk.edit_feeds(edit)
        except NewsdeskError as error:
            self.refused(error)
            return
        self.look_again()
        self.feeds.select(url)
        self.say(done)
        if fetch and not self.newsdesk.offline:
            self.post_message(DeskView.RefreshWanted((url,)))
