"""Passages of the board -> `Content`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content, Span

from newsdesk.models.board import BoardRow
from newsdesk.tui import present, words

LINES = 6
"""Lines of a passage that are shown at most; Enter opens the whole."""
LINES_WITH_NUMBERS = 12
"""A passage with numbers is cut later: who says them stands in it."""


def row(
    row: BoardRow, topics: present.Topics, highlights: present.Highlights, width: int, now: datetime
) -> list[Content]:
    """Mark, time, outlet, further topics; the passage wrapped to a few lines; a blank line."""
    return [_head(row, topics, width, now), *prose(row, highlights, width), Content("")]


def _head(row: BoardRow, topics: present.Topics, width: int, now: datetime) -> Content:
    mark = Content.styled("● ", "$cursor") if row.unread else Content("  ")
    time = words.ago(row.published, now) or words.when(row.published, now)
    star = Content.styled("★ ", "$figure-name") if row.starred else Content("")
    keys = Content(" ").join(Content.styled(topics.key(topic), topics.hue(topic)) for topic in row.further)
    also = Content.styled("  also in ", present.QUIET) + keys if row.further else Content("")
    fixed = mark + Content.styled(f"{time}  ", present.QUIET) + star
    room = max(4, width - fixed.cell_length - also.cell_length)
    outlet = present.line(row.publisher, "$strong").truncate(room, ellipsis=True)
    return (fixed + outlet + also).truncate(width, ellipsis=True)


def prose(row: BoardRow, highlights: present.Highlights, width: int) -> list[Content]:
    """The passage's words in lines; where it is cut, the claims seen keep who says them."""
    claims = [figure for figure in row.figures if not figure.hypothetical]
    numbers = claims or any(sign.isdigit() for sign in row.text)
    most = LINES_WITH_NUMBERS if numbers else LINES
    lines = [part.rstrip() for part in _highlighted(row, highlights).wrap(width)] or [Content("")]
    if len(lines) <= most:
        return lines
    shown = lines[:most]
    seen = len(" ".join(line.plain for line in shown))
    shown[-1] = (shown[-1] + Content(" …")).truncate(width, ellipsis=True)
    for figure in claims:
        if figure.start < seen:
            speaker = f"{words.clean_line(figure.text)}: {words.figure_speaker(figure, row.publisher)}"
            shown += present.hanging(Content("  "), Content.styled(speaker, present.QUIET), width).split("\n")
    return shown


def _highlighted(row: BoardRow, highlights: present.Highlights) -> Content:
    text = words.clean(row.text)
    spans: list[Span] = []
    if highlights in ("all", "entities"):
        spans += [Span(start, end, present.ENTITY_STYLES[kind]) for start, end, kind in row.mentions]
    if highlights in ("all", "figures"):
        spans += [Span(figure.start, figure.end, present.FIGURE_STYLE) for figure in row.figures]
    return Content(text, spans=[span for span in spans if 0 <= span.start < span.end <= len(text)])


def column_title(topic: str, topics: present.Topics, total: int, waiting: int, *, unread: bool) -> Content:
    """`1 Diplomacy · 84 · 12 new`."""
    hue = topics.hue(topic)
    number = f"{total:,} unread" if unread else f"{total:,}"
    parts = [
        Content.styled(f"{topics.key(topic)} {topics.title(topic)}", f"bold {hue}"),
        Content.styled(number, present.QUIET),
        Content.styled(f"{waiting:,} new" if waiting else "", f"bold {hue}"),
    ]
    return present.in_frame(present.join(parts))


def no_passages(topic: str, topics: present.Topics, ways: Sequence[tuple[str, str]], width: int) -> Content:
    """What stands in an empty column; `ways` are keys with what they do."""
    first = Content.styled(f"Nothing in {topics.title(topic)}.", present.STRONG)
    lines = [present.hanging(Content(""), first, width), Content("")]
    lines += [present.hanging(Content(""), present.key_hint(key, says), width) for key, says in ways]
    return Content("\n").join(lines)
