"""Several processes on one archive: nobody reads "locked", a kill loses nothing, changes are seen."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newsdesk.models import Feed, FeedState, View
from newsdesk.store import presence
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.base import open_database
from newsdesk.update import upkeep
from store.build import DESK, DIGEST, NOW, TOPICS, Writer, fill
from store.recount import maintained, recounted

SOAK = "NEWSDESK_SOAK" in os.environ
SECONDS = 60 if SOAK else 5
KILLS = 100 if SOAK else 6

PREAMBLE = """
import sys
from newsdesk.models import FeedState
from newsdesk.store import presence
from newsdesk.store.archive import open_archive
from store.build import DESK, DIGEST, NOW, TOPICS, Writer
archive = open_archive(sys.argv[1])
archive.set_desk(DESK, TOPICS, DIGEST)
"""

POLLS = """
writer = Writer(int(sys.argv[2]))
url = f"https://wire{sys.argv[2]}.example/feed"
for poll in range(int(sys.argv[3])):
    batch = [writer.article(poll * 10 + n, NOW) for n in range(10)]
    stored = archive.save_poll(FeedState(url=url, etag=str(poll)), batch, NOW)
    print(poll, *stored.new_ids, flush=True)
"""

MARKS = """
for round in range(int(sys.argv[3])):
    for article in range(1, 41):
        archive.mark_read(article, None, round % 2 == 0)
        archive.star(article, round % 2 == 0)
print("done", flush=True)
"""


def start(program: str, path: Path, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + program, str(path), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> list[str]:
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    return out.splitlines()


def is_whole(path: Path) -> None:
    """The file is sound, the search index too, and every count is that of a recount."""
    database = open_database(path)
    assert database.value("PRAGMA quick_check") == "ok"
    assert database.rows("PRAGMA foreign_key_check") == []
    database.run("INSERT INTO passage_text (passage_text) VALUES ('integrity-check')")
    passages = set(database.rows("SELECT id FROM passage"))
    assert set(database.rows("SELECT rowid FROM passage_text")) == passages
    database.close()
    assert maintained(path) == recounted(path)


def test_two_fetching_processes_and_a_marking_one_share_the_archive(archive: Archive, path: Path) -> None:
    fill(archive, 40)
    running = [start(POLLS, path, 101, 15), start(POLLS, path, 102, 15), start(MARKS, path, 0, 4)]
    seen = 0
    while any(process.poll() is None for process in running):
        counts = archive.counts()
        assert counts.articles >= seen
        seen = counts.articles
        assert len(archive.headlines(View(), 0, 30)) == 30
        archive.mark_read(seen)
    lines = [finished(process) for process in running]
    assert [len(one) for one in lines] == [15, 15, 1]
    assert archive.counts().articles == 40 + 300
    is_whole(path)


READING = """
import time
from newsdesk.models import View
end = time.monotonic() + float(sys.argv[2])
looks = seen = 0
while time.monotonic() < end:
    counts = archive.counts()
    assert counts.articles >= seen
    seen = counts.articles
    assert len(archive.headlines(View(), 0, 30)) == min(30, seen)
    archive.search("a", 10)
    looks += 1
print(looks, flush=True)
"""

WRITING = """
import time
end = time.monotonic() + float(sys.argv[3])
writer = Writer(int(sys.argv[2]))
url = f"https://wire{sys.argv[2]}.example/feed"
polls = 0
while time.monotonic() < end:
    batch = [writer.article(polls * 10 + n, NOW) for n in range(10)]
    archive.save_poll(FeedState(url=url, etag=str(polls)), batch, NOW)
    archive.mark_read(1 + polls % 40)
    polls += 1
print(polls, flush=True)
"""


def test_two_writers_and_three_readers_never_read_locked(archive: Archive, path: Path) -> None:
    fill(archive, 40)
    writers = [start(WRITING, path, number, SECONDS) for number in (101, 102)]
    readers = [start(READING, path, SECONDS) for _ in range(3)]
    polls = sum(int(finished(process)[0]) for process in writers)
    assert all(int(finished(process)[0]) > 0 for process in readers)
    assert archive.counts().articles == 40 + 10 * polls
    is_whole(path)


def test_processes_that_make_the_archive_at_once_get_the_same_one(path: Path) -> None:
    running = [start(POLLS, path, 200 + number, 2) for number in range(4)]
    for process in running:
        assert len(finished(process)) == 2
    archive = open_archive(path)
    assert archive.counts().articles == 80
    archive.close()
    is_whole(path)


def test_what_another_process_stores_changes_the_data_version(archive: Archive, path: Path) -> None:
    before = archive.data_version()
    archive.save_poll(FeedState(url="https://wire.example/feed"), [Writer().article(1, NOW)], NOW)
    assert archive.data_version() == before
    finished(start(POLLS, path, 300, 1))
    after = archive.data_version()
    assert after != before
    assert archive.data_version() == after
    assert len(archive.headlines(View(), 0, 30)) == 11


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_kill_in_the_middle_of_a_poll_loses_nothing_and_doubles_nothing(path: Path, seed: int) -> None:
    process = start(POLLS, path, 7, 10_000)
    assert process.stdout is not None
    chance = random.Random(seed)
    acknowledged = [process.stdout.readline() for _ in range(chance.randint(2, 12))]
    # A moment within one of the next polls, made of work instead of sleep.
    sum(range(chance.randint(0, 2_000_000)))
    os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    acknowledged += rest.splitlines(keepends=True)
    polls = [line.split() for line in acknowledged if line.endswith("\n")]

    archive = open_archive(path)
    archive.set_desk(DESK, TOPICS, DIGEST)
    articles = archive.counts().articles
    assert articles in (10 * len(polls), 10 * len(polls) + 10)
    assert all(archive.article(int(article)) for poll in polls for article in poll[1:])
    database = open_database(path, read_only=True)
    stored = int(database.value("SELECT etag FROM feed"))
    database.close()
    assert (stored + 1) * 10 == articles
    assert maintained(path) == recounted(path)

    writer = Writer(7)
    for poll in range(stored + 1):
        batch = [writer.article(poll * 10 + n, NOW) for n in range(10)]
        again = archive.save_poll(FeedState(url="https://wire7.example/feed"), batch, NOW)
        assert (again.new_ids, again.changed_ids) == ((), ())
    archive.close()
    is_whole(path)


def test_a_kill_while_the_archive_is_made_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    for number in range(4):
        path = tmp_path / str(number) / "archive.db"
        path.parent.mkdir()
        process = start("", path)
        while process.poll() is None and not any(path.parent.iterdir()):
            pass
        process.kill()
        process.communicate(timeout=60)
        archive = open_archive(path)
        assert archive.quick_check() == ""
        archive.close()


def test_a_second_connection_of_a_process_keeps_the_locks_of_the_first(archive: Archive, path: Path) -> None:
    archive.sync_feeds([Feed("https://wire.example/feed")])
    second = open_archive(path)
    assert second.counts().feeds == 1
    # Whoever is alone with the archive may take its log away; another process must find that it is not.
    program = "import apsw, sys; apsw.Connection(sys.argv[1]).pragma('journal_mode', 'delete')"
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    assert "BusyError" in done.stderr
    assert path.with_name(f"{path.name}-wal").exists()
    second.close()


def test_an_unclean_stop_is_known_until_the_archive_was_looked_over(archive: Archive, path: Path) -> None:
    fill(archive, 5)
    archive.close()
    assert not presence.unclean(path)
    process = start(POLLS, path, 7, 10_000)
    assert process.stdout is not None
    assert process.stdout.readline()
    process.kill()
    process.communicate(timeout=60)
    stray = path.with_name(f"{path.name}.{process.pid}.new")
    stray.touch()
    open_archive(path).close()
    assert not stray.exists()
    assert presence.unclean(path)
    open_archive(path).close()
    [notice] = upkeep.look_over(path)
    assert "checked and is whole" in notice.text
    assert not presence.unclean(path)
    assert list(upkeep.look_over(path)) == []


def test_damage_after_an_unclean_stop_is_told_each_time(archive: Archive, path: Path) -> None:
    fill(archive, 30)
    archive.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:40_960] + b"\xa5" * 40_960 + whole[81_920:])
    path.with_name("open.lock").write_text("not closed")
    for _ in range(2):
        [notice] = upkeep.look_over(path)
        assert notice.kind == "warning"
        assert "newsdesk archive check" in notice.text
