"""A layout that puts panes side by side in columns, each as high as its content needs and room allows."""

from __future__ import annotations

from typing import cast

from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from newsdesk.tui import fit
from newsdesk.tui.widgets.pane import Pane

GAP = 2
"""Columns between two panes."""


class PaneLayout(Layout):
    """Panes in their order, column by column; or in one column, each as high as it needs."""

    name = "panes"

    def __init__(self) -> None:
        self.side_by_side = False

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        parent.pre_layout(self)
        if not children or size.width <= 0 or size.height <= 0:
            return []
        panes = cast("list[Pane]", children)
        count = fit.columns(size.width, len(panes)) if self.side_by_side else 1
        width = (size.width - GAP * (count - 1)) // count
        needs = [
            max(pane.get_content_height(size, size, width) + pane.styles.gutter.height, fit.LEAST_HEIGHT)
            for pane in panes
        ]
        columns = fit.split(needs, count, size.height) if self.side_by_side else [needs]
        placements: ArrangeResult = []
        rest = iter(panes)
        for place, heights in enumerate(columns):
            x, y = place * (width + GAP), 0
            wide = size.width - x if place == count - 1 else width
            for height in heights:
                pane = next(rest)
                pane.settle()
                region = Region(x, y, wide, height)
                placements.append(
                    WidgetPlacement(region, NULL_OFFSET, Spacing(), pane, 0, False, False, False)
                )
                y += height
        return placements
