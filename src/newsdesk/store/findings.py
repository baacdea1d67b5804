"""Figures and entities across the archive, a page at a time: newest figures first, entities by mentions.

A page costs what it holds: figures are walked in the lists' own order, or in that of the text index. Entities
are counted, so that their first page reads the index of mentions once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from newsdesk.models import ArticleRef, EntityHit, Figure, FigureHit
from newsdesk.store.base import Database, Row
from newsdesk.store.packing import time_of
from newsdesk.store.query import parse
from newsdesk.store.query_fields import CLAIM
from newsdesk.store.query_sql import below, compiled
from newsdesk.store.topics import OpenDesk

_ARTICLE = "a.id, a.title, a.url, f.publisher, a.sort"
_MOST_PASSAGES = 50_000
"""Passages in which entities are counted for a query, the newest."""


def figures(
    database: Database,
    desk: OpenDesk,
    query: str = "",
    limit: int = 50,
    after: tuple[int, int, int] | None = None,
    *,
    saved: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> tuple[FigureHit, ...]:
    """Claims, the newest first and in reading order within an article; with a query, those in passages that
    it finds. Its `figure:` and `by:` speak of the figure itself.

    `after` is the `key` of the last hit of the page before; the rest is as in `search`. Raises QueryError.
    """
    if not query.strip():
        return _newest_figures(database, limit, after)
    plan = compiled(database, desk, parse(query, saved), now or datetime.now().astimezone(), figures=True)
    if plan is None or limit < 1:
        return ()
    bound, bindings = "", dict[str, Any]()
    if after is not None:
        bound = f"AND {below(database, plan, after[0] + 1, bindings)}"
        bound += " AND (p.id, -g.position) < (:passage, :place)"
        bindings |= {"passage": after[0], "place": -after[2]}
    order = f"ORDER BY {plan.order}" if plan.order else ""
    rows = database.rows(
        f"""SELECT p.id, 0, g.position, g.body, {_ARTICLE} FROM {plan.tables}
        CROSS JOIN figure AS g ON g.article_id = p.article_id AND g.passage_id = p.id
        CROSS JOIN feed AS f ON f.id = a.feed_id
        WHERE {plan.where} AND {CLAIM} {bound} {order} LIMIT :limit""",
        {**plan.bindings, **bindings, "limit": limit},
    )
    return tuple(_figure_hit(row) for row in rows)


def entities(
    database: Database,
    desk: OpenDesk,
    query: str = "",
    limit: int = 50,
    after: tuple[int, int] | None = None,
    *,
    saved: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> tuple[EntityHit, ...]:
    """Entities by the number of their mentions; with a query, by those in passages that it finds.

    `after` is the `key` of the last hit of the page before; the rest is as in `search`. Raises QueryError.
    """
    if limit < 1:
        return ()
    bindings: dict[str, Any] = {"limit": limit}
    if after is not None:
        bindings |= {"mentions": after[0], "id": after[1]}
    if query.strip():
        plan = compiled(database, desk, parse(query, saved), now or datetime.now().astimezone())
        if plan is None:
            return ()
        bindings |= plan.bindings | {"most": _MOST_PASSAGES}
        order = f"ORDER BY {plan.order}" if plan.order else ""
        bound = "" if after is None else "HAVING (count(*), m.entity_id) < (:mentions, :id)"
        page = f"""SELECT m.entity_id AS id, count(*) AS mentions
          FROM (SELECT p.id AS id FROM {plan.tables} WHERE {plan.where} {order} LIMIT :most) AS hit
          CROSS JOIN mention AS m ON m.passage_id = hit.id
          GROUP BY m.entity_id {bound} ORDER BY mentions DESC, m.entity_id DESC LIMIT :limit"""
    else:
        bound = "" if after is None else "AND (mentions, id) < (:mentions, :id)"
        page = f"""SELECT id, mentions FROM entity INDEXED BY entity_mentions WHERE mentions > 0 {bound}
          ORDER BY mentions DESC, id DESC LIMIT :limit"""
    rows = database.rows(
        f"""WITH page AS ({page})
        SELECT e.id, e.key, e.name, e.kind, page.mentions,
          (SELECT count(*) FROM article_entity AS x WHERE x.entity_id = e.id),
          (SELECT count(*) FROM article_entity AS x WHERE x.entity_id = e.id AND x.about = 1),
          (SELECT json_group_array(n.name) FROM entity_alias AS n WHERE n.entity_id = e.id)
        FROM page CROSS JOIN entity AS e ON e.id = page.id ORDER BY page.mentions DESC, page.id DESC""",
        bindings,
    )
    return tuple(
        EntityHit(
            id=key,
            name=name,
            kind=kind,
            aliases=tuple(alias for alias in sorted(msgspec.json.decode(aliases)) if alias != name),
            mentions=mentions,
            articles=articles,
            about=about,
            key=(mentions, row_id),
        )
        for row_id, key, name, kind, mentions, articles, about, aliases in rows
    )


def _newest_figures(
    database: Database, limit: int, after: tuple[int, int, int] | None
) -> tuple[FigureHit, ...]:
    """All claims, article by article."""
    bound = ""
    if after is not None:
        bound = """AND (a.sort, a.id) <= (:sort, :id)
          AND NOT (a.sort = :sort AND a.id = :id AND g.position <= :position)"""
    rows = database.rows(
        f"""SELECT a.sort, a.id, g.position, g.body, {_ARTICLE}
        FROM article AS a CROSS JOIN figure AS g ON g.article_id = a.id
        CROSS JOIN feed AS f ON f.id = a.feed_id
        WHERE {CLAIM} {bound}
        ORDER BY a.sort DESC, a.id DESC, g.position LIMIT :limit""",
        {
            "limit": max(limit, 0),
            **dict(zip(("sort", "id", "position"), after or (0, 0, 0), strict=True)),
        },
    )
    return tuple(_figure_hit(row) for row in rows)


def _figure_hit(row: Row) -> FigureHit:
    first, second, position, body, article, title, url, publisher, sort = row
    return FigureHit(
        article=ArticleRef(article, title, url, publisher, time_of(sort)),
        figure=msgspec.json.decode(body, type=Figure),
        key=(first, second, position),
    )
