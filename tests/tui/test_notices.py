"""What the analysis has to say of itself stands where the reader looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.config import AnalysisSettings, Config
from newsdesk.models import Block
from tui import archive
from tui.archive import HERALD, WIRE, Story
from tui.driving import driven

GERMAN = "Der Minister sagte, die Gespräche gingen bis Freitag weiter, wenn sich beide wieder treffen."


async def test_a_missing_model_stands_in_the_status_line_and_by_the_figures(tmp_path: Path) -> None:
    config = Config(feeds=(WIRE, HERALD), analysis=AnalysisSettings(model="no_such_model"))
    settings = archive.settings(tmp_path, config)
    archive.fill(settings.paths, settings, [archive.lead()])
    newsdesk = archive.opened(settings)
    try:
        async with driven(newsdesk) as driver:
            await driver.until(
                lambda: "no language model no_such_model is installed" in driver.text().splitlines()[0],
                "the notice",
            )
            await driver.until(lambda: newsdesk.counts().deep_pending == 0, "the pass by rules")
            await driver.until(lambda: driver.text().count("no language model no_such") > 1, "by the figures")
    finally:
        newsdesk.close()


@pytest.mark.parametrize("size", ["medium", "wide"])
async def test_another_language_stands_in_the_articles_head(tmp_path: Path, size: str) -> None:
    settings = archive.settings(tmp_path)
    story = Story("Gespräche", (Block("paragraph", GERMAN),))
    archive.fill(settings.paths, settings, [story])
    newsdesk = archive.opened(settings)
    try:
        async with driven(newsdesk, size) as driver:
            await driver.until(lambda: "in German: topics by words alone" in driver.text(), "the language")
            assert "Der Minister sagte" in driver.text()
    finally:
        newsdesk.close()
