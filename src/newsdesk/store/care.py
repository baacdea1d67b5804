"""The archive looked after: its state told, its faults found, and repaired from what is stored.

A repair deletes nothing: a copy of the archive as it was is made first and stays in the backups folder. Then
the search index and the passages are made anew from the stored texts, counts from a recount, and rows that
belong to nothing are taken out (the copy has them).
"""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import apsw
import msgspec

from newsdesk.errors import ArchiveError
from newsdesk.models import LabelledPassage
from newsdesk.models.care import ArchiveInfo, Finding
from newsdesk.store import backup, deep, indexing, passages
from newsdesk.store.base import Database, Row
from newsdesk.store.packing import Block, packed_text, time_of, unpack_blocks
from newsdesk.store.passages import unread_by_index
from newsdesk.store.recount import recount
from newsdesk.store.topics import NO_DESK, labelling_id

_BATCH = 200
_MOST_FAULTS = 5
STRUCTURE = "file"
"""The finding that no repair in place can mend."""

_ORPHANS = {
    "passage": "NOT EXISTS (SELECT 1 FROM article AS a WHERE a.id = o.article_id"
    " AND o.id BETWEEN a.top - a.blocks AND a.top)",
    "also": "NOT EXISTS (SELECT 1 FROM passage AS p WHERE p.id = o.passage_id)",
    "mention": "NOT EXISTS (SELECT 1 FROM passage AS p WHERE p.id = o.passage_id)",
    **dict.fromkeys(
        ("label", "correction", "article_entity", "revision", "figure", "wanted_page"),
        "NOT EXISTS (SELECT 1 FROM article AS a WHERE a.id = o.article_id)",
    ),
    "unindexed": "NOT EXISTS (SELECT 1 FROM article AS a WHERE a.id = o.article_id AND a.top = o.top)",
}
"""By table: which of its rows belong to nothing."""

_TEXTLESS = """SELECT a.id FROM article AS a WHERE NOT EXISTS
  (SELECT 1 FROM revision AS r WHERE r.article_id = a.id AND r.number = a.revision)"""
_BROKEN = """SELECT a.id FROM article AS a WHERE a.blocks + 1 !=
    (SELECT count(*) FROM passage AS p WHERE p.id BETWEEN a.top - a.blocks AND a.top AND p.article_id = a.id)
  OR NOT EXISTS (SELECT 1 FROM label AS l WHERE l.article_id = a.id)"""
_STAND_INS = (
    """INSERT INTO feed (id, url, subscription, publisher) SELECT DISTINCT feed_id, 'lost:' || feed_id,
      json_object('url', 'lost:' || feed_id), 'lost feed ' || feed_id FROM article
      WHERE feed_id NOT IN (SELECT id FROM feed)""",
    """INSERT INTO labelling (id, desk, digest) SELECT DISTINCT labelling_id, '', 'lost ' || labelling_id
      FROM article WHERE labelling_id NOT IN (SELECT id FROM labelling)""",
    "INSERT OR IGNORE INTO topic (id, desk, key) VALUES (0, '', 'unsorted')",
    "UPDATE passage SET topic_id = 0 WHERE topic_id NOT IN (SELECT id FROM topic)",
    "DELETE FROM also WHERE topic_id NOT IN (SELECT id FROM topic)",
    """UPDATE article SET deep_version = '' WHERE id IN (SELECT article_id FROM article_entity
      WHERE entity_id NOT IN (SELECT id FROM entity))""",
    "DELETE FROM article_entity WHERE entity_id NOT IN (SELECT id FROM entity)",
    "DELETE FROM mention WHERE entity_id NOT IN (SELECT id FROM entity)",
    "DELETE FROM entity_alias WHERE entity_id NOT IN (SELECT id FROM entity)",
    """UPDATE article SET revision = (SELECT max(number) FROM revision AS r WHERE r.article_id = article.id)
      WHERE NOT EXISTS (SELECT 1 FROM revision AS r WHERE r.article_id = id AND r.number = revision)
      AND EXISTS (SELECT 1 FROM revision AS r WHERE r.article_id = id)""",
)
"""What rows need that point to lost ones: a feed with no address, labels to make anew, an earlier text."""
_UNLIKE = """SELECT (SELECT count(*) FROM passage WHERE id NOT IN (SELECT id FROM passage_text_docsize)
    AND article_id NOT IN (SELECT article_id FROM unindexed))
  + (SELECT count(*) FROM passage_text_docsize WHERE id NOT IN (SELECT id FROM passage
    WHERE article_id NOT IN (SELECT article_id FROM unindexed)))"""
"""Passages that the index lacks, and entries that it should not have: of what is still to be indexed, too."""


def info(database: Database, stamp: str = "") -> ArchiveInfo:
    """The archive at a glance. Raises ArchiveError."""
    with database.snapshot():
        totals = database.row("SELECT articles, unread_articles, passages, revisions, figures FROM totals")
        assert totals is not None
        articles, unread, counted, revisions, figures = totals
        value = database.value
        ends = [value(f"SELECT sort FROM article ORDER BY sort {way} LIMIT 1") for way in ("ASC", "DESC")]
        oldest, newest = (None if at is None else time_of(at) for at in ends)
        size = database.path.stat().st_size
        with contextlib.suppress(OSError):
            size += database.path.with_name(f"{database.path.name}-wal").stat().st_size
        return ArchiveInfo(
            path=str(database.path),
            articles=articles,
            unread_articles=unread,
            passages=counted,
            revisions=revisions,
            figures=figures,
            entities=value("SELECT count(*) FROM entity"),
            feeds=value("SELECT count(*) FROM feed WHERE position IS NOT NULL"),
            starred=value("SELECT count(*) FROM article WHERE starred = 1"),
            corrections=value("SELECT count(*) FROM correction"),
            pruned=value("SELECT count(*) FROM pruned"),
            oldest=oldest,
            newest=newest,
            index_pending=indexing.pending_count(database),
            deep_pending=deep.pending_count(database, stamp),
            pages_pending=value("SELECT count(*) FROM wanted_page"),
            bytes=size,
            free_bytes=value("PRAGMA freelist_count") * value("PRAGMA page_size"),
            schema_version=value("PRAGMA user_version"),
            sqlite_version=apsw.sqlite_lib_version(),
            backups=backup.copies(database.path),
        )


def check(database: Database, *, repair: bool, now: datetime | None = None) -> tuple[Finding, ...]:
    """Look at all of the archive; with `repair`, mend what can be mended, after a copy was made.

    Raises ArchiveError where it cannot be read at all, or not be written.
    """
    faults = quick_check(database)
    if faults:
        return (Finding(STRUCTURE, faults),)
    found = _look(database)
    if not repair or not any(one.fault for one in found):
        return found
    backup.make(database, now or datetime.now(UTC), backup.REPAIR)
    mend(database)
    after = {one.name: one.fault for one in _look(database)}
    return tuple(
        msgspec.structs.replace(one, repaired=bool(one.fault) and not after[one.name]) for one in found
    )


def quick_check(database: Database) -> str:
    """What SQLite finds damaged, but for the search index, in one line; empty where all is well."""
    try:
        faults = [row[0] for row in database.rows(f"PRAGMA quick_check({_MOST_FAULTS})")]
    except ArchiveError as error:
        return error.message
    # The index is looked at by itself, and can be made anew.
    real = [fault for fault in faults if fault != "ok" and "fts5" not in fault.casefold()]
    return "; ".join(" ".join(fault.split()) for fault in real)


def mend(database: Database) -> None:
    """Take out what belongs to nothing, make passages, index and counts anew. Raises ArchiveError."""
    with database.write():
        database.run("PRAGMA defer_foreign_keys = ON")
        for statement in _STAND_INS:
            database.run(statement)
        for article in _ids(database, _TEXTLESS):
            _remove(database, article)
        _remove_orphans(database)
    broken = _ids(database, _BROKEN)
    for first in range(0, len(broken), _BATCH):
        with database.write():
            for article in broken[first : first + _BATCH]:
                _rebuild(database, article)
    if not _index_sound(database) or database.value(_UNLIKE):
        indexing.index_anew(database)
    while indexing.index(database):
        pass
    recount(database)


def _look(database: Database) -> tuple[Finding, ...]:
    orphans = {
        table: database.value(f"SELECT count(*) FROM {table} AS o WHERE {which}")
        for table, which in _ORPHANS.items()
    }
    stray = ", ".join(f"{count} of {table}" for table, count in orphans.items() if count)
    pointing = len(database.rows("PRAGMA foreign_key_check"))
    textless, broken = len(_ids(database, _TEXTLESS)), len(_ids(database, _BROKEN))
    sound = _index_sound(database)
    missing = database.value(_UNLIKE)
    return (
        Finding(STRUCTURE),
        Finding("rows", f"rows that belong to nothing: {stray}" if stray else ""),
        Finding("references", f"{pointing} rows point nowhere" if pointing else ""),
        Finding("texts", f"{textless} articles have no text" if textless else ""),
        Finding("passages", f"{broken} articles lack passages or labels" if broken else ""),
        Finding(
            "search index",
            "is damaged" if not sound else f"differs from {missing} passages" if missing else "",
        ),
        Finding("counts", "differ from a recount" if recount(database, keep=False) else ""),
    )


def _index_sound(database: Database) -> bool:
    try:
        database.run("INSERT INTO passage_text (passage_text) VALUES ('integrity-check')")
    except ArchiveError as error:
        if "damaged" in error.message:
            return False
        raise
    return True


def _ids(database: Database, query: str) -> list[int]:
    return [row[0] for row in database.rows(query)]


def _remove_orphans(database: Database) -> None:
    for table, which in _ORPHANS.items():
        database.run(f"DELETE FROM {table} AS o WHERE {which}")
    for table, row, *_ in database.rows("PRAGMA foreign_key_check"):
        if row is not None:  # a table without row ids is among the orphans, or is mended by the recount
            database.run(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))


def _remove(database: Database, article: int) -> None:
    """An article without its text; what belonged to it goes with the orphans."""
    row = database.row("SELECT top, blocks FROM article WHERE id = ?", (article,))
    if row is not None:
        passages.delete(database, article, *row)
    database.run("DELETE FROM article_topic WHERE article_id = ?", (article,))
    database.run("DELETE FROM article WHERE id = ?", (article,))


def _text(database: Database, article: int) -> tuple[int, tuple[Block, ...]]:
    row: Row | None = database.row(
        """SELECT a.top, r.blocks FROM article AS a
        JOIN revision AS r ON r.article_id = a.id AND r.number = a.revision WHERE a.id = ?""",
        (article,),
    )
    assert row is not None
    return row[0], unpack_blocks(row[1])


def _rebuild(database: Database, article: int) -> None:
    """An article's passages from its text, with the read marks that are there; it waits for its labels."""
    top, blocks = _text(database, article)
    marks = unread_by_index(database, top, len(blocks))
    read = [block.text for index, block in enumerate(blocks) if marks.get(index) == 0]
    passages.delete(database, article, top, len(blocks))
    made = [
        LabelledPassage(index, block.kind, block.heading, block.text, (), {}, ())
        for index, block in enumerate(blocks)
    ]
    passages.insert(database, NO_DESK, article, top, packed_text(made), read)
    database.run(
        "UPDATE article SET blocks = ?, labelling_id = ? WHERE id = ?",
        (len(blocks), labelling_id(database, NO_DESK), article),
    )
