"""Who is asked in a refresh, who is left alone, and what the user is told; writing behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from msgspec.structs import replace

from feedtext import TALKS, Item, rss
from newsdesk.models import Event, Feed, FeedDone, FeedState, Notice, View
from newsdesk.store.archive import Archive
from newsdesk.store.incoming import Poll
from newsdesk.update import pipeline
from newsdesk.update.pipeline import Refresh
from newsdesk.update.writing import Writer
from servers import Answer, Server
from store.build import NOW, incoming, passage
from update.test_refresh import DESK, LIMITS, Clock, archive, done, private, refreshed

__all__ = ["archive"]

BODY = rss([Item("talks", "Talks go on", TALKS)])
CACHED = Answer(BODY, etag='"1"', headers=(("Cache-Control", "max-age=43200"),))


async def asked(
    archive: Archive, feeds: Sequence[Feed], clock: Clock, *, urls: Sequence[str] | None, gently: bool
) -> tuple[dict[str, FeedDone], list[str]]:
    work = Refresh(archive, feeds, DESK, LIMITS, clock=clock)
    events: list[Event] = [event async for event in work.events(urls, force=True, gently=gently)]
    return done(events), [event.text for event in events if isinstance(event, Notice)]


async def test_a_key_asks_gently_once_and_insists_twice(archive: Archive, server: Server) -> None:
    cached, plain = server.answer("/cached", CACHED), server.answer("/plain", Answer(BODY, etag='"1"'))
    feeds, clock = private(cached, plain), Clock()
    await refreshed(archive, feeds, clock=clock)
    clock.now += timedelta(minutes=20)
    first, told = await asked(archive, feeds, clock, urls=None, gently=True)
    assert (first[cached].state, first[plain].state) == ("not-due", "unchanged")
    (line,) = told
    assert line.startswith(f"{cached}: its publisher asks to wait until 2024-03-28 00:")
    assert "the key once more" in line
    again, told = await asked(archive, feeds, clock, urls=[cached], gently=False)
    assert (again[cached].state, told) == ("unchanged", [])


async def test_many_that_wait_are_told_of_together(archive: Archive, server: Server) -> None:
    feeds, clock = private(*(server.answer(f"/{n}", CACHED) for n in range(5))), Clock()
    await refreshed(archive, feeds, clock=clock)
    _, told = await asked(archive, feeds, clock, urls=None, gently=True)
    assert len(told) == 1
    assert told[0].startswith("5 feeds ask to be left alone for now")


async def test_two_refusals_spare_the_rest_of_the_host_in_the_same_refresh(
    archive: Archive, server: Server
) -> None:
    busy = Answer(status=429, headers=(("Retry-After", "7200"),))
    urls = [server.answer(f"/{n}", busy) for n in range(6)]
    limits, clock = replace(LIMITS, per_host=1), Clock()
    events = done(await refreshed(archive, private(*urls), clock=clock, limits=limits))
    assert 2 <= len(server.requests) < 6
    states = [events[url].state for url in urls]
    assert states.count("failed") == len(server.requests)
    assert states.count("not-due") == 6 - len(server.requests)
    clock.now += timedelta(hours=1)
    again = done(await refreshed(archive, private(*urls), clock=clock, limits=limits))
    assert {event.state for event in again.values()} == {"not-due"}
    assert all(event.next_due and event.next_due > clock.now for event in again.values())
    assert all(
        state.next_due and state.next_due > clock.now for state in archive.feed_states() if state.failures
    )


async def test_what_is_due_but_must_wait_is_due_later(archive: Archive, server: Server) -> None:
    """Else the interface, which looks at the due times, would start a refresh in vain every minute."""
    skip = rss([Item("talks", "Talks go on", TALKS)], more="<skipHours><hour>14</hour></skipHours>")
    url = server.answer("/feed", Answer(skip, etag='"1"'))
    clock = Clock()
    await refreshed(archive, private(url), clock=clock)
    clock.now += timedelta(hours=2.5)
    events = done(await refreshed(archive, private(url), clock=clock, force=False))
    assert events[url].state == "not-due"
    (state,) = archive.feed_states()
    assert state.next_due == clock.now + timedelta(hours=1)
    assert archive.counts().next_due == state.next_due


async def test_a_refresh_that_takes_too_long_leaves_the_rest_for_the_next(
    archive: Archive, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "RUN_SECONDS", -1.0)
    url = server.answer("/feed", CACHED)
    assert done(await refreshed(archive, private(url)))[url].state == "not-due"
    assert server.requests == ()
    monkeypatch.undo()
    assert done(await refreshed(archive, private(url), force=False))[url].state == "new"


async def test_a_304_to_a_plain_question_is_an_error(archive: Archive, server: Server) -> None:
    url = server.answer("/feed", Answer(status=304), Answer(BODY, etag='"1"'))
    assert "was not asked that" in done(await refreshed(archive, private(url)))[url].error
    assert done(await refreshed(archive, private(url)))[url].new == 1


async def test_one_polls_fault_is_not_the_others(archive: Archive) -> None:
    """Polls that wait together are stored together; one that cannot be stored is told so alone."""
    writer = Writer(archive)
    good = [
        Poll(FeedState(f"https://{n}.example/"), [incoming(str(n), str(n), (passage(0, "w", ()),))], NOW)
        for n in range(5)
    ]
    bad = Poll(FeedState("https://bad.example/", title="\ud800"), [], NOW)
    results = await asyncio.gather(
        *(writer.save(poll) for poll in (*good[:2], bad, *good[2:])), return_exceptions=True
    )
    await writer.finish()
    assert [isinstance(result, Exception) for result in results] == [False, False, True, False, False, False]
    assert archive.headline_count(View()) == 5
