"""Opening an archive: what is made, what is refused, and that every refusal names the way out."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import apsw
import pytest

from newsdesk.errors import ArchiveError, NewerArchive, NotAnArchive
from newsdesk.models import FeedState, View
from newsdesk.store import base, schema
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.base import PAGE_BYTES as PAGE
from store.build import NOW, Writer, fill


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed archive of 60 articles."""
    archive = open_archive(path)
    fill(archive, 60)
    archive.close()
    return path


def refused(path: Path, kind: type[ArchiveError], words: str, *, read_only: bool = False) -> None:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind, match=words) as caught:
        open_archive(path, read_only=read_only)
    assert type(caught.value) is kind
    assert str(path) in caught.value.message
    assert caught.value.hint
    assert "\n" not in caught.value.line()
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_new_archive_is_made_with_its_folder_and_opened_again(path: Path) -> None:
    archive = open_archive(path)
    assert archive.headlines(View(), 0, 10) == ()
    assert archive.counts().articles == 0
    archive.close()
    again = open_archive(path)
    assert again.counts().newest_id == 0
    assert again.quick_check() == ""
    again.close()
    assert {file.name for file in path.parent.iterdir()} == {path.name, "open.lock"}


def test_the_connection_has_the_promised_settings(path: Path) -> None:
    database = base.open_database(path)
    pragma = database.connection.pragma
    settings = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout")
    assert [pragma(name) for name in settings] == ["wal", 2, 1, 0, 5000]
    assert pragma("application_id") == schema.APPLICATION_ID
    assert pragma("user_version") == schema.VERSION
    assert pragma("journal_size_limit") == 64_000_000
    database.close()


def test_an_empty_file_is_no_empty_archive(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.touch()
    refused(path, NotAnArchive, "0 bytes")


def test_a_text_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_text("Dear diary\n" * 1_000)
    refused(path, NotAnArchive, "not an archive")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE totals (articles)").fetchall()
    other.close()
    refused(path, NotAnArchive, "another program")


def test_a_newer_archive_is_refused(filled: Path) -> None:
    other = apsw.Connection(str(filled))
    other.pragma("user_version", schema.VERSION + 1)
    other.close()
    refused(filled, NewerArchive, "newer")
    refused(filled, NewerArchive, "newer", read_only=True)


def test_an_archive_without_a_version_is_refused(filled: Path) -> None:
    other = apsw.Connection(str(filled))
    other.pragma("user_version", 0)
    other.close()
    refused(filled, NotAnArchive, "damaged")


def test_half_an_archive_is_refused(filled: Path) -> None:
    whole = filled.read_bytes()
    filled.write_bytes(whole[: len(whole) // 2])
    refused(filled, NotAnArchive, "end is missing")


def test_a_damaged_header_or_schema_is_refused(filled: Path) -> None:
    whole = filled.read_bytes()
    filled.write_bytes(b"\xa5" * 100 + whole[100:])
    refused(filled, NotAnArchive, "not an archive")
    filled.write_bytes(whole[:100] + b"\xa5" * (PAGE - 100) + whole[PAGE:])
    refused(filled, NotAnArchive, "damaged")


def test_damage_that_is_met_later_is_told_in_one_line_and_found_by_the_check(filled: Path) -> None:
    whole = filled.read_bytes()
    connection = apsw.Connection(str(filled))
    page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'article'").get
    connection.close()
    assert isinstance(page, int)
    start = (page - 1) * PAGE
    filled.write_bytes(whole[:start] + b"\xa5" * PAGE + whole[start + PAGE :])
    archive = open_archive(filled)
    with pytest.raises(NotAnArchive, match="damaged") as caught:
        archive.article(3)
    assert "backup" in caught.value.hint
    assert archive.quick_check()
    archive.close()


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.mkdir()
    refused(path, ArchiveError, "cannot be read")


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    refused(tmp_path / "data" / "archive.db", ArchiveError, "cannot be (made|read)")


def test_reading_only_makes_nothing_and_writes_nothing(path: Path) -> None:
    refused(path, ArchiveError, "not there", read_only=True)
    assert not path.parent.exists()
    open_archive(path).close()
    reader = open_archive(path, read_only=True)
    assert reader.headlines(View(), 0, 10) == ()
    with pytest.raises(ArchiveError, match="cannot be written"):
        reader.save_poll(FeedState(url="https://wire.example/feed"), (), NOW)
    reader.close()


def test_reading_goes_on_beside_a_writer(archive: Archive, path: Path) -> None:
    fill(archive, 10)
    reader = open_archive(path, read_only=True)
    assert len(reader.headlines(View(), 0, 50)) == 10
    fill(archive, 20)
    assert len(reader.headlines(View(), 0, 50)) == 20
    reader.close()


def test_a_full_disk_is_told_and_loses_nothing(path: Path) -> None:
    database = base.open_database(path)
    archive = Archive(database)
    fill(archive, 20)
    pages = database.connection.pragma("page_count")
    database.connection.pragma("max_page_count", pages + 5)
    writer = Writer(7)
    batch = [writer.article(number, NOW) for number in range(100, 200)]
    with pytest.raises(ArchiveError, match="disk is full") as caught:
        archive.save_poll(FeedState(url="https://wire0.example/feed", etag="never"), batch, NOW)
    assert "free some space" in caught.value.hint
    assert archive.counts().articles == 20
    assert all(state.etag is None for state in archive.feed_states())
    database.connection.pragma("max_page_count", 1_000_000)
    archive.save_poll(FeedState(url="https://wire0.example/feed"), batch, NOW)
    assert archive.counts().articles == 120
    archive.close()


def limited() -> None:
    """No file of this process may grow beyond 1 MB: a full disk, as the system calls see it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))


def test_a_file_that_cannot_grow_is_told_by_a_real_process(path: Path) -> None:
    program = """
import sys
from newsdesk.errors import ArchiveError
from newsdesk.store.archive import open_archive
from store.build import fill
archive = open_archive(sys.argv[1])
try:
    fill(archive, 5000)
except ArchiveError as error:
    print(error.line())
print(archive.counts().articles, len(archive.search("the", 5)) >= 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        env={"PYTHONPATH": str(Path(__file__).parents[1])},
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=True,
    )
    line, left = done.stdout.splitlines()
    assert str(path) in line
    assert "disk" in line
    assert int(left.split()[0]) % 250 == 0
    archive = open_archive(path)
    assert archive.quick_check() == ""
    assert archive.counts().articles == int(left.split()[0])
    archive.close()


def test_a_folder_that_cannot_be_written_can_be_read() -> None:
    """A process without rights: another user where the tests run as root, else the folder's own mode."""
    program = """
import os, sys
from newsdesk.errors import ArchiveError
from newsdesk.models import Feed, FeedState, View
from newsdesk.store.archive import open_archive
from store.build import DESK, DIGEST, NOW, TOPICS
if os.geteuid() == 0:
    os.setuid(65534)
for read_only in (True, False):
    archive = open_archive(sys.argv[1], read_only=read_only)
    archive.set_desk(DESK, TOPICS, DIGEST)
    archive.set_desk("new", ("one",), DIGEST)
    archive.sync_feeds([Feed("https://other.example/feed")])
    print(len(archive.headlines(View(), 0, 99)), archive.headlines(View(frozenset({"one"})), 0, 9))
    try:
        archive.mark_read(3)
    except ArchiveError as error:
        print(error.line())
"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "archive.db"
        archive = open_archive(path)
        fill(archive, 30)
        archive.close()
        path.chmod(0o444)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-B", "-c", program, str(path)],
            env={"PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert [lines[0], lines[2]] == ["30 ()", "30 ()"]
    assert all(f"{path} cannot be written" in line for line in (lines[1], lines[3]))


def test_each_migration_is_one_transaction(path: Path) -> None:
    database = base.open_database(path)
    steps = (*schema.MIGRATIONS, "CREATE TABLE one (a) STRICT", "CREATE TABLE two (a INTEGER) STRICT")
    with pytest.raises(ArchiveError):
        base.migrate(database, steps)
    assert database.value("PRAGMA user_version") == schema.VERSION
    good = (*schema.MIGRATIONS, "CREATE TABLE one (a INTEGER) STRICT", "CREATE TABLE two (a INTEGER) STRICT")
    base.migrate(database, good)
    base.migrate(database, good)
    assert database.value("PRAGMA user_version") == schema.VERSION + 2
    assert database.rows("SELECT * FROM two") == []
    database.close()
