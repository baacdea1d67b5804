"""Figures and entities across the archive, a page at a time: newest figures first, entities by mentions.

A page costs what it holds: figures are walked in the lists' own order, or in that of the text index. Entities
are counted, so that their first page reads the index of mentions once.
"""

from __future__ import annotations

from typing import Any

import msgspec

from newsdesk.models import ArticleRef, EntityHit, Figure, FigureHit
from newsdesk.store.base import Database, Row
from newsdesk.store.matching import expression, search_terms
from newsdesk.store.packing import time_of

_ARTICLE = "a.id, a.title, a.url, f.publisher, a.sort"
_CLAIM = "NOT json_extract(g.body, '$.hypothetical')"
"""What is only supposed is no claim."""

_MOST_PASSAGES = 50_000
"""Passages in which entities are counted for a query, the newest."""


def figures(
    database: Database, query: str = "", limit: int = 50, after: tuple[int, int, int] | None = None
) -> tuple[FigureHit, ...]:
    """Claims, the newest first and in reading order within an article; with a query, those in passages that
    have all its words and "phrases". `after` is the `key` of the last hit of the page before.
    """
    if not query.strip():
        return _newest_figures(database, limit, after)
    found = search_terms(database, query)
    if not found or limit < 1:
        return ()
    bound = "" if after is None else "AND t.rowid <= :passage AND (t.rowid, -g.position) < (:passage, :place)"
    rows = database.rows(
        f"""SELECT t.rowid, 0, g.position, g.body, {_ARTICLE}
        FROM passage_text AS t CROSS JOIN passage AS p ON p.id = t.rowid
        CROSS JOIN figure AS g ON g.article_id = p.article_id AND g.passage_id = p.id
        CROSS JOIN article AS a ON a.id = p.article_id CROSS JOIN feed AS f ON f.id = a.feed_id
        WHERE t.passage_text MATCH :match AND {_CLAIM} {bound}
        ORDER BY t.rowid DESC LIMIT :limit""",
        {
            "match": expression(found, "text"),
            "limit": limit,
            "passage": after[0] if after else 0,
            "place": -after[2] if after else 0,
        },
    )
    return tuple(_figure_hit(row) for row in rows)


def entities(
    database: Database, query: str = "", limit: int = 50, after: tuple[int, int] | None = None
) -> tuple[EntityHit, ...]:
    """Entities by the number of their mentions; with a query, by those in passages that have all its words.

    `after` is the `key` of the last hit of the page before.
    """
    if limit < 1:
        return ()
    bindings: dict[str, Any] = {"limit": limit, "mentions": 0, "id": 0}
    source = "mention AS m"
    if query.strip():
        found = search_terms(database, query)
        if not found:
            return ()
        bindings |= {"match": expression(found, "text"), "most": _MOST_PASSAGES}
        source = """(SELECT rowid FROM passage_text WHERE passage_text MATCH :match
          ORDER BY rowid DESC LIMIT :most) AS hit CROSS JOIN mention AS m ON m.passage_id = hit.rowid"""
    bound = ""
    if after is not None:
        bindings |= {"mentions": after[0], "id": after[1]}
        bound = "HAVING (count(*), -m.entity_id) < (:mentions, -:id)"
    rows = database.rows(
        f"""WITH page AS (
          SELECT m.entity_id AS id, count(*) AS mentions FROM {source} GROUP BY m.entity_id {bound}
          ORDER BY mentions DESC, m.entity_id LIMIT :limit)
        SELECT e.id, e.key, e.name, e.kind, page.mentions,
          (SELECT count(*) FROM article_entity AS x WHERE x.entity_id = e.id),
          (SELECT count(*) FROM article_entity AS x WHERE x.entity_id = e.id AND x.about = 1),
          (SELECT json_group_array(n.name) FROM entity_alias AS n WHERE n.entity_id = e.id)
        FROM page CROSS JOIN entity AS e ON e.id = page.id ORDER BY page.mentions DESC, page.id""",
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
        WHERE {_CLAIM} {bound}
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
