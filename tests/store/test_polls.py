"""Storing polls: new articles, other texts, marks that carry over, feeds that come and go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from newsdesk.models import Feed, FeedState, Found, LabelledPassage, View
from newsdesk.store.archive import Archive
from store.build import NOW, TOPICS, incoming, passage

URL = "https://wire.example/feed"
STATE = FeedState(
    url=URL,
    title="The Wire",
    site="https://wire.example/",
    etag='W/"abc"',
    last_modified="Sun, 01 Mar 2026 11:59:00 GMT",
    body_hash="77",
    last_poll=NOW + timedelta(microseconds=123_457),
    last_success=NOW - timedelta(days=1, microseconds=1),
    next_due=NOW + timedelta(hours=1),
    failures=2,
    error="404 not found",
)


def texts(*words: str) -> tuple[LabelledPassage, ...]:
    return tuple(passage(index, text, (TOPICS[index % 2],)) for index, text in enumerate(words))


def test_an_article_comes_back_as_it_was_given(archive: Archive) -> None:
    given = (
        passage(0, "A “quoted” line — naïve, 漢字, \U0001f6a2 & <b>", ("tides", "cargo")),
        passage(1, "Under way", kind="heading"),
        passage(2, "  blanks  stay\u00a0", (), heading="Under way"),
        passage(3, "Read more", kind="furniture"),
    )
    original = "<p>A “quoted” line — naïve, 漢字, \U0001f6a2 &amp; &lt;b&gt;</p>".encode() * 40
    [new] = archive.save_poll(STATE, [incoming("g", "Title", given, NOW, original)], NOW).new_ids
    stored = archive.article(new)
    assert stored is not None
    assert stored.passages == given
    assert (stored.title, stored.author, stored.url) == ("Title", "A. Writer", "https://wire.example/g")
    assert (stored.published, stored.fetched, stored.revision) == (NOW, NOW, 1)
    assert (stored.publisher, stored.feed_url, stored.full_text) == ("The Wire", URL, "feed")
    assert (stored.sections, stored.entities, stored.figures, stored.deep) == ((), (), (), False)
    [revision] = archive.revisions(new)
    assert [block.text for block in revision.blocks] == [one.text for one in given]
    assert revision.original == original


def test_a_state_comes_back_to_the_microsecond(archive: Archive) -> None:
    archive.sync_feeds([Feed(URL)])
    archive.save_poll(STATE, (), NOW)
    assert archive.feed_states() == (STATE,)
    gone = FeedState(url=URL, gone=True)
    archive.save_poll(gone, (), NOW)
    assert archive.feed_states() == (gone,)


def test_the_same_poll_again_changes_nothing_but_a_moved_address(archive: Archive) -> None:
    article = incoming("g", "Title", texts("one", "two"))
    [new] = archive.save_poll(STATE, [article], NOW).new_ids
    archive.mark_read(new, [0])
    before = archive.article(new)
    later = NOW + timedelta(hours=3)
    again = archive.save_poll(STATE, [article], later)
    assert (again.new_ids, again.changed_ids) == ((), ())
    assert archive.article(new) == before
    moved = msgspec.structs.replace(article, url="https://wire.example/moved")
    assert archive.save_poll(STATE, [moved], later).changed_ids == ()
    after = archive.article(new)
    assert before is not None
    assert after == msgspec.structs.replace(before, url="https://wire.example/moved")


def test_a_changed_text_is_a_new_revision_and_marks_follow_equal_passages(archive: Archive) -> None:
    first = incoming("g", "Title", texts("stays", "goes", "stays too", "twice", "twice"))
    [article] = archive.save_poll(STATE, [first], NOW).new_ids
    archive.mark_read(article, [0, 1, 2, 3])
    archive.star(article, True)
    archive.save_deep(article, 1, Found((), ()))
    later = NOW + timedelta(hours=1)
    second = incoming("g", "Title, corrected", texts("came", "stays too", "twice", "twice", "stays"), later)
    assert archive.save_poll(STATE, [second], later).changed_ids == (article,)
    stored = archive.article(article)
    assert stored is not None
    assert [one.text for one in stored.passages] == ["came", "stays too", "twice", "twice", "stays"]
    assert stored.read == {1, 2, 4}
    assert (stored.revision, stored.starred, stored.deep) == (2, True, False)
    assert (stored.title, stored.published, stored.fetched) == ("Title, corrected", NOW, later)
    assert [article for article, *_ in archive.deep_pending(5)] == [article]
    assert archive.search("goes") == ()
    assert len(archive.search("came")) == 1
    revisions = archive.revisions(article)
    assert [one.number for one in revisions] == [1, 2]
    assert [block.text for block in revisions[0].blocks] == ["stays", "goes", "stays too", "twice", "twice"]
    assert [one.title for one in revisions] == ["Title", "Title, corrected"]


def test_an_entry_that_a_feed_gives_twice_is_stored_once(archive: Archive) -> None:
    twins = [incoming("g", "First", texts("one")), incoming("g", "Second", texts("two"))]
    [new] = archive.save_poll(STATE, twins, NOW).new_ids
    stored = archive.article(new)
    assert stored is not None
    assert stored.title == "First"


def test_equal_guids_of_two_feeds_are_two_articles(archive: Archive) -> None:
    article = incoming("g", "Title", texts("one"))
    archive.save_poll(STATE, [article], NOW)
    archive.save_poll(FeedState(url="https://other.example/feed"), [article], NOW)
    assert [one.publisher for one in archive.headlines(View(), 0, 9)] == ["other.example", "The Wire"]


@pytest.mark.parametrize(
    "published",
    [None, NOW + timedelta(days=400), datetime(9999, 12, 31, tzinfo=UTC)],
    ids=["missing", "in the future", "at the end of time"],
)
def test_a_time_that_cannot_be_is_the_time_of_the_first_sight(
    archive: Archive, published: datetime | None
) -> None:
    [new] = archive.save_poll(STATE, [incoming("g", "Title", texts("one"), published)], NOW).new_ids
    later = NOW + timedelta(days=2)
    archive.save_poll(STATE, [incoming("g", "Title", texts("two"), published)], later)
    [headline] = archive.headlines(View(), 0, 9)
    assert (headline.id, headline.published, headline.revision) == (new, NOW, 2)


def test_a_time_before_1970_is_the_oldest(archive: Archive) -> None:
    old = incoming("old", "Old", texts("one"), datetime(1066, 10, 14, tzinfo=UTC))
    archive.save_poll(STATE, [old, incoming("new", "New", texts("one"))], NOW)
    assert [one.title for one in archive.headlines(View(), 0, 9)] == ["New", "Old"]


def test_a_crowded_minute_overflows_without_loss(archive: Archive) -> None:
    many = [
        incoming(f"g{n}", f"Title {n}", texts(*(f"n{n}x{k}" for k in range(30))), None) for n in range(120)
    ]
    later = incoming("later", "Later", texts("late"), NOW)
    archive.save_poll(STATE, [*many, later], NOW)
    assert len(archive.headlines(View(), 0, 500)) == 121
    for number in (0, 57, 119):
        [hit] = archive.search(f"n{number}x29")
        assert (hit.title, hit.passage) == (f"Title {number}", 29)


def test_an_article_larger_than_its_minute_is_stored_whole(archive: Archive) -> None:
    long = incoming("g", "Long", texts(*(f"word{n}" for n in range(3_000))), NOW - timedelta(hours=1))
    archive.save_poll(STATE, [incoming("h", "Next", texts("next"), NOW - timedelta(minutes=59)), long], NOW)
    archive.save_poll(STATE, [msgspec.structs.replace(long, content_hash="other")], NOW)
    hits = archive.search("word2999")
    assert [(hit.title, hit.passage) for hit in hits] == [("Long", 2_999)]
    assert [one.title for one in archive.headlines(View(), 0, 9)] == ["Next", "Long"]


def test_known_entries_are_told_by_guid(archive: Archive) -> None:
    article = incoming("g'\"%", "Title", texts("one"))
    [new] = archive.save_poll(STATE, [article], NOW).new_ids
    found = archive.known(URL, ["g'\"%", "not there"])
    assert list(found) == ["g'\"%"]
    assert found["g'\"%"].id == new
    assert found["g'\"%"].content_hash == article.content_hash
    assert (found["g'\"%"].full_text, found["g'\"%"].url) == ("feed", article.url)
    assert archive.known("https://other.example/feed", ["g'\"%"]) == {}


def test_subscriptions_follow_the_config_and_nothing_fetched_is_lost(archive: Archive) -> None:
    one, two = (
        Feed("https://one.example/feed", title="One"),
        Feed("https://two.example/feed", tags=("b", "a")),
    )
    archive.sync_feeds([one, two])
    archive.save_poll(FeedState(url=one.url, etag="x"), [incoming("g", "Title", texts("word"))], NOW)
    archive.sync_feeds([two])
    assert [state.url for state in archive.feed_states()] == [two.url]
    assert archive.counts().feeds == 1
    assert [headline.publisher for headline in archive.headlines(View(), 0, 9)] == ["One"]
    renamed = msgspec.structs.replace(one, title="One Daily")
    archive.sync_feeds([two, renamed])
    assert [status.feed for status in archive.feed_statuses()] == [two, renamed]
    assert archive.feed_statuses()[1].state.etag == "x"
    assert (archive.feed_statuses()[1].articles, archive.feed_statuses()[1].unread) == (1, 1)
    assert [headline.publisher for headline in archive.headlines(View(), 0, 9)] == ["One Daily"]


def test_a_poll_of_a_feed_removed_meanwhile_is_kept_without_a_subscription(archive: Archive) -> None:
    archive.sync_feeds([])
    archive.save_poll(STATE, [incoming("g", "Title", texts("one"))], NOW)
    assert archive.feed_states() == ()
    assert archive.counts().articles == 1


def test_the_summary_of_the_feeds(archive: Archive) -> None:
    urls = [f"https://{name}.example/feed" for name in ("good", "bad", "gone")]
    archive.sync_feeds([Feed(url) for url in urls])
    due = NOW + timedelta(hours=2)
    archive.save_poll(FeedState(urls[0], next_due=due), (), NOW)
    archive.save_poll(FeedState(urls[1], error="timed out", failures=3, next_due=due + timedelta(1)), (), NOW)
    archive.save_poll(FeedState(urls[2], gone=True, next_due=NOW), (), NOW)
    counts = archive.counts()
    assert (counts.feeds, counts.failing, counts.next_due) == (3, 1, due)
