"""The facade: what the command line and the interface call, and the one way into the layers below.

Lists and articles come synchronously from the archive, in milliseconds. Marks are written in a thread
of their own. Refreshing and the deep pass run in child processes (`refresh`, `deepen`) for the
interface, or in this process (`fetch`) for the command line. Nothing heavy is imported until used.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from newsdesk import USER_AGENT
from newsdesk.background import Background
from newsdesk.board import Board
from newsdesk.config import load_desk
from newsdesk.ledgers import Ledgers
from newsdesk.lists import Lists
from newsdesk.models import Analysis, ArticleInfo, Feed
from newsdesk.past import Past
from newsdesk.paths import Paths
from newsdesk.store.archive import Archive

if TYPE_CHECKING:
    from newsdesk.doctor import Check
    from newsdesk.loading import Loaded
    from newsdesk.trial import Trial


class Newsdesk(Lists, Ledgers, Board, Background, Past):
    """An open desk on its archive. Make it with `Newsdesk.open`; close it when done."""

    # ------------------------------------------------------------------ marks

    async def mark_read(
        self, article_id: int, passages: Collection[int] | None = None, *, read: bool = True
    ) -> None:
        """Mark passages (None: all) read or unread. Raises ArchiveError."""
        await self._write(lambda archive: archive.mark_read(article_id, passages, read))

    async def star(self, article_id: int, on: bool) -> None:
        """Raises ArchiveError."""
        await self._write(lambda archive: archive.star(article_id, on))

    async def correct(self, article_id: int, index: int, topics: Sequence[str] | None) -> None:
        """Set a passage's topics by hand, the primary one first; none is Unsorted.

        They win over re-labelling and hold for this text in later revisions. None takes them back: the
        passage gets the topics that its words give it. Raises ArchiveError.
        """
        await self._write(lambda archive: self._correct(archive, article_id, index, topics))

    def correct_now(self, article_id: int, index: int, topics: Sequence[str] | None) -> bool:
        """`correct` in this thread; False where there is no such passage."""
        return self._correct(self._open_archive, article_id, index, topics)

    def _correct(self, archive: Archive, article_id: int, index: int, topics: Sequence[str] | None) -> bool:
        done = archive.correct(article_id, index, topics)
        if done and topics is None:
            self._label_anew(archive, article_id)
        return done

    # ------------------------------------------------------------------ one article

    async def load(self, source: str) -> Loaded:
        """FILE or URL as blocks. Raises InputError."""
        from newsdesk import loading

        return await loading.load(source, self.settings.config.fetch, USER_AGENT)

    async def load_bytes(self, data: bytes, name: str) -> Loaded:
        """Bytes in hand (standard input). Raises InputError."""
        from newsdesk import loading

        return await loading.from_bytes(data, name, self.settings.config.fetch)

    def read_text(self, text: str, title: str | None = None) -> Loaded:
        """Plain text or HTML in hand."""
        from newsdesk import loading

        return loading.from_text(text, title)

    def analyze(self, loaded: Loaded) -> Analysis:
        """Both passes over one article; the language model is loaded once."""
        from newsdesk.analysis import pipeline

        return pipeline.analyze(loaded.blocks, self.desk, self._language(), loaded.info)

    def trial(self, query: str, limit: int) -> Trial:
        """What each of the desk's words catches in the newest `limit` passages, or in those of a query."""
        from newsdesk import trial

        return trial.of_archive(self._open_archive, self.desk, query, limit)

    def trial_of(self, loaded: Loaded, name: str) -> Trial:
        """The same over one article that is not in the archive."""
        from newsdesk import trial

        return trial.of_article(self.desk, loaded, name)

    def stored_analysis(self, article_id: int) -> Analysis | None:
        """An archived article's analysis; where the deep pass still waits, it is done and stored now."""
        article = self.article(article_id)
        if article is None:
            return None
        notices = article.notices
        info = ArticleInfo(article.title, article.url, article.publisher, article.published, article.language)
        if not article.deep or self._outdated(article_id):
            found = self._language().run(article.passages, info)
            notices = found.notices
            info = msgspec.structs.replace(info, language=found.language)
            self._open_archive.save_deep(article.id, article.revision, found)
            article = msgspec.structs.replace(article, entities=found.entities, figures=found.figures)
        return Analysis(
            article=info,
            desk=self.desk.id,
            passages=article.passages,
            sections=article.sections,
            entities=article.entities,
            figures=article.figures,
            notices=notices,
        )

    def _outdated(self, article_id: int) -> bool:
        """Whether an article's results were made by an older analysis, or with another language model."""
        from newsdesk.analysis.installed import choose

        self._open_archive.set_stamp(choose(self.settings.config.analysis.model).stamp)
        return self._open_archive.deep_waits(article_id)

    # ------------------------------------------------------------------ subscriptions, doctor

    def add_feed(self, feed: Feed) -> None:
        """Subscribe, in the config file. Raises ConfigError when it is there already."""
        from newsdesk import subscriptions

        subscriptions.add_feed(self.settings.paths.config_file, feed, self.desk.id)

    def remove_feed(self, url: str) -> Feed:
        """Unsubscribe; what was fetched stays. Raises UsageError naming the nearest feed."""
        from newsdesk import subscriptions

        return subscriptions.remove_feed(self.settings.paths.config_file, url)

    def source_class(self, url: str) -> str:
        """What kind of voice a subscribed feed is; empty where nobody said."""
        return next((feed.source_class for feed in self.settings.config.feeds if feed.url == url), "")

    def checks(self) -> tuple[Check, ...]:
        """What `newsdesk doctor` looks at."""
        from newsdesk import doctor

        return doctor.checks(self.settings)


def write_config(paths: Paths, *, desk: str, feeds: bool) -> Path:
    """A new config for a desk, with the feeds that the desk suggests or without.

    Raises ConfigError when there is a config already, or the desk's file is wrong.
    """
    from newsdesk import subscriptions

    suggested = load_desk(paths, desk).feeds if feeds else ()
    subscriptions.write_config(paths.config_file, desk, suggested)
    return paths.config_file
