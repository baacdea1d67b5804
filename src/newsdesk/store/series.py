"""Figures put into series: a series' row is kept in the transaction that stores or takes out figures.

It has how many figures there are, and of the newest MOST_COMPARED how many voices and how many contradict
each other.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from newsdesk import series
from newsdesk.models import ArticleRef, Figure, FigureHit
from newsdesk.store.base import Database, Row
from newsdesk.store.packing import time_of

MOST_COMPARED = 100
"""The newest reports of a series that are held against each other."""
NO_SERIES = 0
"""Stands in `figure.series_id` for a number that nobody claims."""
BATCH = 500

_LENGTHS = ("second", "minute", "hour", "day", "night", "week", "month", "year", "decade", "distance")
"""Units that say how long or how far: a series of these is not listed."""
HIT = "g.body, a.id, a.title, a.url, f.publisher, a.sort, g.passage_id, g.position"
"""What `hit_of` reads."""
JOINED = "CROSS JOIN article AS a ON a.id = g.article_id CROSS JOIN feed AS f ON f.id = a.feed_id"


def series_of(database: Database, figures: Iterable[Figure]) -> list[int]:
    """The series that figures belong to, made where there is none yet; within a transaction."""
    return [NO_SERIES if figure.hypothetical else _series_id(database, figure) for figure in figures]


def _series_id(database: Database, figure: Figure) -> int:
    key = series.identity(figure)
    found = database.row("SELECT id FROM series WHERE key = ?", (key,))
    if found is None:
        name = msgspec.json.encode(series.name_of(figure)).decode()
        database.run(
            "INSERT INTO series (key, name, near) VALUES (?, ?, ?)", (key, name, series.nearness(figure))
        )
        found = database.row("SELECT id FROM series WHERE key = ?", (key,))
    assert found is not None
    row_id: int = found[0]
    return row_id


def of_article(database: Database, article: int) -> set[int]:
    """The series that have figures of an article."""
    rows = database.rows("SELECT series_id FROM figure WHERE article_id = ? AND series_id > 0", (article,))
    return {row_id for (row_id,) in rows}


def recount(database: Database, ids: Iterable[int]) -> None:
    """Bring series up to date after figures came or went, within a transaction; empty ones go."""
    for row_id in sorted(set(ids) - {NO_SERIES}):
        count = database.value("SELECT count(*) FROM figure WHERE series_id = ?", (row_id,))
        if not count:
            database.run("DELETE FROM series WHERE id = ?", (row_id,))
            continue
        rows = report_rows(database, row_id, MOST_COMPARED, None)
        hits = [hit_of(row) for row in rows]
        figure = hits[0].figure
        told = figure.category != "other" or (count > 1 and figure.unit not in _LENGTHS)
        listed = told and series.anchor(figure)[0] != "none"
        database.run(
            """UPDATE series SET figures = ?, speakers = ?, conflicts = ?, newest = ?, listed = ?
            WHERE id = ?""",
            (count, series.voices(hits), len(series.conflicts(hits)), rows[0][6], listed, row_id),
        )


def assign(database: Database, limit: int = BATCH) -> int:
    """Put figures that an earlier version stored into series, then count those series, once each; how many
    figures or series were done. Raises ArchiveError.
    """
    with database.write():
        rows = database.rows(
            """SELECT article_id, position, body FROM figure INDEXED BY figure_series
            WHERE series_id IS NULL LIMIT ?""",
            (limit,),
        )
        if not rows:
            waiting = database.rows(
                "SELECT id FROM series INDEXED BY series_uncounted WHERE figures = 0 LIMIT ?", (limit,)
            )
            recount(database, (row_id for (row_id,) in waiting))
            return len(waiting)
        ids = series_of(database, (msgspec.json.decode(body, type=Figure) for _, _, body in rows))
        database.run_many(
            "UPDATE figure SET series_id = ? WHERE article_id = ? AND position = ?",
            [(row_id, article, position) for row_id, (article, position, _) in zip(ids, rows, strict=True)],
        )
        database.run_many("UPDATE series SET figures = 0 WHERE id = ?", [(row_id,) for row_id in set(ids)])
    return len(rows)


def report_rows(
    database: Database, row_id: int, limit: int, after: tuple[int, int, int] | None = None
) -> list[Row]:
    """Figures of a series as `hit_of` reads them, newest first, those of a passage in reading order."""
    bound = ""
    if after is not None:
        bound = "AND g.passage_id <= :passage AND NOT (g.passage_id = :passage AND g.position <= :position)"
    return database.rows(
        f"""SELECT {HIT} FROM figure AS g INDEXED BY figure_series {JOINED}
        WHERE g.series_id = :series {bound}
        ORDER BY g.passage_id DESC, g.article_id, g.position LIMIT :limit""",
        {
            "series": row_id,
            "limit": limit,
            **dict(zip(("passage", "article", "position"), after or (0, 0, 0), strict=True)),
        },
    )


def hit_of(row: Row) -> FigureHit:
    """A figure with its article; its key is (passage, article, position)."""
    body, article, title, url, publisher, sort, passage, position = row
    return FigureHit(
        article=ArticleRef(article, title, url, publisher, time_of(sort)),
        figure=msgspec.json.decode(body, type=Figure),
        key=(passage, article, position),
    )
