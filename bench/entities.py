"""How long a page of entities and of a dossier takes, in archives of invented articles.

    python -m bench.entities [--articles 10000 100000] [--rounds 40]

Texts are those of tests/store/build.py. Every article has 30 mentions of 40,000 names in a heavy-tailed mix,
so that the most frequent one is in nearly every article, and three figures with speakers. p50 and p95 over
the rounds, in milliseconds of the clock; each round asks for another page, name, beginning.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import msgspec

from newsdesk.models import Figure
from newsdesk.models.entities import EntityRow, EntityView
from newsdesk.store.archive import Archive
from newsdesk.store.base import Database, open_database
from newsdesk.store.recount import recount
from store.build import DESK, DIGEST, NOW, TOPICS, fill

NAMES = 40_000
MENTIONS = 30
PAGE = 40
PASSAGES = 20
KINDS = ("person", "place", "organization", "person", "group")

Measured = Callable[[], object]


def build(file: Path, articles: int) -> None:
    """An archive with that many articles, read deeply."""
    with closing(open_database(file)) as database:
        # Only for making it: every transaction would wait for the disk.
        database.run("PRAGMA synchronous = OFF")
        fill(Archive(database), articles)
        with database.write():
            _deepen(database, random.Random(7))
        recount(database)
        database.run("PRAGMA wal_checkpoint(TRUNCATE)")


def _deepen(database: Database, chance: random.Random) -> None:
    """Rows as the deep pass stores them."""
    weights = list(accumulate(1 / (rank + 2) for rank in range(NAMES)))
    keys = range(1, NAMES + 1)
    database.run_many(
        "INSERT INTO entity (id, key, name, kind) VALUES (?, ?, ?, ?)",
        [(n, f"{KINDS[n % 5]}/given-{n}-sur-{n % 977}", _name(n), KINDS[n % 5]) for n in keys],
    )
    database.run_many(
        "INSERT INTO entity_alias (entity_id, name) VALUES (?, ?)",
        [(n, f"Sur{n % 977}") for n in keys if n % 2],
    )
    for article, top, blocks in database.rows("SELECT id, top, blocks FROM article"):
        places = [chance.randrange(blocks) for _ in range(MENTIONS)]
        named = chance.choices(keys, cum_weights=weights, k=MENTIONS)
        mentions = {
            (top - 1 - place, at * 9, at * 9 + 5, key)
            for at, (place, key) in enumerate(zip(places, named, strict=True))
        }
        database.run_many("INSERT INTO mention VALUES (?, ?, ?, ?)", mentions)
        database.run_many(
            """INSERT INTO figure (article_id, position, passage_id, category, scope, quantifier, best,
            asserted_by, body) VALUES (?, ?, ?, 'killed', 'day', 'exact', 7, ?, ?)""",
            [
                (article, n, top - 1 - places[n], _name(named[n]), _figure(places[n], _name(named[n])))
                for n in range(3)
            ],
        )


def _name(number: int) -> str:
    return f"Given{number} Sur{number % 977}"


def _figure(place: int, speaker: str) -> str:
    found = Figure(
        place, 0, 4, "seven", 7, 7, 7, "exact", "people", "person", "killed", "kill", asserted_by=speaker
    )
    return msgspec.json.encode(found).decode()


def measured(archive: Archive, rounds: int) -> Iterator[tuple[str, list[float]]]:
    """What is timed, and how long it took, in ms, once a round."""
    chance = random.Random(3)
    first = archive.entity_page(EntityView(), 1_000, None, NOW)
    common, rare = first[:10], archive.entity_page(EntityView(kind="place"), 1_000, None, NOW)[-10:]

    def rows_after(entity: EntityRow) -> Measured:
        return lambda: archive.entity_page(EntityView(), PAGE, entity, NOW)

    def pages_of(entity: EntityRow) -> Measured:
        before = archive.dossier_keys(entity, 200)[-1]
        return lambda: archive.dossier(
            entity, archive.dossier_keys(entity, PASSAGES, chance.choice((None, before)))
        )

    def narrowed(**view: object) -> Measured:
        asked = EntityView(**view)  # type: ignore[arg-type]
        return lambda: archive.entity_page(asked, PAGE, None, NOW)

    makers: Mapping[str, Callable[[], Measured]] = {
        "a page of entities": lambda: rows_after(chance.choice(first)),
        "the first page of a kind": lambda: narrowed(kind=chance.choice(KINDS)),
        "how many, by kind": lambda: lambda: archive.entity_counts(EntityView()),
        "a page of a frequent one's dossier": lambda: pages_of(chance.choice(common)),
        "a page of another one's dossier": lambda: pages_of(chance.choice(rare)),
        "narrowed by words": lambda: narrowed(words=f"sur{chance.randrange(9)}"),
        "narrowed by a topic": lambda: narrowed(topics=frozenset({chance.choice(TOPICS)})),
    }
    for name, make in makers.items():
        times = []
        for _ in range(rounds):
            ask = make()
            start = perf_counter()
            ask()
            times.append((perf_counter() - start) * 1000)
        yield name, times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    for articles in asked.articles:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "archive.db"
            build(file, articles)
            print(f"{articles:,} articles, {file.stat().st_size / 1e6:,.0f} MB")
            with closing(open_database(file)) as database:
                archive = Archive(database)
                archive.set_desk(DESK, TOPICS, DIGEST)
                for name, times in measured(archive, asked.rounds):
                    p95 = quantiles(times, n=20)[-1]
                    print(f"  {name:<36} p50 {median(times):7.2f}   p95 {p95:7.2f} ms")


if __name__ == "__main__":
    main()
