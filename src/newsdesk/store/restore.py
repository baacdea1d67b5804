"""Another file in the archive's place: a copy that is taken back, or what was salvaged. Nothing is deleted:
the file that was there lies beside it under another name."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import apsw

from newsdesk.errors import ArchiveError, Busy, NotAnArchive
from newsdesk.store import backup
from newsdesk.store.base import check_file, drafted, open_database
from newsdesk.store.schema import APPLICATION_ID, VERSION

_PATIENCE_MS = 1_000
_IN_USE = Busy("the archive is open in another newsdesk", "close that one first")


def restore(path: Path, file: Path, now: datetime) -> Path | None:
    """Put a copy in the archive's place; where the archive that was there lies now.

    Raises NotAnArchive, ArchiveError where the copy is not sound, Busy where another process has the archive
    open; then nothing was changed.
    """
    if not file.exists():
        raise ArchiveError(f"{file} is not there", "`newsdesk archive info` lists the copies")
    with drafted(path, "written", "check the folder") as draft:
        with closing(_sound(file)) as source:
            source.execute("VACUUM INTO ?", (str(draft),)).fetchall()
        return put(path, draft, now)


def put(path: Path, draft: Path, now: datetime) -> Path | None:
    """Give a whole archive the name `path`; what has it now gets another. There is no moment without a file.

    Raises Busy, ArchiveError, OSError.
    """
    with closing(apsw.Connection(str(draft))) as connection:
        connection.pragma("journal_mode", "wal")
    backup.sync(draft)
    if not path.exists():
        backup.name(draft, path)
        backup.sync(path.parent)
        return None
    aside = _free(path, now)
    with alone(path):
        log = path.with_name(f"{path.name}-wal")
        if log.exists():  # of a file that SQLite cannot read: it belongs to that file and to no other
            os.replace(log, aside.with_name(f"{aside.name}-wal"))
        path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
        try:
            os.link(path, aside)
        except OSError:  # a file system without links
            os.rename(path, aside)
        os.replace(draft, path)
    backup.sync(path.parent)
    return aside


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep every other process out of an archive. Raises Busy where one is in it.

    Every open connection holds a lock that keeps the file in WAL mode: who can take it out of that is alone.
    A file that SQLite cannot read is nobody's.
    """
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    with closing(connection):
        connection.set_busy_timeout(_PATIENCE_MS)
        try:
            connection.pragma("journal_mode", "delete")
            connection.execute("BEGIN EXCLUSIVE").fetchall()
        except (apsw.BusyError, apsw.LockedError):
            raise _IN_USE from None
        except apsw.Error:
            yield
            return
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK").fetchall()
            connection.pragma("journal_mode", "wal")
            raise


def _sound(file: Path) -> apsw.Connection:
    """An open copy that may become the archive. Raises NotAnArchive, NewerArchive, ArchiveError."""
    check_file(file)
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        version = connection.pragma("user_version")
        if connection.pragma("application_id") != APPLICATION_ID:
            raise NotAnArchive(f"{file} belongs to another program", "name a copy of the archive")
        if not 1 <= version <= VERSION:
            open_database(file, read_only=True).close()  # says what is wrong with its version
        faults = [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
        if faults != ["ok"]:
            raise NotAnArchive(f"{file} is damaged", "`newsdesk archive info` lists the other copies")
    except BaseException:
        connection.close()
        raise
    return connection


def _free(path: Path, now: datetime) -> Path:
    """A name beside the archive that nothing has."""
    stem = f"{path.name}.aside-{now.astimezone(UTC):%Y%m%d-%H%M%S}"
    names = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
    return next(name for name in map(path.with_name, names) if not name.exists())
