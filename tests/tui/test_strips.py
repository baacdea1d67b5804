"""Figures and entities of the article: the cursor in their strips, and what it lights in the text."""

from __future__ import annotations

import pytest

from newsdesk.config import Settings
from newsdesk.desk import Newsdesk
from newsdesk.models import Block, Entity, EntityKind, Figure, Mention, StoredArticle, View
from newsdesk.tui import present_strips
from newsdesk.tui.screens.entities import EntitiesScreen
from newsdesk.tui.screens.ledger import LedgerScreen
from tui import archive
from tui.driving import SIZES, Driver, driven

FILLER = "Hezbollah said nothing new about Lebanon that day, and nobody asked. " * 6
TEXTS = (
    "Hezbollah spoke of Lebanon. Hezbollah fired.",
    *[FILLER] * 8,
    "The Health Ministry counts. It says that 30 people were killed, the Health Ministry said.",
    *[FILLER] * 8,
    "Later 12 people were injured.",
)
LATE = len(TEXTS) - 1
TOLL = 9


def mention(place: int, name: str, which: int = 0) -> Mention:
    start = -1
    for _ in range(which + 1):
        start = TEXTS[place].index(name, start + 1)
    return Mention(place, start, start + len(name), name)


def entity(name: str, kind: EntityKind, *mentions: Mention) -> Entity:
    return Entity(f"{kind}/{name.lower().replace(' ', '-')}", name, kind, mentions)


def figure(place: int, words: str, speaker: str | None = None) -> Figure:
    start = TEXTS[place].index(words)
    number = float(words.split()[0])
    return Figure(
        place,
        start,
        start + len(words),
        words,
        number,
        number,
        number,
        "exact",
        "people",
        "person",
        "killed",
        "kill",
        asserted_by=speaker,
    )


def long_story() -> archive.Story:
    return archive.Story("A long day", tuple(Block("paragraph", text) for text in TEXTS), hours_ago=0.1)


@pytest.fixture
def newsdesk(filled: Settings) -> Newsdesk:
    """A long article with two figures and five entities on top of the others."""
    (article,) = archive.fill(filled.paths, filled, [long_story()])
    entities = [
        entity(
            "Hezbollah",
            "organization",
            mention(0, "Hezbollah"),
            mention(0, "Hezbollah", 1),
            mention(17, "Hezbollah"),
        ),
        entity("Health Ministry", "organization", mention(TOLL, "Health Ministry")),
        entity("Lebanon", "place", mention(0, "Lebanon"), mention(17, "Lebanon")),
        *(entity(f"Name {n}", "person", mention(0, "spoke")) for n in range(12)),
    ]
    figures = [figure(TOLL, "30 people", "Health Ministry"), figure(LATE, "12 people", "Health Ministry")]
    archive.save_deep(filled.paths, filled, article, entities, figures)
    return archive.opened(filled)


def lit(driver: Driver, style: str) -> list[str]:
    """The words that are lit in the text with one of the strips' styles, wherever they are."""
    article = driver.desk.article
    assert article is not None
    return [
        article.passages[one.passage].text[one.start : one.end]
        for one in driver.desk.panes.picked
        if one.style == style
    ]


async def to_figures(driver: Driver) -> None:
    await driver.press("enter", "enter")
    await driver.until(lambda: driver.desk.stage == "side", "the strips")


def reversed_words(driver: Driver) -> str:
    strips = driver.app.screen._compositor.render_strips()
    return " ".join(
        segment.text for strip in strips for segment in strip if segment.style and segment.style.reverse
    )


async def test_a_figure_lights_its_words_and_its_speaker(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await to_figures(driver)
        assert driver.desk.side.figure is not None
        assert lit(driver, present_strips.PICKED_STYLE) == ["30 people"]
        assert lit(driver, present_strips.SPEAKER_STYLE) == ["Health Ministry"]
        await driver.until(lambda: "30 people" in reversed_words(driver), "the words in sight")
        assert driver.cursor is not None
        assert driver.cursor[1] == 0, "the reader's place stays"
        assert "figure 1 of 2" in driver.text()
        await driver.press("escape")
        await driver.until(lambda: "spoke of Lebanon. Hezbollah" in driver.text(), "back where one read")
        assert not driver.desk.panes.picked
        assert driver.desk.stage == "reading"


async def test_enter_goes_to_the_figures_words(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await to_figures(driver)
        await driver.press("j", "enter")
        await driver.until(lambda: driver.desk.stage == "reading", "the text")
        assert driver.cursor is not None
        assert driver.cursor[1] == LATE
        await driver.until(lambda: "12 people" in reversed_words(driver), "its words, still lit")
        await driver.press("enter")
        assert driver.desk.side.figure is not None
        assert driver.desk.side.figure.text == "12 people", "the strips stand where they stood"


async def test_an_entity_lights_all_its_mentions_and_enter_walks_them(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await to_figures(driver)
        await driver.press("tab", "l")
        found = driver.desk.side.entity
        while found is not None and found.name != "Hezbollah":
            await driver.press("k" if found.kind == "place" else "j")
            assert driver.desk.side.entity is not found
            found = driver.desk.side.entity
        assert lit(driver, present_strips.PICKED_STYLE) == ["Hezbollah"] * 3
        await driver.until(lambda: "Hezbollah · 3 mentions" in driver.text(), "how many")
        for number, passage in ((1, 0), (2, 0), (3, 17), (1, 0)):
            await driver.press("enter")
            await driver.until(lambda n=number: f"mention {n} of 3" in driver.text(), "which")  # type: ignore[misc]
            assert driver.cursor is not None
            assert driver.cursor[1] == passage
            assert driver.desk.stage == "side"


async def test_hjkl_goes_through_the_columns(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await to_figures(driver)
        await driver.press("l")
        seen = {driver.desk.side.entity.id if driver.desk.side.entity else ""}
        for key in ("j", "l", "k", "l", "h", "G", "g", "g", "h"):
            await driver.press(key)
            if driver.desk.side.entity is not None:
                seen.add(driver.desk.side.entity.id)
        assert len(seen) >= 5
        await driver.press("h", "h", "h")
        assert driver.desk.side.figure is not None or driver.desk.stage == "reading"
        await driver.press("tab", "tab", "tab")
        await driver.press("shift+tab", "shift+tab")


@pytest.mark.parametrize("size", SIZES)
async def test_e_on_an_entity_opens_its_dossier(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        await driver.press("shift+tab")
        picked = driver.desk.picked_entity
        assert picked is not None
        await driver.press("e")
        await driver.until(lambda: isinstance(driver.app.screen, EntitiesScreen), "the entities")
        screen = driver.app.screen
        assert isinstance(screen, EntitiesScreen)
        await driver.until(lambda: screen.in_dossier and screen.entity is not None, "its dossier")
        assert screen.entity is not None
        assert screen.entity.id == picked.id
        await driver.until(lambda: f"{picked.name} · " in driver.text(), "its name")


def told(driver: Driver) -> tuple[StoredArticle, Figure] | None:
    """What the ledger would open at."""
    return driver.desk.picked_figure


async def test_the_ledger_is_told_of_the_selected_figure(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        assert told(driver) is None
        await to_figures(driver)
        found = told(driver)
        assert found is not None
        assert found[0] == driver.desk.article
        assert found[1].text == "30 people"
        await driver.press("tab")
        assert told(driver) is None


@pytest.mark.parametrize("size", SIZES)
async def test_f_on_a_figure_opens_the_ledger_at_its_series(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        await to_figures(driver)
        await driver.press("j")
        found = told(driver)
        assert found is not None
        place = newsdesk.series_of(found[0].id, found[0].figures.index(found[1]))
        assert place is not None
        await driver.press("f")
        await driver.until(lambda: isinstance(driver.app.screen, LedgerScreen), "the ledger")
        screen = driver.app.screen
        assert isinstance(screen, LedgerScreen)
        await driver.until(
            lambda: screen.series.current and screen.series.current.id == place[0], "its series"
        )
        assert screen.side == "reports"
        await driver.until(lambda: "A long day" in driver.text() or "12" in driver.text(), "its report")


@pytest.mark.parametrize("size", ["medium", "narrow"])
async def test_where_the_strips_stand_for_the_text_enter_goes_there(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        await to_figures(driver)
        await driver.press("enter")
        await driver.until(lambda: driver.desk.stage == "reading", "the text")
        await driver.until(lambda: "30 people" in reversed_words(driver), "the words")


async def test_clicks_select_and_open(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await driver.pilot.click("#entities", offset=(4, 2))
        await driver.until(lambda: driver.desk.stage == "side" and driver.desk.side.entity, "an entity")
        await driver.pilot.click("#figures", offset=(4, 2))
        await driver.until(lambda: driver.desk.side.figure, "a figure")
        found = driver.desk.side.figure
        assert found is not None
        assert found.text == "12 people"
        await driver.pilot.click("#figures", offset=(4, 2))
        await driver.until(lambda: driver.desk.stage == "reading", "the text")
        assert driver.cursor is not None
        assert driver.cursor[1] == LATE


async def test_another_article_is_not_lit(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await to_figures(driver)
        await driver.press("enter")
        await driver.until(lambda: driver.desk.panes.picked, "lit words")
        await driver.press("escape", "j")
        await driver.until_shown(archive.LEAD_TITLE)
        assert not driver.desk.panes.picked
        assert not any(pane.picked for pane in driver.desk.panes.panes)


async def test_a_hidden_passage_is_said(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        await to_figures(driver)
        for key in "123456":
            await driver.press(key)
            if driver.panes() and all(entry.index != LATE for entry in driver.desk.panes.stops):
                break
        await driver.press("j", "enter")
        await driver.until(lambda: "its passage is not among the topics shown" in driver.text(), "the answer")


def stored(newsdesk: Newsdesk) -> StoredArticle:
    found = newsdesk.article(newsdesk.headlines(View(), 0, 1)[0].id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("Health Ministry", [(TOLL, TEXTS[TOLL].rindex("Health Ministry"))]),
        ("health ministry", [(TOLL, TEXTS[TOLL].rindex("Health Ministry"))]),
        ("Ministry of War", []),
        (None, []),
    ],
)
def test_the_nearest_place_where_the_text_names_the_speaker(
    newsdesk: Newsdesk, speaker: str | None, expected: list[tuple[int, int]]
) -> None:
    claim = figure(TOLL, "30 people", speaker)
    [own, *found] = present_strips.of_figure(stored(newsdesk), claim)
    assert (own.passage, own.start) == (TOLL, TEXTS[TOLL].index("30"))
    assert [(one.passage, one.start) for one in found] == expected


def test_a_speaker_named_before(newsdesk: Newsdesk) -> None:
    found = present_strips.of_figure(stored(newsdesk), figure(LATE, "12 people", "Health Ministry"))
    assert (found[1].passage, found[1].start) == (TOLL, TEXTS[TOLL].rindex("Health Ministry"))


def test_no_entities_stand_in_no_rows() -> None:
    assert present_strips.grid((), 10).height == 0
