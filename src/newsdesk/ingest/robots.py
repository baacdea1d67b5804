"""robots.txt (RFC 9309): whether an article's page may be fetched. Pure: the file's bytes in, an answer out.

Feeds are published to be polled and are not asked about; pages fetched in bulk are.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from msgspec import Struct

from newsdesk.models import Robots

AGENT = "newsdesk"
"""The product name that a robots.txt may address."""
CAP = 512_000
"""Bytes that are read of one; RFC 9309, 2.5, asks for 500 KiB at least."""
FRESH = timedelta(days=1)
"""How long one is used, and how often one is asked for at most (RFC 9309, 2.4)."""
SOON = timedelta(hours=1)
"""When it is asked for again where nothing answered: the network may be back."""
LONGEST_DELAY = 30.0
"""Seconds of Crawl-delay that are honoured."""


class Verdict(Struct, frozen=True):
    """Whether a page may be fetched, and the pause between two requests that the site asks for."""

    allowed: bool
    delay: float = 0.0


def origin_of(url: str) -> str:
    """Scheme, host and port of an address: what one robots.txt is for. Empty where there is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower() if parts.netloc else ""


def is_fresh(robots: Robots, now: datetime) -> bool:
    """Whether it need not be asked for again; one from the future is of a clock that jumped."""
    return robots.fetched <= now < robots.fetched + (FRESH if robots.status else SOON)


def without_rules(status: int) -> Verdict | None:
    """The verdict where there is no file to read: none is there (4xx), so all may be fetched; it cannot be
    had (429, 5xx, no answer), so nothing may, for now. None where there is a file."""
    if 200 <= status < 300:
        return None
    return Verdict(400 <= status < 500 and status != 429)


def verdict(body: bytes, url: str) -> Verdict:
    """What the rules say of an address. Their patterns may be made to take for ever: run it in a worker."""
    from protego import Protego

    rules = Protego.parse(body.decode("utf-8", "replace"))
    delay = rules.crawl_delay(AGENT) or 0.0
    return Verdict(rules.can_fetch(url, AGENT), min(max(delay, 0.0), LONGEST_DELAY))
