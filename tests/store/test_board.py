"""The board's columns: pages of keys, words of rows, what waits; and the plans of their queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsdesk.models import UNSORTED, Entity, FeedState, Figure, Found, Mention
from newsdesk.models.board import BoardRow, Column
from newsdesk.store.archive import Archive, open_archive
from store.build import DESK, DIGEST, NOW, TOPICS, Writer, fill, incoming, passage
from store.test_plans import Recorder, sorts, whole_reads

ARTICLES = 60
STATE = FeedState(url="https://wire0.example/feed")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("board") / "archive.db"
    archive = open_archive(path)
    fill(archive, ARTICLES)
    archive.close()
    return path


@pytest.fixture
def board(filled: Path) -> Iterator[Recorder]:
    recorder = Recorder(filled)
    yield recorder
    recorder.archive.close()


def walked(archive: Archive, column: Column, page: int) -> list[int]:
    """All keys of a column, page by page."""
    found: list[int] = []
    while keys := archive.board_keys(column, page, before=found[-1] if found else None):
        found += keys
    return found


def expected(archive: Archive, topic: str) -> list[tuple[int, int]]:
    """(article, index) of a topic's passages, by reading every article: newest first, in reading order."""
    found = []
    for number in range(ARTICLES, 0, -1):
        article = archive.article(number)
        assert article is not None
        found += [
            (number, one.index)
            for one in article.passages
            if (one.topic or UNSORTED) == topic and one.kind != "heading"
        ]
    return found


def rows_of(archive: Archive, column: Column) -> list[BoardRow]:
    return list(archive.board_rows(walked(archive, column, 50)))


@pytest.mark.parametrize("topic", [*TOPICS, UNSORTED])
def test_a_column_has_the_passages_of_its_topic_newest_first(board: Recorder, topic: str) -> None:
    rows = rows_of(board.archive, Column(topic))
    assert [(row.article, row.passage) for row in rows] == expected(board.archive, topic)
    total = next(one.passages for one in board.archive.counts().topics if one.topic == topic)
    assert len(rows) == total > 20
    for row in rows[:40]:
        article = board.archive.article(row.article)
        assert article is not None
        one = article.passages[row.passage]
        assert (row.text, row.title, row.publisher) == (one.text, article.title, article.publisher)
        assert {row.topic, *row.further} == set(one.topics or (UNSORTED,))
        assert (row.published, row.url, row.unread) == (article.published, article.url, True)


@pytest.mark.parametrize("page", [1, 7, 64])
def test_pages_meet_in_both_directions(board: Recorder, page: int) -> None:
    column, archive = Column("tides"), board.archive
    whole = walked(archive, column, 1000)
    assert walked(archive, column, page) == whole
    assert whole == sorted(whole, reverse=True)
    upwards = list(archive.board_oldest(column, page))
    while above := archive.board_keys(column, page, after=upwards[0]):
        upwards = [*above, *upwards]
    assert upwards == whole
    assert archive.board_keys(column, 0) == ()
    assert archive.board_keys(Column("no-such-topic"), 5) == ()


def test_unread_columns_keep_what_was_read_here(archive: Archive) -> None:
    writer = Writer(3)
    archive.save_poll(STATE, [writer.article(n, NOW) for n in range(6)], NOW)
    rows = rows_of(archive, Column("tides"))
    archive.mark_read(rows[1].article, [rows[1].passage])
    archive.mark_read(rows[3].article, [rows[3].passage])
    keys = [row.key for row in rows]
    unread = [key for key in keys if key not in (keys[1], keys[3])]
    assert walked(archive, Column("tides", unread=True), 3) == unread
    kept = Column("tides", unread=True, kept=frozenset({keys[3], 5}))
    assert walked(archive, kept, 3) == sorted([*unread, keys[3]], reverse=True)
    assert archive.board_oldest(kept, 2) == tuple(sorted([*unread, keys[3]], reverse=True)[-2:])
    assert [row.unread for row in archive.board_rows(keys[:4])] == [True, False, True, False]


def test_what_arrives_later_waits_and_is_counted(archive: Archive) -> None:
    archive.save_poll(STATE, [incoming("a", "First", (passage(0, "x", ("tides",)),))], NOW)
    newest = archive.counts().newest_id
    assert archive.board_waiting(newest) == {}
    later = (passage(0, "y", ("tides", "cargo")), passage(1, "z", ("tides",)), passage(2, "w"))
    archive.save_poll(STATE, [incoming("b", "Second", later)], NOW)
    waits = Column("tides", up_to=newest)
    assert [row.title for row in archive.board_rows(archive.board_keys(waits, 9))] == ["First"]
    assert archive.board_waiting(newest) == {"tides": 2, UNSORTED: 1}
    archive.mark_read(newest + 1, [0, 2])
    assert archive.board_waiting(newest, unread=True) == {"tides": 1}
    assert [row.text for row in archive.board_rows(archive.board_keys(Column("tides"), 9))] == ["y", "z", "x"]


def test_rows_have_entities_and_figures_of_their_passage(archive: Archive) -> None:
    texts = (passage(0, "Seven boats left Oslo", ("tides",)), passage(1, "Oslo waits", ("tides",)))
    [article] = archive.save_poll(STATE, [incoming("a", "First", texts)], NOW).new_ids
    mentions = (Mention(0, 17, 21, "Oslo"), Mention(1, 0, 4, "Oslo"))
    figure = Figure(0, 0, 11, "Seven boats", 7, 7, 7, "exact", "boats", "vehicle", "other", "leave")
    archive.save_deep(article, 1, Found((Entity("place/oslo", "Oslo", "place", mentions),), (figure,)))
    first, second = archive.board_rows(archive.board_keys(Column("tides"), 9))
    assert (first.mentions, first.figures) == (((17, 21, "place"),), (figure,))
    assert (second.mentions, second.figures) == (((0, 4, "place"),), ())
    assert archive.board_rows([first.key, 12345]) == (first,)


COLUMNS = {
    "all": Column("tides"),
    "waits": Column(UNSORTED, up_to=20),
    "unread": Column("tides", unread=True, up_to=20),
    "kept": Column("tides", unread=True, kept=frozenset({3, 4})),
}


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS.keys())
def test_pages_are_walked_in_their_index(board: Recorder, column: Column) -> None:
    pages: list[Callable[[Archive], object]] = [
        lambda archive: archive.board_keys(column, 20),
        lambda archive: archive.board_keys(column, 20, before=1 << 40),
        lambda archive: archive.board_keys(column, 20, after=1 << 20),
    ]
    for page in pages:
        plans = board.plans(page)
        assert whole_reads(plans) == []
        if not column.kept:
            assert sorts(plans) == []
        index = "passage_unread" if column.unread else "passage_topic"
        walks = [line for lines in plans.values() for line in lines if f"INDEX {index} (topic_id=?" in line]
        assert len(walks) == 1, plans
        board.statements.clear()


def test_rows_and_what_waits_are_sought(board: Recorder) -> None:
    keys = board.archive.board_keys(Column("tides"), 8)
    plans = board.plans(lambda archive: (archive.board_rows(keys), archive.board_waiting(ARTICLES - 5)))
    assert whole_reads(plans) == []
    lines = [line for plan in plans.values() for line in plan]
    assert any(re.match(r"SEARCH a USING INTEGER PRIMARY KEY \(rowid>\?\)", line) for line in lines)
    assert not any("AUTOMATIC" in line for line in lines)
    sought = r"SEARCH t USING .*\(topic_id=\? AND sort=\? AND article_id=\?\)"
    assert any(re.match(sought, line) for line in lines)


def test_another_desk_sees_its_own_topics(filled: Path) -> None:
    archive = open_archive(filled, read_only=True)
    archive.set_desk(DESK, TOPICS, DIGEST)
    assert archive.board_keys(Column("tides"), 3)
    archive.set_desk("elsewhere", TOPICS, DIGEST)
    assert archive.board_keys(Column("tides"), 3) == ()
    archive.close()
