"""The keys of the desk, pressed one after the other, on a real archive."""

from __future__ import annotations

from functools import partial

import pytest
from msgspec.structs import replace
from textual.color import Color

from newsdesk.config import Settings
from newsdesk.desk import Newsdesk
from newsdesk.models import UNSORTED
from newsdesk.tui import present, themes
from newsdesk.tui.screens.popup import Popup
from tui import archive
from tui.archive import LEAD, LEAD_TITLE
from tui.driving import Driver, driven

ALL = ["diplomacy", "lebanon-front", "hostage-talks", "casualties", UNSORTED]


async def test_first_article_stands_in_its_panes(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk, notice="These are samples") as driver:
        assert driver.panes() == ALL
        await driver.until(lambda: "> 32,400" in driver.text(), "the figures")
        text = driver.text()
        # The notice gives way to a warning as soon as the background has one.
        assert "These are samples" in text or "by rules" in text
        assert "7 passages · 0 lost" in text
        assert "says Health Ministry" in text
        assert "unattributed, in Sample Wire" in text


async def test_digit_shows_one_topic_and_again_all(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("2")
        assert driver.panes() == ["lebanon-front"]
        assert driver.titles() == [LEAD_TITLE, "Rockets hit a border town"]
        await driver.press("alt+3")
        assert driver.panes() == ["lebanon-front", "hostage-talks"]
        await driver.press("0")
        assert driver.panes() == [UNSORTED]
        await driver.press("0")
        assert driver.panes() == ALL
        await driver.press("3", "a")
        assert driver.panes() == ALL
        await driver.press("9")
        assert "this desk has" in driver.text()


async def test_passage_stands_once_and_in_full_where_its_own_pane_is_hidden(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        panes = driver.desk.panes
        strike = [entry for entry in panes.entries if entry.index == 3]
        assert [entry.in_full for entry in strike if not entry.refers] == [True]
        assert not any(entry.in_full for entry in strike if entry.refers)
        referring = [entry for entry in strike if entry.refers]
        assert referring, "the strike belongs to casualties, too"
        await driver.press("4")
        assert referring[0].in_full
        assert LEAD[3].text[:40] in driver.text()


async def test_next_unread_marks_what_it_leaves_and_goes_on_across_articles(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        first = driver.desk.headlines.selected
        assert first is not None
        await driver.press("n")
        assert driver.cursor == (first, 0)
        assert driver.desk.article is not None
        assert not driver.desk.article.read
        for _ in range(7):
            await driver.press("n")
        await driver.until(lambda: driver.cursor and driver.cursor[0] != first, "the next article")
        assert driver.titles()[1] == driver.desk.article.title
        await driver.desk.written()
        stored = newsdesk.article(first)
        assert stored is not None
        assert stored.read == set(range(len(LEAD)))


async def test_next_unread_keeps_to_the_chosen_topics(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("3", "n")
        assert driver.cursor is not None
        assert driver.cursor[1] == 5
        await driver.press("n")
        await driver.until_shown("Mediators leave Doha without a date")
        await driver.press("n")
        await driver.until(lambda: "no unread passage" in driver.text(), "the end")


async def test_previous_unread_goes_back_and_marks_nothing(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("enter", "j", "j")
        assert driver.desk.article is not None
        article = driver.desk.article.id
        assert driver.cursor == (article, 3)
        await driver.press("p")
        assert driver.cursor == (article, 1)
        assert not driver.desk.article.read


async def test_toggle_read_of_a_passage_and_of_an_article(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("enter", "N")
        assert driver.desk.article is not None
        assert driver.desk.article.read == {0}
        await driver.press("N")
        assert not driver.desk.article.read
        await driver.press("escape", "N")
        await driver.desk.written()
        stored = newsdesk.article(driver.desk.article.id)
        assert stored is not None
        assert len(stored.read) == len(LEAD)
        row = driver.desk.headlines.current
        assert row is not None
        assert row.unread == 0


async def test_moving_through_an_article_marks_nothing(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("enter", "j", "j", "G", "g", "g", "escape", "j")
        await driver.desk.written()
        assert newsdesk.counts().unread == 10


async def test_unread_only_keeps_what_was_being_read(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("N")
        await driver.desk.written()
        await driver.press("u")
        assert driver.titles()[0] == LEAD_TITLE
        assert "unread only" in driver.text()
        await driver.press("j", "u", "u")
        assert LEAD_TITLE not in driver.titles()
        await driver.press("u")
        assert LEAD_TITLE in driver.titles()


async def test_narrow_by_words_while_typing(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("i", *"market")
        await driver.until(lambda: driver.titles() == ["Market opens in the rain"], "the narrowed list")
        await driver.press("enter")
        assert driver.desk.focused is driver.desk.headlines
        assert "“market”" in driver.text()
        await driver.press("escape")
        assert len(driver.titles()) == 4


async def test_no_match_teaches_the_way_back(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("i", *"zebra", "enter")
        await driver.until(lambda: "No article matches" in driver.text(), "the lesson")
        assert "Esc" in driver.text()
        await driver.press("escape")
        await driver.until_shown(LEAD_TITLE)


async def test_zoom_leaves_one_pane_and_comes_back(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("enter", "tab", "z")
        assert driver.panes() == ["lebanon-front"]
        assert not driver.desk.headlines.display
        await driver.press("escape")
        assert driver.panes() == ALL
        assert driver.desk.headlines.display


async def test_a_choice_of_topics_leaves_the_reader_a_cursor(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("l")
        assert driver.desk.panes.pane is not None
        for digit, topic in (("4", "casualties"), ("2", "lebanon-front"), ("0", UNSORTED), ("a", None)):
            await driver.press(digit)
            assert driver.cursor is not None
            assert topic is None or driver.desk.panes.pane.topic == topic


@pytest.mark.parametrize("size", ["wide", "medium"])
async def test_highlights_cycle_on_the_screen(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        if size == "medium":
            await driver.press("4")

        def seen(lit: bool) -> bool:
            shown = "Health Ministry" in driver.text()
            return shown and ("32,400" in driver.lit(present.FIGURE_STYLE)) is lit

        await driver.until(partial(seen, True), "the figure, lit")
        modes = [driver.desk.panes.highlights]
        for lit in (False, True, False, True):
            await driver.press("H")
            modes.append(driver.desk.panes.highlights)
            await driver.until(partial(seen, lit), modes[-1])
        assert modes == ["all", "entities", "figures", "none", "all"]


async def test_what_the_deep_pass_finds_is_lit_in_the_article_that_is_open(settings: Settings) -> None:
    (first,) = archive.fill(settings.paths, settings, [archive.lead()])
    newsdesk = archive.opened(settings)
    try:
        async with driven(newsdesk) as driver:
            await driver.press("l", "j")
            cursor = driver.cursor
            await driver.until(lambda: newsdesk.counts().deep_pending == 0, "the pass by rules")
            archive.save_deep(settings.paths, settings, first, *archive.lead_findings())
            await driver.until(lambda: "32,400" in driver.lit(present.FIGURE_STYLE), "the figure, lit")
            assert driver.cursor == cursor
            assert "▌" in driver.lit("$cursor")
    finally:
        newsdesk.close()


async def test_why_shows_scores_and_cues(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("2", "enter", "j", "w")
        await driver.until(lambda: "Why is this passage here" in driver.text(), "the window")
        assert isinstance(driver.app.screen, Popup)
        assert "2 Lebanon front" in driver.text()
        assert "hezbollah" in driver.text().lower()
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk again")


async def test_copy_takes_speaker_outlet_time_and_address_along(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("4", "enter", "G", "y")
        copied = driver.app.clipboard
        assert LEAD[6].text in copied
        assert "Sample Wire, Thu 28 Mar 2024" in copied
        assert "https://wire.example/article" in copied
        assert "more than 32,400 people: says Health Ministry" in copied


async def test_star_is_shown_at_once_and_stored(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("s")
        assert "★" in driver.text()
        await driver.desk.written()
        assert newsdesk.headlines(driver.desk.view, 0, 1)[0].starred
        await driver.press("s")
        await driver.desk.written()
        assert not newsdesk.headlines(driver.desk.view, 0, 1)[0].starred


async def test_selected_words_are_copied_unwrapped(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        pane = driver.desk.panes.panes[0]
        await driver.pilot.mouse_down(pane, offset=(1, 1))
        await driver.pilot.hover(pane, offset=(20, 2))
        await driver.pilot.mouse_up(pane, offset=(20, 2))
        await driver.press("ctrl+c")
        assert driver.app.clipboard in LEAD[0].text
        assert len(driver.app.clipboard) > 40


async def test_the_scrollbar_follows_the_mouse(newsdesk: Newsdesk, filled: Settings) -> None:
    stories = [archive.Story(f"Old news {number}", LEAD[:1], hours_ago=9) for number in range(60)]
    archive.fill(filled.paths, filled, stories)
    async with driven(newsdesk) as driver:
        await driver.press("n")
        headlines = driver.desk.headlines
        await driver.until(lambda: headlines.count > 60, "the articles")
        right = headlines.size.width - 1
        await driver.pilot.mouse_down(headlines, offset=(right, headlines.size.height - 1))
        assert headlines.scroll_offset.y == headlines.max_scroll_y
        await driver.pilot.hover(headlines, offset=(right, 0))
        await driver.pilot.mouse_up(headlines, offset=(right, 0))
        assert headlines.scroll_offset.y == 0


@pytest.mark.parametrize("key", ["o", "r", "R"])
async def test_offline_says_so(newsdesk: Newsdesk, key: str) -> None:
    async with driven(newsdesk) as driver:
        await driver.press(key)
        await driver.until(lambda: "offline: " in driver.text(), "the answer")


async def test_theme_cycles_and_help_opens(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        assert driver.app.theme == "newsdesk-dark"
        assert driver.desk.styles.background == Color.parse(themes.DARK.background or "")
        await driver.press("T")
        assert driver.app.theme == "newsdesk-light"
        await driver.press("question_mark")
        await driver.until(lambda: "Only this topic" in driver.text(), "help")
        await driver.press("q")
        await driver.press("q")
        await driver.until(lambda: driver.app._exit, "the end")


@pytest.mark.parametrize(
    ("theme", "taken"), [("newsdesk-dark", "ansi-dark"), ("newsdesk-light", "ansi-light")]
)
async def test_a_terminal_with_few_colours_gets_a_theme_of_them(
    filled: Settings, monkeypatch: pytest.MonkeyPatch, theme: str, taken: str
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM")
    config = replace(filled.config, ui=replace(filled.config.ui, theme=theme))
    newsdesk = archive.opened(replace(filled, config=config))
    async with driven(newsdesk) as driver:
        assert driver.app.theme == taken
    newsdesk.close()


async def test_palette_runs_an_action(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("ctrl+p")
        await driver.until(lambda: driver.app.screen is not driver.desk, "the palette")
        await driver.press(*"unread only")
        await driver.until(lambda: "Only articles with unread passages" in driver.text(), "the entry")
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is not driver.desk or driver.desk.choice.unread, "it")
        await driver.press("enter")
        await driver.until(lambda: driver.desk.choice.unread, "unread only")


async def arrive(driver: Driver, settings: Settings, count: int = 3) -> None:
    stories = [archive.Story(f"Late news {number}", LEAD, hours_ago=0.1) for number in range(count)]
    archive.fill(settings.paths, settings, stories)
    await driver.until(lambda: f"{count} new articles" in driver.text(), "the announcement")


@pytest.mark.parametrize("size", ["wide", "medium", "narrow"])
async def test_new_articles_wait_and_move_nothing(newsdesk: Newsdesk, filled: Settings, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        await driver.press("j", "j")
        await driver.until_shown("Market opens in the rain")
        headlines = driver.desk.headlines
        before = headlines.cursor, headlines.scroll_offset, driver.titles()
        await arrive(driver, filled)
        assert (headlines.cursor, headlines.scroll_offset, driver.titles()) == before
        selected = headlines.selected
        place = headlines.cursor * 3 - headlines.scroll_offset.y
        await driver.press("n")
        assert (
            driver.titles()[:3] == ["Late news 0", "Late news 1", "Late news 2"] or len(driver.titles()) == 7
        )
        assert headlines.selected == selected
        assert headlines.cursor * 3 - headlines.scroll_offset.y == place or headlines.scroll_offset.y == 0


async def test_articles_flow_into_an_empty_desk(settings: Settings) -> None:
    newsdesk = archive.opened(settings)
    async with driven(newsdesk) as driver:
        assert "No articles yet" in driver.text()
        archive.fill(settings.paths, settings, archive.others())
        await driver.until(lambda: len(driver.titles()) == 3, "the articles")
        archive.fill(settings.paths, settings, [archive.lead()])
        await driver.until_shown(LEAD_TITLE)
        assert driver.desk.headlines.cursor == 0
    newsdesk.close()


async def test_no_feeds_teaches_how_to_begin(settings: Settings) -> None:
    without = replace(settings, config=replace(settings.config, feeds=()))
    newsdesk = archive.opened(without)
    async with driven(newsdesk, "narrow") as driver:
        assert "newsdesk feeds import FILE" in driver.text()
        assert "newsdesk demo" in driver.text()
    newsdesk.close()


async def test_narrow_screen_shows_one_thing_at_a_time(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk, "narrow") as driver:
        desk = driver.desk

        def shown() -> list[bool]:
            return [desk.headlines.display, desk.query_one("#reading").display, desk.side.display]

        assert shown() == [True, False, False]
        await driver.press("enter")
        assert shown() == [False, True, False]
        await driver.press("enter")
        assert shown() == [False, False, True]
        assert "says Health Ministry" in driver.text()
        await driver.press("escape", "escape")
        assert shown() == [True, False, False]


async def test_click_on_topic_hint_headline_and_passage(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.pilot.click("#topics", offset=(12, 0))
        assert driver.panes() == ["diplomacy"]
        await driver.pilot.click("#topics", offset=(2, 0))
        assert driver.panes() == ALL
        await driver.pilot.click("#headlines", offset=(10, 4))
        await driver.until_shown("Mediators leave Doha without a date")
        await driver.pilot.click("#headlines", offset=(10, 1))
        await driver.until_shown(LEAD_TITLE)
        pane = driver.desk.panes.panes[0]
        row = pane.region_of(pane.entries[1]).y
        await driver.pilot.click(pane, offset=(10, row + pane.styles.gutter.top))
        assert driver.cursor is not None
        assert driver.cursor[1] == 1
        assert driver.desk.stage == "reading"


async def test_two_keys_of_one_kind_go_to_the_top(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("G", "g")
        assert driver.desk.headlines.cursor > 0
        await driver.press("k", "g")
        assert driver.desk.headlines.cursor > 0
        await driver.press("g")
        assert driver.desk.headlines.cursor == 0


async def test_keys_of_the_config_replace_those_of_the_registry(filled: Settings) -> None:
    config = replace(filled.config, keys={"unread-only": "x", "top": "f2"})
    newsdesk = archive.opened(replace(filled, config=config))
    async with driven(newsdesk) as driver:
        unread = []
        for key in ("u", "x"):
            await driver.press(key)
            unread.append(driver.desk.choice.unread)
        assert unread == [False, True]
        await driver.press("j", "j", "g", "g")
        assert driver.desk.headlines.cursor == 2
        await driver.press("f2")
        assert driver.desk.headlines.cursor == 0
    newsdesk.close()
