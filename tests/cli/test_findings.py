"""`figures` and `entities`: what was found across the archive, never a figure without its speaker."""

from __future__ import annotations

import csv
import io
from typing import Any

import msgspec
import pytest

from cli.feeds import BAKERY, LEBANON, rss, subscriptions
from cli.program import RULES_ONLY, Cli, Done
from newsdesk.models import Figure
from newsdesk.update.background import alone
from servers import Answer, Server

TOLL = "The Health Ministry said more than 300 people were killed in Rafah."
FERRIES = "Seven ferries sank off the coast of Lebanon on Wednesday."


@pytest.fixture
def subscribed(cli: Cli, server: Server) -> Cli:
    """A home with two articles that wait for the deep pass; the one with the ferries is newer."""
    feed = rss("Example Wire", {"=Toll": [TOLL, BAKERY], "Ferries": [FERRIES, LEBANON]})
    url = server.answer("/feed.xml", Answer(feed))
    cli.configure("[fetch]\nspacing = 0.0\n" + subscriptions(url))
    assert cli("fetch").status == 0
    return cli


@pytest.fixture
def quick(subscribed: Cli) -> Cli:
    """The same with rules only."""
    text = (subscribed.home / "config.toml").read_text(encoding="utf-8")
    subscribed.configure(text.replace("[[feeds]]", RULES_ONLY + "\n[[feeds]]", 1))
    return subscribed


def records(done: Done) -> list[dict[str, Any]]:
    assert done.status == 0, done
    return [msgspec.json.decode(line, type=dict[str, Any]) for line in done.lines]


def test_a_figure_a_line_with_its_article_and_speaker(subscribed: Cli) -> None:
    done = subscribed("figures", "--json")
    assert done.err == ""
    ferries, toll = records(done)
    assert set(Figure.__struct_fields__) | {"article", "speaker"} == set(toll)
    assert toll["article"] == {
        "id": toll["article"]["id"],
        "title": "=Toll",
        "url": "https://example.org/0",
        "publisher": "Example Wire",
        "published": "2024-03-27T00:00:00Z",
    }
    assert (toll["min"], toll["quantifier"], toll["category"]) == (300, "more_than", "killed")
    assert TOLL[toll["start"] : toll["end"]] == toll["text"]
    assert toll["asserted_by"] == toll["speaker"] == "Health Ministry"
    assert (ferries["best"], ferries["asserted_by"]) == (7, None)
    assert ferries["speaker"] == "unattributed, in Example Wire"
    assert "Health Ministry says\tmore than 300 people\tkilled\t" in subscribed("figures", "killed").out
    assert subscribed("figures", "bakery").err == "newsdesk: no figure in a passage with 'bakery'\n"


def test_entities_by_mentions(subscribed: Cli) -> None:
    done = subscribed("entities", "--json")
    found = {one["id"]: one for one in records(done)}
    lebanon = found["place/lebanon"]
    assert set(lebanon) == {"id", "name", "kind", "aliases", "mentions", "articles", "about"}
    assert (lebanon["mentions"], lebanon["articles"]) == (2, 1)
    assert [one["mentions"] for one in records(done)] == sorted(
        (one["mentions"] for one in found.values()), reverse=True
    )
    [only] = records(subscribed("entities", "--json", "--limit", "1"))
    assert only["mentions"] == 2
    assert "place/lebanon" not in {one["id"] for one in records(subscribed("entities", "--json", "killed"))}
    assert any(line.split("\t")[3:5] == ["place", "Lebanon"] for line in subscribed("entities").lines)


def test_csv_has_a_heading_and_is_no_formula(quick: Cli) -> None:
    done = quick("figures", "--csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["speaker"] for row in rows} == {"unattributed, in Example Wire"}
    toll = next(row for row in rows if "300" in row["text"])
    assert (toll["title"], toll["publisher"], toll["url"]) == (
        "'=Toll",
        "Example Wire",
        "https://example.org/0",
    )
    assert toll["published"] == "2024-03-27T00:00:00+00:00"
    quick("figures", "--csv", "--json").refused("--json and --csv")


def test_what_waits_is_read_first_as_far_as_asked(quick: Cli) -> None:
    done = quick("figures", "--json", "--read", "0")
    assert (done.status, done.out) == (0, "")
    assert "2 articles still to be read" in done.err
    assert "no figures yet" in done.err
    assert len(records(quick("figures", "--json"))) == 2
    assert "still to be read" not in quick("figures", "--json", "--read", "0").err


def test_another_process_that_reads_is_no_error(quick: Cli) -> None:
    with alone(quick.home / "archive.db", "deep", "runs the deep pass"):
        done = quick("entities")
    assert done.status == 0
    assert "another newsdesk runs the deep pass" in done.err


def test_limits_and_pages(quick: Cli) -> None:
    assert len(records(quick("figures", "--json", "--limit", "1"))) == 1
    quick("figures", "--limit", "0").refused("--limit", "whole number")
    assert quick("entities", "zebra").err.endswith("newsdesk: no entity in a passage with 'zebra'\n")


def test_an_empty_archive_says_so(cli: Cli) -> None:
    for verb in ("figures", "entities"):
        done = cli(verb)
        assert (done.status, done.out, done.err) == (0, "", f"newsdesk: no {verb} yet\n")


def test_series_name_what_is_compared_and_their_newest_figure(quick: Cli) -> None:
    [toll] = records(quick("figures", "--series", "--json", "figure:killed"))
    assert (toll["category"], toll["reports"], toll["voices"], toll["contradicted"]) == ("killed", 1, 1, 0)
    assert toll["newest"]["text"] in TOLL
    assert toll["newest"]["speaker"]
    assert toll["series"].startswith("killed")
    assert len(records(quick("figures", "--series", "--json"))) >= 2
    assert len(records(quick("figures", "--series", "--json", "--limit", "1"))) == 1


def test_series_as_lines_never_without_a_speaker(quick: Cli) -> None:
    done = quick("figures", "--series")
    assert done.status == 0
    cells = [line.split("\t") for line in done.lines]
    assert all(len(row) == 7 and row[5] for row in cells)
    assert quick("figures", "--series", "zebra").err != ""
    wrong = quick("figures", "--series", "--csv")
    assert wrong.status == 2
    assert "--series" in wrong.err
