"""Subscription lists of other readers: OPML, and newsboat's urls file."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.errors import InputError
from newsdesk.ingest import newsboat, opml
from newsdesk.models import Feed

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>mine</title></head><body>
 <outline text="World &amp; War">
  <outline text="Région">
   <outline type="rss" text="The Harbour Post" xmlUrl="https://harbour.example/feed.xml" htmlUrl="https://harbour.example/"/>
  </outline>
  <outline type="rss" title="Ferry News" xmlUrl="http://ferry.example/rss" category="/Boats,Sea"/>
 </outline>
 <outline text="Boats"><outline type="rss" text="" xmlUrl="http://ferry.example/rss"/></outline>
 <outline type="rss" text="https://bare.example/atom" xmlUrl="https://bare.example/atom"/>
 <outline type="rss" text="Pipes" xmlUrl="|rm -rf ~"/>
 <outline type="rss" text="Local" xmlUrl="file:///etc/passwd"/>
</body></opml>
"""


def test_folders_and_categories_become_tags() -> None:
    found = opml.read(OPML.encode(), "mine.opml")
    assert found.feeds == (
        Feed("https://harbour.example/feed.xml", "The Harbour Post", ("World & War", "Région")),
        Feed("http://ferry.example/rss", "Ferry News", ("World & War", "Boats", "Sea")),
        Feed("https://bare.example/atom"),
    )


def test_what_is_no_address_is_reported() -> None:
    found = opml.read(OPML.encode(), "mine.opml")
    assert [line.partition(":")[0] for line in found.skipped] == ["|rm -rf ~", "file"]
    assert all(line.endswith("not an http or https address") for line in found.skipped)


def test_what_is_written_is_read_again() -> None:
    feeds = (
        Feed("https://a.example/?x=1&y=2", 'A "quoted" <name>', ("war", "sea", "north")),
        Feed("https://b.example/feed"),
        Feed("https://c.example/feed", "C", ("war",)),
    )
    again = opml.read(opml.write(feeds, "newsdesk"), "newsdesk.opml")
    assert sorted(again.feeds, key=lambda feed: feed.url) == sorted(
        (feeds[0], Feed("https://b.example/feed"), feeds[2]), key=lambda feed: feed.url
    )


@pytest.mark.parametrize("data", [b"", b"   ", b"<rss><channel/></rss>", b"\x00\xfe junk", b"plain words"])
def test_what_is_no_opml_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(InputError, match=r"mine\.opml"):
        opml.read(data, "mine.opml")


def test_a_broken_file_gives_what_stands_before_the_break() -> None:
    cut = OPML[: OPML.index('<outline text="Boats">') + 9]
    assert [feed.title for feed in opml.read(cut.encode(), "mine.opml").feeds] == [
        "The Harbour Post",
        "Ferry News",
    ]


def test_hostile_files_cost_little(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("https://secret.example/")
    entity = f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{canary}"><!ENTITY a "aaaaaaaaaa">]>'
    body = '<outline type="rss" text="&x;&a;" xmlUrl="&x;"/><outline type="rss" xmlUrl="https://a.example/"/>'
    found = opml.read(f"{entity}<opml><body>{body}</body></opml>".encode(), "mine.opml")
    assert [feed.url for feed in found.feeds] == ["https://a.example/"]
    assert "secret" not in repr(found)

    deep = "<outline text='x'>" * 200 + "<outline xmlUrl='https://a.example/'/>"
    assert opml.read(f"<opml><body>{deep}</body></opml>".encode(), "deep").feeds == ()
    many = "".join(f"<outline xmlUrl='https://a.example/{n}'/>" for n in range(opml.OUTLINES + 10))
    found = opml.read(f"<opml><body>{many}</body></opml>".encode(), "many")
    assert len(found.feeds) == opml.OUTLINES
    assert found.skipped


URLS = """# my feeds
https://harbour.example/feed.xml world "south coast" "~The Harbour Post"
http://ferry.example/rss !boats
"exec:~/bin/feed.sh --all" world
filter:~/bin/clean:https://a.example/feed
"query:Unread:unread = \\"yes\\""

https://it's.example/feed
https://open.example/feed "never closed
https://harbour.example/feed.xml sea
"""


def test_newsboats_urls_file() -> None:
    found = newsboat.read(URLS)
    assert found.feeds == (
        Feed("https://harbour.example/feed.xml", "The Harbour Post", ("world", "south coast", "sea")),
        Feed("http://ferry.example/rss", "", ("hidden",)),
        Feed("https://open.example/feed", "", ('"never', "closed")),
    )


def test_newsboats_programs_are_reported_and_never_run() -> None:
    lines = newsboat.read(URLS).skipped
    assert [line.partition(":")[0] for line in lines] == ["line 4", "line 5", "line 6", "line 8"]
    assert "runs a program" in lines[0]
    assert "runs a program" in lines[1]
    assert "search of newsboat" in lines[2]
