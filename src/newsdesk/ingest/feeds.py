"""A feed's bytes as entries: RSS 0.9x to 2.0, RDF, Atom by feedparser; JSON Feed.

feedparser gets bytes, never a str (it would open a str that is a path). Its own cleaning and link
resolution are off: `clean` and `fragments` do that, in one place for all formats.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from time import struct_time
from typing import Any
from xml.sax import SAXException, SAXParseException

import feedparser
from msgspec import structs

from newsdesk.ingest import plainfeed
from newsdesk.ingest.clean import clean_line, clean_url, whole_characters
from newsdesk.ingest.crowd import thinned
from newsdesk.ingest.discover import feed_links
from newsdesk.ingest.entries import Draft, Markup, entries, line, sane_date
from newsdesk.ingest.jsonfeed import is_json, parse_json
from newsdesk.ingest.plainfeed import PlainFeed
from newsdesk.ingest.sniff import is_html
from newsdesk.ingest.wishes import language, skips
from newsdesk.models import ParsedFeed

NAMED = 4
"""Feeds of a web page that its error names."""
_PERIODS = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
"""Minutes of sy:updatePeriod's words."""
_YEAR = 525_600
_ENTITY = re.compile(rb"<!ENTITY\b(?:[^<>]|<(?!!ENTITY))*+>")
_PLAIN_ENTITY = re.compile(rb"<!ENTITY\s+[\w.-]+\s+([\"'])(?:&#\w+;|[^&%\"'])*\1\s*>")
_HALF_CHARACTERS = re.compile(rb"(?:&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5[5-7]\d{3});)+")


ATTRIBUTES = 2_000
"""Attributes of a tag at most, name spaces among them."""
_LONG = re.compile(rb"<[a-zA-Z_][^<]{10000,}+")
_TAG = re.compile(rb"<(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+")
_QUOTED = re.compile(rb"\"[^\"]*+\"|'[^']*+'")
_ENDS = re.compile(rb"</(?:rss|feed|(?:\w+:)?rdf|channel)\s*>", re.IGNORECASE)
_TAIL = 2_000
"""Bytes at the end of a whole feed that hold its closing tag; comments may follow that."""


def parse(
    body: bytes, url: str, content_type: str = "", keep: int = 500, *, quick: bool = True
) -> ParsedFeed:
    """The newest `keep` entries of a feed, cleaned; never raises.

    `url` is the address it came from, `content_type` the header's value. A body that is no feed
    has `error`: what it is and the way out, in one line. One that is broken but can be read in
    part has its entries and a `notice`. Without `quick`, feedparser reads plain feeds too: see `plainfeed`.
    """
    if not body.strip():
        return _failed("the feed is empty (no bytes); check its address, or try again later")
    if is_html(body):
        return _failed(_web_page(body, url))
    if is_json(body):
        return parse_json(body, url, keep)
    if _is_overloaded(body):
        return _failed(f"a tag of it has more than {ATTRIBUTES:,} attributes: this is no feed")
    # Only the charset: with the header's media type feedparser judges what servers send, not what they mean.
    named = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    charset = named[1] if named else ""
    some, left_out = thinned(body, keep)
    plain = plainfeed.read(some, charset) if quick else None
    read = _parse_xml(some, url, charset, keep) if plain is None else _plain(plain, url, keep)
    if read.error:
        return read
    hours, days = skips(body)
    return structs.replace(
        read,
        dropped=read.dropped + left_out,
        skip_hours=hours,
        skip_days=days,
        language=language(body),
    )


def _plain(feed: PlainFeed, url: str, keep: int) -> ParsedFeed:
    kept, dropped = entries(feed.drafts, url, keep)
    return ParsedFeed(
        title=line(feed.title),
        site=clean_url(feed.link, url, allow_file=url.startswith("file:")),
        entries=kept,
        ttl=_ttl(feed.wishes),
        dropped=dropped,
    )


def _parse_xml(body: bytes, url: str, charset: str, keep: int) -> ParsedFeed:
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    try:
        parsed = feedparser.parse(
            BytesIO(_defused(body)),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # whatever hostile bytes make of a parser in Python: one feed's error, no more
        return _failed(f"the feed cannot be read ({type(error).__name__}: {clean_line(str(error), 200)})")
    broken = _broken(parsed.get("bozo_exception"))
    if not parsed.get("entries") and (broken or not parsed.get("version")):
        return _failed(_no_feed(body, broken))
    feed: Mapping[str, Any] = parsed["feed"]
    cut = bool(broken) and not _ENDS.search(body[-_TAIL:])
    found = parsed["entries"][:-1] if cut and _is_open(body) else parsed["entries"]
    kept, dropped = entries([_draft(entry) for entry in found], url, keep)
    if broken and not kept:
        return _failed(_no_feed(body, broken))
    return ParsedFeed(
        title=line(_markup(feed.get("title_detail"))),
        site=clean_url(feed.get("link") or "", url, allow_file=url.startswith("file:")),
        entries=kept,
        ttl=_ttl(feed),
        dropped=dropped,
        notice=f"{broken}; what could be read of it was kept" if broken else "",
        cut=cut,
    )


def _is_overloaded(body: bytes) -> bool:
    """Whether a tag has so many attributes that parsers take minutes: their time goes by the square of it."""
    text = body.replace(b"\0", b"") if b"\0" in body[:4] else body  # UTF-16
    for found in _LONG.finditer(text):
        tag = _TAG.match(found[0])
        if tag is not None and len(_QUOTED.sub(b"", tag[0]).split()) > ATTRIBUTES:
            return True
    return False


def _is_open(body: bytes) -> bool:
    """Whether the body ends within an entry: half of one would be taken for an article that changed when the
    rest comes."""
    last = [max(body.rfind(tag % name) for name in (b"item", b"entry")) for tag in (b"<%s", b"</%s")]
    return last[0] > last[1]


def _defused(body: bytes) -> bytes:
    """The body without entities that name a file or other entities (expat would expand 8 MB of those before
    it gives up), and without references to half a character."""
    body = _ENTITY.sub(lambda entity: entity[0] if _PLAIN_ENTITY.fullmatch(entity[0]) else b"", body)
    return _HALF_CHARACTERS.sub(_whole, body)


def _whole(references: re.Match[bytes]) -> bytes:
    """Character references that may be halves of a character, as whole ones: feedparser fails on halves."""
    numbers = re.findall(r"&#(?:[xX]([0-9a-fA-F]+)|(\d+));", references[0].decode("ascii"))
    text = "".join(
        chr(int(hexadecimal, 16) if hexadecimal else int(decimal)) for hexadecimal, decimal in numbers
    )
    return whole_characters(text).encode("ascii", "xmlcharrefreplace")


def _draft(entry: Mapping[str, Any]) -> Draft:
    texts = (
        content for content in entry.get("content") or () if "text" in _type(content) or _is_xhtml(content)
    )
    return Draft(
        id=entry.get("id") or "",
        link=entry.get("link") or "",
        title=_title(entry),
        author=", ".join(author["name"] for author in entry.get("authors") or () if author.get("name"))
        or entry.get("author")
        or "",
        published=_published(entry),
        summary=_markup(entry.get("summary_detail")),
        contents=tuple(_markup(content) for content in texts),
    )


def _title(entry: Mapping[str, Any]) -> Markup:
    """The title: where an entry has several (media:title is one), the detail may be another one's."""
    return structs.replace(_markup(entry.get("title_detail")), value=entry.get("title") or "")


def _published(entry: Mapping[str, Any]) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        # `in` first: feedparser warns when it answers for a date that is not there with another one.
        date = _date(entry.get(name)) if dict.__contains__(entry, name) else None
        if date is not None:
            return date
    return None


def _date(parsed: struct_time | None) -> datetime | None:
    if parsed is None:
        return None
    try:
        return sane_date(datetime.fromtimestamp(timegm(parsed), UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _markup(detail: Mapping[str, Any] | None) -> Markup:
    if detail is None:
        return Markup()
    return Markup(detail.get("value") or "", plain=_type(detail) == "text/plain")


def _type(detail: Mapping[str, Any]) -> str:
    return str(detail.get("type") or "text/html")


def _is_xhtml(detail: Mapping[str, Any]) -> bool:
    return _type(detail) == "application/xhtml+xml"


def _ttl(feed: Mapping[str, Any]) -> int | None:
    """Minutes that the feed asks to wait, at most a year; the longer one where it asks twice."""
    try:
        ttl = int(feed.get("ttl") or 0)
    except ValueError:
        ttl = 0
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower(), 0)
    try:
        frequency = int(feed.get("sy_updatefrequency") or 1)
    except ValueError:
        frequency = 1
    minutes = max(ttl, period // max(1, frequency))
    return min(minutes, _YEAR) if minutes > 0 else None


# ---------------------------------------------------------------------- what is wrong, in one line


def _failed(error: str) -> ParsedFeed:
    return ParsedFeed(title="", site="", entries=(), error=error)


def _broken(error: object) -> str:
    """What feedparser holds against the XML; a wrong charset or media type is no breakage."""
    if not isinstance(error, SAXException):
        return ""
    place = f" in line {error.getLineNumber()}" if isinstance(error, SAXParseException) else ""
    return f"broken XML{place} ({clean_line(error.getMessage(), 200)})"


def _web_page(body: bytes, url: str) -> str:
    links = [link.url for link in feed_links(body, url)]
    if not links:
        return "this is a web page, not a feed; look on it for the address of its RSS or Atom feed"
    also = f" (it also names {', '.join(links[1:NAMED])})" if links[1:] else ""
    return f"this is a web page, not a feed; its feed is {links[0]}: `newsdesk feeds add {links[0]}`{also}"


def _no_feed(body: bytes, broken: str) -> str:
    start = body.lstrip()[:512].lower()
    if b"<opml" in start:
        return "this is an OPML list of feeds, not a feed; add the addresses in it one by one"
    if start.startswith((b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<")):
        return (
            f"{broken or 'this XML is neither RSS nor Atom'}, no entry can be read; check the feed's address"
        )
    return "this is neither RSS, Atom nor JSON Feed; check the feed's address"
