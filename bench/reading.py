"""How long feeds take to read: by the quick reader, and by feedparser.

    python -m bench.reading [--feeds 200] [--items 50] [--rounds 3]

Each feed is RSS 2.0 with so many entries of 8 to 16 paragraphs, made of the demo's with a fixed seed. Both
ways read the same bytes, in turn in each round, to cleaned entries of blocks; printed are the medians in
seconds of processor for all feeds, and how often the one goes into the other.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from newsdesk.demo.articles import read_samples
from newsdesk.ingest import plainfeed
from newsdesk.ingest.feeds import parse

SEED = 20240327
NEWEST = datetime(2026, 3, 1, tzinfo=UTC)


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--feeds", type=int, default=200)
    options.add_argument("--items", type=int, default=50, help="entries in each feed")
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    source = random.Random(SEED)
    paragraphs = [block.text for sample in read_samples() for block in sample.blocks()]
    feeds = [feed(source, paragraphs, number, given.items) for number in range(given.feeds)]
    assert all(plainfeed.read(body, "") for body in feeds), "the quick reader leaves these to feedparser"
    times: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(given.rounds):
        for quick, spent in times.items():
            spent.append(seconds(feeds, quick=quick))
    ours, theirs = statistics.median(times[True]), statistics.median(times[False])
    print(f"{given.feeds} feeds of {given.items} entries, {sum(map(len, feeds)) / 1e6:.0f} MB")
    print(f"quick reader {ours:.1f} s, feedparser {theirs:.1f} s, ratio {theirs / ours:.1f}")
    return 0


def seconds(feeds: Sequence[bytes], *, quick: bool) -> float:
    """Seconds of processor that all feeds take."""
    started = time.process_time()
    for number, body in enumerate(feeds):
        read = parse(body, f"https://feed-{number}.example/rss", quick=quick)
        assert read.entries
    return time.process_time() - started


def feed(source: random.Random, paragraphs: Sequence[str], number: int, items: int) -> bytes:
    entries = "".join(item(source, paragraphs, f"{number}-{n}", n) for n in range(items))
    text = f"<title>Outlet {number}</title><link>https://feed-{number}.example/</link>{entries}"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{text}</channel></rss>'.encode()


def item(source: random.Random, paragraphs: Sequence[str], name: str, age: int) -> str:
    body = "".join(f"<p>{escape(one)}</p>" for one in source.choices(paragraphs, k=source.randint(8, 16)))
    date = format_datetime(NEWEST - timedelta(minutes=age))
    return (
        f"<item><title>Bulletin {name}</title><link>https://outlet.example/{name}</link>"
        f"<guid>https://outlet.example/{name}</guid><pubDate>{date}</pubDate><description>{escape(body)}</description></item>"
    )


if __name__ == "__main__":
    sys.exit(main())
