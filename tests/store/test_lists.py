"""Windows of long lists equal the whole list, wherever one jumps; marks show at once."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from newsdesk.models import UNSORTED, FeedState, View
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.articles import read_indexes
from store.build import NOW, TOPICS, Writer, fill, incoming, passage

ARTICLES = 2_100
STATE = FeedState(url="https://wire0.example/feed")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = open_archive(tmp_path_factory.mktemp("lists") / "archive.db")
    fill(archive, ARTICLES)
    for article in range(1, ARTICLES, 7):
        archive.mark_read(article)
    yield archive
    archive.close()


VIEWS = {
    "all": View(),
    "some wait": View(up_to=ARTICLES - 321),
    "unread": View(unread=True),
    "a topic": View(frozenset({"tides"})),
    "topics": View(frozenset({"tides", "ferries", UNSORTED})),
    "topics, unread, kept": View(
        frozenset({"tides", "cargo"}), unread=True, up_to=ARTICLES - 50, kept=frozenset(range(1, 1_000, 14))
    ),
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_every_window_is_a_part_of_the_whole_list(filled: Archive, view: View) -> None:
    whole = [one.id for one in filled.headlines(view, 0, ARTICLES)]
    assert filled.headline_count(view) == len(whole) > 1_000
    jumps = random.Random(5)
    filled._windows.forget()
    starts = [jumps.randrange(len(whole) + 20) for _ in range(40)]
    starts += [len(whole) - 30, len(whole) - 60, len(whole) - 90, 1_100, 1_060, 1_120, 0, 40]
    for start in starts:
        shown = [one.id for one in filled.headlines(view, start, 40)]
        assert shown == whole[start : start + 40]
        for row in (start, min(start + 39, len(whole) - 1)):
            if row < len(whole):
                assert filled.headline_index(view, whole[row]) == row


def test_a_window_outside_the_list_is_empty(filled: Archive) -> None:
    assert filled.headlines(View(), ARTICLES, 40) == ()
    assert filled.headlines(View(), 10**9, 40) == ()
    assert filled.headlines(View(), 0, 0) == ()
    assert len(filled.headlines(View(), -5, 3)) == 3


def test_a_topic_that_is_not_of_the_desk_lists_nothing(filled: Archive) -> None:
    view = View(frozenset({"no-such-topic"}))
    assert filled.headlines(view, 0, 40) == ()
    assert filled.headline_count(view) == 0
    assert filled.headline_index(view, 5) is None
    assert filled.next_unread(view, None) is None


def test_rows_follow_what_is_stored_and_marked_between_two_windows(archive: Archive) -> None:
    writer = Writer(3)
    archive.save_poll(STATE, [writer.article(n, None) for n in range(60)], NOW)
    view, unread = View(), View(unread=True)
    assert [len(archive.headlines(view, 50, 30)), len(archive.headlines(unread, 50, 30))] == [10, 10]
    archive.save_poll(STATE, [writer.article(n, None) for n in range(60, 70)], NOW)
    assert [len(archive.headlines(view, 50, 30)), len(archive.headlines(unread, 50, 30))] == [20, 20]
    for one in archive.headlines(unread, 0, 5):
        archive.mark_read(one.id)
    assert [len(archive.headlines(view, 50, 30)), len(archive.headlines(unread, 50, 30))] == [20, 15]


def test_a_view_that_waits_shows_no_later_article(archive: Archive) -> None:
    archive.save_poll(STATE, [incoming("a", "First", (passage(0, "x", ("tides",)),))], NOW)
    newest = archive.counts().newest_id
    archive.save_poll(STATE, [incoming("b", "Second", (passage(0, "x", ("tides",)),))], NOW)
    for view in (View(up_to=newest), View(frozenset({"tides"}), unread=True, up_to=newest)):
        assert [one.title for one in archive.headlines(view, 0, 9)] == ["First"]
        assert archive.headline_count(view) == 1
        assert archive.headline_index(view, newest + 1) is None
        assert archive.next_unread(view, None, forward=False) == (newest, 0)


def test_an_article_read_since_stays_where_it_is_kept(archive: Archive) -> None:
    batch = [incoming(f"g{n}", f"Title {n}", (passage(0, "x", (TOPICS[n % 2],)),)) for n in range(4)]
    ids = archive.save_poll(STATE, batch, NOW).new_ids
    archive.mark_read(ids[1])
    archive.mark_read(ids[2])
    kept = View(unread=True, kept=frozenset({ids[1]}))
    assert [one.id for one in archive.headlines(kept, 0, 9)] == [ids[3], ids[1], ids[0]]
    assert (archive.headline_count(kept), archive.headline_index(kept, ids[0])) == (3, 2)
    of_topic = View(frozenset({TOPICS[0]}), unread=True, kept=frozenset({ids[1], ids[2]}))
    listed = [one.id for one in archive.headlines(of_topic, 0, 9)]
    assert ids[2] in listed or ids[1] in listed
    assert archive.headline_count(of_topic) == len(listed) == 2


# ---------------------------------------------------------------------- marks


def test_marks_count_passages_and_tell_what_changed(archive: Archive) -> None:
    passages = (
        passage(0, "a", ("tides",)),
        passage(1, "Head", kind="heading"),
        passage(2, "b", ("tides",)),
        passage(3, "c"),
        passage(4, "Subscribe", kind="furniture"),
    )
    [article] = archive.save_poll(STATE, [incoming("g", "Title", passages)], NOW).new_ids
    assert archive.mark_read(article, [0, 1, 2, 99]) == {0, 2}
    assert archive.mark_read(article, [0]) == frozenset()
    stored = archive.article(article)
    assert stored is not None
    assert stored.read == {0, 1, 2}
    counts = archive.counts()
    assert (counts.unread, {one.topic: one.unread for one in counts.topics if one.unread}) == (
        1,
        {UNSORTED: 1},
    )
    assert archive.mark_read(article) == {3}
    stored = archive.article(article)
    assert stored is not None
    assert stored.read == {0, 1, 2, 3, 4}
    assert archive.headlines(View(unread=True), 0, 9) == ()
    assert archive.mark_read(article, read=False) == {0, 2, 3}
    assert archive.mark_read(4_711) == frozenset()


def test_a_star_is_set_and_taken(archive: Archive) -> None:
    [article] = archive.save_poll(STATE, [incoming("g", "Title", (passage(0, "a"),))], NOW).new_ids
    for on in (True, True, False):
        archive.star(article, on)
        assert archive.headlines(View(), 0, 9)[0].starred is on
    archive.star(4_711, True)


def test_headings_follow_the_passage_after_them() -> None:
    assert read_indexes({0: None, 1: 0, 2: None, 3: 1, 4: None}) == {0, 1}
    assert read_indexes({0: None, 1: 0, 2: None}) == {0, 1, 2}
    assert read_indexes({0: 1, 1: None}) == frozenset()
    assert read_indexes({0: None, 1: None}) == {0, 1}
    assert read_indexes({}) == frozenset()
