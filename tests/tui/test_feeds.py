"""The Feeds screen: what is drawn, and what its keys do to the config and the archive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from feedtext import Item, rss
from newsdesk.config import load, read_config
from newsdesk.desk import Newsdesk
from newsdesk.models import FeedState
from newsdesk.paths import paths
from newsdesk.store.archive import open_archive
from newsdesk.tui.screens.feeds import FeedsScreen
from servers import Answer, Server
from tui import archive
from tui.driving import SIZES, Driver, driven

RULES_ONLY = '[analysis]\nmodel = "none"\n'
HOSTILE = "[b]Bold[/b] [@click=app.quit]x[/] \x1b]0;t\x07 \u202eend"


def table(number: int, more: str = "") -> str:
    feed = f'[[feeds]]\nurl = "https://f{number}.example/feed"\ntitle = "Feed {number}"\n'
    return f"\n# about {number}\n{feed}{more}"


def feeds_home(home: Path, count: int, more: str = "", *, offline: bool = True) -> Newsdesk:
    """A desk whose config file has so many feeds."""
    where = paths(home)
    text = RULES_ONLY + "".join(table(number, more) for number in range(count))
    where.config_file.write_text(text, encoding="utf-8")
    return Newsdesk.open(load(where), offline=offline)


def save(home: Path, *states: FeedState) -> None:
    opened = open_archive(paths(home).archive)
    for state in states:
        opened.save_poll(state, (), datetime.now(UTC))
    opened.close()


def urls(home: Path) -> list[str]:
    return [feed.url for feed in read_config(paths(home).config_file).feeds]


async def shown(driver: Driver) -> FeedsScreen:
    await driver.press("F")
    await driver.until(lambda: isinstance(driver.app.screen, FeedsScreen), "the Feeds screen")
    screen = driver.app.screen
    assert isinstance(screen, FeedsScreen)
    return screen


async def open_form(driver: Driver, screen: FeedsScreen, key: str) -> None:
    await driver.press(key)
    await driver.until(lambda: driver.app.screen is not screen, "the form")


async def type_into(driver: Driver, field: str, text: str) -> None:
    found = driver.app.screen.query_one(f"#{field}", Input)
    found.focus()
    found.value = text
    await driver.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_every_feed_with_its_state(tmp_path: Path, size: str) -> None:
    newsdesk = feeds_home(tmp_path, 3, 'tags = ["wire"]\nsource_class = "state_media"\n', offline=False)
    now = datetime.now(UTC)
    archive.fill(newsdesk.settings.paths, newsdesk.settings, [archive.Story("T", archive.LEAD)])
    save(
        tmp_path,
        FeedState(
            url="https://f0.example/feed",
            last_success=now - timedelta(hours=3),
            next_due=now + timedelta(days=2),
            failures=4,
            error="HTTP 503: service unavailable",
        ),
        FeedState(url="https://f1.example/feed", gone=True, error="HTTP 410: the feed is gone"),
        FeedState(
            url="https://f2.example/feed", title=HOSTILE, last_success=now, next_due=now + timedelta(days=2)
        ),
    )
    async with driven(newsdesk, size) as driver:
        await shown(driver)
        await driver.until(lambda: "2 failing" in driver.text(), "the states")
        text = driver.text()
        assert "HTTP 503: service unavailable" in text
        assert "taken down for good" in text
        assert f"next {(now + timedelta(days=2)).astimezone().day} " in text
        assert "fetched 3 h ago" in text
        assert "state media #wire" in text
        assert "https://f0.example/feed" in text
        assert "HTTP 503" in driver.lit("$alarm")
        assert "feed 1 of 3" in text
    newsdesk.close()


async def test_an_articles_head_says_what_kind_of_voice_it_is(tmp_path: Path) -> None:
    newsdesk = feeds_home(tmp_path, 1, 'source_class = "state_media"\n')
    story = archive.Story("Talks", archive.LEAD, feed=newsdesk.settings.config.feeds[0])
    archive.fill(newsdesk.settings.paths, newsdesk.settings, [story])
    async with driven(newsdesk) as driver:
        await driver.until(lambda: "Feed 0 (state media)" in driver.text(), "the voice")
    newsdesk.close()


@pytest.mark.parametrize("size", SIZES)
async def test_without_feeds_it_teaches(tmp_path: Path, size: str) -> None:
    newsdesk = feeds_home(tmp_path, 0)
    async with driven(newsdesk, size) as driver:
        await shown(driver)
        await driver.until(lambda: "No feeds yet" in driver.text(), "the lesson")
        for words in ("No feeds yet", "a ", "newsdesk feeds import FILE", "newsdesk config init"):
            assert words in driver.text()
        await driver.press("d", "r", "e", "U", "j")
        await driver.until(lambda: "nothing to undo" in driver.text(), "the answer")
    newsdesk.close()


async def test_the_cursor_goes_everywhere_and_stays_on_its_feed(tmp_path: Path) -> None:
    newsdesk = feeds_home(tmp_path, 500)
    async with driven(newsdesk, "narrow") as driver:
        screen = await shown(driver)
        await driver.press("G")
        await driver.until(lambda: "Feed 499" in driver.text(), "the last feed")
        assert "feed 500 of 500" in driver.text()
        await driver.press("g", "g")
        await driver.until(lambda: "feed 1 of 500" in driver.text(), "the first feed")
        await driver.press("j", "j", "ctrl+d", "k")
        here = screen.feeds.current
        assert here is not None
        assert here.feed.url == f"https://f{1 + screen.feeds.page}.example/feed"
        save(tmp_path, FeedState(url="https://f0.example/feed", error="HTTP 500"))
        await driver.until(lambda: "1 failing" in driver.text(), "another process's news")
        assert screen.feeds.current == here
        await driver.press("q")
        assert driver.app.screen is driver.desk
    newsdesk.close()


async def test_remove_and_bring_back(tmp_path: Path) -> None:
    newsdesk = feeds_home(tmp_path, 3)
    file = paths(tmp_path).config_file
    before = file.read_bytes()
    async with driven(newsdesk, "medium") as driver:
        screen = await shown(driver)
        await driver.press("j", "d")
        await driver.until(lambda: len(screen.feeds.rows) == 2, "the removal")
        await driver.until(lambda: "Feed 1; its articles stay · U undoes it" in driver.text(), "the answer")
        assert urls(tmp_path) == ["https://f0.example/feed", "https://f2.example/feed"]
        await driver.press("d")
        await driver.until(lambda: len(screen.feeds.rows) == 1, "the second removal")
        await driver.press("U")
        await driver.until(lambda: len(screen.feeds.rows) == 2, "one back")
        await driver.press("U")
        await driver.until(lambda: len(screen.feeds.rows) == 3, "both back")
        assert screen.feeds.current is not None
        assert screen.feeds.current.feed.url == "https://f1.example/feed"
        assert file.read_bytes() == before
    newsdesk.close()


async def test_edit(tmp_path: Path) -> None:
    newsdesk = feeds_home(tmp_path, 2)
    async with driven(newsdesk, "narrow") as driver:
        screen = await shown(driver)
        await open_form(driver, screen, "enter")
        await type_into(driver, "interval", "5")
        await driver.press("enter")
        await driver.until(lambda: "more often than every 15 minutes" in driver.text(), "what is wrong")
        await type_into(driver, "interval", "90")
        await type_into(driver, "tags", "wire,  middle   east, wire,")
        await type_into(driver, "title", HOSTILE)
        await driver.press("enter")
        await driver.until(lambda: "saved" in driver.text(), "the edit")
        [feed, other] = read_config(paths(tmp_path).config_file).feeds
        assert (feed.interval, feed.tags, other.tags) == (90, ("wire", "middle east"), ())
        await driver.until(lambda: "[b]Bold[/b] [@click=app.quit]x[/]" in driver.text(), "the title")
        assert newsdesk.settings.config.feeds[0] == feed
        assert "# about 0" in paths(tmp_path).config_file.read_text()
        await driver.press("e", "escape")
        await driver.until(lambda: driver.app.screen is screen, "the list")
        assert read_config(paths(tmp_path).config_file).feeds == (feed, other)
    newsdesk.close()


async def test_add_says_what_is_wrong(tmp_path: Path) -> None:
    newsdesk = feeds_home(tmp_path, 1)
    async with driven(newsdesk, "medium") as driver:
        screen = await shown(driver)
        await open_form(driver, screen, "a")
        await type_into(driver, "address", "f0.example/feed")
        await driver.press("enter")
        await driver.until(lambda: "begins with https://" in driver.text(), "what is wrong")
        await type_into(driver, "address", "https://f0.example/feed")
        await driver.press("enter")
        await driver.until(lambda: "subscribed already" in driver.text(), "the reason")
        await open_form(driver, screen, "a")
        await type_into(driver, "address", "https://new.example/feed")
        await driver.press("ctrl+s")
        await driver.until(lambda: len(screen.feeds.rows) == 2, "the new feed")
        assert "feed 2 of 2" in driver.text()
        assert urls(tmp_path) == ["https://f0.example/feed", "https://new.example/feed"]
    newsdesk.close()


async def test_retry_fetches_now(tmp_path: Path, server: Server) -> None:
    url = server.answer(
        "/feed.xml", Answer(b"", 500), Answer(rss([Item("1", "Talks", "Words of it.", full=True)]))
    )
    where = paths(tmp_path)
    where.config_file.write_text(
        f'{RULES_ONLY}[[feeds]]\nurl = "{url}"\nallow_private = true\nfull_text = "never"\n'
    )
    newsdesk = Newsdesk.open(load(where), offline=False)
    async with driven(newsdesk, "medium") as driver:
        await shown(driver)
        await driver.until(lambda: "HTTP 500" in driver.text(), "the first poll's error")
        await driver.press("r")
        await driver.until(lambda: "fetched just now" in driver.text(), "the second poll")
        assert "1 unread passage · 1 article" in driver.text()
        assert "failing" not in driver.text()
    newsdesk.close()


async def test_help_palette_and_footer_have_its_keys(tmp_path: Path) -> None:
    newsdesk = feeds_home(tmp_path, 1)
    async with driven(newsdesk) as driver:
        await shown(driver)
        await driver.until(lambda: "feed 1 of 1" in driver.text(), "the feeds")
        footer = driver.text().splitlines()[-1]
        for words in ("Enter e edit", "r ask again", "a add", "d remove", "? help"):
            assert words in footer
        await driver.press("question_mark")
        await driver.until(lambda: "Unsubscribe; its articles stay" in driver.text(), "the help")
        assert "put this passage" not in driver.text()
        await driver.press("escape", "ctrl+p", *"remove")
        await driver.until(lambda: "Remove feed" in driver.text(), "the palette")
    newsdesk.close()


async def test_a_count_before_a_key(tmp_path: Path) -> None:
    newsdesk = feeds_home(tmp_path, 30)
    async with driven(newsdesk) as driver:
        await driver.press("F")
        await driver.until(lambda: "feed 1 of 30" in driver.text(), "the feeds")
        for keys, place in (
            ("3j", 4),
            ("12j", 16),
            ("5k", 11),
            ("j", 12),
            ("7G", 7),
            ("20gg", 20),
            ("G", 30),
        ):
            await driver.press(*keys)
            await driver.until(lambda place=place: f"feed {place} of 30" in driver.text(), keys)  # type: ignore[misc]
    newsdesk.close()
