"""The first start: what the empty desk says, and what Enter does there."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.config import Config, Settings, load, load_desk
from newsdesk.paths import paths
from tui import archive
from tui.driving import SIZES, driven


def first_start(home: Path) -> Settings:
    where = paths(home)
    return Settings(config=Config(), desk=load_desk(where, "israel-hamas"), paths=where, exists=False)


@pytest.mark.parametrize("size", SIZES)
async def test_enter_takes_the_desks_feeds(tmp_path: Path, size: str) -> None:
    settings = first_start(tmp_path)
    newsdesk = archive.opened(settings)
    number = len(settings.desk.feeds)
    async with driven(newsdesk, size) as driver:
        await driver.until(lambda: "No articles yet, and no feeds." in driver.text(), "the lesson")
        assert f"takes the desk's {number} feeds and fetches them" in driver.text()
        await driver.press("enter")
        await driver.until(lambda: f"No articles yet, from {number} feeds." in driver.text(), "the feeds")
    assert load(settings.paths).config.feeds == settings.desk.feeds
    newsdesk.close()


async def test_what_keeps_the_feeds_from_being_taken_is_said(tmp_path: Path) -> None:
    settings = first_start(tmp_path)
    newsdesk = archive.opened(settings)
    settings.paths.config_file.mkdir()
    async with driven(newsdesk) as driver:
        await driver.press("enter")
        await driver.until(lambda: "config.toml" in driver.text(), "the answer")
        assert "No articles yet, and no feeds." in driver.text()
    newsdesk.close()
