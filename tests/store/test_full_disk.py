"""A disk that is full, or may not be written, in every phase: one line that says so, reading goes on, nothing
half-done stays, and the same work is done once there is room.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from e2e.terminal import Terminal
from feedtext import Item, rss
from newsdesk.models import View
from newsdesk.store import care
from newsdesk.store.archive import open_archive
from newsdesk.store.base import open_database
from servers import Answer, Server
from store.build import fill
from store.recount import maintained, recounted
from store.test_released import FILES, unpack

PHASES = """
import resource, sys
from pathlib import Path
from newsdesk.errors import NewsdeskError
from newsdesk.models import FeedState, Figure, Found, View
from newsdesk.export import write_new
from newsdesk.store import backup, prune
from newsdesk.store.archive import Archive, open_archive
from newsdesk.store.base import open_database
from newsdesk.store.incoming import Poll
from store.build import DESK, DIGEST, NOW, TOPICS, Writer

path, old = map(Path, sys.argv[1:])
database = open_database(path)
archive = Archive(database)
archive.set_desk(DESK, TOPICS, DIGEST)
writer = Writer(77)
batch = [writer.article(5_000 + number, NOW) for number in range(60)]
FIGURES = Found((), tuple(
    Figure(0, n, n + 2, "30", 30, 30, 30, "exact", "people", "person", "killed", "die") for n in range(400)))

def deep():
    for article, revision, *_ in archive.deep_pending(20):
        assert archive.save_deep(article, revision, FIGURES)

def index():
    while archive.index(60):
        pass

phases = {
    "fetch": lambda: archive.save_polls(
        [Poll(FeedState(url="https://wire0.example/feed", etag="new"), batch, NOW)]),
    "index": index,
    "deep": deep,
    "marks": lambda: archive.mark_all_read(View()),
    "undo": archive.undo,
    "prune": lambda: prune.remove(database, tuple(range(1, 60)), marked=True),
    "backup": lambda: backup.make(database, NOW, backup.ASKED),
    "migration": lambda: open_archive(old).close(),
    "export": lambda: write_new(path.with_name("export.md"), ["x" * 100_000]),
}
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
for name, work in phases.items():
    # A checkpoint leaves an empty log: what a phase writes goes over the limit in the log.
    database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    before = archive.counts()
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        work()
        line = "nothing was said"
    except NewsdeskError as error:
        line = error.line()
    assert archive.counts() == before, name
    assert len(archive.headlines(View(), 0, 5)) == 5
    word = archive.article(90).passages[0].text.split()[0]
    assert archive.search(word, 5), name
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    work()
    print(name, line, sep="\\t", flush=True)
archive.close()
"""


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*map(str, command)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def test_each_phase_on_a_full_disk_says_so_and_is_done_later(path: Path, tmp_path: Path) -> None:
    with closing(open_archive(path)) as archive:
        fill(archive, 100)
    old = unpack(FILES[0], tmp_path / "old" / "archive.db")
    done = run(sys.executable, "-c", PHASES, path, old)
    assert (done.returncode, done.stderr) == (0, ""), done
    said = dict(line.split("\t") for line in done.stdout.splitlines())
    assert len(said) == 9
    for phase, line in said.items():
        where = {"migration": old, "export": path.with_name("export.md")}.get(phase, path)
        assert str(where) in line, (phase, line)
        assert "disk" in line or "large" in line, (phase, line)
    for one in (path, old):
        with closing(open_database(one)) as database:
            assert not [found for found in care.check(database, repair=False) if found.fault]
        assert maintained(one) == recounted(one)
    assert not [file for file in path.parent.iterdir() if file.name.endswith(".new")]


MOUNTED = """
import json, os, subprocess, sys
from pathlib import Path

home = Path(sys.argv[1])
if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", home]).returncode:
    sys.exit(77)
(home / "config.toml").write_text(sys.argv[2])

def newsdesk(*arguments):
    done = subprocess.run([sys.executable, "-m", "newsdesk", "--home", home, *arguments],
        capture_output=True, text=True, stdin=subprocess.DEVNULL)
    print(json.dumps((done.returncode, done.stdout, done.stderr)), flush=True)

def fill(left):
    space = os.statvfs(home)
    (home / "ballast").write_bytes(bytes(space.f_bavail * space.f_frsize - left))

newsdesk("fetch")
fill(100_000)
newsdesk("fetch", "--force")
newsdesk("search", "harbour")
(home / "ballast").unlink()
newsdesk("fetch", "--force")
subprocess.run(["mount", "-o", "remount,ro", home], check=True)
newsdesk("fetch", "--force")
newsdesk("archive", "backup")
newsdesk("search", "harbour")
"""


def test_a_full_disk_and_one_that_may_not_be_written(tmp_path: Path) -> None:
    """A small file system of its own, full at first, then mounted to be read only. Needs root on Linux."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("needs root, to mount a small file system")
    home = tmp_path / "home"
    home.mkdir()
    texts = [" ".join(f"word{n}x{k}" for k in range(800)) for n in range(60)]
    with Server() as server:
        first = rss([Item("a", "First", "Ships lie in the harbour.")])
        many = rss([Item(f"b{n}", f"Title {n}", text) for n, text in enumerate(texts)])
        url = server.answer("/feed", Answer(first), Answer(many))
        config = f'[analysis]\nmodel = "none"\n[[feeds]]\nurl = "{url}"\nallow_private = true\n'
        done = run("unshare", "-m", sys.executable, "-c", MOUNTED, home, config)
    if done.returncode == 77:
        pytest.skip("may not mount a file system")
    assert (done.returncode, done.stderr) == (0, ""), done
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    assert [status for status, _, _ in runs] == [0, 2, 0, 0, 2, 2, 0], runs
    for status, out, errors in runs:
        assert errors.count("\n") == (status == 2), errors
        assert "Traceback" not in errors
        assert status == 2 or "harbour" in out or "new" in out, out
    full, fetch, copy = (runs[place][2] for place in (1, 4, 5))
    assert f"{home / 'archive.db'}: the disk is full; free some space" in full
    assert str(home) in fetch
    assert "cannot be written" in fetch
    assert "cannot be written" in copy


READ_ONLY = (
    'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 77; exec "$2" -m newsdesk --home "$1"'
)


def test_the_interface_reads_on_where_nothing_may_be_written(tmp_path: Path) -> None:
    """A folder mounted to be read only. Needs root on Linux."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("needs root, to mount a folder read only")
    home = tmp_path / "home"
    with closing(open_archive(home / "archive.db")) as archive:
        fill(archive, 3)
        titles = [row.title for row in archive.headlines(View(), 0, 3)]
    command: list[str | Path] = ["unshare", "-m", "sh", "-c", READ_ONLY, "sh", home, sys.executable]
    with Terminal(command, rows=30, columns=160) as terminal:
        terminal.wait(
            lambda screen: all(title.split()[0] in screen.text for title in titles) or terminal.poll() == 77,
            "the headlines",
        )
        if terminal.poll() == 77:
            pytest.skip("may not mount a folder")
        terminal.send("s")
        screen = terminal.wait_for("cannot be written")
        assert "Traceback" not in screen.text
        terminal.send("jj")
        terminal.wait(lambda screen: screen.text.count(titles[2].split()[1]) >= 2, "the third article")
        terminal.send("q")
        assert terminal.wait_exit() == 0
