"""Key to paint of a topic filter, in a real program on a pseudo-terminal.

    python -m bench.filter --presses 100 --articles 10000

Each press of a topic's digit brings that topic's newest article to the top of the list. Timed from the
key to that headline's arrival (`list`), and to the last byte of the same burst of output (`screen`, which
takes in the panes). Goal: p95 of both below 50 ms. In turn with `pages.py`, which repaints as much with one
plain widget: what that takes is Textual's and the machine's share.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

from bench.home import build
from bench.pages import COLUMNS, ROWS, words
from bench.screens import NEWSDESK, Terminal, cpu_seconds, median, percentile, quiet, until_painted

PAGES = (sys.executable, Path(__file__).with_name("pages.py"))
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


class Presses:
    """A program on a terminal, and the times of the keys pressed in it."""

    def __init__(self, terminal: Terminal, first: str, keys: Sequence[tuple[str, str]]) -> None:
        self._terminal = terminal
        self._keys = cycle(keys)
        self._cpu = 0.0
        self.times: list[tuple[float, float]] = []
        until_painted(terminal, first, terminal.started)
        quiet(terminal, 1.0)
        for _ in range(WARM_UP):
            self.press()
        self.times.clear()
        self._cpu = cpu_seconds(terminal)

    def press(self) -> None:
        """Press the next key."""
        self.times.append(press(self._terminal, *next(self._keys)))

    def report(self, name: str) -> float:
        """Print what was measured; the p95 of the whole screen in milliseconds."""
        cpu = (cpu_seconds(self._terminal) - self._cpu) / len(self.times) * 1e3
        listed, whole = zip(*self.times, strict=True)
        p95, painted = percentile(listed, 0.95), percentile(whole, 0.95)
        print(f"  {name:12} list p50 {median(listed):6.1f} p95 {p95:6.1f} ms", end="   ")
        print(f"screen p50 {median(whole):6.1f} p95 {painted:6.1f} ms   CPU {cpu:5.1f} ms a press")
        return painted


def main() -> None:
    """Build the archive, press the keys in both programs by turns, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--presses", type=int, default=100)
    parser.add_argument("--articles", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
        home = Path(folder)
        newest = build(home, options.articles)
        with (
            Terminal((*NEWSDESK, "--home", home, "--offline"), rows=ROWS, columns=COLUMNS) as desk,
            Terminal(PAGES, rows=ROWS, columns=COLUMNS) as pages,
        ):
            topics = [(str(n), headline) for n, headline in enumerate(newest, start=1)]
            filtering = Presses(desk, newest[0], topics)
            turning = Presses(pages, words("0"), [(key, words(key)) for key, _ in topics])
            for _ in range(options.presses):
                filtering.press()
                turning.press()
            print(f"topic filter, {options.articles} cached articles, {options.presses} presses, 160x45")
            yardstick = turning.report("plain pages")
            p95 = filtering.report("newsdesk")
    print(f"  whole screen: p95 {p95:.0f} ms (goal < 50), {p95 / yardstick:.1f} times the plain pages")


if __name__ == "__main__":
    main()
