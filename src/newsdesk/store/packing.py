"""The forms in which texts, labels and times are stored: compact JSON under zlib; whole numbers."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec

from newsdesk.models import Cue, FullText, IncomingArticle, Label, LabelledPassage, Passage, PassageKind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())
_LEVEL = 6
_LABELS_LEVEL = 3
"""Labels are written anew whenever a desk changes: half the time of level 6 for a tenth more bytes."""
_ZLIB_WINDOW = 32_768

Record = TypeVar("Record")

encode = msgspec.json.Encoder().encode


class Block(msgspec.Struct, frozen=True, array_like=True):
    """A passage's text as a revision keeps it."""

    kind: PassageKind
    heading: str | None
    text: str


_blocks = msgspec.json.Decoder(tuple[Block, ...])
_labels = msgspec.json.Decoder(tuple[Label, ...])

SILENT = frozenset({"heading", "furniture"})
"""Kinds that do not count: they follow the passages around them."""


class PackedText(msgspec.Struct, frozen=True):
    """An article's passages and labels, compressed, and what a list needs of them."""

    blocks: bytes
    labels: bytes
    topics: tuple[tuple[str, ...], ...]
    """Of each passage, the primary one first."""
    silent: tuple[bool, ...]
    """Whether it does not count."""
    length: int
    """Characters."""


class PackedArticle(msgspec.Struct, frozen=True):
    """An article in the form that is stored: made where it is read, so that who writes only writes."""

    guid: str
    url: str
    title: str
    author: str
    published: datetime | None
    full_text: FullText
    content_hash: str
    text: PackedText
    original: bytes | None
    page: str
    """The address of its page, where that is still to be read for the full text."""


def packed_article(article: IncomingArticle | PackedArticle) -> PackedArticle:
    """An article in the form that is stored."""
    if isinstance(article, PackedArticle):
        return article
    text = packed_text(article.passages)
    return PackedArticle(
        guid=article.guid,
        url=article.url,
        title=article.title,
        author=article.author,
        published=article.published,
        full_text=article.full_text,
        content_hash=article.content_hash,
        text=text,
        original=pack_original(article.original, text.blocks),
        page=article.page,
    )


def packed_text(passages: Sequence[LabelledPassage]) -> PackedText:
    """Passages in the form that is stored."""
    return PackedText(
        blocks=pack([block_of(passage) for passage in passages]),
        labels=compress(encode([label_of(passage) for passage in passages])),
        topics=tuple([passage.topics for passage in passages]),
        silent=tuple([passage.kind in SILENT for passage in passages]),
        length=sum([len(passage.text) for passage in passages]),
    )


def pack(records: object) -> bytes:
    return zlib.compress(encode(records), _LEVEL)


def compress(labels: bytes) -> bytes:
    """Labels, already encoded."""
    return zlib.compress(labels, _LABELS_LEVEL)


def unpack_blocks(data: bytes) -> tuple[Block, ...]:
    return _blocks.decode(zlib.decompress(data))


def unpack_labels(data: bytes) -> tuple[Label, ...]:
    return _labels.decode(zlib.decompress(data))


def pack_original(markup: bytes, blocks: bytes) -> bytes | None:
    """A revision's markup, told from its packed blocks: their text is in both and is stored once.

    None for no markup.
    """
    if not markup:
        return None
    packer = zlib.compressobj(_LEVEL, zdict=zlib.decompress(blocks)[-_ZLIB_WINDOW:])
    return packer.compress(markup) + packer.flush()


def unpack_original(data: bytes | None, blocks: bytes) -> bytes:
    if data is None:
        return b""
    unpacker = zlib.decompressobj(zdict=zlib.decompress(blocks)[-_ZLIB_WINDOW:])
    return unpacker.decompress(data) + unpacker.flush()


def block_of(passage: LabelledPassage) -> Block:
    return Block(passage.kind, passage.heading, passage.text)


def label_of(passage: LabelledPassage) -> Label:
    why = tuple([(cue.topic, cue.cue, cue.weight) for cue in passage.why])
    return Label(passage.topics, passage.scores, why, passage.manual)


def passage_of(index: int, block: Block) -> Passage:
    return Passage(index, block.kind, block.heading, block.text)


def labelled(index: int, block: Block, label: Label) -> LabelledPassage:
    return LabelledPassage(
        index=index,
        kind=block.kind,
        heading=block.heading,
        text=block.text,
        topics=label.topics,
        scores=label.scores,
        why=tuple(Cue(*cue) for cue in label.why),
        manual=label.manual,
    )


def seconds(time: datetime) -> int:
    """Whole seconds since 1970, between 1970 and 9999."""
    return min(max((time - _EPOCH) // timedelta(seconds=1), 0), _LAST)


def time_of(stored: int) -> datetime:
    return _EPOCH + timedelta(seconds=stored)


def micros(time: datetime | None) -> int | None:
    """Microseconds since 1970: a feed's times come back exactly."""
    return None if time is None else (time - _EPOCH) // timedelta(microseconds=1)


def exact_time(stored: int | None) -> datetime | None:
    return None if stored is None else _EPOCH + timedelta(microseconds=stored)
