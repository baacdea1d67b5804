"""A poll's result into the archive: state, new articles, new revisions, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from newsdesk.models import FeedState, FullText, IncomingArticle
from newsdesk.store import passages
from newsdesk.store.base import Database
from newsdesk.store.deep import forget
from newsdesk.store.feeds import save_state
from newsdesk.store.packing import block_of, pack, pack_original, seconds, unpack_blocks
from newsdesk.store.tally import Place, Tally, share_of, stored_share
from newsdesk.store.topics import OpenDesk, labelling_id

_SLOT_BITS = 10
"""A minute of publication has 1,024 passage ids of its own; what does not fit runs over into the next."""


class KnownArticle(msgspec.Struct, frozen=True):
    """What the archive has of an entry."""

    id: int
    content_hash: str
    full_text: FullText
    url: str


class StoredPoll(msgspec.Struct, frozen=True):
    """The articles that a poll brought, and those whose text it changed."""

    new_ids: tuple[int, ...]
    changed_ids: tuple[int, ...]


class _Packed(NamedTuple):
    """An article's bulky parts, compressed before the transaction begins."""

    blocks: bytes
    original: bytes | None


def known(database: Database, feed_url: str, guids: Collection[str]) -> dict[str, KnownArticle]:
    """Which of a feed's entries are stored, by guid."""
    rows = database.rows(
        """SELECT a.guid, a.id, a.content_hash, a.full_text, a.url
        FROM json_each(?) AS wanted JOIN feed AS f ON f.url = ?
        JOIN article AS a ON a.feed_id = f.id AND a.guid = wanted.value""",
        (msgspec.json.encode(list(guids)).decode(), feed_url),
    )
    return {guid: KnownArticle(*rest) for guid, *rest in rows}


def save_poll(
    database: Database,
    desk: OpenDesk,
    state: FeedState,
    articles: Sequence[IncomingArticle],
    now: datetime,
) -> StoredPoll:
    """Store a poll: the feed's state and its articles together, or nothing at all.

    An entry with a new content hash becomes a new revision; one with the same hash changes nothing but its
    address. Articles are stored oldest first, so that ids follow the times. Raises ArchiveError.
    """
    unique = {article.guid: article for article in reversed(articles)}
    before = known(database, state.url, unique)
    packed = {
        guid: _packed(article)
        for guid, article in unique.items()
        if guid not in before or before[guid].content_hash != article.content_hash
    }
    new, changed = [], []
    with database.write():
        tally = Tally(database)
        work = _Poll(database, desk, tally, save_state(database, state), seconds(now))
        for article in sorted(unique.values(), key=work.sort_of):
            stored = work.stored(article.guid)
            if stored is None:
                new.append(work.add(article, packed.get(article.guid) or _packed(article)))
            elif stored.content_hash != article.content_hash:
                work.revise(stored, article, packed.get(article.guid) or _packed(article))
                changed.append(stored.id)
            elif stored.url != article.url:
                database.run("UPDATE article SET url = ? WHERE id = ?", (article.url, stored.id))
        tally.store()
    return StoredPoll(tuple(new), tuple(changed))


class _Stored(NamedTuple):
    """The columns of a stored article that a poll compares or needs to replace its text."""

    id: int
    url: str
    content_hash: str
    sort: int
    revision: int
    top: int
    blocks: int
    labelling: int
    deep_version: str


class _Poll:
    """The work of one transaction."""

    def __init__(self, database: Database, desk: OpenDesk, tally: Tally, feed: int, now: int) -> None:
        self._database = database
        self._desk = desk
        self._tally = tally
        self._feed = feed
        self._now = now
        self._labelling = labelling_id(database, desk)

    def stored(self, guid: str) -> _Stored | None:
        row = self._database.row(
            """SELECT id, url, content_hash, sort, revision, top, blocks, labelling_id, deep_version
            FROM article WHERE feed_id = ? AND guid = ?""",
            (self._feed, guid),
        )
        return _Stored(*row) if row else None

    def sort_of(self, article: IncomingArticle) -> int:
        """The time of publication; of this poll where there is none or one in the future."""
        return self._now if article.published is None else min(seconds(article.published), self._now)

    def add(self, article: IncomingArticle, packed: _Packed) -> int:
        sort = self.sort_of(article)
        count = len(article.passages)
        top = free_top(self._database, sort, count)
        self._database.run(
            """INSERT INTO article (feed_id, guid, url, title, author, published, first_seen, sort, fetched,
              revision, content_hash, full_text, top, blocks, labelling_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)""",
            (
                self._feed,
                article.guid,
                article.url,
                article.title,
                article.author,
                None if article.published is None else seconds(article.published),
                self._now,
                sort,
                self._now,
                article.content_hash,
                article.full_text,
                top,
                count,
                self._labelling,
            ),
        )
        row_id = self._database.connection.last_insert_rowid()
        self._save_revision(row_id, 1, article, packed)
        rows = passages.insert(self._database, self._desk, row_id, top, article.title, article.passages, ())
        self._tally.add(Place(row_id, self._feed, sort), share_of(rows))
        self._tally.labelling(None, self._labelling)
        self._tally.deep(None, "")
        return row_id

    def revise(self, stored: _Stored, article: IncomingArticle, packed: _Packed) -> None:
        """Another text of a stored article: passages with equal text keep their marks, the rest is unread."""
        database, tally = self._database, self._tally
        before = stored_share(database, stored.top, stored.blocks)
        read = self._read_texts(stored)
        tally.count("figures", -forget(database, stored.id, stored.top, stored.blocks))
        passages.delete(database, stored.id, stored.top, stored.blocks)
        count = len(article.passages)
        top = free_top(database, stored.sort, count)
        number = stored.revision + 1
        database.run(
            """UPDATE article SET url = ?, title = ?, author = ?, fetched = ?, revision = ?, content_hash = ?,
              full_text = ?, top = ?, blocks = ?, labelling_id = ?, deep_version = '' WHERE id = ?""",
            (
                article.url,
                article.title,
                article.author,
                self._now,
                number,
                article.content_hash,
                article.full_text,
                top,
                count,
                self._labelling,
                stored.id,
            ),
        )
        self._save_revision(stored.id, number, article, packed)
        rows = passages.insert(database, self._desk, stored.id, top, article.title, article.passages, read)
        tally.change(Place(stored.id, self._feed, stored.sort), before, share_of(rows))
        tally.count("listed", 1)  # lists narrowed by words may hold other articles now
        tally.labelling(stored.labelling, self._labelling)
        tally.deep(stored.deep_version, "")

    def _save_revision(self, row_id: int, number: int, article: IncomingArticle, packed: _Packed) -> None:
        self._tally.count("revisions", 1)
        self._database.run(
            """INSERT INTO revision (article_id, number, fetched, content_hash, title, full_text, blocks,
              original) VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                row_id,
                number,
                self._now,
                article.content_hash,
                article.title,
                article.full_text,
                packed.blocks,
                packed.original,
            ),
        )

    def _read_texts(self, stored: _Stored) -> Iterable[str]:
        """The texts of the passages that were read, each as often as it was."""
        unread = passages.unread_by_index(self._database, stored.top, stored.blocks)
        data = self._database.value(
            "SELECT blocks FROM revision WHERE article_id = ? AND number = ?", (stored.id, stored.revision)
        )
        return Counter(
            block.text for index, block in enumerate(unpack_blocks(data)) if unread.get(index) == 0
        ).elements()


def free_top(database: Database, sort: int, count: int) -> int:
    """The highest of `count` + 1 free passage ids in a row, at or after the minute's first id."""
    start: int = (sort // 60) << _SLOT_BITS
    while True:
        end = max(start + count, start | ((1 << _SLOT_BITS) - 1))
        taken = database.value("SELECT max(id) FROM passage WHERE id BETWEEN ? AND ?", (start, end))
        if taken is None:
            return start + count
        start = taken + 1


def _packed(article: IncomingArticle) -> _Packed:
    blocks = pack([block_of(passage) for passage in article.passages])
    return _Packed(blocks, pack_original(article.original, blocks))
