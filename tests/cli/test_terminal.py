"""The command line on a real terminal: styles, wrapping, the progress bar."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.feeds import BAKERY, LEBANON, rss, subscriptions
from cli.program import RULES_ONLY, Cli
from servers import Answer, Server

pytestmark = pytest.mark.e2e

COLOUR = re.compile(rb"\x1b\[[0-9;]*\b(3[0-7]|38|9[0-7])[0-9;]*m")
WEIGHT = re.compile(rb"\x1b\[[0-9;]*\b[14][0-9;]*m")


@pytest.fixture
def article(tmp_path: Path, cli: Cli) -> str:
    cli.configure(RULES_ONLY)
    file = tmp_path / "article.txt"
    file.write_text(f"{LEBANON} {LEBANON}\n\n{BAKERY}\n", encoding="utf-8")
    return str(file)


def test_read_is_styled_and_wrapped(cli: Cli, article: str) -> None:
    with cli.on_terminal("read", article, columns=60) as terminal:
        assert COLOUR.search(terminal.sent)
        assert "━━ 0 Unsorted · 1 passage ━━━━━━" in terminal.screen
        assert BAKERY in terminal.screen
        assert LEBANON not in terminal.screen
        assert LEBANON in " ".join(terminal.screen.text.split())


def test_no_color(cli: Cli, article: str) -> None:
    with cli.on_terminal("read", article, columns=60, env={"NO_COLOR": "1"}) as terminal:
        assert not COLOUR.search(terminal.sent)
        assert WEIGHT.search(terminal.sent)


def test_plain(cli: Cli, article: str) -> None:
    with cli.on_terminal("read", "--plain", article) as terminal:
        assert b"\x1b" not in terminal.sent
        assert "## 0 Unsorted · 1 passage" in terminal.screen


def test_fetch_shows_its_progress_and_takes_it_away(cli: Cli, server: Server) -> None:
    slow = server.answer("/slow.xml", Answer(rss("Slow", {}), hang=True))
    quick = server.answer("/quick.xml", Answer(rss("Quick", {"Rockets": [LEBANON]})))
    cli.configure("[fetch]\nspacing = 0.0\n" + RULES_ONLY + subscriptions(slow, quick))
    with cli.terminal("fetch") as terminal:
        terminal.wait_for("refreshing", "1/2", f"new {quick}: 1 new, 0 changed")
        server.release()
        assert terminal.wait_exit() == 0, terminal.screen.text
        assert "2 feeds · 1 new article, 0 changed" in terminal.screen
        assert "refreshing" not in terminal.screen
    with cli.on_terminal("search", "rockets") as terminal:
        assert "Rockets" in terminal.screen
        assert LEBANON in terminal.screen
        assert b"\x1b[1;7m" in terminal.sent
    with cli.on_terminal("feeds", "list") as terminal:
        assert "Quick  1 unread of 1" in terminal.screen


def test_a_wrong_key_is_said_before_the_interface_opens(cli: Cli) -> None:
    file = cli.configure('[keys]\nzom = "z"\n')
    with cli.terminal(columns=200) as terminal:
        assert terminal.wait_exit() == 2
        line = f"newsdesk: {file}: keys: there is no action 'zom'; did you mean 'zoom'?"
        assert line in " ".join(terminal.screen.text.split())
        assert b"\x1b[?1049h" not in terminal.sent


def test_doctor_knows_the_terminal(cli: Cli) -> None:
    with cli.on_terminal("doctor") as terminal:
        assert "ok terminal: TERM=xterm-256color, truecolor, utf-8" in terminal.screen


def test_figures_and_topics_are_styled(cli: Cli, server: Server) -> None:
    toll = "Seven people were killed in Lebanon on Wednesday, the Health Ministry said."
    url = server.answer("/quick.xml", Answer(rss("Quick", {"Rockets": [LEBANON, toll]})))
    cli.configure("[fetch]\nspacing = 0.0\n" + RULES_ONLY + subscriptions(url))
    assert cli("fetch").status == 0
    with cli.on_terminal("figures") as terminal:
        assert "unattributed, in Quick" in terminal.screen
        assert COLOUR.search(terminal.sent)
    with cli.on_terminal("entities") as terminal:
        assert "Lebanon place" in terminal.screen
    with cli.on_terminal("topics", "relabel", "climate") as terminal:
        assert "1 article labelled anew with desk climate" in terminal.screen
        assert "labelling anew" not in terminal.screen
    with cli.on_terminal("topics", "list") as terminal:
        assert "2 Lebanon front  lebanon-front" in terminal.screen
    with cli.on_terminal("topics", "test", "israel-hamas") as terminal:
        assert b"\x1b[1;7mhezbollah*" in terminal.sent
