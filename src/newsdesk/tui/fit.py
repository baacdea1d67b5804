"""How panes share the room: pure arithmetic, in lines and columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

LEAST_WIDTH = 54
"""Columns below which running text in a pane gets hard to read."""
MOST_COLUMNS = 3
LEAST_HEIGHT = 3
"""A pane's title and two lines."""


def columns(width: int, panes: int) -> int:
    """How many panes stand side by side."""
    return max(1, min(panes, width // LEAST_WIDTH, MOST_COLUMNS))


def share(needs: Sequence[int], height: int) -> list[int]:
    """Heights of the panes of one column, together exactly `height`.

    What fits gets what it needs, and the last pane the rest. Where it does not fit, small panes get
    what they need and the large ones divide the remainder alike.
    """
    if not needs:
        return []
    if sum(needs) <= height:
        return [*needs[:-1], height - sum(needs[:-1])]
    level = 0
    while sum(min(need, level + 1) for need in needs) <= height:
        level += 1
    heights = [min(need, max(level, 1)) for need in needs]
    spare = height - sum(heights)
    for place, need in enumerate(needs):
        if spare > 0 and heights[place] < need:
            heights[place] += 1
            spare -= 1
    return heights


def split(needs: Sequence[int], count: int, height: int) -> list[list[int]]:
    """Divide the panes, in their order, into `count` columns whose fullest is as low as can be.

    Returns the heights of each column's panes.
    """
    best: tuple[int, tuple[int, ...]] | None = None
    for cuts in combinations(range(1, len(needs)), count - 1):
        edges = (0, *cuts, len(needs))
        fullest = max(sum(needs[start:end]) for start, end in pairwise(edges))
        if best is None or fullest < best[0]:
            best = fullest, cuts
    edges = (0, *(best[1] if best else ()), len(needs))
    return [share(needs[start:end], height) for start, end in pairwise(edges)]
