"""Indexing by whoever is there: after a fetch, before and between the steps of the deep pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedtext import TALKS, Item, rss
from newsdesk.config import load_desk
from newsdesk.models import DeepDone, Feed, FeedDone, FeedState, Limits, Progress
from newsdesk.paths import paths
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.incoming import Poll
from newsdesk.update import background
from newsdesk.update.background import Job
from servers import Answer, Server
from store.build import NOW, incoming, passage

DESK = load_desk(paths("nowhere"), "israel-hamas")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path / "archive.db")
    archive.set_desk(DESK.id, [topic.id for topic in DESK.topics], background.desk_digest(DESK))
    yield archive
    archive.close()


def job(archive: Archive, *urls: str) -> Job:
    feeds = tuple(Feed(url, allow_private=True) for url in urls)
    return Job("refresh", str(archive.path), DESK, feeds, Limits(spacing=0.0), model="none")


def store(archive: Archive, *guids: str) -> tuple[int, ...]:
    batch = [incoming(guid, guid, (passage(0, f"the harbour of {guid}"),)) for guid in guids]
    return archive.save_polls([Poll(FeedState(url="https://wire.example/feed"), batch, NOW)])[0].new_ids


async def test_a_refresh_is_over_before_its_articles_are_indexed(archive: Archive, server: Server) -> None:
    url = server.answer("/feed", Answer(rss([Item("talks", "Talks go on", TALKS)])))
    work = job(archive, url)
    events = [event async for event in background.refresh(work)]
    assert [event.new for event in events if isinstance(event, FeedDone)] == [1]
    assert (archive.counts().articles, archive.counts().unindexed) == (1, 1)
    assert list(background.index(work)) == [Progress("index", 1, 1)]
    assert archive.search("Talks") != ()
    assert list(background.index(work)) == []


def test_the_background_indexes_what_waits_before_it_reads_deeply(archive: Archive) -> None:
    store(archive, "a", "b")
    events = background.deepen(job(archive), [])
    told = []
    for event in events:
        told.append(event)
        if isinstance(event, DeepDone) and archive.counts().articles == 2:
            store(archive, "c")  # while the deep pass is at work
    steps = [event for event in told if isinstance(event, Progress | DeepDone)]
    assert [type(step) for step in steps] == [Progress, DeepDone, Progress, DeepDone]
    assert steps[0] == Progress("index", 2, 2)
    assert steps[2] == Progress("index", 1, 1)
    assert len(archive.search("harbour")) == 3


def test_what_is_shown_is_indexed_first(archive: Archive) -> None:
    older, *_ = store(archive, *(f"g{number}" for number in range(300)))
    first = next(background.index(job(archive), [older]))
    assert (first.done, first.total) == (250, 300)
    assert older in {hit.article for hit in archive.search("harbour", 1_000)}
