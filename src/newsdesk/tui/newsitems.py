"""News as the items of one list: topic by topic what changed, which figures, which passages. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from newsdesk.changes import Changes, FigureChange, PassageChange
from newsdesk.models import FigureHit
from newsdesk.models.news import ChangedArticle, News, TopicNews


class Item(Struct, frozen=True):
    """One item; the cursor stands on items."""

    topic: str


class Head(Item, frozen=True):
    """A topic begins."""

    news: TopicNews


class ChangedItem(Item, frozen=True):
    """An article with another text."""

    article: ChangedArticle
    is_first: bool
    """Whether no earlier topic lists the article: what belongs to no passage of its text stands here."""
    lead: str = ""
    """The title of the group that begins here."""


class FigureItem(Item, frozen=True):
    """A claim."""

    hit: FigureHit
    lead: str = ""
    is_last: bool = False


class PassageItem(Item, frozen=True):
    """A passage of a new article."""

    key: int
    lead: str = ""


class Rest(Item, frozen=True):
    """New passages that are not listed."""

    number: int


AnyItem = Head | ChangedItem | FigureItem | PassageItem | Rest
Identity = tuple[object, ...]


def identity(item: AnyItem) -> Identity:
    """What stays the same when the news are asked for again."""
    if isinstance(item, ChangedItem):
        return "changed", item.topic, item.article.article
    if isinstance(item, FigureItem):
        return "figure", item.hit.key
    if isinstance(item, PassageItem):
        return "passage", item.key
    return type(item).__name__, item.topic


def items(news: News, topics: Collection[str]) -> tuple[AnyItem, ...]:
    """The items of the topics chosen (none: all), those with news."""
    seen: set[int] = set()
    found: list[AnyItem] = []
    for one in news.topics:
        if has_news(one) and (not topics or one.topic in topics):
            found += _of(one, seen)
    return tuple(found)


def has_news(one: TopicNews) -> bool:
    return bool(one.changed or one.figures or one.passages)


def _of(one: TopicNews, seen: set[int]) -> Iterator[AnyItem]:
    yield Head(one.topic, one)
    for place, article in enumerate(one.changed):
        lead = "Changed" if place == 0 else ""
        yield ChangedItem(one.topic, article, article.article not in seen, lead)
        seen.add(article.article)
    for place, hit in enumerate(one.figures):
        lead = "New figures" if place == 0 else ""
        yield FigureItem(one.topic, hit, lead, place == len(one.figures) - 1)
    for place, key in enumerate(one.passages):
        yield PassageItem(one.topic, key, "New passages" if place == 0 else "")
    if one.more:
        yield Rest(one.topic, one.more)


def under_topic(found: Changes, item: ChangedItem) -> Changes:
    """Of what changed in an article, what belongs to the item's topic."""
    here = item.article.passages
    texts = {found.after.passages[index].text for index in here}
    return replace(
        found,
        title=found.title if item.is_first else None,
        figures=tuple(one for one in found.figures if _figure_here(one, here, item.is_first)),
        passages=tuple(one for one in found.passages if _passage_here(one, texts, item.is_first)),
    )


def _figure_here(change: FigureChange, here: Collection[int], is_first: bool) -> bool:
    return is_first if change.after is None else change.after.passage in here


def _passage_here(change: PassageChange, texts: Collection[str], is_first: bool) -> bool:
    after = "".join(text for did, text in change.runs if did != "gone")
    return after in texts if after else is_first


def totals(topics: Sequence[TopicNews]) -> tuple[int, int, int]:
    """New passages, new figures and changed articles of some topics."""
    return (
        sum(len(one.passages) + one.more for one in topics),
        sum(len(one.figures) for one in topics),
        len({article.article for one in topics for article in one.changed}),
    )
