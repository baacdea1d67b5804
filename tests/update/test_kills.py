"""The program killed in the middle of refreshes: nothing lost, nothing twice, no feed asked unconditionally
for what is stored."""

from __future__ import annotations

import contextlib
import os
import random
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from feedtext import TALKS, Item, rss
from newsdesk.models import View
from newsdesk.store.archive import Archive, open_archive
from servers import Answer, Server
from servers.behaviour import Lab

FEEDS = 50
KILLS = 60 if "NEWSDESK_SOAK" in os.environ else 6


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has every 127.x.y.z as a host of its own")
def test_a_refresh_that_is_killed(tmp_path: Path) -> None:
    chance = random.Random()
    with ExitStack() as stack:
        server = stack.enter_context(Server("0.0.0.0"))
        lab = Lab(tmp_path / "home", stack)
        for number in range(FEEDS):
            body = rss([Item(f"{number}-{item}", f"Title {number}-{item}", TALKS) for item in range(3)])
            server.answer(f"/{number}", Answer(body, etag=f'"{number}"', delay=0.01))
            lab.subscribe(server.url(f"/{number}", f"127.0.3.{number + 1}"))
        stored: set[str] = set()
        for kill in range(KILLS):
            seen = len(server.requests)
            wanted = seen + chance.randint(1, FEEDS - 5)
            lab.killed(kill * 100, (), lambda wanted=wanted: server.wait_for_requests(wanted))  # type: ignore[misc]
            asked_again = [one for one in server.requests[seen:] if one.path in stored]
            assert all(one.header("If-None-Match") for one in asked_again)
            with contextlib.closing(open_archive(tmp_path / "home" / "archive.db")) as archive:
                assert archive.quick_check() == ""
                assert len(titles(archive)) == len(set(titles(archive)))
                stored |= {
                    f"/{state.url.rpartition('/')[2]}" for state in archive.feed_states() if state.etag
                }
        seen = len(server.requests)
        records = lab.fetch(KILLS * 100).records
        assert {record["state"] for record in records.values()} <= {"new", "unchanged"}
        again = server.requests[seen:]
        assert {one.path for one in again if not one.header("If-None-Match")}.isdisjoint(stored)
        with contextlib.closing(open_archive(tmp_path / "home" / "archive.db")) as archive:
            assert sorted(titles(archive)) == sorted(
                f"Title {number}-{item}" for number in range(FEEDS) for item in range(3)
            )


def titles(archive: Archive) -> list[str]:
    return [row.title for row in archive.headlines(View(), 0, 1_000)]
