"""An entity's dossier: every passage that has it under any of its names, or has a figure that it asserts.

Newest first, to the minute of publication, and in reading order within an article: by falling passage ids.
A page is a merge of seeks: in the index of mentions, and for each name in that of speakers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec

from newsdesk.models import UNSORTED, ArticleRef, Figure
from newsdesk.models.entities import DossierHit, EntityRow
from newsdesk.store.base import Database
from newsdesk.store.packing import Block, time_of, unpack_blocks
from newsdesk.store.query_fields import CLAIM
from newsdesk.store.topics import OpenDesk

_MOST_NAMES = 16
"""Names under which it is looked for among the speakers."""


def keys(
    database: Database, entity: EntityRow, limit: int, before: int | None, after: int | None
) -> tuple[int, ...]:
    """Keys of a dossier's passages, the newest first: the `limit` next ones below the key `before`, or the
    nearest ones above the key `after`; the newest where neither is given. Raises ArchiveError.
    """
    bindings: dict[str, Any] = {"entity": entity.key, "limit": max(limit, 0)}
    bound = ""
    if before is not None:
        bound += " AND {id} < :before"
        bindings["before"] = before
    if after is not None:
        bound += " AND {id} > :after"
        bindings["after"] = after
    parts = [
        f"""SELECT m.passage_id AS id FROM mention AS m INDEXED BY mention_entity
        WHERE m.entity_id = :entity {bound.format(id="m.passage_id")}"""
    ]
    for place, name in enumerate((entity.name, *entity.aliases)[:_MOST_NAMES]):
        bindings[f"name{place}"] = name
        parts.append(
            f"""SELECT g.passage_id FROM figure AS g INDEXED BY figure_speaker
            WHERE g.asserted_by = :name{place} AND {CLAIM} {bound.format(id="g.passage_id")}"""
        )
    way = "ASC" if after is not None and before is None else "DESC"
    sql = f"{' UNION '.join(parts)} ORDER BY 1 {way} LIMIT :limit"
    found = tuple(row[0] for row in database.rows(sql, bindings))
    return found[::-1] if way == "ASC" else found


def hits(
    database: Database, desk: OpenDesk, entity: EntityRow, wanted: Sequence[int]
) -> tuple[DossierHit, ...]:
    """The passages with these keys, in this order; those that are gone are left out. Raises ArchiveError."""
    with database.snapshot():
        found = _hits(database, desk, entity, msgspec.json.encode(list(wanted)).decode())
    return tuple(found[key] for key in wanted if key in found)


def _hits(database: Database, desk: OpenDesk, entity: EntityRow, ids: str) -> dict[int, DossierHit]:
    names = (entity.name, *entity.aliases)
    spans = _spans(database, entity.key, ids)
    figures = _figures(database, ids)
    rows = database.rows(
        """SELECT p.id, p.topic_id, a.id, a.top, a.title, a.url, a.sort, a.revision, f.publisher
        FROM json_each(?) AS wanted CROSS JOIN passage AS p ON p.id = wanted.value
        CROSS JOIN article AS a ON a.id = p.article_id CROSS JOIN feed AS f ON f.id = a.feed_id""",
        (ids,),
    )
    texts: dict[int, tuple[Block, ...]] = {}
    topics = {row_id: key for key, row_id in desk.ids.items() if key != UNSORTED}
    found: dict[int, DossierHit] = {}
    for key, topic, article, top, title, url, sort, revision, publisher in rows:
        if article not in texts:
            texts[article] = unpack_blocks(
                database.value(
                    "SELECT blocks FROM revision WHERE article_id = ? AND number = ?", (article, revision)
                )
            )
        index = top - 1 - key
        if not 0 <= index < len(texts[article]):
            continue
        found[key] = DossierHit(
            article=ArticleRef(article, title, url, publisher, time_of(sort)),
            passage=index,
            topic=topics.get(topic),
            text=texts[article][index].text,
            spans=tuple(sorted(spans.get(key, ()))),
            figures=tuple(one for one in figures.get(key, ()) if speaks(one.asserted_by, names, entity.kind)),
            key=key,
        )
    return found


def speaks(asserted_by: str | None, names: Sequence[str], kind: str) -> bool:
    """Whether the speaker of a figure, as printed, is the entity of these names.

    A person may stand behind a title ("Defense Minister Yoav Gallant"). Anything else is the speaker only
    under its very name: "the Health Ministry in Hamas-run Gaza" is neither Hamas nor Gaza.
    """
    if asserted_by is None:
        return False
    said = _plain(asserted_by)
    for name in map(_plain, names):
        if name and (said == name or (kind == "person" and re.search(rf"\b{re.escape(name)}$", said))):
            return True
    return False


def _plain(name: str) -> str:
    folded = " ".join(name.casefold().split())
    return folded.removeprefix("the ")


def _spans(database: Database, entity: int, ids: str) -> dict[int, list[tuple[int, int]]]:
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, start, end in database.rows(
        """SELECT m.passage_id, m.start, m."end" FROM json_each(:ids) AS wanted
        CROSS JOIN mention AS m ON m.passage_id = wanted.value WHERE m.entity_id = :entity""",
        {"ids": ids, "entity": entity},
    ):
        found[key].append((start, end))
    return found


def _figures(database: Database, ids: str) -> dict[int, list[Figure]]:
    found: defaultdict[int, list[Figure]] = defaultdict(list)
    for key, body in database.rows(
        f"""SELECT p.id, g.body FROM json_each(?) AS wanted CROSS JOIN passage AS p ON p.id = wanted.value
        CROSS JOIN figure AS g ON g.article_id = p.article_id AND g.passage_id = p.id
        WHERE g.asserted_by IS NOT NULL AND {CLAIM} ORDER BY g.position""",
        (ids,),
    ):
        found[key].append(msgspec.json.decode(body, type=Figure))
    return found
