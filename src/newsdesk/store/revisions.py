"""The earlier versions of an article, with the figures that they had."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import msgspec

from newsdesk.models import Edition, Figure
from newsdesk.store.base import Database
from newsdesk.store.deep import figures_of
from newsdesk.store.packing import pack, passage_of, time_of, unpack_blocks


def keep_figures(database: Database, article: int, number: int) -> None:
    """Keep a revision's figures with it, within the transaction that puts another text in its place."""
    save_figures(database, article, number, figures_of(database, article))


def save_figures(database: Database, article: int, number: int, figures: Sequence[Figure]) -> None:
    """Store the figures of an earlier revision. Raises ArchiveError."""
    database.run(
        "UPDATE revision SET figures = ? WHERE article_id = ? AND number = ?",
        (pack(list(figures)), article, number),
    )


def last_editions(database: Database, article: int) -> tuple[Edition, ...]:
    """The current version of an article and the one before it, the older first; one where there is one."""
    return _editions(database, article, "TRUE", {})


def _editions(database: Database, article: int, which: str, bindings: dict[str, int]) -> tuple[Edition, ...]:
    """The newest two versions of those asked for, the older first."""
    with database.snapshot():
        row = database.row("SELECT revision, deep_version FROM article WHERE id = ?", (article,))
        if row is None:
            return ()
        current, deep_version = row
        rows = database.rows(
            f"""SELECT number, fetched, content_hash, title, blocks, figures FROM revision
            WHERE article_id = :article AND ({which}) ORDER BY number DESC LIMIT 2""",
            {**bindings, "article": article, "current": current},
        )
        now = figures_of(database, article) if deep_version else None
    return tuple(
        Edition(
            number=number,
            fetched=time_of(fetched),
            content_hash=digest,
            title=title,
            passages=tuple(passage_of(index, block) for index, block in enumerate(unpack_blocks(blocks))),
            figures=now if number == current else _unpacked(figures),
        )
        for number, fetched, digest, title, blocks, figures in reversed(rows)
    )


def since(database: Database, article: int, number: int) -> tuple[Edition, ...]:
    """A version of an article and the current one; fewer where one is not there."""
    return _editions(database, article, "number = :number OR number = :current", {"number": number})


def _unpacked(figures: bytes | None) -> tuple[Figure, ...] | None:
    if figures is None:
        return None
    return msgspec.json.decode(zlib.decompress(figures), type=tuple[Figure, ...])
