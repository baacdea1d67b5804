"""Articles as plain texts, a window of them at a time: what a desk is tried out on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from newsdesk.models import Passage
from newsdesk.store.base import Database
from newsdesk.store.packing import passage_of, time_of, unpack_blocks


class ArticleText(Struct, frozen=True):
    """An article of the archive with the passages of its current revision."""

    id: int
    title: str
    url: str
    publisher: str
    published: datetime
    passages: tuple[Passage, ...]


def newest(database: Database, most: int) -> tuple[ArticleText, ...]:
    """The newest articles, the last of them that with which they have `most` passages together."""
    rows = database.rows(
        """SELECT a.id, a.passages FROM (SELECT id FROM article ORDER BY sort DESC, id DESC LIMIT ?) AS newest
        CROSS JOIN article AS a ON a.id = newest.id""",
        (most,),
    )
    chosen, seen = [], 0
    for article, passages in rows:
        if seen >= most:
            break
        chosen.append(article)
        seen += passages
    return texts_of(database, chosen)


def texts_of(database: Database, articles: Sequence[int]) -> tuple[ArticleText, ...]:
    """The articles with these ids, in this order."""
    rows = database.rows(
        """SELECT a.id, a.title, a.url, f.publisher, a.sort, r.blocks FROM json_each(?) AS wanted
        CROSS JOIN article AS a ON a.id = wanted.value CROSS JOIN feed AS f ON f.id = a.feed_id
        CROSS JOIN revision AS r ON r.article_id = a.id AND r.number = a.revision""",
        (msgspec.json.encode(list(articles)).decode(),),
    )
    return tuple(
        ArticleText(
            id=article,
            title=title,
            url=url,
            publisher=publisher,
            published=time_of(sort),
            passages=tuple(passage_of(index, block) for index, block in enumerate(unpack_blocks(blocks))),
        )
        for article, title, url, publisher, sort, blocks in rows
    )
