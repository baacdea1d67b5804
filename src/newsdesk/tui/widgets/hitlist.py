"""The hits of a search: three lines a hit; texts are brought for the rows on the screen only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from textual.content import Content
from textual.message import Message

from newsdesk.models import Hit, Matches
from newsdesk.tui import present, present_search
from newsdesk.tui.widgets.rows import RowList

WINDOW = 24
"""Hits whose texts one query brings."""
NEAR = 200
"""Rows before the end of what was found at which more is wished for."""


class Source(Protocol):
    """Where texts come from: the facade."""

    def hits(self, keys: Sequence[int], matches: Matches) -> tuple[Hit, ...]: ...


class HitList(RowList[int]):
    """Hits by their keys, with a cursor that stays on its hit."""

    ROW_HEIGHT = 3

    class NearEnd(Message):
        """The reader comes to the end of so many rows."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    def __init__(self, source: Source, topics: present.Topics, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._source = source
        self._topics = topics
        self._matches = Matches()
        self._hits: dict[int, Hit] = {}
        self._told = 0

    def show_matches(self, matches: Matches, *, top: bool) -> None:
        """Show what a query finds."""
        self._matches = matches
        self._hits.clear()
        self._told = 0
        self.show(matches.keys, top=top)

    @property
    def hit(self) -> Hit | None:
        """The hit under the cursor."""
        return self._hit(self.current) if self.current is not None else None

    def row(self, place: int) -> int | None:
        if place + NEAR >= len(self.rows) > self._told:
            self._told = len(self.rows)
            self.post_message(self.NearEnd(self._told))
        return super().row(place)

    def identity(self, row: int) -> int:
        return row

    def draw(self, row: int, width: int) -> Sequence[Content]:
        hit = self._hit(row)
        if hit is None:  # Pruned, or replaced by another version of its text, since it was found.
            return [present.plain("   no longer in the archive", present.QUIET)]
        return present_search.hit(hit, self._topics, width, datetime.now(UTC))

    def _hit(self, key: int) -> Hit | None:
        if key not in self._hits:
            start = self.scroll_offset.y // self.ROW_HEIGHT
            window = self.rows[start : start + WINDOW]
            keys = [one for one in window if one not in self._hits] if key in window else [key]
            self._hits |= {hit.key: hit for hit in self._source.hits(keys, self._matches)}
        return self._hits.get(key)
