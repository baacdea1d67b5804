"""A page of the board, from the archive: keys of a column, and the words of the passages seen.

    python -m bench.board --articles 100000

The first page, one in the middle, the last one, unread passages only, what a board shows again after another
process stored something, and what waits at a column's head. Each is 64 keys and the words of 12 passages, as
the board brings them. Goal: 5 ms a page at 100,000 articles. `--home` keeps the archive for the next run.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bench.home import DESK, build

from newsdesk.config import load
from newsdesk.desk import Newsdesk
from newsdesk.models import UNSORTED
from newsdesk.models.board import Column
from newsdesk.paths import paths

KEYS, SEEN = 64, 12
ROUNDS = 200


def timed(name: str, work: Callable[[], object]) -> None:
    """Print median and p95 of many rounds, wall and processor time, in milliseconds."""
    walls, processor = [], []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append((time.perf_counter() - wall) * 1e3)
        processor.append((time.process_time() - cpu) * 1e3)
    p95 = statistics.quantiles(walls, n=20)[-1]
    print(f"  {name:28} p50 {statistics.median(walls):6.2f}  p95 {p95:6.2f} ms", end="   ")
    print(f"processor {statistics.median(processor):6.2f} ms")


def measure(desk: Newsdesk) -> None:
    """Time the board's queries on an open desk."""
    counts = desk.counts()
    topic = max((one for one in counts.topics if one.topic != UNSORTED), key=lambda one: one.passages)
    newest = counts.newest_id
    column = Column(topic.topic, up_to=newest)
    unread = Column(topic.topic, unread=True, up_to=newest)
    old = Column(topic.topic, up_to=newest - 500)
    first = desk.board_keys(column, 1)[0]
    middle = (first + desk.board_oldest(column, 1)[0]) // 2

    def page(of: Column, before: int | None = None) -> object:
        return desk.board_rows(desk.board_keys(of, KEYS, before=before)[:SEEN])

    print(f"{counts.articles:,} articles; the largest column has {topic.passages:,} passages")
    timed("first page", lambda: page(column))
    timed("a page in the middle", lambda: page(column, middle))
    timed("the last page", lambda: desk.board_rows(desk.board_oldest(column, KEYS)[-SEEN:]))
    timed("unread only, in the middle", lambda: page(unread, middle))
    timed("first page, 500 articles wait", lambda: page(old))
    timed("what waits, of 500 articles", lambda: desk.board_waiting(newest - 500))


def main() -> None:
    """Build the archive where there is none, and time its pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
        home = options.home or Path(folder)
        if not paths(home).archive.exists():
            home.mkdir(parents=True, exist_ok=True)
            build(home, options.articles)
        with closing(Newsdesk.open(load(paths(home), desk=DESK), offline=True)) as desk:
            measure(desk)


if __name__ == "__main__":
    main()
