"""The ledger: which series of figures there are, newest first, what each has, and what stands beside it.

A page costs what it holds: series and their figures are walked in indexes of their own. `store.series` keeps
them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from newsdesk import series
from newsdesk.models import FigureHit
from newsdesk.models.ledger import Narrowing, Report, Series, SeriesKind, SeriesName
from newsdesk.store.base import Database, Row
from newsdesk.store.query import parse
from newsdesk.store.query_sql import compiled
from newsdesk.store.series import HIT, JOINED, hit_of, report_rows
from newsdesk.store.topics import OpenDesk

MOST_NARROWED = 2_000
"""The newest figures of a query that are put into series."""
MOST_BESIDE = 12
"""Series of the same category and place that are shown beside one."""

_KINDS: Mapping[SeriesKind, tuple[str, str]] = {
    "listed": ("series_listed", "s.listed = 1"),
    "conflicts": ("series_conflicts", "s.conflicts > 0"),
    "all": ("series_newest", "s.figures > 0"),
}
_SERIES = "s.id, s.name, s.figures, s.speakers, s.conflicts, s.newest"


def page(
    database: Database, kind: SeriesKind = "listed", limit: int = 50, after: tuple[int, int] | None = None
) -> tuple[Series, ...]:
    """Series with their newest figure, the one with the newest report first.

    `after` is the `key` of the last row of the page before. Raises ArchiveError.
    """
    index, condition = _KINDS[kind]
    bound = "" if after is None else "AND (s.newest, s.id) < (:newest, :id)"
    rows = database.rows(
        f"""SELECT {_SERIES}, {HIT} FROM series AS s INDEXED BY {index}
        CROSS JOIN figure AS g INDEXED BY figure_series ON g.series_id = s.id AND g.passage_id = s.newest
          AND g.position = (SELECT min(x.position) FROM figure AS x
            WHERE x.series_id = s.id AND x.passage_id = s.newest)
        {JOINED} WHERE {condition} {bound} ORDER BY s.newest DESC, s.id DESC LIMIT :limit""",
        {"limit": limit, **dict(zip(("newest", "id"), after or (0, 0), strict=True))},
    )
    return tuple(_series(row) for row in rows)


def series_of(database: Database, article: int, position: int) -> tuple[int, SeriesKind] | None:
    """The series of an article's figure, and the list that has it; None where it is in none.

    Raises ArchiveError.
    """
    row = database.row(
        """SELECT s.id, s.listed FROM figure AS g CROSS JOIN series AS s ON s.id = g.series_id
        WHERE g.article_id = ? AND g.position = ?""",
        (article, position),
    )
    return None if row is None else (row[0], "listed" if row[1] else "all")


def reports(
    database: Database, row_id: int, limit: int = 100, after: tuple[int, int, int] | None = None
) -> tuple[Report, ...]:
    """The figures of a series, newest first; `after` is the `hit.key` of the last one of the page before.

    Raises ArchiveError.
    """
    return tuple(Report(hit_of(row), row_id) for row in report_rows(database, row_id, limit, after))


def beside(database: Database, row_id: int, limit: int = MOST_BESIDE) -> tuple[Report, ...]:
    """What is said of the same category and place and cannot be compared: the newest figure of each such
    series, with the fields in which it differs. Raises ArchiveError.
    """
    near = database.value("SELECT near FROM series WHERE id = ?", (row_id,))
    mine = report_rows(database, row_id, 1, None)
    if not near or not mine:
        return ()
    others = database.rows(
        "SELECT id FROM series INDEXED BY series_near WHERE near = ? ORDER BY newest DESC, id DESC LIMIT ?",
        (near, limit + 1),
    )
    found = []
    for (other,) in others:
        for row in report_rows(database, other, 1, None) if other != row_id else ():
            hit = hit_of(row)
            fields = tuple(field for field in series.differences(hit_of(mine[0]), hit) if field != "date")
            found.append(Report(hit, other, fields))
    return tuple(found[:limit])


def narrowed(
    database: Database,
    desk: OpenDesk,
    query: str,
    *,
    saved: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> Narrowing:
    """The newest MOST_NARROWED figures that a query finds, by series. Raises QueryError, ArchiveError."""
    plan = compiled(database, desk, parse(query, saved), now or datetime.now().astimezone(), figures=True)
    if plan is None:
        return Narrowing((), 0, False)
    order = f"ORDER BY {plan.order}" if plan.order else ""
    rows = database.rows(
        f"""SELECT g.series_id, g.article_id, g.position FROM {plan.tables}
        CROSS JOIN figure AS g ON g.article_id = p.article_id AND g.passage_id = p.id
        WHERE {plan.where} AND g.series_id > 0 {order} LIMIT :limit""",
        {**plan.bindings, "limit": MOST_NARROWED + 1},
    )
    places: dict[int, list[tuple[int, int]]] = {}
    for row_id, article, position in rows[:MOST_NARROWED]:
        places.setdefault(row_id, []).append((article, position))
    grouped = tuple((row_id, tuple(found)) for row_id, found in places.items())
    return Narrowing(grouped, min(len(rows), MOST_NARROWED), len(rows) > MOST_NARROWED)


def narrowed_page(database: Database, found: Narrowing, start: int, limit: int) -> tuple[Series, ...]:
    """Series `start` to `start + limit` of a narrowing, with what it found in them; those that are gone
    meanwhile are left out. Raises ArchiveError.
    """
    wanted = dict(found.series[start : start + limit])
    rows = {
        row[0]: row
        for row in database.rows(
            f"""SELECT {_SERIES} FROM json_each(?) AS wanted
            CROSS JOIN series AS s ON s.id = wanted.value""",
            (msgspec.json.encode(list(wanted)).decode(),),
        )
    }
    newest = dict(_hits_at(database, {places[0]: row_id for row_id, places in wanted.items()}))
    for row_id in wanted.keys() - newest.keys():
        if found_again := reports_at(database, row_id, wanted[row_id])[:1]:
            newest[row_id] = found_again[0].hit
    shown = []
    for place, (row_id, places) in enumerate(wanted.items(), start=start):
        if row_id in rows and row_id in newest:
            _, name, _, speakers, conflicts, _ = rows[row_id]
            shown.append(
                Series(
                    id=row_id,
                    name=msgspec.json.decode(name, type=SeriesName),
                    figures=len(places),
                    speakers=min(speakers, len(places)),
                    conflicts=conflicts,
                    newest=newest[row_id],
                    key=(place, row_id),
                )
            )
    return tuple(shown)


def reports_at(database: Database, row_id: int, places: Sequence[tuple[int, int]]) -> tuple[Report, ...]:
    """The figures at these (article, position), in this order; those that are gone are left out."""
    found = {hit.key[1:]: hit for _, hit in _hits_at(database, dict.fromkeys(places, row_id))}
    return tuple(Report(found[place], row_id) for place in places if place in found)


def _hits_at(database: Database, places: Mapping[tuple[int, int], int]) -> list[tuple[int, FigureHit]]:
    rows = database.rows(
        f"""SELECT {HIT} FROM json_each(?) AS wanted
        CROSS JOIN figure AS g ON g.article_id = json_extract(wanted.value, '$[0]')
          AND g.position = json_extract(wanted.value, '$[1]') {JOINED}""",
        (msgspec.json.encode(list(places)).decode(),),
    )
    return [(places[row[1], row[7]], hit_of(row)) for row in rows]


def _series(row: Row) -> Series:
    row_id, name, figures, speakers, conflicts, newest, *hit = row
    return Series(
        id=row_id,
        name=msgspec.json.decode(name, type=SeriesName),
        figures=figures,
        speakers=speakers,
        conflicts=conflicts,
        newest=hit_of(tuple(hit)),
        key=(newest, row_id),
    )
