"""The filters of the query language as SQL: `topic:`, `entity:`, `figure:killed>100` and the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, get_args

import msgspec

from newsdesk.errors import QueryError
from newsdesk.models import Feed
from newsdesk.models.analysis import Category
from newsdesk.models.desk import EntityKind
from newsdesk.store.base import Database
from newsdesk.store.incoming import SLOT_BITS
from newsdesk.store.matching import PREFIX_BYTES, Term, quoted, tokens
from newsdesk.store.query import Field, near
from newsdesk.store.topics import OpenDesk

MOST_ENTITIES = 200
"""Entities that one name stands for, at most: `entity:a*` is many."""
_MOST_MERGED = 12
"""Entities whose mentions are merged in order; of more they are sorted. Feeds whose articles are."""
_MOST_TOPICS = 40
"""Topics whose unread passages are merged in order."""
COMMON = 5_000
"""Who finds so many need not lead: the walk from the newest on meets them soon."""

CLAIM = "NOT json_extract(g.body, '$.hypothetical')"
"""What is only supposed is no claim."""
_NUMBER = "coalesce(g.best, g.min, g.max)"
_HERE = "g.article_id = p.article_id AND +g.passage_id = p.id"
"""With a plus, or SQLite would make itself an index of all figures by passage."""

# With a plus, or SQLite would first read all passages to filter by it (Bloom).
_STATES = {
    "unread": "+p.unread = 1",
    "read": "+p.unread = 0",
    "starred": "a.starred = 1",
    "changed": "a.revision > 1",
}
_THINGS = {
    "figure": f"EXISTS (SELECT 1 FROM figure AS g WHERE {_HERE} AND {CLAIM})",
    "entity": "EXISTS (SELECT 1 FROM mention AS m WHERE m.passage_id = p.id)",
}
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True)
class Filter:
    """`condition` speaks of p (passage) and a (article), `on_figure` of a figure g. Where an index gives
    them, `ids` selects the passages that it lets through, the highest id first; with `tops` the articles'
    tops; empty where none does.
    """

    condition: str
    ids: str = ""
    on_figure: str = ""
    tops: bool = False
    time: int | None = None


def first_id(time: int) -> int:
    """The first passage id of a time's minute (seconds since 1970)."""
    return (time // 60) << SLOT_BITS


def folded(text: str) -> str:
    """Without accents, case and double blanks."""
    plain = text
    if not text.isascii():
        plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(plain.casefold().split())


class Filters:
    """Reads filters. `bind` gives a value a name in the statement. Raises QueryError."""

    def __init__(self, database: Database, desk: OpenDesk, now: datetime, bind: Callable[[Any], str]) -> None:
        self._database = database
        self._desk = desk
        self._now = now
        self._bind = bind

    def read(self, node: Field) -> Filter:
        """A filter's meaning in this archive."""
        return _READERS[node.name](self, node)

    def topic(self, node: Field) -> Filter:
        """The passage's first topic or a further one."""
        wanted = folded(node.value).replace(" ", "-")
        if wanted not in self._desk.ids:
            raise QueryError(
                f"the desk has no topic {node.value!r}", _value(node), near(wanted, list(self._desk.ids))
            )
        key = self._bind(self._desk.ids[wanted])
        also = "SELECT 1 FROM also AS o WHERE o.passage_id = p.id AND o.topic_id"
        ids = f"""SELECT id FROM passage INDEXED BY passage_topic WHERE topic_id = {key}
          UNION SELECT passage_id FROM also INDEXED BY also_topic WHERE topic_id = {key} ORDER BY 1 DESC"""
        return Filter(f"p.topic_id = {key} OR EXISTS ({also} = {key})", ids)

    def source(self, node: Field) -> Filter:
        """Feeds whose outlet, title or address has the words."""
        wanted = folded(node.value)
        return self._of_feeds(
            (row_id, articles)
            for row_id, publisher, title, url, _, articles in self._feeds()
            if wanted in folded("\x01".join((publisher, title, url)))  # a mark that no name goes over
        )

    def tag(self, node: Field) -> Filter:
        """Feeds that the config gives the tag."""
        wanted = folded(node.value)
        return self._of_feeds(
            (row_id, articles)
            for row_id, _, _, _, body, articles in self._feeds()
            if wanted in map(folded, msgspec.json.decode(body, type=Feed).tags)
        )

    def _feeds(self) -> list[tuple[Any, ...]]:
        return self._database.rows("SELECT id, publisher, title, url, subscription, articles FROM feed")

    def _of_feeds(self, found: Iterable[tuple[int, int]]) -> Filter:
        """`found` has the feeds with the number of their articles."""
        feeds = dict(found)
        condition = f"a.feed_id IN (SELECT value FROM json_each({self._json(feeds)}))"
        if len(feeds) > _MOST_MERGED or sum(feeds.values()) > COMMON:
            return Filter(condition)
        one = "SELECT top FROM article INDEXED BY article_feed WHERE feed_id"
        tops = " UNION ALL ".join(f"{one} = {self._bind(feed)}" for feed in feeds or [None])
        return Filter(condition, f"{tops} ORDER BY top DESC", tops=True)

    def by(self, node: Field) -> Filter:
        """Figures whose speaker has the words."""
        wanted = folded(node.value)
        # From each name to the next one: DISTINCT would read every figure.
        speakers = self._database.rows(
            """WITH RECURSIVE speaker (name) AS (
              SELECT min(asserted_by) FROM figure INDEXED BY figure_speaker WHERE asserted_by IS NOT NULL
              UNION ALL SELECT (SELECT f.asserted_by FROM figure AS f INDEXED BY figure_speaker
                WHERE f.asserted_by > name ORDER BY f.asserted_by LIMIT 1)
                FROM speaker WHERE name IS NOT NULL)
            SELECT name FROM speaker WHERE name IS NOT NULL"""
        )
        said = self._json(speaker for (speaker,) in speakers if wanted in folded(speaker))
        one_of = f"g.asserted_by IN (SELECT value FROM json_each({said}))"
        return self._of_figures(one_of, "figure_speaker")

    def figure(self, node: Field) -> Filter:
        """Claims of a category, with a comparison of their number: the best one, else the least, the most."""
        found = re.fullmatch(r"(\w*)\s*(?:(<=|>=|<|>|=)\s*(\d[\d,]*(?:\.\d+)?))?", node.value)
        category = found[1].casefold() if found else ""
        if found is None or not (category or found[2]):
            raise QueryError(
                f"figure: does not understand {node.value!r}", _value(node), "figure:killed>100 is the form"
            )
        known = get_args(Category)
        if category and category not in known:
            raise QueryError(f"figures have no category {category}", _value(node), near(category, known))
        conditions = [f"g.category = {self._bind(category)}"] if category else []
        if found[2]:
            conditions.append(f"{_NUMBER} {found[2]} {self._bind(float(found[3].replace(',', '')))}")
        return self._of_figures(" AND ".join(conditions), "figure_category" if category else "")

    def _of_figures(self, condition: str, index: str) -> Filter:
        ids = f"""SELECT DISTINCT g.passage_id AS id FROM figure AS g INDEXED BY {index}
          WHERE {condition} AND {CLAIM} ORDER BY g.passage_id DESC"""
        here = f"EXISTS (SELECT 1 FROM figure AS g WHERE {_HERE} AND {condition} AND {CLAIM})"
        return Filter(here, ids if index else "", condition)

    def entity(self, node: Field) -> Filter:
        """Passages that mention it, under any of its names."""
        return self._of_entities(self._named(node.value, get_args(EntityKind)))

    def place(self, node: Field) -> Filter:
        """Passages that mention the place, under any of its names."""
        return self._of_entities(self._named(node.value, ("place",)))

    def _of_entities(self, found: list[int]) -> Filter:
        keys = self._json(found)
        here = f"""EXISTS (SELECT 1 FROM mention AS m WHERE m.passage_id = p.id
          AND m.entity_id IN (SELECT value FROM json_each({keys})))"""
        one = "SELECT DISTINCT passage_id AS id FROM mention INDEXED BY mention_entity WHERE entity_id"
        if 0 < len(found) <= _MOST_MERGED:
            ids = " UNION ".join(f"{one} = {self._bind(key)}" for key in found)
        else:
            ids = f"{one} IN (SELECT value FROM json_each({keys}))"
        return Filter(here, f"{ids} ORDER BY {'1' if len(found) > 1 else 'passage_id'} DESC")

    def _named(self, name: str, kinds: tuple[str, ...]) -> list[int]:
        """Entities of a name, accents and case folded; with a star, of names that begin so."""
        begin = name.rstrip("*").strip()
        same = "name = :name COLLATE NOCASE"
        if name.endswith("*"):
            same = "name >= :name COLLATE NOCASE AND name < :end COLLATE NOCASE"
        keys = [f"{kind}/{re.sub(r'[^0-9a-z]+', '-', folded(begin).replace(chr(39), ''))}" for kind in kinds]
        asked = {"name": begin, "kinds": _array(kinds), "most": MOST_ENTITIES}
        bindings = asked | ({"end": begin + "\U0010ffff"} if name.endswith("*") else {})
        rows = self._database.rows(
            f"""SELECT e.id FROM (SELECT id FROM entity WHERE {same}
              UNION SELECT entity_id FROM entity_alias WHERE {same}
              UNION SELECT id FROM entity WHERE key IN (SELECT value FROM json_each(:keys))) AS n
            CROSS JOIN entity AS e ON e.id = n.id
            WHERE e.kind IN (SELECT value FROM json_each(:kinds)) LIMIT :most""",
            bindings | {"keys": _array(keys)},
        )
        return sorted(row[0] for row in rows) or self._accented(folded(begin), asked)

    def _accented(self, wanted: str, asked: dict[str, Any]) -> list[int]:
        """By names with letters beyond ASCII, which no index folds."""
        rows = self._database.rows(
            """SELECT e.id, n.name FROM entity_alias AS n CROSS JOIN entity AS e ON e.id = n.entity_id
            WHERE n.name GLOB '*[^ -~]*' AND e.kind IN (SELECT value FROM json_each(:kinds))""",
            {"kinds": asked["kinds"]},
        )
        return sorted({row_id for row_id, name in rows if folded(name) == wanted})[:MOST_ENTITIES]

    def title(self, node: Field) -> Filter:
        """Articles whose title has the words, the last one with a star as a prefix."""
        words = tuple(word for _, _, word in tokens(self._database, node.value))
        if not words:
            raise QueryError("title: wants a word", _value(node))
        prefix = node.value.endswith("*") and len(words[-1].encode()) >= PREFIX_BYTES
        match = self._bind(f"{{title}} : ({quoted(Term(words, prefix))})")
        tops = f"SELECT rowid FROM passage_text WHERE passage_text MATCH {match} ORDER BY rowid DESC"
        return Filter(f"a.top IN ({tops})", tops, tops=True)

    def state(self, node: Field) -> Filter:
        """`is:`"""
        condition = _one_of(node, _STATES)
        state = node.value.casefold()
        if state == "unread":
            return Filter(condition, self._unread())
        index = {"starred": "article_starred", "changed": "article_changed"}.get(state)
        if index is None:
            return Filter(condition)
        which = condition.removeprefix("a.")
        tops = f"SELECT top FROM article INDEXED BY {index} WHERE {which} ORDER BY top DESC"
        return Filter(condition, tops, tops=True)

    def _unread(self) -> str:
        """The unread passages, topic by topic as the index has them."""
        topics = self._database.rows("SELECT id FROM topic WHERE unread > 0")
        if len(topics) > _MOST_TOPICS:
            return ""
        one = "SELECT id FROM passage INDEXED BY passage_unread WHERE unread = 1 AND topic_id"
        parts = [f"{one} = {self._bind(topic)}" for (topic,) in topics] or [f"{one} IS NULL"]
        return f"{' UNION ALL '.join(parts)} ORDER BY 1 DESC"

    def thing(self, node: Field) -> Filter:
        """`has:`"""
        return Filter(_one_of(node, _THINGS))

    def since(self, node: Field) -> Filter:
        """From a time on."""
        time = self._time(node)
        return Filter(f"a.sort >= {self._bind(time)}", time=time)

    def before(self, node: Field) -> Filter:
        """Before a time."""
        time = self._time(node)
        return Filter(f"a.sort < {self._bind(time)}", time=time)

    def _time(self, node: Field) -> int:
        """`2d` ago, or a date, where it begins in the time zone of `now`."""
        ago = re.fullmatch(r"(\d{1,6})([hdw])", node.value.casefold())
        try:
            if ago:
                return max(int((self._now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})).timestamp()), 0)
            time = datetime.fromisoformat(node.value)
            return max(int((time if time.tzinfo else time.replace(tzinfo=self._now.tzinfo)).timestamp()), 0)
        except (ValueError, OverflowError, OSError):
            raise QueryError(
                f"{node.name}: does not understand {node.value!r}",
                _value(node),
                "3h, 2d, 1w or 2024-03-27 is the form",
            ) from None

    def _json(self, values: Iterable[object]) -> str:
        return self._bind(_array(values))


_READERS: dict[str, Callable[[Filters, Field], Filter]] = {
    "topic": Filters.topic,
    "source": Filters.source,
    "feed": Filters.source,
    "tag": Filters.tag,
    "by": Filters.by,
    "entity": Filters.entity,
    "place": Filters.place,
    "title": Filters.title,
    "is": Filters.state,
    "has": Filters.thing,
    "since": Filters.since,
    "before": Filters.before,
    "figure": Filters.figure,
}


def _one_of(node: Field, known: dict[str, str]) -> str:
    value = node.value.casefold()
    if value not in known:
        raise QueryError(f"{node.name}: knows no {node.value!r}", _value(node), near(value, known))
    return known[value]


def _value(node: Field) -> int:
    """The column of a filter's value."""
    return node.column + len(node.name) + 1


def _array(values: Iterable[object]) -> str:
    return msgspec.json.encode(list(values)).decode()
