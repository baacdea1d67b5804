"""The open desk: its topics' ids in the archive, their order, and the wording its labels are made with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from newsdesk.models import UNSORTED
from newsdesk.store.base import Database


@dataclass(frozen=True)
class OpenDesk:
    """`ids` maps topic keys, UNSORTED too, to ids in the archive; in the desk's order, UNSORTED last."""

    desk: str
    digest: str
    ids: dict[str, int]

    def known(self, keys: Collection[str]) -> list[int]:
        """Ids of those keys that the desk has."""
        return sorted(self.ids[key] for key in keys if key in self.ids)

    def primary(self, topics: Sequence[str]) -> int:
        """The id of a passage's first topic that the desk has."""
        for key in topics:
            if key in self.ids:
                return self.ids[key]
        return self.ids[UNSORTED]

    def further(self, topics: Sequence[str]) -> list[int]:
        """Ids of the topics after the primary one."""
        primary = self.primary(topics)
        return [found for found in self.known(topics) if found != primary]


NO_DESK = OpenDesk("", "", {UNSORTED: 0})
"""What is open before any desk is: all is Unsorted."""


def open_desk(database: Database, desk: str, topics: Sequence[str], digest: str | None) -> OpenDesk:
    """Find the desk's topics, or make their rows. Without a digest no labels can be stored."""
    keys = [*topics, UNSORTED]
    ids = _ids(database, desk)
    if not ids.keys() >= set(keys) and database.writable:
        with database.write():
            database.run_many(
                "INSERT OR IGNORE INTO topic (desk, key) VALUES (?, ?)", [(desk, key) for key in keys]
            )
        ids = _ids(database, desk)
    # No row has id -1: topics that an archive which cannot be written lacks are simply empty.
    return OpenDesk(desk, digest or "", {key: ids.get(key, -1) for key in keys})


def _ids(database: Database, desk: str) -> dict[str, int]:
    return {key: id for key, id in database.rows("SELECT key, id FROM topic WHERE desk = ?", (desk,))}


def labelling_id(database: Database, desk: OpenDesk) -> int:
    """The row of the desk in its present wording, made when missing. Within a transaction."""
    key = (desk.desk, desk.digest)
    database.run("INSERT OR IGNORE INTO labelling (desk, digest) VALUES (?, ?)", key)
    found: int = database.value("SELECT id FROM labelling WHERE desk = ? AND digest = ?", key)
    return found
