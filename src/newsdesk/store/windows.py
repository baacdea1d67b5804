"""Which articles a view lists, in which order: windows of keys at a cost that does not grow with the archive.

A key is (sort, id); lists run from the newest to the oldest. A window near a row whose key is known (an
anchor) is a seek in a covering index; only a jump far from every anchor pays for the rows between.
"""

from __future__ import annotations

import bisect
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from newsdesk.errors import QueryError
from newsdesk.models import View
from newsdesk.store.base import Database
from newsdesk.store.matching import Term, expression, narrowing_terms
from newsdesk.store.search import articles_found
from newsdesk.store.topics import OpenDesk

MOST_NARROWED = 5_000
"""A view narrowed by words lists and counts at most that many articles, the newest."""

MOST_ASKED = 1_000
"""A view narrowed by a query lists and counts at most that many articles, the newest."""

_ASKED_ANEW = 60
"""Seconds after which a view narrowed by a query is asked for anew: `since:2d` moves on."""

_MOST_SCANNED = 40_000
"""Passages that are looked at for them."""

_FAR = 1_000
"""From this row on the list's end is an anchor too: it costs a count."""

_MOST_ANCHORS = 512
_MOST_VIEWS = 16

Key = tuple[int, int]


class _Anchors:
    """Rows of one view whose keys are known, as long as the lists stand still."""

    def __init__(self, stamp: tuple[int, ...]) -> None:
        self.stamp = stamp
        self._rows: list[int] = []
        self._keys: list[Key] = []

    def add(self, row: int, key: Key) -> None:
        if len(self._rows) >= _MOST_ANCHORS:
            self._rows, self._keys = [], []
        at = bisect.bisect_left(self._rows, row)
        if at == len(self._rows) or self._rows[at] != row:
            self._rows.insert(at, row)
            self._keys.insert(at, key)

    def before(self, row: int) -> tuple[int, Key] | None:
        """The nearest anchor at or before a row."""
        at = bisect.bisect_right(self._rows, row) - 1
        return (self._rows[at], self._keys[at]) if at >= 0 else None

    def after(self, row: int) -> tuple[int, Key] | None:
        """The nearest anchor at or after a row."""
        at = bisect.bisect_left(self._rows, row)
        return (self._rows[at], self._keys[at]) if at < len(self._rows) else None

    def above(self, key: Key) -> tuple[int, Key] | None:
        """The nearest anchor at or before the row of a key."""
        at = bisect.bisect_right(self._keys, (-key[0], -key[1]), key=lambda one: (-one[0], -one[1])) - 1
        return (self._rows[at], self._keys[at]) if at >= 0 else None


class Windows:
    """The lists of an open archive, with the anchors of the views shown last."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._anchors: OrderedDict[View, _Anchors] = OrderedDict()
        self._narrowed: OrderedDict[View, tuple[tuple[int, ...], list[Key]]] = OrderedDict()
        self.saved: Mapping[str, str] = {}
        """The saved queries that a view's query may name."""
        self._found: dict[str, tuple[int, list[int]]] = {}
        """By query what was found elsewhere, and a number that is another one each time."""

    def forget(self) -> None:
        """Another desk is open: its topics have other ids."""
        self._anchors.clear()
        self._narrowed.clear()
        self._found.clear()

    def take_found(self, query: str, articles: Sequence[int]) -> None:
        """Views with this query list these articles, found elsewhere, until others are taken."""
        self._found[query] = (self._found.get(query, (0,))[0] + 1, list(articles))

    def keys(self, desk: OpenDesk, view: View, start: int, limit: int) -> list[Key]:
        """The keys of rows `start` to `start + limit` of a view."""
        start, limit = max(start, 0), max(limit, 0)
        if (narrowed := self._words(desk, view)) is not None:
            return narrowed[start : start + limit]
        if not limit:
            return []
        anchors = self._known(view)
        below = anchors.before(start)
        above = anchors.after(start + limit)
        if start >= _FAR:
            total = self.count(desk, view)
            if start >= total:
                return []
            if above is None or total < above[0]:
                above = (total, (-1, -1))
        skip = start - (below[0] if below else 0)
        if above is not None and above[0] - (start + limit) < skip:
            found = self._upwards(desk, view, above, start, limit)
        else:
            found = self._downwards(desk, view, below, start, limit)
        if found:
            anchors.add(start, found[0])
            anchors.add(start + len(found) - 1, found[-1])
        return found

    def count(self, desk: OpenDesk, view: View) -> int:
        """The rows of a view; of one narrowed by words at most MOST_NARROWED."""
        if (narrowed := self._words(desk, view)) is not None:
            return len(narrowed)
        topics = set(desk.known(view.topics))
        if view.topics and not topics:
            return 0
        total = sum(
            articles
            for key, articles in self._database.rows(
                "SELECT topics, articles FROM combination WHERE unread = ?", (int(view.unread),)
            )
            if _listed(view, topics, {int(topic) for topic in key.split()})
        )
        return int(total) - self._newer(desk, view) + self._kept(desk, view)

    def index(self, desk: OpenDesk, view: View, article: int) -> int | None:
        """The row of an article in a view; None where the view does not list it."""
        sort = self._database.value("SELECT sort FROM article WHERE id = ?", (article,))
        if sort is None:
            return None
        key = (sort, article)
        if (narrowed := self._words(desk, view)) is not None:
            return narrowed.index(key) if key in narrowed else None
        at = {"sort": sort, "id": article}
        sql, bindings = _select(desk, view, "AND {key} = (:sort, :id)")
        if not sql or not self._database.rows(f"{sql} LIMIT 1", {**bindings, **at}):
            return None
        above = self._known(view).above(key)
        row, (top_sort, top_id) = above if above else (0, (1 << 62, 0))
        sql, bindings = _select(desk, view, "AND {key} > (:sort, :id) AND {key} <= (:top_sort, :top_id)")
        between = self._database.value(
            f"SELECT count(*) FROM ({sql})", {**bindings, **at, "top_sort": top_sort, "top_id": top_id}
        )
        found = int(row + between)
        self._known(view).add(found, key)
        return found

    def next_key(self, desk: OpenDesk, view: View, after: Key | None, *, forward: bool) -> Key | None:
        """The next article with unread passages of the view's topics, down the list or up it."""
        fresh = msgspec.structs.replace(view, unread=True, kept=frozenset())
        if (narrowed := self._words(desk, fresh)) is not None:
            beyond = [key for key in narrowed if after is None or (key < after if forward else key > after)]
            return (beyond[0] if forward else beyond[-1]) if beyond else None
        bound = "" if after is None else f"AND {{key}} {'<' if forward else '>'} (:sort, :id)"
        sql, bindings = _select(desk, fresh, bound)
        if not sql:
            return None
        if after is not None:
            bindings |= {"sort": after[0], "id": after[1]}
        direction = "DESC" if forward else "ASC"
        row = self._database.row(f"{sql} ORDER BY 1 {direction}, 2 {direction} LIMIT 1", bindings)
        return (row[0], row[1]) if row else None

    def _downwards(
        self, desk: OpenDesk, view: View, anchor: tuple[int, Key] | None, start: int, limit: int
    ) -> list[Key]:
        row, (sort, id) = anchor if anchor else (0, (0, 0))
        sql, bindings = _select(desk, view, "AND {key} <= (:sort, :id)" if anchor else "")
        if not sql:
            return []
        bindings |= {"sort": sort, "id": id, "limit": limit, "skip": start - row}
        return _keys(self._database, f"{sql} ORDER BY 1 DESC, 2 DESC LIMIT :limit OFFSET :skip", bindings)

    def _upwards(
        self, desk: OpenDesk, view: View, anchor: tuple[int, Key], start: int, limit: int
    ) -> list[Key]:
        row, (sort, id) = anchor
        sql, bindings = _select(desk, view, "AND {key} > (:sort, :id)")
        if not sql:
            return []
        end = min(start + limit, row)
        bindings |= {"sort": sort, "id": id, "limit": end - start, "skip": row - end}
        found = _keys(self._database, f"{sql} ORDER BY 1 ASC, 2 ASC LIMIT :limit OFFSET :skip", bindings)
        return found[::-1]

    def _known(self, view: View) -> _Anchors:
        stamp = self._stamp(view)
        anchors = self._anchors.pop(view, None)
        if anchors is None or anchors.stamp != stamp:
            anchors = _Anchors(stamp)
        self._anchors[view] = anchors
        while len(self._anchors) > _MOST_VIEWS:
            self._anchors.popitem(last=False)
        return anchors

    def _stamp(self, view: View) -> tuple[int, ...]:
        """Another one when the view's rows may be others."""
        row = self._database.row("SELECT listed, marked FROM totals")
        assert row is not None
        return (row[0], row[1]) if view.unread else (row[0],)

    def _newer(self, desk: OpenDesk, view: View) -> int:
        """The view's articles that came after `up_to`: few, as they are what arrived since."""
        if view.up_to is None:
            return 0
        fresh = "AND a.unread > 0" if view.unread else ""
        if not view.topics:
            return int(
                self._database.value(
                    f"SELECT count(*) FROM article AS a WHERE a.id > :up_to {fresh}", {"up_to": view.up_to}
                )
            )
        condition, bindings = _in_topics(desk, view, view.unread)
        return int(
            self._database.value(
                f"SELECT count(*) FROM article AS a WHERE a.id > :up_to AND {condition}",
                bindings | {"up_to": view.up_to},
            )
        )

    def _kept(self, desk: OpenDesk, view: View) -> int:
        """The kept articles that the unread list would not hold any more."""
        sql, bindings = _kept_select(desk, view, "")
        return int(self._database.value(f"SELECT count(*) FROM ({sql})", bindings)) if sql else 0

    def _words(self, desk: OpenDesk, view: View) -> list[Key] | None:
        """All keys of a view narrowed by words or a query, newest first; None where nothing narrows it."""
        found = narrowing_terms(self._database, view.words) if view.words else []
        if not found and not view.query:
            return None
        stamp = self._stamp(view) + (self._moment(view.query) if view.query else ())
        stored = self._narrowed.pop(view, None)
        if stored is None or stored[0] != stamp:
            stored = (stamp, self._narrow(desk, view, found))
        self._narrowed[view] = stored
        while len(self._narrowed) > 2:
            self._narrowed.popitem(last=False)
        return stored[1]

    def _moment(self, query: str) -> tuple[int, ...]:
        """Another one when a query may find others: marks, stars and figures are not in the lists' stamp."""
        if query in self._found:
            return (self._found[query][0],)
        version = self._database.value("PRAGMA data_version")
        return int(version), self._database.connection.total_changes(), int(time.time()) // _ASKED_ANEW

    def _asked(self, desk: OpenDesk, view: View) -> list[int]:
        """The newest articles of which the view's query finds a passage; none where it is wrong by now."""
        if view.query in self._found:
            return self._found[view.query][1]
        now = datetime.now().astimezone()
        try:
            return articles_found(self._database, desk, view.query, MOST_ASKED, saved=self.saved, now=now)
        except QueryError:
            return []

    def _narrow(self, desk: OpenDesk, view: View, found: list[Term]) -> list[Key]:
        conditions, bindings = ["TRUE"], dict[str, Any]()
        fresh = "a.unread > 0"
        if view.topics:
            condition, bindings = _in_topics(desk, view, False)
            conditions.append(condition)
            fresh, _ = _in_topics(desk, view, True)
        if view.unread:
            conditions.append(f"({fresh} OR a.id IN (SELECT value FROM json_each(:kept)))")
            bindings["kept"] = _json(sorted(view.kept))
        if view.up_to is not None:
            conditions.append("a.id <= :up_to")
            bindings["up_to"] = view.up_to
        if view.query:
            asked = self._asked(desk, view)
            conditions.append("a.id IN (SELECT value FROM json_each(:asked))")
            bindings["asked"] = _json(asked)
            if not found:
                rows = self._database.rows(
                    f"""SELECT a.sort, a.id FROM json_each(:asked) AS h
                    CROSS JOIN article AS a ON a.id = h.value WHERE {" AND ".join(conditions)}""",
                    bindings,
                )
                return sorted(((sort, id) for sort, id in rows), reverse=True)
        bindings |= {
            "match": expression(found, "text title"),
            "scanned": _MOST_SCANNED,
            "most": MOST_NARROWED,
        }
        # The index gives the newest passages first; a set of their articles drops the repetitions.
        rows = self._database.rows(
            f"""WITH hit (article_id) AS MATERIALIZED (
              SELECT p.article_id FROM passage_text AS t CROSS JOIN passage AS p ON p.id = t.rowid
              WHERE t.passage_text MATCH :match ORDER BY t.rowid DESC LIMIT :scanned)
            SELECT a.sort, a.id FROM (SELECT DISTINCT article_id FROM hit) AS h
            CROSS JOIN article AS a ON a.id = h.article_id WHERE {" AND ".join(conditions)} LIMIT :most""",
            bindings,
        )
        return sorted(((sort, id) for sort, id in rows), reverse=True)


def _listed(view: View, topics: set[int], article: set[int]) -> bool:
    if view.topics:
        return bool(topics & article)
    return bool(article) or not view.unread


def _select(desk: OpenDesk, view: View, bound: str) -> tuple[str, dict[str, Any]]:
    """The view's (sort, id) rows as one query, a merge of index ranges, without its order.

    `bound` is a condition on the key, with `{key}` for its columns. Empty where the desk has none of the
    view's topics.
    """
    bindings: dict[str, Any] = {}
    up_to = ""
    if view.up_to is not None:
        up_to = "AND {id} <= :up_to"
        bindings["up_to"] = view.up_to
    if not view.topics:
        index, fresh = ("article_unread", "unread > 0") if view.unread else ("article_sort", "TRUE")
        limits = f"{bound} {up_to}".format(key="(sort, id)", id="id")
        parts = [f"SELECT sort, id FROM article INDEXED BY {index} WHERE {fresh} {limits}"]
    else:
        index, fresh = ("INDEXED BY article_topic_unread", "AND unread > 0") if view.unread else ("", "")
        limits = f"{bound} {up_to}".format(key="(sort, article_id)", id="article_id")
        topics = desk.known(view.topics)
        bindings |= {f"topic{place}": topic for place, topic in enumerate(topics)}
        rows = f"SELECT sort, article_id FROM article_topic {index} WHERE"
        parts = [f"{rows} topic_id = :topic{place} {fresh} {limits}" for place in range(len(topics))]
        if not parts:
            return "", {}
    kept, more = _kept_select(desk, view, bound)
    if kept:
        parts.append(kept)
    return " UNION ".join(parts), bindings | more


def _kept_select(desk: OpenDesk, view: View, bound: str) -> tuple[str, dict[str, Any]]:
    """The kept articles of an unread view that are read by now."""
    if not (view.unread and view.kept):
        return "", {}
    bindings: dict[str, Any] = {"kept": _json(sorted(view.kept))}
    conditions = ["a.id IN (SELECT value FROM json_each(:kept))"]
    if view.topics:
        inside, more = _in_topics(desk, view, False)
        unread, _ = _in_topics(desk, view, True)
        bindings |= more
        conditions += [inside, f"NOT {unread}"]
    else:
        conditions.append("a.unread = 0")
    if view.up_to is not None:
        conditions.append("a.id <= :up_to")
        bindings["up_to"] = view.up_to
    limits = bound.format(key="(a.sort, a.id)")
    return f"SELECT a.sort, a.id FROM article AS a WHERE {' AND '.join(conditions)} {limits}", bindings


def _in_topics(desk: OpenDesk, view: View, unread: bool) -> tuple[str, dict[str, Any]]:
    """The condition that article `a` is in any of the view's topics (with unread passages there)."""
    fresh = " AND t.unread > 0" if unread else ""
    condition = f"""EXISTS (SELECT 1 FROM article_topic AS t
      WHERE t.topic_id IN (SELECT value FROM json_each(:topics))
      AND t.sort = a.sort AND t.article_id = a.id{fresh})"""
    return condition, {"topics": _json(desk.known(view.topics))}


def _keys(database: Database, sql: str, bindings: dict[str, Any]) -> list[Key]:
    return [(sort, id) for sort, id in database.rows(sql, bindings)]


def _json(ids: list[int]) -> str:
    return msgspec.json.encode(ids).decode()
