"""Archives of 10,000 and more articles for `bench.archive`: feeds of tools/feedlab.py, refreshed over
loopback into newsdesk, newsboat and `reader`, each by its own command. What a folder has already is taken
from there.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
from bench import refresh
from bench.refresh import LIMITS, Newsboat, Newsdesk, Program, Reader, addresses, served
from bench.search import deepen

from newsdesk.analysis.installed import choose
from newsdesk.models import Feed
from newsdesk.paths import paths
from newsdesk.store.archive import Archive
from newsdesk.store.base import open_database
from newsdesk.store.recount import recount
from newsdesk.subscriptions import write_config

ITEMS = 50
"""Entries of a feed."""
DESK = "bench"
TOPICS = {
    "markets": ("market", "bank", "price", "company"),
    "climate": ("climate", "energy"),
    "health": ("health", "science", "study"),
    "power": ("government", "minister", "vote", "court"),
    "play": ("game", "music", "film", "team", "season"),
    "code": ("kernel", "server", "release", "security", "data"),
}
"""The desk's topics: feedlab's texts have these words among made-up ones, and none of the built-in desks'."""
_SEARCHABLE = """
import sys
from reader import make_reader
reader = make_reader(sys.argv[1])
reader.enable_search()
reader.update_search()
"""


class Made(msgspec.Struct, frozen=True):
    """What was measured of a program's archive when it was made; kept beside it."""

    articles: int
    bytes: int
    seconds: float
    """Of the refresh."""
    index_seconds: float = 0.0
    """Of the search index, where it is made afterwards."""
    index_bytes: int = 0
    """Of these `bytes`, where the index is a file of its own."""


class Bench(Newsdesk):
    """newsdesk with a desk that files feedlab's texts."""

    def clear(self, urls: Sequence[str]) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        where = paths(self.folder)
        where.desks_dir.mkdir(parents=True)
        tables = "".join(
            f'\n[[topics]]\nid = "{id}"\ntitle = "{id.title()}"\ndescription = "{id}"\n'
            f"strong = {msgspec.json.encode(words).decode()}\n"
            for id, words in TOPICS.items()
        )
        desk = f'title = "Bench"\ndescription = "For measuring."\n{tables}'
        (where.desks_dir / f"{DESK}.toml").write_text(desk, encoding="utf-8")
        write_config(where.config_file, DESK, [Feed(url=url, allow_private=True) for url in urls])
        text = where.config_file.read_text(encoding="utf-8")
        where.config_file.write_text(f"{text}\n{LIMITS}", encoding="utf-8")


class Corpus:
    """Feeds with that many articles, and the archives that programs made of them, in their own folder."""

    def __init__(self, folder: Path, lab: Path, articles: int) -> None:
        self.articles = articles
        self.folder = folder / str(articles)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lab = lab

    @property
    def feeds(self) -> int:
        return self.articles // ITEMS

    @property
    def received(self) -> int:
        """Bytes of XML."""
        return sum(file.stat().st_size for file in (self.folder / "feeds" / "feed").iterdir())

    def newsdesk(self) -> Bench:
        return Bench(self.folder / "newsdesk")

    def newsboat(self) -> Newsboat:
        return Newsboat(self.folder / "newsboat")

    def reader(self, python: str) -> Reader:
        return Reader(self.folder / "reader", python)

    def made(self, program: Program, port: int, finish: Callable[[Path], Made]) -> Made:
        """A program's archive: refreshed where it is not there yet, then finished, and told."""
        note = program.folder.with_suffix(".json")
        if not note.exists():
            refresh.PATIENCE = 3_600.0  # a hundred thousand articles on a busy machine
            root = self.folder / "feeds"
            with served(self._lab, root, self.feeds, ITEMS, port) as base:
                program.clear(addresses(base, self.feeds, 0))
                took = refresh.run(program).wall
            if program.count() != self.articles:
                raise SystemExit(f"{program.name} stored {program.count()} articles of {self.articles}")
            done = msgspec.structs.replace(finish(program.database()), articles=self.articles, seconds=took)
            note.write_bytes(msgspec.json.encode(done))
        return msgspec.json.decode(note.read_bytes(), type=Made)


def finish_newsdesk(file: Path) -> Made:
    """The search index completed, the size taken; then entities and figures, and nothing left to do.

    The deep pass itself would read for hours: its rows are made up, after the size was taken.
    """
    with closing(open_database(file)) as database:
        started = time.perf_counter()
        archive = Archive(database)
        while archive.index():
            pass
        begin = True
        while archive.merge_index(begin=begin):
            begin = False
        database.run("PRAGMA wal_checkpoint(TRUNCATE)")
        made = Made(0, file.stat().st_size, 0.0, time.perf_counter() - started)
        with database.write():
            deepen(database, random.Random(7))
            database.run("UPDATE article SET deep_version = ?", (choose().stamp,))
        recount(database)
        database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    return made


def finish_newsboat(file: Path) -> Made:
    return Made(0, file.stat().st_size, 0.0)


def finish_reader(python: str) -> Callable[[Path], Made]:
    """The search index of `reader`, which it keeps in a database beside the other."""

    def finish(file: Path) -> Made:
        before = _bytes(file.parent)
        started = time.perf_counter()
        subprocess.run([python, "-c", _SEARCHABLE, str(file)], check=True)
        took = time.perf_counter() - started
        after = _bytes(file.parent)
        return Made(0, after, 0.0, took, after - before)

    return finish


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.name.startswith("db"))


def reader_python(folder: Path, named: str) -> str:
    """The Python that has `reader`: the one named, or of an environment made in the folder; or empty."""
    if named:
        return named
    python = folder / "readerenv" / "bin" / "python"
    if not python.exists():
        made = subprocess.run([sys.executable, "-m", "venv", folder / "readerenv"], check=False)
        install = [str(python), "-m", "pip", "install", "--quiet", "reader[search]"]
        if made.returncode or subprocess.run(install, check=False).returncode:
            shutil.rmtree(folder / "readerenv", ignore_errors=True)
            print("reader: skipped, it cannot be installed here (--reader-python names a Python that has it)")
            return ""
    return str(python)


def vocabulary(archive: Archive) -> tuple[list[str], list[str]]:
    """Common words of the archive's newest texts, and rare ones."""
    seen: Counter[str] = Counter()
    for text in archive.newest_texts(5_000):
        for passage in text.passages:
            seen.update(_words(passage.text))
    ranked = [word for word, _ in seen.most_common()]
    return ranked[:300], ranked[300:6_000]


def _words(text: str) -> Iterator[str]:
    return (word for word in text.casefold().replace(".", " ").split() if word.isalpha() and len(word) > 2)
