"""Process start to the first usable list, beside a minimal Textual app on the same pseudo-terminal.

    python -m bench.start --rounds 9 --articles 10000

Both run in turn within each round. Printed: medians with the range, and the ratio of the medians (goal:
at most 1.5). The list is usable when the newest headline stands on the screen; `first key` is the time
from pressing `j` then to the next paint.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.home import build
from bench.minimal import WORDS
from bench.screens import NEWSDESK, Terminal, cpu_seconds, median, quiet, until_painted

MINIMAL = (sys.executable, Path(__file__).with_name("minimal.py"))
SETTLE = 0.3
"""Seconds without output before the first key is timed."""


def start_minimal() -> tuple[float, float]:
    """Seconds from process start to the minimal app's words, and the CPU time until then."""
    with Terminal(MINIMAL, rows=40, columns=120) as terminal:
        return until_painted(terminal, WORDS, terminal.started), cpu_seconds(terminal)


def start_newsdesk(home: Path, newest: str) -> tuple[float, float, float]:
    """Seconds from process start to the newest headline, CPU time until then, and from a key to its paint."""
    argv = (*NEWSDESK, "--home", home, "--offline")
    with Terminal(argv, rows=40, columns=120) as terminal:
        usable = until_painted(terminal, newest, terminal.started)
        cpu = cpu_seconds(terminal)
        quiet(terminal, SETTLE)
        pressed = time.perf_counter()
        terminal.send("j")
        while not terminal.read(1.0):
            if time.perf_counter() - pressed > 10:
                raise SystemExit(f"no answer to a key\n{terminal.screen.text}")
        return usable, cpu, time.perf_counter() - pressed


def main() -> None:
    """Build the archive, run the rounds, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--articles", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
        home = Path(folder)
        newest = build(home, options.articles)[0]
        start_minimal(), start_newsdesk(home, newest)  # bytecode and file cache warm for both
        rounds = [(*start_minimal(), *start_newsdesk(home, newest)) for _ in range(options.rounds)]
    minimal, minimal_cpu, usable, usable_cpu, key = zip(*rounds, strict=True)
    print(f"start, {options.articles} cached articles, {options.rounds} rounds, 120x40, medians")
    for name, values, cpu in (
        ("minimal Textual app", minimal, f"CPU {median(minimal_cpu):.0f} ms"),
        ("newsdesk", usable, f"CPU {median(usable_cpu):.0f} ms"),
        ("first key", key, ""),
    ):
        print(
            f"  {name:20} {median(values):7.0f} ms  [{min(values) * 1e3:.0f}-{max(values) * 1e3:.0f}]  {cpu}"
        )
    ratio, cpu_ratio = median(usable) / median(minimal), median(usable_cpu) / median(minimal_cpu)
    print(f"  ratio newsdesk : minimal = {ratio:.2f} (goal <= 1.5); by CPU time {cpu_ratio:.2f}")


if __name__ == "__main__":
    main()
