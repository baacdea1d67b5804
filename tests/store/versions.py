"""Archives of earlier versions, made from the text of their schema: `make(path, 1)`."""

from __future__ import annotations

from pathlib import Path

import apsw

from newsdesk.store import schema
from newsdesk.store.archive import open_archive
from newsdesk.store.base import open_database
from store.build import fill


def make(path: Path, version: int, articles: int = 20) -> None:
    """An archive with the tables of `version`, filled with what today's writer stores in them."""
    full = path.with_name("full.db")
    archive = open_archive(full)
    fill(archive, articles)
    archive.close()
    old = apsw.Connection(str(path))
    old.pragma("application_id", schema.APPLICATION_ID)
    old.pragma("journal_mode", "wal")
    for step in schema.MIGRATIONS[:version]:
        old.execute(step)
    old.pragma("user_version", version)
    old.execute("ATTACH ? AS full", (str(full),))
    tables = [
        name
        for (name,) in old.execute(
            """SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'passage_text%'
            AND name NOT LIKE 'sqlite_%'"""
        )
    ]
    for table in tables:
        columns = ", ".join(
            f'"{name}"' for (name,) in old.execute("SELECT name FROM pragma_table_info(?)", (table,))
        )
        old.execute(f"DELETE FROM main.{table}; INSERT INTO main.{table} SELECT {columns} FROM full.{table}")
    old.close()
    _index(path, full)
    full.unlink()


def _index(path: Path, full: Path) -> None:
    """The search index of the full archive: its words are in no table that could be copied by columns."""
    source = open_database(full, read_only=True)
    database = apsw.Connection(str(path))
    for shadow in ("data", "idx", "content", "docsize", "config"):
        table = f"passage_text_{shadow}"
        if source.value("SELECT count(*) FROM sqlite_schema WHERE name = ?", (table,)):
            rows = source.rows(f"SELECT * FROM {table}")
            database.execute(f"DELETE FROM {table}")
            for row in rows:
                database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    database.close()
    source.close()
