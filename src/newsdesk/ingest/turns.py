"""Who may send a request when: so many at once in all and to one host, and a pause between two starts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from newsdesk.models import Limits

PATIENCE = 3.0
"""Seconds after which a request that is still under way lends its place to others: a server that hangs must
not hold up the rest. As many places are lent at most as there are."""


class Turns:
    """Gives out turns; belongs to one event loop."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = asyncio.Semaphore(limits.concurrency)
        self._lendable = limits.concurrency
        self._hosts: dict[str, _Host] = {}

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
                await self._all.acquire()
                place.next_start = loop.time() + place.spacing
            held = _Held(self)
            timer = loop.call_later(PATIENCE, held.lend)
            try:
                yield
            finally:
                timer.cancel()
                held.give_back()

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
