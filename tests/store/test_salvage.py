"""Damaged files, five kinds: what can be read is saved, what cannot be is told, and the file stays."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from newsdesk.errors import ArchiveError, Busy, NotAnArchive
from newsdesk.store import backup, care, restore
from newsdesk.store.archive import open_archive
from newsdesk.store.base import PAGE_BYTES as PAGE
from newsdesk.store.base import open_database
from newsdesk.store.salvage import Salvaged, salvage
from store.build import NOW, fill
from store.recount import maintained, recounted

ARTICLES = 80


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive, with a star."""
    path = tmp_path_factory.mktemp("made") / "archive.db"
    with closing(open_archive(path)) as archive:
        fill(archive, ARTICLES)
        archive.star(3, True)
    return path


@pytest.fixture
def filled(made: Path, path: Path) -> Path:
    """A copy of that, to be damaged."""
    path.parent.mkdir()
    shutil.copyfile(made, path)
    return path


def saved(path: Path, least: int) -> Salvaged:
    """Salvage, and look at what came of it."""
    damaged = path.read_bytes()
    found = salvage(path, NOW)
    aside = Path(found.aside).read_bytes()
    assert (len(aside), aside[100:]) == (len(damaged), damaged[100:])
    assert least <= found.articles <= ARTICLES
    with closing(open_database(path)) as database:
        assert not any(one.fault for one in care.check(database, repair=False))
        assert database.value("PRAGMA journal_mode") == "wal"
    assert maintained(path) == recounted(path)
    with closing(open_archive(path)) as archive:
        left = [archive.article(number) for number in range(1, ARTICLES + 1)]
        stored = [article for article in left if article is not None]
        assert len(stored) == found.articles
        for article in stored[:: len(stored) // 10 or 1]:
            assert article.passages
            word = article.passages[0].text.split()[0]
            assert article.id in {hit.article for hit in archive.search(word, 10_000)}
    return found


def test_a_header_of_garbage(filled: Path) -> None:
    whole = filled.read_bytes()
    filled.write_bytes(b"\xa5" * 100 + whole[100:])
    with pytest.raises(NotAnArchive) as caught:
        open_archive(filled)
    assert "archive check --salvage" in caught.value.hint
    assert saved(filled, ARTICLES).damaged == ()
    with closing(open_archive(filled)) as archive:
        article = archive.article(3)
        assert article is not None
        assert article.starred


def test_a_header_of_garbage_over_pages_as_they_were_before(filled: Path) -> None:
    connection = apsw.Connection(str(filled))
    connection.pragma("journal_mode", "delete")
    connection.execute("PRAGMA page_size = 4096; VACUUM").fetchall()
    assert connection.pragma("page_size") == 4_096
    connection.close()
    filled.write_bytes(b"\xa5" * 100 + filled.read_bytes()[100:])
    assert saved(filled, ARTICLES).damaged == ()


def leaves(path: Path, table: str) -> list[int]:
    """The numbers of the pages with a table's rows."""
    with closing(apsw.Connection(str(path))) as connection:
        sql = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno"
        return [number for (number,) in connection.execute(sql, (table,))]


@pytest.mark.parametrize("part", [0.5, 0.75])
def test_a_file_cut_off(filled: Path, part: float) -> None:
    texts = leaves(filled, "revision")
    filled.write_bytes(filled.read_bytes()[: texts[int(len(texts) * part)] * PAGE - PAGE // 3])
    assert saved(filled, 1).damaged != ()


@pytest.mark.parametrize("table", ["article", "revision", "passage", "label", "feed", "topic"])
def test_a_page_overwritten(filled: Path, table: str) -> None:
    pages = leaves(filled, table)
    start = (pages[len(pages) // 2] - 1) * PAGE
    whole = filled.read_bytes()
    filled.write_bytes(whole[:start] + b"\xa5" * PAGE + whole[start + PAGE :])
    found = saved(filled, ARTICLES // 2 if table == "article" else ARTICLES - 20)
    assert table in found.damaged


@pytest.mark.parametrize("content", [b"", b"Dear diary\n" * 10_000])
def test_a_file_with_nothing_in_it_names_the_newest_copy_and_stays(filled: Path, content: bytes) -> None:
    with closing(open_database(filled)) as database:
        copy = backup.make(database, NOW, backup.ASKED)
    filled.write_bytes(content)
    with pytest.raises(NotAnArchive, match="nothing in it can be read") as caught:
        salvage(filled, NOW)
    assert f"newsdesk archive restore {copy}" in caught.value.hint
    assert filled.read_bytes() == content
    aside = restore.restore(filled, copy, NOW)
    assert aside is not None
    assert aside.read_bytes() == content
    with closing(open_archive(filled)) as archive:
        assert archive.counts().articles == ARTICLES
    assert {one.name for one in filled.parent.iterdir()} == {filled.name, aside.name, "backups", "open.lock"}


def test_another_programs_database_has_nothing_of_ours(filled: Path) -> None:
    filled.unlink()
    other = apsw.Connection(str(filled))
    other.execute(
        "CREATE TABLE article (id INTEGER PRIMARY KEY, words TEXT); INSERT INTO article VALUES (1, 'x')"
    )
    other.close()
    before = filled.read_bytes()
    with pytest.raises(NotAnArchive, match="nothing in it can be read"):
        salvage(filled, NOW)
    assert filled.read_bytes() == before


def test_a_copy_is_taken_back_and_the_present_archive_lies_beside_it(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(open_database(filled)) as database:
        backup.write(database, copy)
    with closing(open_archive(filled)) as archive:
        fill(archive, ARTICLES + 10)
    aside = restore.restore(filled, copy, NOW)
    assert aside is not None
    for path, articles in ((filled, ARTICLES), (aside, ARTICLES + 10)):
        with closing(open_archive(path)) as archive:
            assert archive.counts().articles == articles
            assert archive.quick_check() == ""
    with closing(open_database(filled)) as database:
        assert database.value("PRAGMA journal_mode") == "wal"


def test_a_copy_that_is_not_sound_is_refused(filled: Path, tmp_path: Path) -> None:
    before = filled.read_bytes()
    copy = tmp_path / "copy.db"
    with pytest.raises(ArchiveError, match="not there"):
        restore.restore(filled, copy, NOW)
    half = before[: len(before) // 2]
    middle = before[:8192] + b"\xa5" * 40_960 + before[8192 + 40_960 :]
    for content in (b"", b"Dear diary\n" * 100, half, middle):
        copy.write_bytes(content)
        with pytest.raises(NotAnArchive):
            restore.restore(filled, copy, NOW)
    assert filled.read_bytes() == before
    assert {one.name for one in filled.parent.iterdir()} <= {filled.name, "open.lock"}


def test_an_archive_that_another_process_has_open_is_left_alone(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(open_database(filled)) as database:
        backup.write(database, copy)
    program = """
import sys
from newsdesk.store.archive import open_archive
archive = open_archive(sys.argv[1])
print(archive.counts().articles, flush=True)
sys.stdin.read()
archive.star(4, True)
archive.close()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(filled)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert int(other.stdout.readline()) == ARTICLES
        with pytest.raises(Busy, match="open in another newsdesk"):
            restore.restore(filled, copy, NOW)
        other.stdin.close()
        assert other.wait(timeout=60) == 0
    assert {one.name for one in filled.parent.iterdir()} <= {filled.name, "open.lock"}
    with closing(open_database(filled)) as database:
        assert database.value("SELECT starred FROM article WHERE id = 4") == 1
        assert database.value("PRAGMA journal_mode") == "wal"
