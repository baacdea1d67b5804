"""The forms that `--json` prints. docs/commands.md describes them; scripts rely on every name."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import asdict

if TYPE_CHECKING:
    from newsdesk.models import Analysis, EntityHit, FeedDone, FeedStatus, FigureHit, Hit, LabelledPassage

Record = dict[str, object]


def analysis_record(analysis: Analysis) -> Record:
    """`analyze --json`, schema newsdesk/analysis/1: all of the analysis, with each passage's `topic`."""
    record = asdict(analysis)
    record["passages"] = [_passage(passage) for passage in analysis.passages]
    schema = {name: record.pop(name) for name in ("schema", "analysis_version")}
    return {**schema, **record}


def fetch_record(done: FeedDone) -> Record:
    """A line of `fetch --json`."""
    return asdict(done)


def feed_record(status: FeedStatus) -> Record:
    """A line of `feeds list --json`."""
    feed, state = status.feed, status.state
    return {
        "url": feed.url,
        "address": state.manners.address or feed.url,
        "title": feed.title or state.title,
        "site": state.site,
        "tags": feed.tags,
        "allow_private": feed.allow_private,
        "source_class": feed.source_class,
        "articles": status.articles,
        "unread": status.unread,
        "last_poll": state.last_poll,
        "last_success": state.last_success,
        "next_due": state.next_due,
        "failures": state.failures,
        "gone": state.gone,
        "error": state.error,
    }


def hit_record(hit: Hit) -> Record:
    """A line of `search --json`."""
    return {
        "article": {
            "id": hit.article,
            "title": hit.title,
            "url": hit.url,
            "publisher": hit.publisher,
            "published": hit.published,
        },
        "passage": hit.passage,
        "topic": hit.topic,
        "text": hit.text,
    }


def figure_hit_record(hit: FigureHit) -> Record:
    """A line of `figures --json`: the figure's own fields, who says it in words, and its article."""
    from newsdesk.cli.article import unattributed

    said = hit.figure.asserted_by or unattributed(hit.article.publisher)
    return {"article": asdict(hit.article), "speaker": said, **asdict(hit.figure)}


CSV_COLUMNS = (
    *("article", "published", "publisher", "title", "url", "passage", "start", "end", "text"),
    *("min", "max", "best", "quantifier", "noun", "unit", "category", "event", "status", "scope", "trend"),
    *("place", "place_id", "when", "date", "speaker", "confirmed_by", "stance", "via", "inferred"),
)


def figure_hit_cells(hit: FigureHit) -> list[str]:
    """A line of `figures --csv`, by `CSV_COLUMNS`; what is not known is empty, the speaker never."""
    record = {
        **figure_hit_record(hit),
        **asdict(hit.article),
        "article": hit.article.id,
        "text": hit.figure.text,
    }
    return [_cell(record[name]) for name in CSV_COLUMNS]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def entity_hit_record(hit: EntityHit) -> Record:
    """A line of `entities --json`."""
    record = asdict(hit)
    del record["key"]
    return record


def _passage(passage: LabelledPassage) -> Record:
    return {
        "index": passage.index,
        "kind": passage.kind,
        "heading": passage.heading,
        "text": passage.text,
        "topic": passage.topic,
        "topics": passage.topics,
        "scores": passage.scores,
        "why": passage.why,
        "manual": passage.manual,
    }
