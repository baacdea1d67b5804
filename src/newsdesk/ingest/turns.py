"""Who may send a request when: so many at once in all and to one host, and a pause between two starts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from newsdesk.models import Limits

PATIENCE = 3.0
"""Seconds after which a request that is still under way lends its place to others: a server that hangs must
not hold up the rest. As many places are lent at most as there are."""

ROOM = 50_000_000
"""Bytes of bodies that wait to be read; while there are more, no request starts."""


class Turns:
    """Gives out turns; belongs to one event loop."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = asyncio.Semaphore(limits.concurrency)
        self._lendable = limits.concurrency
        self._hosts: dict[str, _Host] = {}
        self._waiting = 0
        self._room = asyncio.Event()
        self._room.set()

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at `host`, and hold it inside the `with`.

        A request that waits for its host takes no place from requests to other hosts.
        """
        place = self._hosts.setdefault(host, _Host(self._limits.per_host, self._limits.spacing))
        loop = asyncio.get_running_loop()
        async with place.slots:
            async with place.starting:
                if (early := place.next_start - loop.time()) > 0:
                    await asyncio.sleep(early)
                await self._room.wait()
                await self._all.acquire()
                place.next_start = loop.time() + place.spacing
            held = _Held(self)
            timer = loop.call_later(PATIENCE, held.lend)
            try:
                yield
            finally:
                timer.cancel()
                held.give_back()

    @contextmanager
    def keeping(self, size: int) -> Iterator[None]:
        """A body of `size` bytes waits to be read inside the `with`: what comes faster than it is read must
        not fill the memory."""
        self._keep(size)
        try:
            yield
        finally:
            self._keep(-size)

    def _keep(self, size: int) -> None:
        self._waiting += size
        if self._waiting > ROOM:
            self._room.clear()
        else:
            self._room.set()

    def slow_down(self, host: str, spacing: float) -> None:
        """Leave at least `spacing` seconds between the starts of two requests to `host`."""
        place = self._hosts.setdefault(host, _Host(self._limits.per_host, self._limits.spacing))
        place.spacing = max(place.spacing, spacing)


class _Held:
    """One request's place among all."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._lent = False

    def lend(self) -> None:
        if self._turns._lendable > 0:
            self._turns._lendable -= 1
            self._lent = True
            self._turns._all.release()

    def give_back(self) -> None:
        if self._lent:
            self._turns._lendable += 1
        else:
            self._turns._all.release()


class _Host:
    def __init__(self, slots: int, spacing: float) -> None:
        self.slots = asyncio.Semaphore(slots)
        self.starting = asyncio.Lock()
        self.next_start = 0.0
        self.spacing = spacing
