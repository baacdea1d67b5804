"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec
from msgspec import Raw, Struct

from newsdesk.ingest.clean import clean_url
from newsdesk.ingest.entries import Draft, Markup, entries, line, sane_date
from newsdesk.ingest.wishes import base_language
from newsdesk.models import ParsedFeed

# An escape of JSON; first of all the pairs, so that what is left of the surrogates is alone.
_ESCAPE = re.compile(
    rb"\\(?:[^u]|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|u)",
    re.DOTALL,
)


class _Author(Struct):
    name: str | None = None


class _Item(Struct):
    id: str | int | float | None = None
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    author: _Author | None = None
    authors: list[_Author] | None = None


class _Feed(Struct):
    version: str = ""
    title: str | None = None
    home_page_url: str | None = None
    language: object = None
    items: list[Raw] | None = None


def is_json(body: bytes) -> bool:
    """Whether a body can only be JSON."""
    return body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def parse_json(body: bytes, url: str, keep: int) -> ParsedFeed:
    """A JSON Feed's body; an item that breaks the format is left out, with a notice."""
    try:
        feed = msgspec.json.decode(_decodable(body), type=_Feed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return _failed(f"this JSON is no JSON Feed ({error}); check the feed's address")
    if "jsonfeed.org" not in feed.version or feed.items is None:
        return _failed(
            "this JSON is no JSON Feed (it has no version of jsonfeed.org); check the feed's address"
        )
    drafts = [draft for draft in map(_draft, feed.items) if draft is not None]
    kept, dropped = entries(drafts, url, keep)
    broken = len(feed.items) - len(drafts)
    return ParsedFeed(
        title=line(Markup(feed.title or "", plain=True)),
        site=clean_url(feed.home_page_url or "", url),
        entries=kept,
        language=base_language(feed.language) if isinstance(feed.language, str) else "",
        dropped=dropped,
        notice=f"{broken} of {len(feed.items)} items are not as JSON Feed has them" if broken else "",
    )


def _decodable(body: bytes) -> bytes:
    """The body with U+FFFD for what is no character: wrong bytes, and escaped halves of a character."""
    text = body.decode("utf-8-sig", "replace").encode()
    if b"\\u" not in text:
        return text
    return _ESCAPE.sub(lambda escape: rb"\ufffd" if escape[1] else escape[0], text)


def _failed(error: str) -> ParsedFeed:
    return ParsedFeed(title="", site="", entries=(), error=error)


def _draft(raw: Raw) -> Draft | None:
    try:
        item = msgspec.json.decode(raw, type=_Item)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    authors = item.authors or ([item.author] if item.author else [])
    contents = (Markup(item.content_html or ""), Markup(item.content_text or "", plain=True))
    return Draft(
        id="" if item.id is None else str(item.id),
        link=item.url or item.external_url or "",
        title=Markup(item.title or "", plain=True),
        author=", ".join(author.name for author in authors if author.name),
        published=sane_date(_date(item.date_published)) or sane_date(_date(item.date_modified)),
        summary=Markup(item.summary or "", plain=True),
        contents=contents[:1] if item.content_html else contents[1:],
    )


def _date(text: str | None) -> datetime | None:
    """An RFC 3339 date, as JSON Feed wants it."""
    try:
        return msgspec.convert(text, datetime | None)
    except msgspec.ValidationError:
        return None
