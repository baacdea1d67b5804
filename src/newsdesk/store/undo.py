"""The journal of what a person did: each step is stored with what it changed, in one transaction, and taken
back the same way. It outlives restarts; a new step drops what was undone before it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import msgspec

from newsdesk.models import AnyStep, Corrected, Height, Looked, Marked, Removed, Starred
from newsdesk.store import labels, marks, watermarks
from newsdesk.store.base import Database
from newsdesk.store.packing import pack, seconds, unpack_blocks
from newsdesk.store.passages import text_hash
from newsdesk.store.topics import OpenDesk

KEPT = 100
"""Steps that are kept: ten reach far, but each press of `n` is one."""

BATCH = 500
"""Articles that are marked in one transaction: others write in between. They are one step all the same."""


def record(database: Database, desk: OpenDesk, step: AnyStep, part_of: int | None = None) -> int:
    """Put a step on the journal, or a further part of the step with that id; its id. Raises ArchiveError."""
    with database.write():
        database.run("DELETE FROM journal WHERE undone = 1")
        row = (desk.desk, pack(step), part_of)
        database.run("INSERT INTO journal (desk, body, part_of) VALUES (?, ?, ?)", row)
        made = database.connection.last_insert_rowid()
        database.run(
            """DELETE FROM journal WHERE coalesce(part_of, id) <=
              (SELECT id FROM journal WHERE part_of IS NULL ORDER BY id DESC LIMIT 1 OFFSET ?)""",
            (KEPT,),
        )
    return made


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

    A kill in the middle leaves a step with what was marked until then. Raises ArchiveError.
    """
    wanted = frozenset(desk.ids[topic] for topic in topics if topic in desk.ids) if topics else None
    step, marked = None, 0
    for first in range(0, len(articles), BATCH):
        some = articles[first : first + BATCH]
        with database.write_prepared(partial(marks.reckon_read, database, some, wanted)) as found:
            if found.marks:
                found.store(database)
                made = record(database, desk, Marked(found.marks, True), step)
                step = made if step is None else step
        marked += sum(len(indexes) for _, _, indexes in found.marks)
    return marked


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


def look(database: Database, desk: OpenDesk, topics: Sequence[str], revision: int, deep: int) -> None:
    """Move topics' watermarks to what `news` said is the newest, as a step. Raises ArchiveError."""
    now = seconds(datetime.now(UTC))
    with database.write():
        known = [topic for topic in topics if topic in desk.ids]
        before = watermarks.heights(database, desk, known)
        after = tuple(Height(topic, revision, deep, now) for topic in known)
        watermarks.put(database, desk, after)
        record(database, desk, Looked(before, after))


def undo(database: Database, desk: OpenDesk) -> AnyStep | None:
    """Take the newest step back; returns it, or None where there is none. A removed feed is not in the
    archive: its step is crossed out, and who asked puts it back.

    Marks of a text that was replaced since stay as they are. Raises ArchiveError.
    """
    return _walk(database, desk, back=True)


def redo(database: Database, desk: OpenDesk) -> AnyStep | None:
    """Do the step again that was undone last. Raises ArchiveError."""
    return _walk(database, desk, back=False)


def _walk(database: Database, desk: OpenDesk, *, back: bool) -> AnyStep | None:
    # Corrections are a desk's own; what was done on another desk waits for that one.
    way = "DESC" if back else "ASC"
    parts = database.rows(
        f"""SELECT id, body FROM journal WHERE undone = ?2 AND coalesce(part_of, id) =
          (SELECT coalesce(part_of, id) FROM journal WHERE desk = ?1 AND undone = ?2
           ORDER BY id {way} LIMIT 1)
        ORDER BY id {way}""",
        (desk.desk, int(not back)),
    )
    done = []
    for row, body in parts:
        step: AnyStep = msgspec.json.decode(zlib.decompress(body), type=AnyStep)
        if _apply(database, desk, row, step, back=back):
            done.append(step)
    marked = [step for step in done if isinstance(step, Marked)]
    if len(marked) > 1:
        return Marked(tuple(mark for step in marked for mark in step.passages), marked[0].read)
    return done[0] if done else None


def _apply(database: Database, desk: OpenDesk, row: int, step: AnyStep, *, back: bool) -> bool:
    """One part of a step; False where another process was faster."""
    with database.write_prepared(partial(_marks, database, step, back=back)) as reckoned:
        if not database.row("SELECT 1 FROM journal WHERE id = ? AND undone = ?", (row, int(not back))):
            return False
        if reckoned is not None:
            reckoned.store(database)
        elif isinstance(step, Starred):
            marks.star(database, step.article, step.on != back)
        elif isinstance(step, Corrected):
            place = place_of(database, step.article, step.text)
            if place is not None:
                labels.correct(database, desk, step.article, place, step.before if back else step.after)
        elif isinstance(step, Looked):
            watermarks.put(database, desk, step.before if back else step.after)
        else:
            assert isinstance(step, Removed)
        database.run("UPDATE journal SET undone = ? WHERE id = ?", (int(back), row))
    return True


def _marks(database: Database, step: AnyStep, *, back: bool) -> marks.Reckoned | None:
    if not isinstance(step, Marked):
        return None
    return marks.reckon(database, step.passages, read=step.read != back)


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
