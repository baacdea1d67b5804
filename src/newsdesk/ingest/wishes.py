"""The hours and days in which an RSS feed asks not to be polled; feedparser keeps only the last of each."""

from __future__ import annotations

import re

_HOURS = re.compile(rb"<skipHours\b[^>]{0,200}>(.{0,4000}?)</skipHours\s*>", re.DOTALL | re.IGNORECASE)
_DAYS = re.compile(rb"<skipDays\b[^>]{0,200}>(.{0,2000}?)</skipDays\s*>", re.DOTALL | re.IGNORECASE)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*(\w{3,9})\s*</day>", re.IGNORECASE)
_NAMES = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")


def skips(body: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(hours in UTC, 0 to 23; days of the week, 0 for Monday) of skipHours and skipDays (RSS 0.91 to 2.0).

    Hour 24 of the older versions is midnight.
    """
    hours, days = _HOURS.search(body), _DAYS.search(body)
    numbers = {int(hour) for hour in _HOUR.findall(hours[1])} if hours else set()
    names = {day.lower() for day in _DAY.findall(days[1])} if days else set()
    return (
        tuple(sorted({0 if hour == 24 else hour for hour in numbers if hour <= 24})),
        tuple(number for number, name in enumerate(_NAMES) if name in names),
    )
