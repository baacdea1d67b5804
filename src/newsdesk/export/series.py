"""A series of figures as CSV: a row a report, those beside the series with what keeps them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import asdict

from newsdesk import series
from newsdesk.export.extract import stamp
from newsdesk.export.table import FIGURE_ONLY, cells_line
from newsdesk.models.ledger import Report

COLUMNS = (
    *("series", "comparable", "differs", "contradicted_by", "as_of"),
    *("article", "title", "publisher", "published", "url", "passage"),
    *FIGURE_ONLY,
)


def as_series_csv(title: str, reports: Sequence[Report]) -> Iterator[str]:
    """A heading line, then the reports in their order.

    `contradicted_by` has the numbers of the rows, counted from 1 below the heading, that exclude this one.
    """
    yield cells_line(COLUMNS)
    own = [place for place, report in enumerate(reports) if not report.differs]
    rivals = series.conflicts([reports[place].hit for place in own])
    against = {own[place]: [own[other] + 1 for other in others] for place, others in rivals.items()}
    for place, report in enumerate(reports):
        record = {**_record(report), "series": title}
        record["contradicted_by"] = " ".join(map(str, against.get(place, ())))
        yield cells_line(record[name] for name in COLUMNS)


def _record(report: Report) -> dict[str, Any]:
    figure, article = report.hit.figure, report.hit.article
    return {
        **asdict(figure),
        "figure": figure.text,
        "speaker": figure.asserted_by or f"unattributed, in {article.publisher}",
        "comparable": "no" if report.differs else "yes",
        "differs": report.differs,
        "as_of": series.as_of(report.hit).isoformat(),
        "article": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": stamp(article.published),
        "url": article.url,
    }
