"""Article pages: each is fetched once, after all feeds, as its site's robots.txt and answers allow.

What a refresh does not get to (too many pages, a site that asked for a pause) waits in the archive for the
next one of that feed.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import datetime, timedelta

from newsdesk.ingest import robots
from newsdesk.ingest.retrieve import Response, Retriever
from newsdesk.ingest.robots import Verdict
from newsdesk.models import ArticlesStored, Event, Feed, HostState, Limits, Robots, WantedPage
from newsdesk.update.access import Keys
from newsdesk.update.decide import LONGEST_BACKOFF, PAUSING, host_of, is_ahead, retry_after
from newsdesk.update.workers import WorkerFailed, Workers
from newsdesk.update.writing import Writer

PAGES_SECONDS = 300.0
"""A refresh starts no page after this; the rest waits for the next one."""
ROBOTS_SECONDS = 2.0
TRIES = 3
"""How often a page is asked for where nothing answers; any answer is the last."""
SOON = timedelta(hours=1)
"""The pause after a 429 or 503 that names none."""


class Pages:
    """Reads the pages that articles of some feeds still lack; one refresh's."""

    def __init__(
        self,
        retriever: Retriever,
        writer: Writer,
        workers: Workers,
        limits: Limits,
        hosts: dict[str, HostState],
        clock: Callable[[], datetime],
        keys: Keys,
    ) -> None:
        self._retriever = retriever
        self._writer = writer
        self._workers = workers
        self._limits = limits
        self._hosts = hosts
        self._clock = clock
        self._keys = keys
        self._robots: dict[str, asyncio.Task[Robots]] = {}
        self._latest = 0.0

    async def events(self, feeds: Sequence[Feed]) -> AsyncGenerator[Event]:
        """Fetch the pages of these feeds' articles, the newest first; an event for each that is stored."""
        named = {feed.url: feed for feed in feeds}
        wanted = await self._writer.do(lambda archive: archive.wanted_pages(list(named), self._limits.pages))
        self._latest = time.monotonic() + PAGES_SECONDS
        tasks = [asyncio.create_task(self._page(named[page.feed_url], page)) for page in wanted]
        try:
            for task in asyncio.as_completed(tasks):
                stored = await task
                if stored is not None:
                    yield ArticlesStored((stored,))
        finally:
            for running in (*tasks, *self._robots.values()):
                running.cancel()
            await asyncio.gather(*tasks, *self._robots.values(), return_exceptions=True)

    async def _page(self, feed: Feed, page: WantedPage) -> int | None:
        """One page; the article's id where its text is stored now."""
        host = host_of(page.url)
        if self._resting(host):
            return None
        verdict = await self._verdict(feed, page.url)
        if verdict is None:
            return None
        if not verdict.allowed:
            await self._writer.do(lambda archive: archive.settle_page(page.article))
            return None
        self._retriever.turns.slow_down(host, verdict.delay)
        access = await self._keys.access(feed, page.url)
        response = await self._retriever.get(
            page.url,
            headers=access.headers,
            proxy=access.proxy,
            accept="page",
            allow_private=self._private(feed, page.url),
            cap=self._limits.page_bytes,
            gate=lambda target: self._gate(feed, target),
            closed=self._resting,
        )
        if response.held:
            return None
        if response.error:
            await self._failed(page, response)
            return None
        with self._retriever.turns.keeping(len(response.body)):
            return await self._read(feed, page, response)

    async def _read(self, feed: Feed, page: WantedPage, response: Response) -> int | None:
        from newsdesk.update.reading import ReadPage, read_page

        read = ReadPage(note="its page could not be read in time")
        for quick in (False, True):
            with contextlib.suppress(WorkerFailed):
                read = await self._workers.run(
                    self._limits.page_seconds,
                    read_page,
                    response.body,
                    response.final_url,
                    page,
                    feed.selector,
                    quick=quick,
                )
                break
        now, article = self._clock(), read.article
        if article is None:
            await self._writer.do(lambda archive: archive.settle_page(page.article, read.note))
            return None
        stored = await self._writer.do(lambda archive: archive.save_page(page.feed_url, article, now))
        return page.article if stored else None

    async def _failed(self, page: WantedPage, response: Response) -> None:
        """Any answer is the last word on a page; where there was none, it is tried again another time."""
        if response.status in (403, *PAUSING):
            await self._pause(host_of(response.final_url), response)
        if response.status in PAUSING:
            return
        if response.status == 0 and page.tries + 1 < TRIES:
            await self._writer.do(lambda archive: archive.count_try(page.article))
        else:
            await self._writer.do(lambda archive: archive.settle_page(page.article))

    # ------------------------------------------------------------------ leave

    def _private(self, feed: Feed, url: str) -> bool:
        # A feed's permission for private addresses is for its own host, not for whatever it links to.
        return feed.allow_private and host_of(url) == host_of(feed.url)

    def _resting(self, host: str) -> str:
        """Why no page of a host is to be fetched now, or empty."""
        if time.monotonic() > self._latest:
            return "this refresh took long enough; the next one goes on"
        known, now = self._hosts.get(host), self._clock()
        pauses = (known.paused_until, known.pages_until) if known else ()
        return f"{host} asked for a pause" if any(one and is_ahead(one, now) for one in pauses) else ""

    async def _pause(self, host: str, response: Response) -> None:
        """403: no pages of this host for a day; 429 and 503: as long as it asks, an hour where it does not
        say."""
        now = self._clock()
        asked = retry_after(response.headers, now)
        wait = max(asked, LONGEST_BACKOFF) if response.status == 403 else asked or SOON
        before = self._hosts.get(host) or HostState(host)
        self._hosts[host] = paused = HostState(host, before.paused_until, now + wait)
        await self._writer.do(lambda archive: archive.save_host(paused))

    async def _gate(self, feed: Feed, target: str) -> str:
        verdict = await self._verdict(feed, target)
        return "" if verdict and verdict.allowed else f"{host_of(target)} wants no robots there (robots.txt)"

    async def _verdict(self, feed: Feed, url: str) -> Verdict | None:
        """What the site's robots.txt says of a page; None where that cannot be known now."""
        origin = robots.origin_of(url)
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._rules(feed, origin))
        rules = await asyncio.shield(self._robots[origin])
        settled = robots.without_rules(rules.status)
        if settled is not None:
            return settled if settled.allowed else None
        try:
            return await self._workers.run(ROBOTS_SECONDS, robots.verdict, rules.body, url)
        except WorkerFailed:
            return None

    async def _rules(self, feed: Feed, origin: str) -> Robots:
        """A site's robots.txt: the stored one while it is fresh, else asked for anew, conditionally."""
        kept = await self._writer.do(lambda archive: archive.robots(origin))
        now = self._clock()
        if kept is not None and robots.is_fresh(kept, now):
            return kept
        url = f"{origin}/robots.txt"
        response = await self._retriever.get(
            url,
            etag=kept.etag if kept else None,
            last_modified=kept.last_modified if kept else None,
            accept="robots",
            proxy=feed.proxy,
            allow_private=self._private(feed, url),
            cap=robots.CAP,
        )
        if response.status == 304 and kept is not None:
            found = Robots(origin, now, kept.status, kept.body, kept.etag, kept.last_modified)
        else:
            unread = response.error and 200 <= response.status < 400
            own = response.final_url == url
            found = Robots(
                origin,
                now,
                0 if unread else response.status,
                response.body,
                response.headers.get("etag") if own else None,
                response.headers.get("last-modified") if own else None,
            )
        await self._writer.do(lambda archive: archive.save_robots(found))
        return found
