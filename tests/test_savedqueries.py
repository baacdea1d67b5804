"""Saved queries are written into the config, which keeps its comments; the history of searches."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk import searchhistory
from newsdesk.config import read_config
from newsdesk.errors import ConfigError, UsageError
from newsdesk.paths import paths
from newsdesk.savedqueries import save_query

TEXT = """\
# mine
desk = "israel-hamas"

[queries]  # what I look for
toll = "figure:killed"  # every day

[[feeds]]
url = "https://a.example/feed"  # the first
"""


def test_a_query_is_added_and_changed_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(TEXT)
    save_query(file, "north", 'topic:lebanon-front not "a\\b"', "israel-hamas")
    save_query(file, "toll", "figure:killed since:1w", "israel-hamas")
    config = read_config(file)
    assert config.queries == {"toll": "figure:killed since:1w", "north": 'topic:lebanon-front not "a\\b"'}
    assert [feed.url for feed in config.feeds] == ["https://a.example/feed"]
    for comment in ("# mine", "# what I look for", "# every day", "# the first"):
        assert comment in file.read_text()


def test_without_a_table_or_a_file_they_are_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config.toml"
    save_query(file, "a", "one", "markets")
    assert (read_config(file).desk, read_config(file).queries) == ("markets", {"a": "one"})
    other = tmp_path / "config.toml"
    other.write_text(TEXT.replace('[queries]  # what I look for\ntoll = "figure:killed"  # every day\n', ""))
    save_query(other, "a", "one", "markets")
    assert read_config(other).queries == {"a": "one"}
    assert len(read_config(other).feeds) == 1


@pytest.mark.parametrize("name", ["", "a b", "a:b", "(", '"', "-a", "x" * 41, "[b]"])
def test_names_that_no_query_could_say_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        save_query(tmp_path / "config.toml", name, "one", "markets")
    assert not (tmp_path / "config.toml").exists()


def test_a_broken_config_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("desk = ")
    with pytest.raises(ConfigError):
        save_query(file, "a", "one", "markets")
    assert file.read_text() == "desk = "


def test_the_history_has_each_query_once_and_an_end(tmp_path: Path) -> None:
    where = paths(tmp_path)
    assert searchhistory.read(where) == []
    for query in ("one", "two", "  one  ", "", "three\nlines"):
        searchhistory.note(where, query)
    assert searchhistory.read(where) == ["two", "one", "three lines"]
    for number in range(searchhistory.KEPT * 2):
        searchhistory.note(where, f"query {number}")
    asked = searchhistory.read(where)
    assert len(asked) == searchhistory.KEPT
    assert asked[-1] == f"query {searchhistory.KEPT * 2 - 1}"
    assert len((tmp_path / "searches").read_text().splitlines()) <= searchhistory.KEPT + 102


def test_a_history_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "searches").mkdir()
    searchhistory.note(paths(tmp_path), "one")
    assert searchhistory.read(paths(tmp_path)) == []
