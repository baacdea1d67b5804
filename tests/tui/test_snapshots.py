"""What stands on the screens, line by line, with a frozen clock: 160x45, 100x35 and 70x30.

Look at what changed, then take it with `pytest tests/tui/test_snapshots.py --snapshot-update`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
import time_machine
from rich.color import Color
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from newsdesk.analysis.installed import choose
from newsdesk.config import Settings
from newsdesk.desk import Newsdesk
from newsdesk.store.archive import open_archive
from tui import archive
from tui.driving import SIZES, Driver, driven

NOTICE = choose("none").reason
"""What the background says at some time: here from the beginning."""


class TextFile(SingleFileSnapshotExtension):
    """A snapshot is a text file."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextFile)


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Half past noon in UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    with time_machine.travel(archive.NOON + timedelta(minutes=30), tick=False):
        yield
    os.environ.pop("TZ", None)
    time.tzset()


@pytest.fixture
def settled(filled: Settings) -> Iterator[Newsdesk]:
    """A desk for which nothing is left to be done in the background."""
    with closing(open_archive(filled.paths.archive)) as archive_:
        while archive_.assign_series() or archive_.index():
            pass
    newsdesk = archive.opened(filled)
    yield newsdesk
    newsdesk.close()


SCREENS: dict[str, tuple[str, ...]] = {
    "desk": (),
    "reading": ("enter", "j", "j"),
    "one-topic": ("4",),
    "zoom": ("enter", "z"),
    "no-match": ("i", "x", "x", "x"),
    "why": ("enter", "w"),
    "help": ("question_mark",),
    "feeds": ("F",),
    "board": ("b",),
    "ledger": ("f",),
    "entities": ("e",),
    "search": ("slash",),
    "changes": ("c",),
}


async def at_rest(driver: Driver) -> str:
    """What stands on the screen when nothing changes any more."""
    before = ""
    for _ in range(200):
        await driver.pilot.pause(0.05)
        now = driver.text()
        if now == before and not driver.app._animator._animations:
            return "\n".join(line.rstrip() for line in now.split("\n")) + "\n"
        before = now
    raise AssertionError("the screen does not come to rest")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
async def test_screen(settled: Newsdesk, pictures: SnapshotAssertion, screen: str, size: str) -> None:
    async with driven(settled, size, notice=NOTICE) as driver:
        await driver.press(*SCREENS[screen])
        assert await at_rest(driver) == pictures


@pytest.mark.parametrize("theme", ["newsdesk-dark", "newsdesk-light"])
async def test_colours(settled: Newsdesk, pictures: SnapshotAssertion, theme: str) -> None:
    """A letter a cell for how it is drawn, and below what each letter means."""
    async with driven(settled, "medium", notice=NOTICE) as driver:
        driver.app.theme = theme
        await driver.press("enter")
        await at_rest(driver)
        assert _colours(driver) == pictures


def _colours(driver: Driver) -> str:
    letters: dict[str, str] = {}
    lines = []
    for strip in driver.app.screen._compositor.render_strips():
        line = ""
        for segment in strip:
            style = segment.style
            parts = [_hex(style.color), _hex(style.bgcolor)] if style else []
            parts += [
                name for name in ("bold", "italic", "underline", "reverse") if style and getattr(style, name)
            ]
            letter = letters.setdefault(" ".join(parts), chr(ord("A") + len(letters)))
            line += letter * segment.cell_length
        lines.append(line)
    return "\n".join([*lines, *(f"{letter} {look}" for look, letter in letters.items())]) + "\n"


def _hex(color: Color | None) -> str:
    return color.get_truecolor().hex if color else "-"
