"""The search that follows a person who types: the newest query wins, and nothing waits for the others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.config import Config, Settings, load_desk
from newsdesk.errors import ArchiveError, QueryError
from newsdesk.livesearch import LiveSearch
from newsdesk.models import Feed
from newsdesk.paths import paths
from newsdesk.store.archive import open_archive
from store.build import fill


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    where = paths(tmp_path)
    archive = open_archive(where.archive)
    fill(archive, 400)
    archive.close()
    config = Config(queries={"two": "te lo"}, feeds=(Feed(url="https://wire0.example/feed"),))
    return Settings(config=config, desk=load_desk(where, config.desk), paths=where, exists=True)


@pytest.fixture
def live(settings: Settings) -> Iterator[LiveSearch]:
    found = LiveSearch(settings)
    yield found
    found.close()


async def test_it_finds(live: LiveSearch, settings: Settings) -> None:
    matches = await live.find("@two", 1_000)
    archive = open_archive(settings.paths.archive)
    assert matches is not None
    assert matches.keys
    assert matches.keys == archive.find("te lo", 1_000).keys
    archive.close()
    assert await live.values("topic", "dip", 5) == ("diplomacy",)


async def test_a_wrong_query_says_where_and_the_next_one_works(live: LiveSearch) -> None:
    with pytest.raises(QueryError) as caught:
        await live.find("te (lo", 10)
    assert caught.value.column == 7
    assert await live.find("te", 10)


async def test_only_the_newest_query_is_answered(live: LiveSearch) -> None:
    asked = [asyncio.create_task(live.find("source:nowhere or title:nowhere", 10)) for _ in range(50)]
    last = asyncio.create_task(live.find("te", 10))
    found = await asyncio.gather(*asked, last)
    assert found[-1]
    assert found.count(None) >= 40  # The first ones may be done before the others are asked for.


async def test_one_that_runs_is_given_up(live: LiveSearch) -> None:
    slow = " or ".join(f"source:nowhere{number}" for number in range(60))
    await live.find("te", 1)
    running = asyncio.create_task(live.find(slow, 10))
    while live.at_rest:
        await asyncio.sleep(0)
    assert await live.find("te", 10)
    assert await running is None


async def test_without_an_archive_it_says_so(tmp_path: Path) -> None:
    where = paths(tmp_path)
    live = LiveSearch(Settings(Config(), load_desk(where, "israel-hamas"), where, exists=True))
    with pytest.raises(ArchiveError):
        await live.find("te", 10)
    live.close()
