"""`feeds list`, `add` and `remove`."""

from __future__ import annotations

import tomllib
from typing import Any

import msgspec

from cli.feeds import GAZA, rss
from cli.program import RULES_ONLY, Cli
from servers import Answer, Server

ONE = "https://example.org/feed.xml"
TWO = "https://example.net/atom"


def listed(cli: Cli) -> list[dict[str, Any]]:
    done = cli("feeds", "list", "--json")
    assert (done.status, done.err) == (0, "")
    return [msgspec.json.decode(line, type=dict[str, Any]) for line in done.lines]


def test_add_list_remove(cli: Cli) -> None:
    added = cli("feeds", "add", "--title", "Example Wire", "--tag", "wire", "--tag", "en", ONE)
    assert (added.status, added.out) == (0, f"added {ONE}; `newsdesk fetch` gets its articles\n")
    assert cli("feeds", "add", TWO, "--allow-private").status == 0
    one, two = listed(cli)
    assert (one["url"], one["title"], one["tags"], one["allow_private"]) == (
        ONE,
        "Example Wire",
        ["wire", "en"],
        False,
    )
    assert (two["url"], two["allow_private"], two["articles"], two["last_poll"]) == (TWO, True, 0, None)
    removed = cli("feeds", "remove", ONE)
    assert (removed.status, removed.out) == (0, f"removed {ONE}; its articles stay in the archive\n")
    assert [feed["url"] for feed in listed(cli)] == [TWO]


def test_the_config_keeps_its_comments(cli: Cli) -> None:
    file = cli.configure(f"# mine\n{RULES_ONLY}# the wire\n[[feeds]]\nurl = '{ONE}' # daily\n")
    assert cli("feeds", "add", TWO).status == 0
    text = file.read_text()
    assert all(comment in text for comment in ("# mine", "# the wire", "# daily"))
    assert [feed["url"] for feed in tomllib.loads(text)["feeds"]] == [ONE, TWO]


def test_plain_list_has_columns(cli: Cli) -> None:
    cli("feeds", "add", "--title", "Example Wire", "--tag", "wire", "--tag", "en", ONE)
    assert cli("feeds", "list").lines == [f"{ONE}\tExample Wire\t0/0\twire,en\t"]


def test_no_feeds(cli: Cli) -> None:
    done = cli("feeds", "list")
    assert (done.status, done.out) == (0, "")
    assert done.err == "newsdesk: there are no feeds; `newsdesk feeds add URL` adds one\n"


def test_added_twice(cli: Cli) -> None:
    cli("feeds", "add", ONE)
    before = (cli.home / "config.toml").read_bytes()
    cli("feeds", "add", ONE).refused(ONE, "already")
    assert (cli.home / "config.toml").read_bytes() == before


def test_no_address(cli: Cli) -> None:
    for url in ("example.org/feed", "javascript:alert(1)", "ftp://example.org/", ""):
        cli("feeds", "add", url).refused("config.toml", repr(url), "https://")
        assert not (cli.home / "config.toml").exists()


def test_an_unknown_feed_names_the_nearest(cli: Cli) -> None:
    cli("feeds", "add", ONE)
    cli("feeds", "remove", ONE + "/").refused("no feed", f"did you mean {ONE}?")
    cli.configure(RULES_ONLY)
    cli("feeds", "remove", ONE).refused("no feed", ONE)


def test_articles_outlive_their_feed(cli: Cli, server: Server) -> None:
    cli.configure(RULES_ONLY)
    url = server.answer("/feed.xml", Answer(rss("Example Wire", {"Talks": [GAZA]})))
    cli("feeds", "add", "--allow-private", url)
    assert cli("fetch").status == 0
    [feed] = listed(cli)
    assert (feed["title"], feed["articles"], feed["unread"], feed["error"]) == ("Example Wire", 1, 1, "")
    assert feed["next_due"] > feed["last_poll"]
    cli("feeds", "remove", url)
    assert GAZA in cli("search", "qatar").out
