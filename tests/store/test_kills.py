"""kill -9 at random points of the deep pass and of a migration: what was told stays, nothing is there twice,
every count is that of a recount. Polls are killed in test_processes.py, indexing in test_indexing.py, whole
refreshes in tests/update/test_kills.py: 40 kills together, 500 under `make soak`.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import apsw
import msgspec
import pytest

from newsdesk.analysis.pipeline import TOO_LONG
from newsdesk.models import DeepDone, Desk, Feed, FeedState, Topic, View
from newsdesk.store import care, schema
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.base import open_database
from newsdesk.store.incoming import Poll
from newsdesk.update.background import Job
from newsdesk.update.deep import DEADLY
from store.build import DESK, DIGEST, NOW, TOPICS, incoming, passage
from store.recount import maintained, recounted
from store.test_released import FILES, unpack

SOAK = "NEWSDESK_SOAK" in os.environ
DEEP_PASSES = 100 if SOAK else 4
MIGRATIONS = 140 if SOAK else 14
MOMENT = 1_500_000
"""Additions that fill a moment within a step, made of work instead of sleep."""
STATEMENTS = 90
"""About as many as a migration from the first schema to the last runs."""


def child(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill(process: subprocess.Popen[str], chance: random.Random) -> list[str]:
    """Kill a process in the middle of a step; the whole lines that it said since."""
    sum(range(chance.randint(0, MOMENT)))
    os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    return [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]


def is_whole(path: Path) -> None:
    """No check finds a fault, and every count is that of a recount."""
    with closing(open_database(path)) as database:
        assert [one for one in care.check(database, repair=False) if one.fault] == []
    assert maintained(path) == recounted(path)


MODEL = "none"
"""The rules alone: the passes' steps are the same, and hundreds of them take seconds."""


def job(path: Path, desk: Desk) -> str:
    return msgspec.json.encode(Job("deep", str(path), desk, model=MODEL)).decode() + "\n"


def background(path: Path, desk: Desk) -> subprocess.Popen[str]:
    """The background child with its job, as the interface starts it."""
    process = child("from newsdesk.update.background import main; main()")
    assert process.stdin is not None
    process.stdin.write(job(path, desk))
    process.stdin.flush()
    return process


def deep_done(lines: list[str]) -> set[int]:
    """The articles that the child said it had stored."""
    said = [msgspec.json.decode(line) for line in lines]
    return {id for event in said if event["type"] == DeepDone.__name__ for id in event["ids"]}


def figures(path: Path) -> dict[int, tuple[int, bool]]:
    """By article that was read, its figures, and whether a busy machine was too slow to read it."""
    with closing(open_database(path, read_only=True)) as database:
        return {
            article: (count, TOO_LONG in notices)
            for article, notices, count in database.rows(
                """SELECT a.id, a.notices, (SELECT count(*) FROM figure AS g WHERE g.article_id = a.id)
                FROM article AS a WHERE a.deep_version != ''"""
            )
        }


def test_a_deep_pass_that_is_killed(archive: Archive, path: Path) -> None:
    desk = Desk("Harbour", (Topic("ferry", "Ferry", strong=("ferry",)),), id="harbour")
    feed = Feed("https://wire.example/feed")
    chance = random.Random()
    texts = [
        f"The ferry sank on Monday, killing {number} people, Mayor Anna Berg said."
        for number in range(20, 20 + 12 * DEEP_PASSES)
    ]
    articles = [
        incoming(f"g{number}", "Ferries", (passage(0, text), passage(1, text)), NOW)
        for number, text in enumerate(texts)
    ]
    archive.sync_feeds([feed])
    archive.save_polls([Poll(FeedState(url=feed.url), articles, NOW)])
    told: set[int] = set()
    for _ in range(DEEP_PASSES):
        process = background(path, desk)
        assert process.stdout is not None
        lines: list[str] = []
        wanted = chance.randint(1, 2)
        while sum("DeepDone" in line for line in lines) < wanted:
            lines.append(process.stdout.readline())
            assert lines[-1], process.communicate()
        told |= deep_done(lines + kill(process, chance))
        read = figures(path)
        assert told <= set(read)
        assert {count for count, late in read.values() if not late} == {2}
    is_whole(path)
    process = background(path, desk)
    assert process.stdout is not None
    told |= deep_done(process.stdout.readlines())  # until it is done: an end of its input would end it
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    read = figures(path)
    assert len(read) == len(texts)
    assert told <= set(read)
    assert {count for count, late in read.values() if not late} == {2}
    with closing(open_database(path)) as database:
        # What a killed pass was reading is read first by the next one, and not left to its words.
        assert not database.value("SELECT count(*) FROM article WHERE notices LIKE ?", (f"%{DEADLY}%",))
        assert not database.value(
            "SELECT count(*) FROM article AS a JOIN figure AS g ON g.article_id = a.id"
            " WHERE g.best != 20 + substr(a.guid, 2)"
        )
    is_whole(path)


KILLED = """
import os, signal, sys
import apsw
from newsdesk.store import base
left = int(sys.argv[2])
def count(cursor, statement, bindings):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return True
apsw.connection_hooks.append(lambda connection: connection.set_exec_trace(count))
base.open_database(base.Path(sys.argv[1])).close()
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
def test_a_migration_of_a_released_archive_that_is_killed(file: Path, tmp_path: Path) -> None:
    chance = random.Random()
    versions: set[int] = set()
    for number in range(MIGRATIONS):
        path = unpack(file, tmp_path / str(number) / "archive.db")
        process = child(KILLED, path, chance.randint(1, STATEMENTS))
        process.communicate(timeout=60)
        assert process.returncode in (0, -signal.SIGKILL)
        with closing(apsw.Connection(str(path))) as connection:
            versions.add(int(connection.pragma("user_version")))
        with closing(open_archive(path)) as archive:
            archive.set_desk(DESK, TOPICS, DIGEST)
            assert len(archive.headlines(View(), 0, 50)) == 12
            assert len(archive.figures()) == 3
        is_whole(path)
    assert versions <= set(range(1, schema.VERSION + 1))
