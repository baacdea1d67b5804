"""What stands in memory when the desk is painted for the first time: textual, apsw, msgspec, our own."""

from __future__ import annotations

import subprocess
import sys

from newsdesk.config import Settings

PROGRAM = """
import asyncio, sys
from pathlib import Path
from newsdesk.desk import Newsdesk
from newsdesk.config import load
from newsdesk.paths import paths
from newsdesk.tui.app import NewsdeskApp

async def main():
    newsdesk = Newsdesk.open(load(paths(sys.argv[1])), offline=True)
    painted = asyncio.Event()
    loaded = []

    def at_first_paint():
        loaded.extend(sys.modules)
        painted.set()

    app = NewsdeskApp(newsdesk)
    app.call_after_refresh(at_first_paint)
    async with app.run_test(size=(160, 45)):
        await painted.wait()
    newsdesk.close()
    print(" ".join(name.partition(".")[0] for name in loaded))

asyncio.run(main())
"""
HEAVY = {
    "httpx",
    "feedparser",
    "trafilatura",
    "resiliparse",
    "lxml",
    "spacy",
    "numpy",
    "tomlkit",
    "pebble",
    "lark",
}


def test_nothing_heavy_before_the_first_paint(filled: Settings) -> None:
    home = filled.paths.home
    assert home is not None
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(home)], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    assert not set(run.stdout.split()) & HEAVY


def test_the_registry_needs_no_textual() -> None:
    program = "import sys, newsdesk.tui.commands; print('textual' in sys.modules, 'rich' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
