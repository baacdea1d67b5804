"""Labelling anew, after a desk was edited or another one opened; and topics that a person gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from newsdesk.models import LabelledPassage, Passage
from newsdesk.store.base import Database
from newsdesk.store.packing import Block, label_of, pack
from newsdesk.store.passages import corrected, labelled_passages, text_hash, texts, write_further
from newsdesk.store.tally import Place, Tally, stored_share
from newsdesk.store.topics import OpenDesk, labelling_id


class Version(NamedTuple):
    """A revision of an article: labels made of one are not stored on another."""

    article: int
    revision: int


def waiting(
    database: Database, digest: str, desk: str, limit: int
) -> list[tuple[Version, tuple[Passage, ...]]]:
    """The newest articles whose labels were made with another desk or another wording of it."""
    others = database.rows(
        "SELECT id FROM labelling WHERE articles > 0 AND NOT (desk = ? AND digest = ?)", (desk, digest)
    )
    found = [
        row
        for (labelling,) in others
        for row in database.rows(
            """SELECT sort, id, revision FROM article WHERE labelling_id = ?
            ORDER BY sort DESC, id DESC LIMIT ?""",
            (labelling, limit),
        )
    ]
    newest = sorted(found, reverse=True)[:limit]
    return [
        (Version(article, revision), texts(database, article, revision)) for _, article, revision in newest
    ]


def save_labels(
    database: Database, desk: OpenDesk, batch: Iterable[tuple[Version, Sequence[LabelledPassage]]]
) -> None:
    """Store new labels in one transaction; corrections by a person win over them.

    What was replaced by another revision meanwhile is left out. Raises ArchiveError.
    """
    with database.write():
        tally = Tally(database)
        wording = labelling_id(database, desk)
        for version, passages in batch:
            _relabel(database, desk, tally, wording, version, passages)
        tally.store()


def correct(database: Database, desk: OpenDesk, article: int, index: int, topics: Sequence[str]) -> None:
    """A person's topics for a passage, the primary one first; none is Unsorted.

    They hold for this desk and this text, through re-labelling and later revisions. Raises ArchiveError.
    """
    with database.write():
        row = database.row(
            """SELECT a.revision, a.labelling_id, w.desk FROM article AS a
            JOIN labelling AS w ON w.id = a.labelling_id WHERE a.id = ?""",
            (article,),
        )
        if row is None:
            return
        revision, wording, labelled_by = row
        passages = labelled_passages(database, desk, article, revision)
        database.run(
            "INSERT OR REPLACE INTO correction (article_id, desk, text_hash, topics) VALUES (?, ?, ?, ?)",
            (article, desk.desk, text_hash(passages[index].text), msgspec.json.encode(list(topics)).decode()),
        )
        if labelled_by != desk.desk:  # the other passages still wait for this desk's labels
            wording = labelling_id(database, OpenDesk(desk.desk, "", desk.ids))
        tally = Tally(database)
        _relabel(database, desk, tally, wording, Version(article, revision), passages)
        tally.store()


def _relabel(
    database: Database,
    desk: OpenDesk,
    tally: Tally,
    wording: int,
    version: Version,
    passages: Sequence[LabelledPassage],
) -> None:
    row = database.row(
        """SELECT feed_id, sort, top, blocks, labelling_id FROM article WHERE id = ? AND revision = ?""",
        version,
    )
    if row is None:
        return
    feed, sort, top, count, old_wording = row
    before = stored_share(database, top, count)
    blocks = [Block(passage.kind, passage.heading, passage.text) for passage in passages]
    labels = corrected(database, desk, version.article, blocks, [label_of(passage) for passage in passages])
    database.run_many(
        "UPDATE passage SET topic_id = ?1 WHERE id = ?2 AND topic_id != ?1",
        [(desk.primary(label.topics), top - 1 - index) for index, label in enumerate(labels)],
    )
    database.run("DELETE FROM also WHERE passage_id BETWEEN ? AND ?", (top - count, top))
    database.run("UPDATE label SET labels = ? WHERE article_id = ?", (pack(labels), version.article))
    write_further(database, desk, top, labels)
    database.run("UPDATE article SET labelling_id = ? WHERE id = ?", (wording, version.article))
    tally.change(Place(version.article, feed, sort), before, stored_share(database, top, count))
    tally.labelling(old_wording, wording)
