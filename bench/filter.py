"""Key to paint of a topic filter, in a real program on a pseudo-terminal.

    python -m bench.filter --presses 100 --articles 10000

Each press of a topic's digit brings that topic's newest article to the top of the list. Timed from the
key to that headline's arrival (`list`), and to the last byte of the same burst of output (`screen`, which
takes in the panes). Goal: p95 below 50 ms.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from bench.home import build
from bench.screens import NEWSDESK, Terminal, cpu_seconds, median, percentile, quiet, until_painted

PAUSE = 0.15
"""Seconds without output that end a burst."""
WARM_UP = 8


def press(terminal: Terminal, key: str, headline: str) -> tuple[float, float]:
    """Seconds from `key` to `headline` in the list, and to the end of what is painted then."""
    seen = len(terminal.sent)
    pressed = time.perf_counter()
    terminal.send(key)
    listed = until_painted(terminal, headline, pressed, seen)
    return listed, quiet(terminal, PAUSE) - pressed


def main() -> None:
    """Build the archive, press the keys, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--presses", type=int, default=100)
    parser.add_argument("--articles", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
        home = Path(folder)
        newest = build(home, options.articles)
        keys = cycle([(str(n), headline) for n, headline in enumerate(newest, start=1)])
        with Terminal((*NEWSDESK, "--home", home, "--offline"), rows=45, columns=160) as terminal:
            until_painted(terminal, newest[0], terminal.started)
            quiet(terminal, 1.0)
            for one in islice(keys, WARM_UP):
                press(terminal, *one)
            before = cpu_seconds(terminal)
            times = [press(terminal, *one) for one in islice(keys, options.presses)]
            cpu = (cpu_seconds(terminal) - before) / options.presses
    print(
        f"topic filter, key to paint, {options.articles} cached articles, {options.presses} presses, 160x45"
    )
    for name, values in zip(("list", "screen"), zip(*times, strict=True), strict=True):
        p95 = percentile(values, 0.95)
        print(f"  {name:8} p50 {median(values):6.1f} ms  p95 {p95:6.1f} ms  max {max(values) * 1e3:6.1f} ms")
    print(f"  CPU a press {cpu * 1e3:.1f} ms; goal: p95 < 50 ms")


if __name__ == "__main__":
    main()
