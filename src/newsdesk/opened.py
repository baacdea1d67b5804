"""The facade's part that holds what is open: the settings, the archive, the thread that writes to it.

Beside `desk.py`; the other parts of `Newsdesk` build on it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

import msgspec

from newsdesk.config import Settings, configured_desk, desk_names, load_desk, read_config
from newsdesk.errors import ConfigError
from newsdesk.models import Desk
from newsdesk.store.archive import Archive, open_archive
from newsdesk.update.background import desk_digest

if TYPE_CHECKING:
    from newsdesk.analysis.pipeline import Deep
    from newsdesk.analysis.topics import Labeller

Result = TypeVar("Result")


class Opened:
    """A desk on its archive, and what is made of them once: the labeller, the language model."""

    def __init__(self, settings: Settings, archive: Archive | None, *, offline: bool = False) -> None:
        self.settings = settings
        self.desk: Desk = settings.desk
        self.offline = offline
        self._archive = archive
        self._writer: Archive | None = None
        self._writing: ThreadPoolExecutor | None = None
        self._deep: Deep | None = None
        self._labeller: Labeller | None = None
        self._desk_stamp = _stamp(self.desk_file)

    # ------------------------------------------------------------------ opening

    @classmethod
    def open(cls, settings: Settings, *, offline: bool = False, archive: bool = True) -> Self:
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

    async def switch_desk(self, name: str) -> None:
        """Go on with another desk, in the same archive: what waits for its labels gets them with `deepen`.

        Raises ConfigError, ArchiveError; then nothing is changed.
        """
        desk = configured_desk(self.settings.paths, name, self.settings.config)
        topics, digest = [topic.id for topic in desk.topics], desk_digest(desk)
        await self._write(lambda archive: archive.set_desk(desk.id, topics, digest))
        self._open_archive.set_desk(desk.id, topics, digest)
        self.desk, self._labeller, self._deep = desk, None, None
        self.settings = msgspec.structs.replace(self.settings, desk=desk)
        self._desk_stamp = _stamp(self.desk_file)

    def desks(self) -> tuple[tuple[str, int, int], ...]:
        """(name, topics, articles with its labels) of every desk; 0 topics where its file cannot be read."""
        labelled = self._open_archive.labelled_counts()
        found = []
        for name in desk_names(self.settings.paths):
            try:
                topics = len(configured_desk(self.settings.paths, name, self.settings.config).topics)
            except ConfigError:
                topics = 0
            found.append((name, topics, labelled.get(name, 0)))
        return tuple(found)

    @property
    def _open_archive(self) -> Archive:
        assert self._archive is not None, "opened with archive=False"
        return self._archive

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

    async def save_query(self, name: str, query: str) -> None:
        """Save a query in the config under a name. Raises UsageError, ConfigError, ArchiveError."""
        from newsdesk.savedqueries import save_query

        file = self.settings.paths.config_file
        await asyncio.to_thread(save_query, file, name, query, self.desk.id)
        queries = read_config(file).queries
        config = msgspec.structs.replace(self.settings.config, queries=queries)
        self.settings = msgspec.structs.replace(self.settings, config=config)
        self._open_archive.set_queries(queries)
        await self._write(lambda archive: archive.set_queries(queries))

    # ------------------------------------------------------------------ writing

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

    # ------------------------------------------------------------------ the analysis

    def _label_anew(self, archive: Archive, article_id: int) -> None:
        archive.label_anew(article_id, self._words().labels, desk_digest(self.desk))

    def _words(self) -> Labeller:
        if self._labeller is None:
            from newsdesk.analysis.topics import Labeller

            self._labeller = Labeller(self.desk)
        return self._labeller

    def _language(self) -> Deep:
        if self._deep is None:
            from newsdesk.analysis.pipeline import Deep

            self._deep = Deep(self.settings.config.analysis.model, self.desk)
            if self._archive is not None:
                self._archive.set_stamp(self._deep.stamp)
        return self._deep


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
