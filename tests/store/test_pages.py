"""Pages that are still to be read, pauses of hosts, robots.txt: what outlives the process."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from newsdesk.models import Feed, FeedState, HostState, IncomingArticle, Manners, Robots, View
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.incoming import Poll
from store.build import DESK, DIGEST, NOW, TOPICS, incoming, passage

URL = "https://wire.example/feed"


def wanting(name: str, hours: int = 0, page: str = "page") -> IncomingArticle:
    article = incoming(name, name, (passage(0, f"words of {name}", ()),), NOW - timedelta(hours=hours))
    return replace(article, full_text="summary", page=f"https://wire.example/{page}/{name}")


def test_the_newest_of_each_feed_come_first_and_no_more_than_asked(archive: Archive) -> None:
    other = "https://other.example/feed"
    archive.save_poll(FeedState(URL), [wanting(f"w{n}", n) for n in range(4)], NOW)
    archive.save_poll(FeedState(other), [wanting("o")], NOW)
    found = archive.wanted_pages([URL, other], 2)
    assert sorted(page.guid for page in found) == ["o", "w0", "w1"]
    first = next(page for page in found if page.guid == "w0")
    assert (first.feed_url, first.url, first.title) == (URL, "https://wire.example/page/w0", "w0")
    assert (first.published, first.length, first.tries) == (NOW, len("words of w0"), 0)
    assert archive.wanted_pages([], 9) == ()
    archive.count_try(first.article)
    archive.settle_page(found[-1].article)
    left = {page.guid: page.tries for page in archive.wanted_pages([URL, other], 9)}
    assert left["w0"] == 1
    assert len(left) == 4


def test_a_pages_text_fills_the_article_and_is_no_revision(archive: Archive) -> None:
    [article] = archive.save_poll(FeedState(URL), [wanting("a")], NOW).new_ids
    assert [one.number for one in archive.revisions(article)] == [0]
    archive.mark_read(article, None)
    whole = incoming("a", "a", (passage(0, "words of a", ()), passage(1, "and more", ())), NOW)
    assert archive.save_page(URL, replace(whole, full_text="page"), NOW)
    stored = archive.article(article)
    assert stored is not None
    assert (stored.revision, stored.full_text) == (1, "page")
    assert stored.read == {0}
    assert [one.number for one in archive.revisions(article)] == [1]
    assert archive.wanted_pages([URL], 9) == ()
    summary = replace(wanting("a"), content_hash="edited", page="")
    assert archive.save_poll(FeedState(URL), [summary], NOW).changed_ids == ()
    assert not archive.save_page(URL, replace(whole, full_text="page"), NOW), "it is there already"


def test_a_text_that_the_feed_changed_before_its_page_came_is_a_revision(archive: Archive) -> None:
    [article] = archive.save_poll(FeedState(URL), [wanting("a")], NOW).new_ids
    edited = replace(wanting("a"), content_hash="edited")
    assert archive.save_poll(FeedState(URL), [edited], NOW).changed_ids == (article,)
    whole = incoming("a", "a", (passage(0, "all of it", ()),), NOW)
    assert archive.save_page(URL, replace(whole, full_text="page"), NOW)
    assert [one.number for one in archive.revisions(article)] == [0, 2, 3]


def test_polls_together_are_all_stored_or_none(archive: Archive) -> None:
    polls = [Poll(FeedState(f"https://{n}.example/feed"), [wanting(f"a{n}")], NOW) for n in range(3)]
    stored = archive.save_polls(polls)
    assert [len(one.new_ids) for one in stored] == [1, 1, 1]
    assert archive.headline_count(View()) == 3


def test_a_feed_that_is_subscribed_anew_is_asked_once_more(archive: Archive) -> None:
    archive.sync_feeds([Feed(URL)])
    archive.save_poll(FeedState(URL, etag='"1"', gone=True, error="HTTP 410"), [], NOW)
    archive.sync_feeds([Feed(URL, title="Another title")])
    assert archive.feed_states()[0].gone, "an edit is no new subscription"
    archive.sync_feeds([])
    archive.sync_feeds([Feed(URL)])
    [state] = archive.feed_states()
    assert (state.gone, state.error, state.etag) == (False, "", '"1"')


def test_it_all_outlives_the_process(path: Path) -> None:
    manners = Manners(
        status=429,
        validated=URL,
        address="https://new.example/feed",
        moved_to="https://newer.example/",
        moved_polls=2,
        moved_at=NOW + timedelta(microseconds=7),
        paused_until=NOW + timedelta(hours=2),
        asked_until=NOW,
        fresh=43_200,
        ttl=60,
        skip_hours=(0, 23),
        skip_days=(6,),
        broken=1,
    )
    robots = Robots("https://wire.example", NOW, 200, b"User-agent: *\xff", '"r"', None)
    hosts = (HostState("a.example", NOW, None), HostState("b.example", None, NOW))
    archive = open_archive(path)
    archive.set_desk(DESK, TOPICS, DIGEST)
    archive.sync_feeds([Feed(URL)])
    archive.save_poll(FeedState(URL, manners=manners), [wanting("a")], NOW)
    archive.save_robots(replace(robots, status=404))
    archive.save_robots(robots)
    for host in hosts:
        archive.save_host(host)
    archive.close()
    again = open_archive(path)
    assert again.feed_states()[0].manners == manners
    assert again.robots(robots.origin) == robots
    assert again.robots("https://other.example") is None
    assert again.hosts() == hosts
    assert len(again.wanted_pages([URL], 9)) == 1
    again.close()
