"""A clock that jumps: no storm of polls, and no feed that sleeps for longer than a week."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from feedtext import TALKS, Item, rss
from servers import Answer
from servers.behaviour import Lab

YEAR = 365 * 1440
"""Minutes."""
FEEDS = 3


@pytest.mark.parametrize("jump", [-YEAR, 10 * YEAR], ids=["a year back", "ten years ahead"])
def test_a_clock_that_jumps_and_comes_back(tmp_path: Path, jump: int) -> None:
    with ExitStack() as stack:
        lab = Lab(tmp_path / "home", stack)
        host = lab.host()
        for number in range(FEEDS):
            busy = Answer(status=503, headers=(("Retry-After", "7200"),))
            good = Answer(rss([Item("talks", "Talks", TALKS)]), etag=f'"{number}"')
            lab.feed(host, f"/{number}", *([good, busy, good] if number == 0 else [good]))
        asked = Counter[float]()
        for minutes in (0, 70, jump, jump + 1, jump + 2, jump + 180, 290, 291, 292):
            before = len(host.requests)
            run = lab.fetch(minutes)
            asked[minutes] = len(host.requests) - before
            for record in run.records.values():
                assert record["next_due"] is not None
        # Each feed is asked once when the clock has jumped, not again in the minutes after, and in its turn.
        assert asked[0] == asked[70] == asked[jump] == asked[290] == FEEDS
        assert asked[jump + 1] == asked[jump + 2] == asked[291] == asked[292] == 0
        assert asked[jump + 180] == FEEDS
        conditional = [request.header("If-None-Match") for request in host.requests[FEEDS:]]
        assert all(conditional)
