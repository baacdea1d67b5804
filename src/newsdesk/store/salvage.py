"""What can still be read of a damaged archive, in a new one.

SQLite's own recovery is an extension that apsw does not have. So each table is read in the order of its keys
from both ends up to the damage, then the gap in between by halves. Marks, texts and states are copied; the
search index, lists and counts are made anew from them. The damaged file stays, under another name.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import apsw
import msgspec

from newsdesk.errors import NotAnArchive
from newsdesk.store import backup, care, restore
from newsdesk.store.base import PAGE_BYTES, Database, Row, make, open_database, told
from newsdesk.store.schema import APPLICATION_ID, VERSION

_DERIVED = frozenset(
    {"article_topic", "combination", "totals", "deep_state", "entity_day", "entity_kind", "unindexed"}
)
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"
_MAGIC = b"SQLite format 3\0"
_PAGES = (PAGE_BYTES, 4_096)
"""What pages archives have had, in bytes: a header that is gone does not say it."""
_PROBES = 600
"""Halvings of the gap in a table: each costs a look at a page."""
_TOGETHER = 500


class Salvaged(msgspec.Struct, frozen=True):
    """What was saved, and where the damaged file is."""

    articles: int
    rows: int
    damaged: tuple[str, ...]
    """Tables of which rows are lost, or may be."""
    aside: str


def salvage(path: Path, now: datetime) -> Salvaged:
    """Save what can be read of the file into a new archive in its place.

    Raises NotAnArchive, and changes nothing, where nothing can be read; Busy; ArchiveError.
    """
    with (
        told(path, "saved", "check the folder"),
        tempfile.TemporaryDirectory(prefix="salvage-", dir=path.parent) as folder,
    ):
        copy, fresh = Path(folder) / "damaged.db", Path(folder) / "archive.db"
        for page in _PAGES:
            if _copy(path, copy, page):
                break
        make(fresh)
        rows, damaged = _read(copy, fresh)
        with closing(open_database(fresh)) as database:
            if not database.value("SELECT count(*) FROM article"):
                raise _nothing(path)
            care.mend(database)
            articles = database.value("SELECT articles FROM totals")
            if not articles:
                raise _nothing(path)
        aside = restore.put(path, fresh, now)
    return Salvaged(articles, rows, damaged, str(aside))


def _nothing(path: Path) -> NotAnArchive:
    newest = next(iter(backup.copies(path)), None)
    way = (
        f"`newsdesk archive restore {newest.path}`" if newest else "move it away to start with a new archive"
    )
    return NotAnArchive(f"{path}: nothing in it can be read", way)


def _copy(path: Path, copy: Path, page: int) -> bool:
    """The file and its log, with a head that SQLite opens: one that says how large the file really is.

    A head that is gone is made for pages of `page` bytes; whether the file's tables can be found so.
    """
    shutil.copyfile(path, copy)
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
    with copy.open("r+b") as file:
        head = bytearray(file.read(100).ljust(100, b"\0"))
        if not head.startswith(_MAGIC):
            head = bytearray(_head(page))
        page = int.from_bytes(head[16:18], "big")
        size = os.fstat(file.fileno()).st_size
        head[28:32] = (size // (65_536 if page == 1 else max(page, 512))).to_bytes(4, "big")
        head[92:96] = head[24:28]  # the size above holds
        head[32:40] = bytes(8)  # no free pages
        file.seek(0)
        file.write(head)
    with closing(apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READONLY)) as found:
        try:
            return bool(found.execute("SELECT count(*) FROM sqlite_schema").get)
        except apsw.Error:
            return False


def _head(page: int) -> bytes:
    """The head of an archive as this program makes it (<https://sqlite.org/fileformat2.html#the_database_header>)."""
    numbers = [1, 0, 0, 0, 1, 4, 0, 0, 1, VERSION, 0, APPLICATION_ID, 0, 0, 0, 0, 0, 1, 3_051_003]
    fixed = _MAGIC + page.to_bytes(2, "big") + bytes([2, 2, 0, 64, 32, 32])
    return fixed + b"".join(number.to_bytes(4, "big") for number in numbers)


def _read(copy: Path, fresh: Path) -> tuple[int, tuple[str, ...]]:
    """Copy all tables; how many rows, and which tables are damaged."""
    count, damaged = 0, []
    with closing(apsw.Connection(str(copy))) as source, closing(open_database(fresh)) as target:
        target.run("PRAGMA foreign_keys = OFF")
        try:
            source.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
            source.execute("PRAGMA writable_schema = ON").fetchall()
            there = {
                name for (name,) in source.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            }
        except apsw.Error:
            return 0, ()
        for (table,) in target.rows(_TABLES):
            if table in _DERIVED or table.startswith(("passage_text", "sqlite_")) or table not in there:
                continue
            stored, whole = _table(source, target, table)
            count += stored
            if not whole:
                damaged.append(table)
    return count, tuple(damaged)


def _table(source: apsw.Connection, target: Database, table: str) -> tuple[int, bool]:
    """Copy one table; (rows stored, whether none is lost)."""
    mine = _columns(target.connection, table)
    try:
        common = [name for name in _columns(source, table) if name in mine]
    except apsw.Error:
        return 0, False
    names = ", ".join(f'"{name}"' for name in common)
    if not common:
        return 0, False
    sql = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({", ".join("?" * len(common))})'
    reader = _Reader(source, table, names)
    stored, batch = 0, []
    with target.write():
        for row in reader.rows():
            batch.append(row)
            if len(batch) == _TOGETHER:
                stored += _store(target, sql, batch)
                batch = []
        stored += _store(target, sql, batch)
    return stored, reader.whole


def _columns(connection: apsw.Connection, table: str) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _store(target: Database, sql: str, rows: list[Row]) -> int:
    """A row that damage made unfit for its table is left out, not the others."""
    before = target.connection.total_changes()
    for row in rows:
        try:
            target.connection.execute(sql, row)
        except (apsw.ConstraintError, apsw.MismatchError):
            continue
    return target.connection.total_changes() - before


class _Reader:
    """Reads one table around its damage; rows near it may come twice."""

    def __init__(self, source: apsw.Connection, table: str, names: str) -> None:
        self._source = source
        self._table = table
        self._names = names
        self._probes = _PROBES
        self._key = self._find_key()
        self.whole = True

    def _find_key(self) -> str:
        """The first column of the key, by which ranges are read."""
        try:
            self._source.execute(f'SELECT rowid FROM "{self._table}" LIMIT 0').fetchall()
        except apsw.SQLError:
            found = self._source.execute(
                "SELECT name FROM pragma_table_info(?) WHERE pk = 1", (self._table,)
            ).fetchall()
            return f'"{found[0][0]}"'
        except apsw.Error:
            pass
        return "rowid"

    def rows(self) -> Iterator[Row]:
        """Every row that can be read."""
        low = high = None
        try:
            for key, *row in self._select("ORDER BY 1"):
                low = key
                yield tuple(row)
            return
        except apsw.Error:
            self.whole = False
        try:
            for key, *row in self._select("ORDER BY 1 DESC"):
                high = key
                yield tuple(row)
        except apsw.Error:
            pass
        if isinstance(low, int | None) and isinstance(high, int) and high > (low or 0):
            yield from self._gap(low or 0, high)

    def _gap(self, low: int, high: int) -> Iterator[Row]:
        """The rows with keys between; the halves of a range that cannot be read, down to single keys."""
        waiting = [(low, high)]
        while waiting and self._probes > 0:
            self._probes -= 1
            first, last = waiting.pop(0)
            try:
                for _, *row in self._select(f"WHERE {self._key} BETWEEN {first} AND {last} ORDER BY 1"):
                    yield tuple(row)
            except apsw.Error:
                middle = (first + last) // 2
                if first < last:
                    waiting += [(first, middle), (middle + 1, last)]

    def _select(self, rest: str) -> Iterator[Row]:
        yield from self._source.execute(f'SELECT {self._key}, {self._names} FROM "{self._table}" {rest}')
