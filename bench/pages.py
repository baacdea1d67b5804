"""The yardstick of repainting: at each digit another screenful of plain words, in one widget."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static

ROWS, COLUMNS = 45, 160


def words(page: str) -> str:
    """What stands in the first row of a page."""
    return f"PAGE {page} BEGINS"


class Pages(App[None]):
    """Shows page 0 and then the one whose digit is pressed."""

    def compose(self) -> ComposeResult:
        yield Static(_page("0"))

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.isdecimal():
            self.query_one(Static).update(_page(event.character))


def _page(digit: str) -> Content:
    row = f"{digit} words of page {digit} " * 12
    return Content("\n".join([words(digit), *[row[:COLUMNS]] * (ROWS - 1)]))


if __name__ == "__main__":
    Pages().run()
