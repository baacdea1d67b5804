"""The search index behind the articles: nothing is forgotten or found twice, whatever happens meanwhile."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from newsdesk.models import FeedState, View
from newsdesk.store import care, indexing, prune
from newsdesk.store.archive import Archive
from newsdesk.store.base import Database, open_database
from newsdesk.store.incoming import Poll
from store.build import NOW, Writer, incoming, passage

URL = "https://wire.example/feed"
KILLS = 100 if "NEWSDESK_SOAK" in os.environ else 5


@pytest.fixture
def database(archive: Archive, path: Path) -> Iterator[Database]:
    """A second connection."""
    with closing(open_database(path)) as opened:
        yield opened


def store(archive: Archive, texts: dict[str, str]) -> tuple[int, ...]:
    """By id of the entry its text; the one before it is an hour older."""
    articles = [
        incoming(guid, f"Title {guid}", (passage(0, text),), NOW - timedelta(hours=len(texts) - place))
        for place, (guid, text) in enumerate(texts.items())
    ]
    [stored] = archive.save_polls([Poll(FeedState(url=URL), articles, NOW)])
    return (*stored.new_ids, *stored.changed_ids)


def fill(archive: Archive, articles: int) -> None:
    writer = Writer(3)
    batch = [writer.article(number, NOW - timedelta(minutes=number)) for number in range(articles)]
    archive.save_polls([Poll(FeedState(url=URL), batch, NOW)])


def found(archive: Archive, word: str) -> list[int]:
    return [hit.article for hit in archive.search(word)]


def is_sound(database: Database) -> None:
    assert [one for one in care.check(database, repair=False) if one.fault] == []


def test_what_is_stored_is_read_at_once_and_found_when_it_is_indexed(archive: Archive) -> None:
    first, second, third = store(archive, {"a": "harbour one", "b": "harbour two", "c": "harbour three"})
    assert [row.id for row in archive.headlines(View(), 0, 9)] == [third, second, first]
    assert (archive.counts().unindexed, found(archive, "harbour")) == (3, [])
    view = View(words="harb")
    assert archive.headline_count(view) == 0
    assert archive.index(1) == 1
    assert found(archive, "harbour") == [third]
    assert archive.index(1, [first]) == 1
    assert found(archive, "harbour") == [third, first]
    assert [row.id for row in archive.headlines(view, 0, 9)] == [third, first]
    assert (archive.index(), archive.index(), archive.unindexed_count()) == (1, 0, 0)
    assert found(archive, "harbour") == [third, second, first]


def test_an_article_that_changed_before_it_was_indexed(archive: Archive, database: Database) -> None:
    store(archive, {"a": "the pilot left", "b": "the harbour waits"})
    store(archive, {"a": "the captain left", "b": "the harbour waits"})
    is_sound(database)
    assert archive.index() == 2
    assert (len(found(archive, "captain")), found(archive, "pilot")) == (1, [])
    is_sound(database)


def test_an_article_that_changed_after_it_was_indexed_waits_again(
    archive: Archive, database: Database
) -> None:
    store(archive, {"a": "the pilot left"})
    archive.index()
    store(archive, {"a": "the captain left"})
    assert (found(archive, "pilot"), found(archive, "captain"), archive.unindexed_count()) == ([], [], 1)
    is_sound(database)
    archive.index()
    assert len(found(archive, "captain")) == 1
    is_sound(database)


def test_an_article_that_was_pruned_before_it_was_indexed(archive: Archive, database: Database) -> None:
    kept, gone = store(archive, {"a": "the pilot left", "b": "the harbour waits"})
    assert prune.remove(database, (gone,), marked=False) == 1
    assert archive.unindexed_count() == 1
    is_sound(database)
    assert archive.index() == 1
    assert (found(archive, "pilot"), found(archive, "harbour")) == ([kept], [])
    is_sound(database)


def test_what_is_not_indexed_yet_may_have_any_word_of_an_edited_desk(archive: Archive) -> None:
    with_word, without = store(archive, {"a": "the pilot left", "b": "the harbour waits"})
    archive.index(1, [without])
    [(before, _)] = _wordings(archive)
    assert sum(archive.keep_untouched(before, [("pilot",)])) == 1
    waiting = archive.unlabelled("edited", 9)
    assert [version.article for version, _ in waiting] == [with_word]


def _wordings(archive: Archive) -> list[tuple[int, bytes | None]]:
    archive.set_desk("harbour", ("tides", "cargo", "ferries", "weather", "council"), "edited")
    return archive.earlier_wordings()


def test_a_check_knows_what_waits_and_what_must_not(archive: Archive, database: Database) -> None:
    fill(archive, 5)
    assert care.info(database).index_pending == 5
    assert not any(one.fault for one in care.check(database, repair=True))
    archive.index(2)
    database.run("INSERT INTO passage_text (rowid, text) SELECT top, 'strayed' FROM unindexed")
    faults = {one.name: one for one in care.check(database, repair=True) if one.fault}
    assert list(faults) == ["search index"]
    assert faults["search index"].repaired
    assert (archive.unindexed_count(), care.info(database).index_pending) == (0, 0)
    is_sound(database)


def test_many_parts_of_the_index_become_one(
    archive: Archive, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parts() -> int:
        return int(database.value("SELECT count(DISTINCT segid) FROM passage_text_idx"))

    monkeypatch.setattr(indexing, "_STEP", 4)
    monkeypatch.setattr(indexing, "MOST_PARTS", 3)
    fill(archive, 90)
    archive.index(30)
    assert not archive.merge_index(begin=True)
    while archive.index(1) and parts() <= 3:
        pass
    hits = archive.search("ta*", 5_000)
    steps = 1
    assert archive.merge_index(begin=True)
    assert archive.search("ta*", 5_000) == hits
    while archive.merge_index(begin=False):
        steps += 1
    assert (parts(), steps > 3) == (1, True)
    assert archive.search("ta*", 5_000) == hits
    while archive.index():
        pass
    indexed_once(archive, database, 90)


# ---------------------------------------------------------------------- several processes, kills

PROGRAM = """
import sys
from newsdesk.store.archive import open_archive
archive = open_archive(sys.argv[1])
while done := archive.index(3):
    print(done, flush=True)
"""


def start(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    )


def indexed_once(archive: Archive, database: Database, articles: int) -> None:
    """Every passage is in the index, and as often as it is stored."""
    assert archive.unindexed_count() == 0
    is_sound(database)
    entries = database.value("SELECT count(*) FROM passage_text_docsize")
    assert entries == database.value("SELECT count(*) FROM passage")
    for row in archive.headlines(View(), 0, articles):
        article = archive.article(row.id)
        assert article is not None
        phrase = " ".join(article.passages[0].text.rstrip(".").replace(".", "").split()[:9])
        assert found(archive, f'"{phrase}"').count(row.id) == 1


def test_two_processes_share_the_work(archive: Archive, database: Database, path: Path) -> None:
    fill(archive, 120)
    outputs = [process.communicate(timeout=120)[0] for process in [start(path), start(path)]]
    assert sum(int(line) for out in outputs for line in out.split()) == 120
    indexed_once(archive, database, 120)


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_kill_forgets_nothing_and_indexes_nothing_twice(
    archive: Archive, database: Database, path: Path, seed: int
) -> None:
    fill(archive, 60)
    chance = random.Random(seed)
    process = start(path)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline() for _ in range(chance.randint(1, 8))]
    # A moment within one of the next batches, made of work instead of sleep.
    sum(range(chance.randint(0, 300_000)))
    os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    done = sum(int(line) for line in [*acknowledged, *rest.splitlines(keepends=True)] if line.endswith("\n"))
    assert archive.unindexed_count() in (60 - done, 60 - done - 3)
    is_sound(database)
    while archive.index(7):
        pass
    indexed_once(archive, database, 60)
