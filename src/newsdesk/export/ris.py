"""RIS, for reference managers: an entry an article. Every value is on one line, so that no text can bring
tags of its own; lines end in CR LF, as the format's specification has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC

from newsdesk.export.extract import Extract, Heading, happened, one_line, speaker, stamp

_BETWEEN = " [...] "
"""Stands for what lies between two excerpts."""


def as_ris(extracts: Iterable[Extract], heading: Heading) -> Iterator[str]:
    """An entry an article, as UTF-8; excerpts are its abstract, claims with their speakers its notes."""
    titles = dict(heading.topics)
    for one in extracts:
        yield "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in _entry(one, titles))
        yield "ER  - \r\n\r\n"


def _entry(one: Extract, titles: dict[str, str]) -> Iterator[tuple[str, str]]:
    article = one.article
    published = article.published.astimezone(UTC)
    yield "TY", "NEWS"
    yield "ID", f"newsdesk-{article.id}-{article.revision}"
    yield "TI", article.title
    if article.author:
        yield "AU", article.author
    yield "T2", article.publisher
    yield "PB", article.publisher
    yield "PY", f"{published:%Y}"
    yield "DA", f"{published:%Y/%m/%d}/"
    yield "Y2", f"{article.fetched.astimezone(UTC):%Y/%m/%d}/"
    if article.url:
        yield "UR", article.url
    yield "LA", article.language
    for topic in dict.fromkeys(topic for passage in one.passages for topic in passage.topics):
        yield "KW", titles.get(topic, topic)
    yield "AB", _joined(one)
    yield "N1", f"newsdesk article {article.id}, published {stamp(article.published)}, {one.version}"
    if not article.deep:
        yield "N1", "figures not read yet"
    for figure in one.figures:
        words = " · ".join(part for part in (figure.text, happened(figure)) if part)
        yield "N1", f"figure: {words} · {speaker(figure, article.publisher)}"


def _joined(one: Extract) -> str:
    text, last = "", -1
    for passage in one.passages:
        between = " " if passage.index == last + 1 else _BETWEEN
        text += (between if text else "") + passage.text
        last = passage.index
    return text
