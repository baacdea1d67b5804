"""The program told to go, or its terminal closed: out at once, the terminal as it was, nothing left."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from e2e.program import NEWSDESK, Home, panes
from e2e.terminal import Terminal
from newsdesk.demo import NOTICE

pytestmark = pytest.mark.e2e

AT_ONCE = 2.0
"""Seconds."""


def ended(terminal: Terminal, ending: signal.Signals) -> None:
    """Send the signal; the program must be gone in time, with the screen that was there before."""
    began = time.monotonic()
    os.kill(terminal.pid, ending)
    assert terminal.wait_exit(seconds=10) == 128 + ending
    assert time.monotonic() - began < AT_ONCE
    sent = bytes(terminal.sent)
    assert sent.rfind(b"\x1b[?1049l") > sent.rfind(b"\x1b[?1049h") >= 0
    assert sent.rfind(b"\x1b[?25h") > sent.rfind(b"\x1b[?25l")


def test_the_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    with Terminal([*NEWSDESK, "demo"], env={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.wait(lambda screen: len(panes(screen)) > 1, "the lead's panes")
        assert NOTICE.partition(",")[0] in terminal.screen.text
        ended(terminal, signal.SIGHUP)
    assert not list(tmp_path.iterdir())


def test_the_desk_puts_its_archive_away(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.done("config", "init", "--no-feeds")
    with home.terminal("--offline") as terminal:
        terminal.wait_for("feeds")
        ended(terminal, signal.SIGTERM)
    assert not (home.folder / "archive.db-wal").exists()
    assert (home.folder / "open.lock").stat().st_size == 0


def test_a_closed_terminal_ends_the_demo(tmp_path: Path) -> None:
    with Terminal([*NEWSDESK, "demo"], env={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.wait(lambda screen: len(panes(screen)) > 1, "the lead's panes")
        began = time.monotonic()
        terminal.hang_up()
        while terminal.poll() is None and time.monotonic() - began < 10:
            os.sched_yield()
        assert time.monotonic() - began < AT_ONCE
    assert not list(tmp_path.iterdir())


def test_a_terminal_closed_while_it_takes_nothing_more_ends_the_program(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.done("config", "init", "--no-feeds")
    with home.terminal("--offline") as terminal:
        terminal.wait_for("feeds")
        terminal.send("T" * 60)  # themes: each paints the whole screen, and nobody reads
        began = time.monotonic()
        terminal.hang_up()
        while terminal.poll() is None and time.monotonic() - began < 10:
            os.sched_yield()
        assert time.monotonic() - began < AT_ONCE * 2
