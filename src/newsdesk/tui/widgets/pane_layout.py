"""A layout that puts panes side by side in columns, each as high as its content needs and room allows."""

from __future__ import annotations

from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from newsdesk.tui import fit

GAP = 2
"""Columns between two panes."""


class PaneLayout(Layout):
    """Children in their order, column by column."""

    name = "panes"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        parent.pre_layout(self)
        if not children or size.width <= 0 or size.height <= 0:
            return []
        count = fit.columns(size.width, len(children))
        width = (size.width - GAP * (count - 1)) // count
        needs = [_needed_height(child, width, size) for child in children]
        placements: ArrangeResult = []
        rest = iter(children)
        for place, heights in enumerate(fit.split(needs, count, size.height)):
            x = place * (width + GAP)
            wide = size.width - x if place == count - 1 else width
            y = 0
            for height in heights:
                region = Region(x, y, wide, height)
                placements.append(
                    WidgetPlacement(region, NULL_OFFSET, Spacing(), next(rest), 0, False, False, False)
                )
                y += height
        return placements


def _needed_height(child: Widget, width: int, size: Size) -> int:
    inside = width - child.gutter.width - child.styles.scrollbar_size_vertical
    height = child.get_content_height(size, child.app.viewport_size, inside)
    return max(height + child.gutter.height, fit.LEAST_HEIGHT)
