"""Saved queries in the topic bar, links, other programs, other desks."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from newsdesk.config import Settings
from newsdesk.desk import Newsdesk
from newsdesk.tui.screens.picker import Picker
from newsdesk.tui.screens.search import SearchScreen
from newsdesk.tui.widgets.lines import TopicBar
from tui import archive
from tui.driving import SIZES, Driver, driven

ROCKETS = "Rockets hit a border town"


def saving(settings: Settings, **queries: str) -> Newsdesk:
    return archive.opened(replace(settings, config=replace(settings.config, queries=queries)))


async def picked(driver: Driver, key: str, sign: str) -> None:
    await driver.press(key)
    await driver.until(lambda: isinstance(driver.app.screen, Picker), "the list to pick from")
    await driver.press(sign)
    await driver.until(lambda: not isinstance(driver.app.screen, Picker), "the choice")


@pytest.mark.parametrize("size", SIZES)
async def test_a_saved_query_filters_the_list(filled: Settings, size: str) -> None:
    newsdesk = saving(filled, north="rockets border", bad="topc:x", bread="bakery")
    async with driven(newsdesk, size) as driver:
        await picked(driver, "at", "1")
        await driver.until(lambda: driver.titles() == [ROCKETS], "its articles")
        await driver.until_shown(ROCKETS)
        assert "@north" in driver.text()
        await picked(driver, "at", "1")
        await driver.until(lambda: len(driver.titles()) == 4, "all articles")
        await driver.press("at", "j", "enter")
        await driver.until(lambda: "there is no filter topc" in driver.text(), "what is wrong")
        assert len(driver.titles()) == 4
        await picked(driver, "at", "3")
        await driver.until(lambda: driver.titles() == [archive.LEAD_TITLE], "its article")
        await driver.press("a")
        await driver.until(lambda: len(driver.titles()) == 4, "all articles")
    newsdesk.close()


async def test_a_saved_querys_list_follows_what_is_stored(filled: Settings) -> None:
    newsdesk = saving(filled, fresh="is:starred")
    async with driven(newsdesk) as driver:
        await picked(driver, "at", "1")
        await driver.until(lambda: "No article matches" in driver.text(), "nothing")
        await driver.press("a")
        await driver.until_shown(archive.LEAD_TITLE)
        await driver.press("s")
        await picked(driver, "at", "1")
        await driver.until(lambda: driver.titles() == [archive.LEAD_TITLE], "the starred one")
        await newsdesk.star(2, True)
        await driver.until(lambda: len(driver.titles()) == 2, "the next one")
    newsdesk.close()


async def test_a_saved_query_is_clicked_in_the_topic_bar(filled: Settings) -> None:
    newsdesk = saving(filled, north="rockets border")
    async with driven(newsdesk) as driver:
        bar = driver.desk.query_one(TopicBar)
        place = driver.text().splitlines()[1].index("@north")
        await driver.pilot.click(bar, offset=(place, 0))
        await driver.until(lambda: driver.titles() == [ROCKETS], "its articles")
    newsdesk.close()


async def test_without_saved_queries_it_says_how(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk, "medium") as driver:
        await driver.press("at")
        await driver.until(lambda: "no saved queries yet" in driver.text(), "the way")


async def test_many_saved_queries_leave_the_topics_their_names(filled: Settings) -> None:
    newsdesk = saving(filled, **{f"query-{number}": "rockets" for number in range(40)})
    async with driven(newsdesk, "narrow") as driver:
        await picked(driver, "at", "9")
        await driver.until(lambda: "@query-8" in driver.text().splitlines()[1], "the chosen one")
        assert "0 Uns" in driver.text().splitlines()[1]
    newsdesk.close()


async def test_a_saved_query_goes_into_the_search(filled: Settings) -> None:
    newsdesk = saving(filled, north="rockets border")
    async with driven(newsdesk) as driver:
        await driver.press("slash", *"the")
        screen = driver.app.screen
        assert isinstance(screen, SearchScreen)
        await driver.until(lambda: screen.rows > 3, "hits")
        await driver.press("enter")
        await picked(driver, "at", "1")
        await driver.until(lambda: screen.asked == "@north " and screen.rows == 1, "its hits")
    newsdesk.close()


async def test_links_are_picked_by_their_signs(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("semicolon")
        await driver.until(lambda: "this article" in driver.text(), "the links")
        assert archive.WIRE.url in driver.text()
        await driver.press("1")
        await driver.until(
            lambda: "offline: not opened: https://wire.example/article" in driver.text(), "why"
        )


async def test_a_command_is_asked_for_and_what_is_wrong_is_said(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        for line, says in (("less 'open", "cannot be read"), ("wc -w", "cannot be handed")):
            await driver.press("vertical_line")
            await driver.until(lambda: bool(driver.app.screen.query(Input)), "the form")
            form = driver.app.screen.query_one(Input)
            assert form.value in ("less", "less 'open")
            form.value = line
            await driver.press("enter")
            await driver.until(lambda said=says: said in driver.text(), says)  # type: ignore[misc]


async def test_another_desk_and_back(newsdesk: Newsdesk) -> None:
    names = [name for name, _, _ in newsdesk.desks()]
    async with driven(newsdesk) as driver:
        before = driver.panes()
        labelled = newsdesk.counts().topics
        await picked(driver, "D", str(names.index("markets") + 1))
        await driver.until(lambda: driver.desk.newsdesk.desk.id == "markets", "the desk")
        await driver.until(lambda: "desk markets" in driver.text(), "that it says so")
        await driver.until(lambda: driver.desk.ready.is_set(), "the new home screen")
        await driver.until(lambda: not newsdesk.unlabelled(), "its labels")
        await driver.until(lambda: driver.panes() == ["unsorted"], "its topics")
        assert "Markets" in driver.text() or newsdesk.desk.topics[0].title in driver.text()
        await picked(driver, "D", str(names.index("israel-hamas") + 1))
        await driver.until(lambda: driver.desk.newsdesk.desk.id == "israel-hamas", "the first desk")
        await driver.until(lambda: not newsdesk.unlabelled(), "its labels")
        await driver.until(lambda: newsdesk.counts().topics == labelled, "the counts of before")
        await driver.until(lambda: driver.panes() == before, "its panes")


async def test_a_desk_that_cannot_be_read_is_said(filled: Settings, tmp_path: Path) -> None:
    filled.paths.desks_dir.mkdir(parents=True, exist_ok=True)
    (filled.paths.desks_dir / "aaa.toml").write_text("topics = 3")
    newsdesk = archive.opened(filled)
    async with driven(newsdesk) as driver:
        await picked(driver, "D", "1")
        await driver.until(lambda: "aaa.toml" in driver.text(), "what is wrong")
        assert newsdesk.desk.id == "israel-hamas"
    newsdesk.close()
