"""Timing on a pseudo-terminal: from an instant to words on the wire."""

from __future__ import annotations

import math
import os
import re
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from e2e.terminal import Terminal  # noqa: E402

__all__ = ["NEWSDESK", "Terminal", "cpu_seconds", "median", "percentile", "quiet", "until_painted"]

NEWSDESK = (sys.executable, "-m", "newsdesk")
PATIENCE = 60.0
"""Seconds after which a run counts as broken."""
ESCAPES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-Z\\`-~]")


def until_painted(terminal: Terminal, words: str, since: float, skip: int = 0) -> float:
    """Seconds from `since` (perf_counter) to the arrival of `words`; bytes before `skip` do not count."""
    wanted = words.encode()
    while wanted not in ESCAPES.sub(b"", bytes(terminal.sent[skip:])):
        if not terminal.read(0.5) and time.perf_counter() - since > PATIENCE:
            raise SystemExit(f"{words!r} was not painted in {PATIENCE:.0f} s\n{terminal.screen.text}")
    return time.perf_counter() - since


def quiet(terminal: Terminal, seconds: float) -> float:
    """Read until nothing came for `seconds`; the perf_counter of the last byte."""
    last = time.perf_counter()
    while terminal.read(seconds):
        last = time.perf_counter()
    return last


def cpu_seconds(terminal: Terminal) -> float:
    """CPU time of the program's process so far; NaN where there is no /proc.

    Printed beside the wall time, which other work on the machine moves by a factor of two.
    """
    try:
        fields = Path(f"/proc/{terminal.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return math.nan
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


def median(values: Sequence[float]) -> float:
    """Median, as milliseconds of seconds."""
    return statistics.median(values) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed (nearest rank), as milliseconds of seconds."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] * 1000
