"""Hits asked for a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

PAGE = 500
"""Hits that are asked for at once: memory does not grow with their number."""


class Keyed(Protocol):
    """A hit that knows its place in the order."""

    @property
    def key(self) -> Any: ...


Hit = TypeVar("Hit", bound=Keyed)


def pages(page: Callable[[int, Any], Sequence[Hit]], limit: int | None = None) -> Iterator[Hit]:
    """Hit after hit, up to `limit`; `page` takes how many are wanted and the key behind which they begin."""
    left, after = limit, None
    while left is None or left > 0:
        wanted = PAGE if left is None else min(PAGE, left)
        hits = page(wanted, after)
        yield from hits
        if len(hits) < wanted:
            return
        left = None if left is None else left - wanted
        after = hits[-1].key
