"""Pages as news sites make them: what belongs to the article stays, what stands around it goes."""

from __future__ import annotations

import time

import pytest

from newsdesk.ingest.extract import page_blocks, page_text
from newsdesk.ingest.furniture import is_furniture
from newsdesk.models import Block

URL = "https://harbour.example/a/1"
PARAGRAPHS = [
    f"Paragraph {number}: the ferry company and its crews went back to the table on Monday, and the mayor "
    f"of the "
    f"islands said after {number} hours that nothing was settled yet."
    for number in range(8)
]


def page(body: str, head: str = "") -> bytes:
    return f"""<!doctype html><html><head><title>Ferry talks | The Harbour</title>{head}</head>
<body><nav><ul><li><a href="/">Home</a></li></ul></nav>{body}<footer><p>The Harbour</p></footer></body></html>
""".encode()


def article(inner: str) -> bytes:
    return page(f'<article class="story">{inner}</article>')


def texts(html: bytes) -> list[str]:
    return [block.text for block in page_blocks(html, URL)]


def shown(paragraphs: list[str]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


# ---------------------------------------------------------------------- what belongs to the article


def test_an_article_in_several_boxes_of_the_same_name_is_whole() -> None:
    boxes = "".join(
        f'<div class="grid"><div class="body">{shown(PARAGRAPHS[at : at + 2])}</div></div><aside>Ad</aside>'
        for at in range(0, 8, 2)
    )
    assert texts(page(f"<main>{boxes}</main>")) == PARAGRAPHS


def test_posts_that_are_quoted_among_the_paragraphs_stay_quotations() -> None:
    post = "The crews will not sign what they cannot keep, whatever the company says tonight."
    quote = f'<blockquote class="post"><p>{post}</p>— A. Person</blockquote>'
    embed = f'<div class="social-media-embed">{quote}</div>'
    blocks = page_blocks(article(shown(PARAGRAPHS[:3]) + embed + shown(PARAGRAPHS[3:])), URL)
    assert blocks[3] == Block("quote", post)
    assert [block.text for block in blocks if block.kind == "paragraph"] == PARAGRAPHS


def test_a_heading_that_is_a_list_of_one_is_a_heading() -> None:
    head = "<h3><ol><li>What is at stake</li></ol></h3>"
    blocks = page_blocks(article(shown(PARAGRAPHS[:3]) + head + shown(PARAGRAPHS[3:])), URL)
    assert blocks[3] == Block("heading", "What is at stake")


def test_a_verdict_under_its_heading_stays() -> None:
    heads = "<h3>Rating</h3><h5>Unproven</h5><h3>Origin</h3>"
    blocks = page_blocks(article(shown(PARAGRAPHS[:3]) + heads + shown(PARAGRAPHS[3:])), URL)
    assert [block.text for block in blocks[3:6]] == ["Rating", "Unproven", "Origin"]


# ---------------------------------------------------------------------- what does not


@pytest.mark.parametrize(
    "furniture",
    [
        "<figure><img src=x alt=y><figcaption>Crews on the pier on Sunday, before the "
        "talks.</figcaption></figure>",
        '<div class="wp-caption"><img src=x><p class="wp-caption-text">Crews on the pier on '
        "Sunday.</p></div>",
        '<div class="share-buttons"><p>Share this with your friends and on other sites</p></div>',
        '<div class="newsletter-signup"><p>Our best stories every morning, free of charge, in one '
        "letter.</p></div>",
        '<aside class="related-articles"><h3>Related</h3><p>Island school closes after forty years of '
        "lessons</p>"
        "</aside>",
        "<p>Read more: Island school closes after forty years</p>",
        "<p><b>RELATED:</b> <a href=/b>Island school closes after forty years</a></p>",
        '<p><a href="/b">Island school closes after forty years</a></p>',
        "<p>Lesen Sie auch: Die Inselschule schliesst nach vierzig Jahren</p>",
        "<p>Sign up for our newsletter here.</p>",
        "<p>Follow us on Facebook and Twitter.</p>",
        "<p>Get the day's news straight to your inbox every morning.</p>",
    ],
)
def test_furniture_among_the_paragraphs_goes(furniture: str) -> None:
    assert texts(article(shown(PARAGRAPHS[:4]) + furniture + shown(PARAGRAPHS[4:]))) == PARAGRAPHS


def test_what_only_sounds_like_furniture_stays() -> None:
    sentences = [
        "Read more books, the minister told pupils at the harbour school on the first day of the term, "
        "and less news.",
        "Follow the money, investigators say: it left the company on Monday and came back on Wednesday "
        "evening.",
        "Share prices of the ferry company fell by a third after the talks had ended without a result for "
        "anyone.",
        "Related costs for the crews have doubled since the spring, the union says in a letter to the "
        "shareholders.",
    ]
    assert texts(article(shown(PARAGRAPHS[:4] + sentences + PARAGRAPHS[4:]))) == (
        PARAGRAPHS[:4] + sentences + PARAGRAPHS[4:]
    )
    assert not any(is_furniture(sentence) for sentence in sentences)


def test_a_box_of_a_telling_name_that_is_the_article_stays() -> None:
    assert texts(page(f'<div class="related-content">{shown(PARAGRAPHS)}</div>')) == PARAGRAPHS


# ---------------------------------------------------------------------- selectors, and who found it


def test_the_way_that_found_the_text_is_told() -> None:
    found = page_text(article(shown(PARAGRAPHS)), URL)
    assert found.by.startswith("trafilatura 2")
    quick = page_text(article(shown(PARAGRAPHS)), URL, quick=True)
    assert quick.by.startswith("resiliparse ")
    assert quick.blocks == found.blocks
    assert page_text(b"<html></html>", URL).by == ""


def test_a_selector_names_what_is_read() -> None:
    html = page(
        f'<div class="a">{shown(PARAGRAPHS[:2])}</div><div class="b"><h2>In '
        f"brief</h2>{shown(PARAGRAPHS[2:4])}"
        f'<div class="b">{shown(PARAGRAPHS[4:5])}</div></div><div class="b">{shown(PARAGRAPHS[5:6])}</div>'
    )
    found = page_text(html, URL, "div.b")
    assert [block.text for block in found.blocks] == ["In brief", *PARAGRAPHS[2:6]]
    assert found.by == "selector div.b"


@pytest.mark.parametrize("selector", ["div.none", "][", "p..", "div:", " "])
def test_a_selector_that_finds_nothing_or_is_none_gives_way(selector: str) -> None:
    found = page_text(article(shown(PARAGRAPHS)), URL, selector)
    assert [block.text for block in found.blocks] == PARAGRAPHS
    assert found.by.startswith("trafilatura")


# ---------------------------------------------------------------------- time


@pytest.mark.parametrize(
    "hostile",
    ["<div>" * 20_000, "<span>" * 100_000, "<blockquote>" * 14_000, "<p>" + "<b>x" * 14_000,
     "<p " + " ".join(f"a{number}=b" for number in range(100_000)) + ">", "<table><tr><td>" * 20_000,
     '<div class="share-bar">' * 14_000],
    ids=["div", "span", "quote", "bold", "attributes", "table", "boxes"],
)  # fmt: skip
def test_pages_that_are_slow_for_every_parser_are_read_all_the_same(hostile: str) -> None:
    started = time.process_time()
    found = page_text(page(hostile + shown(PARAGRAPHS)), URL)
    assert time.process_time() - started < 3
    everything = "\n".join(block.text for block in found.blocks)
    assert all(paragraph in everything for paragraph in PARAGRAPHS)


def test_a_long_value_of_one_attribute_is_no_reason_to_hurry() -> None:
    data = "".join(f"&quot;key {number}&quot;: {number}, " for number in range(3_000))
    found = page_text(page(f'<div data-state="{data}"><article>{shown(PARAGRAPHS)}</article></div>'), URL)
    assert [block.text for block in found.blocks] == PARAGRAPHS
    assert found.by.startswith("trafilatura")
