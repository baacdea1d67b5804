"""The Changes: what is new, what changed, and what the keys that mark it do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from newsdesk.config import Settings
from newsdesk.desk import Newsdesk
from newsdesk.models import Block
from newsdesk.tui.screens.news import NewsScreen
from tui import archive
from tui.driving import SIZES, Driver, driven

NORTH = "Hezbollah rockets hit a town at the Lebanon border; one person was killed."
STRIKES = "Hezbollah launched rockets at northern Israel; the strikes in Lebanon killed 12 people."
HOSTILE = "[b]Rockets[/b] [@click=app.quit]x[/] \x1b]0;t\x07 \u202eHezbollah fired at the Lebanon border"


def story(number: int, *texts: str) -> archive.Story:
    blocks = tuple(Block("paragraph", text) for text in texts)
    return archive.Story(f"Later {number}", blocks, hours_ago=0.1)


async def shown(driver: Driver) -> NewsScreen:
    await driver.press("c")
    await driver.until(lambda: isinstance(driver.app.screen, NewsScreen), "the changes")
    screen = driver.app.screen
    assert isinstance(screen, NewsScreen)
    await driver.until(lambda: screen.list.size.height and "changes" in driver.text(), "the list")
    return screen


def folded(driver: Driver) -> str:
    """The words on the screen, wherever their lines end."""
    return " ".join(driver.text().replace("▌", " ").split())


async def look(newsdesk: Newsdesk) -> None:
    """Everything is looked at."""
    news = newsdesk.news()
    await newsdesk.mark_looked([one.topic for one in news.topics], news)


def new(newsdesk: Newsdesk) -> int:
    """Topics with news."""
    return sum(bool(one.passages or one.changed or one.figures) for one in newsdesk.news().topics)


@pytest.fixture
def changed(filled: Settings) -> Iterator[Newsdesk]:
    """Looked at; then the lead changed and a passage came."""
    newsdesk = archive.opened(filled)
    yield newsdesk
    newsdesk.close()


async def change(filled: Settings, newsdesk: Newsdesk) -> None:
    await look(newsdesk)
    blocks = [*archive.LEAD[:3], Block("paragraph", STRIKES), *archive.LEAD[5:]]
    archive.fill(filled.paths, filled, [replace(archive.lead(), blocks=tuple(blocks)), story(1, NORTH)])


@pytest.mark.parametrize("size", SIZES)
async def test_topic_by_topic_at_three_sizes(filled: Settings, changed: Newsdesk, size: str) -> None:
    await change(filled, changed)
    async with driven(changed, size) as driver:
        screen = await shown(driver)
        await driver.until(lambda: "2 Lebanon front ━━" in driver.text(), "the topic")
        text = driver.text()
        assert "1 new passage · 1 article changed · looked at" in text
        assert "± Envoys meet while rockets fall in the north" in text
        assert "revision 1 → 2" in text
        assert "killed 712 people" in folded(driver)  # 7 struck, 12 underlined
        assert "12" in driver.lit("$figure-name")
        await driver.press("G")
        await driver.until(lambda: "one person was killed" in folded(driver), "the new passage")
        assert "1 Diplomacy ━━" not in driver.text()
        assert screen.list.cursor == screen.rows - 1


async def test_nothing_is_lost_by_opening_and_leaving(filled: Settings, changed: Newsdesk) -> None:
    await change(filled, changed)
    before = changed.news()
    async with driven(changed, "medium") as driver:
        await shown(driver)
        await driver.press("j", "j", "escape")
        assert driver.app.screen is driver.desk
        await shown(driver)
        await driver.press("q")
    assert changed.news() == before


async def test_a_topic_is_marked_and_undone(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        await driver.until(lambda: "never looked at: everything is new" in driver.text(), "the topics")
        assert new(newsdesk) == 5
        await driver.press("m")
        await driver.until(lambda: "Diplomacy is marked as looked at · U undoes it" in driver.text(), "it")
        assert new(newsdesk) == 4
        assert screen.list.item is not None
        assert screen.list.item.topic == "lebanon-front"
        await driver.press("U")
        await driver.until(lambda: "undone: 1 topic marked as looked at" in driver.text(), "the undo")
        assert new(newsdesk) == 5
        await driver.press("ctrl+r")
        await driver.until(lambda: new(newsdesk) == 4, "the redo")


async def test_c_again_marks_what_was_shown_and_leaves(filled: Settings, newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await shown(driver)
        await driver.press("c")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
        await driver.until(
            lambda: "5 topics marked as looked at · U undoes it" in driver.text(), "the answer"
        )
        assert new(newsdesk) == 0
        screen = await shown(driver)
        await driver.until(lambda: "Nothing new since you last looked" in driver.text(), "the lesson")
        archive.fill(filled.paths, filled, [story(1, NORTH)])
        await driver.until(lambda: "Hezbollah rockets hit" in driver.text(), "what came since")
        assert "1 new passage" in driver.text()
        await driver.press("escape", "U")
        await driver.until(lambda: "undone: 5 topics marked as looked at" in driver.text(), "the undo")
        assert new(newsdesk) == 5
        assert screen.list.total


async def test_only_chosen_topics_are_shown_and_marked(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk, "narrow") as driver:
        screen = await shown(driver)
        await driver.press("2", "alt+0")
        assert {item.topic for item in screen.list.items} == {"lebanon-front", "unsorted"}
        await driver.press("c")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
        left = {one.topic for one in newsdesk.news().topics if one.passages}
        assert left == {"diplomacy", "hostage-talks", "casualties"}


async def test_what_arrives_moves_neither_cursor_nor_scroll(filled: Settings, newsdesk: Newsdesk) -> None:
    async with driven(newsdesk, "medium") as driver:
        screen = await shown(driver)
        await driver.press("tab", "tab", "j", "j")
        item, lines = screen.list.item, driver.text().splitlines()[3:-1]
        archive.fill(filled.paths, filled, [story(1, NORTH, NORTH + " Again.")])
        count = screen.list.total
        await driver.until(lambda: screen.list.total == count + 2, "the news")
        await driver.pilot.pause()
        assert screen.list.item == item
        assert driver.text().splitlines()[3:-1] == lines


async def test_enter_goes_to_the_words(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        figures = [place for place, one in enumerate(screen.list.items) if hasattr(one, "hit")]
        screen.list.move(figures[-1])
        await driver.press("y")
        await driver.until(lambda: "copied the passage" in driver.text(), "the copy")
        assert "says Health Ministry" in driver.app.clipboard
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
        await driver.until_shown(archive.LEAD_TITLE)
        await driver.until(lambda: driver.cursor is not None and driver.cursor[1] == 6, "the passage")


async def test_figures_never_stand_without_their_speaker(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await shown(driver)
        await driver.press("4")
        await driver.until(lambda: "New figures" in driver.text(), "the figures")
        assert "> 32,400 people killed says Health Ministry" in folded(driver)
        await driver.press("2")
        await driver.until(lambda: "unattributed, in Sample Wire" in driver.text(), "the other one")


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_archive_teaches(settings: Settings, size: str) -> None:
    newsdesk = archive.opened(settings)
    async with driven(newsdesk, size) as driver:
        await shown(driver)
        await driver.until(lambda: "Nothing new since you last looked" in driver.text(), "the lesson")
        assert "R asks all feeds for news" in driver.text()
        await driver.press("j", "m", "y", "enter", "tab", "G", "9", "2", "R", "U")
        await driver.until(lambda: "a shows all topics" in driver.text(), "the other lesson")
    newsdesk.close()


async def test_hostile_text(settings: Settings) -> None:
    newsdesk = archive.opened(settings)
    archive.fill(settings.paths, settings, [archive.Story(HOSTILE, (Block("paragraph", HOSTILE),))])
    await look(newsdesk)
    blocks = (Block("paragraph", HOSTILE + " [i]again[/i]"),)
    archive.fill(settings.paths, settings, [archive.Story(HOSTILE, blocks)])
    async with driven(newsdesk) as driver:
        await shown(driver)
        await driver.until(lambda: "[i]again[/i]" in driver.text(), "the words")
        assert "[@click=app.quit]x[/]" in driver.text()
        assert "\x1b" not in driver.text()
    newsdesk.close()
