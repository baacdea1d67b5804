"""The connection: opening, checking and making the file, transactions, and every error in plain words.

Settings and their reasons (measured with kills, full disks and several writers): WAL and synchronous FULL,
so that what was stored survives the process and the power; a busy time-out of 5 s and BEGIN IMMEDIATE for
every change, so that processes wait for each other and none reads "locked".
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import apsw

from newsdesk.errors import ArchiveError, NewerArchive, NotAnArchive, Stopped
from newsdesk.store import backup, schema
from newsdesk.store.presence import Presence

BUSY_MS = 5_000
_JOURNAL_BYTES = 64_000_000
_CACHE_KIB = 8_000
PAGE_BYTES = 8_192
"""Of a new archive: in SQLite's pages of 4,096 bytes most texts stand alone, a third of it empty; 10,000
articles of `bench.archive` take 80 MB instead of 87. Archives with those pages stay as they are."""
_MAGIC = b"SQLite format 3\0"
_WAY_OUT = (
    "`newsdesk archive check --salvage` saves what can be read, `newsdesk archive restore` takes a backup"
)

Row = tuple[Any, ...]
Bindings = Sequence[Any] | dict[str, Any]
Prepared = TypeVar("Prepared")


class Database:
    """An open archive file. One thread at a time; a change holds a lock, so threads cannot mix theirs."""

    def __init__(self, connection: apsw.Connection, path: Path, presence: Presence | None = None) -> None:
        self.connection = connection
        self.path = path
        self._lock = threading.RLock()
        self._presence = presence
        self._writing = False

    def rows(self, sql: str, bindings: Bindings = ()) -> list[Row]:
        """All rows of a query. Raises ArchiveError."""
        try:
            return self.connection.execute(sql, bindings).fetchall()
        except apsw.Error as error:
            raise explained(error, self.path) from error

    def row(self, sql: str, bindings: Bindings = ()) -> Row | None:
        """The first row, or None. Raises ArchiveError."""
        found = self.rows(sql, bindings)
        return found[0] if found else None

    def value(self, sql: str, bindings: Bindings = ()) -> Any:
        """The first column of the first row, or None. Raises ArchiveError."""
        found = self.rows(sql, bindings)
        return found[0][0] if found else None

    def run(self, sql: str, bindings: Bindings = ()) -> None:
        """A statement without rows. Raises ArchiveError."""
        self.rows(sql, bindings)

    def run_many(self, sql: str, bindings: Iterable[Bindings]) -> None:
        """One statement for each of the bindings. Raises ArchiveError."""
        try:
            self.connection.executemany(sql, bindings)
        except apsw.Error as error:
            raise explained(error, self.path) from error

    @contextlib.contextmanager
    def write(self) -> Iterator[None]:
        """One immediate transaction: all of the block is stored, or nothing; a block within another belongs
        to that one. Raises ArchiveError."""
        with self._lock:
            if self._writing:
                yield
                return
            self.run("BEGIN IMMEDIATE")
            self._writing = True
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                # After "disk full" SQLite has rolled back already.
                if self.connection.in_transaction:
                    self.run("ROLLBACK")
                raise
            finally:
                self._writing = False

    @contextlib.contextmanager
    def write_prepared(self, prepare: Callable[[], Prepared]) -> Iterator[Prepared]:
        """A transaction with what `prepare` read and reckoned before it began, so that others can write
        meanwhile; it is made anew within where another connection stored something since.

        Raises ArchiveError.
        """
        with self._lock:
            if self._writing:
                yield prepare()
                return
            with self.snapshot():
                version = self.value("PRAGMA data_version")
                made = prepare()
            with self.write():
                if self.value("PRAGMA data_version") != version:
                    made = prepare()
                yield made

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several queries that see one state of the archive. Raises ArchiveError."""
        with self._lock:
            if self.connection.in_transaction:
                yield
                return
            self.run("BEGIN")
            try:
                yield
            finally:
                if not self.connection.get_autocommit():
                    self.run("COMMIT")

    @property
    def writable(self) -> bool:
        return not self.connection.readonly("main")

    def close(self) -> None:
        with contextlib.suppress(apsw.Error):
            self.connection.close()
        if self._presence is not None:
            self._presence.end()


def explained(error: apsw.Error, path: Path) -> ArchiveError:
    """SQLite's error as one that names the file and the way out."""
    if isinstance(error, apsw.InterruptError):
        return Stopped(f"{path}: the query was given up")
    if isinstance(error, apsw.FullError):
        return ArchiveError(f"{path}: the disk is full", "free some space; what was stored before is safe")
    if isinstance(error, apsw.ReadOnlyError | apsw.PermissionsError | apsw.AuthError):
        return ArchiveError(f"{path} cannot be written", "check the permissions of the file and its folder")
    if isinstance(error, apsw.CantOpenError):
        return ArchiveError(f"{path} cannot be opened", "check the permissions of the file and its folder")
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return ArchiveError(f"{path}: another process is writing for long", "try again when it is done")
    if isinstance(error, apsw.CorruptError | apsw.NotADBError):
        return NotAnArchive(f"{path} is damaged", _WAY_OUT)
    if isinstance(error, apsw.IOError):
        return ArchiveError(
            f"{path}: the disk reports an error ({error})", "check the disk and its free space"
        )
    return ArchiveError(f"{path}: {error}", "`newsdesk doctor` checks the archive")


def open_database(path: Path, *, read_only: bool = False) -> Database:
    """Open an archive's file; made new where there is none (not with `read_only`), migrated where it is old.

    Raises NotAnArchive, NewerArchive, ArchiveError.
    """
    path = Path(os.path.abspath(path))
    if not path.exists():
        if read_only:
            raise ArchiveError(f"{path} is not there", "`newsdesk fetch` makes it")
        make(path)
    check_file(path)
    presence = None if read_only else Presence(path)
    try:
        connection = _connect(path, read_only)
    except BaseException:
        if presence is not None:
            presence.end()
        raise
    database = Database(connection, path, presence)
    try:
        _check_version(database, read_only)
        if not read_only and database.writable:
            if database.value("PRAGMA user_version") < schema.VERSION:
                backup.make(database, datetime.now(UTC), backup.MIGRATION)
            migrate(database)
        if database.row("SELECT articles FROM totals") is None:
            raise NotAnArchive(f"{path} is damaged: its totals are gone", _WAY_OUT)
    except BaseException:
        database.close()
        raise
    return database


def _connect(path: Path, read_only: bool) -> apsw.Connection:
    flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE
    try:
        return _configured(apsw.Connection(str(path), flags=flags))
    except (apsw.CantOpenError, apsw.ReadOnlyError) as error:
        # A file in a folder that cannot be written has no place for the shared-memory file that WAL needs.
        if _wal(path).exists():
            raise explained(error, path) from error
        address = f"file:{quote(str(path))}?immutable=1"
        try:
            return _configured(
                apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
            )
        except apsw.Error:
            raise explained(error, path) from error
    except apsw.Error as error:
        raise explained(error, path) from error


def _configured(connection: apsw.Connection) -> apsw.Connection:
    try:
        connection.set_busy_timeout(BUSY_MS)
        connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        connection.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
        connection.config(apsw.SQLITE_DBCONFIG_DQS_DDL, 0)
        connection.execute(
            f"""PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -{_CACHE_KIB};
            PRAGMA journal_size_limit = {_JOURNAL_BYTES}; PRAGMA temp_store = MEMORY;"""
        ).fetchall()
        connection.pragma("schema_version")
    except apsw.Error:
        connection.close()
        raise
    return connection


def make(path: Path) -> None:
    """A new archive, complete before it gets its name: a kill leaves a whole one or none."""
    with drafted(path, "made", "check the folder, or use --home DIR") as draft:
        connection = _configured(
            apsw.Connection(str(draft), flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
        )
        try:
            connection.pragma("page_size", PAGE_BYTES)
            connection.pragma("application_id", schema.APPLICATION_ID)
            connection.pragma("journal_mode", "wal")
            migrate(Database(connection, path))
        finally:
            connection.close()
        # Another process may have been faster: then its archive is the one.
        with contextlib.suppress(FileExistsError):
            backup.name(draft, path)


@contextlib.contextmanager
def drafted(path: Path, verb: str, way_out: str) -> Iterator[Path]:
    """A free name beside `path`, its folder made, for a file that is made whole before it is `path`; what is
    left of it goes at the end. Faults are told as by `told`.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with told(path, verb, way_out):
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)
            yield draft
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


@contextlib.contextmanager
def told(path: Path, verb: str, way_out: str) -> Iterator[None]:
    """Faults of the disk ("`path` cannot be `verb`", and the way out) and of SQLite as ArchiveError."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"{path} cannot be {verb}: {error.strerror or error}", way_out) from error
    except apsw.Error as error:
        raise explained(error, path) from error


def check_file(path: Path) -> None:
    """Refuse what is no archive before SQLite sees it: to it zero bytes are an empty database."""
    try:
        head, size = _head(path)
    except (apsw.Error, OSError) as error:
        raise ArchiveError(
            f"{path} cannot be read", "check its permissions, and that it is a file"
        ) from error
    if size == 0:
        raise NotAnArchive(f"{path} is empty (0 bytes)", _WAY_OUT)
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise NotAnArchive(f"{path} is not an archive of newsdesk", _WAY_OUT)
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    # While a write-ahead log waits, the file may rightly be shorter than its header says.
    if size < pages * (65_536 if page == 1 else page) and not _wal(path).exists():
        raise NotAnArchive(f"{path} is damaged: its end is missing", _WAY_OUT)


def _head(path: Path) -> tuple[bytes, int]:
    """The first 100 bytes of a file, and its size.

    Read through SQLite: closing a file drops all locks that this process has on it, those of its other
    connections too; another process would then take the write-ahead log away from under them
    (<https://sqlite.org/howtocorrupt.html>, 2.2).
    """
    flags = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY
    file = apsw.VFSFile("", str(path), [flags, 0])
    try:
        return file.xRead(100, 0), file.xFileSize()
    finally:
        file.xClose()


def _wal(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _check_version(database: Database, read_only: bool) -> None:
    path = database.path
    if database.value("PRAGMA application_id") != schema.APPLICATION_ID:
        raise NotAnArchive(f"{path} belongs to another program", "move it away, or use --home DIR")
    version = database.value("PRAGMA user_version")
    if version > schema.VERSION:
        raise NewerArchive(
            f"{path} is of a newer newsdesk (archive version {version}; this one reads {schema.VERSION})",
            "update newsdesk; the archive was not touched",
        )
    if version < 1:
        raise NotAnArchive(f"{path} is damaged: it has no version", _WAY_OUT)
    if version < schema.VERSION and (read_only or not database.writable):
        raise ArchiveError(
            f"{path} is of an older newsdesk and cannot be brought up to date here", "run `newsdesk`"
        )


def migrate(database: Database, migrations: Sequence[str] = schema.MIGRATIONS) -> None:
    """Bring the tables up to date; each step is one transaction, so a kill leaves a whole version."""
    while (version := database.value("PRAGMA user_version")) < len(migrations):
        with database.write():
            # Another process may have taken this step while this one waited for the lock.
            if database.value("PRAGMA user_version") != version:
                continue
            database.run(migrations[version])
            if database.rows("PRAGMA foreign_key_check"):
                raise NotAnArchive(f"{database.path} is damaged: rows point nowhere", _WAY_OUT)
            database.run(f"PRAGMA user_version = {version + 1}")
