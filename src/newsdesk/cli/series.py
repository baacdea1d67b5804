"""`newsdesk figures --series`: series of figures, each with its newest one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsdesk.cli.paging import pages

if TYPE_CHECKING:
    from newsdesk.cli.printer import Printer
    from newsdesk.cli.records import Record
    from newsdesk.desk import Newsdesk
    from newsdesk.models.ledger import Series


def show_series(desk: Newsdesk, query: str, limit: int, out: Printer, *, json: bool) -> int:
    """Print series, the one with the newest report first; how many there were."""
    found = 0
    for row in _found(desk, query, limit):
        found += 1
        if json:
            out.json(series_record(row))
        else:
            _show(out, row)
    return found


def _found(desk: Newsdesk, query: str, limit: int) -> Iterator[Series]:
    if not query:
        return pages(lambda size, after: desk.series("all", limit=size, after=after), limit)
    narrowing = desk.narrow_series(query)

    def page(size: int, after: tuple[int, int] | None) -> tuple[Series, ...]:
        return desk.narrowed_series(narrowing, after[0] + 1 if after else 0, size)

    return pages(page, limit)


def series_record(row: Series) -> Record:
    """A line of `figures --series --json`."""
    from newsdesk.cli.records import figure_hit_record
    from newsdesk.series import title

    name = row.name
    return {
        "series": title(name, row.newest.figure),
        "category": name.category,
        "event": name.event,
        "tied_by": name.anchor,
        "place": name.place,
        "scope": name.scope,
        "population": name.population,
        "unit": name.unit,
        "measure": name.measure or "count",
        "reports": row.figures,
        "voices": row.speakers,
        "contradicted": row.conflicts,
        "newest": figure_hit_record(row.newest),
    }


def _show(out: Printer, row: Series) -> None:
    from newsdesk.cli.article import count, figure_parts, speaker
    from newsdesk.series import title

    figure, publisher = row.newest.figure, row.newest.article.publisher
    said = title(row.name, figure)
    if not out.styled:
        numbers = (str(row.figures), str(row.speakers), str(row.conflicts))
        out.row(*numbers, said, figure.text, speaker(figure, publisher), publisher)
        return
    counts = f"{count(row.figures, 'report')} · {count(row.speakers, 'voice')}"
    out.line((said, "topic"), f" · {counts}", " · contradicted" if row.conflicts else "")
    out.line(*figure_parts(figure, publisher), indent=2)
