"""Feeds that a reader asks for, while others are polled."""

from __future__ import annotations

from collections.abc import Sequence


def together(asked: Sequence[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    """The feeds of several refreshes in one; None: all feeds."""
    urls: dict[str, None] = {}
    for some in asked:
        if some is None:
            return None
        urls.update(dict.fromkeys(some))
    return tuple(urls)
