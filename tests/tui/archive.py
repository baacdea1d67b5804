"""A real desk on a real archive in a temporary home, filled the way a poll fills it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from newsdesk.analysis.installed import choose
from newsdesk.analysis.pipeline import instant
from newsdesk.analysis.topics import Labeller
from newsdesk.config import AnalysisSettings, Config, Settings, load_desk
from newsdesk.demo.articles import read_samples
from newsdesk.desk import Newsdesk
from newsdesk.models import Block, Entity, Feed, FeedState, Figure, Found, IncomingArticle, Mention
from newsdesk.paths import Paths, paths
from newsdesk.store.archive import Archive, open_archive
from newsdesk.update.background import desk_digest

NOON = datetime(2024, 3, 28, 12, 0, tzinfo=UTC)
WIRE = Feed(url="https://wire.example/feed", title="Sample Wire")
HERALD = Feed(url="https://herald.example/feed", title="Invented Herald")

LEAD_TITLE = "Envoys meet while rockets fall in the north"
LEAD = (
    Block("paragraph", "The Security Council voted for a cease-fire in Gaza; the United States abstained."),
    Block("paragraph", "Israel called off the visit of its delegation to the White House in protest."),
    Block("heading", "Rockets in the north"),
    Block(
        "paragraph", "Hezbollah launched rockets at northern Israel; the strikes in Lebanon killed 7 people."
    ),
    Block(
        "paragraph",
        "Sirens sounded at the Lebanon border for the third night, and Hezbollah said more would come.",
    ),
    Block(
        "paragraph", "Negotiators in Qatar said the hostage talks had reached a dead end over the hostages."
    ),
    Block("paragraph", "The Health Ministry in Gaza says more than 32,400 people have been killed."),
    Block("paragraph", "The bakery at the corner sold bread again."),
)
OTHERS = (
    (
        "Mediators leave Doha without a date",
        "Hostage talks of Israel and Hamas ended without a date, negotiators said.",
    ),
    ("Market opens in the rain", "The night market opened although it rained."),
    (
        "Rockets hit a border town",
        "Hezbollah rockets hit a town at the Lebanon border; one person was killed.",
    ),
)


class Story(Struct, frozen=True):
    """An article to be stored."""

    title: str
    blocks: tuple[Block, ...]
    feed: Feed = WIRE
    hours_ago: float = 1.0
    url: str = "https://wire.example/article"


def lead() -> Story:
    return Story(LEAD_TITLE, LEAD, hours_ago=0.5)


def others() -> list[Story]:
    return [
        Story(title, (Block("paragraph", text),), feed=HERALD, hours_ago=2.0 + place)
        for place, (title, text) in enumerate(OTHERS)
    ]


def samples() -> list[Story]:
    """The demo's articles."""
    return [Story(one.title, one.blocks(), hours_ago=one.hours_ago) for one in read_samples()]


def settings(home: Path, config: Config | None = None) -> Settings:
    where = paths(home)
    chosen = config or Config(feeds=(WIRE, HERALD), analysis=AnalysisSettings(model="none"))
    return Settings(config=chosen, desk=load_desk(where, chosen.desk), paths=where, exists=True)


def fill(where: Paths, desk: Settings, stories: Iterable[Story], now: datetime = NOON) -> list[int]:
    """Store stories as the polls of their feeds would; their ids, in the order given."""
    labeller = Labeller(desk.desk)
    ids: list[int] = []
    archive = _opened(where, desk)
    try:
        for story in stories:
            passages = instant(story.blocks, labeller)
            text = story.title + "\n".join(block.text for block in story.blocks)
            incoming = IncomingArticle(
                guid=hashlib.sha256((story.title + story.feed.url).encode("utf-8", "replace")).hexdigest(),
                url=story.url,
                title=story.title,
                author="",
                published=now - timedelta(hours=story.hours_ago),
                passages=passages,
                full_text="feed",
                content_hash=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
            )
            state = FeedState(url=story.feed.url, title=story.feed.title, last_success=now)
            ids += archive.save_poll(state, (incoming,), now).new_ids
    finally:
        archive.close()
    return ids


def save_deep(
    where: Paths, desk: Settings, article_id: int, entities: Sequence[Entity], figures: Sequence[Figure]
) -> None:
    """Store entities and figures as the deep pass would."""
    archive = _opened(where, desk)
    try:
        found = archive.article(article_id)
        assert found is not None
        archive.save_deep(article_id, found.revision, Found(tuple(entities), tuple(figures)))
    finally:
        archive.close()


def lead_findings() -> tuple[list[Entity], list[Figure]]:
    """What the deep pass finds in the lead, as far as the tests look at it."""
    toll = LEAD[6].text
    people = "more than 32,400 people"
    dead = "7 people"
    strike = LEAD[3].text
    entities = [
        Entity("organization/hezbollah", "Hezbollah", "organization", (Mention(3, 0, 9, "Hezbollah"),)),
        Entity("place/gaza", "Gaza", "place", (_mention(6, "Gaza"),)),
    ]
    figures = [
        _figure(3, strike, dead, best=7, quantifier="exact"),
        _figure(6, toll, people, best=32400, quantifier="more_than", asserted_by="Health Ministry"),
    ]
    return entities, figures


def _mention(passage: int, text: str) -> Mention:
    start = LEAD[passage].text.index(text)
    return Mention(passage, start, start + len(text), text)


def _figure(
    passage: int, text: str, words: str, *, best: float, quantifier: str, asserted_by: str | None = None
) -> Figure:
    start = text.index(words)
    return Figure(
        passage=passage,
        start=start,
        end=start + len(words),
        text=words,
        min=best,
        max=None if quantifier == "more_than" else best,
        best=None if quantifier == "more_than" else best,
        quantifier=quantifier,  # type: ignore[arg-type]
        noun="people",
        unit="person",
        category="killed",
        event="kill",
        asserted_by=asserted_by,
        stance="says" if asserted_by else None,
    )


def _opened(where: Paths, desk: Settings) -> Archive:
    archive = open_archive(where.archive)
    archive.set_desk(desk.desk.id, [topic.id for topic in desk.desk.topics], desk_digest(desk.desk))
    archive.sync_feeds(desk.config.feeds)
    archive.set_stamp(choose(desk.config.analysis.model).stamp)
    return archive


def opened(desk: Settings, *, offline: bool = True) -> Newsdesk:
    return Newsdesk.open(desk, offline=offline)
