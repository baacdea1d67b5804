"""The facade: what the command line and the interface call, and the one way into the layers below.

Lists and articles come synchronously from the archive, in milliseconds. Marks are written in a thread
of their own. Refreshing and the deep pass run in child processes (`refresh`, `deepen`) for the
interface, or in this process (`fetch`) for the command line. Nothing heavy is imported until used.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from newsdesk import USER_AGENT
from newsdesk.analysis.sections import sections
from newsdesk.config import Settings, load_desk, read_config
from newsdesk.models import (
    Analysis,
    ArticleInfo,
    Counts,
    DeepDone,
    Desk,
    EntityHit,
    Event,
    Feed,
    FeedStatus,
    FigureHit,
    Headline,
    Hit,
    Progress,
    StoredArticle,
    View,
)
from newsdesk.past import Past
from newsdesk.paths import Paths
from newsdesk.store.archive import Archive, open_archive
from newsdesk.update.background import Job, desk_digest

if TYPE_CHECKING:
    from newsdesk.analysis.pipeline import Deep
    from newsdesk.analysis.topics import Labeller
    from newsdesk.doctor import Check
    from newsdesk.loading import Loaded
    from newsdesk.trial import Trial
    from newsdesk.update.child import Child

Result = TypeVar("Result")


class Newsdesk(Past):
    """An open desk on its archive. Make it with `Newsdesk.open`; close it when done."""

    def __init__(self, settings: Settings, archive: Archive | None, *, offline: bool = False) -> None:
        self.settings = settings
        self.desk: Desk = settings.desk
        self.offline = offline
        self._archive = archive
        self._writer: Archive | None = None
        self._writing: ThreadPoolExecutor | None = None
        self._deepening: Child | None = None
        self._deep: Deep | None = None
        self._labeller: Labeller | None = None
        self._desk_stamp = _stamp(self.desk_file)

    # ------------------------------------------------------------------ opening

    @classmethod
    def open(cls, settings: Settings, *, offline: bool = False, archive: bool = True) -> Newsdesk:
        """Open the archive (made where there is none). `archive=False` touches nothing on disk.

        Raises ArchiveError, NotAnArchive, NewerArchive.
        """
        return cls(settings, _opened(settings) if archive else None, offline=offline)

    def close(self) -> None:
        """Finish the marks under way and close the archive."""
        if self._writing is not None:
            self._writing.submit(self._close_writer).result()
            self._writing.shutdown()
        if self._archive is not None:
            self._archive.close()

    @property
    def archive_file(self) -> Path:
        return self.settings.paths.archive

    @property
    def desk_file(self) -> Path:
        """The user's own file of the open desk; it need not be there."""
        return self.settings.paths.desks_dir / f"{self.desk.id}.toml"

    def desk_edited(self) -> bool:
        """Whether the desk's file is another one than when this was asked last."""
        stamp, self._desk_stamp = self._desk_stamp, _stamp(self.desk_file)
        return stamp != self._desk_stamp

    def take_desk(self) -> bool:
        """Go on with the desk as its file words it now; False, and nothing taken, where its topics have
        other ids or titles: those stand on the screen. Raises ConfigError.
        """
        desk = load_desk(self.settings.paths, self.desk.id, self.settings.config.topics)
        if [(one.id, one.title) for one in desk.topics] != [(one.id, one.title) for one in self.desk.topics]:
            return False
        self.desk, self._labeller, self._deep = desk, None, None
        self.settings = msgspec.structs.replace(self.settings, desk=desk)
        return True

    @property
    def _open_archive(self) -> Archive:
        assert self._archive is not None, "opened with archive=False"
        return self._archive

    # ------------------------------------------------------------------ lists

    def counts(self) -> Counts:
        return self._open_archive.counts()

    def headlines(self, view: View, start: int, limit: int) -> tuple[Headline, ...]:
        """Rows `start` to `start + limit` of the view, newest first."""
        return self._open_archive.headlines(view, start, limit)

    def headline_count(self, view: View) -> int:
        return self._open_archive.headline_count(view)

    def headline_index(self, view: View, article_id: int) -> int | None:
        """The row that an article has in the view."""
        return self._open_archive.headline_index(view, article_id)

    def article(self, article_id: int) -> StoredArticle | None:
        """An article with its sections."""
        found = self._open_archive.article(article_id)
        if found is None:
            return None
        return msgspec.structs.replace(found, sections=sections(found.passages, self.desk))

    def foreign_language(self, article: StoredArticle) -> str:
        """The name of the language that an article is in; "" for English, the one that is read deeply."""
        if article.language == "en":
            return ""
        from newsdesk.analysis.tongue import name_of

        return name_of(article.language)

    def next_unread(
        self, view: View, after: tuple[int, int] | None, *, forward: bool = True
    ) -> tuple[int, int] | None:
        """(article, passage) of the next unread passage of the view's topics."""
        return self._open_archive.next_unread(view, after, forward=forward)

    def search(self, query: str, *, limit: int = 50, before: int | None = None) -> tuple[Hit, ...]:
        """Passages that a query finds, newest first. Raises QueryError."""
        return self._open_archive.search(query, limit=limit, before=before)

    def figures(
        self, query: str = "", *, limit: int = 50, after: tuple[int, int, int] | None = None
    ) -> tuple[FigureHit, ...]:
        """Claims, the newest first; with a query, those that it finds. Raises QueryError."""
        return self._open_archive.figures(query, limit, after)

    def entities(
        self, query: str = "", *, limit: int = 50, after: tuple[int, int] | None = None
    ) -> tuple[EntityHit, ...]:
        """Entities by mentions; with a query, by those in passages that it finds. Raises QueryError."""
        return self._open_archive.entities(query, limit, after)

    def feeds(self) -> tuple[FeedStatus, ...]:
        """The subscriptions with their state, in the config's order."""
        return self._open_archive.feed_statuses()

    def data_version(self) -> int:
        """Another number whenever another process stored something."""
        return self._open_archive.data_version()

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

    def _label_anew(self, archive: Archive, article_id: int) -> None:
        archive.label_anew(article_id, self._words().label, desk_digest(self.desk))

    def _words(self) -> Labeller:
        if self._labeller is None:
            from newsdesk.analysis.topics import Labeller

            self._labeller = Labeller(self.desk)
        return self._labeller

    async def _write(self, change: Callable[[Archive], Result]) -> Result:
        """One change at a time, in a thread with a connection of its own: a key never waits for a lock."""
        if self._writing is None:
            self._writing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive-writer")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writing, lambda: change(self._writer_archive()))

    def _writer_archive(self) -> Archive:
        if self._writer is None:
            self._writer = _opened(self.settings)
        return self._writer

    def _close_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()

    # ------------------------------------------------------------------ the background

    async def refresh(
        self, urls: Sequence[str] | None = None, *, force: bool = False, gently: bool = False
    ) -> AsyncGenerator[Event]:
        """Poll what is due (`urls`: only these) in a child process. `force`: also what is not due;
        `gently`: but nothing whose publisher asked to wait.
        """
        from newsdesk.update.child import Child

        child = Child(self._job("refresh", urls=urls, force=force, gently=gently))
        async with aclosing(child.events()) as events:
            async for event in events:
                yield event

    async def deepen(self, first: Sequence[int] = ()) -> AsyncGenerator[Event]:
        """Re-label what a desk's edit left behind, then the deep pass, in a child process.

        Ends when nothing waits any more.
        """
        from newsdesk.update.child import Child

        self._deepening = Child(self._job("deep", first=first))
        try:
            async with aclosing(self._deepening.events()) as events:
                async for event in events:
                    yield event
        finally:
            self._deepening = None

    def deepen_first(self, ids: Sequence[int]) -> None:
        """Have the running deep pass take these articles next."""
        if self._deepening is not None:
            self._deepening.want(ids)

    async def fetch(self, urls: Sequence[str] | None = None, *, force: bool = False) -> AsyncGenerator[Event]:
        """`refresh` in this process. Raises Busy, ArchiveError."""
        from newsdesk.update import background

        job = self._job("refresh", urls=urls, force=force)
        async with aclosing(background.refresh(job)) as events:
            async for event in events:
                yield event

    def relabel(self) -> Iterator[Progress]:
        """Give every article the labels of the desk as it is worded now, in this process, without the
        language model. What is stopped goes on where it was. Raises Busy, ArchiveError.
        """
        from newsdesk.update import background

        yield from background.relabel(self._job("deep"))

    def deepen_now(self, most: int, first: Sequence[int] = ()) -> Iterator[Event]:
        """The deep pass over some `most` articles that wait, in this process: `first`, then the newest.

        Raises Busy, ArchiveError.
        """
        from newsdesk.update import background

        done = 0
        with closing(background.deepen(self._job("deep"), list(first))) as events:
            for event in events:
                yield event
                done += len(event.ids) if isinstance(event, DeepDone) else 0
                if done >= most:
                    return

    def deep_pending(self) -> int:
        """Articles whose entities and figures are still to be found, by the model that is installed."""
        from newsdesk.analysis.installed import choose

        self._open_archive.set_stamp(choose(self.settings.config.analysis.model).stamp)
        return self._open_archive.counts().deep_pending

    def unlabelled(self) -> int:
        """Articles that still have the labels of another desk, or of an earlier wording."""
        return self._open_archive.unlabelled_count(desk_digest(self.desk))

    def _job(
        self,
        kind: str,
        *,
        urls: Sequence[str] | None = None,
        force: bool = False,
        gently: bool = False,
        first: Sequence[int] = (),
    ) -> Job:
        config = self.settings.config
        return Job(
            kind="refresh" if kind == "refresh" else "deep",
            archive=str(self.archive_file),
            desk=self.desk,
            feeds=config.feeds,
            limits=config.fetch,
            model=config.analysis.model,
            urls=None if urls is None else tuple(urls),
            force=force,
            gently=gently,
            first=tuple(first),
            log=str(self.settings.paths.log_file),
        )

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

    def _language(self) -> Deep:
        if self._deep is None:
            from newsdesk.analysis.pipeline import Deep

            self._deep = Deep(self.settings.config.analysis.model, self.desk)
            if self._archive is not None:
                self._archive.set_stamp(self._deep.stamp)
        return self._deep

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

    async def edit_feeds(self, edit: Callable[[Settings], Result]) -> Result:
        """Edit the config's subscriptions (`feedcare`) and go on with what it has then.

        Raises ConfigError, UsageError, ArchiveError.
        """
        done = await asyncio.to_thread(edit, self.settings)
        feeds = read_config(self.settings.paths.config_file).feeds
        config = msgspec.structs.replace(self.settings.config, feeds=feeds)
        self.settings = msgspec.structs.replace(self.settings, config=config)
        await self._write(lambda archive: archive.sync_feeds(feeds))
        return done

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


def _stamp(file: Path) -> tuple[int, int] | None:
    """What is another after a file was written; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _opened(settings: Settings) -> Archive:
    archive = open_archive(settings.paths.archive)
    archive.set_desk(
        settings.desk.id, [topic.id for topic in settings.desk.topics], desk_digest(settings.desk)
    )
    archive.sync_feeds(settings.config.feeds)
    archive.set_queries(settings.config.queries)
    return archive
