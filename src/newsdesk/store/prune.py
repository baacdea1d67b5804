"""Taking old articles out: by age, number a feed, feed. What a person marked stays, unless told otherwise.

Each batch is one transaction with its counts and index entries. Who an entry was is remembered, so that a
feed that still lists it does not bring it back.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import msgspec

from newsdesk.errors import ArchiveError
from newsdesk.models.care import Pruning
from newsdesk.store import passages
from newsdesk.store.base import Database
from newsdesk.store.deep import forget
from newsdesk.store.packing import seconds
from newsdesk.store.tally import Place, Tally, stored_share

BATCH = 100
"""Articles in a transaction: other writers wait no longer than for a poll."""


class Wish(msgspec.Struct, frozen=True):
    """What is to go; what is named must all hold."""

    before: datetime | None = None
    """Published, or first seen, earlier than this."""
    keep: int | None = None
    """Not among the newest so many of its feed."""
    feed: str | None = None
    """The feed's address."""
    figures: bool = False
    """Also articles with nothing but figures to keep them."""
    marked: bool = False
    """Also articles with a star, a correction or figures."""


def plan(database: Database, wish: Wish) -> Pruning:
    """What a wish takes, the oldest first; nothing is changed. Raises ArchiveError."""
    rows = database.rows(
        """SELECT id, url, starred, corrected, figured FROM (
          SELECT a.id, f.url, a.sort, a.starred,
            EXISTS (SELECT 1 FROM correction AS c WHERE c.article_id = a.id) AS corrected,
            EXISTS (SELECT 1 FROM figure AS g WHERE g.article_id = a.id) AS figured,
            row_number() OVER (PARTITION BY a.feed_id ORDER BY a.sort DESC, a.id DESC) AS place
          FROM article AS a JOIN feed AS f ON f.id = a.feed_id WHERE ?1 IS NULL OR f.url = ?1)
        WHERE (?2 IS NULL OR sort < ?2) AND (?3 IS NULL OR place > ?3) ORDER BY sort, id""",
        (wish.feed, None if wish.before is None else seconds(wish.before), wish.keep),
    )
    going: list[int] = []
    feeds = Counter[str]()
    kept = Counter[str]()
    for article, url, starred, corrected, figured in rows:
        mark = "star" if starred else "correction" if corrected else "figures" if figured else ""
        if mark and not (wish.marked or (wish.figures and mark == "figures")):
            kept[mark] += 1
        else:
            going.append(article)
            feeds[url] += 1
    return Pruning(
        tuple(going), tuple(feeds.most_common()), kept["star"], kept["correction"], kept["figures"]
    )


def knows_feed(database: Database, url: str) -> bool:
    """Whether the archive has, or had, this feed."""
    return database.row("SELECT 1 FROM feed WHERE url = ?", (url,)) is not None


def take(database: Database, planned: Pruning, wish: Wish) -> int:
    """Take out what was planned, but for what got a mark meanwhile; how many went. Raises ArchiveError."""
    gone = 0
    for first in range(0, len(planned.articles), BATCH):
        gone += remove(database, planned.articles[first : first + BATCH], marked=wish.marked)
    return gone


def give_back(database: Database) -> bool:
    """Give the freed space back to the disk; False where other processes are at work. Raises ArchiveError."""
    try:
        database.run("VACUUM")
        database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    except ArchiveError as error:
        if "another process" in error.message:
            return False
        raise
    return True


def remove(database: Database, articles: tuple[int, ...], *, marked: bool) -> int:
    """Take articles out in one transaction, and remember who they were; how many went."""
    with database.write():
        children = _children(database)
        tally = Tally(database)
        rows = database.rows(
            """SELECT a.id, a.feed_id, a.sort, a.top, a.blocks, a.labelling_id, a.deep_version, a.guid
            FROM json_each(?1) AS wanted CROSS JOIN article AS a ON a.id = wanted.value
            WHERE ?2 OR NOT (a.starred
              OR EXISTS (SELECT 1 FROM correction AS c WHERE c.article_id = a.id))""",
            (msgspec.json.encode(articles).decode(), marked),
        )
        for article, feed, sort, top, blocks, labelling, deep_version, guid in rows:
            share = stored_share(database, top, blocks)
            tally.remove(Place(article, feed, sort), share, labelling, deep_version)
            tally.count("figures", -forget(database, article, top, blocks))
            revisions = database.value("SELECT count(*) FROM revision WHERE article_id = ?", (article,))
            tally.count("revisions", -revisions)
            passages.delete(database, article, top, blocks)
            database.run("INSERT OR IGNORE INTO pruned (feed_id, guid) VALUES (?, ?)", (feed, guid))
        tally.store()
        for article, *_ in rows:
            for table, column in children:
                database.run(f'DELETE FROM "{table}" WHERE "{column}" = ?', (article,))
            database.run("DELETE FROM article WHERE id = ?", (article,))
    return len(rows)


def _children(database: Database) -> list[tuple[str, str]]:
    """The tables whose rows belong to an article, with the column that names it."""
    return [
        (table, column)
        for table, column in database.rows(
            """SELECT t.name, k."from" FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS k
            WHERE t.type = 'table' AND k."table" = 'article'"""
        )
        if table != "article_topic"
    ]
