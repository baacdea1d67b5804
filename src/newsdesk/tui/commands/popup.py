"""Actions of windows over a screen, and the way back."""

from __future__ import annotations

from newsdesk.tui.commands.record import LISTS, Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "close",
        ("escape", "q"),
        "Close",
        "Back to the desk.",
        "Program",
        screens=("popup", "picker", *LISTS[1:]),
    ),
    Command("scroll-down", ("j", "down"), "Down", "Scroll down.", "Moving", screens=("popup",)),
    Command("scroll-up", ("k", "up"), "Up", "Scroll up.", "Moving", screens=("popup",)),
)
