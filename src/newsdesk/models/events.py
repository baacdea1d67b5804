"""What the background tells the interface; each event also stands as a line of JSON between processes."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct


class FeedDone(Struct, frozen=True, tag=True):
    """One feed's poll is over; with a JSON form that `fetch --json` prints."""

    url: str
    state: Literal["new", "unchanged", "not-due", "failed", "gone"]
    new: int = 0
    changed: int = 0
    error: str = ""
    next_due: datetime | None = None
    bytes: int = 0
    ms: int = 0


class ArticlesStored(Struct, frozen=True, tag=True):
    """Articles that are in the archive now, or anew."""

    ids: tuple[int, ...]


class DeepDone(Struct, frozen=True, tag=True):
    """Articles whose entities and figures are stored now, and how many still wait."""

    ids: tuple[int, ...]
    pending: int


class Progress(Struct, frozen=True, tag=True):
    """A long work's state: `what` is refresh, index, deep or relabel."""

    what: Literal["refresh", "index", "deep", "relabel"]
    done: int
    total: int
    changed: int = 0
    """Of a re-labelling: passages that have other topics now."""


class Notice(Struct, frozen=True, tag=True):
    """A line for the status line: the model is missing, another process fetches."""

    text: str
    kind: Literal["info", "warning"] = "info"


Event = FeedDone | ArticlesStored | DeepDone | Progress | Notice
