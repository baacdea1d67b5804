"""Labelling anew, after a desk was edited or another one opened; and topics that a person gives.

Labels are written a batch at a time, and only what is another than before: most edits of a desk leave most
labels as they are. Reading and packing happen before the transaction, so that it is short.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from newsdesk.models import Label, Passage
from newsdesk.store.base import Database
from newsdesk.store.packing import compress, encode, label_of, passage_of, unpack_blocks
from newsdesk.store.passages import by_hand, labelled_passages, text_hash, with_corrections
from newsdesk.store.tally import Place, Tally, share_of
from newsdesk.store.topics import OpenDesk, labelling_id

_NONE: frozenset[int] = frozenset()
KEPT_AT_ONCE = 5_000
"""Articles whose labels are kept in one transaction: a tenth of a second at most."""


class Version(NamedTuple):
    """A revision of an article: labels made of one are not stored on another."""

    article: int
    revision: int


def version(database: Database, article: int) -> Version | None:
    """The current version of an article."""
    row = database.row("SELECT id, revision FROM article WHERE id = ?", (article,))
    return None if row is None else Version(*row)


def waiting_count(database: Database, digest: str, desk: str) -> int:
    """Articles whose labels were made with another desk or another wording of it."""
    found: int = database.value(
        "SELECT coalesce(sum(articles), 0) FROM labelling WHERE NOT (desk = ? AND digest = ?)", (desk, digest)
    )
    return found


def labelled_counts(database: Database) -> dict[str, int]:
    """Articles by the desk whose labels they have."""
    return dict(database.rows("SELECT desk, sum(articles) FROM labelling WHERE articles > 0 GROUP BY desk"))


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
            "SELECT sort, id FROM article WHERE labelling_id = ? ORDER BY sort DESC, id DESC LIMIT ?",
            (labelling, limit),
        )
    ]
    newest = [article for _, article in sorted(found, reverse=True)[:limit]]
    rows = database.rows(
        """SELECT a.id, a.revision, r.blocks FROM json_each(?) AS wanted
        CROSS JOIN article AS a ON a.id = wanted.value
        CROSS JOIN revision AS r ON r.article_id = a.id AND r.number = a.revision""",
        (_json(newest),),
    )
    return [
        (
            Version(article, revision),
            tuple(passage_of(index, block) for index, block in enumerate(unpack_blocks(blocks))),
        )
        for article, revision, blocks in rows
    ]


def note_wording(database: Database, desk: OpenDesk, wording: bytes) -> None:
    """Keep the desk's wording beside the labels that are made with it from now on. Raises ArchiveError."""
    key = (desk.desk, desk.digest)
    if database.row("SELECT 1 FROM labelling WHERE desk = ? AND digest = ? AND wording IS NOT NULL", key):
        return
    with database.write():
        labelling_id(database, desk)
        database.run("UPDATE labelling SET wording = ? WHERE desk = ? AND digest = ?", (wording, *key))


def earlier_wordings(database: Database, desk: OpenDesk) -> list[tuple[int, bytes | None]]:
    """(labelling, wording) of the desk's other wordings that articles still carry labels of."""
    return database.rows(
        "SELECT id, wording FROM labelling WHERE articles > 0 AND desk = ? AND digest != ?",
        (desk.desk, desk.digest),
    )


def keep_untouched(
    database: Database, desk: OpenDesk, before: int, changed: Sequence[Sequence[str]]
) -> Iterator[int]:
    """Count the labels of an earlier wording as the desk's, for the articles without any changed phrase.

    `changed`: phrases as beginnings of words, folded: an article that has all of one in a passage is left to
    be labelled anew. Yields how many articles were kept, a batch at a time. Raises ArchiveError.
    """
    phrases = [" AND ".join(f'"{word}"*' for word in words) for words in changed]
    match = f"text : ({' OR '.join(f'({phrase})' for phrase in phrases)})"
    database.run("CREATE TEMP TABLE IF NOT EXISTS touched (article INTEGER PRIMARY KEY)")
    database.run("DELETE FROM touched")
    if phrases:
        # What the index has not yet may have any of the phrases; asked first, as it may be indexed meanwhile.
        database.run("INSERT OR IGNORE INTO touched SELECT article_id FROM unindexed")
        database.run(
            """INSERT OR IGNORE INTO touched SELECT p.article_id FROM passage_text AS t
            JOIN passage AS p ON p.id = t.rowid WHERE passage_text MATCH ?""",
            (match,),
        )
    while True:
        with database.write():
            after = labelling_id(database, desk)
            database.run(
                """UPDATE article SET labelling_id = ?1 WHERE id IN (SELECT id FROM article
                WHERE labelling_id = ?2 AND id NOT IN touched ORDER BY sort DESC, id DESC LIMIT ?3)""",
                (after, before, KEPT_AT_ONCE),
            )
            kept: int = database.value("SELECT changes()")
            database.run("UPDATE labelling SET articles = articles - ? WHERE id = ?", (kept, before))
            database.run("UPDATE labelling SET articles = articles + ? WHERE id = ?", (kept, after))
        if not kept:
            return
        yield kept


def save_labels(database: Database, desk: OpenDesk, batch: Iterable[tuple[Version, Sequence[Label]]]) -> int:
    """Store new labels in one transaction; corrections by a person win over them.

    What was replaced by another revision meanwhile is left out. Returns how many passages have other topics
    than before. Raises ArchiveError.
    """
    made = dict(batch)
    before = _stored_labels(database, desk, made)
    hands = by_hand(database, desk, [version.article for version in made])
    ready = [_ready(database, one, made[one], before.get(one), hands) for one in made]
    with database.write():
        tally = Tally(database)
        # A correction made since they were read counts too.
        newer = by_hand(database, desk, [version.article for version in made])
        if newer != hands:
            ready = [_ready(database, one, made[one], None, newer) for one in made]
        changed = _write(database, desk, tally, labelling_id(database, desk), ready)
        tally.store()
    return changed


def correct(
    database: Database, desk: OpenDesk, article: int, index: int, topics: Sequence[str] | None
) -> bool:
    """A person's topics for a passage, the primary one first; none is Unsorted; None takes them back.

    They hold for this desk and this text, through re-labelling and later revisions. What is taken back waits
    for its words' labels until the article is labelled anew (`save_labels`). Returns False for a passage that
    is not there. Raises ArchiveError.
    """
    with database.write():
        row = database.row(
            """SELECT a.revision, a.labelling_id, w.desk FROM article AS a
            JOIN labelling AS w ON w.id = a.labelling_id WHERE a.id = ?""",
            (article,),
        )
        if row is None:
            return False
        revision, wording, labelled_by = row
        passages = labelled_passages(database, desk, article, revision)
        if not 0 <= index < len(passages):
            return False
        key = (article, desk.desk, text_hash(passages[index].text))
        if topics is None:
            database.run("DELETE FROM correction WHERE article_id = ? AND desk = ? AND text_hash = ?", key)
            passages = tuple(
                msgspec.structs.replace(one, manual=False) if one.text == passages[index].text else one
                for one in passages
            )
        else:
            database.run(
                "INSERT OR REPLACE INTO correction (article_id, desk, text_hash, topics) VALUES (?, ?, ?, ?)",
                (*key, _json(list(topics))),
            )
        if labelled_by != desk.desk:  # the other passages still wait for this desk's labels
            wording = labelling_id(database, OpenDesk(desk.desk, "", desk.ids))
        hands = by_hand(database, desk, [article])
        tally = Tally(database)
        labels = [label_of(passage) for passage in passages]
        ready = _ready(database, Version(article, revision), labels, None, hands)
        _write(database, desk, tally, wording, [ready])
        tally.store()
    return True


class _Ready(NamedTuple):
    """An article's new labels; `packed` is None where they are stored already."""

    version: Version
    labels: Sequence[Label]
    packed: bytes | None


class _Stored(NamedTuple):
    """An article as its lists have it."""

    feed: int
    sort: int
    top: int
    labelling: int


def _stored_labels(database: Database, desk: OpenDesk, versions: Iterable[Version]) -> dict[Version, bytes]:
    """The stored labels of articles, as they were encoded, where they are of this desk."""
    rows = database.rows(
        """SELECT a.id, a.revision, l.labels FROM json_each(?) AS wanted
        CROSS JOIN article AS a ON a.id = wanted.value
        CROSS JOIN labelling AS w ON w.id = a.labelling_id AND w.desk = ?
        CROSS JOIN label AS l ON l.article_id = a.id""",
        (_json([version.article for version in versions]), desk.desk),
    )
    return {Version(article, revision): zlib.decompress(labels) for article, revision, labels in rows}


def _ready(
    database: Database,
    version: Version,
    labels: Sequence[Label],
    before: bytes | None,
    hands: Mapping[int, Mapping[bytes, tuple[str, ...]]],
) -> _Ready:
    if version.article in hands:
        labels = _corrected(database, version, labels, hands[version.article])
    encoded = encode(labels)
    return _Ready(version, labels, None if encoded == before else compress(encoded))


def _write(database: Database, desk: OpenDesk, tally: Tally, wording: int, batch: Sequence[_Ready]) -> int:
    """Within a transaction; returns how many passages have other topics than before."""
    stored = _stored(database, batch)
    batch = [one for one in batch if one.version.article in stored]
    rows = _passage_rows(database, batch, stored)
    further = _further_rows(database, batch, stored)
    ids = _Ids(desk)
    primary: list[tuple[int, int]] = []
    dropped: list[tuple[int, int]] = []
    added: list[tuple[int, int]] = []
    changed = 0
    for one in batch:
        article, place = one.version.article, stored[one.version.article]
        before: list[tuple[int, int | None]] = []
        after: list[tuple[int, int | None]] = []
        first = len(primary)
        for passage, label in zip(_passages(one, place), one.labels, strict=True):
            topic, unread = row = rows[passage]
            before.append(row)
            wanted, has = ids[label.topics]
            other = wanted != topic
            after.append((wanted, unread) if other else row)
            if other:
                primary.append((wanted, passage))
            had = further.get(passage, _NONE)
            if had != has:
                dropped += [(passage, topic) for topic in had - has]
                added += [(passage, topic) for topic in has - had]
                other = True
            changed += other
        if len(primary) > first:
            tally.change(Place(article, place.feed, place.sort), share_of(before), share_of(after))
        if place.labelling != wording:
            tally.labelling(place.labelling, wording)
    run_many = database.run_many
    run_many("UPDATE passage SET topic_id = ? WHERE id = ?", primary)
    run_many("DELETE FROM also WHERE passage_id = ? AND topic_id = ?", dropped)
    run_many("INSERT INTO also (passage_id, topic_id) VALUES (?, ?)", added)
    run_many(
        "UPDATE label SET labels = ? WHERE article_id = ?",
        [(one.packed, one.version.article) for one in batch if one.packed is not None],
    )
    run_many(
        "UPDATE article SET labelling_id = ? WHERE id = ?",
        [(wording, article) for article, place in stored.items() if place.labelling != wording],
    )
    return changed


def _corrected(
    database: Database, version: Version, labels: Sequence[Label], by_hash: Mapping[bytes, tuple[str, ...]]
) -> Sequence[Label]:
    """The labels with a person's in place; as they are where the version is gone, which are not stored."""
    row = database.row("SELECT blocks FROM revision WHERE article_id = ? AND number = ?", version)
    return labels if row is None else with_corrections(by_hash, unpack_blocks(row[0]), labels)


class _Ids(dict[tuple[str, ...], tuple[int, frozenset[int]]]):
    """The ids of a passage's topics, looked up once: the primary one and the further ones."""

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk

    def __missing__(self, topics: tuple[str, ...]) -> tuple[int, frozenset[int]]:
        found = self[topics] = (self._desk.primary(topics), frozenset(self._desk.further(topics)))
        return found


def _stored(database: Database, batch: Sequence[_Ready]) -> dict[int, _Stored]:
    """The articles of the batch that still have the revision which was labelled."""
    rows = database.rows(
        """SELECT a.id, a.feed_id, a.sort, a.top, a.labelling_id
        FROM json_each(?) AS wanted CROSS JOIN article AS a ON a.id = wanted.value ->> 0
        WHERE a.revision = wanted.value ->> 1""",
        (_json([one.version for one in batch]),),
    )
    return {article: _Stored(*rest) for article, *rest in rows}


def _passage_rows(
    database: Database, batch: Sequence[_Ready], stored: Mapping[int, _Stored]
) -> dict[int, tuple[int, int | None]]:
    """By passage id: (topic id, unread)."""
    rows = database.rows(
        """SELECT p.id, p.topic_id, p.unread FROM json_each(?) AS span
        CROSS JOIN passage AS p ON p.id BETWEEN span.value ->> 0 AND span.value ->> 1""",
        (_spans(batch, stored),),
    )
    return {passage: (topic, unread) for passage, topic, unread in rows}


def _further_rows(
    database: Database, batch: Sequence[_Ready], stored: Mapping[int, _Stored]
) -> dict[int, frozenset[int]]:
    """By passage id: the topics beside the primary one, where there are any."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for passage, topic in database.rows(
        """SELECT f.passage_id, f.topic_id FROM json_each(?) AS span
        CROSS JOIN also AS f ON f.passage_id BETWEEN span.value ->> 0 AND span.value ->> 1""",
        (_spans(batch, stored),),
    ):
        found[passage].add(topic)
    return {passage: frozenset(topics) for passage, topics in found.items()}


def _spans(batch: Sequence[_Ready], stored: Mapping[int, _Stored]) -> str:
    """The passage ids of each article as [first, last], in JSON."""
    ids = (_passages(one, stored[one.version.article]) for one in batch)
    return _json([(span[-1], span[0]) for span in ids if span])


def _passages(ready: _Ready, place: _Stored) -> range:
    """The ids of an article's passages in reading order: they descend."""
    return range(place.top - 1, place.top - 1 - len(ready.labels), -1)


def _json(value: object) -> str:
    return encode(value).decode()
