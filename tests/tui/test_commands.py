"""The registry: complete, without clashes, and the config's `[keys]` laid over it."""

from __future__ import annotations

import re

import pytest

from newsdesk.errors import ConfigError
from newsdesk.tui import commands
from newsdesk.tui.commands import (
    BY_ID,
    COMMANDS,
    PRESETS,
    bindings,
    check_keys,
    key_table,
    normal_key,
    show_keys,
    with_preset,
)
from newsdesk.tui.screens.board import BoardScreen
from newsdesk.tui.screens.desk import DeskScreen
from newsdesk.tui.screens.entities import EntitiesScreen
from newsdesk.tui.screens.feed_form import FeedForm
from newsdesk.tui.screens.feeds import FeedsScreen
from newsdesk.tui.screens.ledger import LedgerScreen
from newsdesk.tui.screens.name_form import NameForm
from newsdesk.tui.screens.news import NewsScreen
from newsdesk.tui.screens.picker import Picker
from newsdesk.tui.screens.popup import Popup
from newsdesk.tui.screens.search import SearchScreen


def test_ids_are_kebab_case_and_unique() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", command.id) for command in COMMANDS)
    assert all(command.group in commands.GROUPS for command in COMMANDS)


@pytest.mark.parametrize(
    ("screen", "kind"),
    [
        ("desk", DeskScreen),
        ("popup", Popup),
        ("feeds", FeedsScreen),
        ("board", BoardScreen),
        ("changes", NewsScreen),
        ("entities", EntitiesScreen),
        ("ledger", LedgerScreen),
        ("form", FeedForm),
        ("form", NameForm),
        ("search", SearchScreen),
        ("picker", Picker),
    ],
)
def test_every_command_has_its_action(screen: str, kind: type) -> None:
    for command in commands.commands(screen):
        assert callable(getattr(kind, f"action_{command.action}", None)), command.id


def test_the_registry_has_no_clash() -> None:
    check_keys({})


def test_keys_of_the_issue_are_there() -> None:
    keys = {key for bound in bindings("desk") for key in bound.keys}
    wanted = [*"123456789", "0", *"ajkhlgGnpNuzHwrRoysiTq", "?", "ctrl+p", "ctrl+z", "ctrl+d", "ctrl+u"]
    assert {normal_key(key) for key in wanted} <= keys
    assert {"enter", "escape", "tab", "up", "down", "left", "right", "alt+1"} <= keys


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        ({"next-unred": "x"}, "next-unread"),
        ({"xyzzy": "x"}, "`?`"),
        ({"next-unread": "p"}, "previous-unread"),
        ({"next-unread": "ctrl+shft+x"}, "ctrl+shft+x"),
        ({"next-unread": ""}, "no key"),
        ({"next-unread": "g"}, "top"),
        ({"topic": "f1,f2,f3,f4,f5,f6,f7,f8,f9,f10"}, "at most 9"),
        ({"scroll-down": "q"}, "close"),
        ({"help": "question_mark, a"}, "all-topics"),
        ({"bottom": "G H"}, "no key"),
    ],
)
def test_wrong_keys_name_action_and_way_out(overrides: dict[str, str], says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_keys(overrides)
    assert says in caught.value.line()


@pytest.mark.parametrize(
    "overrides",
    [
        {"next-unread": "p", "previous-unread": "n"},
        {"next-unread": "space, comma"},
        {"top": "home", "help": "g"},
        {"topic": "f1,f2,f3"},
        {"bottom": "$, G"},
        {"top": "0 0", "unsorted": "f10"},
    ],
)
def test_good_keys_pass(overrides: dict[str, str]) -> None:
    check_keys(overrides)


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_have_no_clash(preset: str) -> None:
    check_keys(with_preset(preset, {}))


def test_the_readers_own_keys_are_laid_over_a_preset() -> None:
    keys = with_preset("newsboat", {"links": "f2", "unread-only": "u"})
    bound = {one.id: one.keys for one in bindings("desk", keys)}
    assert (bound["links"], bound["unread-only"], bound["feeds"]) == (("f2",), ("u",), ("E",))
    with pytest.raises(ConfigError) as caught:
        check_keys(with_preset("newsboat", {"highlights": "u"}))
    assert "'highlights'" in caught.value.line()
    assert "'links'" in caught.value.line()


def test_overrides_replace_all_keys_of_an_action() -> None:
    bound = {one.id: one.keys for one in bindings("desk", {"top": "f2", "topic": "f3,f4", "help": "$"})}
    assert bound["top"] == ("f2",)
    assert "top-twice" not in bound
    assert (bound["topic-1"], bound["topic-2"]) == (("f3",), ("f4",))
    assert "topic-3" not in bound
    assert bound["help"] == ("dollar_sign",)
    assert show_keys(BY_ID["topic"], {"topic": "f3,f4"}) == "F3 F4"
    assert show_keys(BY_ID["topic"]) == "1-9"
    assert show_keys(BY_ID["half-down"]) == "^d PgDn"


def test_key_table_has_every_command() -> None:
    table = key_table()
    assert all(f"`{command.id}`" in table and command.help in table for command in COMMANDS)
