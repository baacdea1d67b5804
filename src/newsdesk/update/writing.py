"""Writing to the archive off the event loop: polls that wait together go into one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from newsdesk.errors import ArchiveError
from newsdesk.store.archive import Archive
from newsdesk.store.incoming import Poll, StoredPoll

TOGETHER = 32
"""Polls in one transaction: each that is synced to the disk costs the same, whatever it holds."""

Result = TypeVar("Result")


class Writer:
    """The one way in which a refresh uses the archive; belongs to one event loop.

    It has a thread of its own: those of the loop may all be waiting for a name server.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        self._waiting: list[tuple[Poll, asyncio.Future[StoredPoll]]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def do(self, work: Callable[[Archive], Result]) -> Result:
        """`work` with the archive, in the thread. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, self._archive)

    async def save(self, poll: Poll) -> StoredPoll:
        """Store a poll, together with those that wait with it. Raises ArchiveError."""
        future: asyncio.Future[StoredPoll] = asyncio.get_running_loop().create_future()
        self._waiting.append((poll, future))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        return await future

    async def finish(self) -> None:
        """Wait for what is being stored; nothing can be stored any more."""
        if self._flushing is not None:
            await self._flushing
        self._thread.shutdown()

    async def _flush(self) -> None:
        while self._waiting:
            batch = self._waiting[:TOGETHER]
            del self._waiting[:TOGETHER]
            polls = [poll for poll, _ in batch]
            try:
                stored = await self.do(lambda archive, polls=polls: archive.save_polls(polls))  # type: ignore[misc]
            except ArchiveError as error:
                for _, future in batch:
                    _settle(future, error)
            except Exception as fault:
                # One poll's fault is not the others': each is stored by itself.
                if len(batch) == 1:
                    _settle(batch[0][1], fault)
                else:
                    await self._one_by_one(batch)
            else:
                for (_, future), result in zip(batch, stored, strict=True):
                    _settle(future, result)

    async def _one_by_one(self, batch: list[tuple[Poll, asyncio.Future[StoredPoll]]]) -> None:
        for poll, future in batch:
            try:
                [stored] = await self.do(lambda archive, poll=poll: archive.save_polls([poll]))  # type: ignore[misc]
            except Exception as fault:
                _settle(future, fault)
            else:
                _settle(future, stored)


def _settle(future: asyncio.Future[StoredPoll], result: StoredPoll | Exception) -> None:
    """Hand a result to the poll that waits for it, if it still does."""
    if future.done():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
