"""The search index, filled behind the articles: what is stored is read at once and found a little later.

What the index has not yet stands in `unindexed`, written in the transaction that stores it. A batch is taken
out of it in the transaction that writes its words, so that a kill forgets nothing and leaves nothing in the
index twice, and any number of processes can work at it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from newsdesk.store.base import Database
from newsdesk.store.packing import Block, unpack_blocks

BATCH = 250
"""Articles in a transaction: a mark waits some tenth of a second for one at most."""

MOST_PARTS = 8
"""Each batch makes a part, and FTS5 joins four of a size by itself. In an index of 100,000 articles that was
just made there are 13: a word and a rare feed take 170 ms of the processor, and 20 in a single one, which
takes 4 s to make."""

_STEP = 300
"""Pages that a step of a merge writes: some 30 ms."""

_INSERT = "INSERT INTO passage_text (rowid, text, title) VALUES (?, ?, ?)"


def put_off(database: Database, article: int, top: int) -> None:
    """Note, within a transaction, that an article is still to be indexed."""
    database.run("INSERT INTO unindexed (top, article_id) VALUES (?, ?)", (top, article))


def take_out(database: Database, article: int, top: int, blocks: int) -> None:
    """Remove an article's words, or that they are still to come, within a transaction."""
    database.run("DELETE FROM passage_text WHERE rowid BETWEEN ? AND ?", (top - blocks, top))
    database.run("DELETE FROM unindexed WHERE article_id = ?", (article,))


def pending_count(database: Database) -> int:
    """Articles that no search finds yet."""
    found: int = database.value("SELECT count(*) FROM unindexed")
    return found


def index(database: Database, most: int = BATCH, first: Sequence[int] = ()) -> int:
    """Index some `most` articles that wait, those of `first` before the newest, in one transaction; how many
    these were. Raises ArchiveError.
    """
    if not pending_count(database):
        return 0
    with database.write():
        waiting = _waiting(database, most, first)
        rows = [row for top, article in waiting for row in _rows(database, article, top)]
        database.run_many(_INSERT, rows)
        database.run_many("DELETE FROM unindexed WHERE top = ?", [(top,) for top, _ in waiting])
        database.run("UPDATE totals SET listed = listed + 1")  # lists narrowed by words hold others now
    return len(waiting)


def merge(database: Database, *, begin: bool) -> bool:
    """Bring the index's parts together a step further, in a short transaction; False when it is done.

    A query looks into every part for each of its words, and where they must stand in a given passage once
    more for each of these. `begin` asks first whether there are more than MOST_PARTS. A kill leaves the parts
    as the last step did. Raises ArchiveError.
    """
    with database.write():
        pages = _STEP
        if begin:
            parts = database.value("SELECT count(DISTINCT segid) FROM passage_text_idx")
            if parts <= MOST_PARTS:
                return False
            # By FTS5's documentation a negative number begins a merge of everything, a positive one goes on.
            pages = -_STEP
        before = database.connection.total_changes()
        database.run("INSERT INTO passage_text (passage_text, rank) VALUES ('merge', ?)", (pages,))
        return database.connection.total_changes() - before >= 2


def index_anew(database: Database) -> None:
    """The whole index from the stored texts, in one transaction: nobody finds half of it."""
    with database.write():
        database.run("INSERT INTO passage_text (passage_text) VALUES ('delete-all')")
        database.run("DELETE FROM unindexed")
        for top, article in database.rows("SELECT top, id FROM article ORDER BY top"):
            database.run_many(_INSERT, _rows(database, article, top))


def _waiting(database: Database, most: int, first: Sequence[int]) -> list[tuple[int, int]]:
    """(top, article) in the order that the index wants: when ids go down, it writes out what it has."""
    wanted = database.rows(
        "SELECT top, article_id FROM unindexed WHERE article_id IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(list(first)).decode(),),
    )
    newest = database.rows("SELECT top, article_id FROM unindexed ORDER BY top DESC LIMIT ?", (most,))
    return sorted(dict.fromkeys([*wanted, *newest][:most]))


def _rows(database: Database, article: int, top: int) -> list[tuple[int, str | None, str | None]]:
    """What the index gets of an article: ids ascend, the title's is the highest."""
    found = database.row(
        """SELECT a.title, r.blocks FROM article AS a
        JOIN revision AS r ON r.article_id = a.id AND r.number = a.revision WHERE a.id = ?""",
        (article,),
    )
    if found is None:  # a damaged archive: `care` has a word for it
        return []
    title, packed = found
    blocks: tuple[Block, ...] = unpack_blocks(packed)
    texts = [(top - 1 - index, block.text, None) for index, block in enumerate(blocks)]
    return [*reversed(texts), (top, None, title)]
