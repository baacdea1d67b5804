"""What a feed says of itself before its entries: the hours and days in which it asks not to be polled
(feedparser keeps only the last of each), and its language."""

from __future__ import annotations

import re

_LONGEST = 4_000
"""Bytes of one list at most: 24 hours need a tenth."""
_HOUR = re.compile(rb"<hour>\s{0,20}(\d{1,2})\s{0,20}</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s{0,20}([a-z]{6,9})\s{0,20}</day>", re.IGNORECASE)
_HEAD = 20_000
"""Bytes at the beginning of a feed in which it says its language."""
_ENTRY = re.compile(rb"<(?:item|entry)[\s>]")
_LANGUAGE = re.compile(rb"<(?:dc:)?language>\s{0,20}([a-zA-Z][a-zA-Z0-9_-]{1,60})\s{0,20}</")
_XML_LANG = re.compile(rb"\sxml:lang\s?=\s?[\"']([a-zA-Z][a-zA-Z0-9_-]{1,60})[\"']")
_NAMES = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")


def skips(body: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(hours in UTC, 0 to 23; days of the week, 0 for Monday) of skipHours and skipDays (RSS 0.91 to 2.0).

    Hour 24 of the older versions is midnight.
    """
    numbers = {int(hour) for hour in _HOUR.findall(_inside(body, b"skipHours"))}
    names = {day.lower() for day in _DAY.findall(_inside(body, b"skipDays"))}
    return (
        tuple(sorted({0 if hour == 24 else hour for hour in numbers if hour <= 24})),
        tuple(number for number, name in enumerate(_NAMES) if name in names),
    )


def language(body: bytes) -> str:
    """The ISO 639 code of the language that a feed of XML says it is in; empty where it says none.

    RSS `language`, `dc:language`, or `xml:lang` of the feed's first tags, before the first entry.
    """
    head = _ENTRY.split(body[:_HEAD], maxsplit=1)[0]
    found = _LANGUAGE.search(head) or _XML_LANG.search(head)
    return base_language(found[1].decode("ascii")) if found else ""


def base_language(tag: str) -> str:
    """`pt` for `pt-BR`; empty for what is no language tag (RFC 5646)."""
    found = re.fullmatch(r"\s*([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9_-]{1,60})?\s*", tag)
    return found[1].lower() if found else ""


def _inside(body: bytes, name: bytes) -> bytes:
    """What stands in the first element of that name; empty where there is none, or no end of it."""
    start = re.search(b"<" + name + b">", body, re.IGNORECASE)
    if start is None:
        return b""
    content = body[start.end() : start.end() + _LONGEST]
    end = re.search(b"</" + name + b">", content, re.IGNORECASE)
    return content[: end.start()] if end else b""
