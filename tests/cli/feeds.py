"""Feeds for the tests: RSS with the articles' full text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

GAZA = "Talks on a cease-fire in Gaza went on in Qatar on Wednesday, mediators said."
LEBANON = "Hezbollah militants in Lebanon launched rockets at northern Israel on Wednesday."
BAKERY = "The bakery on the corner opens at seven in the morning."


def rss(title: str, articles: Mapping[str, Iterable[str]]) -> str:
    """A feed of `articles`: title -> paragraphs. Their ids are their positions."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{number}</guid><title>{escape(name)}</title>"
        f"<link>https://example.org/{number}</link>"
        f"<pubDate>Wed, 27 Mar 2024 0{number % 10}:00:00 GMT</pubDate>"
        f"<content:encoded>{escape(_html(paragraphs))}</content:encoded>"
        "</item>"
        for number, (name, paragraphs) in enumerate(articles.items())
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?>"
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><title>{escape(title)}</title><link>https://example.org/</link>{items}</channel></rss>"
    )


def _html(paragraphs: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in paragraphs)


def subscriptions(*urls: str) -> str:
    """The [[feeds]] tables of a config, for feeds on loopback."""
    return "".join(f'\n[[feeds]]\nurl = "{url}"\nallow_private = true\nfull_text = "never"\n' for url in urls)
