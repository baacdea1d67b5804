"""The ledger: series and their reports at three sizes, the way to the words, time plot, copy, CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from newsdesk.config import AnalysisSettings, Config
from newsdesk.desk import Newsdesk
from newsdesk.models import Block, Feed, Figure
from newsdesk.paths import paths
from newsdesk.tui.screens.ledger import LedgerScreen
from newsdesk.tui.themes import DARK, LIGHT
from tui import archive
from tui.driving import SIZES, Driver, driven

OUTLETS = {
    name: Feed(url=f"https://{name.lower()}.example/feed", title=name) for name in ("Wire", "Herald", "Post")
}
NOW = datetime.now(UTC)
HOSTILE = "[b]Bold[/b] [@click=app.quit]x[/] \x1b]0;t\x07 \u202eend"


def claim(number: float, text: str, sentence: str, **changes: Any) -> Figure:
    """A figure whose words `text` stand in `sentence`: people killed in Tyre, an incident."""
    start = sentence.index(text)
    more = changes.get("quantifier") == "more_than"
    fields: dict[str, Any] = {
        **{"passage": 0, "start": start, "end": start + len(text), "text": text, "noun": "people"},
        **{"min": number, "max": None if more else number, "best": None if more else number},
        **{"quantifier": "exact", "unit": "person", "category": "killed", "event": "kill"},
        **{"scope": "incident", "place": "Tyre", "place_id": "place/tyre", **changes},
    }
    return Figure(**fields)


class Report:
    """A story of one passage with one figure in it."""

    def __init__(
        self, outlet: str, hours: float, words: str, number: float, tail: str, **changes: Any
    ) -> None:
        self.sentence = f"In Lebanon the rockets fell and {words} {tail}"
        self.story = archive.Story(
            f"{outlet} {hours}",
            (Block("paragraph", self.sentence), Block("paragraph", "The bakery sold bread again.")),
            feed=OUTLETS[outlet],
            hours_ago=hours,
            url=f"https://{outlet.lower()}.example/{hours}",
        )
        self.figure = claim(number, words, self.sentence, **changes)


def toll(outlet: str, hours: float, number: float, **changes: Any) -> Report:
    words = f"more than {number:,.0f} people"
    fields = {"quantifier": "more_than", "scope": "cumulative", "place": "Gaza", "place_id": "place/gaza"}
    return Report(outlet, hours, words, number, "have been killed.", **{**fields, **changes})


REPORTS = [
    Report(
        "Wire", 2, "seven people", 7, "were killed.", asserted_by="official of the village", stance="says"
    ),
    Report("Herald", 3, "one person", 1, "was killed.", asserted_by="Israeli military", stance="says"),
    Report("Post", 4, "seven people", 7, "were killed."),
    Report("Wire", 5, "11 people", 11, "were killed in a day.", scope="day", asserted_by="police"),
    toll("Wire", 6, 32_400, asserted_by="Gaza Health Ministry", stance="says"),
    toll("Herald", 30, 32_300, asserted_by="Gaza Health Ministry", stance="says"),
    toll("Post", 54, 32_200, asserted_by="Gaza Health Ministry", noun="Palestinians"),
    Report("Post", 60, "300 people", 300, "gathered.", category="other", event="gather", place="Haifa"),
    Report("Post", 61, "900 people", 900, "could be killed.", hypothetical=True, place="Haifa"),
]


def filled_home(home: Path, reports: list[Report]) -> Newsdesk:
    config = Config(feeds=tuple(OUTLETS.values()), analysis=AnalysisSettings(model="none"))
    settings = archive.settings(home, config)
    ids = archive.fill(settings.paths, settings, [report.story for report in reports], NOW)
    for article, report in zip(ids, reports, strict=True):
        archive.save_deep(settings.paths, settings, article, [], [report.figure])
    return archive.opened(settings)


@pytest.fixture
def newsdesk(tmp_path: Path) -> Iterator[Newsdesk]:
    desk = filled_home(tmp_path, REPORTS)
    yield desk
    desk.close()


async def ledger(driver: Driver) -> LedgerScreen:
    await driver.press("f")
    await driver.until(lambda: isinstance(driver.app.screen, LedgerScreen), "the ledger")
    screen = driver.app.screen
    assert isinstance(screen, LedgerScreen)
    await driver.until(lambda: not screen.series.rows or screen.reports.rows, "its reports")
    return screen


def titles(screen: LedgerScreen) -> list[tuple[str, str]]:
    return [(row.name.place, row.name.scope) for row in screen.series.rows]


async def choose(driver: Driver, screen: LedgerScreen, place: str, scope: str) -> None:
    """Put the cursor on a series, and wait for its reports."""
    while titles(screen)[screen.series.cursor] != (place, scope):
        await driver.press("j")
    wanted = screen.series.current
    assert wanted is not None
    await driver.until(lambda: screen.reports.rows[0].series == wanted.id, "the reports")


@pytest.mark.parametrize("size", SIZES)
async def test_series_and_reports_never_without_a_speaker(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        screen = await ledger(driver)
        assert titles(screen) == [("Tyre", "incident"), ("Tyre", "day"), ("Gaza", "cumulative")]
        text = driver.text()
        assert "killed · Tyre · incident" in text
        assert "says official of the village" in text
        assert "!" in driver.lit("$alarm")
        await driver.press("enter")
        await driver.until(lambda: screen.side == "reports", "the reports")
        lines = [line for line in driver.text().splitlines() if "seven people" in line or " 7 " in line]
        assert lines
        text = driver.text()
        assert "unattributed, in Post" in text
        assert "says Israeli military" in text
        assert "contradicted by 1, says Israeli military, in Herald" in " ".join(text.split())
        if size != "narrow":
            assert "different scope: day" in text or "≠" in text


async def test_numbers_are_aligned_at_the_right(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await ledger(driver)
        await choose(driver, screen, "Gaza", "cumulative")
        rows = [
            line for line in driver.text().splitlines() if "Gaza Health Ministry" in line and "> 32," in line
        ]
        ends = {
            line.rindex(number) + len(number)
            for line in rows
            for number in ("> 32,400", "> 32,300", "> 32,200")
            if f"{number}  " in line[60:]
        }
        assert len(ends) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_enter_goes_to_the_words_and_back_again(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        screen = await ledger(driver)
        await choose(driver, screen, "Gaza", "cumulative")
        await driver.press("l", "j", "enter")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
        await driver.until_shown("Herald 30")
        await driver.until(lambda: driver.cursor is not None and driver.cursor[1] == 0, "the passage")
        assert driver.desk.stage == "reading"
        await driver.until(lambda: "more than 32,300 people" in driver.lit("$cursor"), "the words, lit")
        screen = await ledger(driver)
        assert screen.side == "reports"
        assert screen.series.current is not None
        assert screen.series.current.name.place == "Gaza"
        assert screen.reports.current is not None
        assert screen.reports.current.hit.article.title == "Herald 30"


async def test_keys_that_come_fast_mean_the_series_under_the_cursor(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await ledger(driver)
        screen.series.go_to(2)
        screen.action_series_right()
        assert screen.reports.current is not None
        assert screen.reports.current.hit.article.title == "Wire 6"
        screen.series.go_to(0)
        screen.action_copy_figure()
        assert "Wire 2" in driver.app.clipboard


async def test_words_may_come_as_fast_as_the_key(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await ledger(driver)
        await screen.run_action("narrow")
        assert screen.focused is screen.query_one("#narrow", Input)
        await driver.press(*"zebra", "enter")
        await driver.until(lambda: screen.choice.words == "zebra", "the words")
        assert driver.app.screen is screen


async def test_the_words_are_lit_where_no_figures_are_highlighted(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.press("H", "H", "H")
        assert "seven people" not in driver.lit("$figure")
        screen = await ledger(driver)
        await driver.press("l", "j", "enter")
        await driver.until_shown("Herald 3")
        await driver.until(lambda: "one person" in driver.lit("$cursor"), "the words")
        assert not isinstance(driver.app.screen, type(screen))


async def test_what_cannot_be_compared_stands_below_and_says_why(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await ledger(driver)
        assert [report.differs for report in screen.reports.rows] == [(), (), (), ("scope",)]
        await driver.press("l", "G")
        await driver.until(lambda: "different scope: day" in driver.text(), "the reason")
        await driver.press("h", "j")
        await driver.until(lambda: screen.reports.rows[0].hit.figure.best == 11, "the day's series")
        assert [report.differs for report in screen.reports.rows] == [(), ("scope",)]


async def test_only_conflicts_then_all_then_the_listed_ones(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await ledger(driver)
        await driver.press("!")
        await driver.until(lambda: titles(screen) == [("Tyre", "incident")], "the one with a conflict")
        await driver.press("!")
        await driver.until(lambda: ("Haifa", "incident") in titles(screen), "all")
        assert "900" not in driver.text()
        await driver.press("!")
        await driver.until(lambda: len(titles(screen)) == 3, "the listed ones")


async def test_topics_and_words_narrow(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await ledger(driver)
        await driver.press("i")
        screen.query_one("#narrow", Input).value = "by:ministry"
        await driver.until(lambda: titles(screen) == [("Gaza", "cumulative")], "the ministry's")
        assert screen.series.rows[0].figures == 3
        screen.query_one("#narrow", Input).value = "figure:eaten"
        await driver.until(lambda: "eaten" in driver.text() and "valid:" in driver.text(), "what is wrong")
        assert titles(screen) == [("Gaza", "cumulative")]
        screen.query_one("#narrow", Input).value = "zebra"
        await driver.until(lambda: "No figure matches." in driver.text(), "the lesson")
        await driver.press("escape")
        await driver.until(lambda: len(titles(screen)) == 3, "all again")
        await driver.press("2")
        await driver.until(lambda: screen.choice.topics == frozenset({"lebanon-front"}), "the topic")
        await driver.until(lambda: len(titles(screen)) == 4, "what stands in the topic")
        await driver.press("!")
        await driver.until(lambda: titles(screen) == [("Tyre", "incident")], "of these, the contradicted one")
        await driver.press("!", "!")
        await driver.until(lambda: len(titles(screen)) == 4, "all of the topic again")
        await driver.press("1")
        await driver.until(lambda: "No figure matches." in driver.text(), "nothing")
        await driver.press("a")
        await driver.until(lambda: len(titles(screen)) == 3, "all again")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
async def test_over_time(newsdesk: Newsdesk, size: str, theme: str) -> None:
    async with driven(newsdesk, size) as driver:
        driver.app.theme = theme
        screen = await ledger(driver)
        await choose(driver, screen, "Gaza", "cumulative")
        await driver.press("t")
        await driver.until(lambda: "the line of A breaks at" in driver.text(), "the series in words")
        text = driver.text()
        assert "> 32,200" in text
        assert "another population" in text
        if size == "narrow":
            assert "┤" not in text
        else:
            assert "┤" in text
            assert text.count("A>") == 3
            assert "A>" in driver.lit("$figure-name")
        await driver.press("t")
        await driver.until(lambda: "breaks at" not in driver.text(), "no plot")


async def test_reports_by_the_day_that_they_are_given_for(tmp_path: Path) -> None:
    before = (NOW - timedelta(days=3)).date().isoformat()
    day = {"scope": "day", "asserted_by": "police"}
    reports = [
        Report("Wire", 1, "11 people", 11, "were killed.", date=before, when="Thursday", **day),
        Report("Post", 2, "12 people", 12, "were killed.", **day),
    ]
    desk = filled_home(tmp_path, reports)
    async with driven(desk) as driver:
        screen = await ledger(driver)
        assert [report.hit.figure.best for report in screen.reports.rows] == [11, 12]
        await driver.press("s")
        await driver.until(lambda: screen.reports.rows[0].hit.figure.best == 12, "the newer day first")
        await driver.press("s")
        await driver.until(lambda: screen.reports.rows[0].hit.figure.best == 11, "the newer report first")
    desk.close()


async def test_a_copy_names_speaker_outlet_time_and_address(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await ledger(driver)
        await driver.press("l", "j", "y")
        await driver.until(lambda: driver.app.clipboard, "the copy")
        copied = driver.app.clipboard
        for words in ("one person: says Israeli military", "Herald", "Herald 3", "https://herald.example/3"):
            assert words in copied
        await driver.press("j", "y")
        await driver.until(lambda: "unattributed, in Post" in driver.app.clipboard, "the other copy")


async def test_a_series_goes_into_a_csv_file(newsdesk: Newsdesk, tmp_path: Path) -> None:
    async with driven(newsdesk) as driver:
        await ledger(driver)
        await driver.press("x")
        await driver.until(lambda: "written: " in driver.text(), "the answer")
    [file] = (paths(tmp_path).data_dir / "exports").glob("killed-tyre-incident-*.csv")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [row["best"] for row in rows] == ["7", "1", "7", "11"]
    assert [row["comparable"] for row in rows] == ["yes", "yes", "yes", "no"]
    assert [row["contradicted_by"] for row in rows] == ["2", "1 3", "2", ""]
    assert [row["speaker"] for row in rows][1:3] == ["Israeli military", "unattributed, in Post"]
    assert rows[3]["differs"] == "scope"


@pytest.mark.parametrize("size", SIZES)
async def test_without_figures_it_teaches(tmp_path: Path, size: str) -> None:
    desk = archive.opened(archive.settings(tmp_path))
    async with driven(desk, size) as driver:
        await ledger(driver)
        await driver.until(lambda: "No series of figures yet." in driver.text(), "the lesson")
        await driver.press("j", "l", "enter", "y", "x", "t", "s")
        await driver.press("!")
        await driver.until(lambda: "No two voices contradict each other." in driver.text(), "the other one")
        await driver.press("q")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
    desk.close()


@pytest.mark.parametrize("size", SIZES)
async def test_long_and_hostile_words(tmp_path: Path, size: str) -> None:
    long = "Ministry of " + "very " * 60 + "long names"
    reports = [
        Report(
            "Wire", 1, "7 people", 7, "x", asserted_by=HOSTILE, place=HOSTILE, place_id=None, noun=HOSTILE
        ),
        Report("Post", 2, "7 people", 8, "x", asserted_by=long, place=long, place_id=None),
    ]
    desk = filled_home(tmp_path, reports)
    async with driven(desk, size) as driver:
        await ledger(driver)
        await driver.press("t", "j", "t", "k", "l", "y")
        text = driver.text()
        assert "[b]Bold[/b]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert driver.app.is_running
    desk.close()


@pytest.mark.parametrize("size", ["wide", "medium"])
async def test_the_mouse_chooses_and_opens(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        screen = await ledger(driver)
        await driver.pilot.click(screen.series, offset=(5, 4))
        await driver.until(lambda: screen.series.cursor == 2, "the third series")
        await driver.until(lambda: len(screen.reports.rows) == 3, "its reports")
        await driver.pilot.click(screen.reports, offset=(20, 1))
        await driver.until(lambda: screen.reports.cursor == 1, "the second report")
        assert screen.side == "reports"
        await driver.pilot.click(screen.reports, offset=(20, 1))
        await driver.until_shown("Herald 30")
