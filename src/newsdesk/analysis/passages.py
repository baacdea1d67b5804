"""From text to passages: blocks of plain text, sub-headings, furniture. No character is lost.

Plain text has one block a line, blank lines between them ignored; a text wrapped at a fixed width,
with blank lines between paragraphs, has its lines joined again with one blank. Nothing else of
the text is changed: folded for white space, the blocks are the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from newsdesk.analysis.furniture import looks_like_furniture
from newsdesk.models import Block, Passage, PassageKind

WRAP_WIDTHS: Final = range(40, 121)
"""Line lengths, in characters, that a person or a mailer wraps at."""
WRAPPED_SHARE: Final = 0.6
"""A text counts as wrapped when this share of its line breaks can only come from wrapping."""
HEADING_WORDS: Final = 20
HEADING_LENGTH: Final = 120
UNMARKED_HEADING_WORDS: Final = 8
"""Words of a sub-heading that no markup tells, at most."""
UNMARKED_HEADING_SHARE: Final = 0.25
"""An article with more such lines than that has another habit than sub-headings."""
_ITEM = re.compile(r"(?:[-*•‣▪·–—]|\(?\d{1,2}[.)])\s+\S")
_MARKED_HEADING = re.compile(r"#{1,6}\s+\S")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_OPEN_END = re.compile(r"[,;\-–—([{&/]$")
_LISTED = re.compile(r"\d|[(),]")


def split_text(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text, in order: paragraphs, list items, quotations, sub-headings."""
    texts = list(_block_texts(text))
    kinds = [_own_kind(block) for block in texts]
    for start, end in _runs(kinds, "heading"):
        for n in _not_headings(texts, start, end):
            kinds[n] = "item" if _LISTED.search(texts[n]) and end - start > 2 else "paragraph"
    return tuple(Block(kind, block) for kind, block in zip(kinds, texts, strict=True))


def number(blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """Passages of an article: numbered from 0, each with the sub-heading it stands under.

    Furniture (bylines, datelines, credits, "Read more") is marked as such and ends no heading's reach.
    Where the markup has no heading at all, short lines that can only be sub-headings are taken for such:
    many feeds send them as plain paragraphs.
    """
    passages: list[Passage] = []
    heading: str | None = None
    for index, block in enumerate(_with_headings(tuple(blocks))):
        kind: PassageKind = "furniture" if is_furniture(block) else block.kind
        if kind == "heading":
            heading = block.text
            passages.append(Passage(index, kind, None, block.text))
        else:
            passages.append(Passage(index, kind, heading, block.text))
    return tuple(passages)


def _with_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    if any(block.kind == "heading" for block in blocks):
        return blocks
    found = {
        place
        for place, (before, block, after) in enumerate(
            zip(blocks, blocks[1:], blocks[2:], strict=False), start=1
        )
        if block.kind == "paragraph"
        and len(block.text.split()) <= UNMARKED_HEADING_WORDS
        and _looks_like_heading(block.text)
        and not is_furniture(block)
        and _is_prose(before)
        and _is_prose(after)
    }
    if len(found) > len(blocks) * UNMARKED_HEADING_SHARE:
        return blocks
    return tuple(
        Block("heading", block.text) if place in found else block for place, block in enumerate(blocks)
    )


def _is_prose(block: Block) -> bool:
    """A paragraph of at least one whole sentence."""
    return (
        block.kind == "paragraph"
        and len(block.text) > HEADING_LENGTH
        and bool(_SENTENCE_END.search(block.text))
    )


def is_furniture(block: Block) -> bool:
    """Whether the block is no part of the story: byline, dateline, pointer, credit, copyright."""
    return block.kind == "furniture" or looks_like_furniture(block.text)


# ---------------------------------------------------------------------- blocks of plain text


def _block_texts(text: str) -> Iterator[str]:
    groups = list(_groups(text))
    width = _wrap_width(groups)
    for group in groups:
        if width is None:
            yield from group
        else:
            yield from _unwrapped(group, width)


def _groups(text: str) -> Iterator[list[str]]:
    """Runs of lines without a blank line between them, stripped."""
    group: list[str] = []
    for line in text.splitlines():
        if line := line.strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _wrap_width(groups: Sequence[Sequence[str]]) -> int | None:
    """The width the text was wrapped at, or None where its line breaks are its own.

    A break comes from wrapping where the next word would not have fitted and no sentence ends.
    """
    breaks = [pair for group in groups for pair in pairwise(group)]
    if not breaks:
        return None
    lengths = sorted(len(line) for line, _ in breaks)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if width not in WRAP_WIDTHS or lengths[-1] > 2 * width:
        return None
    forced = sum(_forced(line, after, width) and not _SENTENCE_END.search(line) for line, after in breaks)
    return width if forced >= WRAPPED_SHARE * len(breaks) else None


def _forced(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(maxsplit=1)[0]) > width and not _ITEM.match(after)


def _unwrapped(group: Sequence[str], width: int) -> Iterator[str]:
    block = [group[0]]
    for line, after in pairwise(group):
        if not _forced(line, after, width):
            yield " ".join(block)
            block = []
        block.append(after)
    yield " ".join(block)


# ---------------------------------------------------------------------- kinds


def _own_kind(text: str) -> PassageKind:
    """The kind by the block's own look; `heading` is only a candidate yet."""
    if _ITEM.match(text):
        return "item"
    if text.startswith("> "):
        return "quote"
    return "heading" if _looks_like_heading(text) else "paragraph"


def _looks_like_heading(text: str) -> bool:
    if _MARKED_HEADING.match(text):
        return True
    words = text.split()
    if len(text) > HEADING_LENGTH or len(words) > HEADING_WORDS or _OPEN_END.search(text):
        return False
    first = next((c for c in text if c.isalnum()), "")
    if not (first.isupper() or first.isdigit()) or not any(c.isalpha() for c in text):
        return False
    if text.endswith(("?", ":")):
        return len(words) <= 10 and text[0] not in "\"'“‘"
    return not _SENTENCE_END.search(text)


def _runs(kinds: Sequence[PassageKind], kind: PassageKind) -> Iterator[tuple[int, int]]:
    """(start, end) of every run of `kind`."""
    start = None
    for n, k in enumerate([*kinds, None]):
        if k == kind and start is None:
            start = n
        elif k != kind and start is not None:
            yield start, n
            start = None


def _not_headings(texts: Sequence[str], start: int, end: int) -> Iterator[int]:
    """Which candidates of a run are none: lines of a list, and a last line with nothing under it.

    A heading has text under it. Two candidates together are a heading and its sub-heading; in a longer
    run, or at the end of the text, only the first can be one, and the rest is a list under it.
    """
    size = end - start
    if end == len(texts):
        yield from range(start + (size > 1), end)
    elif size > 2:
        yield from range(start + 1, end)
