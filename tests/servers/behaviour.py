"""The behaviour server: scores a run of the real program on 28 checks of polite fetching.

    PYTHONPATH=tests python -m servers.behaviour

Every check scripts feeds on a loopback host of its own; `newsdesk fetch` runs as a child process again and
again under a simulated clock that the lab moves on, over a week; then each check reads the log of
requests. The program knows nothing of it: the child's clock is moved by time_machine before it starts.

The lab lifts `spacing` and shortens time-outs in its config, and says so; check 11 runs with the defaults.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from servers import Answer, Request, Server

START = datetime(2025, 3, 3, 10, 0, tzinfo=UTC)
"""A Monday."""
SECONDS = 120
_PROGRAM = """
import sys
from datetime import datetime
import time_machine
with time_machine.travel(datetime.fromisoformat(sys.argv[1]), tick=True):
    from newsdesk.cli.main import main
    sys.exit(main(sys.argv[2:]))
"""
_QUICK = """
spacing = 0.0
connect_timeout = 2.0
read_timeout = 1.0
total_timeout = 4.0
"""
RUNS = (0, 50, 70, 140, 210, 300, 400, 700, 760, 1445, 2200, 2940, 4400, 10_200)
"""Minutes after START of the plain `newsdesk fetch` runs."""


@dataclass(frozen=True)
class Run:
    """One run of the program."""

    minutes: float
    started: float
    """`time.monotonic()`."""
    arguments: tuple[str, ...]
    records: dict[str, dict[str, Any]]
    """What `fetch --json` printed, by the feed's address."""
    errors: str

    @property
    def at(self) -> datetime:
        return START + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Asked:
    """A request with the simulated time of its arrival, in minutes after START."""

    request: Request
    minutes: float
    run: Run

    def header(self, name: str) -> str | None:
        return self.request.header(name)


@dataclass
class Lab:
    """A home, hosts, and the clock."""

    home: Path
    stack: ExitStack
    settings: str = _QUICK
    net: int = 1
    """The hosts are 127.0.`net`.1 and following."""
    runs: list[Run] = field(default_factory=list)
    _servers: list[Server] = field(default_factory=list)
    _feeds: list[str] = field(default_factory=list)
    _titles: dict[str, str] = field(default_factory=dict)
    _later: dict[float, list[Callable[[], object]]] = field(default_factory=dict)

    def host(self) -> Server:
        """A host of its own, answering until the end."""
        server = self.stack.enter_context(Server(f"127.0.{self.net}.{len(self._servers) + 1}"))
        self._servers.append(server)
        return server

    def feed(self, host: Server, path: str, *answers: Answer) -> str:
        """A subscription with scripted answers; its address."""
        url = host.answer(path, *answers) if answers else host.url(path)
        self.subscribe(url)
        return url

    def subscribe(self, url: str, title: str = "") -> None:
        """Subscribe to an address, or give it another title and tag."""
        if url not in self._feeds:
            self._feeds.append(url)
        self._titles[url] = title

    def at(self, minutes: float, what: Callable[[], object]) -> None:
        """Have something done at that time, between the plain runs."""
        self._later.setdefault(minutes, []).append(what)

    def go(self, runs: Sequence[float] = RUNS) -> None:
        """Let the time pass: plain runs, and what was planned."""
        for minutes in sorted({*runs, *self._later}):
            if minutes in runs:
                self.fetch(minutes)
            for what in self._later.get(minutes, ()):
                what()

    def fetch(self, minutes: float, *arguments: str) -> Run:
        """`newsdesk fetch --json ARGUMENTS` at that time."""
        started = time.monotonic()
        process = self.start(minutes, *arguments)
        out, errors = process.communicate(timeout=SECONDS)
        assert process.returncode in (0, 1), errors
        records = {record["url"]: record for record in map(json.loads, out.splitlines())}
        run = Run(minutes, started, arguments, records, errors)
        self.runs.append(run)
        return run

    def killed(self, minutes: float, arguments: Sequence[str], ready: Callable[[], object]) -> None:
        """The same, killed with signal 9 as soon as `ready` returns."""
        started = time.monotonic()
        process = self.start(minutes, *arguments)
        ready()
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=SECONDS)
        self.runs.append(Run(minutes, started, tuple(arguments), {}, ""))

    def start(self, minutes: float, *arguments: str) -> subprocess.Popen[str]:
        self._write_config()
        at = START + timedelta(minutes=minutes)
        return self._newsdesk(at, "fetch", "--json", *arguments)

    def listed(self) -> dict[str, dict[str, Any]]:
        """`newsdesk feeds list --json`, by address."""
        out, errors = self._newsdesk(self.runs[-1].at, "feeds", "list", "--json").communicate(timeout=SECONDS)
        assert not errors, errors
        return {record["url"]: record for record in map(json.loads, out.splitlines())}

    def asked(self, url: str, *, plain: bool = False) -> list[Asked]:
        """The requests for an address; `plain`: without those of runs that were given arguments."""
        server = next(one for one in self._servers if url.startswith(one.url("")))
        path = url[len(server.url("")) :]
        found = [self._timed(request) for request in server.requests_for(path)]
        return [one for one in found if not (plain and one.run.arguments)]

    def everything(self) -> list[Asked]:
        """All requests to all hosts."""
        return [self._timed(request) for server in self._servers for request in server.requests]

    def _timed(self, request: Request) -> Asked:
        run = max((run for run in self.runs if run.started <= request.at), key=lambda run: run.started)
        return Asked(request, run.minutes + (request.at - run.started) / 60, run)

    def _newsdesk(self, at: datetime, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, at.isoformat(), *arguments],
            env={**os.environ, "NEWSDESK_HOME": str(self.home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _write_config(self) -> None:
        self.home.mkdir(exist_ok=True)
        feeds = "".join(
            f'\n[[feeds]]\nurl = "{url}"\nallow_private = true\n'
            + (f'title = "{self._titles[url]}"\ntags = ["edited"]\n' if self._titles[url] else "")
            for url in self._feeds
        )
        text = f'[analysis]\nmodel = "none"\n[fetch]\n{self.settings}{feeds}'
        (self.home / "config.toml").write_text(text, encoding="utf-8")


Judge = Callable[[Lab], Iterator[None]]
"""Sets its feeds up before its `yield`, looks at the log after it; an error is a failed check."""


@dataclass(frozen=True)
class Check:
    """A row of the table."""

    number: int
    title: str
    weight: int
    must: bool
    judge: Judge


@dataclass(frozen=True)
class Mark:
    """How a check went; `fault` is empty where it passed."""

    check: Check
    fault: str

    @property
    def points(self) -> int:
        return 0 if self.fault else self.check.weight


def score(checks: Sequence[Check], home: Path) -> list[Mark]:
    """Run the checks together over one stretch of time and judge each."""
    with ExitStack() as stack:
        lab = Lab(home, stack)
        judges = [check.judge(lab) for check in checks]
        for judge in judges:
            next(judge)
        lab.go()
        return [Mark(check, _fault(judge)) for check, judge in zip(checks, judges, strict=True)]


def _fault(judge: Iterator[None]) -> str:
    try:
        next(judge, None)
    except Exception as failed:  # a log that cannot even be read is a failed check, not the end of the others
        [*_, place] = traceback.extract_tb(failed.__traceback__)
        return " ".join(str(failed).split()) or f"line {place.lineno}: {place.line}"
    return ""


def table(marks: Sequence[Mark]) -> str:
    """The marks as lines for a person."""
    lines = [
        f"{mark.check.number:>2} {'must' if mark.check.must else '    '} {mark.check.title:<44}"
        f"{mark.points:>3} of {mark.check.weight}  {mark.fault[:200]}".rstrip()
        for mark in marks
    ]
    points, most = sum(mark.points for mark in marks), sum(mark.check.weight for mark in marks)
    failed = sum(bool(mark.fault) and mark.check.must for mark in marks)
    return "\n".join([*lines, f"{points} of {most}; {failed} of those that must pass failed"])


def main() -> int:
    from servers.checks import CHECKS

    with tempfile.TemporaryDirectory() as folder:
        marks = score(CHECKS, Path(folder) / "home")
    print(table(marks))
    return 1 if any(mark.fault for mark in marks) else 0


if __name__ == "__main__":
    sys.exit(main())
