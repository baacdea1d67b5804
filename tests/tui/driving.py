"""Driving the app: pressing keys, waiting for what they bring, reading the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from newsdesk.desk import Newsdesk
from newsdesk.tui.app import NewsdeskApp
from newsdesk.tui.screens.desk import DeskScreen

SIZES = {"wide": (160, 45), "medium": (100, 35), "narrow": (70, 30)}
PATIENCE = 20.0
"""Seconds after which a condition counts as never met."""


class Driver:
    """A running app and its desk screen."""

    def __init__(self, pilot: Pilot[None], app: NewsdeskApp) -> None:
        self.pilot = pilot
        self.app = app

    @property
    def desk(self) -> DeskScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, DeskScreen)
        return screen

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Let the app go on until the condition holds."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await self.pilot.pause()
                assert self.app._exception is None, what

    async def until_shown(self, title: str) -> None:
        """Until the article of that title has its panes on the screen."""

        def shown() -> bool:
            article = self.desk.article
            return bool(article and article.title == title and self.desk.panes.article is article)

        await self.until(shown, f"the article {title!r}")
        await self.until(lambda: all(pane.is_attached for pane in self.desk.panes.panes), "its panes")

    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def lit(self, style: str) -> str:
        """The words on the screen that are drawn with the foreground of a theme's style (`$figure`)."""
        wanted = self.desk._get_style(style).rich_style.color
        strips = self.app.screen._compositor.render_strips()
        found = (segment for strip in strips for segment in strip if segment.style)
        return " ".join(one.text.strip() for one in found if one.style and one.style.color == wanted)

    def panes(self) -> list[str]:
        """The topics of the panes on the screen."""
        return [pane.topic for pane in self.desk.panes.shown]

    def titles(self) -> list[str]:
        """The titles in the list."""
        rows = (self.desk.headlines.row(place) for place in range(self.desk.headlines.count))
        return [row.title for row in rows if row]

    @property
    def cursor(self) -> tuple[int, int] | None:
        """(article, passage) under the passage cursor."""
        article, entry = self.desk.article, self.desk.panes.current
        return (article.id, entry.index) if article and entry else None


@asynccontextmanager
async def driven(newsdesk: Newsdesk, size: str = "wide", *, notice: str = "") -> AsyncIterator[Driver]:
    """The app on a terminal of a size, its first article shown."""
    app = NewsdeskApp(newsdesk, notice=notice)
    async with app.run_test(size=SIZES[size]) as pilot:
        driver = Driver(pilot, app)
        if newsdesk.counts().articles:
            first = driver.desk.headlines.row(0)
            assert first is not None
            await driver.until_shown(first.title)
        yield driver
