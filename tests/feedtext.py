"""Own-written articles and feeds for tests of the layers that work together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

MORNING = datetime(2024, 3, 27, 6, 0, tzinfo=UTC)

TALKS = """\
Mediators from Qatar and Egypt said talks on a Gaza cease-fire and on hostages would go on.
The Security Council met in closed session, and the United States urged members to support the negotiators.
Hezbollah fired rockets from southern Lebanon at a town, and Israel answered with airstrikes in Lebanon.
The Health Ministry said 14 people were killed and 30 wounded in Israeli strikes.
A bakery in the old town opened a second shop."""

HARBOUR = """\
The ferry to the outer island was cancelled because of fog.
About 200 passengers waited in the terminal, the harbour office said."""


@dataclass(frozen=True)
class Item:
    """An entry of a feed; `text` has a paragraph a line."""

    guid: str
    title: str
    text: str
    link: str = ""
    hours: int = 0
    """Hours after MORNING."""
    full: bool = True
    """Whether the feed carries the whole text, or its first line as a summary."""


def rss(items: Sequence[Item], title: str = "Test Wire", more: str = "") -> bytes:
    """An RSS 2.0 feed of the items, newest first as given."""
    entries = "".join(_entry(item) for item in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(title)}</title><link>http://wire.example/</link>{more}{entries}</channel></rss>"
    ).encode()


def paragraphs(text: str) -> str:
    """The text as HTML paragraphs, a line each."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())


def _entry(item: Item) -> str:
    published = format_datetime(MORNING + timedelta(hours=item.hours))
    body = (
        f"<content:encoded>{escape(paragraphs(item.text))}</content:encoded>"
        if item.full
        else f"<description>{escape(item.text.splitlines()[0])}</description>"
    )
    link = f"<link>{escape(item.link)}</link>" if item.link else ""
    return (
        f'<item><guid isPermaLink="false">{escape(item.guid)}</guid><title>{escape(item.title)}</title>{link}'
        f"<pubDate>{published}</pubDate>{body}</item>"
    )
