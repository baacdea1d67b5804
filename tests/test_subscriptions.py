"""Subscriptions are edited in the config as text: nothing that a person wrote there is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from newsdesk import subscriptions
from newsdesk.config import read_config
from newsdesk.errors import ConfigError, UsageError
from newsdesk.models import Auth, Feed

OWN = """\
# my config
desk = "markets"  # the beat

# wires
[[feeds]]
url = "https://a.example/feed"
tags = ["wire",
        "first"]

# papers
[[feeds]]
url = "https://b.example/feed"

[ui]
theme = "newsdesk-light"  # paper
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "home" / "config.toml"
    file.parent.mkdir()
    file.write_text(OWN, encoding="utf-8")
    return file


def test_add_appends_and_keeps_the_rest(file: Path) -> None:
    feed = Feed(url="https://c.example/feed", title='A "C" title', tags=("x",), allow_private=True)
    subscriptions.add_feed(file, feed, "markets")
    assert file.read_text(encoding="utf-8").startswith(OWN.rstrip())
    assert read_config(file).feeds[-1] == feed
    assert read_config(file).desk == "markets"


EVERYTHING = Feed(
    url="https://c.example/feed",
    title='A "C" title',
    tags=("x",),
    allow_private=True,
    interval=30,
    full_text="always",
    selector="article > .body",
    source_class="state_media",
    headers={"Accept-Language": "en", "X-Key": "a b"},
    auth=Auth("desk", ("pass", "show", "c wire")),
    proxy="http://127.0.0.1:8118",
)


def test_every_setting_is_written_changed_and_removed_again(file: Path) -> None:
    assert all(getattr(EVERYTHING, name) != getattr(Feed(""), name) for name in Feed.__struct_fields__)
    subscriptions.add_feed(file, EVERYTHING, "markets")
    assert read_config(file).feeds[-1] == EVERYTHING
    plain = Feed(url=EVERYTHING.url, headers={"X-Key": "c"})
    subscriptions.change_feed(file, plain)
    assert read_config(file).feeds[-1] == plain
    subscriptions.change_feed(file, EVERYTHING)
    assert read_config(file).feeds[-1] == EVERYTHING
    assert subscriptions.remove_feed(file, EVERYTHING.url) == EVERYTHING
    assert file.read_text(encoding="utf-8").split() == OWN.split()


def test_tables_of_their_own_below_a_feed_go_with_it(file: Path) -> None:
    table = '\n[[feeds]]\nurl = "https://c.example/feed"\n\n[feeds.headers]\nX = "y"\n'
    file.write_text(OWN + table, encoding="utf-8")
    assert subscriptions.remove_feed(file, "https://c.example/feed").headers == {"X": "y"}
    assert file.read_text(encoding="utf-8").rstrip() == OWN.rstrip()


def test_a_change_keeps_the_comments(file: Path) -> None:
    before = read_config(file).feeds
    changed = structs.replace(before[0], title="Another", tags=())
    subscriptions.change_feed(file, changed)
    assert read_config(file).feeds == (changed, *before[1:])
    text = file.read_text(encoding="utf-8")
    for kept in ("# my config", "# the beat", "# wires", "# papers", "# paper"):
        assert kept in text
    with pytest.raises(UsageError, match="no feed"):
        subscriptions.change_feed(file, Feed(url="https://z.example/"))


def test_what_was_removed_comes_back_as_it_stood(file: Path) -> None:
    removed = subscriptions.remove_feed(file, "https://a.example/feed")
    after = file.read_text(encoding="utf-8")
    subscriptions.put_back(file, removed, OWN, after, "markets")
    assert file.read_text(encoding="utf-8") == OWN
    subscriptions.remove_feed(file, "https://a.example/feed")
    edited = file.read_text(encoding="utf-8") + "# edited meanwhile\n"
    file.write_text(edited, encoding="utf-8")
    subscriptions.put_back(file, removed, OWN, after, "markets")
    assert "# edited meanwhile" in file.read_text(encoding="utf-8")
    assert read_config(file).feeds[-1] == removed


def test_add_makes_a_missing_config(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config.toml"
    subscriptions.add_feed(file, Feed(url="https://c.example/feed"), "climate")
    assert read_config(file).desk == "climate"
    assert [feed.url for feed in read_config(file).feeds] == ["https://c.example/feed"]


def test_add_refuses_what_is_there(file: Path) -> None:
    with pytest.raises(ConfigError, match="subscribed already"):
        subscriptions.add_feed(file, Feed(url="https://b.example/feed"), "markets")
    assert file.read_text(encoding="utf-8") == OWN


def test_add_refuses_what_is_no_address_and_writes_nothing(file: Path) -> None:
    with pytest.raises(ConfigError, match="no address"):
        subscriptions.add_feed(file, Feed(url="b.example/feed"), "markets")
    assert file.read_text(encoding="utf-8") == OWN


def test_remove_takes_the_one_table(file: Path) -> None:
    removed = subscriptions.remove_feed(file, "https://a.example/feed")
    assert removed.tags == ("wire", "first")
    text = file.read_text(encoding="utf-8")
    assert "a.example" not in text
    for kept in ("# my config", "# the beat", "# wires", "# papers", "https://b.example/feed", "# paper"):
        assert kept in text
    subscriptions.remove_feed(file, "https://b.example/feed")
    assert read_config(file).feeds == ()
    assert read_config(file).ui.theme == "newsdesk-light"


def test_remove_names_the_nearest(file: Path) -> None:
    with pytest.raises(UsageError) as caught:
        subscriptions.remove_feed(file, "https://b.example/fed")
    assert "did you mean https://b.example/feed?" in caught.value.line()


def test_a_config_is_never_written_over(file: Path) -> None:
    with pytest.raises(ConfigError, match="is there already"):
        subscriptions.write_config(file, "markets", [])
    assert file.read_text(encoding="utf-8") == OWN


def test_feeds_written_inline_are_left_alone(file: Path) -> None:
    inline = 'feeds = [{ url = "https://a.example/feed" }]\n'
    file.write_text(inline, encoding="utf-8")
    with pytest.raises(ConfigError):
        subscriptions.add_feed(file, Feed(url="https://c.example/feed"), "markets")
    with pytest.raises(ConfigError) as caught:
        subscriptions.remove_feed(file, "https://a.example/feed")
    assert "edit it by hand" in caught.value.line()
    assert file.read_text(encoding="utf-8") == inline


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be written"):
        subscriptions.write_config(blocked / "config.toml", "markets", [])
