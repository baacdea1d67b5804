"""One refresh.

    plan -> retrieve | parse, split, label | store -> pages -> events

Each feed runs through this by itself: what goes wrong with one is a state of that one. Articles,
passages, labels and validators of a feed are stored together, so that a validator never promises
more than the archive has. Article pages come last; those that are still to be read are remembered.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import random
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime

from msgspec import structs

from newsdesk import USER_AGENT
from newsdesk.errors import ArchiveError
from newsdesk.ingest.retrieve import Response, Retriever
from newsdesk.models import (
    ArticlesStored,
    Desk,
    Event,
    Feed,
    FeedDone,
    FeedState,
    HostState,
    Limits,
    Notice,
    ParsedFeed,
    Progress,
)
from newsdesk.store.archive import Archive
from newsdesk.store.incoming import Poll
from newsdesk.store.packing import PackedArticle
from newsdesk.update.access import Keys
from newsdesk.update.decide import Answer, Plan, after_answer, host_of, host_pause, is_ahead, outcome, plan
from newsdesk.update.pages import Pages
from newsdesk.update.workers import WorkerFailed, Workers
from newsdesk.update.writing import Writer

log = logging.getLogger(__name__)

PARSE_SECONDS = 20.0
"""A feed that takes longer to parse is an error on that feed."""
RUN_SECONDS = 900.0
"""A refresh starts no request after this; what is left is the next one's first."""
FEW = 3
"""Feeds that are named one by one when they ask to be left alone."""
NOT_ASKED_FOR = "the server says that nothing changed, but was not asked that"
_NOTHING = ParsedFeed(title="", site="", entries=())


class Refresh:
    """What one refresh works with; `events()` runs it."""

    def __init__(
        self,
        archive: Archive,
        subscriptions: Sequence[Feed],
        desk: Desk,
        limits: Limits,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._archive = archive
        self._feeds = subscriptions
        self._limits = limits
        self._clock = clock
        self._writer = Writer(archive)
        self._desk = desk
        self._workers = Workers(setup=self._prepared, modules=["newsdesk.update.reading"])
        self._states: dict[str, FeedState] = {}
        self._hosts: dict[str, HostState] = {}
        self._latest = 0.0
        self._keys = Keys()

    async def events(
        self, urls: Sequence[str] | None = None, *, force: bool = False, gently: bool = False
    ) -> AsyncGenerator[Event]:
        """Poll what is due (`urls`: only these) and tell what happened. `force`: also what is not due;
        `gently`: but nothing whose publisher asked to wait.

        Raises ArchiveError when the archive cannot be written; nothing that a feed does is raised.
        """
        chosen = [feed for feed in self._feeds if urls is None or feed.url in urls]
        self._states = {state.url: state for state in self._archive.feed_states()}
        self._hosts = {host.host: host for host in self._archive.hosts()}
        self._latest = time.monotonic() + RUN_SECONDS
        due, rest = plan(
            chosen,
            tuple(self._states.values()),
            self._clock(),
            force=force,
            gently=gently,
            hosts=self._hosts.values(),
        )
        await self._put_off(rest)
        for one in rest:
            yield _left(one)
        if force or urls is not None:
            for notice in _asking_to_wait([one for one in rest if one.asked or one.paused]):
                yield notice
        private = {host_of(feed.url) for feed in self._feeds if feed.allow_private}
        try:
            with self._workers:
                async with Retriever(self._limits, USER_AGENT, private, self._closed) as retriever:
                    async with aclosing(self._polls(retriever, due)) as polls:
                        async for event in polls:
                            yield event
                    pages = Pages(
                        retriever,
                        self._writer,
                        self._workers,
                        self._limits,
                        self._hosts,
                        self._clock,
                        self._keys,
                    )
                    answered = [one.feed for one in due if not self._states[one.feed.url].error]
                    async with aclosing(pages.events(answered)) as read:
                        async for event in read:
                            yield event
        finally:
            await self._writer.finish()

    async def _put_off(self, rest: Iterable[Plan]) -> None:
        """What is due but must wait is due later: else whoever looks at the due times starts a refresh in
        vain."""
        now = self._clock()
        later = [
            Poll(structs.replace(one.state, next_due=one.until), (), now)
            for one in rest
            if one.until and one.state.next_due and one.state.next_due < one.until
        ]
        if later:
            await self._writer.do(lambda archive: archive.save_polls(later))
            self._states |= {poll.state.url: poll.state for poll in later}

    async def _polls(self, retriever: Retriever, due: Iterable[Plan]) -> AsyncGenerator[Event]:
        tasks = [asyncio.create_task(self._guarded(retriever, one)) for one in due]
        try:
            for done, task in enumerate(asyncio.as_completed(tasks), start=1):
                for event in await task:
                    yield event
                yield Progress("refresh", done, len(tasks))
        finally:
            for pending in tasks:
                pending.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _guarded(self, retriever: Retriever, one: Plan) -> list[Event]:
        """A fault of ours on one feed is that feed's error too, never the end of the others."""
        try:
            return await self._poll(retriever, one)
        except ArchiveError:
            raise
        except Exception as fault:
            log.exception("polling %s", one.feed.url)
            self._states.setdefault(one.feed.url, FeedState(url=one.feed.url, error="internal error"))
            return [FeedDone(url=one.feed.url, state="failed", error=f"internal error: {fault!r}")]

    async def _asked(self, retriever: Retriever, one: Plan) -> Response:
        access = await self._keys.access(one.feed, one.address)
        if access.error:
            return Response(url=one.address, final_url=one.address, error=access.error)
        return await retriever.get(
            one.address,
            headers=access.headers,
            proxy=access.proxy,
            etag=one.state.etag,
            last_modified=one.state.last_modified,
            validated=one.state.manners.validated or one.feed.url,
            accept="feed",
            allow_private=one.feed.allow_private,
            allow_file=one.feed.url.startswith("file:"),
            cap=self._limits.feed_bytes,
        )

    async def _poll(self, retriever: Retriever, one: Plan) -> list[Event]:
        response = await self._asked(retriever, one)
        if response.held:
            self._states.setdefault(one.feed.url, one.state)
            known = self._hosts.get(host_of(one.address))
            return [_left(structs.replace(one, until=known.paused_until if known else None))]
        answer = _answer(one.state, response)
        same = answer.body_hash is not None and answer.body_hash == one.state.body_hash
        if answer.error or response.status == 304 or same:
            return await self._store(one, answer, response, ())
        with retriever.turns.keeping(len(response.body)):
            feed, articles, error = await self._read(one.feed, response)
        events = await self._store(one, _read_answer(answer, feed, error), response, articles)
        if feed.dropped and not error:
            events.append(Notice(f"{one.feed.url}: kept the newest {len(articles)} entries"))
        if feed.notice and not error:
            events.append(Notice(f"{one.feed.url}: {feed.notice}", "warning"))
        return events

    async def _read(
        self, feed: Feed, response: Response
    ) -> tuple[ParsedFeed, tuple[PackedArticle, ...], str]:
        """A body as the feed and its articles; or why there are none."""
        # Imported here: parser and lexicons are no burden on a refresh that finds nothing new.
        from newsdesk.update.reading import read_packed

        try:
            read = await self._workers.run(
                PARSE_SECONDS,
                read_packed,
                response.body,
                response.final_url,
                response.headers.get("content-type", ""),
                self._limits.entries,
                feed.full_text,
            )
        except WorkerFailed as failed:
            return _NOTHING, (), failed.message
        return read.feed, () if read.feed.error else read.articles, read.feed.error

    def _prepared(self) -> tuple[Callable[[Desk], None], tuple[Desk]]:
        from newsdesk.update.reading import prepare

        return prepare, (self._desk,)

    async def _store(
        self, one: Plan, answer: Answer, response: Response, articles: Sequence[PackedArticle]
    ) -> list[Event]:
        now = self._clock()
        state = after_answer(one, answer, self._limits, now, random.random())
        stored = await self._writer.save(Poll(state, articles, now))
        self._states[one.feed.url] = state
        await self._pause_host(state, now)
        changed = bool(stored.new_ids or stored.changed_ids)
        done = FeedDone(
            url=one.feed.url,
            state=outcome(answer, changed),
            new=len(stored.new_ids),
            changed=len(stored.changed_ids),
            error=state.error,
            next_due=state.next_due,
            bytes=response.bytes,
            ms=response.ms,
        )
        ids = (*stored.new_ids, *stored.changed_ids)
        return [done, ArticlesStored(ids)] if ids else [done]

    # ------------------------------------------------------------------ pauses

    async def _pause_host(self, state: FeedState, now: datetime) -> None:
        """Leave all of a host alone once it told several of its feeds to come back later."""
        host = host_of(state.manners.address or state.url)
        until = host_pause(host, self._states.values(), now)
        if until is None or not state.failures:
            return
        before = self._hosts.get(host) or HostState(host)
        self._hosts[host] = paused = HostState(host, until, before.pages_until)
        await self._writer.do(lambda archive: archive.save_host(paused))

    def _closed(self, host: str) -> str:
        """Why no request may go to a host now, or empty."""
        known = self._hosts.get(host)
        if known is not None and known.paused_until and is_ahead(known.paused_until, self._clock()):
            return f"{host} asked for a pause"
        if time.monotonic() > self._latest:
            return "this refresh took long enough; the next one goes on"
        return ""


def _answer(state: FeedState, response: Response) -> Answer:
    error = response.error
    if response.status == 304 and state.body_hash is None:
        error = NOT_ASKED_FOR
    return Answer(
        status=response.status,
        headers=response.headers,
        error=error,
        body_hash=hashlib.sha256(response.body).hexdigest() if response.body else None,
        url=response.final_url,
        moved_to=response.moved_to,
    )


def _read_answer(answer: Answer, feed: ParsedFeed, error: str) -> Answer:
    """The answer with what its body says."""
    return structs.replace(
        answer,
        error=error,
        ttl=feed.ttl,
        title=feed.title,
        site=feed.site,
        cut=feed.cut,
        read=True,
        skip_hours=feed.skip_hours,
        skip_days=feed.skip_days,
        language=feed.language,
        broken=bool(feed.notice),
    )


def _left(one: Plan) -> FeedDone:
    """A feed that is not asked now."""
    return FeedDone(
        url=one.feed.url,
        state="gone" if one.state.gone else "not-due",
        error=one.state.error,
        next_due=one.until or one.state.next_due,
    )


def _asking_to_wait(left: Sequence[Plan]) -> Iterator[Notice]:
    """Tell who asked for a refresh that publishers ask for another time, and how to insist."""
    insist = "`fetch --force`, or the key once more, asks all the same"
    if len(left) > FEW:
        yield Notice(f"{len(left)} feeds ask to be left alone for now; {insist}, but for those that are busy")
        return
    for one in left:
        until = f"until {one.until:%Y-%m-%d %H:%M} UTC" if one.until else "for now"
        if one.paused:
            yield Notice(f"{one.feed.url}: its server asked to be left alone {until}; it is not asked before")
        else:
            yield Notice(f"{one.feed.url}: its publisher asks to wait {until}; {insist}")
