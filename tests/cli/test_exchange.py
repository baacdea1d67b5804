"""`feeds import` and `export`: lists of other readers, in and out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cli.program import RULES_ONLY, Cli

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>mine</title></head><body>
<outline text="World"><outline type="rss" text="A Wire" xmlUrl="https://a.example/feed"/>
<outline text="Deep"><outline type="rss" text="B Paper" xmlUrl="https://b.example/feed"/></outline></outline>
<outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/>
</body></opml>
"""
URLS = """# mine
https://a.example/feed wire "~A Wire"
https://c.example/feed "middle east" !
exec:~/bin/scrape.sh wire
filter:~/bin/f:https://d.example/feed
"query:Unread:unread = \\"yes\\""
"""
SUBSCRIBED = """# my config
[[feeds]]
# the wire
url = "https://a.example/feed" # daily
tags = ["first"] # mine

[ui]
measure = 70
"""


def written(cli: Cli) -> list[dict[str, Any]]:
    feeds: list[dict[str, Any]] = tomllib.loads((cli.home / "config.toml").read_text())["feeds"]
    return feeds


def saved(tmp_path: Path, text: str, name: str = "list") -> str:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_opml_folders_become_tags_and_what_is_skipped_is_said(cli: Cli, tmp_path: Path) -> None:
    file = saved(tmp_path, OPML)
    done = cli("feeds", "import", file)
    assert done.status == 1
    assert done.lines[0] == f"2 feeds in {file}: 2 new, 0 with more tags, 0 subscribed already, 1 skipped"
    assert done.err.count("\n") == 1
    assert "skipped" in done.err
    assert "not an http or https address" in done.err
    assert written(cli) == [
        {"url": "https://a.example/feed", "title": "A Wire", "tags": ["World"]},
        {"url": "https://b.example/feed", "title": "B Paper", "tags": ["World", "Deep"]},
    ]


def test_newsboats_urls_run_no_program(cli: Cli, tmp_path: Path) -> None:
    done = cli("feeds", "import", saved(tmp_path, URLS, "urls"))
    assert done.status == 1
    assert done.err.count("skipped: line ") == 3
    assert "runs a program" in done.err
    assert written(cli) == [
        {"url": "https://a.example/feed", "title": "A Wire", "tags": ["wire"]},
        {"url": "https://c.example/feed", "tags": ["middle east", "hidden"]},
    ]


def test_a_dry_run_changes_nothing(cli: Cli, tmp_path: Path) -> None:
    done = cli("feeds", "import", "--dry-run", saved(tmp_path, OPML))
    assert done.lines[1] == "new https://a.example/feed  A Wire #World"
    assert "nothing was changed" in done.lines[-1]
    assert not (cli.home / "config.toml").exists()


def test_what_is_subscribed_is_not_doubled_and_its_tags_are_merged(cli: Cli, tmp_path: Path) -> None:
    config = cli.configure(SUBSCRIBED + RULES_ONLY)
    file = saved(tmp_path, OPML)
    assert "1 new, 1 with more tags, 0 subscribed already" in cli("feeds", "import", file).lines[0]
    text = config.read_text()
    assert all(kept in text for kept in ("# my config", "# the wire", "# daily", "measure = 70"))
    assert [(feed["url"], feed["tags"]) for feed in written(cli)] == [
        ("https://a.example/feed", ["first", "World"]),
        ("https://b.example/feed", ["World", "Deep"]),
    ]
    before = config.read_bytes()
    assert "0 new, 0 with more tags, 2 subscribed already" in cli("feeds", "import", file).lines[0]
    assert config.read_bytes() == before


def test_export_comes_back_as_it_was(cli: Cli, tmp_path: Path) -> None:
    cli("feeds", "import", saved(tmp_path, URLS, "urls"))
    before = written(cli)
    done = cli("feeds", "export")
    assert (done.status, done.err) == (0, "")
    assert '<opml version="2.0">' in done.out
    (cli.home / "config.toml").unlink()
    assert cli("feeds", "import", "-", stdin=done.out.encode()).status == 0
    assert written(cli) == before


def test_export_never_writes_over_a_file(cli: Cli, tmp_path: Path) -> None:
    cli("feeds", "add", "https://a.example/feed")
    file = tmp_path / "out.opml"
    assert cli("feeds", "export", str(file)).out == f"1 feed written to {file}\n"
    before = file.read_bytes()
    assert b"https://a.example/feed" in before
    cli("feeds", "export", str(file)).refused(str(file), "is there already")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "has no feeds"),
        (b"<html><body>hello</body></html>", "is no OPML file"),
        (b"PK\x03\x04\0\0\0", "is no text"),
        (b"# only a comment\n", "has no feeds"),
        (b"<opml version='2.0'><body></body></opml>", "has no feeds"),
    ],
)
def test_what_is_no_list_is_refused(cli: Cli, tmp_path: Path, data: bytes, word: str) -> None:
    file = tmp_path / "list"
    file.write_bytes(data)
    cli("feeds", "import", str(file)).refused(str(file), word)
    assert not (cli.home / "config.toml").exists()


def test_a_missing_file_is_named(cli: Cli, tmp_path: Path) -> None:
    cli("feeds", "import", str(tmp_path / "none")).refused("none", "no such file")


def test_thousands_of_feeds_are_one_write(cli: Cli, tmp_path: Path) -> None:
    lines = "".join(f"https://{number}.example/feed tag{number % 7}\n" for number in range(2000))
    assert cli("feeds", "import", saved(tmp_path, lines)).status == 0
    assert len(written(cli)) == 2000
