"""Content that depends on the width it gets."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


def _nothing(width: int) -> Content:
    return Content("")


class Wrapped(Widget, inherit_bindings=False):
    """Lines made for the width that there is."""

    DEFAULT_CSS = """
    Wrapped { width: 1fr; height: auto; }
    """

    def __init__(self, draw: Callable[[int], Content] = _nothing, id: str | None = None) -> None:
        """`draw` makes the lines for a width in columns."""
        super().__init__(id=id)
        self._draw = draw
        self._drawn: tuple[int, Content] | None = None

    def show(self, draw: Callable[[int], Content]) -> None:
        """Show other lines."""
        self._draw = draw
        self._drawn = None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._lines(width).get_height({}, width)

    def render(self) -> Content:
        return self._lines(self.content_size.width)

    def _lines(self, width: int) -> Content:
        """The lines for a width, made once for both their height and their paint."""
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = width, self._draw(width)
        return self._drawn[1]
