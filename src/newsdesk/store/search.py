"""Search over passages: newest first, or the best of the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from newsdesk.models import UNSORTED, Hit, Matches
from newsdesk.store.base import Database
from newsdesk.store.matching import Term, spans
from newsdesk.store.packing import Block, time_of, unpack_blocks
from newsdesk.store.query import parse
from newsdesk.store.query_sql import Plan, below, compiled
from newsdesk.store.topics import OpenDesk

MOST_RANKED = 1_000
"""`sort:rank` orders that many passages, the newest: a rank must be reckoned for each."""


def search(
    database: Database,
    desk: OpenDesk,
    query: str,
    limit: int = 50,
    before: int | None = None,
    *,
    saved: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> tuple[Hit, ...]:
    """Passages that a query finds, newest first, to the minute of publication; those of an article in reading
    order. With `sort:rank` the best first, of the newest MOST_RANKED.

    `before` is the `key` of the last hit of the page before; `saved` has the queries that @names stand for;
    `now` is what `since:2d` counts from, in the time zone of its dates. A query without words or filters
    finds nothing. Raises QueryError, ArchiveError.
    """
    matches = find(database, desk, query, limit, before, saved=saved, now=now)
    return hits(database, desk, matches.keys, matches)


def find(
    database: Database,
    desk: OpenDesk,
    query: str,
    limit: int,
    before: int | None = None,
    *,
    saved: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> Matches:
    """What `search` finds, without the texts: `hits` brings those of a screenful."""
    asked = parse(query, saved)
    plan = compiled(database, desk, asked, now or datetime.now().astimezone())
    if plan is None or limit < 1:
        return Matches()
    ranked = asked.rank and bool(plan.match)
    keys = (_ranked if ranked else _newest)(database, plan, limit, before)
    return Matches(tuple(keys), tuple(plan.terms), ranked)


def marked(database: Database, text: str, matches: Matches) -> tuple[tuple[int, int], ...]:
    """Where the words of a query stand in a text, as code points."""
    return spans(database, text, [Term(*one) for one in matches.words])


def articles_found(
    database: Database, desk: OpenDesk, query: str, most: int, *, saved: Mapping[str, str], now: datetime
) -> list[int]:
    """The newest articles of which a query finds a passage, `most` of them. Raises QueryError."""
    plan = compiled(database, desk, parse(query, saved), now)
    if plan is None:
        return []
    order = f"ORDER BY {plan.order}" if plan.order else ""
    rows = database.rows(
        f"""SELECT DISTINCT article_id FROM (
          SELECT p.article_id FROM {plan.tables} WHERE {plan.where} {order} LIMIT -1)
        LIMIT :most""",
        {**plan.bindings, "most": most},
    )
    return [row[0] for row in rows]


def _newest(database: Database, plan: Plan, limit: int, before: int | None) -> list[int]:
    """The passages' ids, the highest first."""
    bindings: dict[str, Any] = {}
    bound = "" if before is None else f"AND {below(database, plan, before, bindings)}"
    order = f"ORDER BY {plan.order}" if plan.order else ""
    rows = database.rows(
        f"SELECT p.id FROM {plan.tables} WHERE {plan.where} {bound} {order} LIMIT :limit",
        {**plan.bindings, **bindings, "limit": limit},
    )
    return [row[0] for row in rows]


def _ranked(database: Database, plan: Plan, limit: int, before: int | None) -> list[int]:
    newest = _newest(database, plan, MOST_RANKED, None)
    if not newest:
        return []
    rows = database.rows(
        """SELECT t.rowid FROM passage_text AS t WHERE t.passage_text MATCH :match
        AND t.rowid BETWEEN :last AND :first ORDER BY t.rank, t.rowid DESC""",
        {"match": plan.match, "first": newest[0], "last": newest[-1]},
    )
    chosen = set(newest)
    best = [row[0] for row in rows if row[0] in chosen]
    start = best.index(before) + 1 if before in chosen and before is not None else 0
    return best[start : start + limit]


def hits(
    database: Database, desk: OpenDesk, found: Sequence[int], matches: Matches | None = None
) -> tuple[Hit, ...]:
    """The passages with these keys, in this order, the words of `matches` marked; those that are gone by now
    are left out.
    """
    terms = [Term(*one) for one in matches.words] if matches else []
    rows = database.rows(
        """SELECT p.id, p.topic_id, a.id, a.top, a.title, a.url, a.sort, a.revision, f.publisher
        FROM json_each(?) AS wanted CROSS JOIN passage AS p ON p.id = wanted.value
        CROSS JOIN article AS a ON a.id = p.article_id CROSS JOIN feed AS f ON f.id = a.feed_id""",
        (msgspec.json.encode(list(found)).decode(),),
    )
    texts: dict[int, tuple[Block, ...]] = {}
    names = {row_id: key for key, row_id in desk.ids.items()}
    hits = []
    for key, topic, article, top, title, url, sort, revision, publisher in rows:
        if article not in texts:
            texts[article] = unpack_blocks(
                database.value(
                    "SELECT blocks FROM revision WHERE article_id = ? AND number = ?", (article, revision)
                )
            )
        index = top - 1 - key
        text = texts[article][index].text
        hits.append(
            Hit(
                article=article,
                passage=index,
                title=title,
                url=url,
                publisher=publisher,
                published=time_of(sort),
                topic=None if names.get(topic) == UNSORTED else names.get(topic),
                text=text,
                spans=spans(database, text, terms),
                key=key,
            )
        )
    return tuple(hits)
