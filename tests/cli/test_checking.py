"""`feeds check` and `feeds add --discover`: real answers, good and bad, each with the way out."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import msgspec
import pytest

from cli.feeds import GAZA, rss, subscriptions
from cli.program import RULES_ONLY, Cli, Done
from servers import Answer, Server, redirect

QUICK = (
    "[fetch]\nspacing = 0.0\nconnect_timeout = 1.0\nread_timeout = 0.5\ntotal_timeout = 2.0\n" + RULES_ONLY
)
OLD = rss("Example Wire", {"Talks": [GAZA]})
FRESH = OLD.replace("Wed, 27 Mar 2024 00:00:00 GMT", format_datetime(datetime.now(UTC)))
PAGE = """<!doctype html><html><head>
<link rel="alternate" type="application/rss+xml" title="News" href="/news.xml">
<link rel="alternate" type="application/rss+xml" title="Sport" href="/sport.xml"></head>
<body>hello</body></html>"""


def checked(done: Done) -> dict[str, Any]:
    [line] = done.lines
    return msgspec.json.decode(line, type=dict[str, Any])


def test_a_good_feed_is_well(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(FRESH, etag='"1"'))
    file = cli.configure(QUICK + subscriptions(url))
    before = file.read_bytes()
    done = cli("feeds", "check")
    assert (done.status, done.err) == (0, "")
    assert done.lines[0].startswith(f"ok {url}: 1 entry, the newest of {datetime.now(UTC):%Y-}")
    assert done.lines[-1] == "1 feed · 1 well"
    assert len(server.requests) == 1
    assert file.read_bytes() == before
    assert [one.name for one in cli.home.iterdir()] == ["config.toml"]


def test_a_feed_that_was_read_is_asked_for_what_is_new_only(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(FRESH, etag='"1"'))
    cli.configure(QUICK + subscriptions(url))
    assert cli("fetch").status == 0
    done = cli("feeds", "check")
    assert (done.status, done.err) == (0, "")
    assert done.lines[0] == f"ok {url}: nothing new since it was read on {datetime.now(UTC):%Y-%m-%d}"
    assert server.requests[-1].header("If-None-Match") == '"1"'
    server.answer("/feed.xml", Answer(b"", 404))
    assert checked(cli("feeds", "check", "--json"))["problem"] == "missing"


CASES = {
    "missing": (Answer(b"", 404), "failed", "404", "feeds add --discover"),
    "gone": (Answer(b"", 410), "failed", "took it down for good", "remove it"),
    "refused": (Answer(b"", 403), "failed", "403", "browser"),
    "password": (Answer(b"", 401), "failed", "401", "`auth`"),
    "busy": (Answer(b"", 429, headers=(("Retry-After", "900"),)), "failed", "Retry-After: 900", "interval"),
    "server": (Answer(b"", 502), "failed", "502", "later"),
    "page": (Answer(PAGE, content_type="text/html"), "failed", "its feed is ", "/news.xml`"),
    "format": (Answer("just words"), "failed", "neither RSS", "check the feed's address"),
    "empty": (Answer(rss("Empty", {})), "note", "without entries", "another feed"),
    "old": (Answer(OLD), "note", "nothing new since 2024-03-27", "given up"),
    "timeout": (Answer(hang=True), "failed", "no answer within", "later"),
}


@pytest.mark.parametrize("problem", CASES)
def test_what_is_wrong_is_said_with_the_way_out(cli: Cli, server: Server, problem: str) -> None:
    answer, state, says, remedy = CASES[problem]
    url = server.answer("/feed.xml", answer)
    cli.configure(QUICK + subscriptions(url))
    done = cli("feeds", "check", "--json")
    one = checked(done)
    assert (one["url"], one["state"], one["problem"]) == (url, state, problem)
    assert says in one["says"]
    assert remedy in one["remedy"]
    assert done.status == (1 if state == "failed" else 0)


def test_a_permanent_redirect_names_the_new_address(cli: Cli, server: Server) -> None:
    url = server.answer("/old.xml", redirect("/new.xml", 301))
    new = server.answer("/new.xml", Answer(FRESH))
    cli.configure(QUICK + subscriptions(url))
    one = checked(cli("feeds", "check", "--json"))
    assert (one["state"], one["problem"], one["moved_to"]) == ("note", "moved", new)
    assert f"`newsdesk feeds add {new}`" in one["remedy"]


def test_a_private_address_and_a_host_that_is_none(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(FRESH))
    one = checked(cli("feeds", "check", "--json", url))
    assert (one["problem"], "allow_private" in one["remedy"]) == ("private", True)
    assert server.requests == ()
    done = cli("feeds", "check", "--json", "https://nowhere.invalid/feed")
    assert (checked(done)["problem"], done.status) == ("dns", 1)
    assert "none of 1 addresses answered" in done.err


def test_nobody_listens(cli: Cli, server: Server) -> None:
    url = server.url("/feed.xml")
    server.stop()
    cli.configure(QUICK + subscriptions(url))
    assert checked(cli("feeds", "check", "--json"))["problem"] == "unreachable"


def test_a_server_without_a_certificate(cli: Cli, server: Server) -> None:
    url = server.url("/feed.xml").replace("http:", "https:")
    cli.configure(QUICK + subscriptions(url))
    assert checked(cli("feeds", "check", "--json"))["problem"] == "tls"


def test_one_hung_feed_does_not_hold_the_others(cli: Cli, server: Server) -> None:
    urls = [server.answer(f"/{number}.xml", Answer(FRESH)) for number in range(6)]
    hung = server.answer("/hung.xml", Answer(hang=True))
    cli.configure(QUICK + subscriptions(hung, *urls))
    done = cli("feeds", "check")
    assert done.lines[-1] == "7 feeds · 6 well · 1 failed"
    assert [line for line in done.lines if line.startswith("WRONG")] == [
        line for line in done.lines if line.startswith(f"WRONG {hung}: ")
    ]


def test_a_server_that_asked_for_silence_is_not_asked(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(b"", 503, headers=(("Retry-After", "7200"),)))
    cli.configure(QUICK + subscriptions(url))
    cli("fetch")
    assert checked(cli("feeds", "check", "--json"))["problem"] == "busy"
    assert len(server.requests) == 1


def test_the_desks_feeds_are_checked_without_subscriptions(cli: Cli, server: Server) -> None:
    url = server.answer("/feed.xml", Answer(FRESH))
    desks = cli.configure(QUICK).parent / "desks"
    desks.mkdir()
    (desks / "harbour.toml").write_text(
        "title = 'Harbour'\n[[topics]]\nid = 'a'\ntitle = 'A'\nstrong = ['x']\n" + subscriptions(url)
    )
    done = cli("--desk", "harbour", "feeds", "check")
    assert done.lines[-1] == "1 feed · 1 well"
    assert "desk harbour suggests" in done.err
    assert cli("--desk", "harbour", "feeds", "check", "--suggested").err == ""
    cli("--desk", "harbour", "feeds", "check", "no-address").refused("no-address", "https://")
    cli("feeds", "check", "--offline").refused("--offline")


def test_hostile_words_are_cleaned(cli: Cli, server: Server) -> None:
    answer = Answer(b"", 429, headers=(("Retry-After", "\x1b]0;x\x07 [red]now"),))
    cli.configure(QUICK + subscriptions(server.answer("/feed.xml", answer)))
    done = cli("feeds", "check")
    assert "[red]now" in done.out
    assert not {"\x1b", "\x07"} & set(done.out)


def test_a_fetched_page_names_its_feeds_and_the_command(cli: Cli, server: Server) -> None:
    url = server.answer("/", Answer(PAGE, content_type="text/html"))
    cli.configure(QUICK + subscriptions(url))
    done = cli("fetch")
    assert f"`newsdesk feeds add {server.url('/news.xml')}`" in done.err
    assert server.url("/sport.xml") in done.err


# ---------------------------------------------------------------------- discovery


def added(cli: Cli) -> list[str]:
    return [
        msgspec.json.decode(line, type=dict[str, Any])["url"] for line in cli("feeds", "list", "--json").lines
    ]


def test_discovery_takes_the_pages_first_feed_and_names_the_others(cli: Cli, server: Server) -> None:
    cli.configure(QUICK)
    page = server.answer("/", Answer(PAGE, content_type="text/html"))
    news, sport = (server.answer(path, Answer(FRESH)) for path in ("/news.xml", "/sport.xml"))
    done = cli("feeds", "add", "--discover", "--allow-private", "--title", "News", page)
    assert (done.status, done.err) == (0, "")
    assert done.lines == [
        f"added {news}; `newsdesk fetch` gets its articles",
        f"the page also names {sport}",
    ]
    assert added(cli) == [news]
    assert [request.path for request in server.requests] == ["/", "/news.xml"]


def test_discovery_passes_over_a_named_feed_that_is_none(cli: Cli, server: Server) -> None:
    cli.configure(QUICK)
    page = server.answer("/", Answer(PAGE, content_type="text/html"))
    sport = server.answer("/sport.xml", Answer(FRESH))
    assert cli("feeds", "add", "--discover", "--allow-private", page).status == 0
    assert added(cli) == [sport]


def test_discovery_of_a_feed_is_that_feed_and_of_a_bare_page_a_usual_place(cli: Cli, server: Server) -> None:
    cli.configure(QUICK)
    feed = server.answer("/rss.xml", Answer(FRESH))
    assert cli("feeds", "add", "--discover", "--allow-private", feed).status == 0
    cli("feeds", "remove", feed)
    bare = server.answer("/", Answer("<html><body>x</body></html>", content_type="text/html"))
    assert cli("feeds", "add", "--discover", "--allow-private", bare).status == 0
    assert added(cli) == [feed]


def test_where_no_feed_is_found_nothing_changes(cli: Cli, server: Server) -> None:
    file = cli.configure(QUICK)
    page = server.answer("/", Answer("<html><body>x</body></html>", content_type="text/html"))
    before = file.read_bytes()
    done = cli("feeds", "add", "--discover", "--allow-private", page)
    assert (done.status, done.out) == (1, "")
    assert "names no feed" in done.err
    done = cli("feeds", "add", "--discover", server.url("/"))
    assert "private address" in done.err
    assert file.read_bytes() == before
    cli("feeds", "add", "--discover", "--offline", page).refused("--offline")


def test_a_page_opens_no_door_to_another_private_host(cli: Cli, server: Server) -> None:
    cli.configure(QUICK)
    with Server("127.0.0.2") as other:
        inner = other.answer("/inner.xml", Answer(FRESH))
        page = server.answer("/", Answer(PAGE.replace("/news.xml", inner), content_type="text/html"))
        server.answer("/sport.xml", Answer(FRESH))
        assert cli("feeds", "add", "--discover", "--allow-private", page).status == 0
        assert other.requests == ()
    assert added(cli) == [server.url("/sport.xml")]


def test_adding_asks_nobody(cli: Cli, server: Server) -> None:
    cli("feeds", "add", "--allow-private", server.answer("/feed.xml", Answer(FRESH)))
    assert server.requests == ()


def test_a_terminal_shows_how_far_it_is(cli: Cli, server: Server) -> None:
    quick = server.answer("/quick.xml", Answer(FRESH))
    slow = server.answer("/slow.xml", Answer(FRESH, hang=True))
    cli.configure(QUICK.replace("0.5", "30").replace("= 2.0", "= 60.0") + subscriptions(quick, slow))
    with cli.terminal("feeds", "check") as terminal:
        terminal.wait_for("checking", "1/2", f"ok {quick}: 1 entry")
        server.release()
        terminal.wait_for("2 feeds · 2 well")
