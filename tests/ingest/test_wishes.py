"""Hours and days that an RSS feed asks to be skipped."""

from __future__ import annotations

import pytest

from feedtext import HARBOUR, Item, rss
from newsdesk.ingest.feeds import parse
from newsdesk.ingest.wishes import skips


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
