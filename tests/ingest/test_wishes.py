"""Hours and days that an RSS feed asks to be skipped."""

from __future__ import annotations

import pytest

from feedtext import HARBOUR, Item, rss
from newsdesk.ingest.feeds import parse
from newsdesk.ingest.wishes import language, skips


@pytest.mark.parametrize(
    ("markup", "hours", "days"),
    [
        ("", (), ()),
        ("<skipHours><hour>3</hour><hour> 0 </hour><hour>3</hour></skipHours>", (0, 3), ()),
        ("<skipHours><hour>24</hour><hour>25</hour><hour>-1</hour><hour>x</hour></skipHours>", (0,), ()),
        ("<skipDays>\n<day>Sunday</day><day>monday</day><day>Someday</day></skipDays>", (), (0, 6)),
        ("<SKIPHOURS><hour>7</hour></SKIPHOURS><skipdays><day>FRIDAY</day></skipdays>", (7,), (4,)),
        ("<skipHours><hour>7</hour>", (), ()),
        ("<hour>7</hour><day>Friday</day>", (), ()),
    ],
)
def test_what_is_skipped(markup: str, hours: tuple[int, ...], days: tuple[int, ...]) -> None:
    assert skips(markup.encode()) == (hours, days)
    parsed = parse(rss([Item("fog", "Fog", HARBOUR)], more=markup), "https://wire.example/feed")
    assert (parsed.skip_hours, parsed.skip_days) == (hours, days)


def test_megabytes_without_an_end_are_read_at_once() -> None:
    assert skips(b"<skipHours>" * 200_000) == ((), ())


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<rss><channel><title>t</title><language>fr-FR</language><item></item></channel></rss>", "fr"),
        (b"<rss><channel><dc:language> de </dc:language><item/></channel></rss>", "de"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es"><title>t</title></feed>', "es"),
        (b"<rss><channel><item><language>fr</language></item></channel></rss>", ""),
        (b"<rss><channel><language>klingonish</language></channel></rss>", ""),
        (b"<rss><channel><language></language></channel></rss>", ""),
    ],
)
def test_the_language_that_a_feed_says_it_is_in(body: bytes, code: str) -> None:
    assert language(body) == code
