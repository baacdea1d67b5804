"""Copies of the archive: what they hold, when they are made, how many stay; and migrations under kills."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from newsdesk.errors import ArchiveError
from newsdesk.models import View
from newsdesk.store import backup, schema
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.base import open_database
from store import versions
from store.build import DESK, DIGEST, NOW, TOPICS, fill
from store.recount import maintained, recounted


def test_a_copy_is_whole_and_is_never_written_over(archive: Archive, path: Path, tmp_path: Path) -> None:
    fill(archive, 30)
    file = tmp_path / "elsewhere" / "copy.db"
    with closing(open_database(path)) as database:
        backup.write(database, file)
        with pytest.raises(ArchiveError, match="there already"):
            backup.write(database, file)
    assert [one.name for one in file.parent.iterdir()] == ["copy.db"]
    with closing(open_archive(file)) as copy:
        assert copy.quick_check() == ""
        copy.set_desk(DESK, TOPICS, DIGEST)
        assert copy.headlines(View(), 0, 50) == archive.headlines(View(), 0, 50)
        first = archive.article(1)
        assert first is not None
        word = first.passages[0].text.split()[0]
        assert copy.search(word) == archive.search(word) != ()
    assert maintained(file) == recounted(file) == maintained(path)


def test_three_automatic_copies_stay_and_all_that_a_person_asked_for(archive: Archive, path: Path) -> None:
    fill(archive, 2)
    with closing(open_database(path)) as database:
        asked = backup.make(database, NOW, backup.ASKED)
        made = [backup.make(database, NOW + timedelta(days=n), backup.WEEKLY) for n in range(1, 6)]
        twice = backup.make(database, NOW + timedelta(days=5), backup.WEEKLY)
    kept = [Path(copy.path) for copy in backup.copies(path)]
    assert set(kept) == {asked, *made[-2:], twice}
    assert kept[-1] == asked


def test_the_weekly_copy_waits_a_week_and_mistrusts_the_future(archive: Archive, path: Path) -> None:
    with closing(open_database(path)) as database:
        assert backup.weekly(database, NOW) is None
        fill(archive, 2)
        assert backup.weekly(database, NOW + timedelta(days=6)) is None
        assert backup.weekly(database, NOW + timedelta(days=7)) is not None
        assert backup.weekly(database, NOW + timedelta(days=8)) is None
        assert backup.weekly(database, NOW + timedelta(days=14)) is not None
        assert backup.weekly(database, NOW - timedelta(days=365)) is not None


def test_a_folder_that_cannot_take_the_copy_is_told(archive: Archive, path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with closing(open_database(path)) as database, pytest.raises(ArchiveError, match="cannot be written"):
        backup.write(database, tmp_path / "file" / "copy.db")


FULL = """
import resource, sys
from pathlib import Path
from newsdesk.errors import ArchiveError
from newsdesk.store import backup
from newsdesk.store.base import open_database
from store.build import NOW
database = open_database(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    backup.make(database, NOW, backup.WEEKLY)
except ArchiveError as error:
    print(error.line())
print(database.value("SELECT articles FROM totals"))
"""


def test_a_disk_that_is_full_is_told_and_leaves_no_half_copy(archive: Archive, path: Path) -> None:
    fill(archive, 60)
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    line, articles = done.stdout.splitlines()
    assert "disk" in line
    assert articles == "60"
    assert list(backup.folder(path).iterdir()) == []


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_an_archive_of_every_version_opens_with_its_articles_and_is_copied_first(
    path: Path, version: int
) -> None:
    path.parent.mkdir()
    versions.make(path, version)
    with closing(open_archive(path)) as archive:
        assert archive.quick_check() == ""
        assert len(archive.headlines(View(), 0, 50)) == 20
        first = archive.article(1)
        assert first is not None
        assert archive.search(first.passages[0].text.split()[0])
    assert maintained(path) == recounted(path)
    [copy] = backup.copies(path)
    assert copy.occasion == "migration"
    old = apsw.Connection(copy.path, flags=apsw.SQLITE_OPEN_READONLY)
    assert old.pragma("user_version") == version
    assert old.pragma("quick_check") == "ok"
    old.close()


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
print("done")
"""


@pytest.mark.parametrize("left", [14, 19, 24, 29, 36])
def test_a_kill_within_a_migration_leaves_the_old_version_or_the_next(path: Path, left: int) -> None:
    path.parent.mkdir()
    versions.make(path, 1, articles=3)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(left)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done
    with closing(apsw.Connection(str(path))) as connection:
        assert 1 <= int(connection.pragma("user_version")) < schema.VERSION
    with closing(open_archive(path)) as archive:
        assert archive.quick_check() == ""
        assert archive.counts().articles == 3
    assert maintained(path) == recounted(path)
