"""Results of the deep pass: entities with their mentions, figures; and which articles wait for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from newsdesk.models import ANALYSIS_VERSION, ArticleInfo, Entity, Figure, Found, LabelledPassage, Mention
from newsdesk.store.base import Database
from newsdesk.store.passages import labelled_passages
from newsdesk.store.tally import Tally
from newsdesk.store.topics import OpenDesk


def pending_count(database: Database) -> int:
    """Articles that wait for the deep pass of this version."""
    found: int = database.value(
        "SELECT coalesce(sum(articles), 0) FROM deep_state WHERE version != ?", (ANALYSIS_VERSION,)
    )
    return found


class Waiting(NamedTuple):
    """An article that waits for the deep pass; results are stored on this revision only."""

    id: int
    revision: int
    passages: tuple[LabelledPassage, ...]
    info: ArticleInfo


def pending(database: Database, desk: OpenDesk, limit: int, first: Sequence[int] = ()) -> tuple[Waiting, ...]:
    """Articles that wait: those of `first` before the newest."""
    wanted = [
        article
        for article in dict.fromkeys(first)
        if database.row(
            "SELECT 1 FROM article WHERE id = ? AND deep_version != ?", (article, ANALYSIS_VERSION)
        )
    ]
    versions = database.rows(
        "SELECT version FROM deep_state WHERE articles > 0 AND version != ?", (ANALYSIS_VERSION,)
    )
    newest = [
        row
        for (version,) in versions
        for row in database.rows(
            "SELECT sort, id FROM article WHERE deep_version = ? ORDER BY sort DESC, id DESC LIMIT ?",
            (version, limit),
        )
    ]
    rest = [article for _, article in sorted(newest, reverse=True)]
    chosen = list(dict.fromkeys([*wanted, *rest]))[:limit]
    found = []
    for article in chosen:
        row = database.row(
            """SELECT a.revision, a.title, a.url, f.publisher, a.sort FROM article AS a
            JOIN feed AS f ON f.id = a.feed_id WHERE a.id = ?""",
            (article,),
        )
        if row is not None:
            revision, title, url, publisher, sort = row
            info = ArticleInfo(title, url, publisher, datetime.fromtimestamp(sort, UTC))
            passages = labelled_passages(database, desk, article, revision)
            found.append(Waiting(article, revision, passages, info))
    return tuple(found)


def save(database: Database, article: int, revision: int, found: Found) -> bool:
    """Store an article's results; False, and nothing stored, when its text was replaced meanwhile.

    Raises ArchiveError.
    """
    with database.write():
        row = database.row(
            "SELECT top, blocks, deep_version FROM article WHERE id = ? AND revision = ?", (article, revision)
        )
        if row is None:
            return False
        top, blocks, before = row
        tally = Tally(database)
        tally.count("figures", len(found.figures) - forget(database, article, top, blocks))
        for position, entity in enumerate(found.entities):
            _save_entity(database, article, position, entity, top)
        database.run_many(
            """INSERT INTO figure (article_id, position, passage_id, category, scope, quantifier, min, max,
              best, asserted_by, place, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                (
                    article,
                    position,
                    top - 1 - figure.passage,
                    figure.category,
                    figure.scope,
                    figure.quantifier,
                    figure.min,
                    figure.max,
                    figure.best,
                    figure.asserted_by,
                    figure.place,
                    msgspec.json.encode(figure).decode(),
                )
                for position, figure in enumerate(found.figures)
            ],
        )
        database.run(
            "UPDATE article SET deep_version = ?, language = ?, notices = ? WHERE id = ?",
            (ANALYSIS_VERSION, found.language, msgspec.json.encode(found.notices).decode(), article),
        )
        tally.deep(before, ANALYSIS_VERSION)
        tally.store()
    return True


def forget(database: Database, article: int, top: int, blocks: int) -> int:
    """Remove an article's results within a transaction; returns how many figures there were."""
    figures: int = database.value("SELECT count(*) FROM figure WHERE article_id = ?", (article,))
    database.run("DELETE FROM mention WHERE passage_id BETWEEN ? AND ?", (top - blocks, top))
    database.run("DELETE FROM article_entity WHERE article_id = ?", (article,))
    database.run("DELETE FROM figure WHERE article_id = ?", (article,))
    return figures


def entities_of(database: Database, article: int, top: int, texts: Sequence[str]) -> tuple[Entity, ...]:
    """An article's entities in the order of the analysis, mentions in reading order."""
    mentions: dict[int, list[Mention]] = {}
    for passage, start, end, entity in database.rows(
        """SELECT passage_id, start, "end", entity_id FROM mention WHERE passage_id BETWEEN ? AND ?
        ORDER BY passage_id DESC""",
        (top - len(texts), top - 1),
    ):
        index = top - 1 - passage
        mentions.setdefault(entity, []).append(Mention(index, start, end, texts[index][start:end]))
    rows = database.rows(
        """SELECT e.id, e.key, e.name, e.kind, a.about FROM article_entity AS a
        JOIN entity AS e ON e.id = a.entity_id WHERE a.article_id = ? ORDER BY a.position""",
        (article,),
    )
    return tuple(
        Entity(
            key,
            name,
            kind,
            tuple(sorted(mentions.get(entity, ()), key=lambda one: (one.passage, one.start))),
            bool(about),
            _aliases(database, entity),
        )
        for entity, key, name, kind, about in rows
    )


def _aliases(database: Database, entity: int) -> tuple[str, ...]:
    rows = database.rows("SELECT name FROM entity_alias WHERE entity_id = ? ORDER BY name", (entity,))
    return tuple(name for (name,) in rows)


def figures_of(database: Database, article: int) -> tuple[Figure, ...]:
    """An article's figures in the order of the analysis."""
    rows = database.rows("SELECT body FROM figure WHERE article_id = ? ORDER BY position", (article,))
    return tuple(msgspec.json.decode(body, type=Figure) for (body,) in rows)


def _save_entity(database: Database, article: int, position: int, entity: Entity, top: int) -> None:
    database.run(
        """INSERT INTO entity (key, name, kind) VALUES (?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET name = excluded.name WHERE name != excluded.name""",
        (entity.id, entity.name, entity.kind),
    )
    row_id = database.value("SELECT id FROM entity WHERE key = ?", (entity.id,))
    database.run(
        "INSERT INTO article_entity (article_id, position, entity_id, about) VALUES (?, ?, ?, ?)",
        (article, position, row_id, entity.about),
    )
    database.run_many(
        "INSERT OR IGNORE INTO entity_alias (entity_id, name) VALUES (?, ?)",
        [(row_id, alias) for alias in entity.aliases],
    )
    database.run_many(
        'INSERT OR IGNORE INTO mention (passage_id, start, "end", entity_id) VALUES (?, ?, ?, ?)',
        [(top - 1 - one.passage, one.start, one.end, row_id) for one in entity.mentions],
    )
