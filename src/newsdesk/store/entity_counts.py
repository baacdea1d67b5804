"""How often entities are mentioned: kept in the transaction that stores or takes out an article's results.

`entity.mentions` and `entity.articles` are of the whole archive, `entity_day` of a day of publication (in
UTC, days since 1970), `entity_kind` has how many entities of a kind are mentioned at all.
"""

from __future__ import annotations

from collections import Counter

from newsdesk.store.base import Database

DAY = 86_400


def count(database: Database, article: int, top: int, blocks: int, sign: int) -> None:
    """Add an article's stored mentions to the counts (`sign` 1), or take them off (-1), in a transaction."""
    found = database.rows(
        """SELECT m.entity_id, e.kind, e.mentions, count(*) FROM mention AS m
        CROSS JOIN entity AS e ON e.id = m.entity_id
        WHERE m.passage_id BETWEEN ? AND ? GROUP BY m.entity_id""",
        (top - blocks, top),
    )
    if not found:
        return
    day = database.value("SELECT sort FROM article WHERE id = ?", (article,)) // DAY
    database.run_many(
        "UPDATE entity SET mentions = mentions + ?, articles = articles + ? WHERE id = ?",
        [(sign * number, sign, entity) for entity, _, _, number in found],
    )
    database.run_many(
        """INSERT INTO entity_day (entity_id, day, mentions) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions""",
        [(entity, day, sign * number) for entity, _, _, number in found],
    )
    if sign < 0:
        database.run_many(
            "DELETE FROM entity_day WHERE entity_id = ? AND day = ? AND mentions <= 0",
            [(entity, day) for entity, *_ in found],
        )
    kinds = Counter[str]()
    for _, kind, before, number in found:
        kinds[kind] += (before + sign * number > 0) - (before > 0)
    database.run_many(
        """INSERT INTO entity_kind (kind, entities) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET entities = entities + excluded.entities""",
        [item for item in kinds.items() if item[1]],
    )
