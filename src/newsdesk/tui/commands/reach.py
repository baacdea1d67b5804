"""Actions that lead elsewhere: saved queries, links, other programs, other desks; lists to pick from."""

from __future__ import annotations

from newsdesk.tui.commands.record import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "saved",
        ("@",),
        "Saved queries",
        "Pick one: the list shows the articles that it finds; the same once more shows all.",
        "Topics",
        screens=("desk", "search"),
    ),
    Command(
        "links",
        (";",),
        "Links",
        "Open a link of the article by the sign beside it.",
        "Articles",
    ),
    Command(
        "pipe",
        ("|",),
        "Pipe to a command",
        "Give the passage, or in the list the whole article, to a program's standard input.",
        "Articles",
    ),
    Command(
        "switch-desk",
        ("D",),
        "Switch desk",
        "Go on with another desk until you leave; its labels are made behind it.",
        "Program",
    ),
    Command("pick", ("enter",), "Pick", "Take the row under the cursor.", "Moving", screens=("picker",)),
    Command("next-row", ("j", "down"), "Next row", "To the next row.", "Moving", screens=("picker",)),
    Command("previous-row", ("k", "up"), "Previous row", "To the row before.", "Moving", screens=("picker",)),
)
