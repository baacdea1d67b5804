"""The other readers on archives that `bench.corpus` made: newsboat on a terminal, `reader` as a library."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from time import perf_counter

import msgspec
from bench import screens
from bench.refresh import Newsboat, Reader
from bench.screens import Terminal, quiet, until_painted

PATIENCE = 900.0
"""Seconds: newsboat reads its whole cache at the start, a minute for 100,000 articles on a quiet machine."""
_SEARCH = """
import json, sys, time
from reader import make_reader
reader = make_reader(sys.argv[1])
times = []
for word in json.loads(sys.argv[2]):
    start = time.perf_counter()
    found = list(reader.search_entries(word, limit=50))
    times.append(time.perf_counter() - start)
print(json.dumps(times))
"""


def _command(newsboat: Newsboat) -> tuple[str, ...]:
    return tuple(str(part) for part in newsboat.command()[:-2])  # without -x reload


def newsboat_start(newsboat: Newsboat, rounds: int) -> list[float]:
    """Seconds from process start to the first feed's row; none where newsboat or its cache is not there."""
    if not (shutil.which("newsboat") and newsboat.database().exists()):
        return []
    times = []
    screens.PATIENCE = PATIENCE
    for _ in range(rounds):
        with Terminal(_command(newsboat), rows=40, columns=120) as terminal:
            times.append(until_painted(terminal, "Feed 0000", terminal.started))
            _leave(terminal)
    return times


def newsboat_search(newsboat: Newsboat, words: Sequence[str]) -> list[float]:
    """Seconds from Enter to the list of hits, for each of the words."""
    if not (shutil.which("newsboat") and newsboat.database().exists()):
        return []
    times = []
    screens.PATIENCE = PATIENCE
    with Terminal(_command(newsboat), rows=40, columns=120) as terminal:
        until_painted(terminal, "Feed 0000", terminal.started)
        quiet(terminal, 0.5)
        for word in words:
            terminal.send(f"/{word}")
            quiet(terminal, 0.5)
            seen = len(terminal.sent)
            pressed = perf_counter()
            terminal.send("\r")
            times.append(until_painted(terminal, "Search", pressed, seen))
            quiet(terminal, 0.5)
            terminal.send("q")
            quiet(terminal, 0.5)
        _leave(terminal)
    return times


def _leave(terminal: Terminal) -> None:
    quiet(terminal, 0.3)
    terminal.send("Q")
    quiet(terminal, 0.3)


def reader_search(reader: Reader, words: Sequence[str]) -> list[float]:
    """Seconds until the first 50 hits with their highlights are there, for each of the words."""
    if not reader.database().exists():
        return []
    asked = msgspec.json.encode(list(words)).decode()
    argv = [reader.python, "-c", _SEARCH, str(reader.database()), asked]
    done = subprocess.run(argv, capture_output=True, check=True)
    return msgspec.json.decode(done.stdout, type=list[float])
