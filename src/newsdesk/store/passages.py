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
    compress,
    label_of,
    labelled,
    passage_of,
    unpack_blocks,
    unpack_labels,
)
from newsdesk.store.topics import OpenDesk

SILENT = frozenset({"heading", "furniture"})
"""Kinds that do not count: they follow the passages around them."""


def insert(
    database: Database,
    desk: OpenDesk,
    article: int,
    top: int,
    passages: Sequence[LabelledPassage],
    read: Iterable[str],
) -> list[tuple[int, int | None]]:
    """Write an article's passages and labels within a transaction; it is to be indexed later.

    `read` has the texts that are read already. Returns (topic id, unread) of each passage.
    """
    blocks = [Block(passage.kind, passage.heading, passage.text) for passage in passages]
    labels = corrected(database, desk, article, blocks, [label_of(passage) for passage in passages])
    topics = [desk.primary(label.topics) for label in labels]
    marks = _marks(blocks, Counter(read))
    # Ids ascend, as the index and the table want them; the title's row is the highest.
    rows = [
        (top - 1 - index, article, topic, mark)
        for index, (topic, mark) in enumerate(zip(topics, marks, strict=True))
    ]
    run_many = database.run_many
    run_many(
        "INSERT INTO passage (id, article_id, topic_id, unread) VALUES (?, ?, ?, ?)",
        [*reversed(rows), (top, article, 0, None)],
    )
    indexing.put_off(database, article, top)
    database.run(
        "INSERT INTO label (article_id, labels) VALUES (?, ?)",
        (article, compress(msgspec.json.encode(labels))),
    )
    write_further(database, desk, top, labels)
    return [(topic, mark) for _, _, topic, mark in rows]


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


def write_further(database: Database, desk: OpenDesk, top: int, labels: Sequence[Label]) -> None:
    """Write which topics the passages have beside the primary one."""
    database.run_many(
        "INSERT INTO also (passage_id, topic_id) VALUES (?, ?)",
        [
            (top - 1 - index, topic)
            for index, label in enumerate(labels)
            for topic in desk.further(label.topics)
        ],
    )


def corrected(
    database: Database, desk: OpenDesk, article: int, blocks: Sequence[Block], labels: Sequence[Label]
) -> Sequence[Label]:
    """The labels, with a person's in place of the automatic ones."""
    hands = by_hand(database, desk, [article])
    return with_corrections(hands[article], blocks, labels) if article in hands else labels


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


def _marks(blocks: Sequence[Block], read: Counter[str]) -> list[int | None]:
    marks: list[int | None] = []
    for block in blocks:
        if block.kind in SILENT:
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
