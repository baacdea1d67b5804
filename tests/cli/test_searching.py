"""`search`: passages of the archive as lines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from cli.feeds import BAKERY, GAZA, LEBANON, rss, subscriptions
from cli.program import RULES_ONLY, Cli
from servers import Answer, Server


@pytest.fixture
def filled(cli: Cli, server: Server) -> Cli:
    """A home with one feed fetched and its server gone."""
    feed = rss("Example Wire", {"Talks\tgo on": [GAZA, BAKERY], "Rockets": [LEBANON]})
    url = server.answer("/feed.xml", Answer(feed))
    cli.configure("[fetch]\nspacing = 0.0\n" + RULES_ONLY + subscriptions(url))
    assert cli("fetch").status == 0
    server.stop()
    return cli


def records(text: str) -> list[dict[str, Any]]:
    return [msgspec.json.decode(line, type=dict[str, Any]) for line in text.splitlines()]


def test_json_is_a_line_a_passage(filled: Cli) -> None:
    done = filled("search", "--json", "rockets")
    assert (done.status, done.err) == (0, "")
    [record] = records(done.out)
    article = record.pop("article")
    assert record == {"passage": 0, "topic": "lebanon-front", "text": LEBANON}
    assert article == {
        "id": article["id"],
        "title": "Rockets",
        "url": "https://example.org/1",
        "publisher": "Example Wire",
        "published": "2024-03-27T01:00:00Z",
    }


def test_a_passage_without_a_topic_says_null(filled: Cli) -> None:
    [record] = records(filled("search", "--json", "bakery").out)
    assert record["topic"] is None


def test_plain_lines_have_columns(filled: Cli) -> None:
    [line] = filled("search", "bakery").lines
    _, published, publisher, topic, title, text = line.split("\t")
    assert datetime.fromisoformat(published) == datetime(2024, 3, 27, tzinfo=UTC)
    assert (publisher, topic, title, text) == ("Example Wire", "unsorted", "Talks go on", BAKERY)


def test_the_first_column_is_what_read_takes(filled: Cli) -> None:
    [line] = filled("search", "bakery").lines
    done = filled("--offline", "read", line.split("\t")[0])
    assert done.status == 0
    assert done.lines[0] == "Talks go on"
    assert done.lines[1].startswith("Example Wire · ")
    assert GAZA in done.lines
    assert BAKERY in done.lines


def test_words_are_all_wanted_and_newest_comes_first(filled: Cli) -> None:
    both = records(filled("search", "--json", "wednesday").out)
    assert [record["article"]["title"] for record in both] == ["Rockets", "Talks go on"]
    assert len(records(filled("search", "--json", "--limit", "1", "wednesday").out)) == 1
    assert len(records(filled("search", "--json", "wednesday", "qatar").out)) == 1
    assert len(records(filled("search", "--json", '"went on"').out)) == 1


@pytest.mark.parametrize("query", ["zebra", '"', "C++ 4.5% it's", "NOT", "*", "(", "\x00"])
def test_finding_nothing_is_no_error(filled: Cli, query: str) -> None:
    done = filled("search", "--json", query)
    assert done.status == 0
    if not done.out:
        assert done.err.startswith("newsdesk: no passage has ")
        assert done.err.count("\n") == 1


@pytest.mark.parametrize("verb", ["search", "figures", "entities", "topics test israel-hamas"])
def test_a_query_that_cannot_be_read_says_where(filled: Cli, verb: str) -> None:
    filled(*verb.split(), "bakery NOT").refused("at column 11: ", '"not" in quotes is a word')
    filled(*verb.split(), "topc:gaza").refused("at column 1: there is no filter topc:; did you mean topic?")
    filled(*verb.split(), "bakery (gaza").refused("at column 13: ) is wanted; the ( at column 8 is open")


def test_filters_and_saved_queries(filled: Cli) -> None:
    filled.configure(
        (filled.home / "config.toml").read_text() + "\n[queries]\nnorth = 'topic:lebanon-front'\n"
    )
    for query in ("topic:lebanon-front", "@north", "query:north rockets", "source:example title:rockets"):
        [record] = records(filled("search", "--json", query).out)
        assert record["text"] == LEBANON
    filled("search", "@nroth").refused("there is no saved query nroth; did you mean north?")


def test_an_empty_archive_is_searched_too(cli: Cli) -> None:
    done = cli("search", "anything")
    assert (done.status, done.out, done.err) == (0, "", "newsdesk: no passage has 'anything'\n")


def test_a_file_that_is_no_archive(filled: Cli) -> None:
    archive = filled.home / "archive.db"
    for content in (b"", b"this is no database, only some text " * 99):
        for leftover in filled.home.glob("archive.db*"):
            leftover.unlink()
        archive.write_bytes(content)
        filled("search", "gaza").refused("archive.db")
        assert archive.read_bytes() == content
