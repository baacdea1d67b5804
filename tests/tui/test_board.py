"""The board: its columns at three sizes, what its keys do, and what arrives while it is open."""

from __future__ import annotations

import pytest
from textual import events

from newsdesk.config import Settings
from newsdesk.desk import Newsdesk
from newsdesk.models import Block
from newsdesk.tui.screens.board import BoardScreen
from newsdesk.tui.screens.popup import Popup
from tui import archive
from tui.driving import SIZES, Driver, driven

HOSTILE = "[b]Rockets[/b] [@click=app.quit]x[/] \x1b]0;t\x07 \u202eHezbollah fired at the Lebanon border"
NORTH = "Hezbollah rockets hit a town at the Lebanon border; one person was killed."


def story(number: int, *texts: str, hours_ago: float = 0.1) -> archive.Story:
    blocks = tuple(Block("paragraph", text) for text in texts)
    return archive.Story(f"Later {number}", blocks, hours_ago=hours_ago)


async def shown(driver: Driver) -> BoardScreen:
    await driver.press("b")
    await driver.until(lambda: isinstance(driver.app.screen, BoardScreen), "the board")
    screen = driver.app.screen
    assert isinstance(screen, BoardScreen)
    await driver.until(lambda: screen.column.keys and screen.column.size.height, "its columns")
    return screen


def topics(screen: BoardScreen) -> list[str]:
    return [column.topic for column in screen.shown]


def texts(screen: BoardScreen) -> list[str]:
    """The passages brought into the focused column."""
    rows = (screen.column._row(place) for place in range(len(screen.column.keys)))
    return [row.text for row in rows if row]


def here(screen: BoardScreen) -> str:
    row = screen.column.row
    assert row is not None
    return row.text


ORDER = ["diplomacy", "lebanon-front", "hostage-talks", "casualties", "unsorted"]
COLUMNS = {"wide": ORDER[:4], "medium": ORDER[:2], "narrow": ORDER[:1]}


@pytest.mark.parametrize("size", SIZES)
async def test_columns_at_three_sizes(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        screen = await shown(driver)
        assert topics(screen) == COLUMNS[size]
        await driver.until(lambda: "passage 1 of 2" in driver.text(), "the place")
        text = driver.text()
        assert "1 Diplomacy · 2" in text
        assert "The Security Council voted" in text
        assert "Sample Wire" in text
        if size != "narrow":
            assert "7 people" in driver.lit("$figure")
            assert "Hezbollah" in driver.lit("$organization")
        for topic in ORDER:
            assert screen.column.topic == topic
            await driver.press("l")
        assert screen.column.topic == "unsorted"
        assert " 5 of 5" in driver.text() if size == "narrow" else topics(screen)[-1] == "unsorted"
        await driver.press("tab")
        assert (screen.column.topic, topics(screen)) == ("diplomacy", COLUMNS[size])
        await driver.press("shift+tab", "h")
        assert screen.column.topic == "casualties"


async def test_newest_first_and_a_cursor_a_column(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        await driver.press("l")
        assert texts(screen) == [archive.LEAD[3].text, archive.LEAD[4].text, archive.OTHERS[2][1]]
        await driver.press("j", "j", "j")
        assert here(screen) == archive.OTHERS[2][1]
        await driver.press("h", "j", "l")
        assert here(screen) == archive.OTHERS[2][1]
        await driver.press("g", "g")
        assert here(screen) == archive.LEAD[3].text
        await driver.press("G")
        assert here(screen) == archive.OTHERS[2][1]
        assert "passage 3 of 3" in driver.text()


async def test_topics_are_chosen_as_on_the_desk(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        await driver.press("2")
        assert topics(screen) == ["lebanon-front"]
        await driver.press("alt+4", "alt+0")
        assert topics(screen) == ["lebanon-front", "casualties", "unsorted"]
        await driver.press("0")
        assert topics(screen) == ["unsorted"]
        await driver.until(lambda: "bakery" in driver.text(), "what fits no topic")
        await driver.press("a")
        assert topics(screen) == ORDER[1:]
        await driver.press("9")
        await driver.until(lambda: "this desk has 4 topics" in driver.text(), "the answer")


async def test_what_another_process_stores_waits_at_the_head(filled: Settings) -> None:
    newsdesk = archive.opened(filled)
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        await driver.press("l", "j")
        before, lines = here(screen), driver.text().splitlines()[3:-1]
        fresh = [story(1, NORTH, NORTH + " Again."), story(2, NORTH + " More.")]
        archive.fill(filled.paths, filled, fresh)
        await driver.until(lambda: "2 Lebanon front · 3 · 3 new" in driver.text(), "the news")
        assert here(screen) == before
        assert driver.text().splitlines()[3:-1] == lines
        await driver.press("n")
        await driver.until(lambda: "3 new" not in driver.text(), "the news let in")
        assert here(screen) == NORTH + " More."
        await driver.until(lambda: "2 Lebanon front · 6" in driver.text(), "the count")
    newsdesk.close()


@pytest.mark.parametrize("keys", [("g", "g"), ("k",)])
async def test_going_to_the_top_lets_in_what_waits(filled: Settings, keys: tuple[str, ...]) -> None:
    newsdesk = archive.opened(filled)
    async with driven(newsdesk, "medium") as driver:
        screen = await shown(driver)
        await driver.press("l")
        archive.fill(filled.paths, filled, [story(1, NORTH)])
        await driver.until(lambda: "1 new" in driver.text(), "the news")
        assert here(screen) == archive.LEAD[3].text
        await driver.press(*keys)
        assert here(screen) == NORTH
        await driver.until(lambda: "passage 1 of 4" in driver.text(), "the place")
    newsdesk.close()


async def test_read_marks_undo_and_unread_only(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        await driver.press("l", "N")
        row = screen.column.row
        assert row is not None
        assert not row.unread
        await driver.until(lambda: _unread(newsdesk, "lebanon-front") == 2, "the mark in the archive")
        await driver.press("u")
        await driver.until(lambda: "2 Lebanon front · 2 unread" in driver.text(), "unread ones only")
        assert texts(screen) == [archive.LEAD[4].text, archive.OTHERS[2][1]]
        await driver.press("N")
        await driver.until(lambda: _unread(newsdesk, "lebanon-front") == 1, "the second mark")
        assert texts(screen) == [archive.LEAD[4].text, archive.OTHERS[2][1]]  # read here, so it stays
        await driver.press("U", "U")
        await driver.until(lambda: _unread(newsdesk, "lebanon-front") == 3, "both marks taken back")
        await driver.until(lambda: len(screen.column.keys) == 3, "the passage back")
        await driver.press("u")
        await driver.until(lambda: "2 Lebanon front · 3 ━" in driver.text(), "all of them")
        assert len(texts(screen)) == 3


def _unread(newsdesk: Newsdesk, topic: str) -> int:
    return next(count.unread for count in newsdesk.counts().topics if count.topic == topic)


async def test_next_unread_goes_through_the_columns(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk, "narrow") as driver:
        screen = await shown(driver)
        total = newsdesk.counts().unread
        seen = [here(screen)]
        for _ in range(total - 1):
            await driver.press("n")
            seen.append(here(screen))
        assert len(set(seen)) == total
        await driver.press("n")
        await driver.until(lambda: "no unread passage on the board" in driver.text(), "the end")
        await driver.until(lambda: newsdesk.counts().unread == 0, "all marks")
        await driver.press("p")
        await driver.until(lambda: "no unread passage above" in driver.text(), "the answer")


async def test_star_copy_why_browser(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        await driver.press("l", "s")
        await driver.until(lambda: "★" in driver.text(), "the star")
        row = screen.column.row
        assert row is not None
        await driver.until(lambda: _starred(newsdesk, row.article), "the star in the archive")
        await driver.press("y")
        await driver.until(lambda: "copied the passage" in driver.text(), "the copy")
        copied = driver.app.clipboard
        assert copied.startswith(archive.LEAD[3].text)
        assert "7 people: unattributed, in Sample Wire" in copied
        await driver.press("w")
        await driver.until(lambda: isinstance(driver.app.screen, Popup), "why")
        await driver.until(lambda: "Hezbollah" in driver.text(), "the reasons")
        await driver.press("escape", "o")
        await driver.until(lambda: "offline: the page is not opened" in driver.text(), "the answer")
        await driver.press("H", "H")
        await driver.until(lambda: "highlights: figures" in driver.text(), "the highlights")
        assert "Hezbollah" not in driver.lit("$organization")


def _starred(newsdesk: Newsdesk, article: int) -> bool:
    found = newsdesk.article(article)
    return found is not None and found.starred


async def test_enter_opens_the_passage_and_the_board_stands_where_it_was(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk, "medium") as driver:
        screen = await shown(driver)
        await driver.press("l", "j", "j")
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
        await driver.until_shown("Rockets hit a border town")
        assert driver.desk.stage == "reading"
        assert driver.cursor is not None
        assert driver.cursor[1] == 0
        again = await shown(driver)
        assert again is not screen
        assert (again.column.topic, here(again)) == ("lebanon-front", archive.OTHERS[2][1])
        await driver.until(lambda: "passage 3 of 3" in driver.text(), "the place")
        await driver.press("escape")
        assert driver.app.screen is driver.desk


async def test_a_click_selects_and_a_second_one_opens(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        column = screen.columns["lebanon-front"]
        await driver.pilot.click(column, offset=(3, 6))
        await driver.until(lambda: screen.column is column and column.cursor == 1, "the clicked passage")
        await driver.pilot.click(column, offset=(3, 6))
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
        await driver.until_shown(archive.LEAD_TITLE)
        await driver.until(lambda: driver.cursor is not None and driver.cursor[1] == 4, "the passage")


async def test_the_wheel_scrolls_what_it_is_over_and_leaves_the_cursor(settings: Settings) -> None:
    archive.fill(settings.paths, settings, [story(1, *(f"{NORTH} No {number}." for number in range(40)))])
    newsdesk = archive.opened(settings)
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        column = screen.columns["lebanon-front"]
        wheel: list[type[events.MouseEvent]] = [events.MouseScrollDown] * 2
        await driver.pilot._post_mouse_events(wheel, column, offset=(3, 6), button=0)
        await driver.until(lambda: "▌●" not in driver.text(), "another stretch")
        assert (column.cursor, here(screen)) == (0, f"{NORTH} No 0.")
        await driver.pilot._post_mouse_events([events.MouseScrollUp] * 2, column, offset=(3, 6), button=0)
        await driver.until(lambda: "▌●" in driver.text(), "the top again")
        await driver.pilot._post_mouse_events([events.MouseScrollUp] * 2, column, offset=(3, 6), button=0)
        assert (column._first, column._skip) == (0, 0)
    newsdesk.close()


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_board_teaches(settings: Settings, size: str) -> None:
    newsdesk = archive.opened(settings)
    async with driven(newsdesk, size) as driver:
        await driver.press("b")
        await driver.until(lambda: "Nothing in Unsorted" in driver.text(), "the lesson")
        assert "goes back to the desk" in driver.text()
        await driver.press("j", "n", "N", "s", "y", "w", "o", "enter", "u", "G", "2", "k")
        await driver.until(lambda: "Nothing in Lebanon front" in driver.text(), "the other lesson")
        archive.fill(settings.paths, settings, [story(1, NORTH)])
        await driver.press("u")
        await driver.until(lambda: "Hezbollah rockets hit" in driver.text(), "the first passage")
    newsdesk.close()


async def test_the_first_passages_bring_their_columns(settings: Settings) -> None:
    newsdesk = archive.opened(settings)
    async with driven(newsdesk) as driver:
        await driver.press("b")
        await driver.until(lambda: "Nothing in Unsorted" in driver.text(), "the lesson")
        archive.fill(settings.paths, settings, [story(1, NORTH)])
        await driver.until(lambda: "2 Lebanon front · 1" in driver.text(), "the column")
        assert "Hezbollah rockets hit" in driver.text()
    newsdesk.close()


async def test_hostile_and_long_text(settings: Settings) -> None:
    long = " ".join(["Hezbollah fired rockets at the Lebanon border"] * 400)
    archive.fill(settings.paths, settings, [story(1, HOSTILE), story(2, long, hours_ago=3)])
    newsdesk = archive.opened(settings)
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        await driver.until(lambda: "[b]Rockets[/b] [@click=app.quit]x[/]" in driver.text(), "the words")
        assert "\x1b" not in driver.text()
        assert "\u202e" not in driver.text()
        await driver.press("j")
        assert here(screen) == long
        assert "…" in driver.text()
    newsdesk.close()


async def test_a_long_column_is_brought_as_it_is_read(settings: Settings) -> None:
    number = 1_500
    stories = [
        story(count, *(f"{NORTH} No {count * 50 + place}." for place in range(50)), hours_ago=1 + count)
        for count in range(number // 50)
    ]
    archive.fill(settings.paths, settings, stories)
    newsdesk = archive.opened(settings)
    async with driven(newsdesk, "narrow") as driver:
        screen = await shown(driver)
        assert len(screen.column.keys) < 200
        await driver.press("G")
        assert here(screen) == f"{NORTH} No {number - 1}."
        assert f"passage {number:,} of {number:,}" in driver.text()
        assert len(screen.column.keys) < 200
        for _ in range(10):
            await driver.press("ctrl+u")
        await driver.press("k", "j", "G", "k")
        assert here(screen) == f"{NORTH} No {number - 2}."
        await driver.press("g", "g")
        assert here(screen) == f"{NORTH} No 0."
        column = screen.column
        for _ in range(30):
            column.scroll_lines(40)
        await driver.pilot.pause()
        assert here(screen) == f"{NORTH} No 0."  # scrolling leaves the cursor
        assert "No 0." not in driver.text()
        await driver.press("j")
        await driver.until(lambda: "No 1." in driver.text(), "the cursor's passage")
    newsdesk.close()


async def test_sizes_change_while_reading(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        await driver.press("l", "l", "l", "l")
        for width, height in ((100, 30), (70, 24), (30, 8), (20, 3), (160, 45)):
            await driver.pilot.resize_terminal(width, height)
            await driver.press("k", "j")
            assert screen.column.topic == "unsorted"
        assert topics(screen) == ORDER[1:]
