"""Full-text search over passages, newest first."""

from __future__ import annotations

from newsdesk.models import UNSORTED, Hit
from newsdesk.store.base import Database
from newsdesk.store.matching import expression, search_terms, spans
from newsdesk.store.packing import Block, time_of, unpack_blocks
from newsdesk.store.topics import OpenDesk


def search(
    database: Database, desk: OpenDesk, query: str, limit: int = 50, before: int | None = None
) -> tuple[Hit, ...]:
    """Passages that have all words and "phrases" of the query, the last word also as a prefix.

    Newest first, to the minute of publication; passages of an article in reading order. `before` is the
    `key` of the last hit of the page before. A query without words finds nothing; none raises an error.
    """
    found = search_terms(database, query)
    if not found or limit < 1:
        return ()
    bound = "" if before is None else "AND t.rowid < :before"
    rows = database.rows(
        f"""SELECT t.rowid, p.topic_id, a.id, a.top, a.title, a.url, a.sort, a.revision, f.publisher
        FROM passage_text AS t CROSS JOIN passage AS p ON p.id = t.rowid
        CROSS JOIN article AS a ON a.id = p.article_id CROSS JOIN feed AS f ON f.id = a.feed_id
        WHERE t.passage_text MATCH :match {bound} ORDER BY t.rowid DESC LIMIT :limit""",
        {"match": expression(found, "text"), "before": before, "limit": limit},
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
                spans=spans(database, text, found),
                key=key,
            )
        )
    return tuple(hits)
