"""A feed with tens of thousands of items, cut to the newest before it is read: reading costs by the item.

The cut looks at bytes, not at a tree, so it is rough: it leaves twice as many items as are kept, and the
choice among these is made with dates that were read properly.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SPARE = 2
"""For each item that is kept, how many are left for the choice."""
CROWDED = 4
"""A feed of more than this many times the items that are kept is cut."""

_ITEM = re.compile(rb"<(item|entry)(?=[\s>]).*?</\1\s*>", re.DOTALL)
_DATE = re.compile(
    rb"<(?:pubDate|(?:dc|dcterms|atom):\w+|published|issued|updated|modified)\b[^>]*>\s*([^<]{8,60})"
)


def thinned(body: bytes, keep: int) -> tuple[bytes, int]:
    """`body` with twice `keep` of its items at most, the newest, where it has very many more; and how many
    were left out. An item without a date counts as new."""
    if body.count(b"</item") + body.count(b"</entry") <= CROWDED * keep:
        return body, 0
    spans = [(found.start(), found.end()) for found in _ITEM.finditer(body)]
    if len(spans) <= CROWDED * keep:
        return body, 0
    newest = sorted(range(len(spans)), key=lambda at: _age(body, *spans[at]))
    parts, end = [], 0
    for at in sorted(newest[SPARE * keep :]):
        parts.append(body[end : spans[at][0]])
        end = spans[at][1]
    return b"".join((*parts, body[end:])), len(spans) - SPARE * keep


def _age(body: bytes, start: int, end: int) -> float:
    """Grows with the age of an item."""
    found = _DATE.search(body, start, end)
    date = _date(found[1].decode("ascii", "replace").strip()) if found else None
    return float("-inf") if date is None else -date.timestamp()


def _date(text: str) -> datetime | None:
    try:
        date = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
        return date if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
