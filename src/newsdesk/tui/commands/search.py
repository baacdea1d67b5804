"""Actions of the Search screen."""

from __future__ import annotations

from newsdesk.tui.commands.record import Command

COMMANDS: tuple[Command, ...] = (
    Command("search", ("/",), "Search", "Passages by the query language, while you type.", "Articles"),
    Command(
        "type-query",
        ("/", "i"),
        "Type the query",
        "From the hits back into the query; `↑` at the first hit, too.",
        "Searching",
        screens=("search",),
        footer="query",
    ),
    Command(
        "open-hit",
        ("enter",),
        "Open the hit",
        "To the passage on the desk, the words lit; in the query, to the hits.",
        "Searching",
        screens=("search",),
        footer="open",
    ),
    Command(
        "complete",
        ("tab",),
        "Complete",
        "Take the first name or value that is offered below the query.",
        "Searching",
        screens=("search",),
        footer="complete",
    ),
    Command(
        "save-query",
        ("ctrl+s", "S"),
        "Save the query",
        "Under a name, into the config: `@name` stands for it in every query.",
        "Searching",
        screens=("search",),
        footer="save",
    ),
    Command(
        "export-found",
        ("x",),
        "Export what is found",
        "All of it, as Markdown, into a new file.",
        "Searching",
        screens=("search",),
        footer="export",
    ),
    Command(
        "language",
        ("f1",),
        "The query language",
        "Its words and filters, from the query as well.",
        "Searching",
        screens=("search",),
        footer="language",
    ),
)
