"""Results of the deep pass: entities with their mentions, figures; and which articles wait for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from newsdesk.models import ANALYSIS_VERSION, ArticleInfo, Entity, Figure, Found, LabelledPassage, Mention
from newsdesk.store import entity_counts, series
from newsdesk.store.base import Database
from newsdesk.store.passages import labelled_passages
from newsdesk.store.tally import Tally
from newsdesk.store.topics import OpenDesk


def outdated(database: Database, stamp: str = "") -> tuple[str, ...]:
    """The stamps of stored results that are to be made anew; "" is among them where articles have none.

    `stamp` is what the deep pass would stamp its results with now: analysis version and model. Where it is
    not known, without `stamp`, results of this analysis version count whatever the model.
    """
    stored = [version for (version,) in database.rows("SELECT version FROM deep_state WHERE articles > 0")]
    if stamp:
        return tuple(version for version in stored if version != stamp)
    return tuple(version for version in stored if version.partition("/")[0] != ANALYSIS_VERSION)


def pending_count(database: Database, stamp: str = "") -> int:
    """Articles that wait for the deep pass."""
    found: int = database.value(
        "SELECT coalesce(sum(articles), 0) FROM deep_state WHERE version IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(outdated(database, stamp)).decode(),),
    )
    return found


def waits(database: Database, article: int, stamp: str = "") -> bool:
    """Whether an article waits for the deep pass."""
    version = database.value("SELECT deep_version FROM article WHERE id = ?", (article,))
    return version is not None and version in outdated(database, stamp)


class Waiting(NamedTuple):
    """An article that waits for the deep pass; results are stored on this revision only."""

    id: int
    revision: int
    passages: tuple[LabelledPassage, ...]
    info: ArticleInfo


def pending(
    database: Database, desk: OpenDesk, limit: int, first: Sequence[int] = (), stamp: str = ""
) -> tuple[Waiting, ...]:
    """Articles that wait: those of `first` before the newest."""
    wanted = [article for article in dict.fromkeys(first) if waits(database, article, stamp)]
    newest = [
        row
        for version in outdated(database, stamp)
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
            """SELECT a.revision, a.title, a.url, f.publisher, a.sort,
              coalesce(json_extract(f.manners, '$.language'), '') FROM article AS a
            JOIN feed AS f ON f.id = a.feed_id WHERE a.id = ?""",
            (article,),
        )
        if row is not None:
            revision, title, url, publisher, sort, language = row
            info = ArticleInfo(title, url, publisher, datetime.fromtimestamp(sort, UTC), language or "en")
            passages = labelled_passages(database, desk, article, revision)
            found.append(Waiting(article, revision, passages, info))
    return tuple(found)


def save(database: Database, article: int, revision: int, found: Found, stamp: str = "") -> bool:
    """Store an article's results, made with `stamp`; False, and nothing stored, when its text was replaced
    meanwhile.

    Raises ArchiveError.
    """
    made_with = stamp or ANALYSIS_VERSION
    with database.write():
        row = database.row(
            "SELECT top, blocks, deep_version FROM article WHERE id = ? AND revision = ?", (article, revision)
        )
        if row is None:
            return False
        top, blocks, before = row
        tally = Tally(database)
        left = series.of_article(database, article)
        tally.count("figures", len(found.figures) - _forget(database, article, top, blocks))
        keys = _save_entities(database, article, top, found.entities)
        entity_counts.count(database, article, top, blocks, 1)
        figures = [_at_stored_place(figure, keys) for figure in found.figures]
        kept = series.series_of(database, figures)
        database.run_many(
            """INSERT INTO figure (article_id, position, passage_id, category, scope, quantifier, min, max,
              best, asserted_by, place, body, series_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
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
                    series_id,
                )
                for position, (figure, series_id) in enumerate(zip(figures, kept, strict=True))
            ],
        )
        series.recount(database, {*left, *kept})
        database.run(
            "UPDATE article SET deep_version = ?, language = ?, notices = ? WHERE id = ?",
            (made_with, found.language, msgspec.json.encode(found.notices).decode(), article),
        )
        if not before:
            _put_in_order(database, article)
        tally.deep(before, made_with)
        tally.store()
    return True


def _put_in_order(database: Database, article: int) -> None:
    """A text that was never read before comes after all that were: its findings are news (`store.news`)."""
    database.run(
        """UPDATE article SET deep_order = 1 + max(
          (SELECT coalesce(max(x.deep_order), 0) FROM article AS x WHERE x.deep_order IS NOT NULL),
          (SELECT coalesce(max(w.deep), 0) FROM watermark AS w)) WHERE id = ?""",
        (article,),
    )


def forget(database: Database, article: int, top: int, blocks: int) -> int:
    """Remove an article's results within a transaction; returns how many figures there were."""
    before = series.of_article(database, article)
    figures = _forget(database, article, top, blocks)
    series.recount(database, before)
    return figures


def _forget(database: Database, article: int, top: int, blocks: int) -> int:
    entity_counts.count(database, article, top, blocks, -1)
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


def _at_stored_place(figure: Figure, keys: Mapping[str, str]) -> Figure:
    """The figure with its place under the id that the archive has for it."""
    if figure.place_id is None:
        return figure
    return msgspec.structs.replace(figure, place_id=keys.get(figure.place_id, figure.place_id))


def _save_entities(database: Database, article: int, top: int, entities: Sequence[Entity]) -> dict[str, str]:
    """Store them and their mentions; returns the archive's id for each id of the analysis."""
    keys: dict[str, str] = {}
    taken: set[int] = set()
    rows = [_row_by_key(database, entity.id) for entity in entities]
    taken.update(row for row in rows if row is not None)
    for position, (entity, row_id) in enumerate(zip(entities, rows, strict=True)):
        if row_id is None:
            row_id = _row_by_name(database, entity, taken)
        if row_id is None:
            row_id = _new_row(database, entity)
        taken.add(row_id)
        key, name = database.row("SELECT key, name FROM entity WHERE id = ?", (row_id,)) or (entity.id, "")
        keys[entity.id] = key
        database.run(
            "INSERT INTO article_entity (article_id, position, entity_id, about) VALUES (?, ?, ?, ?)",
            (article, position, row_id, entity.about),
        )
        database.run_many(
            "INSERT OR IGNORE INTO entity_alias (entity_id, name) VALUES (?, ?)",
            [(row_id, alias) for alias in (entity.name, *entity.aliases) if alias != name],
        )
        database.run_many(
            'INSERT OR IGNORE INTO mention (passage_id, start, "end", entity_id) VALUES (?, ?, ?, ?)',
            [(top - 1 - one.passage, one.start, one.end, row_id) for one in entity.mentions],
        )
    return keys


def _row_by_key(database: Database, key: str) -> int | None:
    found = database.row("SELECT id FROM entity WHERE key = ?", (key,))
    return None if found is None else found[0]


def _row_by_name(database: Database, entity: Entity, taken: Set[int]) -> int | None:
    """The stored entity of the same kind that goes by one of the new one's names, if it is exactly one.

    Its own name counts, and other names of several words: "Hassan Ali Nasser" is the known "Hassan Nasser".
    A lone surname joins the only person who was ever called by it. What the article names apart (`taken`)
    stays apart.
    """
    names = [entity.name, *(alias for alias in entity.aliases if " " in alias)]
    marks = ", ".join("?" * len(names))
    rows = database.rows(  # the indexes are NOCASE; the names must be equal
        f"""SELECT id FROM entity WHERE name COLLATE NOCASE IN ({marks}) AND name IN ({marks}) AND kind = ?
        UNION SELECT e.id FROM entity_alias AS a JOIN entity AS e ON e.id = a.entity_id
          WHERE a.name COLLATE NOCASE IN ({marks}) AND a.name IN ({marks}) AND e.kind = ? LIMIT 2""",
        (*names, *names, entity.kind, *names, *names, entity.kind),
    )
    if len(rows) != 1 or rows[0][0] in taken:
        return None
    row_id: int = rows[0][0]
    return row_id


def _new_row(database: Database, entity: Entity) -> int:
    database.run(
        "INSERT INTO entity (key, name, kind) VALUES (?, ?, ?)", (entity.id, entity.name, entity.kind)
    )
    row_id: int = database.value("SELECT id FROM entity WHERE key = ?", (entity.id,))
    return row_id
