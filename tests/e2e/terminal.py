"""A real terminal for tests: a program on a pseudo-terminal, its screen kept by pyte."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

DEADLINE = 90.0
"""Seconds that a condition may take: two busy cores, a cold cache, a language model to load."""
CHUNK = 1 << 16

# opening a terminal by name makes it the new session's own, so that resizing and ^C reach the program
ATTACH = 'tty=$1; shift; exec "$@" <>"$tty" >&0 2>&0'

ESCAPE = re.compile(
    rb"""\x1b\[ [0-?]* [ -/]* [@-~]                  # CSI
       | \x1b [\]P_^X] .*? (?: \x1b\\ | \x07 )       # OSC, DCS, APC, PM, SOS
       | \x1b [ -/]* [0-Z\\`-~]                      # the short ones""",
    re.S | re.X,
)
UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b (?: \[ [<=>] [0-?]* [ -/]* [@-~] | \[ [0-?]* [ -/]+ [@-~] | [P_^X] )", re.X
)


class NotSeen(AssertionError):
    """What was waited for did not come; the message has the screen."""


@dataclass(frozen=True)
class Screen:
    """What stands on the terminal: one string a row, blanks at the end kept."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All rows, blanks at their ends dropped."""
        return "\n".join(line.rstrip() for line in self.lines)

    def __contains__(self, words: str) -> bool:
        """Whether the words stand in one row."""
        return any(words in line for line in self.lines)


class Terminal:
    """`argv` on a terminal of `rows` x `columns`; leaving the `with` block ends it.

    `env` is added to this process's environment; what would change colours, size or start-up is taken out.
    """

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        rows: int = 45,
        columns: int = 160,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = 0
        self.sent = bytearray()
        """Every byte that the program has written."""
        # our own hold on the program's end keeps what it wrote readable after it has ended
        self._fd, self._child = pty.openpty()
        self._set_size(rows, columns)
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", ATTACH, "sh", os.ttyname(self._child), *map(str, argv)],
            stdin=subprocess.DEVNULL,
            env=_environment(env or {}),
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._fd)
        os.close(self._child)

    @property
    def screen(self) -> Screen:
        """The screen as of what was read so far."""
        self._draw()
        return Screen(tuple(self._screen.display))

    @property
    def pid(self) -> int:
        return self._process.pid

    def poll(self) -> int | None:
        """The exit status; None while the program runs."""
        return self._process.poll()

    def send(self, keys: str) -> None:
        """Type `keys`."""
        os.write(self._fd, keys.encode())

    def resize(self, rows: int, columns: int) -> None:
        """Give the terminal another size; the program is told."""
        self._screen.resize(rows, columns)
        self._set_size(rows, columns)

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self._fd)
        os.close(nowhere)

    def wait(self, seen: Callable[[Screen], bool], what: str, seconds: float = DEADLINE) -> Screen:
        """Read until `seen` holds. Raises NotSeen at the deadline or when the program has ended."""
        deadline = time.monotonic() + seconds
        while True:
            screen = self.screen
            if seen(screen):
                return screen
            ended = self.poll() is not None
            if not self.read(0.1):
                if ended:
                    raise NotSeen(f"{what}: the program ended\n{screen.text}")
                if time.monotonic() > deadline:
                    raise NotSeen(f"{what}: not in {seconds:.0f} s\n{screen.text}")

    def wait_for(self, *words: str) -> Screen:
        """Read until each of `words` stands in a row."""
        return self.wait(lambda screen: all(word in screen for word in words), " + ".join(words))

    def wait_exit(self, seconds: float = DEADLINE) -> int:
        """Read until the program has ended; its exit status."""
        deadline = time.monotonic() + seconds
        while self._process.poll() is None:
            if time.monotonic() > deadline:
                raise NotSeen(f"end of the program: not in {seconds:.0f} s\n{self.screen.text}")
            self.read(0.1)
        while self.read(0):
            pass
        return self._process.returncode

    def read(self, seconds: float) -> bytes:
        """What the program writes next, waited for at most `seconds`; empty when nothing came."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return b""
        data = os.read(self._fd, CHUNK)
        self.sent += data
        return data

    def _draw(self) -> None:
        """Hand what is new to pyte: whole sequences, without those that it would print as text."""
        data = bytes(self.sent[self._drawn :])
        last = data.rfind(b"\x1b")
        whole = len(data) if last < 0 or ESCAPE.match(data, last) else last
        self._drawn += whole
        self._stream.feed(ESCAPE.sub(_known, data[:whole]))

    def _set_size(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _known(found: re.Match[bytes]) -> bytes:
    return b"" if UNKNOWN_TO_PYTE.match(found[0]) else found[0]


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    unwanted = {"NO_COLOR", "FORCE_COLOR", "LINES", "COLUMNS", "TMUX", "NEWSDESK_HOME"}
    unwanted |= {"PYTHONDONTWRITEBYTECODE"}  # an installed program starts from its bytecode
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | dict(extra)
