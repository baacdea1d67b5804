"""`U`, `^r` and `A`: marks, stars and topics go back and forth, on the screen and in the archive."""

from __future__ import annotations

from newsdesk.config import Settings
from newsdesk.desk import Newsdesk
from newsdesk.models import View
from tui import archive
from tui.driving import Driver, driven


async def settled(driver: Driver, words: str) -> None:
    await driver.until(lambda: words in driver.text() and not driver.desk.writing, words)


def starred(driver: Driver) -> bool:
    return driver.desk.article is not None and driver.desk.article.starred


async def test_a_mark_and_a_star_go_back(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        unread = newsdesk.counts().unread
        await driver.press("s", "N")
        await driver.until(lambda: newsdesk.counts().unread < unread, "the marks")
        await driver.press("U")
        await settled(driver, "undone: 7 passages marked read · ^r redoes it")
        assert newsdesk.counts().unread == unread
        assert driver.desk.article is not None
        assert not driver.desk.article.read
        assert "★" in driver.text()
        await driver.press("U")
        await settled(driver, "undone: a star given")
        assert not newsdesk.headlines(View(), 0, 1)[0].starred
        assert not starred(driver)
        await driver.press("ctrl+r")
        await settled(driver, "done again: a star given · U undoes it")
        assert starred(driver)
        await driver.press("ctrl+r", "ctrl+r")
        await settled(driver, "nothing to do again")
        assert newsdesk.counts().unread == unread - 7


async def test_all_shown_are_one_step_across_a_restart(filled: Settings) -> None:
    first = archive.opened(filled)
    async with driven(first) as driver:
        unread = first.counts().unread
        await driver.press("A")
        await settled(driver, f"{unread} passages marked read · U undoes it")
        assert first.counts().unread == 0
        assert "●" not in driver.text()
        await driver.press("A")
        await settled(driver, "nothing unread in what is shown")
    first.close()
    again = archive.opened(filled)
    async with driven(again) as driver:
        assert "●" not in driver.text()
        await driver.press("U")
        await settled(driver, f"undone: {unread} passages marked read")
        assert again.counts().unread == unread
        assert "●" in driver.text()
    again.close()


async def test_only_the_chosen_topics_are_marked(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        before = {one.topic: one.unread for one in newsdesk.counts().topics}
        await driver.press("2", "A")
        await settled(driver, "marked read")
        after = {one.topic: one.unread for one in newsdesk.counts().topics}
        assert after == {**before, "lebanon-front": 0}
        assert before["lebanon-front"] > 0


async def test_a_narrowed_list_is_what_is_shown(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        unread = newsdesk.counts().unread
        await driver.press("i", *"market")
        await driver.until(lambda: driver.desk.headlines.count == 1, "the narrowed list")
        await driver.press("enter", "A")
        await settled(driver, "1 passage marked read")
        assert newsdesk.counts().unread == unread - 1
