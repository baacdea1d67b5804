"""Feeds -> `Content`: a row of the Feeds screen, its header. Beside `present`, whose styles it takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from newsdesk.models import FeedStatus
from newsdesk.tui import present, words
from newsdesk.tui.widgets.lines import spread

ALARM = "bold $alarm"


def name(status: FeedStatus) -> str:
    """What a feed is called: by its reader, else by itself, else its address."""
    return words.clean_line(status.feed.title or status.state.title or status.feed.url)


def row(status: FeedStatus, width: int, now: datetime, offline: bool) -> list[Content]:
    """A feed's three lines: name and counts, state, address with tags."""
    mark, style = _mark(status)
    title = Content.styled(f" {mark} ", style) + Content.styled(name(status), present.STRONG)
    unread = words.count(status.unread, "unread passage") if width >= 60 else f"{status.unread:,} unread"
    counts = Content.styled(unread, "$prose") + Content.styled(
        f" · {words.count(status.articles, 'article')}" if width >= 60 else "", present.QUIET
    )
    state = spread(Content("   ") + _state(status), _times(status, now, offline), width)
    feed = status.feed
    tags = "".join(f" #{words.clean_line(tag)}" for tag in feed.tags)
    kind = feed.source_class.replace("_", " ")
    about = present.line(f"{kind}{' ' if kind and tags else ''}{tags.strip()}", "$prose")
    where = present.line(status.state.manners.address or feed.url, present.QUIET)
    return [spread(title, counts, width), state, spread(Content("   ") + where, about, width)]


def summary(statuses: Sequence[FeedStatus]) -> Content:
    """How many there are and how many fail."""
    failing = sum(bool(one.state.error) for one in statuses)
    return present.join(
        [
            Content.styled(words.count(len(statuses), "feed"), present.QUIET),
            Content.styled(f"{failing} failing" if failing else "", ALARM),
        ]
    )


def _mark(status: FeedStatus) -> tuple[str, str]:
    if status.state.error or status.state.gone:
        return "✗", ALARM
    if status.state.last_success is None:
        return "○", present.QUIET
    return ("●", "$cursor") if status.unread else ("·", present.QUIET)


def _state(status: FeedStatus) -> Content:
    state = status.state
    if state.gone:
        return Content.styled("taken down for good by its publisher: polled no more", ALARM)
    if state.error:
        again = f" ({state.failures} times in a row)" if state.failures > 1 else ""
        return present.line(f"{state.error}{again}", ALARM)
    if state.last_success is None:
        return Content.styled("not fetched yet", present.QUIET)
    return Content.styled("well", "$prose")


def _times(status: FeedStatus, now: datetime, offline: bool) -> Content:
    state = status.state
    last, due = state.last_success, state.next_due
    parts = [f"fetched {words.ago(last, now) or words.when(last, now)}"] if last else []
    if due and not state.gone and not offline:
        parts.append(f"next {words.when(due, now)}" if due > now else "due now")
    return present.join(Content.styled(part, present.QUIET) for part in parts)
