"""The Search screen: hits while typing, what is wrong, the way to the words, saving, exporting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from newsdesk import searchhistory
from newsdesk.config import Settings, read_config
from newsdesk.desk import Newsdesk
from newsdesk.models import Block
from newsdesk.tui.screens.search import MOST, SearchScreen
from tui import archive
from tui.driving import SIZES, Driver, driven

HOSTILE = "[b]Bold[/b] [@click=app.quit]x[/] \x1b]0;t\x07 \u202eend"


async def opened(driver: Driver, query: str = "") -> SearchScreen:
    """The Search screen, with a query typed into it."""
    await driver.press("slash")
    await driver.until(lambda: isinstance(driver.app.screen, SearchScreen), "the Search screen")
    screen = driver.app.screen
    assert isinstance(screen, SearchScreen)
    await driver.until(lambda: screen.query_line.is_attached and screen.typing, "its line")
    if query:
        await ask(driver, screen, query)
    return screen


async def ask(driver: Driver, screen: SearchScreen, query: str) -> None:
    screen.query_line.value = query
    screen.query_line.cursor_position = len(query)
    await driver.until(lambda: screen.asked == query, f"the hits of {query!r}")


@pytest.mark.parametrize("size", SIZES)
async def test_hits_come_while_typing(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        screen = await opened(driver)
        assert "Type words" in driver.text()
        await driver.press(*"rockets")
        await driver.until(lambda: screen.rows == 3, "three hits")
        text = driver.text()
        assert "3 hits" in text
        assert "Hezbollah launched rockets at northern" in " ".join(text.split())
        assert "Hezbollah rockets hit" in " ".join(text.split())
        await driver.press(*" border")
        await driver.until(lambda: screen.rows == 1, "one hit")
        assert "1 hit" in driver.text()


@pytest.mark.parametrize("size", SIZES)
async def test_enter_opens_the_passage_with_its_words_lit(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        await opened(driver, "bread bakery")
        await driver.press("enter", "enter")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
        await driver.until(lambda: driver.cursor is not None and driver.cursor[1] == 7, "the passage")
        entry = driver.desk.panes.current
        assert entry is not None
        *_, content = entry.paragraphs
        lit = [content.plain[span.start : span.end] for span in content.spans if "reverse" in str(span.style)]
        assert sorted(lit) == ["bakery", "bread"]
        await driver.press("H")
        *_, content = entry.paragraphs
        assert not [span for span in content.spans if "reverse" in str(span.style)]


async def test_a_wrong_query_points_at_its_column_and_leaves_the_hits(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk, "medium") as driver:
        screen = await opened(driver, "rockets")
        screen.query_line.value = "rockets topc:gaza"
        await driver.until(lambda: screen.wrong is not None, "what is wrong")
        await driver.until(lambda: "there is no filter topc:" in driver.text(), "the words")
        lines = driver.text().splitlines()
        [arrow] = [line for line in lines if "↑" in line]
        [typed] = [line for line in lines if "rockets topc:gaza" in line and "↑" not in line]
        assert arrow.index("↑") == typed.index("topc")
        assert screen.rows == 3
        assert "did you mean topic?" in arrow
        await ask(driver, screen, "rockets topic:lebanon-front")
        await driver.until(lambda: "↑" not in driver.text().replace("↑ brings", ""), "no arrow")


async def test_down_goes_into_the_hits_and_up_comes_back(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await opened(driver, "the")
        await driver.until(lambda: screen.rows > 3, "hits")
        await driver.press("down")
        assert screen.hits.has_focus
        await driver.press("j", "3", "j")
        assert screen.hits.cursor == 4
        await driver.press("g", "g", "k")
        assert screen.typing
        await driver.press("down", "slash")
        assert screen.typing
        await driver.press("escape")
        assert driver.app.screen is driver.desk


async def test_it_stands_where_it_was(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await opened(driver, "the")
        await driver.until(lambda: screen.rows > 3, "hits")
        await driver.press("enter", "j", "j")
        here = screen.hits.current
        await driver.press("q")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
        again = await opened(driver)
        await driver.until(lambda: again.rows == screen.rows, "the hits")
        assert (again.query_line.value, again.hits.current) == ("the", here)
        await driver.press(*"rockets")
        await driver.until(lambda: again.asked == "rockets", "a query in place of the one before")
        assert again.hits.cursor == 0


async def test_earlier_queries_come_back(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk, "narrow") as driver:
        screen = await opened(driver)
        for query in ("rockets", "bread"):
            await ask(driver, screen, query)
            await driver.press("enter", "slash")
        await ask(driver, screen, "half")
        await driver.press("up")
        assert screen.query_line.value == "bread"
        await driver.press("up", "up", "up")
        assert screen.query_line.value == "rockets"
        await driver.press("down", "down")
        assert screen.query_line.value == "half"
        assert searchhistory.read(newsdesk.settings.paths) == ["rockets", "bread"]


async def test_names_and_values_are_completed(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await opened(driver)
        await driver.press(*"rockets top")
        await driver.until(lambda: screen.offered == ("topic",), "the filter")
        await driver.press("tab", *"leb")
        await driver.until(lambda: "lebanon-front" in screen.offered, "the topic")
        assert "Tab" in driver.text()
        await driver.press("tab")
        assert screen.query_line.value == "rockets topic:lebanon-front "
        await driver.press(*"entity:hez")
        await driver.until(lambda: screen.offered == ("Hezbollah",), "the entity")
        await driver.press("tab", *"source:inv")
        await driver.until(lambda: screen.offered == ("Invented Herald",), "the outlet")
        await driver.press("tab")
        assert screen.query_line.value.endswith('entity:Hezbollah source:"Invented Herald" ')
        await driver.until(lambda: not screen.offered, "nothing more")


async def test_a_query_is_saved_under_a_name(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await opened(driver, "rockets")
        await driver.press("ctrl+s")
        await driver.until(lambda: driver.app.screen is not screen, "the form")
        name = driver.app.screen.query_one(Input)
        name.value = "a b"
        await driver.press("enter")
        await driver.until(lambda: "letters, digits" in driver.text(), "what is wrong")
        name.value = "north"
        await driver.press("enter")
        await driver.until(lambda: "saved: @north" in driver.text(), "the answer")
        assert read_config(newsdesk.settings.paths.config_file).queries == {"north": "rockets"}
        await ask(driver, screen, "@north border")
        await driver.until(lambda: screen.rows == 1, "the saved query's hits")
        await driver.press("ctrl+s")
        await driver.until(lambda: driver.app.screen is not screen, "the form")
        driver.app.screen.query_one(Input).value = "north"
        await driver.press("enter")
        await driver.until(lambda: "once more writes over it" in driver.text(), "the warning")
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is screen, "the hits")
        assert read_config(newsdesk.settings.paths.config_file).queries == {"north": "rockets"}


async def test_what_is_found_is_exported(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await opened(driver, "rockets")
        await driver.press("enter", "x")
        await driver.until(lambda: "exported passages of 2 articles" in driver.text(), "the answer")
        [file] = (newsdesk.settings.paths.data_dir / "exports").iterdir()
        assert "Hezbollah launched rockets" in file.read_text()


async def test_the_language_is_a_key_away(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await opened(driver, "rockets")
        await driver.press("f1")
        await driver.until(lambda: "figure:killed>100" in driver.text(), "the language")
        await driver.press("escape", "enter", "question_mark")
        await driver.until(lambda: "Save the query" in driver.text(), "the keys")


async def test_nothing_found_says_so(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk, "narrow") as driver:
        await opened(driver, "xylophone")
        await driver.until(lambda: "No passage has xylophone" in driver.text(), "the answer")
        await driver.press("enter", "x", "S", "escape")


@pytest.fixture
def long(settings: Settings) -> Iterator[Newsdesk]:
    """More passages with a word than are counted."""
    now = datetime.now(UTC)
    stories = [
        archive.Story(
            f"Story {number}",
            tuple(Block("paragraph", f"The harbour has {number} ships, berth {one}.") for one in range(120)),
            hours_ago=number + 1,
        )
        for number in range(12)
    ]
    archive.fill(settings.paths, settings, stories, now)
    newsdesk = archive.opened(settings)
    yield newsdesk
    newsdesk.close()


async def test_a_count_has_an_end_and_the_list_goes_on(long: Newsdesk) -> None:
    async with driven(long) as driver:
        screen = await opened(driver, "harbour")
        await driver.until(lambda: screen.rows == MOST, "a thousand hits")
        assert "1,000+ hits" in driver.text()
        await driver.press("enter", "G")
        await driver.until(lambda: screen.rows == 12 * 120, "all of them")
        await driver.press("G")
        await driver.until(lambda: "hit 1,440 of 1,440" in driver.text(), "the end")
        assert "Story 11" in driver.text()
        await ask(driver, screen, "harbour sort:rank")
        await driver.until(lambda: "the best of 1,000 hits" in driver.text(), "the order said")


async def test_new_articles_do_not_move_the_cursor(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await opened(driver, "rockets")
        await driver.press("enter", "j")
        here = screen.hits.current
        story = archive.Story("Late", (Block("paragraph", "More rockets fell."),), hours_ago=0.1)
        archive.fill(newsdesk.settings.paths, newsdesk.settings, [story])
        await driver.until(lambda: screen.rows == 4, "the new hit")
        assert screen.hits.current == here


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_as_text(settings: Settings, size: str) -> None:
    feed = replace(archive.WIRE, title=HOSTILE)
    story = archive.Story(HOSTILE, (Block("paragraph", f"rockets {HOSTILE} 日本語 👩‍👩‍👧 " * 5),), feed=feed)
    archive.fill(settings.paths, settings, [story])
    newsdesk = archive.opened(settings)
    async with driven(newsdesk, size) as driver:
        screen = await opened(driver, "rockets")
        await driver.until(lambda: "[b]Bold[/b]" in driver.text(), "the text")
        for query in (HOSTILE, "[b]", '"' * 300, "(" * 50, "@[b]", "topic:[/]"):
            screen.query_line.value = query
            await driver.press("end")
            await driver.until(lambda q=query: screen.asked == q or screen.wrong is not None, query)  # type: ignore[misc]
            await driver.pilot.pause()
    newsdesk.close()


async def test_a_click_selects_and_opens(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await opened(driver, "rockets")
        await driver.pilot.click(screen.hits, offset=(5, 4))
        await driver.until(lambda: screen.hits.cursor == 1, "the second hit")
        await driver.pilot.click(screen.hits, offset=(5, 4))
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")


async def test_an_empty_archive_teaches(tmp_path: Path) -> None:
    newsdesk = archive.opened(archive.settings(tmp_path))
    async with driven(newsdesk, "narrow") as driver:
        await opened(driver, "rockets")
        await driver.until(lambda: "No passage has rockets" in driver.text(), "the answer")
    newsdesk.close()
