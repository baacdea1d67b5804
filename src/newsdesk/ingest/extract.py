"""The article out of a web page, as blocks.

trafilatura finds the article and keeps its structure; where it finds nothing, resiliparse does. Both can
take seconds on hostile pages: callers run `page_blocks` in a worker process that can be killed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from html import unescape
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from newsdesk.ingest.clean import clean_line, clean_text
from newsdesk.ingest.entries import sane_date
from newsdesk.ingest.fragments import fragment_blocks, is_tangled, plain_blocks, without_tags
from newsdesk.ingest.furniture import prune, without_furniture
from newsdesk.ingest.outline import completed, outline
from newsdesk.ingest.sniff import decoded, is_html, page_title
from newsdesk.ingest.walls import Wall, wall
from newsdesk.models import Block, PassageKind

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "PageInfo",
    "PageText",
    "fragment_blocks",
    "is_html",
    "page_blocks",
    "page_info",
    "page_text",
    "page_title",
]

LARGE = 2_000_000
TAGS = 15_000
"""A page of more characters or more tags than these is too slow for trafilatura: 13 s for 100,000 short
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


class PageText(Struct, frozen=True):
    """The article of a page; `blocks` is empty where none was found."""

    blocks: tuple[Block, ...] = ()
    by: str = ""
    """What found it: the selector, or the extractor's name and version."""
    wall: Wall = ""
    """What stands in front of the article, where `blocks` are not its text."""


def page_blocks(html: bytes, url: str) -> tuple[Block, ...]:
    """The article of a page in reading order, cleaned; empty where there is none: see `page_text`."""
    return page_text(html, url).blocks


def page_text(html: bytes, url: str, selector: str = "", *, quick: bool = False) -> PageText:
    """The article of a page in reading order, cleaned.

    `selector` (CSS) names the elements that hold the text; where it finds none, or is none, the extractors
    look. Left out: a heading that repeats the page's title, headings with nothing under them, captions,
    share lines and pointers to other articles. `url` is the address that the page came from in the end.
    `quick` leaves the slow extractor out: for pages on which it took too long.
    """
    if not is_html(html):
        return PageText()
    page, title = decoded(html), page_title(html)
    found, by = _found(page, url, selector, quick=quick)
    blocks = _trimmed(without_furniture(found), title)
    return PageText(blocks, by if blocks else "", wall(page, url, title, blocks))


def _found(page: str, url: str, selector: str, *, quick: bool) -> tuple[list[_Leveled], str]:
    """What the first way that finds anything finds, and its name."""
    if is_tangled(page):
        return [(block, 0) for block in plain_blocks(unescape(without_tags(page)))], "text"
    if selector and (found := _by_selector(page, selector)):
        return found, f"selector {selector}"
    if not quick and len(page) <= LARGE and page.count("<") <= TAGS and (found := _by_trafilatura(page, url)):
        return found, named("trafilatura")
    return _by_resiliparse(page), named("resiliparse")


@cache
def named(package: str) -> str:
    """An extractor's name and version."""
    return f"{package} {version(package)}"


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


def _by_selector(page: str, selector: str) -> list[_Leveled]:
    """The elements that a CSS selector names, none within another; nothing where it is no selector."""
    from resiliparse.parse.html import HTMLTree

    document = HTMLTree.parse(clean_text(page)).document
    try:
        matches = document.query_selector_all(selector) if document else ()
    except ValueError:
        return []
    outer: list[Any] = []
    for match in matches:
        if not outer or not outer[-1].contains(match):
            outer.append(match)
    return [(block, 0) for match in outer for block in fragment_blocks(match.html)]


def _by_trafilatura(page: str, url: str) -> list[_Leveled]:
    from lxml import etree
    from trafilatura import extract
    from trafilatura.utils import load_html

    # Cleaned before as well: trafilatura takes single control characters out of whole sequences.
    tree = load_html(clean_text(page))
    if tree is None:
        return []
    prune(tree)
    pieces = outline(tree)
    xml = extract(tree, url=url or None, output_format="xml", fast=True, include_comments=False)
    if not xml:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    main = etree.fromstring(xml.encode(), parser).find("main")
    return [] if main is None else completed(list(_walk(main)), pieces)


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
                kinds.append(_kind(node, kinds[-1]))
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


def _kind(node: _Element, outer: tuple[PassageKind, int]) -> tuple[PassageKind, int]:
    """What the text of a tag is; a list within a heading is the heading's."""
    kind = _KINDS.get(str(node.tag), outer[0])
    if outer[0] == "heading" and kind == "item":
        return outer
    return kind, _level(node.get("rend"))


def _level(rend: str | None) -> int:
    """1 to 6 for `h1` to `h6`, else 0."""
    return int(rend[1]) if rend and len(rend) == 2 and rend[0] == "h" and rend[1].isdigit() else 0


def _by_resiliparse(page: str) -> list[_Leveled]:
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(
        clean_text(page),
        preserve_formatting="minimal_html",
        main_content=True,
        alt_texts=False,
        comments=False,
    )
    return [(block, 0) for block in fragment_blocks(text)]


def _trimmed(found: Sequence[_Leveled], title: str) -> tuple[Block, ...]:
    """The blocks without headings that head nothing, or that only say the page's title again."""
    kept: list[_Leveled] = []
    for at in range(len(found) - 1, -1, -1):
        block, level = found[at]
        before = found[at - 1][1] if at else 0
        if block.kind == "heading" and (_heads_nothing(before, level, kept) or _says(block.text, title)):
            continue
        kept.append((block, level))
    return tuple(block for block, _ in reversed(kept))


def _heads_nothing(before: int, level: int, after: Sequence[_Leveled]) -> bool:
    """Whether the article ends after a heading, or goes on with one that is no deeper; one that is deeper
    than the heading `before` it is the answer to that ("Rating", "Unproven") and may stand alone."""
    if not after:
        return True
    following, next_level = after[-1]
    return following.kind == "heading" and 0 < next_level <= level and not 0 < before < level


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
