"""The facade's part for refreshing and the deep pass: in child processes (`refresh`, `deepen`) for the
interface, in this process (`fetch`, `relabel`, `deepen_now`) for the command line.

Beside `desk.py`, whose `Newsdesk` has these methods.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, closing
from typing import TYPE_CHECKING

from newsdesk.models import DeepDone, Event, Progress
from newsdesk.opened import Opened
from newsdesk.update.background import Job, desk_digest

if TYPE_CHECKING:
    from newsdesk.update.child import Child


class Background(Opened):
    """What takes seconds or minutes, and tells of itself in events."""

    _deepening: Child | None = None

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
        """`refresh` in this process; then what it stored is indexed. Raises Busy, ArchiveError."""
        from newsdesk.update import background

        job = self._job("refresh", urls=urls, force=force)
        async with aclosing(background.refresh(job)) as events:
            async for event in events:
                yield event
        for progress in background.index(job):
            yield progress

    def index(self) -> Iterator[Progress]:
        """Let searches find all that is stored, in this process; what is stopped goes on where it was.

        Raises ArchiveError.
        """
        from newsdesk.update import background

        yield from background.index(self._job("deep"))

    def unindexed(self) -> int:
        """Articles that no search finds yet."""
        return self._open_archive.unindexed_count()

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
