"""What the config says of looks and keys: themes of one's own, spacing, a set of keys."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from newsdesk.config import Config, Settings, Ui
from newsdesk.desk import Newsdesk
from newsdesk.errors import ConfigError
from newsdesk.tui.ownthemes import VARIABLES, check_theme, own_themes
from newsdesk.tui.screens.picker import Picker
from tui import archive
from tui.driving import SIZES, driven

SAND = {"base": "light", "background": "#fbf6ea", "prose": "#4a4335", "topic-1": "ansi_red"}


def opened(settings: Settings, ui: Ui, **themes: dict[str, str]) -> Newsdesk:
    return archive.opened(replace(settings, config=replace(settings.config, ui=ui, themes=themes)))


async def test_a_theme_of_the_config(filled: Settings) -> None:
    newsdesk = opened(filled, Ui(theme="sand"), sand=SAND)
    async with driven(newsdesk) as driver:
        assert driver.app.theme == "sand"
        variables = driver.app.theme_variables
        assert (variables["background"], variables["prose"]) == ("#FBF6EA", "#4a4335")
        assert variables["strong"] == "#1a1e30", "its base's"
        assert driver.desk.styles.background.hex == "#FBF6EA"
        await driver.press("T")
        assert driver.app.theme != "sand"
    newsdesk.close()


@pytest.mark.parametrize(
    ("themes", "says"),
    [
        ({"sand": {"prosa": "#fff"}}, ("themes.sand.prosa", "prose")),
        ({"sand": {"prose": "beigeish"}}, ("themes.sand.prose", "beigeish")),
        ({"sand": {"base": "sepia"}}, ("themes.sand.base", "dark, light")),
        ({"nord": {}}, ("themes.nord", "already")),
        ({"newsdesk-dark": {}}, ("themes.newsdesk-dark", "already")),
    ],
)
def test_a_wrong_theme_names_its_key(themes: dict[str, dict[str, str]], says: tuple[str, str]) -> None:
    with pytest.raises(ConfigError) as caught:
        own_themes(themes)
    assert all(one in caught.value.line() for one in says)


def test_a_theme_that_is_not_there_is_told() -> None:
    check_theme("nord", {})
    check_theme("sand", {"sand": {}})
    with pytest.raises(ConfigError, match=r"ui\.theme"):
        check_theme("newsdesk-drak", {})


def test_every_variable_can_be_coloured() -> None:
    [theme] = own_themes({"all": dict.fromkeys(VARIABLES, "#123456")})
    assert set(theme.variables.values()) == {"#123456"}
    assert Config().themes == {}


@pytest.mark.parametrize("size", SIZES)
async def test_compact_rows_have_two_lines(filled: Settings, size: str) -> None:
    newsdesk = opened(filled, Ui(spacing="compact"))
    async with driven(newsdesk, size) as driver:
        rows = driver.desk.headlines
        assert rows.virtual_size.height == 2 * len(driver.titles())
        await driver.press("j", "j")
        assert rows.cursor == 2
        await driver.pilot.click(rows, offset=(5, 2))
        await driver.until(lambda: rows.cursor == 1, "the second row")
    newsdesk.close()


async def test_newsboats_keys(filled: Settings) -> None:
    newsdesk = opened(filled, Ui(keys="newsboat"))
    async with driven(newsdesk) as driver:
        await driver.press("l")
        assert driver.desk.choice.unread
        await driver.press("l", "u")
        await driver.until(lambda: isinstance(driver.app.screen, Picker), "the links")
        await driver.press("escape", "question_mark")
        await driver.until(lambda: re.search(r" l +Unread only", driver.text()), "the help")
    newsdesk.close()
