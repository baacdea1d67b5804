"""Read marks and stars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from newsdesk.store.base import Database
from newsdesk.store.tally import Place, Tally, share_of, stored_share

Marks = tuple[tuple[int, int, tuple[int, ...]], ...]
"""By article: its id, its revision, the indexes of passages."""


def mark_read(
    database: Database, article: int, passages: Collection[int] | None, read: bool
) -> frozenset[int]:
    """Mark passages (by index; None: all) read or unread; returns the ones that changed.

    Sub-headings and furniture carry no mark: they follow. Raises ArchiveError.
    """
    mark = int(not read)
    with database.write():
        row = database.row("SELECT feed_id, sort, top, blocks FROM article WHERE id = ?", (article,))
        if row is None:
            return frozenset()
        feed, sort, top, blocks = row
        found = database.rows(
            "SELECT id FROM passage WHERE id BETWEEN ? AND ? AND unread = ?",
            (top - blocks, top - 1, 1 - mark),
        )
        changed = [id for (id,) in found if passages is None or top - 1 - id in passages]
        if changed:
            tally = Tally(database)
            before = stored_share(database, top, blocks)
            database.run_many("UPDATE passage SET unread = ? WHERE id = ?", [(mark, id) for id in changed])
            tally.change(Place(article, feed, sort), before, stored_share(database, top, blocks))
            tally.store()
    return frozenset(top - 1 - id for id in changed)


def reckon_read(database: Database, articles: Sequence[int], topics: Collection[int] | None) -> Reckoned:
    """What marks the articles' passages read whose primary topic is one of these (None: any).

    Raises ArchiveError.
    """
    rows = database.rows(
        """SELECT a.id, a.revision, json_group_array(a.top - 1 - p.id) FROM json_each(?) AS wanted
        CROSS JOIN article AS a ON a.id = wanted.value
        CROSS JOIN passage AS p ON p.id BETWEEN a.top - a.blocks AND a.top - 1
        WHERE p.unread = 1 AND (?2 IS NULL OR p.topic_id IN (SELECT value FROM json_each(?2)))
        GROUP BY wanted.key""",
        (_json(articles), None if topics is None else _json(sorted(topics))),
    )
    found = [
        (article, revision, tuple(sorted(msgspec.json.decode(indexes, type=list[int]))))
        for article, revision, indexes in rows
    ]
    return reckon(database, tuple(found), read=True)


def reckon(database: Database, passages: Marks, *, read: bool) -> Reckoned:
    """What marks passages of many articles; an article that has another text by now is left out.

    Raises ArchiveError.
    """
    mark = int(not read)
    places = {
        article: (Place(article, feed, sort), top)
        for article, feed, sort, top in database.rows(
            """SELECT a.id, a.feed_id, a.sort, a.top FROM json_each(?) AS wanted
            CROSS JOIN article AS a ON a.id = wanted.value ->> 0 AND a.revision = wanted.value ->> 1""",
            (_json([(article, revision) for article, revision, _ in passages]),),
        )
    }
    before: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for article, passage, topic, unread in database.rows(
        """SELECT a.id, p.id, p.topic_id, p.unread FROM json_each(?) AS wanted
        CROSS JOIN article AS a ON a.id = wanted.value
        CROSS JOIN passage AS p ON p.id BETWEEN a.top - a.blocks AND a.top - 1
        WHERE p.unread IS NOT NULL""",
        (_json(list(places)),),
    ):
        before[article].append((passage, topic, unread))
    tally = Tally(database)
    changed: list[int] = []
    for article, _, indexes in passages:
        if article not in places:
            continue
        place, top = places[article]
        ids = {top - 1 - index for index in indexes}
        had = before[article]
        changed += [id for id, _, unread in had if id in ids and unread != mark]
        tally.change(
            place,
            share_of((topic, unread) for _, topic, unread in had),
            share_of((topic, mark if id in ids else unread) for id, topic, unread in had),
        )
    return Reckoned(passages, mark, _runs(changed), tally)


class Reckoned(NamedTuple):
    """Marks of many articles, reckoned before they are stored."""

    marks: Marks
    mark: int
    runs: list[tuple[int, int]]
    """First and last ids of passages in a row."""
    tally: Tally

    def store(self, database: Database) -> None:
        """Write them, in a transaction that is under way. Raises ArchiveError."""
        database.run_many(
            f"UPDATE passage SET unread = {self.mark} WHERE id BETWEEN ? AND ? AND unread = {1 - self.mark}",
            self.runs,
        )
        self.tally.store()


def _runs(ids: list[int]) -> list[tuple[int, int]]:
    """Ids as ranges: most passages of an article change together."""
    found: list[tuple[int, int]] = []
    for id in sorted(ids):
        if found and found[-1][1] + 1 == id:
            found[-1] = (found[-1][0], id)
        else:
            found.append((id, id))
    return found


def star(database: Database, article: int, on: bool) -> bool:
    """Set or take away an article's star; False where it had it, or had it not. Raises ArchiveError."""
    with database.write():
        if database.row("SELECT 1 FROM article WHERE id = ? AND starred != ?", (article, int(on))) is None:
            return False
        database.run("UPDATE article SET starred = ? WHERE id = ?", (int(on), article))
    return True


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
