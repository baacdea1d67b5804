from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.ingest.fragments import fragment_blocks, plain_blocks
from newsdesk.models import PassageKind

KINDS: dict[str, PassageKind] = {"p": "paragraph", "h": "heading", "i": "item", "q": "quote"}


def short(html: str) -> str:
    """Blocks as `p:text / h:text`."""
    return " / ".join(f"{block.kind[0]}:{block.text}" for block in fragment_blocks(html))


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>a</p><p>b</p>", "p:a / p:b"),
        ("a<p>b<p>c", "p:a / p:b / p:c"),
        ("<h2>a</h2>b", "h:a / p:b"),
        ("<ul><li>a<li>b</ul>c", "i:a / i:b / p:c"),
        ("<blockquote>a<p>b</p><ul><li>c</li></ul>d</blockquote>e", "q:a / q:b / i:c / q:d / p:e"),
        ("a<br>b<br><br>c<br> <br/>d", "p:a b / p:c / p:d"),
        ("one <a href='x'>two</a>\n\nthree\nfour", "p:one two / p:three four"),
        ("<p>a\n\nb</p>", "p:a b"),
        ("<pre>a\nb\n\nc</pre>", "p:a b / p:c"),
        ("<p>a&nbsp;b &amp; c &lt;d&gt;</p>", "p:a b & c <d>"),
        ("<p>in<b>side</b> <i>words</i></p>", "p:inside words"),
        ("<p><strong>What is at stake</strong></p><p>x <b>y</b> z</p>", "h:What is at stake / p:x y z"),
        ("<p><b>It is over.</b></p>", "p:It is over."),
        ("<p><b>By A. Writer</b></p>", "p:By A. Writer"),
        (
            "<table><tr><th>Town</th><td>12</td></tr><tr><td>Port</td><td>7</td></tr></table>",
            "p:Town | 12 / p:Port | 7",
        ),
        ("<figure><img alt=x><figcaption>a</figcaption></figure>b", "p:a / p:b"),
        ("a<script>b</script><style>c</style><iframe>d</iframe>e", "p:ae"),
        ("<div>a</div></div></p>b</body></html>c", "p:a / p:b / p:c"),
        ("<![CDATA[<p>a</p>]]>", "p:a"),
        ("<foo>a</foo><bar/>b", "p:ab"),
        ("5 < 6 and <b>7 > 2</b>", "p:5 < 6 and 7 > 2"),
        ("mail <me@x.example> now", "p:mail <me@x.example> now"),
        ("&lt;p&gt; is a tag", "p:<p> is a tag"),
        ("<p>a\ud800</p><p>\x1b[31mb &#27;[0m&#x202e;c</p>", "p:a\ufffd / p:b c"),
        ("", ""),
        ("<p> </p><b></b>", ""),
    ],
)
def test_blocks(html: str, blocks: str) -> None:
    assert short(html) == blocks


WORD = st.from_regex(r"[a-zA-Z0-9éא語]{1,8}", fullmatch=True)
TAGS = ["p", "div", "b", "a", "li", "ul", "blockquote", "h3", "td", "tr", "table", "span", "x-y", "pre", "br"]
SOUP = st.lists(
    WORD | st.sampled_from(TAGS).map("<{}>".format) | st.sampled_from(TAGS).map("</{}>".format) | st.just(" ")
)


@given(SOUP.map("".join))
def test_no_word_is_lost_and_the_order_stays(html: str) -> None:
    shown = re.sub(r"<[^>]*>|\s", "", html)
    text = "".join(block.text for block in fragment_blocks(html))
    assert re.sub(r"[\s|]", "", text) == shown


def test_plain_text_that_is_hard_wrapped() -> None:
    text = (
        "The ferry company and its crews went back to the table on Monday, two\n"
        "weeks after the last meeting ended without a result for anyone who\n"
        "lives on the islands.\n\nA second meeting is planned.\nIt is on Thursday."
    )
    assert [block.text for block in plain_blocks(text)] == [
        "The ferry company and its crews went back to the table on Monday, two weeks after the last "
        "meeting ended without a result for anyone who lives on the islands.",
        "A second meeting is planned.",
        "It is on Thursday.",
    ]


@pytest.mark.parametrize(
    "piece", ["<td>x", "<b>x", "<i>x</p>", "<div>x", "<script>", "<a", "<blockquote>x", "&amp;<br>", "<!--"]
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    started = time.process_time()
    fragment_blocks("<p>" + piece * 60_000)
    assert time.process_time() - started < 5


def test_too_many_tags_lose_no_text_either() -> None:
    html = "<div><p>a <b>b</b></p><script>no</script>c</div>" * 5_000
    assert [block.text for block in fragment_blocks(html)] == ["a b", "c"] * 5_000
