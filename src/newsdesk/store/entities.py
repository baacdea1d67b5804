"""Entities as a list: by mentions, a page at a time, with their names and their trend.

Without words or topics a page is a seek in an index of maintained counts. Words are looked for among the
entities with the most mentions and, as the beginning of a name, among all; topics are counted in their newest
passages. Both bring a list of at most MOST_NARROWED, counted once for all its pages.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from newsdesk.models.desk import EntityKind
from newsdesk.models.entities import EntityRow, EntityView
from newsdesk.store.base import Database
from newsdesk.store.entity_counts import DAY
from newsdesk.store.packing import seconds
from newsdesk.store.topics import OpenDesk

DAYS = 14
"""Days of a trend."""
MOST_PASSAGES = 4_000
"""Passages of a view's topics that are counted, the newest."""
MOST_NARROWED = 2_000
"""Entities of a view with words or topics."""
_MOST_LOOKED_AT = 10_000
"""Entities, those with the most mentions, in whose names words may stand anywhere."""
_MOST_NAMES = 2_000
"""Further ones whose name begins so."""

_Counted = tuple[int, int, int]
"""Row of the entity, mentions, articles."""


class Entities:
    """The lists of an open archive's entities, with the one that was counted last."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: tuple[EntityView, str, list[_Counted]] | None = None

    def page(
        self, desk: OpenDesk, view: EntityView, limit: int, after: EntityRow | None, now: datetime
    ) -> tuple[EntityRow, ...]:
        """The `limit` rows after a row, or the first ones. Raises ArchiveError."""
        if limit < 1:
            return ()
        with self._database.snapshot():
            if not (view.words.strip() or view.topics):
                return self._rows(self._seek(view.kind, limit, after), now)
            narrowed = self._narrowed(desk, view, anew=after is None)
            place = 0
            if after is not None:
                place = next((n for n, one in enumerate(narrowed, 1) if one[0] == after.key), len(narrowed))
            return self._rows(narrowed[place : place + limit], now)

    def count(self, desk: OpenDesk, view: EntityView) -> dict[EntityKind, int]:
        """How many entities a view has, by kind, whatever the view's kind; narrowed ones MOST_NARROWED
        together at most. Raises ArchiveError.
        """
        with self._database.snapshot():
            if not (view.words.strip() or view.topics):
                return dict(self._database.rows("SELECT kind, entities FROM entity_kind WHERE entities > 0"))
            found = self._narrowed(desk, msgspec.structs.replace(view, kind=None), anew=False)
            return dict(
                self._database.rows(
                    """SELECT e.kind, count(*) FROM json_each(?) AS wanted
                    CROSS JOIN entity AS e ON e.id = wanted.value GROUP BY e.kind""",
                    (_json([one[0] for one in found]),),
                )
            )

    def one(self, id: str, now: datetime) -> EntityRow | None:
        """The entity with this id (kind/slug). Raises ArchiveError."""
        with self._database.snapshot():
            found = self._database.rows("SELECT id, mentions, articles FROM entity WHERE key = ?", (id,))
            rows = self._rows([(key, mentions, articles) for key, mentions, articles in found], now)
        return rows[0] if rows else None

    # ------------------------------------------------------------------ which, in which order

    def _seek(self, kind: EntityKind | None, limit: int, after: EntityRow | None) -> list[_Counted]:
        index = "entity_mentions" if kind is None else "entity_kind_mentions"
        which = "" if kind is None else "AND kind = :kind"
        bound = "" if after is None else "AND (mentions, id) < (:mentions, :id)"
        rows = self._database.rows(
            f"""SELECT id, mentions, articles FROM entity INDEXED BY {index}
            WHERE mentions > 0 {which} {bound} ORDER BY mentions DESC, id DESC LIMIT :limit""",
            {
                "kind": kind,
                "limit": limit,
                "mentions": after.mentions if after else 0,
                "id": after.key if after else 0,
            },
        )
        return [(key, mentions, articles) for key, mentions, articles in rows]

    def _narrowed(self, desk: OpenDesk, view: EntityView, *, anew: bool) -> list[_Counted]:
        """A view with words or topics, counted; `anew` where it may have changed since."""
        every = msgspec.structs.replace(view, kind=None)
        known = self._counted
        if known is None or anew or known[:2] != (every, desk.desk):
            found = self._of_topics(desk, view) if view.topics else self._of_words(view)
            known = self._counted = every, desk.desk, found
        if view.kind is None:
            return known[2]
        kinds = {
            row[0]
            for row in self._database.rows(
                """SELECT e.id FROM json_each(:ids) AS wanted CROSS JOIN entity AS e ON e.id = wanted.value
                WHERE e.kind = :kind""",
                {"ids": _json([one[0] for one in known[2]]), "kind": view.kind},
            )
        }
        return [one for one in known[2] if one[0] in kinds]

    def _of_topics(self, desk: OpenDesk, view: EntityView) -> list[_Counted]:
        named, bindings = _named(view.words)
        topics = desk.known(view.topics)
        newest = " UNION ALL ".join(
            f"""SELECT * FROM (SELECT id, article_id FROM passage INDEXED BY passage_topic
            WHERE topic_id = :topic{place} ORDER BY id DESC LIMIT :passages)"""
            for place in range(len(topics))
        )
        if not topics:
            return []
        rows = self._database.rows(
            f"""WITH newest AS MATERIALIZED (
              SELECT id, article_id FROM ({newest}) ORDER BY id DESC LIMIT :passages),
            counted AS MATERIALIZED (
              SELECT m.entity_id AS id, count(*) AS mentions, count(DISTINCT n.article_id) AS articles
              FROM newest AS n CROSS JOIN mention AS m ON m.passage_id = n.id GROUP BY m.entity_id)
            SELECT c.id, c.mentions, c.articles FROM counted AS c CROSS JOIN entity AS e ON e.id = c.id
            WHERE {named} ORDER BY c.mentions DESC, c.id DESC LIMIT :most""",
            bindings
            | {f"topic{place}": topic for place, topic in enumerate(topics)}
            | {"passages": MOST_PASSAGES, "most": MOST_NARROWED},
        )
        return [(key, mentions, articles) for key, mentions, articles in rows]

    def _of_words(self, view: EntityView) -> list[_Counted]:
        named, bindings = _named(view.words)
        begins = "n.name >= :begin COLLATE NOCASE AND n.name < :end COLLATE NOCASE"
        begin = view.words.split()[0]
        rows = self._database.rows(
            f"""SELECT e.id, e.mentions, e.articles FROM (
              SELECT id FROM (SELECT id FROM entity INDEXED BY entity_mentions WHERE mentions > 0
                ORDER BY mentions DESC, id DESC LIMIT :looked)
              UNION SELECT id FROM (SELECT n.id FROM entity AS n WHERE {begins} LIMIT :names)
              UNION SELECT id FROM (SELECT n.entity_id AS id FROM entity_alias AS n
                WHERE {begins} LIMIT :names)) AS some
            CROSS JOIN entity AS e ON e.id = some.id
            WHERE e.mentions > 0 AND {named} ORDER BY e.mentions DESC, e.id DESC LIMIT :most""",
            bindings
            | {"begin": begin, "end": begin + "\U0010ffff", "looked": _MOST_LOOKED_AT}
            | {"names": _MOST_NAMES, "most": MOST_NARROWED},
        )
        return [(key, mentions, articles) for key, mentions, articles in rows]

    # ------------------------------------------------------------------ what a row says

    def _rows(self, counted: list[_Counted], now: datetime) -> tuple[EntityRow, ...]:
        ids = _json([one[0] for one in counted])
        today = seconds(now) // DAY
        known = {
            row[0]: row[1:]
            for row in self._database.rows(
                """SELECT e.id, e.key, e.name, e.kind,
                  (SELECT json_group_array(n.name) FROM entity_alias AS n WHERE n.entity_id = e.id),
                  (SELECT max(d.day) FROM entity_day AS d WHERE d.entity_id = e.id)
                FROM json_each(?) AS wanted CROSS JOIN entity AS e ON e.id = wanted.value""",
                (ids,),
            )
        }
        trends: dict[int, list[int]] = {}
        for key, day, mentions in self._database.rows(
            """SELECT d.entity_id, d.day, d.mentions FROM json_each(:ids) AS wanted
            CROSS JOIN entity_day AS d ON d.entity_id = wanted.value
            WHERE d.day > :before AND d.day <= :today""",
            {"ids": ids, "before": today - DAYS, "today": today},
        ):
            trends.setdefault(key, [0] * DAYS)[day - today - 1] = mentions
        rows = []
        for key, mentions, articles in counted:
            id, name, kind, aliases, last = known[key]
            names = sorted(set(msgspec.json.decode(aliases, type=list[str])) - {name})
            rows.append(
                EntityRow(
                    key=key,
                    id=id,
                    name=name,
                    kind=kind,
                    mentions=mentions,
                    articles=articles,
                    aliases=tuple(names),
                    trend=tuple(trends.get(key, [0] * DAYS)),
                    last=None if last is None else datetime.fromtimestamp(0, UTC) + timedelta(days=last),
                )
            )
        return tuple(rows)


def _named(words: str) -> tuple[str, dict[str, Any]]:
    """The condition that entity `e` has a name, or several, in which words begin like these."""
    conditions = ["TRUE"]
    bindings: dict[str, Any] = {}
    for place, word in enumerate(words.split()[:8]):
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        bindings |= {f"at{place}": f"{escaped}%", f"in{place}": f"% {escaped}%"}
        like = f"({{n}}.name LIKE :at{place} ESCAPE '\\' OR {{n}}.name LIKE :in{place} ESCAPE '\\')"
        conditions.append(
            f"""({like.format(n="e")} OR EXISTS (SELECT 1 FROM entity_alias AS n
            WHERE n.entity_id = e.id AND {like.format(n="n")}))"""
        )
    return " AND ".join(conditions), bindings


def _json(ids: list[int]) -> str:
    return msgspec.json.encode(ids).decode()
