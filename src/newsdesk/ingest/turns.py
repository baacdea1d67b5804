"""Who may send a request when: so many at once in all and to one host, and a pause between two starts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from newsdesk.models import Limits


class Turns:
    """Gives out turns; belongs to one event loop."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = asyncio.Semaphore(limits.concurrency)
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at `host`, and hold it inside the `with`.

        A request that waits for its host takes no place from requests to other hosts.
        """
        place = self._hosts.setdefault(host, _Host(self._limits.per_host))
        async with place.slots:
            async with place.starting:
                loop = asyncio.get_running_loop()
                if (early := place.next_start - loop.time()) > 0:
                    await asyncio.sleep(early)
                await self._all.acquire()
                place.next_start = loop.time() + self._limits.spacing
            try:
                yield
            finally:
                self._all.release()


class _Host:
    def __init__(self, slots: int) -> None:
        self.slots = asyncio.Semaphore(slots)
        self.starting = asyncio.Lock()
        self.next_start = 0.0
