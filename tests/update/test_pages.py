"""Article pages: once an article, after the feeds, by robots.txt, and what waits is remembered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from feedtext import HARBOUR, TALKS, Item, paragraphs, rss
from newsdesk.ingest.robots import Verdict, origin_of, verdict, without_rules
from newsdesk.models import ArticlesStored, StoredArticle, View
from newsdesk.store.archive import Archive
from servers import Answer, Server
from update.test_refresh import LIMITS, Clock, archive, done, private, refreshed

__all__ = ["archive"]

LONG = HARBOUR + "\n" + TALKS


def page(text: str = LONG, **more: str) -> Answer:
    return Answer(
        f"<html><head><title>Fog</title></head><body><article><h1>Fog</h1>{paragraphs(text)}</article></body></html>",
        content_type="text/html",
    )


def summaries(server: Server, count: int, more: str = "") -> bytes:
    """A feed of `count` articles with a summary and a page each, the newest first."""
    return rss(
        [
            Item(f"{n}", f"Fog {n}", HARBOUR, server.url(f"/{n}.html"), hours=count - n, full=False)
            for n in range(count)
        ],
        more=more,
    )


def stored(archive: Archive) -> dict[str, StoredArticle]:
    found = (archive.article(row.id) for row in archive.headlines(View(), 0, 100))
    return {article.title: article for article in found if article}


async def test_the_page_takes_the_summarys_place_and_is_no_change(archive: Archive, server: Server) -> None:
    server.answer("/0.html", page())
    url = server.answer("/feed", Answer(summaries(server, 1), etag='"1"'))
    events = await refreshed(archive, private(url))
    assert (done(events)[url].new, done(events)[url].changed) == (1, 0)
    assert len([event for event in events if isinstance(event, ArticlesStored)]) == 2, (
        "shown twice: at once, whole"
    )
    (article,) = stored(archive).values()
    assert (article.full_text, article.revision) == ("page", 1)
    assert [revision.number for revision in archive.revisions(article.id)] == [1]
    edited = summaries(server, 1).replace(b"cancelled", b"delayed")
    server.answer("/feed", Answer(edited, etag='"2"'))
    assert done(await refreshed(archive, private(url)))[url].changed == 0, "the summary is less than the page"
    assert len(server.requests_for("/0.html")) == 1


async def test_an_edited_summary_is_a_change_where_there_is_no_page(archive: Archive, server: Server) -> None:
    url = server.answer("/feed", Answer(summaries(server, 1)))
    await refreshed(archive, private(url))
    server.answer("/feed", Answer(summaries(server, 1).replace(b"cancelled", b"delayed")))
    assert done(await refreshed(archive, private(url)))[url].changed == 1
    (article,) = stored(archive).values()
    assert (article.full_text, article.revision) == ("summary", 2)


async def test_what_is_too_much_for_one_poll_comes_with_the_next(archive: Archive, server: Server) -> None:
    for n in range(5):
        server.answer(f"/{n}.html", page())
    url = server.answer("/feed", Answer(summaries(server, 5), etag='"1"'))
    limits = replace(LIMITS, pages=2)
    read: list[set[str]] = []
    for _ in range(4):
        await refreshed(archive, private(url), limits=limits)
        read.append({title for title, one in stored(archive).items() if one.full_text == "page"})
    assert read[0] == {"Fog 0", "Fog 1"}, "the newest first"
    assert [len(titles) for titles in read] == [2, 4, 5, 5]
    for n in range(5):
        assert len(server.requests_for(f"/{n}.html")) == 1


async def test_robots_are_heard_once_a_day_and_conditionally(archive: Archive, server: Server) -> None:
    rules = "User-agent: *\nDisallow: /*.html$\n\nUser-agent: newsdesk\nDisallow: /1.html\nCrawl-delay: 0.2\n"
    server.answer("/robots.txt", Answer(rules, content_type="text/plain", etag='"r"'))
    for n in range(3):
        server.answer(f"/{n}.html", page())
    url = server.answer("/feed", Answer(summaries(server, 3), etag='"1"'))
    clock = Clock()
    await refreshed(archive, private(url), clock=clock)
    assert [len(server.requests_for(f"/{n}.html")) for n in range(3)] == [1, 0, 1]
    for days, item in ((0.5, "a"), (1.2, "b")):
        clock.now += timedelta(days=days)
        server.answer(f"/{item}.html", page())
        server.answer(
            "/feed", Answer(rss([Item(item, "Fog", HARBOUR, server.url(f"/{item}.html"), full=False)]))
        )
        await refreshed(archive, private(url), clock=clock)
        assert len(server.requests_for(f"/{item}.html")) == 1
    asked = server.requests_for("/robots.txt")
    assert [request.header("If-None-Match") for request in asked] == [None, '"r"']


@pytest.mark.parametrize(("status", "times"), [(500, 0), (429, 0), (404, 1), (403, 1)])
async def test_robots_that_cannot_be_had(archive: Archive, server: Server, status: int, times: int) -> None:
    """RFC 9309: without a file all is allowed; where it cannot be had, nothing is, until it can."""
    server.answer("/robots.txt", Answer("no", status), Answer("User-agent: *\nAllow: /\n"))
    server.answer("/0.html", page())
    url = server.answer("/feed", Answer(summaries(server, 1), etag='"1"'))
    clock = Clock()
    await refreshed(archive, private(url), clock=clock)
    assert len(server.requests_for("/0.html")) == times
    clock.now += timedelta(days=2)
    await refreshed(archive, private(url), clock=clock)
    assert len(server.requests_for("/0.html")) == 1


async def test_refusals_end_the_hosts_pages_for_now(archive: Archive, server: Server) -> None:
    for n in range(4):
        server.answer(f"/{n}.html", Answer("busy", 429, headers=(("Retry-After", "7200"),)), page())
    url = server.answer("/feed", Answer(summaries(server, 4), etag='"1"'))
    limits, clock = replace(LIMITS, per_host=1), Clock()
    await refreshed(archive, private(url), clock=clock, limits=limits)
    assert len([one for one in server.requests if one.path.endswith(".html")]) == 1
    clock.now += timedelta(hours=1)
    await refreshed(archive, private(url), clock=clock, limits=limits)
    assert len([one for one in server.requests if one.path.endswith(".html")]) == 1
    clock.now += timedelta(hours=1.5)
    await refreshed(archive, private(url), clock=clock, limits=limits)
    assert len([one for one in server.requests if one.path.endswith(".html")]) > 1


async def test_a_page_that_nobody_answers_for_is_tried_three_times(archive: Archive, server: Server) -> None:
    server.answer("/0.html", Answer("", hang=True))
    url = server.answer("/feed", Answer(summaries(server, 1), etag='"1"'))
    limits = replace(LIMITS, read_timeout=0.2)
    for _ in range(4):
        await refreshed(archive, private(url), limits=limits)
    assert len(server.requests_for("/0.html")) == 3


@pytest.mark.parametrize(
    "answer", [Answer("no", 404), Answer("x", 500), Answer("x", content_type="video/mp4")]
)
async def test_any_answer_is_the_last_word(archive: Archive, server: Server, answer: Answer) -> None:
    server.answer("/0.html", answer)
    url = server.answer("/feed", Answer(summaries(server, 1), etag='"1"'))
    for _ in range(3):
        await refreshed(archive, private(url))
    assert len(server.requests_for("/0.html")) == 1
    assert stored(archive)["Fog 0"].full_text == "summary"


def test_the_rules_of_a_site() -> None:
    rules = b"User-agent: *\nDisallow: /a\n\nUser-agent: NewsDesk\nDisallow: /c*d$\n"
    assert verdict(rules, "https://x.example/a/z") == Verdict(True)
    assert not verdict(rules, "https://x.example/c/1/d").allowed
    assert verdict(rules, "https://x.example/c/1/d?x").allowed
    other = b"User-agent: *\nDisallow: /a\nCrawl-delay: 9999\n"
    assert verdict(other, "https://x.example/a/z") == Verdict(False, 30)
    endless = b"User-agent: *\nDisallow: /" + b"*a" * 40 + b"b$\n"
    assert verdict(endless, "https://x.example/" + "a" * 300).allowed, "it would take for ever"
    assert verdict(b"\xff\x00<html>", "https://x.example/").allowed
    assert [without_rules(status) for status in (200, 404, 429, 503, 0)] == [
        None,
        Verdict(True),
        Verdict(False),
        Verdict(False),
        Verdict(False),
    ]
    assert origin_of("https://me:word@X.example:81/a?b") == "https://x.example:81"
    assert origin_of("http://[bad/") == ""
