"""One article as the screens show it, and its revisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from newsdesk.models import Block, FullText, StoredArticle
from newsdesk.store import deep
from newsdesk.store.base import Database
from newsdesk.store.packing import time_of, unpack_blocks, unpack_original
from newsdesk.store.passages import labelled_passages, unread_by_index
from newsdesk.store.topics import OpenDesk


class Revision(msgspec.Struct, frozen=True):
    """One stored version of an article's text."""

    number: int
    fetched: datetime
    content_hash: str
    title: str
    full_text: FullText
    blocks: tuple[Block, ...]
    original: bytes
    """The markup that the text was read from; empty where the feed gave none."""


def article(database: Database, desk: OpenDesk, article_id: int) -> StoredArticle | None:
    """An article with passages, marks, entities and figures; `sections` is left empty."""
    row = database.row(
        """SELECT f.url, f.publisher, a.url, a.title, a.author, a.sort, a.fetched, a.revision, a.full_text,
          a.starred, a.top, a.blocks, a.deep_version, a.language, a.notices, a.page_note,
          a.content_hash
        FROM article AS a JOIN feed AS f ON f.id = a.feed_id WHERE a.id = ?""",
        (article_id,),
    )
    if row is None:
        return None
    feed_url, publisher, url, title, author, sort, fetched, revision, full_text, *rest = row
    starred, top, blocks, deep_version, language, notices, page_note, digest = rest
    passages = labelled_passages(database, desk, article_id, revision)
    # Results of an older analysis are shown until the new ones are there; they fit the same text.
    analysed = deep_version != ""
    texts = [passage.text for passage in passages]
    return StoredArticle(
        id=article_id,
        feed_url=feed_url,
        publisher=publisher,
        url=url,
        title=title,
        author=author,
        published=time_of(sort),
        fetched=time_of(fetched),
        revision=revision,
        full_text=full_text,
        starred=bool(starred),
        passages=passages,
        read=read_indexes(unread_by_index(database, top, blocks)),
        sections=(),
        entities=deep.entities_of(database, article_id, top, texts) if analysed else (),
        figures=deep.figures_of(database, article_id) if analysed else (),
        deep=analysed,
        language=language,
        page_note=page_note,
        content_hash=digest,
        notices=msgspec.json.decode(notices, type=tuple[str, ...]) if analysed else (),
    )


def read_indexes(unread: Mapping[int, int | None]) -> frozenset[int]:
    """The passages that count as read: those marked, and those without a mark that stand with them.

    A sub-heading or furniture is read when the passage after it is; at the end, when the one before is;
    where nothing carries a mark, all is read.
    """
    read = set()
    following: int | None = None
    for index in sorted(unread, reverse=True):
        mark = unread[index]
        following = mark if mark is not None else following
        if following == 0:
            read.add(index)
    last = max((index for index, mark in unread.items() if mark is not None), default=None)
    if last is None:
        return frozenset(unread)
    if unread[last] == 0:
        read.update(index for index in unread if index > last)
    return frozenset(read)


def revisions(database: Database, article_id: int) -> tuple[Revision, ...]:
    """Every stored version of an article's text, the oldest first."""
    rows = database.rows(
        """SELECT number, fetched, content_hash, title, full_text, blocks, original FROM revision
        WHERE article_id = ? ORDER BY number""",
        (article_id,),
    )
    return tuple(
        Revision(
            number,
            time_of(fetched),
            content_hash,
            title,
            full_text,
            tuple(Block(block.kind, block.text) for block in unpack_blocks(blocks)),
            unpack_original(original, blocks),
        )
        for number, fetched, content_hash, title, full_text, blocks, original in rows
    )
