"""The facade's part for exports out of the interface: where the files go, and what is in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.config import Settings
from newsdesk.export import Extract, Heading, as_markdown, extract, file_name, free_file
from newsdesk.models import UNSORTED, StoredArticle

if TYPE_CHECKING:
    from newsdesk.desk import Newsdesk

PAGE = 500
"""Passages that are asked for at once."""


def write_article(settings: Settings, article: StoredArticle, topics: Collection[str]) -> Path:
    """An article as Markdown, all of it or its passages that stand in these topics, in a new file of the
    folder `exports` beside the archive. Raises UsageError.
    """
    chosen = None
    if topics:
        chosen = {one.index for one in article.passages if (one.topic or UNSORTED) in topics}
    desk = settings.desk
    titles = tuple((topic.id, topic.title) for topic in desk.topics)
    heading = Heading(article.title, desk.id, titles, datetime.now(UTC), chosen is None)
    text = as_markdown([extract(article, chosen)], heading)
    name = file_name(article.title, str(article.id), "md")
    return free_file(settings.paths.data_dir / "exports", name, text)


def write_found(settings: Settings, query: str) -> tuple[Path, int]:
    """All that a query finds, as Markdown in a new file in `exports`, and how many articles it has.

    It opens the archive once more, so any thread may call it. Raises QueryError, UsageError, ArchiveError.
    """
    from newsdesk.desk import Newsdesk

    with closing(Newsdesk.open(settings, offline=True)) as desk:
        found = passages_found(desk, query)
        topics = tuple((topic.id, topic.title) for topic in desk.desk.topics)
        now = datetime.now(UTC)
        text = as_markdown(
            extracts(desk, found, whole=False), Heading(query, desk.desk.id, topics, now, False)
        )
        name = file_name(query, f"{now:%Y%m%dt%H%M%S}", "md")
        return free_file(settings.paths.data_dir / "exports", name, text), len(found)


def passages_found(desk: Newsdesk, query: str) -> dict[int, dict[int, int]]:
    """Every passage that a query finds, page after page: by article and index the hash of its text.

    Raises QueryError, ArchiveError.
    """
    found: dict[int, dict[int, int]] = {}
    before = None
    while hits := desk.search(query, limit=PAGE, before=before):
        for hit in hits:
            found.setdefault(hit.article, {})[hit.passage] = hash(hit.text)
        if len(hits) < PAGE:
            break
        before = hits[-1].key
    return found


def extracts(desk: Newsdesk, found: dict[int, dict[int, int]], *, whole: bool) -> Iterator[Extract]:
    """The passages found, or their whole articles, with what is needed to trace them."""
    for id, texts in found.items():
        article = desk.article(id)
        if article is None:
            continue
        # A text that a poll replaced since it was found is another one.
        same = {one.index for one in article.passages if texts.get(one.index) == hash(one.text)}
        if whole or same:
            yield extract(article, None if whole else same)
