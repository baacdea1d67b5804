"""The list of feeds: three lines a feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from textual.content import Content

from newsdesk.models import FeedStatus
from newsdesk.tui import present_feeds
from newsdesk.tui.widgets.rows import RowList


class FeedList(RowList[FeedStatus]):
    """The subscriptions in the config's order, with a cursor that stays on its feed."""

    ROW_HEIGHT = 3

    def __init__(self, *, offline: bool, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offline = offline

    def draw(self, row: FeedStatus, width: int) -> Sequence[Content]:
        return present_feeds.row(row, width, datetime.now(UTC), self._offline)

    def identity(self, row: FeedStatus) -> str:
        return row.feed.url
