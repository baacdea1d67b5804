"""Every bound key on every screen at three sizes: nothing raises, and the desk is still there."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.desk import Newsdesk
from newsdesk.tui import commands
from newsdesk.tui.screens.board import BoardScreen
from newsdesk.tui.screens.desk_view import STAGES, Stage
from newsdesk.tui.screens.ledger import LedgerScreen
from newsdesk.tui.screens.ledger_view import Side
from newsdesk.tui.screens.news import NewsScreen
from newsdesk.tui.screens.picker import Picker
from tui import archive
from tui.driving import SIZES, Driver, driven
from tui.test_feeds import feeds_home

LEAVES = {"quit", "suspend"}


def keys() -> list[str]:
    return [
        key for bound in commands.bindings("desk") if bound.command.id not in LEAVES for key in bound.keys
    ]


async def back_to(driver: Driver, stage: Stage) -> None:
    """Close what the last key has opened."""
    desk = driver.desk
    while driver.app.screen is not desk or desk.query("#narrow:focus") or desk.has_class("-zoomed"):
        await driver.press("escape")
    if desk.stage != stage:
        desk.show_stage(stage)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_every_key(newsdesk: Newsdesk, size: str, stage: Stage) -> None:
    async with driven(newsdesk, size) as driver:
        for key in keys():
            await back_to(driver, stage)
            await driver.press(key)
        await back_to(driver, "list")
        await driver.pilot.pause()
        assert "newsdesk" in driver.text()


@pytest.mark.parametrize("size", SIZES)
async def test_every_key_on_an_empty_desk(tmp_path: Path, size: str) -> None:
    newsdesk = archive.opened(archive.settings(tmp_path))
    async with driven(newsdesk, size) as driver:
        for key in keys():
            await back_to(driver, "list")
            await driver.press(key)
        await back_to(driver, "list")
        assert "No articles yet" in driver.text()
    newsdesk.close()


@pytest.mark.parametrize(("size", "feeds"), [("wide", 9), ("medium", 0), ("narrow", 60)])
async def test_every_key_of_the_feeds(tmp_path: Path, size: str, feeds: int) -> None:
    newsdesk = feeds_home(tmp_path, feeds)
    openers = {"feeds": ("F",), "form": ("F", "e" if feeds else "a")}
    async with driven(newsdesk, size) as driver:
        for screen, opener in openers.items():
            for bound in commands.bindings(screen):
                for key in bound.keys if bound.command.id not in LEAVES else ():
                    while driver.app.screen is not driver.desk:
                        await driver.press("escape")
                    await driver.press(*opener, key)
        while driver.app.screen is not driver.desk:
            await driver.press("escape")
        await driver.pilot.pause()
        assert "newsdesk" in driver.text()
    newsdesk.close()


@pytest.mark.parametrize(("screen", "opener"), [("board", "b"), ("changes", "c")])
@pytest.mark.parametrize("size", SIZES)
async def test_every_key_of_the_board_and_the_changes(
    newsdesk: Newsdesk, size: str, screen: str, opener: str
) -> None:
    async with driven(newsdesk, size) as driver:
        for bound in commands.bindings(screen):
            for key in bound.keys if bound.command.id not in LEAVES else ():
                while not isinstance(driver.app.screen, BoardScreen | NewsScreen):
                    await driver.press(opener if driver.app.screen is driver.desk else "escape")
                await driver.press(key)
        while driver.app.screen is not driver.desk:
            await driver.press("escape")
        await driver.pilot.pause()
        assert "newsdesk" in driver.text()


@pytest.mark.parametrize(("size", "query"), [("wide", "rockets"), ("narrow", "")])
async def test_every_key_of_the_search(newsdesk: Newsdesk, size: str, query: str) -> None:
    async with driven(newsdesk, size) as driver:
        await driver.press("slash", *query)
        for bound in commands.bindings("search"):
            for key in bound.keys if bound.command.id not in LEAVES else ():
                while driver.app.screen is not driver.desk:
                    await driver.press("escape")
                await driver.press("slash", "down", key)
        while driver.app.screen is not driver.desk:
            await driver.press("escape")
        await driver.pilot.pause()
        assert "newsdesk" in driver.text()


@pytest.mark.parametrize("size", SIZES)
async def test_every_key_of_the_entities(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        for opener in (("e",), ("e", "l")):
            for bound in commands.bindings("entities"):
                for key in bound.keys if bound.command.id not in LEAVES else ():
                    while driver.app.screen is not driver.desk:
                        await driver.press("escape")
                    await driver.press(*opener, key)
        while driver.app.screen is not driver.desk:
            await driver.press("escape")
        await driver.pilot.pause()
        assert "newsdesk" in driver.text()


@pytest.mark.parametrize("size", SIZES)
async def test_every_key_of_the_ledger(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        sides: tuple[Side, ...] = ("series", "reports")
        for side in sides:
            for bound in commands.bindings("ledger"):
                for key in bound.keys if bound.command.id not in LEAVES else ():
                    while not isinstance(driver.app.screen, LedgerScreen):
                        await driver.press("f" if driver.app.screen is driver.desk else "escape")
                    driver.app.screen.show_side(side)
                    await driver.press(key)
        while driver.app.screen is not driver.desk:
            await driver.press("escape")
        await driver.pilot.pause()
        assert "newsdesk" in driver.text()


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
                closed = driver.app.screen is driver.desk
                assert closed == (bound.command.id == "close"), key


async def test_sizes_change_while_reading(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("enter", "j", "j", "j")
        here = driver.cursor
        for width, height in ((100, 30), (70, 24), (30, 8), (20, 3), (160, 45)):
            await driver.pilot.resize_terminal(width, height)
            await driver.press("k", "j")
            assert driver.cursor == here
        assert driver.desk.panes.side_by_side
