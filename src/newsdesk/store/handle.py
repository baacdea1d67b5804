"""An open archive: its connection, the open desk, what is remembered between two questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from newsdesk.store.base import Database
from newsdesk.store.entities import Entities
from newsdesk.store.topics import NO_DESK, open_desk
from newsdesk.store.windows import Windows


class Handle:
    """What every part of an archive works with."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._windows = Windows(database)
        self._entities = Entities(database)
        self._desk = NO_DESK
        self._stamp = ""
        self._queries: Mapping[str, str] = {}

    @property
    def path(self) -> Path:
        return self._database.path

    def close(self) -> None:
        self._database.close()

    def data_version(self) -> int:
        """Another number after another connection, of this process or not, stored something."""
        found: int = self._database.value("PRAGMA data_version")
        return found

    def quick_check(self) -> str:
        """What SQLite finds damaged, in one line; empty where all is well. Reads the whole file."""
        faults = [row[0] for row in self._database.rows("PRAGMA quick_check(3)")]
        return "" if faults == ["ok"] else "; ".join(" ".join(fault.split()) for fault in faults)

    def set_desk(self, desk_id: str, topic_ids: Sequence[str], digest: str | None = None) -> None:
        """Open a desk: its topics in order, and the digest of its wording that new labels carry."""
        self._desk = open_desk(self._database, desk_id, topic_ids, digest)
        self._windows.forget()

    def set_queries(self, saved: Mapping[str, str]) -> None:
        """The saved queries, by the names that stand for them in other ones."""
        self._queries = saved
        self._windows.saved = saved
        self._windows.forget()

    def set_stamp(self, stamp: str) -> None:
        """What the deep pass stamps its results with; those with another one wait to be made anew.

        Until it is set, results of this analysis version count whatever the model.
        """
        self._stamp = stamp
