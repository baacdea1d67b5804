"""The facade's part for a search that follows a person who types: in a thread of its own, the newest wins.

Its connection only reads; a query that another one replaced is given up within milliseconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from newsdesk.config import Settings
from newsdesk.errors import Stopped
from newsdesk.models import Matches
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.query import FIELDS, parse
from newsdesk.update.background import desk_digest

__all__ = ["FIELDS", "LiveSearch"]

Result = TypeVar("Result")


class LiveSearch:
    """Queries one after the other; asking for one gives up the one before. Close it when done."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._archive: Archive | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-search")
        self._wanted = 0
        self._at_work = 0
        self._thread.submit(parse, "a word")  # The first query takes two tenths of a second longer.
        self.at_rest = True
        """Whether no query runs."""

    async def find(self, query: str, limit: int, before: int | None = None) -> Matches | None:
        """What a query finds; None where another one was asked for meanwhile.

        Raises QueryError, ArchiveError.
        """
        return await self._ask(lambda archive: archive.find(query, limit, before))

    async def articles(self, query: str) -> list[int] | None:
        """The newest articles of which a query finds a passage; None as with `find`.

        Raises QueryError, ArchiveError.
        """
        return await self._ask(lambda archive: archive.articles_found(query))

    async def values(self, field: str, begin: str, limit: int) -> tuple[str, ...] | None:
        """Values of a filter that begin so, the most used first; None as with `find`. Raises ArchiveError."""
        return await self._ask(lambda archive: archive.filter_values(field, begin, limit))

    async def _ask(self, question: Callable[[Archive], Result]) -> Result | None:
        self._wanted += 1
        number = self._wanted
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: self._answer(number, question))

    def _answer(self, number: int, question: Callable[[Archive], Result]) -> Result | None:
        if number != self._wanted:
            return None
        self._at_work = number
        self.at_rest = False
        try:
            return question(self._opened())
        except Stopped:
            return None
        finally:
            self.at_rest = True

    def _opened(self) -> Archive:
        if self._archive is None:
            settings = self._settings
            archive = open_archive(settings.paths.archive, read_only=True)
            topics = [topic.id for topic in settings.desk.topics]
            archive.set_desk(settings.desk.id, topics, desk_digest(settings.desk))
            archive.set_queries(settings.config.queries)
            archive.stop_when(lambda: self._at_work != self._wanted)
            self._archive = archive
        return self._archive

    def close(self) -> None:
        """Give up what is asked for, and close the archive, without waiting for it."""
        self._wanted += 1
        self._thread.submit(self._close)
        self._thread.shutdown(wait=False)

    def _close(self) -> None:
        if self._archive is not None:
            self._archive.close()
