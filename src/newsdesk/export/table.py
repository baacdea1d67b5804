"""CSV: a row a figure, or a row a passage. A cell that a spreadsheet would calculate stays words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import asdict

from newsdesk.export.extract import Extract, one_line, speaker, stamp
from newsdesk.models import UNSORTED, Figure, LabelledPassage

# OWASP, "CSV Injection"; the full-width forms count for some spreadsheets. A plain number is none.
_FORMULA = re.compile(r"(?!\s*[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$)\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")

_ARTICLE = {
    "article": "#meta+id+article",
    "title": "#meta+title",
    "publisher": "#meta+source+publisher",
    "published": "#date+published",
    "url": "#meta+url",
    "revision": "#meta+version",
    "content_hash": "#meta+hash",
    "fetched": "#date+fetched",
}
_PASSAGE = {
    "passage": "#meta+id+passage",
    "topic": "#sector+topic",
    "excerpt": "#description+text",
}
_FIGURE = {
    "figure": "#indicator+text",
    "speaker": "#meta+source+speaker",
    "stance": "#meta+source+stance",
    "via": "#meta+source+via",
    "confirmed_by": "#meta+source+confirmed",
    "min": "#indicator+num+min",
    "max": "#indicator+num+max",
    "best": "#indicator+num+best",
    "quantifier": "#indicator+quantifier",
    "noun": "#indicator+counted",
    "unit": "#indicator+unit",
    "category": "#indicator+category",
    "event": "#event+type",
    "status": "#indicator+status",
    "scope": "#indicator+scope",
    "trend": "#indicator+trend",
    "place": "#loc+name",
    "when": "#date+occurred+text",
    "date": "#date+occurred",
    "inferred": "#meta+inferred",
}
"""Columns with their HXL tags: hashtags of the HXL core schema 1.1, attributes of our own."""

FIGURE_ONLY = tuple(_FIGURE)
"""Columns that tell of the figure alone."""
FIGURE_COLUMNS: Mapping[str, str] = {**_ARTICLE, **_PASSAGE, **_FIGURE}
PASSAGE_COLUMNS: Mapping[str, str] = {**_ARTICLE, **_PASSAGE, "figures": "#indicator+text+speakers"}


def as_csv(extracts: Iterable[Extract], *, passages: bool = False, hxl: bool = False) -> Iterator[str]:
    """A heading, with `hxl` a row of tags, then a row a figure (`passages`: a row a passage)."""
    columns = PASSAGE_COLUMNS if passages else FIGURE_COLUMNS
    yield _line(list(columns))
    if hxl:
        yield _line(list(columns.values()))
    for one in extracts:
        for record in _passages(one) if passages else _figures(one):
            yield _line([safe_cell(_text(record[name])) for name in columns])


def _figures(one: Extract) -> Iterator[dict[str, Any]]:
    by_index = {passage.index: passage for passage in one.passages}
    for figure in one.figures:
        yield {
            **asdict(figure),
            **_article(one),
            **_passage(by_index[figure.passage]),
            "figure": figure.text,
            "speaker": _who(one, figure),
        }


def _passages(one: Extract) -> Iterator[dict[str, Any]]:
    for passage in one.passages:
        said = [
            f"{figure.text} ({speaker(figure, one.article.publisher)})"
            for figure in one.claims(passage.index)
        ]
        yield {**_article(one), **_passage(passage), "figures": tuple(said)}


def _who(one: Extract, figure: Figure) -> str:
    """The speaker alone: stance and relay have columns of their own."""
    publisher = one.article.publisher
    return figure.asserted_by or (f"unattributed, in {publisher}" if publisher else "unattributed")


def _article(one: Extract) -> dict[str, Any]:
    article = one.article
    return {
        "article": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": stamp(article.published),
        "url": article.url,
        "revision": article.revision,
        "content_hash": article.content_hash,
        "fetched": stamp(article.fetched),
    }


def _passage(passage: LabelledPassage) -> dict[str, Any]:
    return {"passage": passage.index, "topic": passage.topic or UNSORTED, "excerpt": passage.text}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def safe_cell(text: str) -> str:
    """A cell on one line that no spreadsheet takes for a formula."""
    text = one_line(text)
    return f"'{text}" if _FORMULA.match(text) else text


def cells_line(values: Iterable[object]) -> str:
    """A line of the table; no cell of it is a formula."""
    return _line([safe_cell(_text(value)) for value in values])


def _line(cells: Sequence[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(cells)
    return stream.getvalue()
