"""The facade's part for exports out of the interface: where the files go, and what is in them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from newsdesk.config import Settings
from newsdesk.export import Heading, as_markdown, extract, file_name, free_file
from newsdesk.models import UNSORTED, StoredArticle


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
