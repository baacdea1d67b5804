from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.ingest.feeds import parse
from newsdesk.models import Block, Entry, ParsedFeed

URL = "https://harbour.example/feeds/news"
TEXT = (
    Block("paragraph", "The ferry crews & the company met on Monday."),
    Block("heading", "What is at stake"),
    Block("paragraph", "Shifts of eight hours for 120 crew members."),
)
HTML = (
    "<p>The ferry crews &amp; the company <b>met</b> on Monday.</p>"
    "<h2>What is at stake</h2><p>Shifts of eight hours\n for 120 crew members.</p>"
)
SUMMARY = (Block("paragraph", "Crews and company met."),)
DATE = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def rss(items: str, channel: str = "", version: str = "2.0") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="{version}" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>The Harbour</title><link>https://harbour.example/</link>{channel}{items}</channel></rss>"
    ).encode()


RSS_20 = rss(
    "<item><title>Ferry talks resume</title><link>https://harbour.example/a/1</link>"
    '<guid isPermaLink="false">tag:1</guid><pubDate>Mon, 02 Mar 2026 09:30:00 +0100</pubDate>'
    "<dc:creator>A. Writer</dc:creator><description>Crews and company met.</description>"
    f"<content:encoded><![CDATA[{HTML}]]></content:encoded></item>"
)
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Harbour</title>
<link href="https://harbour.example/"/><id>tag:feed</id><updated>2026-03-02T08:30:00Z</updated>
<entry><title type="text">Ferry talks resume</title><id>tag:1</id><link href="/a/1"/>
<link rel="enclosure" href="/sound.mp3"/><published>2026-03-02T08:30:00Z</published>
<author><name>A. Writer</name></author><summary>Crews and company met.</summary>
<content type="html"><![CDATA[{HTML}]]></content></entry></feed>""".encode()
ATOM_XHTML = ATOM.replace(
    f'<content type="html"><![CDATA[{HTML}]]></content>'.encode(),
    f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{HTML}</div></content>'.encode(),
)
RDF = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>The Harbour</title>
<link>https://harbour.example/</link></channel><item rdf:about="tag:1"><title>Ferry talks resume</title>
<link>https://harbour.example/a/1</link><description>Crews and company met.</description>
<dc:creator>A. Writer</dc:creator><dc:date>2026-03-02T08:30:00Z</dc:date>
<content:encoded><![CDATA[{HTML}]]></content:encoded></item></rdf:RDF>""".encode()
JSON_11 = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Harbour",
        "home_page_url": "https://harbour.example/",
        "items": [
            {
                "id": "tag:1",
                "url": "/a/1",
                "title": "Ferry talks resume",
                "authors": [{"name": "A. Writer"}],
                "date_published": "2026-03-02T09:30:00+01:00",
                "summary": "Crews and company met.",
                "content_html": HTML,
            }
        ],
    }
).encode()
JSON_10 = JSON_11.replace(b"version/1.1", b"version/1").replace(
    b'"authors": [{"name": "A. Writer"}]', b'"author": {"name": "A. Writer"}'
)


@pytest.mark.parametrize(
    "body",
    [RSS_20, ATOM, ATOM_XHTML, RDF, JSON_11, JSON_10],
    ids=["rss", "atom", "xhtml", "rdf", "json11", "json10"],
)
def test_every_format_gives_the_same_entry(body: bytes) -> None:
    feed = parse(body, URL)
    assert (feed.title, feed.site, feed.error, feed.notice) == (
        "The Harbour",
        "https://harbour.example/",
        "",
        "",
    )
    (entry,) = feed.entries
    assert entry.original
    expected = Entry(
        guid="tag:1",
        url="https://harbour.example/a/1",
        title="Ferry talks resume",
        author="A. Writer",
        published=DATE,
        summary=SUMMARY,
        content=TEXT,
        original=entry.original,
    )
    assert entry == expected


@pytest.mark.parametrize("version", ["0.91", "0.92", "0.93"])
def test_old_rss_without_ids_and_dates(version: str) -> None:
    feed = parse(
        rss("<item><title>One</title><link>/1</link><description>A &lt;b&gt;b&lt;/b&gt;</description></item>"
            "<item><description>Only text, no title.</description></item>", version=version),
        URL,
    )  # fmt: skip
    first, second = feed.entries
    assert (first.guid, first.url, first.published) == (
        "https://harbour.example/1",
        "https://harbour.example/1",
        None,
    )
    assert first.summary == (Block("paragraph", "A b"),)
    assert (second.url, second.title) == ("", "Only text, no title.")
    assert len(second.guid) == 64


def one(item: str, channel: str = "") -> Entry:
    (entry,) = parse(rss(f"<item><guid>g</guid>{item}</item>", channel), URL).entries
    return entry


# ---------------------------------------------------------------------- texts


def test_a_description_that_is_the_full_text_is_content() -> None:
    paragraphs = "".join(f"&lt;p&gt;Paragraph {n}.&lt;/p&gt;" for n in range(3))
    entry = one(f"<title>t</title><description>{paragraphs}</description>")
    assert entry.summary == ()
    assert [block.text for block in entry.content] == ["Paragraph 0.", "Paragraph 1.", "Paragraph 2."]
    assert one(f"<description>{'long ' * 400}</description>").content
    assert one(f"<description>{'short ' * 40}</description>").content == ()


def test_the_longer_text_wins_over_a_short_content() -> None:
    full = "".join(f"&lt;p&gt;Paragraph {n}.&lt;/p&gt;" for n in range(4))
    entry = one(f"<description>{full}</description><content:encoded>Read more</content:encoded>")
    assert len(entry.content) == 4


def test_a_second_description_does_not_hide_the_content() -> None:
    entry = one(f"<description>Crews.</description><media:description>A photo</media:description>"
                f"<content:encoded><![CDATA[{HTML}]]></content:encoded>")  # fmt: skip
    assert entry.content == TEXT


def test_plain_text_content_splits_on_newlines() -> None:
    first, head, last = "The crews met. " * 12, "What is at stake", "Shifts of eight hours, they said. " * 5
    entry = one(f"<content:encoded><![CDATA[{first}\n{head}\n{last}]]></content:encoded>")
    assert entry.content == (
        Block("paragraph", first.strip()),
        Block("heading", head),
        Block("paragraph", last.strip()),
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("AT&amp;amp;T &lt;i&gt;rises&lt;/i&gt;", "AT&T rises"),
        ("5 &lt; 6 &amp; 7 &gt; 2", "5 < 6 & 7 > 2"),
        ("List&lt;String&gt;", "List<String>"),
        ("a\n  b", "a b"),
        ("[Live] talks [/] x [@click=app.bell()]go[/]", "[Live] talks [/] x [@click=app.bell()]go[/]"),
        ("x&#x202e;y&#xD800;z", "xy\ufffdz"),
        ("&amp;#27;[31mx", "[31mx"),
        ("&#55357;&#56832;", "\U0001f600"),
    ],
)
def test_titles(title: str, shown: str) -> None:
    assert one(f"<title>{title}</title>").title == shown


def test_long_and_missing_titles() -> None:
    assert len(one(f"<title>{'word ' * 5000}</title>").title) <= 1000
    assert one(f"<description>{'word ' * 100}</description>").title == "word " * 15 + "word…"
    assert one("<link>/x</link>").title == "https://harbour.example/x"


# ---------------------------------------------------------------------- dates, ids, links


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Mon, 02 Mar 2026 08:30:00 GMT", DATE),
        ("Mon, 2 Mar 2026 03:30:00 EST", DATE),
        ("2026-03-02T10:30:00+02:00", DATE),
        ("yesterday", None),
        ("", None),
        ("Fri, 01 Jan 1988 00:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("Fri, 31 Dec 99999 23:59:59 GMT", None),
        ("Mon, 02 Mar 2026 08:30:00 +9999", datetime(2026, 2, 26, 3, 51, tzinfo=UTC)),
    ],
)
def test_dates(date: str, expected: datetime | None) -> None:
    assert one(f"<pubDate>{date}</pubDate><title>t</title>").published == expected


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://harbour.example/a"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,x", ""),
        ("|cmd", "https://harbour.example/feeds/%7Ccmd"),
        ("http://a.example/;touch x", "http://a.example/;touch%20x"),
    ],
)
def test_links(link: str, url: str) -> None:
    assert one(f"<title>t</title><link>{link}</link>").url == url


def test_xml_base_comes_before_the_feeds_address() -> None:
    body = ATOM.replace(b"<feed ", b'<feed xml:base="https://other.example/x/" ')
    assert parse(body, URL).entries[0].url == "https://other.example/a/1"


def test_one_id_with_two_links_is_no_id() -> None:
    items = "".join(
        f"<item><guid isPermaLink='false'>0</guid><title>{n}</title><link>/{n}</link></item>" for n in "abb"
    )
    assert [entry.guid for entry in parse(rss(items), URL).entries] == ["0", "https://harbour.example/b"]


def test_ids_are_the_same_in_every_poll_wherever_the_feed_lives() -> None:
    body = rss("<item><guid>7</guid><title>t</title></item><item><title>u</title></item>")
    assert [entry.guid for entry in parse(body, URL).entries] == [
        entry.guid for entry in parse(body, "https://elsewhere.example/").entries
    ]


def test_the_newest_are_kept() -> None:
    days = [3, 28, 1, 27, 2, 26]
    item = "<item><guid>{0}</guid><title>{0}</title><pubDate>{0} Feb 2026 12:00:00 GMT</pubDate></item>"
    items = [item.format(day) for day in days]
    feed = parse(rss("".join(items)), URL, keep=3)
    assert [entry.guid for entry in feed.entries] == ["28", "27", "26"]
    assert feed.dropped == 3


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("", None),
        ("<ttl>90</ttl>", 90),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 1440),
        ("<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        (
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>x</sy:updateFrequency><ttl>15</ttl>",
            60,
        ),
        ("<sy:updatePeriod>never</sy:updatePeriod>", None),
        ("<ttl>99999999999</ttl>", 525_600),
    ],
)
def test_the_wait_that_a_feed_asks_for(channel: str, minutes: int | None) -> None:
    assert parse(rss("", channel), URL).ttl == minutes


# ---------------------------------------------------------------------- charsets


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("iso-8859-1", "Zürich"), ("windows-1252", "“Zürich”"), ("utf-16", "Zürich 東京"), ("koi8-r", "Паром"),
     ("gb18030", "渡轮")],
)  # fmt: skip
def test_declared_charsets(encoding: str, text: str) -> None:
    body = rss(f"<item><title>{text}</title></item>").decode().replace("utf-8", encoding).encode(encoding)
    assert parse(body, URL).entries[0].title == text


def test_the_headers_charset_counts_and_a_wrong_one_loses_nothing() -> None:
    body = rss("<item><title>Паром</title></item>").replace(b' encoding="utf-8"', b"")
    koi8 = body.decode().encode("koi8-r")
    assert parse(koi8, URL, "text/xml; charset=koi8-r").entries[0].title == "Паром"
    latin = rss("<item><title>Zürich</title></item>").decode().encode("latin-1")
    assert parse(latin, URL, "application/rss+xml; charset=utf-8").entries[0].title == "Zürich"


# ---------------------------------------------------------------------- what is no feed


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "the feed is empty"),
        (b" \n ", "the feed is empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page, not a feed; look on it"),
        (b'<html><head><link rel="alternate" type="application/rss+xml" href="/f.xml"></head></html>',
         "a web page, not a feed; its feed is https://harbour.example/f.xml: `newsdesk feeds add https"),
        (b"just words", "neither RSS, Atom nor JSON Feed"),
        (bytes(range(256)) * 20, "neither RSS, Atom nor JSON Feed"),
        (b"<rss versi", "broken XML in line"),
        (b'<?xml version="1.0"?><foo/>', "neither RSS nor Atom"),
        (b'<opml version="2.0"><body/></opml>', "OPML"),
        (b'{"a": 1}', "no JSON Feed"),
        (b'{"version": "https://jsonfeed.org/ver', "no JSON Feed"),
        (b"[1, 2]", "no JSON Feed"),
        (b"[" * 100_000, "no JSON Feed"),
    ],
)  # fmt: skip
def test_what_is_no_feed_says_so_in_one_line_with_the_way_out(body: bytes, says: str) -> None:
    feed = parse(body, URL)
    assert says in feed.error
    assert "\n" not in feed.error
    assert ";" in feed.error
    assert feed.entries == ()


def test_an_empty_channel_is_a_feed() -> None:
    assert parse(rss(""), URL) == ParsedFeed(title="The Harbour", site="https://harbour.example/", entries=())


def test_broken_xml_keeps_the_entries_that_can_be_read() -> None:
    body = rss("<item><title>One</title></item><item><title>A & B</title></item>")
    feed = parse(body, URL)
    assert [entry.title for entry in feed.entries] == ["One", "A & B"]
    assert feed.error == ""
    assert feed.notice.startswith("broken XML in line 2")


def test_a_broken_json_item_does_not_take_the_others_along() -> None:
    body = JSON_11.replace(
        b'"items": [', b'"items": [{"id": {}}, "x", {"id": 5, "content_text": "a\\ud83d"}, '
    )
    feed = parse(body, URL)
    assert [entry.guid for entry in feed.entries] == ["5", "tag:1"]
    assert feed.entries[0].content == (Block("paragraph", "a\ufffd"),)
    assert feed.notice == "2 of 4 items are not as JSON Feed has them"


# ---------------------------------------------------------------------- hostile feeds


def test_entities_are_not_expanded(tmp_path_factory: pytest.TempPathFactory) -> None:
    canary = tmp_path_factory.mktemp("canary") / "secret"
    canary.write_text("canary")
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{lines}]>'.encode() + rss(
        "<item><title>&l9;</title></item>"
    ).removeprefix(b'<?xml version="1.0" encoding="utf-8"?>\n')
    outside = laughs.replace(b'<!ENTITY l0 "lol">', f'<!ENTITY l0 SYSTEM "{canary.as_uri()}">'.encode())
    started = time.process_time()
    assert parse(laughs.replace(b"&l9;", b"a &l0; b"), URL).entries[0].title == "a lol b"
    for body in (laughs, outside):
        feed = repr(parse(body, URL))
        assert "canary" not in feed
        assert "lollol" not in feed
    assert time.process_time() - started < 2


def test_scripts_and_styles_are_dropped() -> None:
    entry = one(
        "<content:encoded><![CDATA[<style>p{}</style><p>a</p><script>b()</script>c]]></content:encoded>"
    )
    assert [block.text for block in entry.content] == ["a", "c"]


@given(
    st.binary(max_size=200) | st.binary(max_size=100).map(lambda middle: RSS_20[:300] + middle + RSS_20[300:])
)
def test_no_bytes_raise(body: bytes) -> None:
    feed = parse(body, URL)
    assert not (feed.error and feed.entries)
    assert "\n" not in feed.error


@pytest.mark.parametrize("end", range(20, 200, 15))
def test_half_an_entry_at_the_end_of_a_feed_that_was_cut_is_no_entry(end: int) -> None:
    first = (
        "<item><guid>tag:1</guid><title>Ferry</title><description>Crews and company met.</description></item>"
    )
    whole = rss(first + first.replace("tag:1", "tag:2"))
    body = whole[: whole.index(b"<item>") + end]
    parsed = parse(body, URL)
    complete = body.count(b"</item")
    assert [entry.guid for entry in parsed.entries] == ["tag:1", "tag:2"][:complete]
    assert parsed.cut or not complete
