"""A desk whose file is edited: at the next start, and while the interface runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from newsdesk.config import AnalysisSettings, Config, Settings, load_desk
from newsdesk.desk import Newsdesk
from newsdesk.models import Progress
from tui import archive
from tui.driving import Driver, driven

DESK = 'title = "Corner"\n[[topics]]\nid = "bread"\ntitle = "Bread"\nstrong = ["{word}"]\n'


def write(home: Settings, word: str, more: str = "") -> None:
    home.paths.desks_dir.mkdir(parents=True, exist_ok=True)
    text = DESK.format(word=word) + more
    (home.paths.desks_dir / "corner.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """The lead in a home with a desk of one topic."""
    plain = archive.settings(tmp_path)
    write(plain, "bakery")
    config = Config(desk="corner", feeds=plain.config.feeds, analysis=AnalysisSettings(model="none"))
    found = replace(plain, config=config, desk=load_desk(plain.paths, "corner"))
    archive.fill(found.paths, found, [archive.lead()])
    return found


@pytest.fixture
def newsdesk(home: Settings) -> Iterator[Newsdesk]:
    desk = archive.opened(home)
    yield desk
    desk.close()


def bread(driver: Driver) -> int:
    return next(one.passages for one in driver.desk.counts.topics if one.topic == "bread")


async def test_the_next_start_labels_anew_and_shows_how_far_it_is(home: Settings) -> None:
    write(home, "rockets")
    edited = archive.opened(replace(home, desk=load_desk(home.paths, "corner")))
    async with driven(edited) as driver:
        await driver.until(lambda: bread(driver) == 1 and edited.unlabelled() == 0, "new labels")
        article = driver.desk.article
        assert article is not None
        await driver.until(lambda: driver.desk.article.passages[3].topics == ("bread",), "on the screen")  # type: ignore[union-attr]
    edited.close()


async def test_progress_stands_in_the_status_line(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        driver.app._tell(Progress("relabel", 250, 1000))
        assert "re-labelling 250 of 1,000" in driver.text()
        driver.app._tell(Progress("relabel", 1000, 1000))
        assert "re-labelling" not in driver.text()


async def test_an_edit_is_taken_up_while_the_interface_runs(home: Settings, newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        assert bread(driver) == 1
        write(home, "people")
        await driver.until(lambda: "the desk was edited" in driver.text(), "the notice")
        await driver.until(lambda: newsdesk.unlabelled() == 0, "new labels")
        await driver.until(lambda: driver.desk.article.passages[6].topics == ("bread",), "on the screen")  # type: ignore[union-attr]
        await driver.press("w")
        await driver.until(lambda: "people 1.0" in driver.text(), "its reason")


async def test_an_edit_with_a_mistake_is_named_and_changes_nothing(
    home: Settings, newsdesk: Newsdesk
) -> None:
    async with driven(newsdesk) as driver:
        write(home, "people", 'stong = ["rye"]\n')
        await driver.until(lambda: "did you mean strong?" in driver.desk.said, "the mistake")
        assert newsdesk.unlabelled() == 0


async def test_other_topics_wait_for_the_next_start(home: Settings, newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        write(home, "bakery", '[[topics]]\nid = "rain"\ntitle = "Rain"\nstrong = ["rain"]\n')
        await driver.until(lambda: "start newsdesk again" in driver.text(), "the notice")
        assert [topic.id for topic in newsdesk.desk.topics] == ["bread"]
