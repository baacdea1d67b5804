"""`read ID --changes`: the last two versions of an article that a feed brought."""

from __future__ import annotations

import pytest

from cli.feeds import BAKERY, rss, subscriptions
from cli.program import RULES_ONLY, Cli
from servers import Answer, Server

BEFORE = "The Health Ministry said 30 people were killed in Rafah."
AFTER = "The Civil Defence said 35 people were killed in Rafah."


def changed(cli: Cli, server: Server) -> str:
    """Fetch an article, find its figures, fetch it changed; its id."""
    url = server.answer("/feed.xml", Answer(rss("Example Wire", {"Toll": [BEFORE, BAKERY]})))
    cli.configure("[fetch]\nspacing = 0.0\n" + subscriptions(url))
    assert cli("fetch").status == 0
    article = cli("search", "killed").out.partition("\t")[0]
    assert "has not changed" in cli("read", article, "--changes").err
    server.answer("/feed.xml", Answer(rss("Example Wire", {"Toll": [AFTER, BAKERY]})))
    assert cli("fetch", "--force").status == 0
    return article


def test_figures_and_speakers_first(cli: Cli, server: Server) -> None:
    article = changed(cli, server)
    done = cli("read", article, "--changes")
    assert done.status == 0
    lines = done.lines
    assert lines[1].startswith("revision 1 · ")
    assert lines[2].startswith("revision 2 · ")
    gone = next(place for place, line in enumerate(lines) if line.startswith("- 30 people"))
    new = next(place for place, line in enumerate(lines) if line.startswith("+ 35 people"))
    assert "Health Ministry says" in lines[gone]
    assert "Civil Defence says" in lines[new]
    words = next(place for place, line in enumerate(lines) if "[-30-]{+35+} people" in line)
    assert gone < new < words
    assert BAKERY not in done.out


@pytest.mark.parametrize("arguments", [["12", "--json"], ["12", "--topic", "1"], ["./no.txt"]])
def test_wrong_use(cli: Cli, arguments: list[str]) -> None:
    cli.configure(RULES_ONLY)
    cli("read", *arguments, "--changes").refused("--changes")


def test_no_such_article(cli: Cli) -> None:
    cli.configure(RULES_ONLY)
    cli("read", "12", "--changes").refused("there is no article 12")


def test_figures_that_were_never_found_are_found_now(cli: Cli, server: Server) -> None:
    feed = {"Toll": [BEFORE, BAKERY]}
    url = server.answer("/feed.xml", Answer(rss("Example Wire", feed)))
    cli.configure("[fetch]\nspacing = 0.0\n" + subscriptions(url))
    assert cli("fetch").status == 0
    server.answer("/feed.xml", Answer(rss("Example Wire", {"Toll": [AFTER, BAKERY]})))
    assert cli("fetch", "--force").status == 0
    article = cli("search", "killed").out.partition("\t")[0]
    for _ in range(2):
        assert "- 30 people · killed · Health Ministry says" in cli("read", article, "--changes").out
