"""The yardstick of start-up: the least that a Textual app can be, one line of text."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

WORDS = "FIRST PAINT"


class Minimal(App[None]):
    """Shows one line and waits."""

    def compose(self) -> ComposeResult:
        yield Static(WORDS)


if __name__ == "__main__":
    Minimal().run()
