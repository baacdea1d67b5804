"""How far topics were looked at."""

from __future__ import annotations

from collections.abc import Iterable

from newsdesk.models.archived import Height
from newsdesk.models.news import Watermark
from newsdesk.store.base import Database
from newsdesk.store.packing import time_of
from newsdesk.store.topics import OpenDesk


def watermarks(database: Database, desk: OpenDesk) -> dict[str, Watermark]:
    """The marks of the desk's topics, by topic; those never looked at have none. Raises ArchiveError."""
    names = {row_id: key for key, row_id in desk.ids.items()}
    rows = database.rows("SELECT topic_id, revision, deep, looked FROM watermark")
    return {
        names[topic]: Watermark(revision, deep, time_of(looked))
        for topic, revision, deep, looked in rows
        if topic in names
    }


def heights(database: Database, desk: OpenDesk, topics: Iterable[str]) -> tuple[Height, ...]:
    """The marks of these topics as a step of the journal keeps them. Raises ArchiveError."""
    found: list[Height] = []
    for topic in topics:
        row = database.row(
            "SELECT revision, deep, looked FROM watermark WHERE topic_id = ?", (desk.ids[topic],)
        )
        found.append(Height(topic, *row) if row else Height(topic))
    return tuple(found)


def put(database: Database, desk: OpenDesk, marks: Iterable[Height]) -> None:
    """Set marks, or take them away where they were none; a topic that the desk has no more is left out.

    Raises ArchiveError.
    """
    with database.write():
        for mark in marks:
            topic = desk.ids.get(mark.topic)
            if topic is None:
                continue
            database.run("DELETE FROM watermark WHERE topic_id = ?", (topic,))
            if mark.revision is not None:
                database.run(
                    "INSERT INTO watermark (topic_id, revision, deep, looked) VALUES (?, ?, ?, ?)",
                    (topic, mark.revision, mark.deep, mark.looked),
                )
