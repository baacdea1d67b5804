"""A quick reader in front of feedparser, for feeds that are as plain as most are.

RSS 2.0 and Atom 1.0 in UTF-8, without a DOCTYPE, with elements that are known here and stand once each, with
whole addresses and dates as the formats want them. Anything else, however small, and feedparser reads the
feed: `read` returns None. Where it returns a feed, that is the same as from feedparser, field by field; the
tests and `bench/feedparser_suite.py` compare the two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from feedparser.mixin import _FeedParserMixin
from msgspec import Struct

from newsdesk.ingest.entries import Draft, Markup, sane_date

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SY = "{http://purl.org/rss/1.0/modules/syndication/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_MEDIA = "{http://search.yahoo.com/mrss/}"

_ITEM_TEXTS = {
    "title": "title", "link": "link", "guid": "guid", "description": "summary", "pubDate": "date",
    _CONTENT: "content", f"{_DC}creator": "author",
}  # fmt: skip
_ITEM_LEFT_OUT = frozenset(("category", "comments", "enclosure", f"{_MEDIA}thumbnail", f"{_MEDIA}content"))
_CHANNEL_TEXTS = {
    "title": "title", "link": "link", "ttl": "ttl", f"{_SY}updatePeriod": "sy_updateperiod",
    f"{_SY}updateFrequency": "sy_updatefrequency",
}  # fmt: skip
_CHANNEL_LEFT_OUT = frozenset(
    ("description", "language", "lastBuildDate", "pubDate", "generator", "copyright", "docs", "category",
     "managingEditor", "webMaster", "image", "skipHours", "skipDays")
)  # fmt: skip
_ENTRY_TEXTS = {
    f"{_ATOM}{name}": name
    for name in ("title", "id", "link", "summary", "content", "published", "updated", "author")
}
_ENTRY_LEFT_OUT = frozenset((f"{_ATOM}category",))
_FEED_TEXTS = {f"{_ATOM}{name}": name for name in ("title", "link")}
_FEED_LEFT_OUT = frozenset(f"{_ATOM}{name}" for name in ("id", "updated", "subtitle", "generator", "rights"))

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=['\"]1\.0['\"](?: encoding=['\"]utf-8['\"])?\s*\?>)?\s*"
    rb"(?:<!--(?:[^-]|-(?!-))*+-->\s*)*<(?![?!])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[a-zA-Z0-9.-]+(?::\d+)?(?:/[\w.~/?=%+,:@!-]*(?:#[\w.~/-]*)?)?", re.ASCII)
_ID = re.compile(r"[\w.~/?=%+,:@!#-]+", re.ASCII)
_RFC_822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"(\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|([+-])(\d\d)(\d\d))"
)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_C1 = re.compile("[\x80-\x9f]")


class PlainFeed(Struct, frozen=True):
    """A feed as its format spells it, nothing cleaned yet."""

    title: Markup
    link: str
    drafts: list[Draft]
    wishes: Mapping[str, str]
    """ttl and sy:update*, by feedparser's names."""


class _NotPlain(Exception):
    """The feed has something that is feedparser's to judge."""


def read(body: bytes, charset: str) -> PlainFeed | None:
    """The feed, or None where feedparser is to read it. `charset`: the header's, or empty."""
    if charset.lower() not in ("", "utf-8") or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        return None
    if _START.match(body) is None:
        return None
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        body.decode()
        root = etree.fromstring(body, parser)
        if root.tag == "rss" and root.get("version") == "2.0":
            return _rss(root)
        return _atom(root) if root.tag == f"{_ATOM}feed" else None
    except (_NotPlain, etree.XMLSyntaxError, UnicodeDecodeError):
        return None


def _rss(root: _Element) -> PlainFeed:
    if len(root) != 1 or root[0].tag != "channel" or len(root.attrib) != 1 or root[0].attrib:
        raise _NotPlain
    channel: dict[str, str] = {}
    drafts: list[Draft] = []
    for child in root[0]:
        if child.tag == "item":
            drafts.append(_item(child))
        elif child.tag in _CHANNEL_TEXTS:
            _put(channel, _CHANNEL_TEXTS[child.tag], _text(child))
        elif child.tag == f"{_ATOM}link":
            if child.get("rel") not in ("self", "hub", "next", "first", "last"):
                raise _NotPlain
        elif child.tag not in _CHANNEL_LEFT_OUT:
            raise _NotPlain
    return _feed(_guessed(channel.get("title", "")), channel.get("link", ""), drafts, channel)


def _item(item: _Element) -> Draft:
    found: dict[str, str] = {}
    permanent = True
    for child in item:
        name = _ITEM_TEXTS.get(child.tag)
        if name is not None:
            if name == "guid":
                permanent = child.attrib.pop("isPermaLink", "true") == "true"
            _put(found, name, _text(child))
        elif child.tag not in _ITEM_LEFT_OUT or len(child):
            raise _NotPlain
    guid = found.get("guid", "")
    link = found.get("link") or (guid if permanent else "")
    if item.attrib or (guid and not _ID.fullmatch(guid)):
        raise _NotPlain
    if not all(_ADDRESS.fullmatch(one) for one in (link, guid if permanent else "") if one):
        raise _NotPlain
    content = found.get("content")
    return Draft(
        id=guid,
        link=link,
        title=_guessed(found.get("title", "")),
        author=_name(found.get("author", "")),
        published=_rfc_822(found["date"]) if "date" in found else None,
        summary=Markup(found.get("summary", "")),
        contents=() if content is None else (Markup(content),),
    )


def _atom(root: _Element) -> PlainFeed:
    feed: dict[str, str] = {}
    drafts: list[Draft] = []
    title = Markup()
    if root.attrib:
        raise _NotPlain
    for child in root:
        if child.tag == f"{_ATOM}entry":
            drafts.append(_entry(child))
        elif child.tag == f"{_ATOM}title":
            title = _typed(child)
            _put(feed, "title", title.value)
        elif child.tag == f"{_ATOM}link":
            if _is_alternate(child):
                _put(feed, "link", child.get("href"))
        elif child.tag not in _FEED_LEFT_OUT:
            raise _NotPlain
    if "link" not in feed and root.find(f"{_ATOM}id") is not None:  # the id is taken for a link
        raise _NotPlain
    return _feed(title, feed.get("link", ""), drafts, {})


def _entry(entry: _Element) -> Draft:
    found: dict[str, str] = {}
    typed: dict[str, Markup] = {}
    for child in entry:
        name = _ENTRY_TEXTS.get(child.tag)
        if name is None:
            if child.tag not in _ENTRY_LEFT_OUT:
                raise _NotPlain
        elif name == "link":
            if _is_alternate(child):
                _put(found, name, child.get("href"))
        elif name == "author":
            if [part.tag for part in child] != [f"{_ATOM}name"]:
                raise _NotPlain
            _put(found, name, _text(child[0]))
        elif name in ("title", "summary", "content"):
            typed[name] = _typed(child)
            _put(found, name, typed[name].value)
        else:
            _put(found, name, _text(child))
    link, identity = found.get("link", ""), found.get("id", "")
    if entry.attrib or (link and not _ADDRESS.fullmatch(link)):
        raise _NotPlain
    if identity and not (link and _ID.fullmatch(identity)):  # without a link, the id is taken for one
        raise _NotPlain
    dates = [_rfc_3339(found[name]) for name in ("published", "updated") if name in found]
    return Draft(
        id=identity,
        link=link,
        title=typed.get("title", Markup()),
        author=_name(found.get("author", "")),
        published=next((date for date in dates if date is not None), None),
        summary=typed.get("summary", Markup()),
        contents=(typed["content"],) if "content" in typed else (),
    )


def _feed(title: Markup, link: str, drafts: list[Draft], wishes: Mapping[str, str]) -> PlainFeed:
    if link and not _ADDRESS.fullmatch(link):
        raise _NotPlain
    return PlainFeed(title, link, drafts, wishes)


def _put(found: dict[str, str], name: str, value: str | None) -> None:
    if value is None or name in found:
        raise _NotPlain
    found[name] = value


def _text(node: _Element) -> str:
    """The text of a leaf without attributes."""
    if len(node) or node.attrib:
        raise _NotPlain
    text: str = (node.text or "").strip()
    if not text.isascii() and (_C1.search(text) or _is_twice_encoded(text)):
        raise _NotPlain
    return text


def _is_twice_encoded(text: str) -> bool:
    """Whether it may be UTF-8 that was taken for Latin-1 and encoded once more: feedparser mends that."""
    try:
        text.encode("latin-1").decode()
    except (UnicodeEncodeError, UnicodeDecodeError):
        return False
    return True


def _typed(node: _Element) -> Markup:
    kind = node.attrib.pop("type", "text")
    if kind not in ("text", "html"):
        raise _NotPlain
    return Markup(_text(node), plain=kind == "text")


def _guessed(text: str) -> Markup:
    """An RSS title: plain unless feedparser takes it for HTML."""
    html = ("<" in text or "&" in text) and _FeedParserMixin.looks_like_html(text)
    return Markup(text, plain=not html)


def _name(text: str) -> str:
    if any(character in "@()<>" for character in text):
        raise _NotPlain
    return text


def _is_alternate(link: _Element) -> bool:
    if not link.get("href") or len(link) or (link.text or "").strip():
        raise _NotPlain
    if link.get("rel", "alternate") != "alternate":
        return False
    if link.get("type", "text/html") != "text/html":
        raise _NotPlain
    return True


def _rfc_822(text: str) -> datetime | None:
    found = _RFC_822.fullmatch(text)
    if found is None:
        raise _NotPlain
    day, month, year, hour, minute, second = (found[1], _MONTHS.index(found[2]) + 1, *found.group(3, 4, 5, 6))
    ahead = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0))
    try:
        zone = timezone(-ahead if found[7] == "-" else ahead) if found[7] else UTC
        date = datetime(int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=zone)
    except ValueError:
        raise _NotPlain from None
    return sane_date(date)


def _rfc_3339(text: str) -> datetime | None:
    if _RFC_3339.fullmatch(text) is None:
        raise _NotPlain
    try:
        return sane_date(datetime.fromisoformat(text))
    except ValueError:
        raise _NotPlain from None
