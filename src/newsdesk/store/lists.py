"""Headlines of a view, the way to the next unread passage, and the archive at a glance."""

from __future__ import annotations

import msgspec

from newsdesk.models import UNSORTED, Counts, Headline, TopicCount, View
from newsdesk.store.base import Database
from newsdesk.store.deep import pending_count
from newsdesk.store.feeds import feed_summary
from newsdesk.store.indexing import pending_count as unindexed_count
from newsdesk.store.packing import time_of
from newsdesk.store.topics import OpenDesk
from newsdesk.store.windows import Windows


def headlines(
    database: Database, desk: OpenDesk, windows: Windows, view: View, start: int, limit: int
) -> tuple[Headline, ...]:
    """Rows `start` to `start + limit` of a view."""
    with database.snapshot():
        ids = [id for _, id in windows.keys(desk, view, start, limit)]
        rows = database.rows(
            """SELECT a.id, a.title, f.publisher, a.sort, a.starred, a.unread, a.passages, a.revision,
              (SELECT json_group_array(t.topic_id || ':' || t.passages) FROM article_topic AS t
               WHERE t.topic_id IN (SELECT value FROM json_each(:topics))
               AND t.sort = a.sort AND t.article_id = a.id)
            FROM json_each(:ids) AS wanted CROSS JOIN article AS a ON a.id = wanted.value
            CROSS JOIN feed AS f ON f.id = a.feed_id""",
            {"ids": _json(ids), "topics": _json(list(desk.ids.values()))},
        )
    names = {row_id: key for key, row_id in desk.ids.items()}
    order = {key: place for place, key in enumerate(desk.ids)}
    found = {}
    for id, title, publisher, sort, starred, unread, passages, revision, pairs in rows:
        split = [pair.split(":") for pair in msgspec.json.decode(pairs, type=list[str])]
        topics = sorted(((names[int(topic)], int(n)) for topic, n in split), key=lambda one: order[one[0]])
        found[id] = Headline(
            id=id,
            title=title,
            publisher=publisher,
            published=time_of(sort),
            starred=bool(starred),
            unread=unread,
            passages=passages,
            # Labels of another desk are none of this one's: until it is labelled anew, all is Unsorted.
            topics=tuple(topics) or (((UNSORTED, passages),) if passages else ()),
            revision=revision,
        )
    return tuple(found[id] for id in ids if id in found)


def next_unread(
    database: Database,
    desk: OpenDesk,
    windows: Windows,
    view: View,
    after: tuple[int, int] | None,
    *,
    forward: bool = True,
) -> tuple[int, int] | None:
    """The next (article, passage index) that is unread and of the view's topics, in the list's order.

    `after` is where the reader stands; None begins at the list's top (forward) or its end. None is
    returned at the other end: the way does not begin anew by itself.
    """
    with database.snapshot():
        place = None if after is None else database.row("SELECT sort FROM article WHERE id = ?", after[:1])
        key = None
        if after is not None and place is not None:
            key = (place[0], after[0])
            inside = _unread_in(database, desk, view, after[0], after[1], forward)
            if inside is not None:
                return after[0], inside
        found = windows.next_key(desk, view, key, forward=forward)
        if found is None:
            return None
        index = _unread_in(database, desk, view, found[1], None, forward)
        return None if index is None else (found[1], index)


def _unread_in(
    database: Database, desk: OpenDesk, view: View, article: int, after: int | None, forward: bool
) -> int | None:
    """The first unread passage of the view's topics in an article, after an index or from its end on."""
    row = database.row("SELECT top, blocks FROM article WHERE id = ?", (article,))
    if row is None:
        return None
    top, blocks = row
    first, last = top - blocks, top - 1
    if after is not None and forward:
        last = top - 1 - after - 1
    elif after is not None:
        first = top - 1 - after + 1
    topics = "AND topic_id IN (SELECT value FROM json_each(:topics))" if view.topics else ""
    found = database.value(
        f"""SELECT {"max" if forward else "min"}(id) FROM passage
        WHERE id BETWEEN :first AND :last AND unread = 1 {topics}""",
        {"first": first, "last": last, "topics": _json(desk.known(view.topics))},
    )
    return None if found is None else top - 1 - found


def counts(database: Database, desk: OpenDesk, stamp: str = "") -> Counts:
    """The archive at a glance; unread ones are counted in passages. `stamp`: see `deep.outdated`."""
    with database.snapshot():
        totals = database.row("SELECT articles, unread FROM totals")
        assert totals is not None
        topics = {
            id: (passages, unread)
            for id, passages, unread in database.rows(
                "SELECT id, passages, unread FROM topic WHERE desk = ?", (desk.desk,)
            )
        }
        feeds, failing, next_due = feed_summary(database)
        return Counts(
            articles=totals[0],
            unread=totals[1],
            topics=tuple(TopicCount(key, *topics.get(id, (0, 0))) for key, id in desk.ids.items()),
            feeds=feeds,
            failing=failing,
            next_due=next_due,
            deep_pending=pending_count(database, stamp),
            newest_id=database.value("SELECT coalesce(max(id), 0) FROM article"),
            unindexed=unindexed_count(database),
        )


def _json(ids: list[int]) -> str:
    return msgspec.json.encode(ids).decode()
