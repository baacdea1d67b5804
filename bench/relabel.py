"""How fast `newsdesk topics relabel` is: reading, labelling and storing.

    python -m bench.relabel [ARTICLES]

Two cases, on a home with ARTICLES (default 10,000) articles of about ten passages: a word is added to the
open desk, so that only articles with that word are read; another desk is opened, so that every label changes.

Each as it runs by itself (very many articles are labelled by two processes beside the one that stores), and
with another desk also in one process alone.

Passages a second are told by the clock and by the processor's time of the process that reads and stores; on a
machine that has other work the first says how busy it is. The labeller alone, on the same passages, stands
beside them: what a process that labels makes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bench.home import DESK, build
from msgspec.structs import replace

from newsdesk.analysis.rewording import remembered
from newsdesk.analysis.topics import Labeller
from newsdesk.config import load
from newsdesk.models import Desk
from newsdesk.paths import paths
from newsdesk.store.archive import open_archive
from newsdesk.update.background import desk_digest
from newsdesk.update.relabel import BATCH, relabel

WANTED = 20_000
"""Passages a second."""


def main() -> int:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
        home = Path(folder)
        build(home, articles)
        where = paths(home)
        own = load(where).desk
        note(where.archive, own)
        first, *rest = own.topics
        edited = replace(own, topics=(replace(first, weak=(*first.weak, "bakery")), *rest))
        other, again = load(where, desk="disaster").desk, load(where, desk=DESK).desk
        for name, desk, helpers in (
            ("a word added", edited, None),
            ("another desk", other, None),
            ("back again", again, None),
            ("another desk, one process", other, 0),
            ("back again, one process", again, 0),
        ):
            print(f"{name:<26} {timed(where.archive, desk, helpers)}", flush=True)
    return 0


def note(file: Path, desk: Desk) -> None:
    """Remember the desk beside its labels, as a refresh does."""
    with closing(open_archive(file)) as archive:
        archive.set_desk(desk.id, [topic.id for topic in desk.topics], desk_digest(desk))
        archive.note_wording(remembered(desk))


def timed(file: Path, desk: Desk, helpers: int | None) -> str:
    """Re-label the archive with a desk; what it took, in words."""
    digest = desk_digest(desk)
    changed = 0
    with closing(open_archive(file)) as archive:
        archive.set_desk(desk.id, [topic.id for topic in desk.topics], digest)
        began, used = time.perf_counter(), time.process_time()
        for at in relabel(archive, Labeller(desk), digest, helpers):
            changed = at.changed
        took, used = time.perf_counter() - began, time.process_time() - used
        passages = sum(one.passages for one in archive.counts().topics)
    rate = passages / took
    sign = "" if rate >= WANTED else f" (wanted: {WANTED:,})"
    return (
        f"{passages:,} passages in {took:.1f} s ({used:.1f} s of processor), {changed:,} changed: "
        f"{rate:,.0f} passages a second{sign}, {passages / used:,.0f} a second of processor; "
        f"labelling alone {labels_a_second(file, desk):,.0f}"
    )


def labels_a_second(file: Path, desk: Desk) -> float:
    """Passages a second of processor of the labeller alone, on the newest articles."""
    with closing(open_archive(file)) as archive:
        archive.set_desk(desk.id, [topic.id for topic in desk.topics], "another wording")
        articles = [passages for _, passages in archive.unlabelled("another wording", BATCH)]
    labeller = Labeller(desk)
    for passages in articles:
        labeller.labels(passages)  # what words begin is looked up once
    began, done = time.process_time(), 0
    while (used := time.process_time() - began) < 1.0:
        done += sum(len(labeller.labels(passages)) for passages in articles)
    return done / used


if __name__ == "__main__":
    sys.exit(main())
