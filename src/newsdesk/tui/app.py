"""The application: mounts the desk, gives it its themes, and passes on what the background tells."""

from __future__ import annotations

import asyncio
import gc
import signal
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.command import Provider
from textual.events import Event, Key

from newsdesk import models
from newsdesk.errors import NewsdeskError
from newsdesk.models import ArticlesStored, DeepDone, FeedDone, Notice, Progress
from newsdesk.tui import words
from newsdesk.tui.commands import check_keys, with_preset
from newsdesk.tui.ownthemes import own_themes
from newsdesk.tui.palette import RegistryProvider
from newsdesk.tui.screens.desk import DeskScreen
from newsdesk.tui.terminal import patient
from newsdesk.tui.themes import DARK, LIGHT, theme_of, variables_for
from newsdesk.tui.wishes import together

if TYPE_CHECKING:
    from newsdesk.desk import Newsdesk

LOOK_EVERY = 1.0
"""Seconds between two looks at what other processes stored."""
AHEAD = 2.0
"""Seconds that a key waits at most for the desk to be whole."""
INSIST = 15.0
"""Seconds within which the same key insists."""
INSISTENT = 0.7
"""Seconds that the end waits for what is to be closed, after a signal."""
REST = timedelta(seconds=60)
"""Between two automatic refreshes at least."""
FARTHEST = timedelta(days=9)
"""No feed is due as late as that: where one is, the clock was set back."""


class NewsdeskApp(App[None], inherit_bindings=False):
    """newsdesk on a terminal."""

    TITLE = "newsdesk"
    CSS_PATH = "screens/desk.tcss"  # Textual does not load the one of a default screen.
    ENABLE_COMMAND_PALETTE = False  # Our own command opens it, so that its key can be changed.
    COMMANDS: ClassVar[set[type[Provider]]] = {RegistryProvider}  # type: ignore[assignment]

    def __init__(self, newsdesk: Newsdesk, *, notice: str = "") -> None:
        self._newsdesk = newsdesk
        super().__init__()
        self.driver_class = patient(self.driver_class)
        self.animation_level = "none"
        self._desk: DeskScreen
        self._notice = words.clean_line(notice)
        self._version = newsdesk.data_version()
        self._asked: datetime | None = None
        self._again = False
        self._wanted: list[tuple[str, ...] | None] = []
        """Feeds that a key asked for while others were polled; None: all of them."""
        self._pressed: tuple[tuple[str, ...] | None, float] = ((), 0.0)
        """The feeds that a key asked for last, and when."""
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._main: asyncio.Task[object] | None = None
        for theme in (DARK, LIGHT, *own_themes(newsdesk.settings.config.themes)):
            self.register_theme(theme)
        few = self.console.color_system == "standard"
        chosen = theme_of(newsdesk.settings.config.ui.theme, self.available_themes, few_colours=few)
        if chosen == DARK.name:
            # As dark as Textual's default: only the variables have to follow, before the style sheet is
            # read. `self.theme =` would have it read once more behind that.
            self.set_reactive(App.theme, chosen)
            self.stylesheet.set_variables(self.get_css_variables())
        else:
            self.theme = chosen

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_for(self.current_theme)

    def _set_pointer_shape(self, shape: str) -> None:
        """Leave the mouse pointer alone: the only operating system command we send is the clipboard's."""

    def get_default_screen(self) -> DeskScreen:
        self._desk = DeskScreen(self._newsdesk, self.size.width, notice=self._notice)
        return self._desk

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key) and not self._desk.ready.is_set():
            # Typed ahead, between the list's paint and the article's: it waits for the article.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._desk.ready.wait(), AHEAD)
        await super().on_event(event)

    def on_mount(self) -> None:
        self._main = asyncio.current_task()
        self._desk.call_after_refresh(self._start)
        # Back from ^z the terminal is blank, and Textual paints only what changes.
        self.app_resume_signal.subscribe(self, lambda _: self.screen.refresh())
        for ending in (signal.SIGTERM, signal.SIGHUP):  # the terminal was closed, the machine goes down
            asyncio.get_running_loop().add_signal_handler(ending, self._leave, 128 + ending)

    def _leave(self, status: int) -> None:
        """Out at once, as a signal asks for; whatever does not answer in time is left behind."""
        self.exit(None, status)
        if (main := self._main) is not None:
            asyncio.get_running_loop().call_later(INSISTENT, main.cancel)

    def _start(self) -> None:
        """After the first paint: the network and the language model, each in a process of its own."""
        self.set_interval(LOOK_EVERY, self._look)
        self._deepen()
        if not self._newsdesk.offline:
            self._refresh(None, force=False)

    # ------------------------------------------------------------------ the background

    def on_desk_view_refresh_wanted(self, event: DeskScreen.RefreshWanted) -> None:
        """A key is a wish of the reader; where the publisher asked to wait, it takes the key twice."""
        now = time.monotonic()
        insists = self._pressed[0] == event.urls and now - self._pressed[1] < INSIST
        self._pressed = (event.urls, now)
        self._refresh(event.urls, force=True, gently=not insists)

    def on_desk_view_article_shown(self, event: DeskScreen.ArticleShown) -> None:
        self._newsdesk.deepen_first((event.article_id,))

    def _look(self) -> None:
        """Once a second: what other processes stored, and whether feeds are due."""
        version = self._newsdesk.data_version()
        if version != self._version:
            self._version = version
            self._desk.archive_changed()
        if self._newsdesk.desk_edited():
            self._take_desk()
        due = self._desk.counts.next_due
        now = datetime.now(UTC)
        if self._newsdesk.offline or due is None or now < due <= now + FARTHEST or self._at_work("refresh"):
            return
        if self._asked is None or abs(now - self._asked) > REST:
            self._refresh(None, force=False)

    def _take_desk(self) -> None:
        """Go on with the edited desk; the deep pass begins anew, because it labels anew before all else."""
        try:
            taken = self._newsdesk.take_desk()
        except NewsdeskError as error:
            self._desk.say(error.line())
            return
        if not taken:
            self._desk.say("the desk has other topics now; start newsdesk again to see them")
            return
        self._desk.say("the desk was edited: its labels are made anew")
        self._deepen_anew()

    def on_reaching_screen_desk_switched(self, event: DeskScreen.DeskSwitched) -> None:
        self._desk = event.screen
        self._deepen_anew()

    def _deepen_anew(self) -> None:
        if self._at_work("deep"):
            self._tasks["deep"].cancel()
        self._tasks["deep"] = asyncio.create_task(self._read_deeply(self._tasks.get("deep")))

    def _at_work(self, work: str) -> bool:
        return work in self._tasks and not self._tasks[work].done()

    def _refresh(self, urls: tuple[str, ...] | None, *, force: bool, gently: bool = False) -> None:
        """Poll feeds; a refresh that a key asks for while one is under way follows it."""
        if not self._at_work("refresh"):
            self._asked = datetime.now(UTC)
            self._tasks["refresh"] = asyncio.create_task(self._poll(urls, force, gently))
        elif force:
            self._wanted.append(urls)
            self._desk.say("being fetched already; asked once more after that")

    async def _poll(self, urls: tuple[str, ...] | None, force: bool, gently: bool) -> None:
        await self._follow("refresh", self._newsdesk.refresh(urls, force=force, gently=gently))
        while self._wanted:
            urls = together(self._wanted)
            self._wanted.clear()
            await self._follow("refresh", self._newsdesk.refresh(urls, force=True, gently=True))

    def _deepen(self) -> None:
        """Run the deep pass, or have it run once more when it is at work."""
        if self._at_work("deep"):
            self._again = True
        else:
            self._tasks["deep"] = asyncio.create_task(self._read_deeply())

    async def _read_deeply(self, before: asyncio.Task[None] | None = None) -> None:
        """Until nothing waits; after `before` has ended."""
        if before is not None:
            await asyncio.gather(before, return_exceptions=True)
        self._again = True
        while self._again:
            self._again = False
            selected = self._desk.headlines.selected
            await self._follow("deep", self._newsdesk.deepen(() if selected is None else (selected,)))

    async def _follow(self, work: str, told: AsyncGenerator[models.Event]) -> None:
        """Pass on what a work in the background tells, to its end."""
        try:
            async with aclosing(told) as events:
                async for event in events:
                    self._tell(event)
        except NewsdeskError as error:
            self._desk.say(error.line())
        finally:
            self._desk.tell_progress(work, 0, 0)
        self._desk.archive_changed()

    async def on_unmount(self) -> None:
        """End the background with the interface."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _tell(self, event: models.Event) -> None:
        if isinstance(event, Progress):
            self._desk.tell_progress(event.what, event.done, event.total)
        elif isinstance(event, Notice):
            self._desk.tell_notice(event)
        elif isinstance(event, ArticlesStored):
            self._desk.archive_changed()
            self._deepen()
        elif isinstance(event, FeedDone | DeepDone):
            self._desk.archive_changed()


def run(newsdesk: Newsdesk, *, notice: str = "") -> int:
    """Open the desk on this terminal until the reader leaves; `notice` stands in the status line.

    Raises ConfigError for wrong `[keys]`.
    """
    config = newsdesk.settings.config
    check_keys(with_preset(config.ui.keys, config.keys))
    app = NewsdeskApp(newsdesk, notice=notice)
    gc.freeze()  # What is loaded by now stays: a collection that passes over it does not hold up a key.
    with suppress(asyncio.CancelledError):
        app.run(mouse=newsdesk.settings.config.ui.mouse)
    return app.return_code or 0
