"""The Feeds screen: every feed's state, last error, next refresh and counts; edit, retry, remove, add."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.command import CommandPalette
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from newsdesk import feedcare
from newsdesk.config import Settings
from newsdesk.errors import NewsdeskError
from newsdesk.models import Feed, Removed
from newsdesk.tui import commands, lessons, present, present_feeds, words
from newsdesk.tui.bindings import bind
from newsdesk.tui.screens.desk_view import MEDIUM, SAID_FOR, WIDE, DeskView, hints
from newsdesk.tui.screens.feed_form import FeedForm
from newsdesk.tui.screens.popup import Popup, help_body
from newsdesk.tui.screens.stepping import said
from newsdesk.tui.widgets.feedlist import FeedList
from newsdesk.tui.widgets.lines import EdgeLine, Hints

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsdesk.desk import Newsdesk

LOOK_EVERY = 0.5
"""Seconds between two looks at the archive and at what the background says."""


class FeedsScreen(Screen[None], inherit_bindings=False):
    """The subscriptions."""

    CSS_PATH = "feeds.tcss"
    REGISTRY = "feeds"
    AUTO_FOCUS = "#feeds"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it without ClassVar
        (0, "-narrow"),
        (MEDIUM, "-medium"),
        (WIDE, "-wide"),
    ]

    def __init__(self, newsdesk: Newsdesk, background: Callable[[], Content]) -> None:
        """`background` says what is under way."""
        super().__init__()
        self.newsdesk = newsdesk
        self.keys = newsdesk.settings.config.keys
        self.feeds = FeedList(offline=newsdesk.offline, id="feeds")
        self._background = background
        self._header = EdgeLine(id="header")
        self._footer = Hints(hints(self.keys, "feeds"), id="footer")
        self._lesson = Static(lessons.no_feeds(self._key("add-feed")), id="lesson")
        self._version = 0
        self._said = ""
        self._said_timer: Timer | None = None
        self._pressed = self._last_key = ""
        bind(self, "feeds", self.keys)

    def compose(self) -> ComposeResult:
        yield self._header
        with Container(id="body"):
            yield self.feeds
            yield self._lesson
        yield self._footer

    def on_mount(self) -> None:
        self.look()
        self.set_interval(LOOK_EVERY, self._look_if_changed)

    # ------------------------------------------------------------------ showing

    def look(self) -> None:
        """Show what the archive has now."""
        self._version = self.newsdesk.data_version()
        self.feeds.show(self.newsdesk.feeds())
        self.set_class(not self.feeds.rows, "-nothing")
        self._edges()

    def _look_if_changed(self) -> None:
        if self.newsdesk.data_version() != self._version:
            self.look()
        else:
            self._edges()

    def _edges(self) -> None:
        said = present.line(self._said, "$figure-name") if self._said else self._background()
        offline = Content.styled("offline" if self.newsdesk.offline else "", "$figure-name")
        left = [Content.styled(" newsdesk", "bold $cursor"), Content.styled("feeds", "$prose"), said]
        self._header.show(
            Content("  ").join(part for part in left if part),
            present.join([offline, present_feeds.summary(self.feeds.rows)]) + Content(" "),
        )
        rows = len(self.feeds.rows)
        where = f"feed {self.feeds.cursor + 1} of {rows} " if rows else ""
        self._footer.show(Content(""), present.plain(where, present.QUIET))

    def say(self, text: str) -> None:
        """Answer in the status line; it stays for a while."""
        self._said = text
        if self._said_timer is not None:
            self._said_timer.stop()
        self._said_timer = self.set_timer(SAID_FOR, self._unsay)
        self._edges()

    def _refused(self, error: NewsdeskError) -> None:
        """What is wrong; the config file's path would leave no room for it."""
        self.say(error.line().removeprefix(f"{self.newsdesk.settings.paths.config_file}: "))

    def _unsay(self) -> None:
        self._said = ""
        self._edges()

    def _key(self, command: str) -> str:
        return commands.show_keys(commands.BY_ID[command], self.keys).split(" ")[0]

    # ------------------------------------------------------------------ moving

    def on_key(self, event: events.Key) -> None:
        if event.key != self._last_key:
            self._pressed = ""
        self._last_key = event.key

    async def action_twice(self, action: str) -> None:
        """For keys such as `g g`: the second press does it."""
        if self._pressed == action:
            self._pressed = ""
            await self.run_action(action)
        else:
            self._pressed = action

    def _move(self, rows: int) -> None:
        self.feeds.go_to(self.feeds.cursor + rows)
        self._edges()

    def action_down(self) -> None:
        self._move(1)

    def action_up(self) -> None:
        self._move(-1)

    def action_half_down(self) -> None:
        self._move(self.feeds.page)

    def action_half_up(self) -> None:
        self._move(-self.feeds.page)

    def action_top(self) -> None:
        self._move(-len(self.feeds.rows))

    def action_bottom(self) -> None:
        self._move(len(self.feeds.rows))

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
            self._refused(error)
            return
        self.look()
        self.say(f"removed {present_feeds.name(current)}; its articles stay · {self._key('undo')} undoes it")

    def action_undo(self) -> None:
        self._walk(back=True)

    def action_redo(self) -> None:
        self._walk(back=False)

    @work(group="subscriptions")
    async def _walk(self, *, back: bool) -> None:
        """The journal's step, whatever it was; a feed that is back is under the cursor."""
        try:
            step = await (self.newsdesk.undo() if back else self.newsdesk.redo())
        except NewsdeskError as error:
            self._refused(error)
            return
        if step is None:
            self.say("nothing to undo" if back else "nothing to do again")
            return
        self.look()
        if isinstance(step, Removed) and back:
            self.feeds.select(step.feed.url)
        self.say(f"{'undone' if back else 'done again'}: {said(step)}")

    @work(group="subscriptions")
    async def _write(
        self, edit: Callable[[Settings], None], done: str, url: str, *, fetch: bool = False
    ) -> None:
        """Edit the config, then show what it has; what is wrong is said, and nothing is changed."""
        try:
            await self.newsdesk.edit_feeds(edit)
        except NewsdeskError as error:
            self._refused(error)
            return
        self.look()
        self.feeds.select(url)
        self.say(done)
        if fetch and not self.newsdesk.offline:
            self.post_message(DeskView.RefreshWanted((url,)))

    # ------------------------------------------------------------------ look and program

    @on(Hints.Chosen)
    async def _hint_clicked(self, event: Hints.Chosen) -> None:
        await self.run_action(commands.BY_ID[event.command].action)

    def action_theme(self) -> None:
        names = list(self.app.available_themes)
        self.app.theme = names[(names.index(self.app.theme) + 1) % len(names)]
        self.say(f"theme: {words.clean_line(self.app.theme)}")

    def action_help(self) -> None:
        body = partial(help_body, self.keys, screen="feeds")
        self.app.push_screen(Popup(present.line("Keys of the feeds", present.STRONG), body, self.keys))

    def action_palette(self) -> None:
        self.app.push_screen(CommandPalette())

    def action_suspend(self) -> None:
        self.app.action_suspend_process()

    def action_close(self) -> None:
        self.dismiss()
