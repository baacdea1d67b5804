"""The article out of a web page, as blocks.

trafilatura finds the article and keeps its structure; where it finds nothing, resiliparse does. Both can
take seconds on hostile pages: callers run `page_blocks` in a worker process that can be killed.
"""

from __future__ import annotations

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
"""Bytes from which a page is too slow for trafilatura (13 s for 100,000 short paragraphs)."""

_KINDS: dict[str, PassageKind] = {"head": "heading", "item": "item", "quote": "quote"}
_BLOCKS = frozenset(("p", "head", "item", "quote", "row", "code"))
_CONTAINERS = frozenset(("list", "table", "figure", "div", "main", "body", "doc"))


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
    blocks = () if len(html) > LARGE else _by_trafilatura(html, url)
    return blocks or _by_resiliparse(html)


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


def _by_trafilatura(html: bytes, url: str) -> tuple[Block, ...]:
    from lxml import etree
    from trafilatura import extract

    xml = extract(
        decoded(html),
        url=url or None,
        output_format="xml",
        fast=True,
        include_comments=False,
        with_metadata=False,
    )
    if not xml:
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    main = etree.fromstring(xml.encode(), parser).find("main")
    if main is None:
        return ()
    return _trimmed(list(_walk(main)), page_title(html))


def _walk(main: _Element) -> Iterator[Block]:
    """The blocks of trafilatura's XML, and text that stands between them."""
    from lxml import etree

    kinds: list[PassageKind] = ["paragraph"]
    parts: list[str] = []

    def flushed() -> Iterator[Block]:
        text = " ".join(clean_text("".join(parts)).split())
        parts.clear()
        if text:
            yield Block(kinds[-1], text)

    for event, node in etree.iterwalk(main, events=("start", "end")):
        breaks = node.tag in _BLOCKS or node.tag in _CONTAINERS
        if event == "start":
            if breaks:
                yield from flushed()
                kinds.append(_KINDS.get(str(node.tag), kinds[-1]))
            elif node.tag in ("lb", "cell"):
                parts.append(" | " if node.tag == "cell" and "".join(parts).strip() else "\n")
            parts.append(node.text or "")
        else:
            if breaks:
                yield from flushed()
                kinds.pop()
            parts.append((node.tail or "") if node is not main else "")
    yield from flushed()


def _by_resiliparse(html: bytes) -> tuple[Block, ...]:
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(
        decoded(html), preserve_formatting="minimal_html", main_content=True, alt_texts=False, comments=False
    )
    return _trimmed(fragment_blocks(text), page_title(html)) if text.strip() else ()


def _trimmed(blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    """`blocks` without headings that head nothing, or that only say the title again."""
    kept: list[Block] = []
    for block in reversed(blocks):
        if block.kind == "heading" and (not kept or kept[-1].kind == "heading" or _says(block.text, title)):
            continue
        kept.append(block)
    return tuple(reversed(kept))


def _says(heading: str, title: str) -> bool:
    """Whether a heading is the page's title; that often has the site's name behind it or before it."""
    heading, title = heading.casefold(), title.casefold()
    if not heading or not title:
        return False
    rest = title.removeprefix(heading) if title.startswith(heading) else title.removesuffix(heading)
    return rest != title and (not rest or rest.strip()[0] in "|-–—:·•«»" or rest.strip()[-1] in "|-–—:·•«»")


def _date(text: str | None) -> datetime | None:
    try:
        return sane_date(datetime.fromisoformat(text)) if text else None
    except ValueError:
        return None
