"""Figures over time, drawn with plotext: letters for voices, signs for quantifiers, lines that break.

The interface imports this when a plot is first asked for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import plotext
from msgspec import Struct

LINE = "·"
"""Of what lines are made: a sign that every font has, as wide as a letter."""
TICKS_APART = 12
"""Columns between two dates below the plot, at least."""
_DAY = 86_400
_LEAST_SPAN = float(_DAY)
"""Seconds that the plot spans at least: reports of one hour are one moment."""


class Point(Struct, frozen=True):
    """A report: when, what number, and the letter and sign that mark it."""

    when: datetime
    number: float
    mark: str
    """A voice's letter with the quantifier's sign: `A>`."""
    line: int
    """Points of one line are joined; a definition that changes begins another one."""


def draw(points: Sequence[Point], width: int, height: int) -> list[str]:
    """The plot as lines of text, `height` of them, `width` columns each at most; without colours."""
    times = [point.when.timestamp() for point in points]
    numbers = [point.number for point in points]
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    plotext.theme("clear")
    plotext.frame(False)
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    begin, end = min(times), max(times)
    room = max((_LEAST_SPAN - (end - begin)) / 2, (end - begin) * 0.02)
    begin, end = begin - room, end + room
    plotext.xlim(begin, end + (end - begin) * 3 / width)
    margin = (max(numbers) - min(numbers)) * 0.05 or 1
    plotext.ylim(max(0, min(numbers) - margin), max(numbers) + margin)
    for number in sorted({point.line for point in points}):
        line = sorted((point.when.timestamp(), point.number) for point in points if point.line == number)
        if len(line) > 1:
            plotext.plot([time for time, _ in line], [value for _, value in line], marker=LINE)
    for point, time in zip(points, times, strict=True):
        plotext.text(point.mark, time, point.number, alignment="left")
    _ticks(begin, end, numbers, width, height)
    drawn: str = plotext.uncolorize(plotext.build())
    plotext.clear_figure()
    return [line.rstrip() for line in drawn.rstrip("\n").split("\n")][:height]


def _ticks(begin: float, end: float, numbers: Sequence[float], width: int, height: int) -> None:
    moments = _moments(begin, end, max(2, width // TICKS_APART))
    plotext.xticks([moment.timestamp() for moment, _ in moments], [said for _, said in moments])
    values = sorted(set(numbers))
    most = max(2, height // 3)
    chosen = sorted({values[round(place * (len(values) - 1) / (most - 1))] for place in range(most)})
    plotext.yticks(chosen, [_number(value) for value in chosen])


def _moments(begin: float, end: float, most: int) -> list[tuple[datetime, str]]:
    """Local times below the plot, `most` at most: whole days, or whole hours where there are few days."""
    first = datetime.fromtimestamp(begin, UTC).astimezone()
    hours = max(1, math.ceil((end - begin) / 3600 / most))
    hours = next((step for step in (1, 3, 6, 12) if step >= hours), math.ceil(hours / 24) * 24)
    moment = first.replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    while moment.timestamp() <= end:
        if moment.timestamp() >= begin:
            found.append((moment, _said(moment, end - begin)))
        moment += timedelta(hours=hours)
    return found


def _said(moment: datetime, span: float) -> str:
    if moment.hour:
        return f"{moment:%H:%M}"
    return f"{moment.day} {moment:%b}" if span < 300 * _DAY else f"{moment:%b %Y}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"
