"""The archive at 10,000 and 100,000 articles: search, lists, start, memory, size, beside newsboat, `reader`.

    python -m bench.archive [SHARED] --folder DIR [--articles 10000 100000] [--rounds 30]

SHARED holds tools/feedlab.py (default: the environment's NEWSDESK_SHARED, else ../shared), whose feeds are
made with its own seed and fetched over loopback by each program's own command. DIR keeps feeds and archives;
they are made once, which takes a quarter of an hour. Entities and figures are made up, as the deep pass would
read for hours; sizes are taken before that. newsboat has to be installed; an environment with `reader` is
made in DIR where --reader-python names none, and is left out above --reader-most articles: its index of
100,000 takes half an hour. `--parts` runs some of: size, search, lists, marks,
start, memory.

Times are of one process on one connection, p50 and p95 over the rounds, each with other words and names; the
processor's time stands beside the wall's, which other work on the machine stretches. newsboat's search is
what a person does: `/`, a word, Enter, until the list of hits stands.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from bench import corpus, search
from bench.corpus import DESK, TOPICS, Corpus
from bench.screens import NEWSDESK, ROOT, Terminal, percentile, quiet, until_painted
from bench.sides import newsboat_search, newsboat_start, reader_search

from newsdesk.config import load
from newsdesk.models import View
from newsdesk.paths import paths
from newsdesk.store.archive import Archive
from newsdesk.store.base import Database, open_database
from newsdesk.store.topics import open_desk
from newsdesk.update.background import desk_digest

NOW = datetime.fromtimestamp(1_780_000_000, UTC)
"""The newest of feedlab's articles."""
PARTS = ("size", "search", "lists", "marks", "start", "memory")


def table(*heads: str) -> None:
    """The head of a table."""
    row(*heads)
    row(*("---" for _ in heads))


def row(*cells: str) -> None:
    print("|", " | ".join(cells), "|", flush=True)


def opened(home: Path) -> tuple[Database, Archive]:
    settings = load(paths(home))
    database = open_database(settings.paths.archive)
    archive = Archive(database)
    archive.set_desk(DESK, [topic.id for topic in settings.desk.topics], desk_digest(settings.desk))
    return database, archive


def sizes(corpora: Sequence[Corpus], made: dict[tuple[int, str], corpus.Made]) -> None:
    """Bytes of the archives beside those of the XML, and what making them took."""
    table("articles", "program", "refresh s", "index s", "MB", "of it index", "bytes an article", "x XML")
    for one in corpora:
        articles, received = one.articles, one.received
        each = f"{received / articles:,.0f}"
        row(f"{articles:,}", "XML received", "", "", f"{received / 1e6:.1f}", "", each, "1")
        for (size, name), found in made.items():
            if size == articles:
                row(
                    f"{articles:,}",
                    name,
                    f"{found.seconds:.1f}",
                    f"{found.index_seconds:.1f}" if found.index_seconds > 0.1 else "",
                    f"{found.bytes / 1e6:.1f}",
                    f"{found.index_bytes / 1e6:.1f}" if found.index_bytes else "",
                    f"{found.bytes / articles:,.0f}",
                    f"{found.bytes / received:.2f}",
                )
    print("goal: newsdesk with its index at most 1.35 times the XML\n")


def searches(corpora: Sequence[Corpus], rounds: int, python: str, *, peers: bool) -> None:
    """Queries to the first 50 passages with their marked words."""
    for one in corpora:
        database, archive = opened(one.newsdesk().folder)
        with closing(database):
            common, rare = corpus.vocabulary(archive)
            desk = open_desk(database, DESK, tuple(TOPICS), None)
            sources = [f'"feed {number:04}"' for number in range(one.feeds)]
            asked = search.queries(common, rare, tuple(TOPICS), sources)
            print(f"search, {one.articles:,} articles, {rounds} rounds\n")
            table("query", "p50 ms", "p95 ms", "CPU p95 ms")
            slowest = [0.0, 0.0]
            for name, middle, late, busy in search.measure(database, desk, asked, rounds, NOW):
                row(name, f"{middle:.1f}", f"{late:.1f}", f"{busy:.1f}")
                slowest = [max(slowest[0], late), max(slowest[1], busy)]
            row("slowest p95 (goal 100, wanted 50)", "", *(f"{value:.1f}" for value in slowest))
            words = [*common[:300:10], *rare[:3_000:100]]
            ours, _ = _timed(partial(archive.search, limit=50), [f"{word} " for word in words])
        row("newsdesk, one word", f"{median(ours) * 1e3:.1f}", f"{percentile(ours, 0.95):.1f}", "")
        few = [*common[:120:40], *rare[:3_000:1_500]]
        beside = {
            "newsboat": newsboat_search(one.newsboat(), few) if peers else [],
            "reader": reader_search(one.reader(python), words) if python else [],
        }
        for name, times in beside.items():
            if times:
                middle = median(times)
                ratio = f"{middle * 1e3:,.0f}, {middle / median(ours):,.0f} times newsdesk's"
                row(f"{name}, one word, {len(times)} rounds", ratio, f"{percentile(times, 0.95):,.0f}", "")
        print()


def _timed(work: Callable[[str], object], words: Iterable[str]) -> tuple[list[float], list[float]]:
    """Seconds that the work took with each of the words, and those of the processor."""
    times, busy = [], []
    for word in words:
        start, cpu = time.perf_counter(), time.process_time()
        work(word)
        times.append(time.perf_counter() - start)
        busy.append(time.process_time() - cpu)
    return times, busy


def lists(corpora: Sequence[Corpus], rounds: int) -> None:
    """What the screens ask for, a window at a time."""
    for one in corpora:
        database, archive = opened(one.newsdesk().folder)
        with closing(database):
            chance = random.Random(5)
            topics = tuple(TOPICS)
            print(f"lists, {one.articles:,} articles, {rounds} rounds\n")
            table("list", "p50 ms", "p95 ms", "CPU p95 ms")
            slowest = [0.0, 0.0]
            for name, work in _lists(archive, one.articles, topics, chance).items():
                work("")
                times, busy = _timed(work, [""] * rounds)
                late = [percentile(times, 0.95), percentile(busy, 0.95)]
                slowest = [max(one) for one in zip(slowest, late, strict=True)]
                row(name, f"{median(times) * 1e3:.2f}", *(f"{value:.2f}" for value in late))
            row("slowest p95 (goal 5)", "", *(f"{value:.2f}" for value in slowest))
            print()


def _lists(
    archive: Archive, articles: int, topics: Sequence[str], chance: random.Random
) -> dict[str, Callable[[str], object]]:
    whole, unread = View(), View(unread=True)

    def topic() -> View:
        return View(frozenset({chance.choice(topics)}))

    def two() -> View:
        return View(frozenset(chance.sample(topics, 2)), unread=True)

    return {
        "headlines, first 50": lambda _: archive.headlines(whole, 0, 50),
        "headlines, 50 somewhere": lambda _: archive.headlines(whole, chance.randrange(articles - 50), 50),
        "headlines, last 50": lambda _: archive.headlines(whole, articles - 50, 50),
        "unread, first 50": lambda _: archive.headlines(unread, 0, 50),
        "a topic, first 50": lambda _: archive.headlines(topic(), 0, 50),
        "two topics, unread, first 50": lambda _: archive.headlines(two(), 0, 50),
        "length of a topic's list": lambda _: archive.headline_count(topic()),
        "an article's row": lambda _: archive.headline_index(whole, chance.randrange(1, articles)),
        "counts of everything": lambda _: archive.counts(),
        "an article": lambda _: archive.article(chance.randrange(1, articles)),
        "the next unread passage": lambda _: archive.next_unread(topic(), (chance.randrange(1, articles), 0)),
        "unread by a query, first 50": lambda _: archive.search("is:unread", 50),
        "a topic by a query, first 50": lambda _: archive.search(f"topic:{chance.choice(topics)}", 50),
        "a feed by a query, first 50": lambda _: archive.search(f'source:"{_feed(chance, articles)}"', 50),
        "changed by a query (none is)": lambda _: archive.search("is:changed", 50),
        "starred by a query (none is)": lambda _: archive.search("is:starred", 50),
        "figures, first 50": lambda _: archive.figures("", 50),
        "entities, first 50": lambda _: archive.entities("", 50),
    }


def marks(corpora: Sequence[Corpus]) -> None:
    """All marked read, and that undone; how long another connection waits meanwhile until it may write."""
    table("all shown", "passages", "s", "CPU s", "another's writes", "longest wait ms")
    for one in corpora:
        database, archive = opened(one.newsdesk().folder)
        with closing(database):
            passages = archive.counts().unread
            steps: dict[str, Callable[[], object]] = {
                "marked read": partial(archive.mark_all_read, View()),
                "undone": archive.undo,
            }
            for name, work in steps.items():
                start, cpu = time.perf_counter(), time.thread_time()
                with _writing(database.path) as waits:
                    work()
                    took, busy = time.perf_counter() - start, time.thread_time() - cpu
                row(
                    f"{name}, {one.articles:,} articles",
                    f"{passages:,}",
                    f"{took:.1f}",
                    f"{busy:.1f}",
                    str(len(waits)),
                    f"{max(waits) * 1e3:.0f}",
                )
    print()


@contextmanager
def _writing(file: Path) -> Iterator[list[float]]:
    """Another connection that writes again and again; seconds until each of its transactions began."""
    waits: list[float] = []
    done = threading.Event()

    def write() -> None:
        with closing(open_database(file)) as database:
            while not done.wait(0.02):
                start = time.perf_counter()
                with database.write():
                    waits.append(time.perf_counter() - start)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield waits
    finally:
        done.set()
        thread.join()


def _feed(chance: random.Random, articles: int) -> str:
    return f"feed {chance.randrange(articles // corpus.ITEMS):04}"


def starts(corpora: Sequence[Corpus], rounds: int, *, peers: bool) -> None:
    """From process start to the first headline, each size in turn; newsboat to its first feed."""
    times: dict[int, list[float]] = {one.articles: [] for one in corpora}
    for _ in range(rounds + 1):
        for one in corpora:
            times[one.articles].append(_start(one)[0])
    table("start", "ms, median", "range")
    for articles, all_times in times.items():
        found = all_times[1:]  # the first filled the file cache
        row(f"newsdesk, {articles:,}", f"{median(found) * 1e3:.0f}", _range(found))
    if len(corpora) > 1:
        first, last = corpora[0].articles, corpora[-1].articles
        ratio = median(times[last][1:]) / median(times[first][1:])
        row(f"newsdesk, {last:,} against {first:,} (goal 1.2)", f"x {ratio:.2f}", "")
    for one in corpora:
        beside = newsboat_start(one.newsboat(), 3 if one.articles <= 10_000 else 1) if peers else []
        if beside:
            ratio = median(beside) / median(times[one.articles][1:])
            middle = f"{median(beside) * 1e3:,.0f}, {ratio:.1f} times newsdesk's"
            row(f"newsboat, {one.articles:,}", middle, _range(beside))
    print()


def _range(times: Sequence[float]) -> str:
    return f"{min(times) * 1e3:,.0f}-{max(times) * 1e3:,.0f}"


def _start(one: Corpus, then: Callable[[Terminal], None] | None = None) -> tuple[float, int]:
    """(seconds to the newest headline, bytes that the process holds after `then`)."""
    home = one.newsdesk().folder
    database, archive = opened(home)
    with closing(database):
        newest = " ".join(archive.headlines(View(), 0, 1)[0].title.split()[:2])
    with Terminal((*NEWSDESK, "--home", home, "--offline"), rows=40, columns=120) as terminal:
        took = until_painted(terminal, newest, terminal.started)
        quiet(terminal, 1.0)
        if then is not None:
            then(terminal)
        return took, _held(terminal.pid)


def _held(process: int) -> int:
    """Bytes of memory that a process alone has, and its share of what it has with others (PSS)."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    return int(text.partition("\nPss:")[2].split(None, 1)[0]) * 1024


def memory(corpora: Sequence[Corpus], rounds: int) -> None:
    """What the interface's process holds after the start, and after it was used."""

    def use(terminal: Terminal) -> None:
        for keys in ("1", "2", "3", "a", "u", "u", "G", "gg", *"jjjjjjjjjj", "\r", "imarket", "\r", "\x1b"):
            terminal.send(keys)
            quiet(terminal, 0.4)

    table("memory of the interface", "after the start MB", "after use MB")
    used: list[float] = []
    for one in corpora:
        fresh = median(_start(one)[1] for _ in range(rounds)) / 1e6
        used.append(median(_start(one, use)[1] for _ in range(rounds)) / 1e6)
        row(f"{one.articles:,} articles", f"{fresh:.1f}", f"{used[-1]:.1f}")
    row("growth (goal 10)", "", f"{used[-1] - used[0]:.1f}")
    print()


def main() -> int:
    """Make what is not there, run the parts, print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared", nargs="?", default=os.environ.get("NEWSDESK_SHARED", ROOT.parent / "shared")
    )
    parser.add_argument("--folder", type=Path, required=True, help="keeps feeds and archives")
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=30, help="of each query; starts: a sixth")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--reader-python", default="", metavar="FILE")
    parser.add_argument("--reader-most", type=int, default=10_000, metavar="ARTICLES")
    parser.add_argument("--no-peers", action="store_true", help="newsdesk alone")
    parser.add_argument("--port", type=int, default=8898, help="of the feeds' server on 127.0.0.1")
    asked = parser.parse_args()
    lab = Path(asked.shared) / "tools" / "feedlab.py"
    if not lab.is_file():
        print(f"bench.archive: skipped, {lab} is not there; name the folder that has tools/feedlab.py")
        return 0
    python = "" if asked.no_peers else corpus.reader_python(asked.folder, asked.reader_python)
    corpora = [Corpus(asked.folder, lab, articles) for articles in asked.articles]
    made: dict[tuple[int, str], corpus.Made] = {}
    for one in corpora:
        made[one.articles, "newsdesk"] = one.made(one.newsdesk(), asked.port, corpus.finish_newsdesk)
        if not asked.no_peers and shutil.which("newsboat"):
            made[one.articles, "newsboat"] = one.made(one.newsboat(), asked.port, corpus.finish_newsboat)
        if python and one.articles <= asked.reader_most:
            made[one.articles, "reader"] = one.made(
                one.reader(python), asked.port, corpus.finish_reader(python)
            )
    few = max(3, asked.rounds // 6)
    if "size" in asked.parts:
        sizes(corpora, made)
    if "search" in asked.parts:
        searches(corpora, asked.rounds, python, peers=not asked.no_peers)
    if "lists" in asked.parts:
        lists(corpora, asked.rounds)
    if "marks" in asked.parts:
        marks(corpora)
    if "start" in asked.parts:
        starts(corpora, few, peers=not asked.no_peers)
    if "memory" in asked.parts:
        memory(corpora, 3)
    return 0


if __name__ == "__main__":
    sys.exit(main())
