"""The journal of what a person did: each step is stored with what it changed, in one transaction, and taken
back the same way. It outlives restarts; a new step drops what was undone before it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import msgspec

from newsdesk.models import AnyStep, Corrected, Marked, Removed, Starred
from newsdesk.store import labels, marks
from newsdesk.store.base import Database
from newsdesk.store.packing import pack, unpack_blocks
from newsdesk.store.passages import text_hash
from newsdesk.store.topics import OpenDesk

KEPT = 100
"""Steps that are kept: ten reach far, but each press of `n` is one."""


def record(database: Database, desk: OpenDesk, step: AnyStep) -> None:
    """Put a step on the journal. Raises ArchiveError."""
    with database.write():
        database.run("DELETE FROM journal WHERE undone = 1")
        database.run("INSERT INTO journal (desk, body) VALUES (?, ?)", (desk.desk, pack(step)))
        database.run(
            "DELETE FROM journal WHERE id <= (SELECT id FROM journal ORDER BY id DESC LIMIT 1 OFFSET ?)",
            (KEPT,),
        )


def mark_read(
    database: Database, desk: OpenDesk, article: int, passages: Sequence[int] | None, read: bool
) -> frozenset[int]:
    """`marks.mark_read`, as a step. Raises ArchiveError."""
    with database.write():
        changed = marks.mark_read(database, article, passages, read)
        if changed:
            revision = database.value("SELECT revision FROM article WHERE id = ?", (article,))
            step = Marked(((article, revision, tuple(sorted(changed))),), read)
            record(database, desk, step)
    return changed


def mark_all_read(database: Database, desk: OpenDesk, articles: Sequence[int], topics: frozenset[str]) -> int:
    """Mark the articles' passages of these topics (none: all) read, as one step; how many that were.

    Raises ArchiveError.
    """
    wanted = frozenset(desk.ids[topic] for topic in topics if topic in desk.ids) if topics else None
    with database.write():
        changed = marks.mark_many(database, articles, wanted)
        if changed:
            record(database, desk, Marked(changed, True))
    return sum(len(indexes) for _, _, indexes in changed)


def star(database: Database, desk: OpenDesk, article: int, on: bool) -> None:
    """`marks.star`, as a step. Raises ArchiveError."""
    with database.write():
        if marks.star(database, article, on):
            record(database, desk, Starred(article, on))


def correct(
    database: Database, desk: OpenDesk, article: int, index: int, topics: Sequence[str] | None
) -> bool:
    """`labels.correct`, as a step. Raises ArchiveError."""
    with database.write():
        text = next((text for place, text in _texts(database, article) if place == index), None)
        if text is None:
            return False
        before = _by_hand(database, desk, article, text_hash(text))
        after = None if topics is None else tuple(topics)
        done = labels.correct(database, desk, article, index, topics)
        if done and before != after:
            record(database, desk, Corrected(article, text_hash(text), before, after))
    return done


def undo(database: Database, desk: OpenDesk) -> AnyStep | None:
    """Take the newest step back; returns it, or None where there is none. A removed feed is not in the
    archive: its step is crossed out, and who asked puts it back.

    Marks of a text that was replaced since stay as they are. Raises ArchiveError.
    """
    return _walk(database, desk, "undone = 0 ORDER BY id DESC", back=True)


def redo(database: Database, desk: OpenDesk) -> AnyStep | None:
    """Do the step again that was undone last. Raises ArchiveError."""
    return _walk(database, desk, "undone = 1 ORDER BY id", back=False)


def _walk(database: Database, desk: OpenDesk, which: str, *, back: bool) -> AnyStep | None:
    with database.write():
        # Corrections are a desk's own; what was done on another desk waits for that one.
        row = database.row(f"SELECT id, body FROM journal WHERE desk = ? AND {which} LIMIT 1", (desk.desk,))
        if row is None:
            return None
        step: AnyStep = msgspec.json.decode(zlib.decompress(row[1]), type=AnyStep)
        _apply(database, desk, step, back=back)
        database.run("UPDATE journal SET undone = ? WHERE id = ?", (int(back), row[0]))
    return step


def _apply(database: Database, desk: OpenDesk, step: AnyStep, *, back: bool) -> None:
    if isinstance(step, Marked):
        marks.set_marks(database, step.passages, read=step.read != back)
    elif isinstance(step, Starred):
        marks.star(database, step.article, step.on != back)
    elif isinstance(step, Corrected):
        place = place_of(database, step.article, step.text)
        if place is not None:
            labels.correct(database, desk, step.article, place, step.before if back else step.after)
    else:
        assert isinstance(step, Removed)


def place_of(database: Database, article: int, text: bytes) -> int | None:
    """The index of the passage whose text has this hash, in the current version."""
    return next((place for place, one in _texts(database, article) if text_hash(one) == text), None)


def _texts(database: Database, article: int) -> list[tuple[int, str]]:
    data = database.value(
        """SELECT r.blocks FROM article AS a
        JOIN revision AS r ON r.article_id = a.id AND r.number = a.revision WHERE a.id = ?""",
        (article,),
    )
    return [] if data is None else [(place, block.text) for place, block in enumerate(unpack_blocks(data))]


def _by_hand(database: Database, desk: OpenDesk, article: int, text: bytes) -> tuple[str, ...] | None:
    topics = database.value(
        "SELECT topics FROM correction WHERE article_id = ? AND desk = ? AND text_hash = ?",
        (article, desk.desk, text),
    )
    return None if topics is None else tuple(msgspec.json.decode(topics, type=list[str]))
