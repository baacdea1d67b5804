"""The board's own action; the rest of its keys are the desk's."""

from __future__ import annotations

from newsdesk.tui.commands.record import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "board",
        ("b",),
        "Board",
        "A column a topic across the whole archive, newest passages first.",
        "Topics",
        footer="board",
    ),
)
