"""Actions of the Entities screen and of its dossiers."""

from __future__ import annotations

from newsdesk.tui.commands.record import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "entities",
        ("e",),
        "Entities",
        "People, organizations, places by mentions; on an entity of the article, its dossier.",
        "Reading",
        footer="entities",
    ),
    Command(
        "next-kind",
        ("K", "]"),
        "Next kind",
        "People, organizations, places, groups, events, then all again.",
        "Topics",
        screens=("entities",),
        footer="kind",
    ),
    Command(
        "previous-kind",
        ("[",),
        "Previous kind",
        "The same the other way round.",
        "Topics",
        screens=("entities",),
    ),
    Command(
        "narrow-names",
        ("i", "/"),
        "Narrow by name",
        "Narrow the list while you type; Enter keeps the words, Esc drops them.",
        "Topics",
        screens=("entities",),
        footer="narrow",
    ),
    Command(
        "open-dossier",
        ("enter",),
        "Open",
        "The entity's dossier: every passage that names it; there, the passage on the desk.",
        "Moving",
        screens=("entities",),
        footer="open",
    ),
    Command(
        "to-list",
        ("h", "left", "shift+tab"),
        "To the list",
        "From the dossier back to the list of entities.",
        "Moving",
        screens=("entities",),
    ),
    Command(
        "to-dossier",
        ("l", "right", "tab"),
        "To the dossier",
        "From the list into the entity's dossier.",
        "Moving",
        screens=("entities",),
    ),
    Command(
        "copy-named",
        ("y",),
        "Copy",
        "Copy the dossier's passage with its source; in the list, the entity with its names.",
        "Reading",
        screens=("entities",),
        footer="copy",
    ),
    Command(
        "open-page",
        ("o",),
        "Open in browser",
        "Open the page of the dossier's article in a browser.",
        "Articles",
        screens=("entities",),
    ),
)
