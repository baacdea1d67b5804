"""Values that a filter of the query language may have, for who types one: topics, outlets, tags, names."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from newsdesk.models import Feed
from newsdesk.store.base import Database
from newsdesk.store.query_fields import folded
from newsdesk.store.topics import OpenDesk

_MOST_NAMES = 400
"""Entities of a beginning that are counted; the rest is too many to choose from anyway."""


def values(database: Database, desk: OpenDesk, field: str, begin: str, limit: int) -> tuple[str, ...]:
    """Values of `field` that begin so, accents and case folded; entities and places by mentions, the most
    first. None for filters whose values are no names of this archive."""
    if field == "topic":
        return _beginning(desk.ids, begin, limit)
    if field in ("source", "feed"):
        rows = database.rows("SELECT publisher FROM feed WHERE publisher <> '' ORDER BY articles DESC")
        return _beginning((name for (name,) in rows), begin, limit)
    if field == "tag":
        bodies = database.rows("SELECT subscription FROM feed")
        tags = {tag for (body,) in bodies for tag in msgspec.json.decode(body, type=Feed).tags}
        return _beginning(sorted(tags), begin, limit)
    if field in ("entity", "place") and begin:
        return _entities(database, begin, limit, places=field == "place")
    return ()


def _beginning(names: Iterable[str], begin: str, limit: int) -> tuple[str, ...]:
    wanted = folded(begin)
    return tuple(dict.fromkeys(name for name in names if folded(name).startswith(wanted)))[:limit]


def _entities(database: Database, begin: str, limit: int, *, places: bool) -> tuple[str, ...]:
    kind = "AND e.kind = 'place'" if places else ""
    rows = database.rows(
        f"""SELECT e.name FROM (
          SELECT id, name FROM entity AS e INDEXED BY entity_name
          WHERE name >= :begin COLLATE NOCASE AND name < :end COLLATE NOCASE {kind} LIMIT :most) AS e
        ORDER BY (SELECT count(*) FROM article_entity AS o WHERE o.entity_id = e.id) DESC, e.name
        LIMIT :limit""",
        {"begin": begin, "end": begin + "\U0010ffff", "most": _MOST_NAMES, "limit": limit},
    )
    return tuple(name for (name,) in rows)
