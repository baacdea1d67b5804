"""Looking after the archive: what is told of it, what a check finds and mends, what a pruning takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from newsdesk.models import FeedState, Figure, Found, View
from newsdesk.store import backup, care, prune
from newsdesk.store.archive import Archive
from newsdesk.store.base import Database, open_database
from newsdesk.store.recount import recount
from store.build import NOW, Writer, fill
from store.recount import maintained, recounted


@pytest.fixture
def database(archive: Archive, path: Path) -> Iterator[Database]:
    """A second connection to an archive of 60 articles of three feeds."""
    fill(archive, 30, feeds=3)
    for number in range(3):
        writer = Writer(50 + number)
        batch = [writer.article(1000 + 10 * number + one, NOW - timedelta(days=one)) for one in range(10)]
        archive.save_poll(FeedState(url=f"https://wire{number}.example/feed"), batch, NOW)
    with closing(open_database(path)) as opened:
        yield opened


def faults(database: Database) -> dict[str, str]:
    return {one.name: one.fault for one in care.check(database, repair=False) if one.fault}


def is_sound(database: Database) -> None:
    assert faults(database) == {}
    assert maintained(database.path) == recounted(database.path)


def test_the_state_is_told(archive: Archive, database: Database) -> None:
    archive.star(3, True)
    archive.correct(4, 0, ["cargo"])
    info = care.info(database)
    assert (info.articles, info.feeds, info.starred, info.corrections) == (60, 3, 1, 1)
    assert (info.revisions, info.figures, info.deep_pending) == (60, 0, 60)
    assert info.oldest is not None
    assert info.oldest < NOW == info.newest
    assert info.bytes > database.path.stat().st_size > 0
    assert info.backups == ()


def test_a_sound_archive_is_found_sound_and_left_alone(database: Database) -> None:
    assert not recount(database)
    assert not any(one.fault for one in care.check(database, repair=True))
    assert backup.copies(database.path) == ()


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        ("UPDATE totals SET unread = 7", "counts"),
        ("DELETE FROM article_topic WHERE article_id = 5", "counts"),
        ("UPDATE combination SET articles = articles + 1", "counts"),
        ("INSERT INTO passage_text (passage_text) VALUES ('delete-all')", "search index"),
        ("DELETE FROM passage_text_data WHERE id > 10", "search index"),
        ("DELETE FROM passage WHERE article_id = 5", "passages"),
        ("DELETE FROM label WHERE article_id = 5", "passages"),
        ("INSERT INTO passage VALUES (7, 70000, 0, NULL)", "rows"),
        ("INSERT INTO label VALUES (70000, x'00')", "rows"),
        ("INSERT INTO mention VALUES (70000, 1, 2, 3)", "rows"),
        ("DELETE FROM revision WHERE article_id = 5", "texts"),
    ],
)
def test_a_fault_is_found_and_mended_after_a_copy(database: Database, damage: str, name: str) -> None:
    database.connection.config(1010, 0)  # SQLITE_DBCONFIG_DEFENSIVE: the index's own tables, too
    database.run("PRAGMA foreign_keys = OFF")
    database.run(damage)
    database.run("PRAGMA foreign_keys = ON")
    assert name in faults(database)
    found = care.check(database, repair=True, now=NOW)
    assert all(one.repaired for one in found if one.fault)
    is_sound(database)
    [copy] = backup.copies(database.path)
    assert copy.occasion == "repair"
    with closing(open_database(Path(copy.path))) as before:
        assert name in faults(before)


def test_what_was_mended_is_searched_and_keeps_its_marks(archive: Archive, database: Database) -> None:
    article = archive.article(5)
    assert article is not None
    archive.mark_read(5, [0])
    unread = database.value("SELECT unread FROM article WHERE id = 5")
    word = article.passages[0].text.split()[0]
    hits = [hit.article for hit in archive.search(word, 1000)]
    database.run("DELETE FROM label WHERE article_id = 5")
    database.run("INSERT INTO passage_text (passage_text) VALUES ('delete-all')")
    care.check(database, repair=True)
    assert [hit.article for hit in archive.search(word, 1000)] == hits
    again = archive.article(5)
    assert again is not None
    assert [one.text for one in again.passages] == [one.text for one in article.passages]
    assert database.value("SELECT unread FROM article WHERE id = 5") == unread
    assert archive.unlabelled_count("first wording") == 1


def test_a_pruning_takes_what_is_old_and_leaves_what_is_marked(archive: Archive, database: Database) -> None:
    archive.star(3, True)
    archive.correct(4, 0, ["cargo"])
    wish = prune.Wish(before=NOW - timedelta(days=20))
    planned = prune.plan(database, wish)
    assert (planned.starred, planned.corrected, planned.with_figures) == (1, 1, 0)
    assert {3, 4} & set(planned.articles) == set()
    assert maintained(database.path)["totals"][0][0] == 60
    archive.star(planned.articles[0], True)  # between the look and the deed
    assert prune.take(database, planned, wish) == len(planned.articles) - 1
    assert care.info(database).articles == 60 - len(planned.articles) + 1
    assert archive.article(planned.articles[1]) is None
    assert archive.article(planned.articles[0]) is not None
    is_sound(database)
    assert prune.give_back(database)
    is_sound(database)


def test_a_pruning_keeps_the_newest_of_each_feed(database: Database, archive: Archive) -> None:
    planned = prune.plan(database, prune.Wish(keep=4, feed="https://wire1.example/feed"))
    assert planned.by_feed == (("https://wire1.example/feed", 6),)
    everything = prune.Wish(keep=4)
    prune.take(database, prune.plan(database, everything), everything)
    assert len(archive.headlines(View(), 0, 99)) == 12
    is_sound(database)


def test_sources_of_figures_stay_unless_told_otherwise(archive: Archive, database: Database) -> None:
    archive.star(2, True)
    figure = Figure(0, 0, 2, "30", 30, 30, 30, "exact", "people", "person", "killed", "die")
    for article in (1, 2, 3):
        assert archive.save_deep(article, 1, Found((), (figure,)))
    wish = prune.Wish(before=NOW + timedelta(days=1))
    planned = prune.plan(database, wish)
    assert (planned.starred, planned.with_figures, len(planned.articles)) == (1, 2, 57)
    wish = prune.Wish(before=NOW + timedelta(days=1), figures=True)
    planned = prune.plan(database, wish)
    assert (planned.starred, planned.with_figures, len(planned.articles)) == (1, 0, 59)
    assert prune.take(database, planned, wish) == 59
    assert (care.info(database).articles, care.info(database).figures) == (1, 1)
    is_sound(database)


def test_what_was_pruned_does_not_come_back_with_a_poll(database: Database, archive: Archive) -> None:
    writer = Writer(51)
    url = "https://wire1.example/feed"
    batch = [writer.article(1010 + one, NOW - timedelta(days=one)) for one in range(10)]
    wish = prune.Wish(keep=4, feed=url)
    prune.take(database, prune.plan(database, wish), wish)
    again = archive.save_poll(FeedState(url=url), batch, NOW)
    assert again.new_ids == ()
    assert care.info(database).pruned == 6
    is_sound(database)
