"""A desk tried out: what its words catch in the archive, or in one article from outside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

from newsdesk.analysis.explain import Look, Missed, Report, Word, caught
from newsdesk.analysis.passages import number
from newsdesk.loading import Loaded
from newsdesk.models import Desk
from newsdesk.store.archive import Archive
from newsdesk.store.texts import ArticleText

__all__ = ["ArticleText", "Look", "Missed", "Report", "Trial", "Word", "of_archive", "of_article"]


class Trial(Struct, frozen=True):
    """What `newsdesk topics test` prints. `looks` of the report point into `articles`."""

    desk: str
    report: Report
    articles: tuple[ArticleText, ...]
    passages: int
    """Passages that were looked at."""
    of: int
    """Passages that there are: more where only the newest were looked at."""

    def article(self, look: Look) -> ArticleText:
        return self.articles[look.article]

    def words_of(self, topic: str) -> list[Word]:
        """A topic's words, those that catch most passages first."""
        own = [word for word in self.report.words if word.topic == topic]
        return sorted(own, key=lambda word: -word.passages)

    def near_misses(self) -> list[tuple[Look, Missed]]:
        """What was just missed, the nearest first."""
        found = [(look, missed) for look in self.report.looks for missed in look.missed]
        return sorted(found, key=lambda one: -one[1].score / max(one[1].needed, 0.01))


def of_archive(archive: Archive, desk: Desk, query: str, limit: int) -> Trial:
    """Over the newest `limit` passages of the archive, or those of them that a query finds.

    Each article is labelled whole: neighbours and headings count. Raises ArchiveError.
    """
    if query:
        return _of_hits(archive, desk, query, limit)
    articles = archive.newest_texts(limit)
    report = caught(desk, (one.passages for one in articles))
    return _trial(desk, report, articles, sum(one.passages for one in archive.counts().topics))


def of_article(desk: Desk, loaded: Loaded, name: str) -> Trial:
    """Over one article that is not in the archive; `name` stands for a title where there is none."""
    passages = number(loaded.blocks)
    info = loaded.info
    published = info.published or datetime.now(UTC)
    article = ArticleText(0, info.title or name, info.url or "", info.publisher or "", published, passages)
    return _trial(desk, caught(desk, [passages]), (article,))


def _of_hits(archive: Archive, desk: Desk, query: str, limit: int) -> Trial:
    hits = archive.search(query, limit)
    articles = archive.texts_of(list(dict.fromkeys(hit.article for hit in hits)))
    position = {article.id: place for place, article in enumerate(articles)}
    wanted = {(position[hit.article], hit.passage) for hit in hits if hit.article in position}
    return _trial(desk, caught(desk, (one.passages for one in articles), wanted), articles)


def _trial(desk: Desk, report: Report, articles: Iterable[ArticleText], there: int = 0) -> Trial:
    looked = len(report.looks)
    return Trial(desk.id, report, tuple(articles), looked, max(there, looked))
