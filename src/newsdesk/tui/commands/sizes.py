"""Actions that move the home screen's borders."""

from __future__ import annotations

from newsdesk.tui.commands.record import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "wider-list",
        (">",),
        "Wider list",
        "Give the list more columns; dragging its border does, too.",
        "Look",
    ),
    Command("narrower-list", ("<",), "Narrower list", "Give the text more columns.", "Look"),
    Command(
        "higher-strips",
        ("ctrl+up",),
        "Higher strips",
        "Give figures and entities more rows, on a wide terminal; dragging their border does, too.",
        "Look",
    ),
    Command("lower-strips", ("ctrl+down",), "Lower strips", "Give list and text more rows.", "Look"),
    Command("usual-sizes", ("ctrl+home",), "Usual sizes", "All borders where they were at first.", "Look"),
)
