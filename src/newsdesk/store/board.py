"""Passages of a topic across the whole archive, newest first: keys a page at a time, words of what is seen.

A key is a passage's id. Ids run down from the newest article to the oldest and through each in reading order
(schema.py), so that a page is a seek in `passage_topic` or `passage_unread` from the key before it, at a cost
that does not grow with the archive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from newsdesk.models import UNSORTED, Figure
from newsdesk.models.board import BoardRow, Column
from newsdesk.models.desk import EntityKind
from newsdesk.store.base import Database
from newsdesk.store.packing import Block, time_of, unpack_blocks
from newsdesk.store.topics import OpenDesk


def keys(
    database: Database, desk: OpenDesk, column: Column, limit: int, before: int | None, after: int | None
) -> tuple[int, ...]:
    """Keys of a column, the newest first: the `limit` next ones below the key `before`, or the nearest ones
    above the key `after`; the newest where neither is given. Raises ArchiveError.
    """
    topic = desk.ids.get(column.topic)
    if topic is None or limit < 1:
        return ()
    bindings: dict[str, Any] = {"topic": topic, "limit": limit}
    bounds = ""
    if column.up_to is not None:
        bounds += " AND p.article_id <= :up_to"
        bindings["up_to"] = column.up_to
    if before is not None:
        bounds += " AND p.id < :before"
        bindings["before"] = before
    if after is not None:
        bounds += " AND p.id > :after"
        bindings["after"] = after
    index, fresh = ("passage_unread", "= 1") if column.unread else ("passage_topic", "IS NOT NULL")
    parts = [
        f"SELECT p.id FROM passage AS p INDEXED BY {index} "
        f"WHERE p.topic_id = :topic AND p.unread {fresh}{bounds}"
    ]
    if column.unread and column.kept:
        bindings["kept"] = _json(sorted(column.kept))
        parts.append(
            f"""SELECT p.id FROM json_each(:kept) AS kept CROSS JOIN passage AS p ON p.id = kept.value
            WHERE p.topic_id = :topic AND p.unread = 0{bounds}"""
        )
    way = "ASC" if after is not None and before is None else "DESC"
    sql = f"{' UNION ALL '.join(parts)} ORDER BY 1 {way} LIMIT :limit"
    found = tuple(row[0] for row in database.rows(sql, bindings))
    return found[::-1] if way == "ASC" else found


def oldest(database: Database, desk: OpenDesk, column: Column, limit: int) -> tuple[int, ...]:
    """The last `limit` keys of a column, the newest of them first. Raises ArchiveError."""
    return keys(database, desk, column, limit, None, -1)


def waiting(database: Database, desk: OpenDesk, up_to: int, *, unread: bool) -> dict[str, int]:
    """By topic: passages (or unread ones) of articles that were stored after the one with this id.

    Costs as much as there are such articles. Raises ArchiveError.
    """
    names = {row_id: key for key, row_id in desk.ids.items()}
    rows = database.rows(
        f"""SELECT t.topic_id, sum({"t.unread" if unread else "t.passages"}) FROM article AS a
        CROSS JOIN json_each(:topics) AS wanted
        CROSS JOIN article_topic AS t
          ON t.topic_id = wanted.value AND t.sort = a.sort AND t.article_id = a.id
        WHERE a.id > :up_to GROUP BY t.topic_id""",
        {"up_to": up_to, "topics": _json(list(names))},
    )
    return {names[topic]: number for topic, number in rows if number}


def rows(database: Database, desk: OpenDesk, wanted: Sequence[int]) -> tuple[BoardRow, ...]:
    """The passages with these keys, in this order; those that are gone are left out. Raises ArchiveError."""
    with database.snapshot():
        found = _rows(database, desk, wanted)
    return tuple(found[key] for key in wanted if key in found)


def _rows(database: Database, desk: OpenDesk, wanted: Sequence[int]) -> dict[int, BoardRow]:
    ids = _json(list(wanted))
    names = {row_id: key for key, row_id in desk.ids.items()}
    further = _further(database, desk, ids)
    mentions = _mentions(database, ids)
    figures = _figures(database, ids)
    texts: dict[int, tuple[Block, ...]] = {}
    found: dict[int, BoardRow] = {}
    for key, topic, unread, article, top, title, url, sort, starred, revision, publisher in database.rows(
        """SELECT p.id, p.topic_id, p.unread, a.id, a.top, a.title, a.url, a.sort, a.starred, a.revision,
          f.publisher
        FROM json_each(?) AS wanted CROSS JOIN passage AS p ON p.id = wanted.value
        CROSS JOIN article AS a ON a.id = p.article_id CROSS JOIN feed AS f ON f.id = a.feed_id""",
        (ids,),
    ):
        if article not in texts:
            texts[article] = unpack_blocks(
                database.value(
                    "SELECT blocks FROM revision WHERE article_id = ? AND number = ?", (article, revision)
                )
            )
        index = top - 1 - key
        if not 0 <= index < len(texts[article]):
            continue
        block = texts[article][index]
        found[key] = BoardRow(
            key=key,
            article=article,
            passage=index,
            publisher=publisher,
            published=time_of(sort),
            title=title,
            url=url,
            starred=bool(starred),
            unread=unread == 1,
            kind=block.kind,
            text=block.text,
            topic=names.get(topic, UNSORTED),
            further=tuple(further.get(key, ())),
            mentions=tuple(mentions.get(key, ())),
            figures=tuple(figures.get(key, ())),
        )
    return found


def _further(database: Database, desk: OpenDesk, ids: str) -> dict[int, list[str]]:
    topics: defaultdict[int, set[int]] = defaultdict(set)
    for key, topic in database.rows(
        """SELECT f.passage_id, f.topic_id FROM json_each(?) AS wanted
        CROSS JOIN also AS f ON f.passage_id = wanted.value""",
        (ids,),
    ):
        topics[key].add(topic)
    return {key: [name for name, row in desk.ids.items() if row in has] for key, has in topics.items()}


def _mentions(database: Database, ids: str) -> dict[int, list[tuple[int, int, EntityKind]]]:
    found: defaultdict[int, list[tuple[int, int, EntityKind]]] = defaultdict(list)
    for key, start, end, kind in database.rows(
        """SELECT m.passage_id, m.start, m."end", e.kind FROM json_each(?) AS wanted
        CROSS JOIN mention AS m ON m.passage_id = wanted.value
        CROSS JOIN entity AS e ON e.id = m.entity_id""",
        (ids,),
    ):
        found[key].append((start, end, kind))
    return found


def _figures(database: Database, ids: str) -> dict[int, list[Figure]]:
    found: defaultdict[int, list[Figure]] = defaultdict(list)
    for key, body in database.rows(
        """SELECT p.id, g.body FROM json_each(?) AS wanted CROSS JOIN passage AS p ON p.id = wanted.value
        CROSS JOIN figure AS g ON g.article_id = p.article_id AND g.passage_id = p.id""",
        (ids,),
    ):
        found[key].append(msgspec.json.decode(body, type=Figure))
    return found


def _json(ids: Collection[int]) -> str:
    return msgspec.json.encode(list(ids)).decode()
