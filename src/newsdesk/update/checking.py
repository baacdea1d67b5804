"""Probing feeds: each is asked for once, with the validators that the archive has of it; nothing is stored.

What is found is said for a person: what is wrong, and what to do. `judged` is pure.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from newsdesk import USER_AGENT
from newsdesk.ingest.discover import FeedLink, feed_links, usual_places
from newsdesk.ingest.retrieve import Response, Retriever
from newsdesk.models import Feed, FeedCheck, FeedState, Limits
from newsdesk.update.access import Keys
from newsdesk.update.decide import host_of, is_ahead
from newsdesk.update.workers import WorkerFailed, Workers

PARSE_SECONDS = 20.0
OLD = timedelta(days=365)
"""A feed without an entry in this time is worth a look."""
TRIED = 4
"""Addresses that discovery asks beside the page itself."""


class Seen(Struct, frozen=True):
    """What a body is."""

    error: str = ""
    title: str = ""
    entries: int = 0
    newest: datetime | None = None
    links: tuple[FeedLink, ...] = ()
    """The feeds that a web page names."""
    page: bool = False


class Discovery(Struct, frozen=True):
    """What was found at an address: the feed to take and the others that are there."""

    feed: str = ""
    """Empty where there is none; `error` says why then."""
    others: tuple[str, ...] = ()
    error: str = ""


def look(body: bytes, url: str, content_type: str, keep: int) -> Seen:
    """A body as a feed or a page; runs in a worker process."""
    from newsdesk.ingest import feeds
    from newsdesk.ingest.sniff import is_html

    if is_html(body):
        return Seen(error="this is a web page, not a feed", links=feed_links(body, url), page=True)
    parsed = feeds.parse(body, url, content_type, keep)
    dates = [entry.published for entry in parsed.entries if entry.published]
    return Seen(parsed.error, parsed.title, len(parsed.entries), max(dates, default=None))


async def check(
    feeds: Sequence[Feed], limits: Limits, now: datetime, states: Mapping[str, FeedState]
) -> AsyncGenerator[FeedCheck]:
    """Probe every feed, each as it is done. By its state in the archive a feed whose server asked for silence
    is left alone, and one that was read is asked for what is new only.
    """
    private = {host_of(feed.url) for feed in feeds if feed.allow_private}
    with Workers() as workers:
        async with Retriever(limits, USER_AGENT, private) as retriever:
            probe = _Probe(retriever, workers, limits, now)
            known = [(feed, states.get(feed.url, FeedState(url=feed.url))) for feed in feeds]
            tasks = [asyncio.create_task(probe.one(feed, state)) for feed, state in known]
            try:
                for task in asyncio.as_completed(tasks):
                    yield await task
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)


async def discover(url: str, limits: Limits, *, allow_private: bool = False) -> Discovery:
    """The feed at an address: itself, the first that its page names, or one in a usual place."""
    with Workers() as workers:
        async with Retriever(limits, USER_AGENT) as retriever:
            probe = _Probe(retriever, workers, limits, datetime.now(UTC))
            response = await probe.get(Feed(url=url, allow_private=allow_private))
            if response.error:
                return Discovery(error=response.error)
            seen = await probe.look(response)
            if not seen.page:
                return Discovery(error=seen.error) if seen.error else Discovery(url)
            named = [link.url for link in seen.links]
            host = host_of(response.final_url)
            for place in (named or usual_places(response.final_url))[:TRIED]:
                leave = allow_private and host_of(place) == host
                if await probe.is_feed(Feed(url=place, allow_private=leave)):
                    return Discovery(place, tuple(one for one in named if one != place))
    if named:
        return Discovery(
            error=f"none of the feeds that the page names can be read ({', '.join(named[:TRIED])})"
        )
    return Discovery(error="the page names no feed, and there is none in the usual places")


class _Probe:
    def __init__(self, retriever: Retriever, workers: Workers, limits: Limits, now: datetime) -> None:
        self._retriever = retriever
        self._workers = workers
        self._limits = limits
        self._now = now
        self._keys = Keys()

    async def one(self, feed: Feed, state: FeedState) -> FeedCheck:
        until = state.manners.paused_until
        if until is not None and is_ahead(until, self._now):
            return FeedCheck(
                feed.url,
                "failed",
                "busy",
                f"its server asked to be left alone until {until:%Y-%m-%d %H:%M} UTC",
                "it is not asked before",
            )
        response = await self.get(feed, state if state.body_hash else None)
        if response.status == 304 and not response.error:
            return _unchanged(feed, state, response)
        seen = Seen() if response.error else await self.look(response)
        return judged(feed, response, seen, self._now)

    async def get(self, feed: Feed, state: FeedState | None = None) -> Response:
        access = await self._keys.access(feed, feed.url)
        if access.error:
            return Response(url=feed.url, final_url=feed.url, error=access.error)
        return await self._retriever.get(
            feed.url,
            headers=access.headers,
            proxy=access.proxy,
            etag=state.etag if state else None,
            last_modified=state.last_modified if state else None,
            validated=(state.manners.validated if state else "") or feed.url,
            accept="feed",
            allow_private=feed.allow_private,
            allow_file=feed.url.startswith("file:"),
            cap=self._limits.feed_bytes,
        )

    async def look(self, response: Response) -> Seen:
        kind = response.headers.get("content-type", "")
        try:
            return await self._workers.run(
                PARSE_SECONDS, look, response.body, response.final_url, kind, self._limits.entries
            )
        except WorkerFailed as failed:
            return Seen(error=failed.message)

    async def is_feed(self, feed: Feed) -> bool:
        response = await self.get(feed)
        return not response.error and not (await self.look(response)).error


def _unchanged(feed: Feed, state: FeedState, response: Response) -> FeedCheck:
    """A feed that is as it was when it was read last: well, if it was then."""
    read = f" since it was read on {state.last_success:%Y-%m-%d}" if state.last_success else ""
    return FeedCheck(
        url=feed.url,
        state="ok",
        says=f"nothing new{read}",
        title=state.title,
        moved_to=response.moved_to,
        status=response.status,
        bytes=response.bytes,
        ms=response.ms,
    )


def judged(feed: Feed, response: Response, seen: Seen, now: datetime) -> FeedCheck:
    """What an answer says of a feed, in words for a person."""
    state: Literal["ok", "note", "failed"] = "failed"
    problem, says, remedy = "", "", ""
    if response.error:
        problem, says, remedy = _unanswered(feed, response)
    elif seen.error:
        problem, says, remedy = _unread(feed, seen)
    elif response.moved_to:
        state, problem, says = "note", "moved", f"moved for good to {response.moved_to}"
        remedy = f"subscribe there: `newsdesk feeds add {response.moved_to}`, and remove this address"
    elif not seen.entries:
        state, problem, says = "note", "empty", "a feed without entries"
        remedy = "if that stays so, look on its site for another feed"
    elif seen.newest is not None and now - seen.newest > OLD:
        state, problem, says = "note", "old", f"nothing new since {seen.newest:%Y-%m-%d}"
        remedy = "it seems to be given up; look on its site for another feed"
    else:
        state = "ok"
    return FeedCheck(
        url=feed.url,
        state=state,
        problem=problem,
        says=says,
        remedy=remedy,
        title=seen.title,
        entries=seen.entries,
        newest=seen.newest,
        moved_to=response.moved_to,
        feeds=tuple(link.url for link in seen.links),
        status=response.status,
        bytes=response.bytes,
        ms=response.ms,
    )


def _unread(feed: Feed, seen: Seen) -> tuple[str, str, str]:
    """(problem, what is wrong, what to do) for a body that is no feed."""
    if not seen.page:
        what, _, remedy = seen.error.rpartition("; ")
        return "format", what or seen.error, remedy if what else "check the feed's address"
    if not seen.links:
        return "page", seen.error, f"`newsdesk feeds add --discover {feed.url}` looks in the usual places"
    first, *others = (link.url for link in seen.links)
    also = f" (also there: {', '.join(others[:3])})" if others else ""
    return "page", f"{seen.error}; its feed is {first}", f"`newsdesk feeds add {first}`{also}"


_STATUS = {
    401: ("password", "give it `auth` in its [[feeds]] table (docs/config.md)"),
    403: ("refused", "open it in a browser; if it is there, the site turns programs away: ask its publisher"),
    407: ("password", "the proxy wants a password"),
    408: ("timeout", "try again later"),
    429: ("busy", "wait, and give the feed a longer `interval`"),
    451: ("refused", "it is withheld for legal reasons where you are"),
}
_FAULT = {
    "private": ("private", "if you trust that, put allow_private = true into its [[feeds]] table"),
    "dns": ("dns", "check the spelling of the address, and whether this machine is online"),
    "tls": ("tls", "check this machine's clock; if it is right, the site has to mend its certificate"),
    "timeout": ("timeout", "try again later; `fetch.total_timeout` in the config gives it longer"),
    "unreachable": ("unreachable", "check whether this machine is online; else try again later"),
}


def _unanswered(feed: Feed, response: Response) -> tuple[str, str, str]:
    """(problem, what is wrong, what to do) where there is no body."""
    status, error = response.status, response.error
    if response.fault:
        problem, remedy = _FAULT[response.fault]
        return problem, error.partition("; ")[0], remedy
    if status in (404, 410):
        parts = urlsplit(feed.url)
        site = f"`newsdesk feeds add --discover {parts.scheme}://{parts.netloc}/` looks for another"
        if status == 410:
            return "gone", "HTTP 410: its publisher took it down for good", f"remove it; {site}"
        return "missing", error, f"it moved or went away; {site}"
    if status in _STATUS:
        problem, remedy = _STATUS[status]
        wait = response.headers.get("retry-after", "").strip()[:40]
        return problem, f"{error} (Retry-After: {wait})" if wait else error, remedy
    if status >= 500:
        return "server", error, "its server is in trouble; try again later"
    if status == 200:
        return "size", error, "`fetch.feed_bytes` in the config is the most that is taken"
    if error.startswith("auth: "):
        return "password", error, "mend `auth` in its [[feeds]] table (docs/config.md)"
    return "other", error, "check the feed's address"
