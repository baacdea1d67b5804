"""A refresh from a real server into a real archive: what is stored, what is sent, what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from feedtext import HARBOUR, TALKS, Item, paragraphs, rss
from newsdesk.config import load_desk
from newsdesk.models import UNSORTED, ArticlesStored, Event, Feed, FeedDone, Limits, Progress, View
from newsdesk.paths import paths
from newsdesk.store.archive import Archive, open_archive
from newsdesk.update.pipeline import Refresh
from servers import Answer, Server

DESK = load_desk(paths("nowhere"), "israel-hamas")
TOPICS = [topic.id for topic in DESK.topics]
LIMITS = Limits(spacing=0.0, per_host=8, connect_timeout=2, read_timeout=2, total_timeout=3)
TALKS_ITEM = Item("talks", "Talks go on", TALKS)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path / "archive.db")
    archive.set_desk(DESK.id, TOPICS, "digest")
    yield archive
    archive.close()


class Clock:
    """The time of the test, moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2024, 3, 27, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def private(*urls: str) -> tuple[Feed, ...]:
    return tuple(Feed(url=url, allow_private=True) for url in urls)


async def refreshed(
    archive: Archive,
    feeds: Sequence[Feed],
    *,
    force: bool = True,
    clock: Clock | None = None,
    limits: Limits = LIMITS,
) -> list[Event]:
    archive.sync_feeds(feeds)
    work = Refresh(archive, feeds, DESK, limits, clock=clock or Clock())
    return [event async for event in work.events(force=force)]


def done(events: Sequence[Event]) -> dict[str, FeedDone]:
    return {event.url: event for event in events if isinstance(event, FeedDone)}


async def test_an_article_arrives_in_its_topics(archive: Archive, server: Server) -> None:
    url = server.answer("/feed", Answer(rss([TALKS_ITEM]), etag='"1"'))
    events = await refreshed(archive, private(url))
    assert done(events)[url].new == 1
    (row,) = archive.headlines(View(), 0, 10)
    assert row.title == "Talks go on"
    assert row.publisher == "Test Wire"
    article = archive.article(row.id)
    assert article is not None
    assert [passage.text for passage in article.passages] == TALKS.splitlines()
    topics = [passage.topic for passage in article.passages]
    assert topics[0] == "hostage-talks"
    assert topics[2] == "lebanon-front"
    assert topics[4] is None
    assert dict(row.topics)[UNSORTED] == 1
    assert [event.ids for event in events if isinstance(event, ArticlesStored)] == [(row.id,)]
    assert Progress("refresh", 1, 1) in events


async def test_the_second_poll_is_conditional_and_changes_nothing(archive: Archive, server: Server) -> None:
    modified = "Wed, 27 Mar 2024 6:00:00 GMT"
    url = server.answer("/feed", Answer(rss([TALKS_ITEM]), etag='W/"a"', last_modified=modified))
    await refreshed(archive, private(url))
    again = done(await refreshed(archive, private(url)))[url]
    assert (again.state, again.new, again.changed) == ("unchanged", 0, 0)
    second = server.requests[1]
    assert second.header("If-None-Match") == 'W/"a"'
    assert second.header("If-Modified-Since") == modified
    assert archive.headline_count(View()) == 1


async def test_what_is_not_due_is_left_alone(archive: Archive, server: Server) -> None:
    url = server.answer("/feed", Answer(rss([TALKS_ITEM])))
    clock = Clock()
    await refreshed(archive, private(url), force=False, clock=clock)
    waiting = done(await refreshed(archive, private(url), force=False, clock=clock))[url]
    assert waiting.state == "not-due"
    assert waiting.next_due is not None
    clock.now += timedelta(minutes=70)
    assert done(await refreshed(archive, private(url), force=False, clock=clock))[url].state == "unchanged"
    assert len(server.requests) == 2


async def test_an_edited_article_becomes_a_revision(archive: Archive, server: Server) -> None:
    edited = replace_text(TALKS_ITEM, TALKS.replace("14 people", "17 people"))
    url = server.answer("/feed", Answer(rss([TALKS_ITEM])), Answer(rss([edited])))
    await refreshed(archive, private(url))
    (row,) = archive.headlines(View(), 0, 10)
    archive.mark_read(row.id, None)
    again = done(await refreshed(archive, private(url)))[url]
    assert (again.new, again.changed) == (0, 1)
    (after,) = archive.headlines(View(), 0, 10)
    assert (after.id, after.revision) == (row.id, 2)
    assert after.unread == 1, "only the changed passage is unread again"
    assert len(archive.revisions(row.id)) == 2


def replace_text(item: Item, text: str) -> Item:
    return Item(item.guid, item.title, text, item.link, item.hours, item.full)


async def test_ids_that_change_with_each_poll_flood_nothing(archive: Archive, server: Server) -> None:
    links = [f"http://wire.example/{number}" for number in range(3)]
    clock = Clock()
    for poll in range(3):
        items = [Item(f"{poll}-{link}", "Talks", TALKS, link) for link in links]
        url = server.answer("/feed", Answer(rss(items, more=f"<!-- {poll} -->")))
        event = done(await refreshed(archive, private(url), clock=clock))[url]
        assert (event.new, event.changed) == (3 if poll == 0 else 0, 0)
    assert len(archive.headlines(View(), 0, 10)) == 3


async def test_one_page_with_a_report_each_day_is_an_article_each(archive: Archive, server: Server) -> None:
    today = Item("1", "Weather", TALKS, "http://wire.example/weather")
    after = Item("2", "Weather", HARBOUR, "http://wire.example/weather", hours=1)
    server.answer("/feed", Answer(rss([today])))
    url = server.url("/feed")
    await refreshed(archive, private(url))
    # Both stand in the feed: these are two.
    server.answer("/feed", Answer(rss([after, today])))
    assert done(await refreshed(archive, private(url)))[url].new == 1
    assert len(archive.headlines(View(), 0, 10)) == 2


async def test_a_summary_gets_its_page_once(archive: Archive, server: Server) -> None:
    page = (
        "<html><head><title>Fog</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Fog</h1>"
        + paragraphs(
            HARBOUR + "\nThe fog is expected to lift by noon, and the line will run twice an hour then."
        )
        + "</article></body></html>"
    )
    link = server.answer("/fog.html", Answer(page, content_type="text/html"))
    url = server.answer("/feed", Answer(rss([Item("fog", "Fog", HARBOUR, link, full=False)])))
    await refreshed(archive, private(url))
    (row,) = archive.headlines(View(), 0, 10)
    article = archive.article(row.id)
    assert article is not None
    assert article.full_text == "page"
    assert article.page_note.startswith("trafilatura ")
    assert any("lift by noon" in passage.text for passage in article.passages)
    more = rss([Item("fog", "Fog", HARBOUR, link, full=False)], more="<language>en</language>")
    server.answer("/feed", Answer(more))
    await refreshed(archive, private(url))
    assert len(server.requests_for("/fog.html")) == 1
    again = archive.article(row.id)
    assert again is not None
    assert again.revision == 1


async def test_a_page_behind_a_wall_leaves_the_summary_and_says_so(archive: Archive, server: Server) -> None:
    page = (
        "<html><head><title>Fog</title></head><body><article><p>The ferries stay in the harbour this morning "
        "because of the fog, the company says.</p><p>Subscribe to continue reading this story.</p></article>"
        "</body></html>"
    )
    link = server.answer("/fog.html", Answer(page, content_type="text/html"))
    url = server.answer(
        "/feed", Answer(rss([Item("fog", "Fog", "Fog stops the ferries.", link, full=False)]))
    )
    await refreshed(archive, private(url))
    (row,) = archive.headlines(View(), 0, 10)
    article = archive.article(row.id)
    assert article is not None
    assert (article.full_text, article.page_note) == ("summary", "its page is behind a paywall")


async def test_a_page_that_is_not_to_be_had_leaves_the_summary(archive: Archive, server: Server) -> None:
    link = server.url("/nothing.html")
    url = server.answer("/feed", Answer(rss([Item("fog", "Fog", HARBOUR, link, full=False)])))
    assert done(await refreshed(archive, private(url)))[url].new == 1
    (row,) = archive.headlines(View(), 0, 10)
    article = archive.article(row.id)
    assert article is not None
    assert article.full_text == "summary"
    assert [passage.text for passage in article.passages] == HARBOUR.splitlines()[:1]


BAD = {
    "html": (
        Answer("<!doctype html><html><body><p>Welcome</p></body></html>", content_type="text/html"),
        "web page",
    ),
    "empty": (Answer(b""), "empty"),
    "broken": (Answer(b"<rss><channel><item><title>x"), ""),
    "missing": (Answer(b"gone fishing", 404, "text/plain"), "404"),
    "failing": (Answer(b"oops", 500, "text/plain"), "500"),
    "hanging": (Answer(rss([TALKS_ITEM]), hang=True), "answer"),
    "cut": (Answer(rss([TALKS_ITEM]), cut=1000), ""),
}


async def test_one_bad_feed_never_stops_the_others(archive: Archive, server: Server) -> None:
    urls = {name: server.answer(f"/{name}", answer) for name, (answer, _) in BAD.items()}
    good = server.answer("/good", Answer(rss([TALKS_ITEM])))
    events = done(await refreshed(archive, private(*urls.values(), good)))
    assert events[good].new == 1
    statuses = {status.feed.url: status.state for status in archive.feed_statuses()}
    for name, (_, words) in BAD.items():
        event = events[urls[name]]
        if name == "broken" and event.state == "new":
            continue
        assert event.state == "failed", name
        assert words in event.error, name
        assert "\n" not in event.error
        assert statuses[event.url].error == event.error
        assert statuses[event.url].failures == 1
    assert statuses[good].error == ""


@pytest.mark.parametrize("name", ["html", "empty", "missing", "failing", "hanging"])
async def test_a_feed_that_breaks_keeps_its_articles_and_validators(
    archive: Archive, server: Server, name: str
) -> None:
    url = server.answer("/feed", Answer(rss([TALKS_ITEM]), etag='"1"'), BAD[name][0])
    await refreshed(archive, private(url))
    await refreshed(archive, private(url))
    assert archive.headline_count(View()) == 1
    (state,) = archive.feed_states()
    assert (state.etag, state.failures) == ('"1"', 1)
    assert state.error


async def test_a_private_address_needs_permission(archive: Archive, server: Server) -> None:
    url = server.answer("/feed", Answer(rss([TALKS_ITEM])))
    refused = done(await refreshed(archive, [Feed(url=url)]))[url]
    assert refused.state == "failed"
    assert "private" in refused.error
    assert server.requests == ()


async def test_a_feed_from_a_file(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(rss([TALKS_ITEM]))
    url = file.as_uri()
    assert done(await refreshed(archive, [Feed(url=url)]))[url].new == 1
    assert done(await refreshed(archive, [Feed(url=url)]))[url].state == "unchanged"


async def test_a_feed_that_takes_too_long_to_read_is_its_own_error(archive: Archive, server: Server) -> None:
    slow = server.answer("/slow", Answer(rss([TALKS_ITEM]), drip=0.2))
    good = server.answer("/good", Answer(rss([TALKS_ITEM])))
    limits = replace(LIMITS, total_timeout=1)
    events = done(await refreshed(archive, private(slow, good), limits=limits))
    assert events[good].new == 1
    assert events[slow].state == "failed"


async def test_a_hostile_title_is_stored_as_plain_words(archive: Archive, server: Server) -> None:
    title = "[Live] talks [/] x [@click=app.bell()]go[/]\u202e now"
    url = server.answer("/feed", Answer(rss([Item("1", title, TALKS)])))
    await refreshed(archive, private(url))
    (row,) = archive.headlines(View(), 0, 1)
    assert row.title == "[Live] talks [/] x [@click=app.bell()]go[/] now"


async def test_a_feed_that_is_cut_off_is_asked_for_again(archive: Archive, server: Server) -> None:
    whole = rss([Item("fog", "Fog", HARBOUR, hours=1), TALKS_ITEM])
    half = whole[: whole.index(b'<item><guid isPermaLink="false">talks') + 20]
    url = server.answer("/feed", Answer(half, etag='"1"'), Answer(whole, etag='"1"'))
    first = done(await refreshed(archive, private(url)))[url]
    assert first.new == 1, "what could be read is kept"
    (state,) = archive.feed_states()
    assert (state.etag, state.body_hash) == (None, None)
    assert "cut off" in state.error
    assert done(await refreshed(archive, private(url)))[url].new == 1
    (state,) = archive.feed_states()
    assert (state.etag, state.error) == ('"1"', "")


async def test_a_feeds_private_permission_is_for_its_own_host(archive: Archive, server: Server) -> None:
    server.answer("/secret", Answer("<html><body><p>secret</p></body></html>", content_type="text/html"))
    link = server.url("/secret", host="localhost")
    url = server.answer("/feed", Answer(rss([Item("fog", "Fog", HARBOUR, link, full=False)])))
    assert done(await refreshed(archive, private(url)))[url].new == 1
    assert server.requests_for("/secret") == ()
