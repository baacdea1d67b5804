"""Key to paint in the interface, every cell rendered, at 120x40, without a terminal's own time.

    python -m bench.ui [ARTICLES ...]

The real application on archives of ARTICLES (default: 10,000 and 100,000) with a driver that takes what is
painted and throws it away. A key is timed to the first paint behind it and to the last one before the
application rests; p50 and p95 in milliseconds; beside it the processor's time until then, which other
work on the machine does not stretch. Goals: moving 16 ms to the first paint; a topic's digit and
another article 50 ms to the last; the 1,000 passages of one article 100 ms to the first.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, NamedTuple

os.environ.setdefault("COLORTERM", "truecolor")
os.environ.setdefault("TERM", "xterm-256color")

from bench.home import build, long_article
from bench.screens import median, percentile
from textual import events
from textual.drivers.headless_driver import HeadlessDriver

from newsdesk.config import load
from newsdesk.desk import Newsdesk
from newsdesk.paths import paths
from newsdesk.tui.app import NewsdeskApp

SIZE = (120, 40)
REST = 0.06
"""Seconds without a paint after which the application rests."""
PATIENCE = 20.0
WARM_UP = 3


class NullDriver(HeadlessDriver):
    """Takes every byte that a terminal would get, and forgets it."""

    painted: ClassVar[list[float]] = []
    """perf_counter of the paints since the last key."""

    @property
    def is_headless(self) -> bool:
        return False  # Textual renders nothing for a headless driver.

    def write(self, data: str) -> None:
        self.painted.append(time.perf_counter())


class Key(NamedTuple):
    """Keys pressed one after the other, each timed; the goal is for `first` or `last` paint."""

    name: str
    keys: tuple[str, ...]
    rounds: int
    goal: float = 0.0
    first: bool = False


KEYS: Sequence[Key] = (
    Key("move in the list", ("j",), 60, 16, first=True),
    Key("another article", ("j",), 60, 50),
    Key("half a page", ("ctrl+d", "ctrl+d", "ctrl+d", "ctrl+u"), 15),
    Key("topic filter", ("1", "2", "3", "4", "a"), 12, 50),
    Key("into the text", ("enter", "escape"), 15),
    Key("help", ("question_mark", "escape"), 10),
    Key("board", ("b", "escape"), 10),
    Key("changes", ("c", "escape"), 10),
    Key("ledger", ("f", "escape"), 10),
    Key("entities", ("e", "escape"), 10),
    Key("search", ("slash", "escape"), 10),
    Key("feeds", ("F", "escape"), 10),
)


@dataclass
class Times:
    """Seconds from a key to the first and to the last paint, and of the processor until it rests."""

    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def add(self, first: float, last: float, cpu: float) -> None:
        self.first.append(first)
        self.last.append(last)
        self.cpu.append(cpu)


async def press(app: NewsdeskApp, key: str) -> tuple[float, float, float]:
    """Press a key; seconds to the first and to the last paint behind it, and of the processor."""
    gc.collect()
    NullDriver.painted.clear()
    character = key if len(key) == 1 else None
    worked, pressed = time.process_time(), time.perf_counter()
    app.post_message(events.Key(key, character))
    seen, since = 0, pressed
    while time.perf_counter() - since < (REST if seen else PATIENCE):
        await asyncio.sleep(0.002)
        if len(NullDriver.painted) != seen:
            seen, since = len(NullDriver.painted), time.perf_counter()
    if not seen:
        raise SystemExit(f"{key}: nothing was painted")
    first, last = NullDriver.painted[0], NullDriver.painted[-1]
    return first - pressed, last - pressed, time.process_time() - worked


@contextlib.asynccontextmanager
async def running(home: Path) -> AsyncIterator[NewsdeskApp]:
    """The application on a home, at rest after its start."""
    newsdesk = Newsdesk.open(load(paths(home)), offline=True)
    app = NewsdeskApp(newsdesk)
    app.driver_class = NullDriver
    task = asyncio.create_task(app.run_async(size=SIZE))
    try:
        await asyncio.sleep(0.5)
        since = len(NullDriver.painted)
        while not since or since != len(NullDriver.painted):
            since = len(NullDriver.painted)
            await asyncio.sleep(1.0)
        yield app
    finally:
        app.exit()
        await task
        newsdesk.close()


async def timed(home: Path) -> None:
    """Press every key on a home's archive and print what it took."""
    async with running(home) as app:
        for one in KEYS:
            times = Times()
            for number in range(one.rounds + WARM_UP):
                for key in one.keys:
                    taken = await press(app, key)
                    if number >= WARM_UP:
                        times.add(*taken)
            report(one, times)


def report(one: Key, times: Times) -> None:
    """One line of the table."""
    goal = ""
    if one.goal:
        reached = percentile(times.first if one.first else times.last, 0.95)
        goal = f"   goal {one.goal:.0f} ms {'first' if one.first else 'last'}: {reached:.0f}"
    print(
        f"  {one.name:<18} first p50 {median(times.first):6.1f}  p95 {percentile(times.first, 0.95):6.1f}"
        f"   last p50 {median(times.last):6.1f}  p95 {percentile(times.last, 0.95):6.1f}"
        f"   processor p50 {median(times.cpu):6.1f}{goal}",
        file=sys.__stdout__,  # While it runs, the application keeps what is printed for itself.
        flush=True,
    )


async def long(home: Path) -> None:
    """Switch between an article of 1,000 passages and the one beneath it."""
    long_article(home)
    async with running(home) as app:
        times = Times()
        for number in range(8):
            await press(app, "j")
            taken = await press(app, "k")
            if number:
                times.add(*taken)
        report(Key("1,000 passages", (), 0, 100), times)


def main() -> None:
    """Build the archives, press the keys, print the table."""
    for articles in [int(one) for one in sys.argv[1:]] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
            home = Path(folder)
            build(home, articles)
            print(f"{articles:,} cached articles, {SIZE[0]}x{SIZE[1]}, milliseconds", flush=True)
            asyncio.run(timed(home))
            asyncio.run(long(home))


if __name__ == "__main__":
    main()
