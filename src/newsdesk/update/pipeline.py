"""One refresh.

    plan -> retrieve | parse | pages | split and label | store -> events

Each feed runs through this by itself: what goes wrong with one is a state of that one. Articles,
passages, labels and validators of a feed are stored together, so that a validator never promises
more than the archive has.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import random
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from msgspec import Struct

from newsdesk import __version__
from newsdesk.analysis.pipeline import instant
from newsdesk.analysis.topics import Labeller
from newsdesk.errors import ArchiveError
from newsdesk.ingest import extract, feeds
from newsdesk.ingest.retrieve import Response, Retriever
from newsdesk.models import (
    ArticlesStored,
    Block,
    Entry,
    Event,
    Feed,
    FeedDone,
    FullText,
    IncomingArticle,
    Limits,
    Notice,
    ParsedFeed,
    Progress,
)
from newsdesk.store.archive import Archive
from newsdesk.update.decide import Answer, Plan, after_answer, outcome, plan
from newsdesk.update.workers import WorkerFailed, Workers

log = logging.getLogger(__name__)

USER_AGENT = f"newsdesk/{__version__} (+https://pypi.org/project/newsdesk/)"
PARSE_SECONDS = 20.0
"""A feed that takes longer to parse is an error on that feed."""
SHORT_TEXT = 500
"""Characters below which a feed's own text is taken for a summary, where `full_text` is "short"."""


class _Text(Struct, frozen=True):
    blocks: tuple[Block, ...]
    source: FullText
    original: bytes


class Refresh:
    """What one refresh works with; `events()` runs it."""

    def __init__(
        self,
        archive: Archive,
        subscriptions: Sequence[Feed],
        labeller: Labeller,
        limits: Limits,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._archive = archive
        self._feeds = subscriptions
        self._labeller = labeller
        self._limits = limits
        self._clock = clock
        self._workers = Workers()
        self._storing = asyncio.Lock()

    async def events(
        self, urls: Sequence[str] | None = None, *, force: bool = False
    ) -> AsyncGenerator[Event]:
        """Poll what is due (`urls`: only these; `force`: also what is not due) and tell what happened.

        Raises ArchiveError when the archive cannot be written; nothing that a feed does is raised.
        """
        chosen = [feed for feed in self._feeds if urls is None or feed.url in urls]
        due, rest = plan(chosen, self._archive.feed_states(), self._clock(), force=force)
        for one in rest:
            state = "gone" if one.state.gone else "not-due"
            yield FeedDone(url=one.feed.url, state=state, error=one.state.error, next_due=one.state.next_due)  # type: ignore[arg-type]
        with self._workers:
            async with Retriever(self._limits, USER_AGENT) as retriever:
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
            return [FeedDone(url=one.feed.url, state="failed", error=f"internal error: {fault!r}")]

    async def _poll(self, retriever: Retriever, one: Plan) -> list[Event]:
        response = await retriever.get(
            one.feed.url,
            etag=one.state.etag,
            last_modified=one.state.last_modified,
            accept="feed",
            allow_private=one.feed.allow_private,
            allow_file=one.feed.url.startswith("file:"),
            cap=self._limits.feed_bytes,
        )
        body_hash = hashlib.sha256(response.body).hexdigest() if response.body else None
        unchanged = body_hash is not None and body_hash == one.state.body_hash
        if response.error or response.status == 304 or unchanged:
            answer = Answer(response.status, response.headers, response.error, body_hash)
            return await self._store(one, answer, response, ())
        parsed, error = await self._parse(response)
        answer = Answer(
            response.status,
            response.headers,
            error,
            body_hash,
            parsed.ttl,
            parsed.title,
            parsed.site,
            cut=parsed.cut,
        )
        articles = () if error else await self._articles(retriever, one.feed, parsed)
        events = await self._store(one, answer, response, articles)
        if parsed.dropped and not error:
            events.append(Notice(f"{one.feed.url}: kept the newest {len(parsed.entries)} entries"))
        if parsed.notice and not error:
            events.append(Notice(f"{one.feed.url}: {parsed.notice}", "warning"))
        return events

    async def _parse(self, response: Response) -> tuple[ParsedFeed, str]:
        try:
            parsed = await self._workers.run(
                PARSE_SECONDS,
                feeds.parse,
                response.body,
                response.final_url,
                response.headers.get("content-type", ""),
                self._limits.entries,
            )
        except WorkerFailed as failed:
            return ParsedFeed(title="", site="", entries=()), failed.message
        return parsed, parsed.error

    async def _articles(
        self, retriever: Retriever, feed: Feed, parsed: ParsedFeed
    ) -> tuple[IncomingArticle, ...]:
        guids = [entry.guid for entry in parsed.entries]
        async with self._storing:
            known = await asyncio.to_thread(self._archive.known, feed.url, guids)
        wanting = [entry for entry in parsed.entries if entry.guid not in known and _wants_page(entry, feed)]
        pages = wanting[: self._limits.pages]
        fetched = await asyncio.gather(*(self._page(retriever, feed, entry) for entry in pages))
        texts = {entry.guid: text for entry, text in zip(pages, fetched, strict=True) if text}
        incoming = []
        for entry in parsed.entries:
            before = known.get(entry.guid)
            if before and before.full_text == "page" and entry.guid not in texts:
                continue  # its page was read once; the feed's summary must not replace it
            incoming.append(self._incoming(entry, texts.get(entry.guid) or _own_text(entry)))
        return tuple(incoming)

    async def _page(self, retriever: Retriever, feed: Feed, entry: Entry) -> _Text | None:
        """The article's page as blocks; None where the feed's own text is all there is."""
        # A feed's permission for private addresses is for its own host, not for whatever it links to.
        private = feed.allow_private and urlsplit(entry.url).hostname == urlsplit(feed.url).hostname
        page = await retriever.get(
            entry.url, accept="page", allow_private=private, cap=self._limits.page_bytes
        )
        if page.error or not page.body:
            return None
        try:
            blocks = await self._workers.run(
                self._limits.page_seconds, extract.page_blocks, page.body, page.final_url
            )
        except WorkerFailed:
            return None
        own = _own_text(entry)
        if _length(blocks) <= _length(own.blocks):
            return None
        return _Text(blocks, "page", page.body)

    def _incoming(self, entry: Entry, text: _Text) -> IncomingArticle:
        passages = instant(text.blocks, self._labeller)
        content = "\n".join([entry.title, *(passage.text for passage in passages)])
        return IncomingArticle(
            guid=entry.guid,
            url=entry.url,
            title=entry.title,
            author=entry.author,
            published=entry.published,
            passages=passages,
            full_text=text.source,
            content_hash=hashlib.sha256(content.encode("utf-8", "replace")).hexdigest(),
            original=text.original,
        )

    async def _store(
        self, one: Plan, answer: Answer, response: Response, articles: Sequence[IncomingArticle]
    ) -> list[Event]:
        now = self._clock()
        state = after_answer(one, answer, self._limits, now, random.random())
        async with self._storing:
            stored = await asyncio.to_thread(self._archive.save_poll, state, articles, now)
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


def _wants_page(entry: Entry, feed: Feed) -> bool:
    if not entry.url.startswith(("http://", "https://")) or feed.full_text == "never":
        return False
    return feed.full_text == "always" or _length(entry.content) < SHORT_TEXT


def _own_text(entry: Entry) -> _Text:
    """The feed's own text; a title alone is still an article with one passage."""
    if entry.content:
        return _Text(entry.content, "feed", entry.original)
    blocks = entry.summary or (Block("paragraph", entry.title),)
    return _Text(blocks, "summary", entry.original)


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)
