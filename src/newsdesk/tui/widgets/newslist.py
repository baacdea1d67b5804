"""The news, topic by topic, in one list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from textual.content import Content

from newsdesk.changes import Changes, compare
from newsdesk.models import Edition
from newsdesk.models.board import BoardRow
from newsdesk.tui import newsitems, present, present_board, present_news
from newsdesk.tui.newsitems import AnyItem, ChangedItem, FigureItem, Head, Identity, PassageItem
from newsdesk.tui.widgets.flow import Direction, Flow

BATCH = 12
"""Passages whose words one query brings."""


class Source(Protocol):
    """Where words come from: the facade."""

    def board_rows(self, keys: Sequence[int]) -> tuple[BoardRow, ...]: ...
    def editions_since(self, article_id: int, number: int) -> tuple[Edition, ...]: ...


class NewsList(Flow, inherit_bindings=False):
    """Items of the news. They are all known; their words are brought as they are seen."""

    def __init__(
        self,
        source: Source,
        topics: present.Topics,
        lesson: Callable[[int], Content],
        board_key: str,
        measure: int,
        now: Callable[[], datetime],
        *,
        id: str | None = None,
    ) -> None:
        """`lesson` says for a width what to do where nothing is new; `board_key` opens the board;
        `measure` is the most columns that a line of words may have."""
        super().__init__(id=id)
        self.items: tuple[AnyItem, ...] = ()
        self.highlights: present.Highlights = "all"
        self._source = source
        self._topics = topics
        self._lesson = lesson
        self._board_key = board_key
        self._measure = measure
        self._now = now
        self._numbers: dict[Identity, int] = {}
        self._rows: dict[int, BoardRow] = {}
        self._changes: dict[Identity, Changes | None] = {}

    def show(self, items: Sequence[AnyItem]) -> None:
        """Show other news; the cursor and what is seen stay on their items."""
        self.items = tuple(items)
        self._rows.clear()
        self._changes.clear()
        self.hold(
            [self._numbers.setdefault(newsitems.identity(one), len(self._numbers)) for one in self.items]
        )

    def bring(self, way: Direction, key: int | None, limit: int) -> Sequence[int]:
        return ()

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def item(self) -> AnyItem | None:
        """The item under the cursor."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def row(self, place: int) -> BoardRow | None:
        """The passage at a place."""
        item = self.items[place]
        if not isinstance(item, PassageItem):
            return None
        if item.key not in self._rows:
            around = self.items[max(0, place - 1) : place + BATCH]
            keys = [one.key for one in around if isinstance(one, PassageItem) and one.key not in self._rows]
            self._rows |= {row.key: row for row in self._source.board_rows(keys)}
        return self._rows.get(item.key)

    def move_topic(self, topics: int) -> None:
        """Put the cursor on the head of the next topic, or of one before."""
        heads = [place for place, item in enumerate(self.items) if isinstance(item, Head)]
        if not heads:
            return
        beyond = [place for place in heads if (place > self.cursor) == (topics > 0) and place != self.cursor]
        target = (beyond[0] if topics > 0 else beyond[-1]) if beyond else heads[0 if topics > 0 else -1]
        self.move(target - self.cursor)
        self.to_top()

    # ------------------------------------------------------------------ drawing

    def draw(self, place: int, width: int) -> Sequence[Content]:
        item, now, width = self.items[place], self._now(), min(width, self._measure)
        if isinstance(item, Head):
            return present_news.topic_head(item.news, self._topics, width, now)
        if isinstance(item, ChangedItem):
            lead = present_news.group(item.lead)
            return [*lead, *present_news.changed(item.article, self._compared(item), width, now)]
        if isinstance(item, FigureItem):
            return [*present_news.group(item.lead), *present_news.figure(item, width, now)]
        if isinstance(item, PassageItem):
            row = self.row(place)
            if row is None:
                return [Content("")]
            lines = present_board.row(row, self._topics, self.highlights, width, now)
            return [*present_news.group(item.lead), *lines]
        return present_news.rest(item.number, self._board_key)

    def nothing(self, width: int) -> Sequence[Content]:
        return self._lesson(width).split("\n")

    def _compared(self, item: ChangedItem) -> Changes | None:
        """What changed under the item's topic; None where the earlier text is gone."""
        key = newsitems.identity(item)
        if key not in self._changes:
            editions = self._source.editions_since(item.article.article, item.article.before)
            whole = compare(*editions) if len(editions) == 2 else None
            self._changes[key] = newsitems.under_topic(whole, item) if whole else None
        return self._changes[key]
