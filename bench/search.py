"""How long a query takes, to the first 50 passages with their marked words, in archives of invented articles.

    python -m bench.search [--articles 10000 100000] [--rounds 30] [--of page|counted|list]

Texts are those of tests/store/build.py: 12,000 words in a heavy-tailed mix. Every second article has entities
and figures. Each query is another one in each round (other words, other names), so that nothing is cached but
what SQLite caches; p50 and p95 are over the rounds, in milliseconds; the
processor's time is told beside the wall's, which other work on the machine stretches. `--of counted` asks as
the Search screen does for its count, `--of list` as the desk's list narrowed by a saved query.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import msgspec

from newsdesk.models import Figure
from newsdesk.store import search
from newsdesk.store.archive import Archive
from newsdesk.store.base import Database, open_database
from newsdesk.store.topics import OpenDesk, open_desk
from newsdesk.store.windows import MOST_ASKED
from store.build import DESK, DIGEST, NOW, TOPICS, Writer, fill

NAMES = 3_000
PAGE = 50


def build(file: Path, articles: int) -> None:
    """An archive with that many articles, read deeply."""
    with closing(open_database(file)) as database:
        # Only for making it: every transaction would wait for the disk.
        database.run("PRAGMA synchronous = OFF")
        archive = Archive(database)
        fill(archive, articles)
        chance = random.Random(7)
        with database.write():
            deepen(database, chance)
        database.run("PRAGMA wal_checkpoint(TRUNCATE)")


def deepen(database: Database, chance: random.Random) -> None:
    """Entities and figures as the deep pass stores them, written as rows: 100,000 results in one go."""
    names = [f"Name {number}" for number in range(NAMES)]
    weights = [1 / (rank + 2) for rank in range(NAMES)]
    kinds = ("person", "place", "organization")
    database.run_many(
        "INSERT INTO entity (id, key, name, kind) VALUES (?, ?, ?, ?)",
        [(n + 1, f"{kinds[n % 3]}/name-{n}", name, kinds[n % 3]) for n, name in enumerate(names)],
    )
    database.run_many(
        "INSERT INTO entity_alias (entity_id, name) VALUES (?, ?)",
        [(n + 1, f"Alias {n}") for n in range(0, NAMES, 2)],
    )
    for article, top, blocks in database.rows("SELECT id, top, blocks FROM article WHERE id % 2 = 0"):
        mentions = {
            (top - 1 - chance.randrange(blocks), at * 9, at * 9 + 5, key + 1)
            for at, key in enumerate(chance.choices(range(NAMES), weights, k=12))
        }
        database.run_many("INSERT INTO mention VALUES (?, ?, ?, ?)", mentions)
        claims = [_claim(chance, blocks) for _ in range(3)]
        database.run_many(
            """INSERT INTO figure (article_id, position, passage_id, category, scope, quantifier, best,
            asserted_by, body) VALUES (?, ?, ?, ?, 'day', 'exact', ?, ?, ?)""",
            [
                (article, place, top - 1 - one.passage, one.category, one.best, one.asserted_by, _json(one))
                for place, one in enumerate(claims)
            ],
        )


def _claim(chance: random.Random, blocks: int) -> Figure:
    number = float(chance.randrange(2_000))
    return Figure(
        passage=chance.randrange(blocks),
        start=0,
        end=4,
        text=f"{number:.0f}",
        min=None,
        max=None,
        best=number,
        quantifier="exact",
        noun="people",
        unit="person",
        category=chance.choice(("killed", "injured", "displaced", "other", "other")),
        event=None,
        scope="day",
        asserted_by=f"Speaker {chance.randrange(2_000)}",
    )


def _json(figure: Figure) -> str:
    return msgspec.json.encode(figure).decode()


def words() -> tuple[list[str], list[str]]:
    """Common words and rare ones of the invented language."""
    writer = Writer()
    known = writer._words
    return list(known[:300]), list(known[300:6_000])


def queries(
    common: Sequence[str], rare: Sequence[str], topics: Sequence[str], sources: Sequence[str]
) -> dict[str, Callable[[random.Random], str]]:
    """By name, what makes a query. `sources` are values of `source:`."""

    def one(chance: random.Random) -> str:
        return chance.choice(rare)

    def often(chance: random.Random) -> str:
        return chance.choice(common)

    def name(chance: random.Random) -> str:
        return f'entity:"Name {chance.randrange(NAMES)}"'

    return {
        "a rare word": lambda c: f"{one(c)} ",
        "a common word": often,
        "two common words": lambda c: f"{often(c)} {often(c)}",
        "a phrase": lambda c: f'"{often(c)} {often(c)}"',
        "a prefix of three letters": lambda c: f"{(one(c) + 'tar')[:3]}*",
        "near": lambda c: f"{often(c)} near/5 {often(c)}",
        "or, not": lambda c: f"({one(c)} or {one(c)}) not {often(c)}",
        "word and topic": lambda c: f"{often(c)} topic:{c.choice(topics)}",
        "word and feed": lambda c: f"{often(c)} source:{c.choice(sources)}",
        "rare word and entity": lambda c: f"{one(c)} {name(c)}",
        "common word and entity": lambda c: f"{often(c)} {name(c)}",
        "word since a month": lambda c: f"{one(c)} since:4w",
        "word before a month": lambda c: f"{often(c)} before:4w",
        "not a word, a topic": lambda c: f"topic:{c.choice(topics)} not {often(c)}",
        "word or entity": lambda c: f"{one(c)} or {name(c)}",
        "common word, sort:rank": lambda c: f"{often(c)} sort:rank",
        **filters(rare, topics, sources),
    }


def filters(
    rare: Sequence[str], topics: Sequence[str], sources: Sequence[str]
) -> dict[str, Callable[[random.Random], str]]:
    """The queries without words for the text index."""
    return {
        "topic": lambda c: f"topic:{c.choice(topics)}",
        "topic, unread": lambda c: f"topic:{c.choice(topics)} is:unread",
        "feed": lambda c: f"source:{c.choice(sources)}",
        "entity": lambda c: f'entity:"Name {c.randrange(NAMES)}"',
        "figure": lambda c: f"figure:killed>{c.randrange(1_990)}",
        "speaker": lambda c: f'by:"speaker {c.randrange(2_000)}"',
        "title": lambda c: f"title:{c.choice(rare)}",
        "starred (none is)": lambda c: "is:starred",
        "changed (none is)": lambda c: "is:changed",
    }


def page(database: Database, desk: OpenDesk, query: str, now: datetime) -> None:
    search.search(database, desk, query, PAGE, now=now)


def counted(database: Database, desk: OpenDesk, query: str, now: datetime) -> None:
    search.find(database, desk, query, 1_001, now=now)


def listed(database: Database, desk: OpenDesk, query: str, now: datetime) -> None:
    search.articles_found(database, desk, query, MOST_ASKED, saved={}, now=now)


Ask = Callable[[Database, OpenDesk, str, datetime], None]
KINDS: Mapping[str, Ask] = {"page": page, "counted": counted, "list": listed}
Asked = Mapping[str, Callable[[random.Random], str]]


def measure(
    database: Database, desk: OpenDesk, asked: Asked, rounds: int, now: datetime, ask: Ask = page
) -> Iterator[tuple[str, float, float, float]]:
    """(query, p50, p95, p95 of the processor's time) in milliseconds."""
    for name, made in asked.items():
        chance = random.Random(11)
        ask(database, desk, made(chance), now)
        times, busy = [], []
        for _ in range(rounds):
            query = made(chance)
            start, cpu = perf_counter(), process_time()
            ask(database, desk, query, now)
            times.append((perf_counter() - start) * 1_000)
            busy.append((process_time() - cpu) * 1_000)
        yield name, median(times), quantiles(times, n=20)[-1], quantiles(busy, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--of", choices=list(KINDS), default="page")
    parser.add_argument("--keep", type=Path, help="make the archives in this folder, or take them from there")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        for articles in asked.articles:
            file = (asked.keep or Path(folder)) / f"search-{articles}.db"
            if not file.exists():
                build(file, articles)
            print(f"\n{articles:,} articles, {file.stat().st_size / 1e6:,.0f} MB\n")
            print("| query | p50 ms | p95 ms | CPU p95 ms |\n|---|---|---|---|")
            made = queries(*words(), TOPICS, [f"wire{number}" for number in range(20)])
            with closing(open_database(file)) as database:
                desk = open_desk(database, DESK, TOPICS, DIGEST)
                now = NOW + timedelta(minutes=1)
                rows = measure(database, desk, made, asked.rounds, now, KINDS[asked.of])
                for name, middle, late, busy in rows:
                    print(f"| {name} | {middle:.1f} | {late:.1f} | {busy:.1f} |", flush=True)


if __name__ == "__main__":
    main()
