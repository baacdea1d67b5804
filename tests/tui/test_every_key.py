"""Every bound key on every screen: nothing raises, and the desk is still there.

Each screen at one size or more, in turns; at every size under `make soak`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from newsdesk.desk import Newsdesk
from newsdesk.tui import commands
from newsdesk.tui.screens.board import BoardScreen
from newsdesk.tui.screens.desk_view import STAGES, Stage
from newsdesk.tui.screens.entities import EntitiesScreen
from newsdesk.tui.screens.feed_form import FeedForm
from newsdesk.tui.screens.feeds import FeedsScreen
from newsdesk.tui.screens.ledger import LedgerScreen
from newsdesk.tui.screens.ledger_view import Side
from newsdesk.tui.screens.news import NewsScreen
from newsdesk.tui.screens.picker import Picker
from newsdesk.tui.screens.search import SearchScreen
from tui import archive
from tui.driving import SIZES, Driver, driven
from tui.test_feeds import feeds_home

LEAVES = {"quit", "suspend"}
Kinds = type[Screen[Any]] | tuple[type[Screen[Any]], ...]
SOAK = "NEWSDESK_SOAK" in os.environ
STAGE_OF = {"wide": "list", "medium": "reading", "narrow": "side"}


async def back_to(driver: Driver, stage: Stage) -> None:
    """Close what the last key has opened."""
    desk = driver.desk
    while driver.app.screen is not desk or desk.query("#narrow:focus") or desk.has_class("-zoomed"):
        await driver.press("escape")
    if desk.stage != stage:
        desk.show_stage(stage)


async def over(driver: Driver, kind: Kinds, opener: str) -> None:
    """Open a screen, or come back to it from what the last key has opened."""
    while not isinstance(driver.app.screen, kind):
        await driver.press(opener if driver.app.screen is driver.desk else "escape")


async def closed(driver: Driver) -> None:
    """Back on the desk, which is whole."""
    while driver.app.screen is not driver.desk:
        await driver.press("escape")
    await driver.pilot.pause()
    assert "newsdesk" in driver.text()


def keys_of(screen: str) -> list[str]:
    bound = commands.bindings(screen)
    return [key for one in bound if one.command.id not in LEAVES for key in one.keys]


def sizes(*chosen: str) -> list[str]:
    """The sizes of an ordinary run; all of them in a soak."""
    return list(SIZES) if SOAK else list(chosen)


@pytest.mark.parametrize(
    ("size", "stage"),
    [(size, stage) for size in SIZES for stage in STAGES if SOAK or STAGE_OF[size] == stage],
)
async def test_every_key(newsdesk: Newsdesk, size: str, stage: Stage) -> None:
    async with driven(newsdesk, size) as driver:
        for key in keys_of("desk"):
            await back_to(driver, stage)
            await driver.press(key)
        await back_to(driver, "list")
        await driver.pilot.pause()
        assert "newsdesk" in driver.text()


@pytest.mark.parametrize("size", sizes("narrow"))
async def test_every_key_on_an_empty_desk(tmp_path: Path, size: str) -> None:
    newsdesk = archive.opened(archive.settings(tmp_path))
    async with driven(newsdesk, size) as driver:
        for key in keys_of("desk"):
            await back_to(driver, "list")
            await driver.press(key)
        await back_to(driver, "list")
        assert "No articles yet" in driver.text()
    newsdesk.close()


@pytest.mark.parametrize(("size", "feeds"), [("wide", 9), ("medium", 0), *([("narrow", 60)] if SOAK else [])])
async def test_every_key_of_the_feeds(tmp_path: Path, size: str, feeds: int) -> None:
    newsdesk = feeds_home(tmp_path, feeds)
    async with driven(newsdesk, size) as driver:
        for key in keys_of("feeds"):
            await over(driver, FeedsScreen, "F")
            await driver.press(key)
        for key in keys_of("form"):
            await over(driver, (FeedsScreen, FeedForm), "F")
            if isinstance(driver.app.screen, FeedsScreen):
                await driver.press("e" if feeds else "a")
            await driver.press(key)
        await closed(driver)
    newsdesk.close()


@pytest.mark.parametrize("size", sizes("wide", "narrow"))
async def test_every_key_of_the_board(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        for key in keys_of("board"):
            await over(driver, (BoardScreen, NewsScreen), "b")
            await driver.press(key)
        await closed(driver)


@pytest.mark.parametrize("size", sizes("medium"))
async def test_every_key_of_the_changes(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        for key in keys_of("changes"):
            await over(driver, NewsScreen, "c")
            await driver.press(key)
        await closed(driver)


@pytest.mark.parametrize(("size", "query"), [("wide", "rockets"), ("narrow", "")])
async def test_every_key_of_the_search(newsdesk: Newsdesk, size: str, query: str) -> None:
    async with driven(newsdesk, size) as driver:
        await driver.press("slash", *query)
        for key in keys_of("search"):
            await over(driver, SearchScreen, "slash")
            await driver.press("down", key)
        await closed(driver)


@pytest.mark.parametrize("size", sizes("wide", "narrow"))
async def test_every_key_of_the_entities(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        for side in ("h", "l"):
            for key in keys_of("entities"):
                await over(driver, EntitiesScreen, "e")
                await driver.press(side, key)
        await closed(driver)


@pytest.mark.parametrize("size", sizes("wide", "medium"))
async def test_every_key_of_the_ledger(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        sides: tuple[Side, ...] = ("series", "reports")
        for side in sides:
            for key in keys_of("ledger"):
                await over(driver, LedgerScreen, "f")
                assert isinstance(driver.app.screen, LedgerScreen)
                driver.app.screen.show_side(side)
                await driver.press(key)
        await closed(driver)


@pytest.mark.parametrize("opener", ["semicolon", "D"])
async def test_every_key_of_a_list_to_pick_from(newsdesk: Newsdesk, opener: str) -> None:
    async with driven(newsdesk, "narrow") as driver:
        for bound in commands.bindings("picker"):
            for key in bound.keys:
                await driver.press(opener)
                await driver.until(lambda: isinstance(driver.app.screen, Picker), "the list")
                await driver.press(key)
                if bound.command.id not in ("close", "pick"):
                    await driver.press("escape")
                await driver.until(lambda: driver.app.screen is driver.desk, "the desk")


@pytest.mark.parametrize("opener", ["w", "question_mark"])
async def test_every_key_of_a_window(newsdesk: Newsdesk, opener: str) -> None:
    async with driven(newsdesk, "narrow") as driver:
        for bound in commands.bindings("popup"):
            for key in bound.keys:
                if driver.app.screen is driver.desk:
                    await driver.press(opener)
                await driver.press(key)
                gone = driver.app.screen is driver.desk
                assert gone == (bound.command.id == "close"), key


async def test_sizes_change_while_reading(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("enter", "j", "j", "j")
        here = driver.cursor
        for width, height in ((100, 30), (70, 24), (30, 8), (20, 3), (160, 45)):
            await driver.pilot.resize_terminal(width, height)
            await driver.press("k", "j")
            assert driver.cursor == here
        assert driver.desk.panes.side_by_side
