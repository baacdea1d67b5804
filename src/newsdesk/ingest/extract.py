"""The article out of a web page, as blocks.

trafilatura finds the article and keeps its structure; where it finds nothing, resiliparse does. Both can
take seconds on hostile pages: callers run `page_blocks` in a worker process that can be killed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from newsdesk.ingest.clean import clean_line, clean_text
from newsdesk.ingest.entries import sane_date
from newsdesk.ingest.fragments import fragment_blocks
from newsdesk.ingest.sniff import decoded, is_html, page_title
from newsdesk.models import Block, PassageKind

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["PageInfo", "fragment_blocks", "is_html", "page_blocks", "page_info", "page_title"]

LARGE = 2_000_000
TAGS = 15_000
"""A page of more bytes or more tags than these is too slow for trafilatura: 13 s for 100,000 short
paragraphs, 26 s for 20,000 nested tags. A long live blog has some 5,000 tags."""

_KINDS: dict[str, PassageKind] = {"head": "heading", "item": "item", "quote": "quote"}
_BREAKING = frozenset(
    ("p", "head", "item", "quote", "row", "code", "list", "table", "figure", "div", "main", "body", "doc")
)
_BREAK = "\u2028"
"""Stands for `<br>` until blocks are made: cleaned text has none, and white space folds it."""
_PARAGRAPH = re.compile(rf"(?<=[.!?…\"”’])\s*{_BREAK}\s*")
"""trafilatura makes one break of two: behind a full sentence a break parts paragraphs, elsewhere lines."""
_Leveled = tuple[Block, int]
"""A block, and its level where it is a heading and that is known, else 0."""


class PageInfo(Struct, frozen=True):
    """What a page says of itself; empty where it does not."""

    title: str = ""
    author: str = ""
    site: str = ""
    published: datetime | None = None


def page_blocks(html: bytes, url: str) -> tuple[Block, ...]:
    """The article of a page in reading order, cleaned; empty where there is none.

    Left out: a heading that repeats the page's title, and headings with nothing under them. `url`
    helps to read relative addresses.
    """
    if not is_html(html):
        return ()
    slow = len(html) > LARGE or html.count(b"<") > TAGS
    found = [] if slow else _by_trafilatura(html, url)
    return _trimmed(found or _by_resiliparse(html), page_title(html))


def page_info(html: bytes, url: str) -> PageInfo:
    """Title, author, site and date from a page's head and mark-up."""
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(decoded(html), default_url=url or None)
    return PageInfo(
        title=clean_line(found.title or "") or page_title(html),
        author=clean_line((found.author or "").replace("; ", ", ")),
        site=clean_line(found.sitename or ""),
        published=_date(found.date),
    )


def _by_trafilatura(html: bytes, url: str) -> list[_Leveled]:
    from lxml import etree
    from trafilatura import extract

    # Cleaned before as well: trafilatura takes single control characters out of whole sequences.
    page = clean_text(decoded(html))
    xml = extract(page, url=url or None, output_format="xml", fast=True, include_comments=False)
    if not xml:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    main = etree.fromstring(xml.encode(), parser).find("main")
    return [] if main is None else list(_walk(main))


def _walk(main: _Element) -> Iterator[_Leveled]:
    """The blocks of trafilatura's XML, and text that stands between them."""
    from lxml import etree

    kinds: list[tuple[PassageKind, int]] = [("paragraph", 0)]
    parts: list[str] = []

    def flushed() -> Iterator[_Leveled]:
        pieces = _PARAGRAPH.split("".join(parts))
        parts.clear()
        for piece in pieces:
            text = " ".join(clean_text(piece).split())
            if text:
                yield Block(kinds[-1][0], text), kinds[-1][1]

    for event, node in etree.iterwalk(main, events=("start", "end")):
        breaks = node.tag in _BREAKING
        if breaks:
            yield from flushed()
        if event == "start":
            if breaks:
                kind = _KINDS.get(str(node.tag), kinds[-1][0])
                kinds.append((kind, _level(node.get("rend"))))
            elif node.tag == "cell" and any(part.strip() for part in parts):
                parts.append(" | ")
            elif node.tag == "lb":
                parts.append(_BREAK)
            parts.append(node.text or "")
        else:
            if breaks:
                kinds.pop()
            parts.append((node.tail or "") if node is not main else "")
    yield from flushed()


def _level(rend: str | None) -> int:
    """1 to 6 for `h1` to `h6`, else 0."""
    return int(rend[1]) if rend and len(rend) == 2 and rend[0] == "h" and rend[1].isdigit() else 0


def _by_resiliparse(html: bytes) -> list[_Leveled]:
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(
        clean_text(decoded(html)),
        preserve_formatting="minimal_html",
        main_content=True,
        alt_texts=False,
        comments=False,
    )
    return [(block, 0) for block in fragment_blocks(text)]


def _trimmed(found: Sequence[_Leveled], title: str) -> tuple[Block, ...]:
    """The blocks without headings that head nothing, or that only say the page's title again."""
    kept: list[_Leveled] = []
    for block, level in reversed(found):
        if block.kind == "heading" and (_heads_nothing(level, kept) or _says(block.text, title)):
            continue
        kept.append((block, level))
    return tuple(block for block, _ in reversed(kept))


def _heads_nothing(level: int, after: Sequence[_Leveled]) -> bool:
    """Whether the article ends after a heading, or goes on with one that is no deeper."""
    if not after:
        return True
    following, next_level = after[-1]
    return following.kind == "heading" and 0 < next_level <= level


def _says(heading: str, title: str) -> bool:
    """Whether a heading is the page's title, which often has the site's name before or behind it."""
    heading, title = heading.casefold(), title.casefold()
    if not title.startswith(heading) and not title.endswith(heading):
        return False
    rest = title.replace(heading, "", 1).strip()
    return not rest or (rest[0] if title.startswith(heading) else rest[-1]) in "|-–—:·•«»"


def _date(text: str | None) -> datetime | None:
    try:
        return sane_date(datetime.fromisoformat(text)) if text else None
    except ValueError:
        return None
