"""The quick reader gives what feedparser gives, or leaves the feed to it."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.ingest import plainfeed
from newsdesk.ingest.feeds import parse

URL = "https://harbour.example/feeds/news"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)
START = '<?xml version="1.0" encoding="utf-8"?>'


def rss(inner: str, version: str = "2.0", start: str = START) -> bytes:
    return f'{start}<rss version="{version}" {SPACES}><channel>{inner}</channel></rss>'.encode()


def atom(inner: str, start: str = START) -> bytes:
    return f'{start}<feed xmlns="http://www.w3.org/2005/Atom">{inner}</feed>'.encode()


def both(body: bytes, content_type: str = "application/xml; charset=utf-8") -> bool:
    """Whether the quick reader takes the feed; then both readings are compared."""
    assert parse(body, URL, content_type) == parse(body, URL, content_type, quick=False)
    return plainfeed.read(body, "utf-8") is not None


TEXTS = [
    "Ferry talks "
    "resume", "", "  two\n  "
                  "lines ", "A &amp; B", "a &amp;amp; b", "5 &lt; 6", "&lt;b&gt;bold&lt;/b&gt; words",
    "&lt;b&gt;bold "
    "words", "&amp;#8217;s", "&lt;script&gt;x&lt;/script&gt;y", "<![CDATA[<p>One.</p><p>Two &amp; "
                                                                "three.</p>]]>",
    "<![CDATA[<p>a</p>]]> "
    "tail", "Z\u00fcrich "
            "\u6771\u4eac", "&#x2014; "
                            "dash", "\u00c3\u00bc", "&#150;", "<!-- no "
                                                              "-->text", "one<!-- no "
                                                                         "-->two", "one<?no "
                                                                                   "no?>two", "a<b/>c",
    "&lt;foo&gt;x&lt;/foo&gt;", "&amp;nbsp;", "&#x202e;abc", "x" * 3_000,
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text: str) -> None:
    taken = both(
        rss(
            f"<title>{text}</title><link>https://harbour.example/</link><item><title>{text}</title>"
            f"<link>https://harbour.example/1</link><guid>https://harbour.example/1</guid>"
            f"<description>{text}</description><content:encoded>{text}</content:encoded>"
            f"<dc:creator>{text}</dc:creator></item>"
        )
    )
    for kind in ("", ' type="html"', ' type="text"', ' type="xhtml"', ' type="text/html"'):
        both(
            atom(
                f"<title{kind}>{text}</title><entry><title{kind}>{text}</title><id>tag:1</id>"
                f'<link href="https://harbour.example/1"/><summary{kind}>{text}</summary>'
                f"<content{kind}>{text}</content><author><name>{text}</name></author></entry>"
            )
        )
    if re.fullmatch(r"[\w &;]*", text, re.ASCII) and "&lt;" not in text:
        assert taken, "so plain a text is the quick reader's"


ITEM = {
    "link": [
        "",
        "<link>https://harbour.example/1?a=b&amp;c=d</link>",
        "<link>/1</link>",
        "<link>javascript:x</link>",
        "<link> https://harbour.example/1 </link>",
        "<link>https://harbour.example</link>",
        "<link>https://harbour.example/a b</link>",
        "<link/><link>https://harbour.example/2</link>",
    ],
    "guid": [
        "",
        '<guid isPermaLink="false">tag:1,2</guid>',
        "<guid>https://harbour.example/g</guid>",
        "<guid>7</guid>",
        '<guid isPermaLink="true">https://harbour.example/g</guid>',
        '<guid isPermaLink="no">7</guid>',
        '<guid isPermaLink="false">a b</guid>',
    ],
    "rest": [
        "",
        "<pubDate>Mon, 02 Mar 2026 09:30:00 +0100</pubDate>",
        "<pubDate>2 Mar 2026 09:30:00 GMT</pubDate>",
        "<pubDate>Mon, 02 Mar 2026 09:30:00 EST</pubDate>",
        "<pubDate>2026-03-02T09:30:00Z</pubDate>",
        "<pubDate>Mon, 32 Mar 2026 09:30:00 GMT</pubDate>",
        "<dc:date>2026-03-02T09:30:00Z</dc:date>",
        "<pubDate>Mon, 02 Mar 2026 09:30:00 -0000</pubDate><category>x</category>",
        "<author>a@b.example (A. Writer)</author>",
        "<dc:creator>A (B)</dc:creator>",
        "<media:content url='https://a.example/x'/>",
        "<media:title>Other</media:title>",
        "<description>a</description><description>b</description>",
        "<slash:comments>4</slash:comments>",
        "<source url='https://a.example/'>S</source>",
        "<enclosure url='https://a.example/x.mp3'/>",
        "<pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate>",
        "<pubDate>Tue, 02 Mar 2026 24:00:00 GMT</pubDate>",
    ],
}


def test_items() -> None:
    taken = 0
    for link, guid, rest in product(*ITEM.values()):
        for title in ("<title>t</title>", ""):
            taken += both(
                rss(f"<title>f</title><item>{title}{link}{guid}{rest}</item><item><title>u</title></item>")
            )
    assert taken > 100


ENTRY = {
    "link": [
        "",
        '<link href="https://harbour.example/1"/>',
        '<link rel="alternate" type="text/html" href="/1"/>',
        '<link rel="self" href="https://harbour.example/s"/>',
        "<link>https://harbour.example/1</link>",
        '<link rel="alternate" type="application/pdf" href="https://harbour.example/p"/>',
        '<link href="https://harbour.example/1"/><link href="https://harbour.example/2"/>',
        '<link rel="enclosure" href="https://a.example/x"/><link href="https://harbour.example/1"/>',
    ],
    "id": ["", "<id>tag:1</id>", "<id>https://harbour.example/i</id>", "<id>a b</id>"],
    "rest": [
        "",
        "<published>2026-03-02T09:30:00Z</published>",
        "<updated>2026-03-02T09:30:00+02:00</updated>",
        "<updated>2026-03-02T09:30:00Z</updated><published>2026-03-01T09:30:00Z</published>",
        "<published>2026-03-02T09:30:00.5Z</published>",
        "<published>2026-03-02</published>",
        "<published>9999-03-02T09:30:00Z</published><updated>2026-03-02T09:30:00Z</updated>",
        "<author><name>A</name><email>a@b.example</email></author>",
        "<author><name>A</name></author>",
        "<author><name>A</name></author><author><name>B</name></author>",
        "<category term='x'/>",
        "<contributor><name>C</name></contributor>",
        "<source><title>S</title></source>",
        "<content src='https://a.example/' type='text/html'/>",
        "<summary>s</summary>",
    ],
}


def test_entries() -> None:
    taken = 0
    for link, name, rest in product(*ENTRY.values()):
        for feed in ("<id>tag:f</id>", '<link href="https://harbour.example/"/><id>tag:f</id>'):
            taken += both(atom(f"<title>f</title>{feed}<entry><title>t</title>{link}{name}{rest}</entry>"))
    assert taken > 50


@pytest.mark.parametrize(
    "channel",
    ["<ttl>90</ttl>", "<ttl>x</ttl>", "<sy:updatePeriod>daily</sy:updatePeriod>", "<image><title>I</title><link>https://a.example"
     "/</link><url>https://a.example/i</url></image>", "<atom:link rel='self' href='https://a.example/'/>",
     "<atom:link "
     "href='https://a.example/'/>", "<textInput><title>T</title></textInput>", "<link>/relative</link>",
     "<skipHours><hour>4</hour></skipHours><skipDays><day>Monday</day></skipDays>",
     "<dc:title>Other</dc:title>",
     "<description>d</description><language>en</language><copyright>c</copyright>", "words<title>t</title>"],
)  # fmt: skip
def test_channels(channel: str) -> None:
    item = "<item><title>t</title><link>https://harbour.example/1</link></item>"
    both(rss(channel + item))
    both(rss(item + channel))
    both(rss(f"<title>f</title><link>https://harbour.example/</link>{channel}{item}"))


@pytest.mark.parametrize(
    "body",
    [rss("<item><title>t</title></item>", version) for version in ("0.91", "0.92", "2.0", "2.1", "")]
    + [rss("<item><title>t</title></item>", start=start) for start in (
        "", "<!-- a --><!-- b "
            "-->", "\ufeff" + START, START.replace("utf-8", "iso-8859-1"), START + "<!DOCTYPE rss>",
        START + '<?xml-stylesheet href="x"?>', " ")]
    + [rss("<item><title>t</titel></item>"), rss("<item><title>t</title>")[:-20], rss("")[:-3],
       b"<rss/>", b"<rss"],
)  # fmt: skip
def test_bodies(body: bytes) -> None:
    both(body)
    both(body, "")


PIECES = st.sampled_from(
    ["<item>", "</item>", "<title>", "</title>", "<link>", "</link>", "https://a.example/", "x", " ", "&amp;",
     "<guid>", "</guid>", "<description>", "</description>", "<![CDATA[<p>a</p>]]>", "<ttl>5</ttl>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_feed(inner: str) -> None:
    both(rss(f"<title>f</title><item><title>t</title>{inner}</item>"))
    both(rss(inner))
