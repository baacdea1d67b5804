"""The Entities screen: list, kinds, words, topics, dossiers, and the way to the passage on the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.theme import BUILTIN_THEMES
from textual.widgets import Input

from newsdesk.config import Settings
from newsdesk.desk import Newsdesk
from newsdesk.models import Block, Entity, EntityKind, Mention
from newsdesk.tui import present
from newsdesk.tui.screens.desk import DeskScreen
from newsdesk.tui.screens.entities import EntitiesPlace, EntitiesScreen
from newsdesk.tui.themes import variables_for
from tui import archive
from tui.driving import SIZES, Driver, driven

WORDS = "Envoys of Hezbollah met Naim Qassem in Beirut while the Lebanese watched the Cedar Summit."
NAMES: dict[str, EntityKind] = {
    "Hezbollah": "organization",
    "Naim Qassem": "person",
    "Beirut": "place",
    "Lebanese": "group",
    "Cedar Summit": "event",
}
HOSTILE = "[b]Bad[/b] [@click=app.quit]x[/] \x1b]0;t\x07 \u202eend"


def mention(text: str, name: str, passage: int = 0) -> Mention:
    start = text.index(name)
    return Mention(passage, start, start + len(name), name)


@pytest.fixture
def newsdesk(filled: Settings) -> Newsdesk:
    """The lead, and 30 articles with a name of each kind; Beirut in another passage of the first of them."""
    stories = [
        archive.Story(f"Envoys {n}", (Block("paragraph", WORDS), Block("paragraph", "Beirut was calm.")))
        for n in range(30)
    ]
    for n, article in enumerate(archive.fill(filled.paths, filled, stories)):
        entities = [
            Entity(f"{kind}/{name.lower()}", name, kind, (mention(WORDS, name),), aliases=(f"{name} II",))
            for name, kind in NAMES.items()
        ]
        if n == 0:
            place = entities[2]
            more = Mention(1, 0, 6, "Beirut")
            entities[2] = replace(place, mentions=(*place.mentions, more))
        archive.save_deep(filled.paths, filled, article, entities, [])
    return archive.opened(filled)


async def shown(driver: Driver, *keys: str) -> EntitiesScreen:
    await driver.press(*(keys or ("e",)))
    await driver.until(lambda: isinstance(driver.app.screen, EntitiesScreen), "the Entities screen")
    screen = driver.app.screen
    assert isinstance(screen, EntitiesScreen)
    await driver.until(lambda: "by mentions" in driver.text() or " entities" in driver.text(), "its header")
    return screen


def names(screen: EntitiesScreen) -> list[str]:
    return [row.name for row in screen.list.rows]


@pytest.mark.parametrize("size", SIZES)
async def test_entities_by_mentions(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        screen = await shown(driver)
        assert names(screen)[:2] == ["Beirut", "Hezbollah"] or names(screen)[:2] == ["Hezbollah", "Beirut"]
        text = driver.text()
        for name, kind in NAMES.items():
            assert f"{present.ENTITY_MARKS[kind]} {name}" in text
            assert f" {kind} · {name} II" in text
        assert "in 30 articles" in text
        assert "▲ places 2" in text
        assert f"entity 1 of {len(NAMES) + 1}" in text


async def test_kinds_go_round_and_are_shown(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        seen = []
        for _ in range(6):
            await driver.press("K")
            seen.append(screen.kind)
        assert seen == ["person", "organization", "place", "group", "event", None]
        await driver.press("[", "[")
        assert names(screen) == ["Lebanese"]
        await driver.until(lambda: "entity 1 of 1" in driver.text(), "the place")
        await driver.until(lambda: "30 mentions in 30 articles" in driver.text(), "the dossier follows")


@pytest.mark.parametrize("size", SIZES)
async def test_narrowing_by_name_while_typing(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        screen = await shown(driver)
        await driver.press("i", *"qas")
        await driver.until(lambda: names(screen) == ["Naim Qassem"], "the name")
        await driver.press("enter")
        await driver.until(lambda: screen.list.has_focus, "the list")
        assert screen.choice.words == "qas"
        await driver.press("escape")
        await driver.until(lambda: len(names(screen)) > 1, "all of them")
        assert driver.app.screen is screen
        await driver.press("i", *"zz")
        await driver.until(lambda: "No entity matches." in driver.text(), "the lesson")
        assert "drops the words “zz”" in driver.text()
        assert screen.query_one("#names", Input).has_focus
        await driver.press("escape", "escape")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")


async def test_a_topics_digit_counts_in_its_passages(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        await driver.press("4")
        await driver.until(lambda: names(screen) == ["Gaza"], "what is named under Casualties")
        assert "in the newest 4,000 passages" in driver.text()
        await driver.press("a")
        await driver.until(lambda: len(names(screen)) > 1, "all topics")


async def test_the_dossier_follows_the_resting_cursor_and_opens_a_passage(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver, "e")
        await driver.press("i", *"beirut", "enter")
        await driver.until(lambda: screen.dossier.entity and screen.dossier.entity.name == "Beirut", "it")
        assert screen.dossier.total == 31
        await driver.press("l", "G")
        await driver.until(lambda: screen.dossier.place == 30, "its end")
        hit = screen.dossier.hit
        assert hit is not None
        assert "passage 31 of 31" in driver.text()
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
        await driver.until(lambda: driver.cursor == (hit.article.id, hit.passage), "the passage")
        back = await shown(driver, "e")
        await driver.until(lambda: back.in_dossier and back.dossier.current == hit.key, "where it stood")
        assert back.choice.words == "beirut"
    newsdesk.close()


async def test_where_it_stood_may_be_gone(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        for gone in (
            EntitiesPlace(entity="person/nobody"),
            EntitiesPlace(kind="event", entity="place/beirut"),
        ):
            driver.desk._leave_entities(gone)
            screen = await shown(driver)
            assert not screen.in_dossier
            assert screen.list.rows
            await driver.press("escape")
            await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
    newsdesk.close()


@pytest.mark.parametrize("size", ["medium", "narrow"])
async def test_list_then_dossier(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        screen = await shown(driver)
        await driver.press("enter")
        await driver.until(lambda: "Sample Wire" in driver.text(), "the dossier")
        assert not screen.list.display
        assert "31 mentions in 30 articles" in driver.text() or "30 mentions" in driver.text()
        await driver.press("j", "escape")
        await driver.until(lambda: screen.list.display, "the list")
        await driver.press("q")
        await driver.until(lambda: driver.app.screen is driver.desk, "the desk")
    newsdesk.close()


@pytest.mark.parametrize("theme", ["newsdesk-dark", "newsdesk-light"])
async def test_the_name_is_lit_in_its_passages(newsdesk: Newsdesk, theme: str) -> None:
    async with driven(newsdesk) as driver:
        driver.app.theme = theme
        screen = await shown(driver)
        await driver.press("i", *"qassem", "enter", "l")
        await driver.until(
            lambda: screen.dossier.entity and screen.dossier.entity.name == "Naim Qassem", "it"
        )
        await driver.until(lambda: "watched the Cedar Summit" in driver.text(), "its passages")
        strips = screen.dossier.render_lines(screen.dossier.size.region)
        lit = [
            segment.text
            for strip in strips
            for segment in strip
            if segment.style and segment.style.bold and segment.style.underline
        ]
        assert set(lit) == {"Naim Qassem"}
    newsdesk.close()


async def test_a_speakers_figures_stand_in_its_dossier(newsdesk: Newsdesk) -> None:
    settings = newsdesk.settings
    (article,) = archive.fill(settings.paths, settings, [archive.Story("Toll", archive.LEAD)])
    _, figures = archive.lead_findings()
    toll = archive.LEAD[6].text
    ministry = Entity(
        "organization/health-ministry",
        "Health Ministry",
        "organization",
        (mention(toll, "Health Ministry", 6),),
    )
    archive.save_deep(settings.paths, settings, article, [ministry], figures)
    async with driven(newsdesk) as driver:
        await shown(driver)
        await driver.press("i", *"health", "enter")
        await driver.until(lambda: "# > 32,400 people killed" in driver.text(), "the figure")
        assert "says Health Ministry" in driver.text()
    newsdesk.close()


async def test_copies_the_passage_or_the_names(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        await driver.press("i", *"beirut", "enter", "y")
        await driver.until(lambda: driver.app.clipboard.startswith("Beirut (place): 31 mentions"), "names")
        await driver.until(lambda: screen.dossier.entity is not None, "the dossier")
        await driver.press("l", "y")
        await driver.until(lambda: "— Sample Wire" in driver.app.clipboard, "the passage")
        await driver.press("o")
        await driver.until(lambda: "offline: the page is not opened" in driver.text(), "no browser")
    newsdesk.close()


async def test_the_mouse(newsdesk: Newsdesk) -> None:
    async with driven(newsdesk) as driver:
        screen = await shown(driver)
        third = screen.list.rows[2]
        await driver.pilot.click("#list", offset=(6, 4))
        await driver.until(lambda: screen.list.current == third, "the row")
        await driver.pilot.click("#list", offset=(6, 4))
        await driver.until(lambda: screen.in_dossier and screen.dossier.entity == third, "its dossier")
        await driver.pilot.click("#kinds", offset=(14, 0))
        await driver.until(lambda: screen.kind == "person", "a kind")
        await driver.pilot.click("#topics", offset=(14, 0))
        await driver.until(lambda: screen.choice.topics, "a topic")
    newsdesk.close()


def test_kinds_differ_without_colour() -> None:
    styles = [*present.ENTITY_STYLES.values(), "", present.FIGURE_STYLE]
    signs = {frozenset(word for word in style.split() if not word.startswith("$")) for style in styles}
    assert len(signs) == len(present.ENTITY_MARKS) + 2
    assert len(set(present.ENTITY_MARKS.values())) == len(present.ENTITY_MARKS)


def test_sixteen_colours_are_seen_on_a_light_ground() -> None:
    variables = variables_for(BUILTIN_THEMES["ansi-light"])
    foregrounds = {name: hue for name, hue in variables.items() if name not in ("figure-back", "cursor-back")}
    assert not {"ansi_white", "ansi_bright_yellow", "ansi_bright_cyan"} & set(foregrounds.values())
    assert variables.keys() == variables_for(BUILTIN_THEMES["ansi-dark"]).keys()


@pytest.mark.parametrize("size", ["wide", "narrow"])
async def test_help_says_what_the_marks_are(newsdesk: Newsdesk, size: str) -> None:
    async with driven(newsdesk, size) as driver:
        for opener in ((), ("e",)):
            await driver.press(*opener, "question_mark")
            await driver.until(lambda: driver.app.screen.query("#window"), "the help")
            driver.app.screen.query_one("#window").scroll_end(animate=False, force=True)
            await driver.until(
                lambda: "◆ person" in driver.text() and "# figure" in driver.text(), "the marks"
            )
            await driver.press("escape")


@pytest.mark.parametrize("size", SIZES)
async def test_without_entities_it_teaches(tmp_path: Path, size: str) -> None:
    settings = archive.settings(tmp_path)
    for article in archive.fill(settings.paths, settings, archive.others()):
        archive.save_deep(settings.paths, settings, article, [], [])
    newsdesk = archive.opened(settings)
    async with driven(newsdesk, size) as driver:
        await shown(driver)
        await driver.until(lambda: "No entities yet" in driver.text(), "the lesson")
    newsdesk.close()


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_and_words(tmp_path: Path, size: str) -> None:
    settings = archive.settings(tmp_path)
    story = archive.Story(HOSTILE, (Block("paragraph", f"{HOSTILE} spoke. " * 20),))
    (article,) = archive.fill(settings.paths, settings, [story])
    entity = Entity(
        "person/bad", HOSTILE, "person", (Mention(0, 0, len(HOSTILE), HOSTILE),), aliases=(HOSTILE * 3,)
    )
    archive.save_deep(settings.paths, settings, article, [entity], [])
    newsdesk = archive.opened(settings)
    async with driven(newsdesk, size) as driver:
        await shown(driver)
        await driver.press("enter", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, DeskScreen), "the desk")
        await shown(driver, "e")
        text = driver.text()
        assert "[b]Bad[/b]" in text
        assert not any(sign in text for sign in "\x1b\x07\u202e")
    newsdesk.close()
