"""From what a feed's format says of an entry to the entry that is kept: the rules all formats share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import unescape

from msgspec import Struct

from newsdesk.ingest.clean import clean_line, clean_text, clean_url, whole_characters
from newsdesk.ingest.fragments import fragment_blocks, plain_blocks
from newsdesk.models import Block, Entry

TITLE_FROM_TEXT = 80
"""Characters of the text that stand in for a missing title."""
FULL_TEXT = 1_500
"""Characters from which a description is the full text of the article."""
FULL_PARAGRAPHS = 3
"""Paragraphs from which it is, too."""
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = timedelta(hours=24)
"""How far ahead of our clock a date may be before it counts as wrong."""

LONGEST_TITLE = 20_000
"""Characters of a title's mark-up that are looked at."""

_UNSHOWN = re.compile(
    r"<(script|style)\b[^<>]*>.*?</\1\s*>|<!--.*?--\s*!?>|<!--\s*$|<!doctype\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|small|span|strike|strong|sub|"
    r"sup|tt|u|wbr)\b[^<>]*>",
    re.IGNORECASE,
)


class Markup(Struct, frozen=True):
    """A text as a feed gives it; `plain` text may have `<` and `&` in it that mean themselves."""

    value: str = ""
    plain: bool = False


class Draft(Struct, frozen=True):
    """An entry as its format spells it, nothing cleaned yet."""

    id: str = ""
    link: str = ""
    title: Markup = Markup()
    author: str = ""
    published: datetime | None = None
    summary: Markup = Markup()
    contents: tuple[Markup, ...] = ()


def entries(drafts: Sequence[Draft], url: str, keep: int) -> tuple[tuple[Entry, ...], int]:
    """The newest `keep` entries in the feed's order, and how many are left out.

    `url` is the feed's address, for relative links. An id that stands twice with different links is no
    id: the later entry goes by its link. One that stands twice with the same link is one article.
    """
    found: dict[str, Entry] = {}
    for draft in _newest(drafts, keep):
        entry = _entry(draft, url)
        known = found.get(entry.guid)
        if known is not None and known.url != entry.url:
            entry = _entry(draft, url, by_id=False)
        if entry.title and entry.guid not in found:
            found[entry.guid] = entry
    return tuple(found.values()), max(0, len(drafts) - keep)


def sane_date(date: datetime | None, now: datetime | None = None) -> datetime | None:
    """`date` in UTC (a naive one is UTC), or None if it lies before 1990 or more than a day ahead."""
    if date is None:
        return None
    try:
        aware = date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except OverflowError:
        return None
    return aware if EARLIEST <= aware <= (now or datetime.now(UTC)) + LATEST else None


def line(markup: Markup) -> str:
    """A title or name as one clean line; tags of HTML text go, their content stays."""
    if markup.plain:
        return clean_line(markup.value)
    text = _UNSHOWN.sub("", markup.value[:LONGEST_TITLE])
    return clean_line(unescape(_INLINE_TAG.sub("", text)))


def _newest(drafts: Sequence[Draft], keep: int) -> Iterable[Draft]:
    """The `keep` newest, in their order; an entry without a date is taken to be new."""
    if len(drafts) <= keep:
        return drafts
    now = datetime.now(UTC)
    by_age = sorted(range(len(drafts)), key=lambda at: drafts[at].published or now, reverse=True)
    return (drafts[at] for at in sorted(by_age[:keep]))


def _entry(draft: Draft, url: str, *, by_id: bool = True) -> Entry:
    summary, content, original = _texts(draft)
    text = "\n".join(block.text for block in content or summary)
    link = clean_url(draft.link, url, allow_file=url.startswith("file:"))
    title = line(draft.title)
    guid = clean_line(draft.id) if by_id else ""
    return Entry(
        guid=guid or link or sha256(f"{title}\n{text}".encode()).hexdigest(),
        url=link,
        title=title or clean_line(text, TITLE_FROM_TEXT) or link or clean_line(draft.id, TITLE_FROM_TEXT),
        author=clean_line(unescape(draft.author)),
        published=draft.published,
        summary=summary,
        content=content,
        original=whole_characters(original).encode(),
    )


def _texts(draft: Draft) -> tuple[tuple[Block, ...], tuple[Block, ...], str]:
    """Summary, content, and the markup of the one that counts.

    feedparser files a second description under content, so content is the longest of them; it
    counts unless the description is longer and plainly the full text itself.
    """
    summary = _blocks(draft.summary)
    markup = max(draft.contents, key=lambda content: len(content.value), default=Markup())
    content = _blocks(markup)
    if _length(summary) > _length(content) and _is_full(summary):
        return (), summary, draft.summary.value
    return summary, content, markup.value if content else draft.summary.value


def _blocks(markup: Markup) -> tuple[Block, ...]:
    return plain_blocks(clean_text(markup.value)) if markup.plain else fragment_blocks(markup.value)


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _is_full(blocks: Sequence[Block]) -> bool:
    paragraphs = sum(block.kind == "paragraph" for block in blocks)
    return paragraphs >= FULL_PARAGRAPHS or _length(blocks) > FULL_TEXT
