"""The journal: what a person did is taken back whole, across restarts, and every count follows."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from newsdesk.models import UNSORTED, Feed, FeedState, Figure, Found, LabelledPassage, Marked, Starred, View
from newsdesk.store import marks, undo
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.base import open_database
from store.build import DESK, DIGEST, NOW, TOPICS, fill, incoming, passage
from store.recount import maintained, recounted


@pytest.fixture
def filled(archive: Archive) -> Archive:
    fill(archive, 60, feeds=3)
    return archive


def read_of(archive: Archive, article: int) -> frozenset[int]:
    found = archive.article(article)
    assert found is not None
    return found.read


def polled(archive: Archive, *passages: LabelledPassage) -> tuple[int, ...]:
    """One article's passages as a poll brings them; its id where it is new."""
    feed = Feed(url="https://wire.example/feed")
    archive.sync_feeds([feed])
    state = FeedState(url=feed.url, next_due=NOW)
    return tuple(archive.save_poll(state, [incoming("a", "One", passages)], NOW).new_ids)


def check_counts(archive: Archive) -> None:
    assert maintained(archive.path) == recounted(archive.path)


def test_marks_and_stars_go_back_and_forth(filled: Archive) -> None:
    first = filled.headlines(View(), 0, 1)[0].id
    assert filled.undo() is None
    filled.star(first, True)
    filled.mark_read(first, [0, 1])
    marked = read_of(filled, first)
    assert {0, 1} <= marked
    assert filled.undo() is not None
    assert not read_of(filled, first)
    assert filled.headlines(View(), 0, 1)[0].starred
    filled.undo()
    assert not filled.headlines(View(), 0, 1)[0].starred
    assert filled.undo() is None
    filled.redo()
    filled.redo()
    assert (read_of(filled, first), filled.headlines(View(), 0, 1)[0].starred) == (marked, True)
    assert filled.redo() is None
    check_counts(filled)


def test_what_changes_nothing_is_no_step(filled: Archive) -> None:
    first = filled.headlines(View(), 0, 1)[0].id
    filled.star(first, False)
    filled.mark_read(first, read=False)
    assert filled.undo() is None


def test_all_shown_are_one_step(filled: Archive) -> None:
    filled.mark_read(filled.headlines(View(), 3, 1)[0].id, [0])
    before, unread = maintained(filled.path), filled.counts().unread
    assert filled.mark_all_read(View()) == unread
    assert filled.headline_count(View(unread=True)) == 0
    check_counts(filled)
    filled.undo()
    assert filled.counts().unread == unread
    assert filled.headline_count(View(unread=True)) == 60
    check_counts(filled)
    assert maintained(filled.path) == before


def test_all_shown_are_marked_in_parts_and_are_one_step(
    filled: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo, "BATCH", 7)
    monkeypatch.setattr(undo, "KEPT", 2)
    rows = filled.headlines(View(), 0, 60)
    filled.mark_read(rows[3].id, [0])
    unread, before = filled.counts().unread, maintained(filled.path)
    filled.star(rows[4].id, True)
    assert filled.mark_all_read(View()) == unread
    read = maintained(filled.path)
    undone = filled.undo()
    assert isinstance(undone, Marked)
    assert sum(len(indexes) for _, _, indexes in undone.passages) == unread
    assert maintained(filled.path) == before
    filled.redo()
    assert maintained(filled.path) == read
    assert [type(filled.undo()) for _ in range(3)] == [Marked, Starred, type(None)]
    assert maintained(filled.path) == before
    check_counts(filled)


def test_what_another_process_stores_meanwhile_is_reckoned_with(filled: Archive, path: Path) -> None:
    reckoned = []
    with closing(open_database(path)) as ours, closing(open_database(path)) as other:

        def reckon() -> marks.Reckoned:
            reckoned.append(marks.reckon_read(ours, [1, 2, 3], None))
            if len(reckoned) == 1:
                marks.mark_read(other, 2, None, True)
            return reckoned[-1]

        with ours.write_prepared(reckon) as found:
            found.store(ours)
    assert [[article for article, *_ in one.marks] for one in reckoned] == [[1, 2, 3], [1, 3]]
    check_counts(filled)


@pytest.mark.parametrize("topic", ["ferries", UNSORTED])
def test_all_shown_are_those_of_the_chosen_topics(filled: Archive, topic: str) -> None:
    before = {one.topic: one.unread for one in filled.counts().topics}
    assert filled.mark_all_read(View(topics=frozenset({topic}))) == before[topic]
    after = {one.topic: one.unread for one in filled.counts().topics}
    assert after == {**before, topic: 0}


def test_steps_outlive_the_process_and_a_new_one_ends_redoing(filled: Archive, path: Path) -> None:
    ids = [row.id for row in filled.headlines(View(), 0, 12)]
    for article in ids:
        filled.star(article, True)
    filled.close()
    again = open_archive(path)
    again.set_desk(DESK, TOPICS, DIGEST)
    for _ in range(10):
        assert again.undo() is not None
    assert [row.starred for row in again.headlines(View(), 0, 12)] == [True] * 2 + [False] * 10
    again.star(ids[5], True)
    assert again.redo() is None
    again.close()


def test_no_more_steps_than_kept(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "KEPT", 3)
    for row in filled.headlines(View(), 0, 6):
        filled.star(row.id, True)
    assert [filled.undo() is not None for _ in range(4)] == [True, True, True, False]


def test_a_correction_goes_back_to_the_one_before(filled: Archive) -> None:
    first = filled.headlines(View(), 0, 1)[0].id
    filled.correct(first, 0, ["tides"])
    filled.correct(first, 0, ["cargo", "tides"])

    def topics() -> tuple[tuple[str, ...], bool]:
        found = filled.article(first)
        assert found is not None
        return found.passages[0].topics, found.passages[0].manual

    assert topics() == (("cargo", "tides"), True)
    filled.undo()
    assert topics() == (("tides",), True)
    filled.undo()
    assert not topics()[1]
    filled.redo()
    assert topics() == (("tides",), True)
    check_counts(filled)


def test_marks_of_a_text_that_is_gone_stay_as_they_are(archive: Archive) -> None:
    [article] = polled(archive, passage(0, "first words"))
    archive.mark_read(article)
    polled(archive, passage(0, "other words"), passage(1, "first words"))
    assert read_of(archive, article) == {1}
    archive.undo()
    assert read_of(archive, article) == {1}
    check_counts(archive)


def test_a_replaced_text_keeps_its_figures(archive: Archive) -> None:
    [article] = polled(archive, passage(0, "30 died"))
    figure = Figure(0, 0, 2, "30", 30, 30, 30, "exact", "people", "person", "killed", "die")
    archive.save_deep(article, 1, Found((), (figure,)))
    [only] = archive.last_editions(article)
    assert (only.number, only.figures) == (1, (figure,))
    polled(archive, passage(0, "35 died"))
    before, after = archive.last_editions(article)
    assert (before.number, before.figures, before.passages[0].text) == (1, (figure,), "30 died")
    assert (after.number, after.figures, after.passages[0].text) == (2, None, "35 died")
    assert before.content_hash != after.content_hash
    polled(archive, passage(0, "36 died"))
    before, _ = archive.last_editions(article)
    assert before.figures is None, "it was replaced before they were found"
    archive.save_edition_figures(article, 2, [figure])
    assert archive.last_editions(article)[0].figures == (figure,)
    assert archive.last_editions(article + 1) == ()
