"""The invented outlets, and the files that their sites serve: feeds in four forms and article pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from string import Template
from xml.etree import ElementTree as ET

from newsdesk.demo.articles import Sample
from newsdesk.models import Block

AUTHOR = "newsdesk samples"
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"

ET.register_namespace("content", CONTENT)
ET.register_namespace("dc", DUBLIN_CORE)


@dataclass(frozen=True)
class Page:
    """One served file: a path's body with its type and validator."""

    body: bytes
    content_type: str

    @property
    def etag(self) -> str:
        """Weak, because the plain and the compressed body share it."""
        return f'W/"{sha256(self.body).hexdigest()[:20]}"'


Site = dict[str, Page]
"""Path -> what is served there."""


@dataclass(frozen=True)
class Outlet:
    """An invented outlet with its feed."""

    id: str
    name: str
    feed_path: str
    content_type: str
    render: Callable[[Outlet, Sequence[Sample], str, datetime], bytes]

    def article_path(self, sample: Sample) -> str:
        """Where the article's page is; the path is the article's identity in the feed."""
        return f"/{self.id}/{sample.name}"


def rss_full(outlet: Outlet, samples: Sequence[Sample], base: str, now: datetime) -> bytes:
    """RSS 2.0 with the whole text in `content:encoded`."""
    return _rss(outlet, samples, base, now, full=True)


def rss_summary(outlet: Outlet, samples: Sequence[Sample], base: str, now: datetime) -> bytes:
    """RSS 2.0 that gives a summary only: the text is on the article's page."""
    return _rss(outlet, samples, base, now, full=False)


def _rss(outlet: Outlet, samples: Sequence[Sample], base: str, now: datetime, *, full: bool) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _child(channel, "title", outlet.name)
    _child(channel, "link", f"{base}/{outlet.id}/")
    _child(channel, "description", "Sample articles for the newsdesk demo")
    for sample in samples:
        item = ET.SubElement(channel, "item")
        _child(item, "title", sample.title)
        _child(item, "link", base + outlet.article_path(sample))
        _child(item, "guid", outlet.article_path(sample)).set("isPermaLink", "false")
        _child(item, f"{{{DUBLIN_CORE}}}creator", AUTHOR)
        _child(item, "pubDate", format_datetime(sample.published(now)))
        if full:
            _child(item, f"{{{CONTENT}}}encoded", to_html(sample.blocks()))
        else:
            _child(item, "description", sample.summary)
    return _document(root)


def atom(outlet: Outlet, samples: Sequence[Sample], base: str, now: datetime) -> bytes:
    """Atom 1.0 with the whole text in `content`."""
    root = ET.Element("feed", xmlns=ATOM)
    _child(root, "id", f"urn:newsdesk-demo:{outlet.id}")
    _child(root, "title", outlet.name)
    ET.SubElement(root, "link", href=f"{base}/{outlet.id}/")
    _child(root, "updated", max(sample.updated(now) for sample in samples).isoformat())
    for sample in samples:
        entry = ET.SubElement(root, "entry")
        _child(entry, "id", f"urn:newsdesk-demo:{outlet.id}:{sample.name}")
        _child(entry, "title", sample.title)
        ET.SubElement(entry, "link", rel="alternate", href=base + outlet.article_path(sample))
        _child(ET.SubElement(entry, "author"), "name", AUTHOR)
        _child(entry, "published", sample.published(now).isoformat())
        _child(entry, "updated", sample.updated(now).isoformat())
        _child(entry, "content", to_html(sample.blocks())).set("type", "html")
    return _document(root)


def json_feed(outlet: Outlet, samples: Sequence[Sample], base: str, now: datetime) -> bytes:
    """JSON Feed 1.1 with the whole text in `content_html`."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{base}/{outlet.id}/",
        "feed_url": base + outlet.feed_path,
        "items": [
            {
                "id": f"urn:newsdesk-demo:{outlet.id}:{sample.name}",
                "url": base + outlet.article_path(sample),
                "title": sample.title,
                "authors": [{"name": AUTHOR}],
                "date_published": sample.published(now).isoformat(),
                "date_modified": sample.updated(now).isoformat(),
                "content_html": to_html(sample.blocks()),
            }
            for sample in samples
        ],
    }
    return json.dumps(feed, indent=1, ensure_ascii=False).encode()


OUTLETS = (
    Outlet("wire", "Sample Wire", "/wire/rss.xml", "application/rss+xml", rss_full),
    Outlet("courier", "Sample Courier", "/courier/atom.xml", "application/atom+xml", atom),
    Outlet("post", "Sample Border Post", "/post/rss.xml", "application/rss+xml", rss_summary),
    Outlet("notes", "Sample Desk Notes", "/notes/feed.json", "application/feed+json", json_feed),
)

PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>$title | $outlet</title><meta name="author" content="$author"></head>
<body>
<header><a href="/$id/">$outlet</a>
<nav><ul><li><a href="/$id/">Front page</a></li><li><a href="/$id/region">Region</a></li>
<li><a href="/$id/harbor">Harbor</a></li><li><a href="/$id/letters">Letters</a></li></ul></nav></header>
<main><article>
<h1>$title</h1>
<p class="byline">By <span class="author">$author</span>, <time datetime="$published">$day</time></p>
$text
</article>
<aside class="related"><h2>More from $outlet</h2><ul>$related</ul></aside>
<section class="newsletter"><h2>Newsletter</h2><p>Sign up for the morning edition.</p></section></main>
<footer><p>$outlet is an invented outlet of the newsdesk demo.</p>
<p><a href="/$id/imprint">Imprint</a> <a href="/$id/privacy">Privacy</a></p></footer>
</body>
</html>
""")


def article_page(outlet: Outlet, sample: Sample, others: Sequence[Sample], now: datetime) -> bytes:
    """The article's page, with what stands around an article on a news site."""
    related = "".join(
        f'<li><a href="{outlet.article_path(other)}">{escape(other.title)}</a></li>' for other in others
    )
    published = sample.published(now)
    page = PAGE.substitute(
        id=outlet.id,
        outlet=escape(outlet.name),
        author=AUTHOR,
        title=escape(sample.title),
        published=published.isoformat(),
        day=f"{published:%d %B %Y}",
        text=to_html(sample.blocks()),
        related=related,
    )
    return page.encode()


def to_html(blocks: Sequence[Block]) -> str:
    """Blocks as HTML; list items that follow one another share a list."""
    lines: list[str] = []
    in_list = False
    for block in blocks:
        if in_list != (block.kind == "item"):
            in_list = not in_list
            lines.append("<ul>" if in_list else "</ul>")
        tag = {"heading": "h2", "item": "li"}.get(block.kind, "p")
        lines.append(f"<{tag}>{escape(block.text, quote=False)}</{tag}>")
    if in_list:
        lines.append("</ul>")
    return "\n".join(lines)


def build_site(samples: Sequence[Sample], base: str, now: datetime) -> Site:
    """Everything that is served under `base` (`http://host:port`): each outlet's feed and pages."""
    site: Site = {}
    for outlet in OUTLETS:
        own = [sample for sample in samples if sample.outlet == outlet.id]
        site[outlet.feed_path] = Page(outlet.render(outlet, own, base, now), outlet.content_type)
        for sample in own:
            others = [other for other in own if other is not sample]
            page = article_page(outlet, sample, others, now)
            site[outlet.article_path(sample)] = Page(page, "text/html; charset=utf-8")
    return site


def _child(parent: ET.Element, tag: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, tag)
    child.text = text
    return child


def _document(root: ET.Element) -> bytes:
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body
