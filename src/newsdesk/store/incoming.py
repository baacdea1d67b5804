"""Polls' results into the archive: states, new articles, new revisions, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from newsdesk.models import FeedState, FullText, IncomingArticle
from newsdesk.store import passages
from newsdesk.store.base import Database
from newsdesk.store.deep import forget
from newsdesk.store.feeds import save_state
from newsdesk.store.packing import PackedArticle, packed_article, seconds, unpack_blocks
from newsdesk.store.revisions import keep_figures
from newsdesk.store.tally import Place, Tally, share_of, stored_share
from newsdesk.store.topics import OpenDesk, labelling_id

SLOT_BITS = 10
"""A minute of publication has 1,024 passage ids of its own; what does not fit runs over into the next."""

UNFILLED = 0
"""The number of the revision that holds the feed's text while the article's page is still to be read."""


SAME_WITHIN = 7 * 24 * 3600
"""Seconds after which the same link and title under another id are another article: some feeds make up new
ids with each poll, others have one page for each day's report."""


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


def known(database: Database, feed_url: str, guids: Collection[str]) -> dict[str, KnownArticle]:
    """Which of a feed's entries are stored, by guid."""
    rows = database.rows(
        """SELECT a.guid, a.id, a.content_hash, a.full_text, a.url
        FROM json_each(?) AS wanted JOIN feed AS f ON f.url = ?
        JOIN article AS a ON a.feed_id = f.id AND a.guid = wanted.value""",
        (msgspec.json.encode(list(guids)).decode(), feed_url),
    )
    return {guid: KnownArticle(*rest) for guid, *rest in rows}


class Poll(msgspec.Struct, frozen=True):
    """What one poll brought: the feed's new state and the articles in its answer."""

    state: FeedState
    articles: Sequence[IncomingArticle | PackedArticle]
    now: datetime


def save_polls(database: Database, desk: OpenDesk, polls: Sequence[Poll]) -> list[StoredPoll]:
    """Store polls, each feed's state and its articles together, all in one transaction.

    An entry with a new content hash becomes a new revision; one with the same hash changes nothing but its
    address. Articles are stored oldest first, so that ids follow the times. Raises ArchiveError.
    """
    # What is not packed yet is so before the transaction begins: it holds the lock for as short as can be.
    packed = [[packed_article(article) for article in reversed(poll.articles)] for poll in polls]
    with database.write():
        tally = Tally(database)
        labelling = labelling_id(database, desk)
        stored = [
            _save_poll(database, desk, tally, labelling, poll, articles)
            for poll, articles in zip(polls, packed, strict=True)
        ]
        tally.store()
    return stored


def save_page(
    database: Database, desk: OpenDesk, feed_url: str, article: IncomingArticle, now: datetime
) -> bool:
    """The text of an article's page in place of the feed's, and its page wanted no more.

    The feed's text becomes no revision of its own: nobody changed the article. False where the article is
    gone or has the page's text already.
    """
    packed = packed_article(article)
    with database.write():
        feed = database.value("SELECT id FROM feed WHERE url = ?", (feed_url,))
        tally = Tally(database)
        work = _Poll(database, desk, tally, feed, seconds(now), labelling_id(database, desk))
        stored = work.stored(article.guid)
        if stored is not None:
            database.run("DELETE FROM wanted_page WHERE article_id = ?", (stored.id,))
            database.run("UPDATE article SET page_note = ? WHERE id = ?", (article.extractor, stored.id))
        if stored is None or stored.content_hash == article.content_hash:
            return False
        work.revise(stored, packed, fills=stored.revision == UNFILLED)
        tally.store()
    return True


def _save_poll(
    database: Database,
    desk: OpenDesk,
    tally: Tally,
    labelling: int,
    poll: Poll,
    articles: Sequence[PackedArticle],
) -> StoredPoll:
    unique = {article.guid: article for article in articles}
    new, changed = [], []
    work = _Poll(database, desk, tally, save_state(database, poll.state), seconds(poll.now), labelling)
    known = work.known(unique)
    pruned = work.pruned(unique.keys() - known.keys())
    for article in sorted(unique.values(), key=work.sort_of):
        stored = known.get(article.guid)
        if stored is None and article.guid in pruned:
            continue
        if stored is None:
            new.append(work.add(article))
        elif stored.content_hash != article.content_hash and not _is_less(article, stored):
            work.revise(stored, article)
            changed.append(stored.id)
        elif stored.url != article.url:
            database.run("UPDATE article SET url = ? WHERE id = ?", (article.url, stored.id))
    return StoredPoll(tuple(new), tuple(changed))


def _is_less(article: PackedArticle, stored: _Stored) -> bool:
    """Whether a page was read for the stored text: the feed's own must not take its place."""
    return stored.full_text == "page" and article.full_text != "page"


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
    full_text: FullText


class _Poll:
    """The work of one transaction."""

    def __init__(
        self, database: Database, desk: OpenDesk, tally: Tally, feed: int, now: int, labelling: int
    ) -> None:
        self._database = database
        self._desk = desk
        self._tally = tally
        self._feed = feed
        self._now = now
        self._labelling = labelling

    def pruned(self, guids: Collection[str]) -> set[str]:
        """Which entries were taken out of the archive before."""
        if not guids or self._database.value("SELECT 1 FROM pruned WHERE feed_id = ?", (self._feed,)) is None:
            return set()
        rows = self._database.rows(
            "SELECT guid FROM pruned WHERE feed_id = ? AND guid IN (SELECT value FROM json_each(?))",
            (self._feed, _json(guids)),
        )
        return {guid for (guid,) in rows}

    def stored(self, guid: str) -> _Stored | None:
        """An entry as it is stored."""
        return self._stored([guid]).get(guid)

    def known(self, articles: Mapping[str, PackedArticle]) -> dict[str, _Stored]:
        """The entries that are stored, by guid, also those that the feed has given another one since.

        An unknown entry is a stored article under another id where link and title are the same, the stored
        id stands in the feed no more, and the date is the same or the article not older than SAME_WITHIN.
        """
        if self._database.value("SELECT 1 FROM article WHERE feed_id = ? LIMIT 1", (self._feed,)) is None:
            return {}
        known = self._stored(articles)
        unknown = {guid: one for guid, one in articles.items() if one.url and guid not in known}
        if not unknown:
            return known
        rows = self._database.rows(
            """SELECT url, title, id, guid, published, first_seen FROM article
            WHERE feed_id = ? AND url IN (SELECT value FROM json_each(?)) ORDER BY id""",
            (self._feed, _json([article.url for article in unknown.values()])),
        )
        left = {(url, title): rest for url, title, *rest in rows if rest[1] not in articles}
        renamed = []
        for guid, article in unknown.items():
            row_id, _, published, first_seen = left.pop((article.url, article.title), (0, "", None, 0))
            date = None if article.published is None else seconds(article.published)
            if row_id and (published == date or first_seen > self._now - SAME_WITHIN):
                self._database.run("UPDATE article SET guid = ? WHERE id = ?", (guid, row_id))
                renamed.append(guid)
        return known | self._stored(renamed)

    def _stored(self, guids: Collection[str]) -> dict[str, _Stored]:
        if not guids:
            return {}
        rows = self._database.rows(
            """SELECT a.guid, a.id, a.url, a.content_hash, a.sort, a.revision, a.top, a.blocks,
              a.labelling_id, a.deep_version, a.full_text
            FROM json_each(?) AS wanted
            CROSS JOIN article AS a ON a.feed_id = ? AND a.guid = wanted.value""",
            (_json(guids), self._feed),
        )
        return {guid: _Stored(*rest) for guid, *rest in rows}

    def sort_of(self, article: PackedArticle) -> int:
        """The time of publication; of this poll where there is none or one in the future."""
        return self._now if article.published is None else min(seconds(article.published), self._now)

    def add(self, article: PackedArticle) -> int:
        number = UNFILLED if article.page else 1
        sort = self.sort_of(article)
        count = len(article.text.topics)
        top = free_top(self._database, sort, count)
        self._database.run(
            """INSERT INTO article (feed_id, guid, url, title, author, published, first_seen, sort, fetched,
              revision, content_hash, full_text, top, blocks, labelling_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
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
                number,
                article.content_hash,
                article.full_text,
                top,
                count,
                self._labelling,
            ),
        )
        row_id = self._database.connection.last_insert_rowid()
        self._save_revision(row_id, number, article)
        if article.page:
            self._database.run(
                "INSERT INTO wanted_page (article_id, feed_id, url, length) VALUES (?, ?, ?, ?)",
                (row_id, self._feed, article.page, article.text.length),
            )
        rows = passages.insert(self._database, self._desk, row_id, top, article.text, None)
        self._tally.add(Place(row_id, self._feed, sort), share_of(rows))
        self._tally.labelling(None, self._labelling)
        self._tally.deep(None, "")
        return row_id

    def revise(self, stored: _Stored, article: PackedArticle, *, fills: bool = False) -> None:
        """Another text of a stored article: passages with equal text keep their marks, the rest is unread.

        A text that `fills` an unfilled article takes the place of the one it had.
        """
        database, tally = self._database, self._tally
        before = stored_share(database, stored.top, stored.blocks)
        read = self._read_texts(stored)
        if stored.deep_version and not fills:
            keep_figures(database, stored.id, stored.revision)
        tally.count("figures", -forget(database, stored.id, stored.top, stored.blocks))
        passages.delete(database, stored.id, stored.top, stored.blocks)
        count = len(article.text.topics)
        top = free_top(database, stored.sort, count)
        number = 1 if fills else max(stored.revision, 1) + 1
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
        if fills:
            database.run("DELETE FROM revision WHERE article_id = ? AND number = ?", (stored.id, UNFILLED))
            tally.count("revisions", -1)
        self._save_revision(stored.id, number, article)
        rows = passages.insert(database, self._desk, stored.id, top, article.text, read)
        tally.change(Place(stored.id, self._feed, stored.sort), before, share_of(rows))
        tally.count("listed", 1)  # lists narrowed by words may hold other articles now
        tally.labelling(stored.labelling, self._labelling)
        tally.deep(stored.deep_version, "")

    def _save_revision(self, row_id: int, number: int, article: PackedArticle) -> None:
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
                article.text.blocks,
                article.original,
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
    start: int = (sort // 60) << SLOT_BITS
    while True:
        end = max(start + count, start | ((1 << SLOT_BITS) - 1))
        taken = database.value("SELECT max(id) FROM passage WHERE id BETWEEN ? AND ?", (start, end))
        if taken is None:
            return start + count
        start = taken + 1


def _json(values: Collection[str]) -> str:
    return msgspec.json.encode(list(values)).decode()
