"""Read marks and stars."""

from __future__ import annotations

from collections.abc import Collection

from newsdesk.store.base import Database
from newsdesk.store.tally import Place, Tally, stored_share


def mark_read(
    database: Database, article: int, passages: Collection[int] | None, read: bool
) -> frozenset[int]:
    """Mark passages (by index; None: all) read or unread; returns the ones that changed.

    Sub-headings and furniture carry no mark: they follow. Raises ArchiveError.
    """
    mark = int(not read)
    with database.write():
        row = database.row("SELECT feed_id, sort, top, blocks FROM article WHERE id = ?", (article,))
        if row is None:
            return frozenset()
        feed, sort, top, blocks = row
        found = database.rows(
            "SELECT id FROM passage WHERE id BETWEEN ? AND ? AND unread = ?",
            (top - blocks, top - 1, 1 - mark),
        )
        changed = [id for (id,) in found if passages is None or top - 1 - id in passages]
        if changed:
            tally = Tally(database)
            before = stored_share(database, top, blocks)
            database.run_many("UPDATE passage SET unread = ? WHERE id = ?", [(mark, id) for id in changed])
            tally.change(Place(article, feed, sort), before, stored_share(database, top, blocks))
            tally.store()
    return frozenset(top - 1 - id for id in changed)


def star(database: Database, article: int, on: bool) -> None:
    """Set or take away an article's star. Raises ArchiveError."""
    with database.write():
        database.run("UPDATE article SET starred = ?1 WHERE id = ?2 AND starred != ?1", (int(on), article))
