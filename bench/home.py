"""A newsdesk home with many cached articles, made through the archive's own door.

The texts are made of the demo's passages, shuffled with a fixed seed and labelled by the instant pass;
nothing waits for a refresh, for re-labelling or for the deep pass, so that only the interface is timed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from newsdesk.analysis.installed import choose
from newsdesk.analysis.pipeline import instant
from newsdesk.analysis.topics import Labeller
from newsdesk.config import load
from newsdesk.demo.articles import read_samples
from newsdesk.models import Block, Desk, Feed, FeedState, Found, IncomingArticle, LabelledPassage
from newsdesk.paths import paths
from newsdesk.store.archive import Archive, open_archive
from newsdesk.subscriptions import write_config
from newsdesk.update.background import desk_digest

DESK = "israel-hamas"
FEEDS = 100
BODIES = 400
"""Distinct texts; articles share them, titles differ."""
SEED = 20240327


def title(number: int) -> str:
    """The title of article `number`; the highest number is the newest."""
    return f"Bulletin {number:06} of the bench"


def build(home: Path, articles: int) -> tuple[str, ...]:
    """Make the home; the result names the newest article of each topic of the desk, in the desk's order.

    The newest article has only the first topic, the one before it only the second, and so on: a filter by
    topic always brings another article to the top of the list.
    """
    where = paths(home)
    feeds = [Feed(url=f"https://feed-{n:03}.example/rss", title=f"Bench outlet {n:03}") for n in range(FEEDS)]
    write_config(where.config_file, DESK, feeds)
    desk = load(where).desk
    digest = desk_digest(desk)
    with closing(open_archive(where.archive)) as archive:
        archive.set_desk(desk.id, [topic.id for topic in desk.topics], digest)
        archive.sync_feeds(feeds)
        _fill(archive, feeds, list(_articles(desk, articles)))
        _finish_deep_pass(archive)
        counts = archive.counts()
        assert counts.articles == articles
        assert counts.deep_pending == 0
        assert not archive.unlabelled(digest, 1)
    return tuple(title(articles - 1 - n) for n in range(len(desk.topics)))


def long_article(home: Path, passages: int = 1000) -> None:
    """Add an article of so many passages, the newest of the archive."""
    settings = load(paths(home))
    desk, feed = settings.desk, settings.config.feeds[0]
    pool, now = _pool(), datetime.now(UTC)
    text = instant([pool[n % len(pool)] for n in range(passages)], Labeller(desk))
    with closing(open_archive(settings.paths.archive)) as archive:
        archive.set_desk(desk.id, [topic.id for topic in desk.topics], desk_digest(desk))
        state = FeedState(
            url=feed.url, title=feed.title, last_poll=now, last_success=now, next_due=now + timedelta(days=1)
        )
        article = IncomingArticle(
            guid="urn:bench:long",
            url="https://outlet.example/long",
            title="The long one",
            author="",
            published=now + timedelta(minutes=1),
            passages=text,
            full_text="feed",
            content_hash=sha256(b"long").hexdigest(),
        )
        archive.save_poll(state, [article], now)
        _finish_deep_pass(archive)


def _fill(archive: Archive, feeds: Sequence[Feed], articles: Sequence[IncomingArticle]) -> None:
    now = datetime.now(UTC)
    for n, feed in enumerate(feeds):
        state = FeedState(
            url=feed.url,
            title=feed.title,
            last_poll=now,
            last_success=now,
            next_due=now + timedelta(days=1),
        )
        archive.save_poll(state, articles[n :: len(feeds)], now)


def _finish_deep_pass(archive: Archive) -> None:
    """Store an empty result for every article: what a figure looks like is not timed here."""
    archive.set_stamp(choose().stamp)
    while waiting := archive.deep_pending(1000, ()):
        for article, revision, *_ in waiting:
            archive.save_deep(article, revision, Found((), ()))


def _articles(desk: Desk, count: int) -> Iterator[IncomingArticle]:
    """Articles 0 to `count` - 1, a minute apart, the last one out just now."""
    bodies = tuple(islice(_bodies(desk), BODIES))
    single = [_only(_bodies_of_one(desk), topic.id) for topic in desk.topics]
    newest = datetime.now(UTC).replace(microsecond=0)
    for number in range(count):
        age = count - 1 - number
        passages = single[age] if age < len(single) else bodies[number % BODIES]
        yield IncomingArticle(
            guid=f"urn:bench:{number}",
            url=f"https://outlet.example/{number}",
            title=title(number),
            author="",
            published=newest - timedelta(minutes=age),
            passages=passages,
            full_text="feed",
            content_hash=sha256(str(number).encode()).hexdigest(),
        )


def _bodies(desk: Desk) -> Iterator[tuple[LabelledPassage, ...]]:
    """Shuffled texts of 6 to 14 passages, without end."""
    labeller = Labeller(desk)
    pool = _pool()
    shuffle = random.Random(SEED)
    while True:
        yield instant(shuffle.sample(pool, shuffle.randint(6, 14)), labeller)


def _bodies_of_one(desk: Desk) -> Iterator[tuple[LabelledPassage, ...]]:
    """Texts of one passage each."""
    labeller = Labeller(desk)
    for block in _pool():
        yield instant((block,), labeller)


def _only(bodies: Iterator[tuple[LabelledPassage, ...]], topic: str) -> tuple[LabelledPassage, ...]:
    return next(body for body in bodies if all(passage.topics == (topic,) for passage in body))


def _pool() -> list[Block]:
    return [block for sample in read_samples() for block in sample.blocks() if block.kind == "paragraph"]
