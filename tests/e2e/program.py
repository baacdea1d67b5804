"""What the end-to-end tests share: newsdesk with a home of its own, and a plain web server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from e2e.terminal import Screen, Terminal

NEWSDESK = (sys.executable, "-m", "newsdesk")
COMMAND_SECONDS = 180
PANE = re.compile(r"(?<![\w,])(\d) ([A-Z][\w ]*?) · (\d+) passages?\b")
"""The title of a topic pane: its key, the topic, how many passages stand in it."""
FRAME = re.compile(r"[\u2500-\u259f]")


@dataclass(frozen=True)
class Home:
    """newsdesk with everything it keeps in one folder."""

    folder: Path

    @property
    def _env(self) -> Mapping[str, str]:
        return {"NEWSDESK_HOME": str(self.folder)}

    def run(self, *args: str) -> subprocess.CompletedProcess[bytes]:
        """Run a verb to its end, without a terminal; its output as bytes."""
        return subprocess.run(
            [*NEWSDESK, *args],
            env=os.environ | self._env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )

    def done(self, *args: str) -> str:
        """Run a verb that must succeed in silence on standard error; what it printed."""
        run = self.run(*args)
        assert (run.returncode, run.stderr) == (0, b""), f"{args}: {run.returncode} {run.stderr!r}"
        return run.stdout.decode()

    def terminal(self, *args: str, rows: int = 45, columns: int = 160) -> Terminal:
        """Start it on a terminal."""
        return Terminal([*NEWSDESK, *args], env=self._env, rows=rows, columns=columns)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """Serve a folder's files on loopback until the block ends; gives the base address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def panes(screen: Screen) -> dict[str, int]:
    """The topic panes on the screen, by title, with the passages that they say they have."""
    return {title: int(passages) for _, title, passages in PANE.findall("\n".join(screen.lines))}


def pane_text(screen: Screen, title: str) -> str:
    """What stands under a pane's title to the right edge, frames taken away, on one line."""
    row, column = next(
        (row, found.start())
        for row, line in enumerate(screen.lines)
        for found in PANE.finditer(line)
        if found[2] == title
    )
    lines = (FRAME.sub(" ", line[max(0, column - 3) :]) for line in screen.lines[row + 1 :])
    return folded(" ".join(lines))


def folded(text: str) -> str:
    """Text with every run of white space as one blank."""
    return " ".join(text.split())
