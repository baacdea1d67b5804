"""How long the ledger takes in archives of invented articles, and what it costs to keep.

    python -m bench.ledger [--articles 10000] [--figures 25] [--rounds 40]

Texts are those of tests/store/build.py; every article has so many figures of 500 places in a heavy-tailed
mix, so that the largest series has thousands of reports and most have a few. p50 and p95 over the rounds, in
milliseconds of processor time; each round asks for another page or series.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import msgspec
from msgspec.structs import replace

from newsdesk import series
from newsdesk.models import Figure, Found
from newsdesk.store.archive import Archive
from newsdesk.store.base import Database, open_database
from store.build import DESK, DIGEST, TOPICS, fill

PLACES = 500
CATEGORIES = ("killed", "injured", "displaced", "other")
SCOPES = ("incident", "cumulative", "day")
SPEAKERS = 300


def invented(chance: random.Random, blocks: int, weights: list[float]) -> Figure:
    """A claim of some place, category and scope, by some speaker or none."""
    number = float(chance.randint(1, 400))
    place = chance.choices(range(PLACES), cum_weights=weights)[0]
    category = chance.choice(CATEGORIES)
    return Figure(
        passage=chance.randrange(blocks),
        start=0,
        end=9,
        text=f"{number:g} people",
        min=number,
        max=number,
        best=number,
        quantifier="exact",
        noun=chance.choice(("people", "people", "children", "soldiers")),
        unit="person",
        category=category,  # type: ignore[arg-type]
        event="gather" if category == "other" else "kill",
        scope=chance.choice(SCOPES),  # type: ignore[arg-type]
        place=f"Place {place}",
        asserted_by=chance.choice((None, f"Ministry {chance.randrange(SPEAKERS)}")),
    )


def build(file: Path, articles: int, figures: int) -> None:
    """An archive whose figures are in no series yet."""
    chance = random.Random(5)
    weights = list(accumulate(1 / (rank + 2) for rank in range(PLACES)))
    with closing(open_database(file)) as database:
        # Only for making it: every transaction would wait for the disk.
        database.run("PRAGMA synchronous = OFF")
        fill(Archive(database), articles)
        with database.write():
            for article, top, blocks in database.rows("SELECT id, top, blocks FROM article"):
                made = [invented(chance, blocks, weights) for _ in range(figures)]
                database.run_many(
                    """INSERT INTO figure (article_id, position, passage_id, category, scope, quantifier, min,
                    max, best, asserted_by, place, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    [_row(article, n, top, one) for n, one in enumerate(made)],
                )
        database.run("PRAGMA wal_checkpoint(TRUNCATE)")


def _row(article: int, position: int, top: int, figure: Figure) -> tuple[object, ...]:
    values = (figure.category, figure.scope, figure.quantifier, figure.min, figure.max, figure.best)
    body = msgspec.json.encode(figure).decode()
    return (article, position, top - 1 - figure.passage, *values, figure.asserted_by, figure.place, body)


def timed(say: str, rounds: int, work: Callable[[int], object]) -> None:
    """Print p50 and p95 of a work. Processor time: nothing here waits for anything but the disk's cache."""
    took = []
    for number in range(rounds):
        begin = process_time()
        work(number)
        took.append((process_time() - begin) * 1000)
    print(f"| {say} | {median(took):.1f} | {quantiles(took, n=20)[-1]:.1f} |", flush=True)


def measure(file: Path, rounds: int) -> None:
    """Time what the screen asks for, and what keeping series costs."""
    chance = random.Random(9)
    with closing(Archive(open_database(file))) as archive:
        archive.set_desk(DESK, TOPICS, DIGEST)
        database: Database = archive._database
        database.run("PRAGMA synchronous = OFF")
        begin = process_time()
        while archive.assign_series():
            pass
        count = database.value("SELECT count(*) FROM figure")
        each = (process_time() - begin) / count
        number = database.value("SELECT count(*) FROM series")
        largest, reports = database.row("SELECT id, max(figures) FROM series") or (0, 0)
        print(f"{count:,} figures in {number:,} series, the largest of {reports:,}; ", end="")
        print(f"put into series: {each * 1000:.2f} ms of processor time each\n")
        print("| | p50 | p95 |\n|---|---|---|")
        keys = [row.key for row in archive.series("all", 1000)]
        timed("a page of series (50)", rounds, lambda n: archive.series("listed", 50, chance.choice(keys)))
        timed("a page of those with a conflict", rounds, lambda n: archive.series("conflicts", 50))
        timed("200 reports of the largest series", rounds, lambda n: archive.reports(largest, 200))
        hits = [report.hit for report in archive.reports(largest, 200)]

        def compare(n: int) -> None:
            series.population.cache_clear()
            series.conflicts([replace(hit, key=(*hit.key[:2], n)) for hit in hits])

        timed("their contradictions", rounds, compare)
        timed("what stands beside a series", rounds, lambda n: archive.beside(chance.choice(keys)[1]))
        timed("narrowed by a topic", rounds, lambda n: archive.narrowed("topic:tides"))
        timed("narrowed by a speaker", rounds, lambda n: archive.narrowed(f'by:"ministry {n}"'))
        weights = list(accumulate(1 / (rank + 2) for rank in range(PLACES)))

        def save(n: int) -> None:
            found = Found((), tuple(invented(chance, 8, weights) for _ in range(8)))
            archive.save_deep(n + 1, 1, found)

        timed("storing an article's results anew (8 figures)", rounds, save)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the ledger.")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--figures", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "archive.db"
        build(file, asked.articles, asked.figures)
        measure(file, asked.rounds)


if __name__ == "__main__":
    main()
