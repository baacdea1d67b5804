"""Borders moved by mouse and by key, kept for the next time."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.desk import Newsdesk
from newsdesk.tui import sizes
from newsdesk.tui.sizes import Sizes
from tui import archive
from tui.driving import Driver, driven


async def drag(driver: Driver, start: tuple[int, int], end: tuple[int, int]) -> None:
    await driver.pilot.mouse_down(offset=start)
    await driver.pilot.hover(offset=end)
    await driver.pilot.mouse_up(offset=end)


async def test_the_lists_border_is_dragged_and_kept(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        was = driver.desk.headlines.region.right
        await drag(driver, (was, 10), (was + 17, 12))
        await driver.until(lambda: driver.desk.headlines.region.width == was + 17, "the wider list")
        await drag(driver, (was + 17, 10), (2, 10))
        await driver.until(lambda: driver.desk.headlines.region.width == sizes.LEAST_LIST, "the least")
    again = archive.opened(newsdesk.settings)
    async with driven(again) as driver:
        await driver.until(lambda: driver.desk.headlines.region.width == sizes.LEAST_LIST, "the kept width")
        await driver.press("ctrl+home")
        await driver.until(lambda: driver.desk.headlines.region.width == was, "the usual width")
    assert sizes.read(newsdesk.settings.paths) == Sizes()
    again.close()


async def test_the_strips_border_is_dragged(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        top = driver.desk.side.region.y
        await drag(driver, (60, top), (60, top - 6))
        await driver.until(lambda: driver.desk.side.region.y == top - 6, "the higher strips")
        await driver.press("ctrl+down")
        await driver.until(lambda: driver.desk.side.region.y == top - 4, "two rows less")
    assert sizes.read(newsdesk.settings.paths).side == 13


async def test_keys_move_the_border_of_a_medium_terminal(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk, "medium") as driver:
        was = driver.desk.headlines.region.width
        await driver.press("greater_than_sign", "greater_than_sign", "less_than_sign")
        await driver.until(lambda: driver.desk.headlines.region.width == was + 4, "four columns more")
        assert f"list: {was + 4} columns" in driver.text()
        await driver.pilot.resize_terminal(90, 35)
        await driver.until(lambda: driver.desk.headlines.region.width == was + 4, "the same when resized")
        await driver.pilot.resize_terminal(70, 30)
        await driver.until(lambda: driver.desk.headlines.region.width == 70, "the whole width")


async def test_elsewhere_a_drag_moves_nothing(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        was = driver.desk.headlines.region
        await drag(driver, (was.right + 5, 10), (was.right + 30, 10))
        await drag(driver, (5, 10), (9, 14))
        await driver.pilot.pause()
        assert driver.desk.headlines.region == was
        assert driver.desk.sizes == Sizes()


@pytest.mark.parametrize("text", ["", "{", '{"wide_list": "x"}', "[]"])
def test_a_damaged_file_is_no_reason_to_fail(newsdesk: Newsdesk, tmp_path: Path, text: str) -> None:
    where = newsdesk.settings.paths
    (where.data_dir / "sizes.json").write_text(text, encoding="utf-8")
    assert sizes.read(where) == Sizes()


@pytest.mark.parametrize(
    ("wanted", "columns", "given"), [(42, 160, 42), (150, 160, 120), (3, 160, 24), (60, 70, 30)]
)
def test_the_text_keeps_enough(wanted: int, columns: int, given: int) -> None:
    assert sizes.list_width(wanted, columns) == given
