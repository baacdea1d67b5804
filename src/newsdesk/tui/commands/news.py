"""Actions of the Changes screen."""

from __future__ import annotations

from newsdesk.tui.commands.record import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "news",
        ("c",),
        "Changes",
        "What is new since you last looked, topic by topic: changed articles, figures, passages.",
        "Topics",
        footer="changes",
    ),
    Command(
        "looked-at",
        ("m",),
        "Topic looked at",
        "Mark the topic under the cursor as looked at: what it shows is new no more. Undo takes it back.",
        "Reading",
        screens=("changes",),
        footer="topic looked at",
    ),
    Command(
        "all-looked-at",
        ("c",),
        "All looked at",
        "Mark the topics shown as looked at, and go back. Leaving with another key marks nothing.",
        "Reading",
        screens=("changes",),
        footer="all looked at",
    ),
)
