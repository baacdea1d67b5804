"""`fetch`: real feeds on loopback, good and bad."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cli.feeds import BAKERY, GAZA, LEBANON, rss, subscriptions
from cli.program import RULES_ONLY, Cli, Done
from servers import Answer, Server

QUICK = (
    "[fetch]\nspacing = 0.0\nconnect_timeout = 1.0\nread_timeout = 0.5\ntotal_timeout = 2.0\n" + RULES_ONLY
)
GOOD = rss("Example Wire", {"Talks go on": [GAZA, BAKERY], "Rockets": [LEBANON]})

BAD = {
    "html": (
        Answer("<!doctype html><html><body>Welcome</body></html>", content_type="text/html"),
        "web page",
    ),
    "empty": (Answer(b""), "empty"),
    "broken": (Answer(GOOD[: GOOD.index("<item>")]), "broken XML"),
    "cut off": (Answer(GOOD[: GOOD.index("</title><link>https://example.org/0")]), "broken XML"),
    "missing": (Answer(b"no", 404), "404"),
    "failing": (Answer(b"no", 500), "500"),
    "hanging": (Answer(hang=True), ""),
    "dripping": (Answer(GOOD, drip=0.2), ""),
    "cut": (Answer(GOOD, cut=1000), ""),
}


def feeds(done: Done) -> dict[str, dict[str, Any]]:
    records = [msgspec.json.decode(line, type=dict[str, Any]) for line in done.lines]
    return {record["url"]: record for record in records}


def texts(cli: Cli, query: str) -> list[str]:
    found = cli("search", "--json", query)
    return [msgspec.json.decode(line, type=dict[str, Any])["text"] for line in found.lines]


def test_a_feed_arrives(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(GOOD, etag='"1"'))
    cli.configure(QUICK + subscriptions(url))
    done = cli("fetch")
    assert (done.status, done.err) == (0, "")
    assert done.lines[0] == f"new {url}: 2 new, 0 changed"
    assert done.lines[-1].startswith("1 feed · 2 new articles, 0 changed · next refresh ")
    assert texts(cli, "hezbollah rockets") == [LEBANON]
    assert texts(cli, "bakery") == [BAKERY]


def test_json_is_a_line_a_feed(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(GOOD, etag='"1"'))
    cli.configure(QUICK + subscriptions(url))
    done = cli("fetch", "--json")
    assert (done.status, done.err) == (0, "")
    record = feeds(done)[url]
    assert set(record) == {"url", "state", "new", "changed", "error", "next_due", "bytes", "ms"}
    assert (record["state"], record["new"], record["changed"], record["error"]) == ("new", 2, 0, "")
    assert record["next_due"].endswith("Z")


def test_what_is_not_due_is_not_asked(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(GOOD, etag='"1"'))
    cli.configure(QUICK + subscriptions(url))
    cli("fetch")
    again = cli("fetch", "--json")
    assert (again.status, feeds(again)[url]["state"]) == (0, "not-due")
    assert len(server.requests) == 1
    assert "1 not due yet" in cli("fetch").lines[-1]


def test_force_asks_conditionally(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(GOOD, etag='"1"'))
    cli.configure(QUICK + subscriptions(url))
    cli("fetch")
    again = cli("fetch", "--force", "--json")
    assert (again.status, feeds(again)[url]["state"]) == (0, "unchanged")
    assert [request.header("If-None-Match") for request in server.requests] == [None, '"1"']


def test_only_the_chosen_feed(cli: Cli, server: Server) -> None:
    urls = [server.answer(f"/{name}.xml", Answer(GOOD)) for name in ("one", "two", "three")]
    cli.configure(QUICK + subscriptions(*urls))
    done = cli("fetch", "--feed", urls[1], "--json", "--feed", urls[2])
    assert set(feeds(done)) == set(urls[1:])
    assert {request.path for request in server.requests} == {"/two.xml", "/three.xml"}


def test_a_feed_that_is_not_subscribed_names_the_nearest(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(GOOD))
    cli.configure(QUICK + subscriptions(url))
    cli("fetch", "--feed", url.replace("feed.xml", "feed.xm")).refused(
        "no feed of yours", f"did you mean {url}?"
    )
    assert server.requests == ()


def test_without_feeds_the_way_out_is_named(cli: Cli) -> None:
    cli("fetch").refused("config.toml", "no feeds", "newsdesk config init", "newsdesk feeds add URL")
    cli.configure(RULES_ONLY)
    cli("fetch", "--json").refused("no feeds")


def test_offline_nothing_is_asked(cli: Cli, server: Server) -> None:
    cli.configure(QUICK + subscriptions(server.answer("/feed.xml", Answer(GOOD))))
    cli("fetch", "--offline").refused("leave out --offline")
    assert server.requests == ()


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_feed_is_one_line_and_stops_no_other(cli: Cli, server: Server, kind: str) -> None:
    answer, word = BAD[kind]
    good = server.answer("/good.xml", Answer(GOOD))
    bad = server.answer("/bad.xml", answer)
    cli.configure(QUICK + subscriptions(bad, good))
    done = cli("fetch")
    assert done.status == 1
    assert done.err.count("\n") == 1
    assert done.err.startswith(f"newsdesk: {bad}: ")
    assert len(done.err) > len(f"newsdesk: {bad}: ") + 5
    assert word in done.err
    assert f"new {good}: 2 new, 0 changed" in done.lines
    assert "1 failed" in done.lines[-1]
    assert texts(cli, "bakery") == [BAKERY]


@pytest.mark.parametrize("kind", BAD)
def test_a_feed_that_turns_bad_loses_nothing(cli: Cli, server: Server, kind: str) -> None:
    answer, word = BAD[kind]
    url = server.answer("/feed.xml", Answer(GOOD, etag='"1"'), answer)
    cli.configure(QUICK + subscriptions(url))
    cli("fetch")
    done = cli("fetch", "--force", "--json")
    record = feeds(done)[url]
    assert (done.status, record["state"], record["new"]) == (1, "failed", 0)
    assert word in record["error"]
    assert "\n" not in record["error"]
    assert done.err == f"newsdesk: {url}: {record['error']}\n"
    assert texts(cli, "rockets") == [LEBANON]
    listed = msgspec.json.decode(cli("feeds", "list", "--json").out, type=dict[str, Any])
    assert (listed["error"], listed["articles"]) == (record["error"], 2)


def test_a_feed_that_is_gone_is_named_and_asked_no_more(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(GOOD), Answer(b"gone", 410))
    cli.configure(QUICK + subscriptions(url))
    cli("fetch")
    done = cli("fetch", "--force")
    assert done.lines[0] == f"gone {url}: polled no more; `newsdesk feeds remove` unsubscribes"
    assert cli("fetch", "--force", "--json").status == 0
    assert len(server.requests) == 2
    assert texts(cli, "rockets") == [LEBANON]


def test_nobody_listens(cli: Cli, server: Server) -> None:
    url = server.url("/feed.xml")
    server.stop()
    cli.configure(QUICK + subscriptions(url))
    done = cli("fetch")
    assert done.status == 1
    assert done.err.startswith(f"newsdesk: {url}: ")


def test_a_private_address_needs_leave(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(GOOD))
    cli.configure(QUICK + f'\n[[feeds]]\nurl = "{url}"\n')
    done = cli("fetch")
    assert done.status == 1
    assert url in done.err
    assert server.requests == ()


def test_hostile_titles_are_printed_as_words(cli: Cli, server: Server) -> None:
    title = "[Live] talks [/] x [@click=app.bell()]go[/] \x9d52;c;eA==\x9c\u202eend"
    url = server.answer("/feed.xml", Answer(rss(title, {title: [GAZA]})))
    cli.configure(QUICK + subscriptions(url))
    cli("fetch")
    for arguments in (["search", "gaza"], ["search", "--json", "gaza"], ["feeds", "list"], ["read", "1"]):
        done = cli(*arguments)
        assert done.status == 0
        assert "[Live] talks [/] x [@click=app.bell()]go[/]" in done.out
        assert not {"\x9d", "\x9c", "\u202e", "\x1b"} & set(done.out)


def test_the_real_program(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(GOOD))
    cli.configure(QUICK + subscriptions(url, server.url("/none.xml")))
    done = cli.process("fetch", "--json")
    assert done.status == 1
    assert {record["state"] for record in feeds(done).values()} == {"new", "failed"}
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
