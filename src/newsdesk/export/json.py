"""One JSON object, schema newsdesk/export/1, an article a line. docs/exporting.md has its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from newsdesk.export.extract import SCHEMA, Extract, Heading, speaker

_UNSAFE = re.compile(r"[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def as_json(extracts: Iterable[Extract], heading: Heading) -> Iterator[str]:
    """The object piece by piece: memory does not grow with the number of articles."""
    head = {
        "schema": SCHEMA,
        "query": heading.query,
        "desk": heading.desk,
        "made": heading.made,
        "whole": heading.whole,
        "topics": [{"id": id, "title": title} for id, title in heading.topics],
    }
    yield _encoded(head)[:-1] + ',"articles":['
    between = "\n"
    for one in extracts:
        yield between + _encoded(_article(one))
        between = ",\n"
    yield "\n]}\n"


def _article(one: Extract) -> dict[str, Any]:
    article = one.article
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "author": article.author,
        "published": article.published,
        "fetched": article.fetched,
        "revision": article.revision,
        "content_hash": article.content_hash,
        "language": article.language,
        "full_text": article.full_text,
        "figures_read": article.deep,
        "passages": [
            {
                "index": passage.index,
                "kind": passage.kind,
                "heading": passage.heading,
                "topic": passage.topic,
                "topics": passage.topics,
                "manual": passage.manual,
                "text": passage.text,
                "figures": [
                    {"speaker": speaker(figure, article.publisher), **msgspec.structs.asdict(figure)}
                    for figure in one.claims(passage.index)
                ],
            }
            for passage in one.passages
        ],
    }


def _encoded(value: object) -> str:
    """JSON in which nothing is lost and a terminal obeys nothing."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", msgspec.json.encode(value).decode())
