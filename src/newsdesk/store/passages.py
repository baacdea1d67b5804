"""The rows of an article's passages with their marks, labels and index entries."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from newsdesk.models import NO_LABEL, Label, LabelledPassage, Passage
from newsdesk.store import indexing
from newsdesk.store.base import Database
from newsdesk.store.packing import (
    Block,
    PackedText,
    compress,
    labelled,
    passage_of,
    unpack_blocks,
    unpack_labels,
)
from newsdesk.store.topics import OpenDesk


def insert(
    database: Database, desk: OpenDesk, article: int, top: int, text: PackedText, read: Iterable[str] | None
) -> list[tuple[int, int | None]]:
    """Write an article's passages and labels within a transaction; it is to be indexed later.

    `read` has the texts that are read already; None: the article is new, nobody read or corrected it.
    Returns (topic id, unread) of each passage.
    """
    if read is not None:
        text = _corrected(database, desk, article, text)
    marks = _marks(text, Counter(read or ()))
    topics = [desk.primary(one) for one in text.topics]
    # Ids ascend, as the table wants them; the title's row is the highest.
    rows = [
        (top - 1 - index, article, topic, mark)
        for index, (topic, mark) in enumerate(zip(topics, marks, strict=True))
    ]
    database.run_many(
        "INSERT INTO passage (id, article_id, topic_id, unread) VALUES (?, ?, ?, ?)",
        [*reversed(rows), (top, article, 0, None)],
    )
    indexing.put_off(database, article, top)
    database.run("INSERT INTO label (article_id, labels) VALUES (?, ?)", (article, text.labels))
    write_further(database, desk, top, text.topics)
    return list(zip(topics, marks, strict=True))


def delete(database: Database, article: int, top: int, blocks: int) -> None:
    """Remove an article's passages, labels and index entries within a transaction."""
    span = (top - blocks, top)
    indexing.take_out(database, article, top, blocks)
    database.run("DELETE FROM passage WHERE id BETWEEN ? AND ?", span)
    database.run("DELETE FROM also WHERE passage_id BETWEEN ? AND ?", span)
    database.run("DELETE FROM label WHERE article_id = ?", (article,))


def unread_by_index(database: Database, top: int, blocks: int) -> dict[int, int | None]:
    """By a passage's index: 1 unread, 0 read, None where it does not count."""
    rows = database.rows("SELECT id, unread FROM passage WHERE id BETWEEN ? AND ?", (top - blocks, top - 1))
    return {top - 1 - passage: unread for passage, unread in rows}


def labelled_passages(
    database: Database, desk: OpenDesk, article: int, revision: int
) -> tuple[LabelledPassage, ...]:
    """A current revision's passages with the labels of the open desk; another desk's labels are left out."""
    blocks = _blocks(database, article, revision)
    row = database.row(
        """SELECT l.labels, w.desk FROM article AS a JOIN label AS l ON l.article_id = a.id
        JOIN labelling AS w ON w.id = a.labelling_id WHERE a.id = ? AND a.revision = ?""",
        (article, revision),
    )
    labels = unpack_labels(row[0]) if row and row[1] == desk.desk else (NO_LABEL,) * len(blocks)
    return tuple(
        labelled(index, block, _within(desk, label))
        for index, (block, label) in enumerate(zip(blocks, labels, strict=True))
    )


def write_further(database: Database, desk: OpenDesk, top: int, topics: Sequence[tuple[str, ...]]) -> None:
    """Write which topics the passages have beside the primary one."""
    rows = [
        (top - 1 - index, topic)
        for index, of_passage in enumerate(topics)
        if len(of_passage) > 1
        for topic in desk.further(of_passage)
    ]
    if rows:
        database.run_many("INSERT INTO also (passage_id, topic_id) VALUES (?, ?)", rows)


def _corrected(database: Database, desk: OpenDesk, article: int, text: PackedText) -> PackedText:
    """The text, with a person's topics in place of the automatic ones."""
    hands = by_hand(database, desk, [article])
    if article not in hands:
        return text
    labels = with_corrections(hands[article], unpack_blocks(text.blocks), unpack_labels(text.labels))
    return msgspec.structs.replace(
        text,
        labels=compress(msgspec.json.encode(labels)),
        topics=tuple(label.topics for label in labels),
    )


def by_hand(
    database: Database, desk: OpenDesk, articles: Sequence[int]
) -> dict[int, dict[bytes, tuple[str, ...]]]:
    """The topics that a person gave, by article and hash of a passage's text."""
    found: dict[int, dict[bytes, tuple[str, ...]]] = {}
    for article, digest, topics in database.rows(
        """SELECT c.article_id, c.text_hash, c.topics FROM json_each(?) AS wanted
        CROSS JOIN correction AS c ON c.article_id = wanted.value AND c.desk = ?""",
        (msgspec.json.encode(list(articles)).decode(), desk.desk),
    ):
        found.setdefault(article, {})[digest] = tuple(msgspec.json.decode(topics, type=list[str]))
    return found


def with_corrections(
    by_hash: Mapping[bytes, tuple[str, ...]], blocks: Sequence[Block], labels: Sequence[Label]
) -> list[Label]:
    """The labels of an article, with a person's topics in place of those of the same text."""
    return [
        Label(by_hash[digest], label.scores, label.why, True)
        if (digest := text_hash(block.text)) in by_hash
        else label
        for block, label in zip(blocks, labels, strict=True)
    ]


def _within(desk: OpenDesk, label: Label) -> Label:
    """The label without topics that the desk has lost since it was made."""
    if all(topic in desk.ids for topic in label.topics):
        return label
    topics = tuple(topic for topic in label.topics if topic in desk.ids)
    return Label(topics, label.scores, label.why, label.manual)


def _marks(text: PackedText, read: Counter[str]) -> list[int | None]:
    if not read:
        return [None if silent else 1 for silent in text.silent]
    marks: list[int | None] = []
    for block, silent in zip(unpack_blocks(text.blocks), text.silent, strict=True):
        if silent:
            marks.append(None)
        elif read[block.text] > 0:
            read[block.text] -= 1
            marks.append(0)
        else:
            marks.append(1)
    return marks


def texts(database: Database, article: int, revision: int) -> tuple[Passage, ...]:
    """A revision's passages without labels."""
    return tuple(passage_of(index, block) for index, block in enumerate(_blocks(database, article, revision)))


def _blocks(database: Database, article: int, revision: int) -> tuple[Block, ...]:
    return unpack_blocks(
        database.value("SELECT blocks FROM revision WHERE article_id = ? AND number = ?", (article, revision))
    )


def text_hash(text: str) -> bytes:
    """What a correction knows its passage by."""
    return hashlib.blake2b(text.encode(), digest_size=12).digest()
