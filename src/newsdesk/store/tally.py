"""The maintained counts: every change of an article's passages goes through one Tally.

What an article adds to the counts is its share: by topic, its passages and how many are unread. A change
is the difference of two shares, so that no count is ever made by reading a table again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from newsdesk.store.base import Database

Share = dict[int, tuple[int, int]]
"""Topic id -> (passages that count, unread ones)."""


class Place(NamedTuple):
    """Where an article stands in the lists."""

    article: int
    feed: int
    sort: int


def share_of(passages: Iterable[tuple[int, int | None]]) -> Share:
    """The share of (topic id, unread) pairs; unread None does not count."""
    share: Share = {}
    for topic, unread in passages:
        if unread is not None:
            if topic in share:
                counted, fresh = share[topic]
                share[topic] = (counted + 1, fresh + unread)
            else:
                share[topic] = (1, unread)
    return share


def stored_share(database: Database, top: int, blocks: int) -> Share:
    """The share of an article as its passages stand now."""
    rows = database.rows(
        "SELECT topic_id, unread FROM passage WHERE id BETWEEN ? AND ?", (top - blocks, top - 1)
    )
    return share_of((topic, unread) for topic, unread in rows)


class Tally:
    """Collects changes within a transaction, each article at most once; `store` writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._topics: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
        """By topic: passages, unread ones."""
        self._feeds: Counter[tuple[int, str]] = Counter()
        self._combinations: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        """By topics: articles with passages of these, and with unread ones."""
        self._totals: Counter[str] = Counter()
        self._labellings: Counter[int] = Counter()
        self._deep: Counter[str] = Counter()
        self._left: list[tuple[int, int, int]] = []
        self._listed: list[tuple[int, int, int, int, int]] = []
        self._articles: list[tuple[int, int, int]] = []

    def add(self, place: Place, share: Share) -> None:
        """A new article; its row stands already."""
        self._totals["articles"] += 1
        self._feeds[place.feed, "articles"] += 1
        self._change(place, None, share)

    def remove(self, place: Place, share: Share, labelling: int, deep_version: str) -> None:
        """An article that goes; its rows in the lists go with `store`, its own row is the caller's."""
        self._totals["articles"] -= 1
        self._totals["listed"] += 1
        self._feeds[place.feed, "articles"] -= 1
        self._labellings[labelling] -= 1
        self._deep[deep_version] -= 1
        self._change(place, share, {})
        self._combine({}, frozenset(), -1)

    def change(self, place: Place, before: Share, after: Share) -> None:
        """An article whose passages, marks or labels changed."""
        if before != after:
            self._change(place, before, after)

    def labelling(self, before: int | None, after: int) -> None:
        if before is not None:
            self._labellings[before] -= 1
        self._labellings[after] += 1

    def deep(self, before: str | None, after: str) -> None:
        if before is not None:
            self._deep[before] -= 1
        self._deep[after] += 1

    def count(self, column: str, by: int) -> None:
        """Another number of the totals: `revisions`, `figures`, or `listed` where words changed."""
        self._totals[column] += by

    def _change(self, place: Place, before: Share | None, after: Share) -> None:
        old: Share = before or {}
        self._rows(place, old, after)
        all_, fresh = self._topics
        for topic, (counted, unread) in after.items():
            all_[topic] += counted
            fresh[topic] += unread
        for topic, (counted, unread) in old.items():
            all_[topic] -= counted
            fresh[topic] -= unread
        now, then = _fresh(after), _fresh(old)
        if before is not None:
            self._combine(old, then, -1)
        self._combine(after, now, 1)
        passages, unread = _sum(after)
        old_passages, old_unread = _sum(old)
        self._totals["listed"] += before is None or old.keys() != after.keys()
        self._totals["marked"] += unread != old_unread or then != now
        if before is None or (passages, unread) != (old_passages, old_unread):
            self._totals["passages"] += passages - old_passages
            self._totals["unread"] += unread - old_unread
            self._totals["unread_articles"] += (unread > 0) - (old_unread > 0)
            self._feeds[place.feed, "unread"] += unread - old_unread
            self._articles.append((passages, unread, place.article))

    def _rows(self, place: Place, old: Share, after: Share) -> None:
        """The article's rows in the lists of its topics."""
        key = (place.sort, place.article)
        self._left += [(topic, *key) for topic in old if topic not in after]
        self._listed += [
            (topic, *key, *counts) for topic, counts in after.items() if old.get(topic) != counts
        ]

    def _combine(self, share: Share, fresh: frozenset[int], by: int) -> None:
        every, unread = self._combinations
        key = _key(share)
        every[key] += by
        unread[key if len(fresh) == len(share) else _key(fresh)] += by

    def store(self) -> None:
        """Write the sums; the last thing before the transaction ends."""
        run_many = self._database.run_many
        run_many(
            "DELETE FROM article_topic WHERE topic_id = ? AND sort = ? AND article_id = ?", sorted(self._left)
        )
        run_many(
            """INSERT INTO article_topic (topic_id, sort, article_id, passages, unread) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET passages = excluded.passages, unread = excluded.unread""",
            sorted(self._listed),
        )
        run_many("UPDATE article SET passages = ?, unread = ? WHERE id = ?", self._articles)
        columns = ("passages", "unread")
        for name, topics in zip(columns, self._topics, strict=True):
            changed = [(by, topic) for topic, by in topics.items() if by]
            run_many(f"UPDATE topic SET {name} = {name} + ? WHERE id = ?", changed)
        for name in ("articles", "unread"):
            changed = [(by, feed) for (feed, which), by in self._feeds.items() if which == name and by]
            run_many(f"UPDATE feed SET {name} = {name} + ? WHERE id = ?", changed)
        combinations = [
            (unread, key, by) for unread, found in enumerate(self._combinations) for key, by in found.items()
        ]
        run_many(
            """INSERT INTO combination (unread, topics, articles) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET articles = articles + excluded.articles""",
            [one for one in combinations if one[2]],
        )
        run_many(
            "DELETE FROM combination WHERE unread = ? AND topics = ? AND articles = 0",
            [(unread, key) for unread, key, by in combinations if by < 0],
        )
        run_many(
            "UPDATE labelling SET articles = articles + ? WHERE id = ?",
            [(by, labelling) for labelling, by in self._labellings.items() if by],
        )
        run_many(
            """INSERT INTO deep_state (version, articles) VALUES (?, ?)
            ON CONFLICT DO UPDATE SET articles = articles + excluded.articles""",
            [item for item in self._deep.items() if item[1]],
        )
        for name, by in self._totals.items():
            if by:
                self._database.run(f"UPDATE totals SET {name} = {name} + ?", (by,))


def _sum(share: Share) -> tuple[int, int]:
    return sum([counted for counted, _ in share.values()]), sum([unread for _, unread in share.values()])


def _fresh(share: Share) -> frozenset[int]:
    return frozenset([topic for topic, (_, unread) in share.items() if unread])


def _key(topics: Iterable[int]) -> str:
    return " ".join(map(str, sorted(topics)))
