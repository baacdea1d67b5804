"""Actions of the Feeds screen and of a feed's form."""

from __future__ import annotations

from newsdesk.tui.commands.record import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "edit-feed",
        ("enter", "e"),
        "Edit feed",
        "Its title, tags and interval; the config file keeps your comments.",
        "Feeds",
        screens=("feeds",),
        footer="edit",
    ),
    Command(
        "retry",
        ("r",),
        "Ask again now",
        "Ask this feed for news now, whether it is due or not.",
        "Feeds",
        screens=("feeds",),
        footer="ask again",
    ),
    Command(
        "add-feed", ("a",), "Add feed", "Subscribe to an address.", "Feeds", screens=("feeds",), footer="add"
    ),
    Command(
        "remove-feed",
        ("d",),
        "Remove feed",
        "Unsubscribe; its articles stay, and undo brings it back.",
        "Feeds",
        screens=("feeds",),
        footer="remove",
    ),
    Command("next-field", ("tab", "down"), "Next field", "To the next field.", "Feeds", screens=("form",)),
    Command(
        "previous-field",
        ("shift+tab", "up"),
        "Previous field",
        "To the field before.",
        "Feeds",
        screens=("form",),
    ),
    Command("save", ("enter", "ctrl+s"), "Save", "Write it into the config.", "Feeds", screens=("form",)),
    Command("cancel", ("escape",), "Cancel", "Change nothing.", "Feeds", screens=("form",)),
)
