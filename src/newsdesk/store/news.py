"""What is new beyond the topics' watermarks: revisions in the order in which they were stored.

At most MOST_REVISIONS of them are looked at, the newest, and at most MOST_PASSAGES passages a topic are
listed: who has been away for long reads on on the board.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from newsdesk.models import ArticleRef, Figure, FigureHit
from newsdesk.models.news import ChangedArticle, News, TopicNews, Watermark
from newsdesk.store.base import Database, Row
from newsdesk.store.packing import time_of, unpack_blocks
from newsdesk.store.query_fields import CLAIM
from newsdesk.store.topics import OpenDesk
from newsdesk.store.watermarks import watermarks

MOST_REVISIONS = 1_000
MOST_PASSAGES = 300
MOST_FIGURES = 200


def news(database: Database, desk: OpenDesk) -> News:
    """What each topic of the desk has beyond its mark. Raises ArchiveError."""
    with database.snapshot():
        marks = watermarks(database, desk)
        low = min((marks[topic].revision if topic in marks else 0) for topic in desk.ids)
        rows = database.rows(
            "SELECT rowid, article_id FROM revision WHERE rowid > ? ORDER BY rowid DESC LIMIT ?",
            (low, MOST_REVISIONS + 1),
        )
        cut = len(rows) > MOST_REVISIONS
        rows = rows[:MOST_REVISIONS]
        touched = _Touched(database, [article for _, article in rows])
        beyond: dict[tuple[int, int] | None, _Beyond] = {}
        topics = []
        for topic, row in desk.ids.items():
            mark = marks.get(topic)
            place = (mark.revision, mark.deep) if mark else None
            if place not in beyond:
                beyond[place] = _Beyond(database, mark, touched)
            topics.append(beyond[place].under(topic, row, mark))
        return News(
            tuple(topics),
            database.value("SELECT coalesce(max(rowid), 0) FROM revision"),
            highest_deep(database),
            cut,
        )


def highest_deep(database: Database) -> int:
    """The place of the text that the deep pass has read last."""
    found: int | None = database.value("SELECT max(deep_order) FROM article WHERE deep_order IS NOT NULL")
    return found or 0


class _Change(NamedTuple):
    """A changed article: which passages its earlier text did not have, by topic."""

    article: ChangedArticle
    fresh: dict[int, frozenset[int]]
    first: int | None
    """The topic of its first passage: where nothing is fresh, it is listed there."""

    def under(self, topic: int) -> ChangedArticle | None:
        """The article as it is listed under a topic, if it is."""
        if topic not in self.fresh and (self.fresh or topic != self.first):
            return None
        return replace(self.article, passages=self.fresh.get(topic, frozenset()))


class _Touched:
    """The articles with new revisions: when each revision was stored, and what it changed."""

    def __init__(self, database: Database, articles: Iterable[int]) -> None:
        self._database = database
        self._changes: dict[tuple[int, int], _Change] = {}
        self.revisions: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        """By article: (place in the order of storing, number), ascending."""
        wanted = _json(dict.fromkeys(articles))
        for article, place, number in database.rows(
            """SELECT r.article_id, r.rowid, r.number FROM json_each(?) AS wanted
            CROSS JOIN revision AS r ON r.article_id = wanted.value ORDER BY r.article_id, r.number""",
            (wanted,),
        ):
            self.revisions[article].append((place, number))

    def since(self, mark: int) -> tuple[list[int], dict[int, int]]:
        """New articles beyond a mark; and the changed ones with the revision that was current then."""
        new, changed = [], {}
        for article, stored in self.revisions.items():
            if stored[-1][0] <= mark:
                continue
            before = [number for place, number in stored if place <= mark]
            if before:
                changed[article] = before[-1]
            else:
                new.append(article)
        return new, changed

    def change(self, article: int, before: int) -> _Change:
        """What is another in an article since a revision; compared once for all topics."""
        if (article, before) not in self._changes:
            self._changes[article, before] = _compared(self._database, article, before)
        return self._changes[article, before]


def _compared(database: Database, article: int, before: int) -> _Change:
    row = database.row(
        """SELECT a.title, f.publisher, a.top, a.revision FROM article AS a
        CROSS JOIN feed AS f ON f.id = a.feed_id WHERE a.id = ?""",
        (article,),
    )
    assert row is not None
    title, publisher, top, revision = row
    texts, known = _texts(database, article, revision), set(_texts(database, article, before))
    topics = {
        top - 1 - key: topic
        for key, topic in database.rows(
            "SELECT id, topic_id FROM passage WHERE id BETWEEN ? AND ? AND unread IS NOT NULL",
            (top - len(texts), top - 1),
        )
    }
    fresh: defaultdict[int, set[int]] = defaultdict(set)
    for index, topic in topics.items():
        if texts[index] not in known:
            fresh[topic].add(index)
    return _Change(
        ChangedArticle(article, title, publisher, before, frozenset()),
        {topic: frozenset(indexes) for topic, indexes in fresh.items()},
        topics[min(topics)] if topics else None,
    )


class _Beyond:
    """What lies beyond one mark, by topic; topics that were looked at together share it."""

    def __init__(self, database: Database, mark: Watermark | None, touched: _Touched) -> None:
        self._touched = touched
        new, self._changed = touched.since(mark.revision if mark else 0)
        read = _read_since(database, mark.deep, set(new) | self._changed.keys()) if mark else []
        self._passages = _passages(database, new)
        self._figures = _figures(database, [*new, *read])

    def under(self, topic: str, row: int, mark: Watermark | None) -> TopicNews:
        """The news of a topic."""
        keys = self._passages[row]
        changes = (self._touched.change(*one).under(row) for one in self._changed.items())
        return TopicNews(
            topic=topic,
            looked=mark.looked if mark else None,
            changed=tuple(one for one in changes if one is not None),
            figures=tuple(_hit(found) for found in self._figures[row][:MOST_FIGURES]),
            passages=tuple(keys[:MOST_PASSAGES]),
            more=len(keys[MOST_PASSAGES:]),
        )


def _passages(database: Database, articles: Collection[int]) -> defaultdict[int, list[int]]:
    """The keys of these articles' passages by topic, the newest first."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for topic, key in database.rows(
        """SELECT p.topic_id, p.id FROM json_each(?) AS wanted CROSS JOIN article AS a ON a.id = wanted.value
        CROSS JOIN passage AS p ON p.id BETWEEN a.top - a.blocks AND a.top - 1
        WHERE p.unread IS NOT NULL ORDER BY p.id DESC""",
        (_json(articles),),
    ):
        found[topic].append(key)
    return found


def _read_since(database: Database, mark: int, others: Collection[int]) -> list[int]:
    """Articles whose text was there before, and which the deep pass has read since."""
    rows = database.rows(
        """SELECT id FROM article WHERE deep_order IS NOT NULL AND deep_order > ?
        ORDER BY deep_order DESC LIMIT ?""",
        (mark, MOST_REVISIONS),
    )
    return [article for (article,) in rows if article not in others]


def _figures(database: Database, articles: Collection[int]) -> defaultdict[int, list[Row]]:
    """The claims in these articles by their passages' topics, the newest first."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for topic, *row in database.rows(
        f"""SELECT p.topic_id, p.id, g.position, g.body, a.id, a.title, a.url, f.publisher, a.sort
        FROM json_each(?) AS wanted CROSS JOIN figure AS g ON g.article_id = wanted.value
        CROSS JOIN passage AS p ON p.id = g.passage_id
        CROSS JOIN article AS a ON a.id = g.article_id CROSS JOIN feed AS f ON f.id = a.feed_id
        WHERE {CLAIM} ORDER BY p.id DESC, g.position""",
        (_json(articles),),
    ):
        found[topic].append(tuple(row))
    return found


def _hit(row: Row) -> FigureHit:
    key, position, body, article, title, url, publisher, sort = row
    return FigureHit(
        ArticleRef(article, title, url, publisher, time_of(sort)),
        msgspec.json.decode(body, type=Figure),
        (key, 0, position),
    )


def _texts(database: Database, article: int, number: int) -> list[str]:
    data = database.value(
        "SELECT blocks FROM revision WHERE article_id = ? AND number = ?", (article, number)
    )
    return [] if data is None else [block.text for block in unpack_blocks(data)]


def _json(articles: Iterable[int]) -> str:
    return msgspec.json.encode(list(articles)).decode()
