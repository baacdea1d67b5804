"""A refresh of 200 feeds x 50 entries beside newsboat and lemon24's `reader`, in turn within each round.

    python -m bench.refresh [SHARED] --reader-python /tmp/reader/bin/python

SHARED holds tools/feedlab.py, which makes the feeds (in a temporary folder) and serves them on loopback;
without it the environment's NEWSDESK_SHARED is taken, else ../shared. newsboat has to be installed, and
`reader` in the environment whose Python is named; without them their rows say so.

Each case starts from nothing ("cold", an empty home) or from the refresh before it ("warm": every answer is
304), with and without latency. All feeds are on one host here: newsdesk's `per_host` and `spacing` are
lifted, and its `concurrency` is set to newsboat's threads. Memory is the proportional share (PSS) of all of
a program's processes together, CPU that of all of them. "readable" is when newsdesk tells of its last feed:
every article is in its lists then, and what is left to the end is indexing them for searches. `hung`: one
feed never answers; its time is that until the last of the others is stored, against the same without it.
Linux only.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import resource
import select
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from newsdesk.models import Feed
from newsdesk.paths import paths
from newsdesk.subscriptions import write_config

ROOT = Path(__file__).parents[1]
DESK = "israel-hamas"
AT_ONCE = 20
"""newsboat's threads, reader's workers, newsdesk's requests under way."""
LIMITS = f"[fetch]\nconcurrency = {AT_ONCE}\nper_host = {AT_ONCE}\nspacing = 0.0\n"
SAMPLE = 0.2
"""Seconds between two looks at a program's memory."""
PATIENCE = 300.0
"""Seconds after which a program is stopped, and the bench with it."""
HUNG = 17
READER = """
import sys
from reader import make_reader
reader = make_reader(sys.argv[1])
for url in open(sys.argv[2]):
    reader.add_feed(url.strip(), exist_ok=True)
reader.update_feeds(workers=int(sys.argv[3]), scheduled=False)
"""


class Run(NamedTuple):
    """What one run of a program took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, of all its processes."""
    peak: float
    """Megabytes, of all its processes together."""
    stored: float
    """Seconds until it told of the last feed that did not fail; `wall` where it tells of none."""
    status: int


class Program:
    """A reader of feeds with its files in a folder of its own."""

    name = ""
    articles = ""
    """The SQL that counts what it has stored."""
    well: tuple[int, ...] = (0,)
    """Exit statuses of a refresh that did its work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def clear(self, urls: Sequence[str]) -> None:
        """Back to nothing but its subscriptions."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        (self.folder / "urls").write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")

    def command(self) -> tuple[object, ...]:
        """What refreshes everything."""
        raise NotImplementedError

    def database(self) -> Path:
        """The SQLite file that it stores articles in."""
        return self.folder / "db"

    def count(self) -> int:
        """How many articles it has."""
        with closing(sqlite3.connect(self.database())) as database:
            return int(database.execute(self.articles).fetchone()[0])


class Newsdesk(Program):
    name = "newsdesk"
    articles = "SELECT count(*) FROM article"
    well = (0, 1)  # 1: a feed failed

    def clear(self, urls: Sequence[str]) -> None:
        super().clear(urls)
        file = paths(self.folder).config_file
        write_config(file, DESK, [Feed(url=url, allow_private=True) for url in urls])
        file.write_text(file.read_text(encoding="utf-8") + "\n" + LIMITS, encoding="utf-8")

    def command(self) -> tuple[object, ...]:
        return (sys.executable, "-m", "newsdesk", "--home", self.folder, "fetch", "--force", "--json")

    def database(self) -> Path:
        return paths(self.folder).archive


class Newsboat(Program):
    name = f"newsboat, {AT_ONCE} threads"
    articles = "SELECT count(*) FROM rss_item"

    def clear(self, urls: Sequence[str]) -> None:
        super().clear(urls)
        (self.folder / "config").write_text(f"reload-threads {AT_ONCE}\n", encoding="utf-8")

    def command(self) -> tuple[object, ...]:
        files = ("-C", self.folder / "config", "-u", self.folder / "urls", "-c", self.database())
        return ("newsboat", *files, "-x", "reload")


class Reader(Program):
    name = f"reader, {AT_ONCE} workers"
    articles = "SELECT count(*) FROM entries"

    def __init__(self, folder: Path, python: str) -> None:
        super().__init__(folder)
        self.python = python

    def command(self) -> tuple[object, ...]:
        return (self.python, "-c", READER, self.database(), self.folder / "urls", AT_ONCE)


# ---------------------------------------------------------------------- one run


def run(program: Program) -> Run:
    """Run a program's refresh to its end."""
    before = _children_cpu()
    argv = [str(part) for part in program.command()]
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
        peak, stored = _watched(process, started)
        wall = time.perf_counter() - started
        status = process.wait()
        _reap()
        if status not in program.well:
            errors.seek(0)
            raise SystemExit(f"{program.name} ended with {status}:\n{errors.read().decode()[-2000:]}")
    return Run(wall, _children_cpu() - before, peak, stored or wall, status)


def _watched(process: subprocess.Popen[bytes], started: float) -> tuple[float, float]:
    """(peak megabytes, seconds until the last line that tells of a feed without error), at its end."""
    assert process.stdout is not None
    peak = stored = 0.0
    ended = os.pidfd_open(process.pid)
    waiting = [ended, process.stdout.fileno()]
    due = 0.0
    while True:
        now = time.perf_counter() - started
        if now > PATIENCE:
            os.killpg(process.pid, signal.SIGKILL)
            raise SystemExit(f"{process.args!r} took longer than {PATIENCE:g} s")
        if now >= due:
            peak = max(peak, _memory(process.pid))
            due = now + SAMPLE
        ready, _, _ = select.select(waiting, (), (), SAMPLE)
        if process.stdout.fileno() in ready:
            data = os.read(process.stdout.fileno(), 1 << 20)
            if b'"new"' in data or b'"unchanged"' in data:
                stored = time.perf_counter() - started
            if not data:
                waiting = [ended]
        if ended in ready:
            os.close(ended)
            return peak, stored


def _memory(session: int) -> float:
    """Megabytes of all processes of a session; what they share counts once."""
    total = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            if os.getsid(int(folder.name)) == session:
                text = (folder / "smaps_rollup").read_text(encoding="utf-8")
                total += int(text.partition("\nPss:")[2].split(None, 1)[0])
    return total / 1024


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _adopt_orphans() -> None:
    """Processes whose parent ended become children of this one, so that their CPU time is counted."""
    set_child_subreaper = 36
    ctypes.CDLL(None, use_errno=True).prctl(set_child_subreaper, 1, 0, 0, 0)


def _reap() -> None:
    """Wait for adopted processes; the server, which goes on, is the only other child."""
    deadline = time.perf_counter() + 5
    while time.perf_counter() < deadline:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8").split()
        adopted = [int(child) for child in children if int(child) != _server_id]
        if not adopted:
            return
        for child in adopted:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, os.WNOHANG)
        time.sleep(0.01)


# ---------------------------------------------------------------------- the feeds

_server_id = 0


@contextlib.contextmanager
def served(lab: Path, folder: Path, feeds: int, items: int, port: int) -> Iterator[str]:
    """The feeds, made where they are not there yet, and served; the address of their server."""
    global _server_id
    if not (folder / "feed").is_dir():
        size = ["--feeds", str(feeds), "--items", str(items), "--pages", "0"]
        subprocess.run([sys.executable, lab, "gen", "--out", folder, *size], check=True)
    server = subprocess.Popen(
        [sys.executable, lab, "serve", "--root", folder, "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
    )
    _server_id = server.pid
    try:
        assert server.stdout is not None
        if "serving" not in server.stdout.readline():
            raise SystemExit(f"{lab}: does not serve on port {port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def addresses(base: str, feeds: int, latency: int, hung: bool = False) -> list[str]:
    urls = [f"{base}/feed/{n}.xml" + (f"?lat={latency}" if latency else "") for n in range(feeds)]
    if hung:
        urls[HUNG] = f"{base}/feed/{HUNG}.xml?mode=hang"
    return urls


# ---------------------------------------------------------------------- rounds and tables

Results = dict[tuple[str, str], list[Run]]


def cold_and_warm(programs: Sequence[Program], urls: Sequence[str], rounds: int, articles: int) -> Results:
    """By case and program, all in turn within each round."""
    results: Results = defaultdict(list)
    for _ in range(rounds):
        for program in programs:
            program.clear(urls)
            results["cold", program.name].append(run(program))
            if program.count() != articles:
                raise SystemExit(f"{program.name} stored {program.count()} articles of {articles}")
        for program in programs:
            results["warm", program.name].append(run(program))
    return results


def one_hung(program: Program, base: str, feeds: int, rounds: int) -> Results:
    """newsdesk's refresh with one hung feed and without, in turn."""
    results: Results = defaultdict(list)
    for _ in range(rounds):
        for case, hung in (("all answer", False), ("one hangs", True)):
            program.clear(addresses(base, feeds, 0, hung))
            results[case, program.name].append(run(program))
    return results


def table(results: Results) -> None:
    """Medians with the range, and the ratios of the medians to newsboat's."""
    for (case, name), runs in results.items():
        beside = results.get((case, Newsboat.name))
        line = f"  {case:10} {name:22}"
        line += _figures("wall", [one.wall for one in runs], "s")
        line += _figures("CPU", [one.cpu for one in runs], "s")
        line += f"  peak {statistics.median(one.peak for one in runs):4.0f} MB"
        if name == Newsdesk.name:
            line += _figures("readable", [one.stored for one in runs], "s")
        if beside and name != Newsboat.name:
            readable = _ratio(runs, beside, lambda one: one.stored)
            wall, cpu = _ratio(runs, beside, lambda one: one.wall), _ratio(runs, beside, lambda one: one.cpu)
            line += f"  x newsboat: readable {readable:.2f} wall {wall:.2f} CPU {cpu:.2f}"
        print(line, flush=True)


def _figures(what: str, values: Sequence[float], unit: str) -> str:
    return f"  {what} {statistics.median(values):6.2f} {unit} [{min(values):.2f}-{max(values):.2f}]"


def _ratio(runs: Sequence[Run], beside: Sequence[Run], of: Callable[[Run], float]) -> float:
    return statistics.median(map(of, runs)) / statistics.median(map(of, beside))


def hung_table(results: Results) -> None:
    stored = {case: [one.stored for one in runs] for (case, _), runs in results.items()}
    for case, values in stored.items():
        walls = [one.wall for (name, _), runs in results.items() if name == case for one in runs]
        figures = _figures("all others stored", values, "s") + _figures("wall", walls, "s")
        print(f"  {case:22}{figures}")
    ratio = statistics.median(stored["one hangs"]) / statistics.median(stored["all answer"])
    print(f"  ratio one hangs : all answer = {ratio:.2f} (goal <= 1.2)")


def peers(folder: Path, reader_python: str) -> Iterator[Program]:
    """The other programs that are here."""
    if shutil.which("newsboat"):
        yield Newsboat(folder / "newsboat")
    else:
        print("newsboat: skipped, it is not installed (Debian: apt-get install newsboat)")
    if reader_python:
        yield Reader(folder / "reader", reader_python)
    else:
        print("reader: skipped, --reader-python names no Python that has it (pip install reader)")


def main() -> int:
    """Serve the feeds, run the rounds, print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared", nargs="?", default=os.environ.get("NEWSDESK_SHARED", ROOT.parent / "shared")
    )
    parser.add_argument("--corpus", type=Path, help="a folder that feedlab filled, or is to fill")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--latency", type=int, nargs="*", default=[0, 200], help="milliseconds")
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--items", type=int, default=50, help="entries in each feed")
    parser.add_argument("--reader-python", default="", metavar="FILE")
    parser.add_argument("--no-peers", action="store_true", help="newsdesk alone")
    parser.add_argument("--port", type=int, default=8899, help="of the feeds' server on 127.0.0.1")
    parser.add_argument("--no-hung", action="store_true", help="without the case of the hung feed")
    options = parser.parse_args()
    if not hasattr(os, "pidfd_open"):
        print("bench.refresh: skipped, it reads /proc and needs Linux")
        return 0
    lab = Path(options.shared) / "tools" / "feedlab.py"
    if not lab.is_file():
        print(f"bench.refresh: skipped, {lab} is not there; name the folder that has tools/feedlab.py")
        return 0
    _adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as made:
        folder = Path(made)
        own = Newsdesk(folder / "newsdesk")
        programs = [own, *(() if options.no_peers else peers(folder, options.reader_python))]
        articles = options.feeds * options.items
        corpus = options.corpus or folder / "corpus"
        with served(lab, corpus, options.feeds, options.items, options.port) as base:
            print(
                f"refresh, {options.feeds} feeds x {options.items} entries, {options.rounds} rounds in turn, "
                f"medians; {os.cpu_count()} processors\n  lifted for one host: {LIMITS.splitlines()[1:]}"
            )
            for latency in options.latency:
                print(f"latency {latency} ms")
                urls = addresses(base, options.feeds, latency)
                table(cold_and_warm(programs, urls, options.rounds, articles))
            if not options.no_hung:
                print("one hung feed, cold")
                hung_table(one_hung(own, base, options.feeds, options.rounds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
